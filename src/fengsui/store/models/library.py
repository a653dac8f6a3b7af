"""Documents, drafts under review and plans in force.

JSON that is read whole is kept as text exactly as the codec wrote it; only what lists show or sort by has
columns of its own. The long texts stand last in each table, so that a list never walks over them.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

STATES = ("draft", "confirmed", "approved", "in_force", "superseded", "withdrawn")
ENTRY_STATES = ("waiting", "reading", "done", "duplicate", "new_version", "failed")


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
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.CharField(max_length=64, null=True, blank=True)
    # What lists show, filter and sort by, copied from ``metadata``.
    number = models.CharField(max_length=100, default="", blank=True)
    issuer = models.CharField(max_length=200, default="", blank=True)
    issued = models.DateField(null=True, blank=True)
    in_force_on = models.DateField(null=True, blank=True)
    hazard_class = models.CharField(max_length=20, default="", blank=True)
    event_code = models.CharField(max_length=10, default="", blank=True)
    upper_title = models.CharField(max_length=300, default="", blank=True)
    title_key = models.CharField(max_length=300, default="", blank=True)
    text_hash = models.CharField(max_length=64, default="", blank=True)
    version_of = models.CharField(max_length=64, null=True, blank=True)
    filing_due = models.DateField(null=True, blank=True)
    filed_on = models.DateField(null=True, blank=True)
    filed_with = models.CharField(max_length=200, default="", blank=True)
    metadata = models.TextField(default="")
    history = models.TextField(default="[]")
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
            models.Index(fields=["text_hash"], name="draft_by_text"),
            models.Index(fields=["title_key", "jurisdiction"], name="draft_by_title_key"),
            models.Index(
                fields=["filing_due"],
                condition=Q(filed_on__isnull=True, state="in_force"),
                name="draft_to_file",
            ),
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


class ImportBatch(models.Model):
    """Files that came together: a folder, a zip, a choice of files; ``key`` finds it again to go on."""

    id = models.CharField(max_length=64, primary_key=True)
    key = models.CharField(max_length=64)
    source = models.CharField(max_length=300)
    jurisdiction = models.CharField(max_length=12)
    kind = models.CharField(max_length=20)
    hazards = models.TextField(default="[]")
    created_at = models.DateTimeField()
    created_by = models.CharField(max_length=64)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["key", "-created_at"], name="import_by_key"),
            models.Index(fields=["created_by", "-created_at"], name="import_by_post"),
        ]


class ImportEntry(models.Model):
    """One file of a batch. ``data`` is emptied when the file is dealt with; ``code`` and ``words`` (JSON) say
    what came of it, ``drafts`` (JSON) which drafts."""

    batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="entries")
    position = models.PositiveIntegerField()
    name = models.CharField(max_length=500)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    state = models.CharField(max_length=12)
    code = models.CharField(max_length=40, default="", blank=True)
    words = models.TextField(default="{}")
    drafts = models.TextField(default="[]")
    attempts = models.PositiveIntegerField(default=0)
    leased_until = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    data = models.BinaryField(default=b"")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(state__in=ENTRY_STATES), name="import_state_known"),
            models.UniqueConstraint(fields=["batch", "name"], name="import_name_once"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["batch", "position"],
                condition=Q(state__in=("waiting", "reading")),
                name="import_waiting",
            ),
            models.Index(fields=["batch", "state", "position"], name="import_by_state"),
        ]
