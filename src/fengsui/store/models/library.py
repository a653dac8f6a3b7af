"""Documents, drafts under review and plans in force.

JSON that is read whole is kept as text exactly as the codec wrote it; only what lists show or sort by has
columns of its own. The long texts stand last in each table, so that a list never walks over them.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

STATES = ("draft", "confirmed", "in_force", "superseded", "withdrawn")


class Document(models.Model):
    """A file as it came, with its text as read (``lines``: JSON list of text lines)."""

    id = models.CharField(max_length=64, primary_key=True)
    filename = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64)
    stored_at = models.DateTimeField(auto_now_add=True)
    data = models.BinaryField()
    lines = models.TextField()


class PlanDraft(models.Model):
    """One plan of one document with its review; ``revision`` counts changes (optimistic lock)."""

    id = models.CharField(max_length=64, primary_key=True)
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="drafts")
    position = models.PositiveIntegerField()
    filename = models.CharField(max_length=255)
    title = models.CharField(max_length=300)
    jurisdiction = models.CharField(max_length=12)
    kind = models.CharField(max_length=20)
    state = models.CharField(max_length=12)
    revision = models.PositiveIntegerField()
    hazards = models.TextField(default="[]")
    doubts = models.PositiveIntegerField(default=0)
    open_doubts = models.PositiveIntegerField(default=0)
    plan_id = models.CharField(max_length=64, null=True, blank=True)
    imported_at = models.DateTimeField()
    imported_by = models.CharField(max_length=64)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.CharField(max_length=64, null=True, blank=True)
    draft = models.TextField()
    settlements = models.TextField(default="[]")
    bindings = models.TextField(default="[]")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(state__in=STATES), name="draft_state_known"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            # Whole sort keys: a page far down is found in the index alone.
            models.Index(fields=["state", "-imported_at", "position", "id"], name="draft_by_state"),
            models.Index(fields=["-imported_at", "position", "id"], name="draft_by_time"),
            models.Index(fields=["plan_id"], name="draft_by_plan"),
        ]


class PlanVersion(models.Model):
    """One confirmed version of a plan; ``ended_at`` None: it is the version in force."""

    plan_id = models.CharField(max_length=64)
    version = models.PositiveIntegerField()
    title = models.CharField(max_length=300)
    jurisdiction = models.CharField(max_length=12)
    kind = models.CharField(max_length=20)
    hazards = models.TextField(default="[]")
    sha256 = models.CharField(max_length=64)
    draft = models.ForeignKey(PlanDraft, on_delete=models.PROTECT, null=True, related_name="versions")
    in_force_from = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    plan = models.TextField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(version__gte=1), name="plan_version_from_one"),
            models.UniqueConstraint(fields=["plan_id", "version"], name="plan_version_once"),
            models.UniqueConstraint(
                fields=["plan_id"], condition=Q(ended_at__isnull=True), name="plan_one_in_force"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["jurisdiction", "title"], condition=Q(ended_at__isnull=True), name="plan_in_force_at"
            ),
        ]
