"""What the check found in the plans of the library, and what people said of it (查错).

A draft has one check, replaced by the next; dismissals stay on record when they are undone. Counts stand in
columns, so that the board of the whole library reads no finding.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from fengsui.store.models.library import PlanDraft


class LintRun(models.Model):
    """The last check of a draft. ``grave``, ``middling`` and ``slight`` count findings that stand (H, M, L);
    ``until`` is the first day on which a dismissal ends."""

    draft = models.OneToOneField(PlanDraft, on_delete=models.CASCADE, primary_key=True, related_name="lint")
    revision = models.PositiveIntegerField()
    rules = models.CharField(max_length=16)
    checked_at = models.DateTimeField()
    against = models.CharField(max_length=64, null=True, blank=True)
    failed = models.BooleanField(default=False)
    grave = models.PositiveIntegerField(default=0)
    middling = models.PositiveIntegerField(default=0)
    slight = models.PositiveIntegerField(default=0)
    fresh = models.PositiveIntegerField(default=0)
    aside = models.PositiveIntegerField(default=0)
    until = models.DateField(null=True, blank=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["-grave", "-middling", "-slight", "draft"], name="lint_worst"),
        ]


class LintFinding(models.Model):
    """One finding of the last check. ``grade``: 0 grave, 1 middling, 2 slight; ``data`` the whole as JSON."""

    draft = models.ForeignKey(PlanDraft, on_delete=models.CASCADE, related_name="findings")
    position = models.PositiveIntegerField()
    fingerprint = models.CharField(max_length=16)
    code = models.CharField(max_length=8)
    rule = models.CharField(max_length=80)
    grade = models.PositiveSmallIntegerField()
    fresh = models.BooleanField(default=False)
    aside = models.BooleanField(default=False)
    since = models.DateTimeField()
    data = models.TextField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["draft", "position"], name="lint_finding_place"),
            models.UniqueConstraint(fields=["draft", "fingerprint"], name="lint_finding_once"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            # The board groups by rule in the index alone; lists walk the second in their order.
            models.Index(fields=["aside", "code", "rule", "grade", "draft"], name="lint_by_rule"),
            models.Index(fields=["aside", "grade", "draft", "position"], name="lint_by_grade"),
        ]


class LintDismissal(models.Model):
    """Somebody's word that a finding stands as it is; ``ended_at``: undone, or said anew."""

    draft = models.ForeignKey(PlanDraft, on_delete=models.CASCADE, related_name="dismissals")
    fingerprint = models.CharField(max_length=16)
    rule = models.CharField(max_length=80)
    plan = models.TextField()
    clause = models.CharField(max_length=200, default="", blank=True)
    quote = models.TextField(default="", blank=True)
    reason = models.TextField()
    owner = models.CharField(max_length=100)
    on = models.DateField()
    until = models.DateField(null=True, blank=True)
    by = models.CharField(max_length=64)
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.CharField(max_length=64, default="", blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["draft", "fingerprint"],
                condition=Q(ended_at__isnull=True),
                name="lint_dismissed_once",
            ),
        ]


class LintDay(models.Model):
    """How many findings stood in the library on one day."""

    day = models.DateField(primary_key=True)
    plans = models.PositiveIntegerField(default=0)
    grave = models.PositiveIntegerField(default=0)
    middling = models.PositiveIntegerField(default=0)
    slight = models.PositiveIntegerField(default=0)
    aside = models.PositiveIntegerField(default=0)
