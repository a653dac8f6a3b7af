"""Duty watch for screens."""

from __future__ import annotations

from django.db.models import Q

from fengsui.core.directory import significant
from fengsui.store import models
from fengsui.store.failures import told_plainly


def waiting_calls(area: str) -> int:
    """How many calls of the area, or of no known place, nobody has dealt with."""
    within = Q(place_code__startswith=significant(area)) | Q(place_code="")
    with told_plainly():
        return models.CallRow.objects.filter(within, state="waiting").count()
