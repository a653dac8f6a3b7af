"""What the public reads, as it went out (rows never changed nor deleted), and the statements that wait."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from fengsui.store.models.incidents import IncidentRow


class PublishedStatement(models.Model):
    """One published statement. ``exercise`` is always False: the table itself refuses anything else."""

    public_id = models.CharField(max_length=12)
    incident_id = models.CharField(max_length=64)
    statement_id = models.CharField(max_length=20)
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=12)
    title = models.TextField()
    text = models.TextField()
    place = models.TextField(default="")
    issuer = models.TextField(default="")
    published_at = models.DateTimeField()
    next_update = models.DateTimeField(null=True)
    corrects = models.CharField(max_length=20, default="")
    wrong = models.TextField(default="")
    right = models.TextField(default="")
    evidence = models.TextField(default="")
    exercise = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["incident_id", "statement_id"], name="published_once"),
            models.CheckConstraint(condition=Q(exercise=False), name="exercise_never_public"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["-published_at", "-id"], name="published_latest"),
            models.Index(fields=["public_id", "number"], name="published_of"),
        ]


class StatementRow(models.Model):
    """A statement as lists show it, from the stream; ``agreed``: how many agreed to this version."""

    incident = models.ForeignKey(IncidentRow, on_delete=models.CASCADE, related_name="statements")
    statement_id = models.CharField(max_length=20)
    version = models.PositiveIntegerField()
    kind = models.CharField(max_length=12)
    title = models.TextField()
    written_by = models.CharField(max_length=64)
    written_at = models.DateTimeField()
    person = models.CharField(max_length=64, default="")
    state = models.CharField(max_length=10, default="draft")
    agreed = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["incident", "statement_id"], name="statement_once"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["state", "written_at"], name="statement_waiting"),
        ]


class StatementApproverRow(models.Model):
    """Who is asked to agree to the version that stands; the row goes when that post has answered."""

    statement = models.ForeignKey(StatementRow, on_delete=models.CASCADE, related_name="approvers")
    post_id = models.CharField(max_length=64)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["statement", "post_id"], name="statement_approver_once"),
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["post_id"], name="statement_asked")]
