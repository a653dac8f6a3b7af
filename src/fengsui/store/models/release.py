"""What the public reads: statements as they went out. Rows are added, never changed and never deleted."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q


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
