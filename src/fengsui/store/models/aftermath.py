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
