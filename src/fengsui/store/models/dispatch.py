"""Photos of what was done: the row says what there is, the file stands in the data directory by its hash."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class PhotoRow(models.Model):
    """One photo of one incident; ``erased_at`` set: the file is gone, the hash stays."""

    incident_id = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)
    kind = models.CharField(max_length=8)
    size = models.PositiveIntegerField()
    by = models.CharField(max_length=64)
    at = models.DateTimeField()
    lon = models.FloatField(null=True)
    lat = models.FloatField(null=True)
    erased_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["incident_id", "digest"], name="photo_once"),
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["digest"], name="photo_by_digest")]
