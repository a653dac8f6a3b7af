"""What is to be seen to beside and after a response, as lists show it (事项)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from fengsui.store.models.incidents import IncidentRow


class MatterRow(models.Model):
    """A matter of one incident; a projection of its stream. ``state`` is open, done or excused."""

    incident = models.ForeignKey(IncidentRow, on_delete=models.CASCADE, related_name="matters")
    matter_id = models.CharField(max_length=20)
    kind = models.CharField(max_length=20)
    text = models.TextField()
    owner = models.CharField(max_length=64, default="")
    owner_name = models.CharField(max_length=300, default="")
    since = models.DateTimeField()
    due = models.DateTimeField(null=True)
    state = models.CharField(max_length=10, default="open")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["incident", "matter_id"], name="matter_once"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["owner", "state", "due"], name="matter_of"),
            models.Index(fields=["state", "due"], name="matter_waiting"),
        ]


class CaseRow(models.Model):
    """An archived case; ``data`` the whole of it, the columns what is searched."""

    incident = models.OneToOneField(
        IncidentRow, on_delete=models.PROTECT, primary_key=True, related_name="case"
    )
    title = models.CharField(max_length=300)
    text = models.TextField()
    hazards = models.CharField(max_length=300, default="")
    level = models.CharField(max_length=4, default="")
    grade = models.CharField(max_length=4, default="")
    place_code = models.CharField(max_length=12)
    year = models.PositiveIntegerField()
    learned_at = models.DateTimeField()
    data = models.TextField()

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["-learned_at"], name="case_latest"),
            models.Index(fields=["place_code", "-learned_at"], name="case_place"),
        ]


class ReviewFindingRow(models.Model):
    """What a review asked of a clause of a plan; shown among the findings of the plan until it is mended."""

    incident = models.ForeignKey(IncidentRow, on_delete=models.PROTECT, related_name="review_findings")
    matter_id = models.CharField(max_length=20)
    incident_title = models.CharField(max_length=300)
    plan_id = models.CharField(max_length=64)
    source = models.JSONField()
    text = models.TextField()
    owner = models.CharField(max_length=300)
    due = models.DateTimeField(null=True)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    evidence = models.TextField(default="")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["incident", "matter_id"], name="review_finding_once"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["plan_id", "closed_at"], name="review_finding_of"),
        ]


class YearTaskRow(models.Model):
    """One task of the yearly list of winter and spring relief of an area."""

    area = models.CharField(max_length=12)
    year = models.PositiveIntegerField()
    text = models.TextField()
    who = models.CharField(max_length=300, default="")
    due = models.DateField()
    usual = models.CharField(max_length=40, default="")
    source = models.JSONField(null=True)
    done_at = models.DateTimeField(null=True)
    done_by = models.CharField(max_length=64, default="")
    result = models.TextField(default="")

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["area", "year", "due"], name="year_task_of"),
        ]
