"""Requests to lift a seal from personal data for a time; two people stand in each that was allowed."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class UnsealRow(models.Model):
    """One request. ``state``: asked, allowed, refused, withdrawn; ``until`` when the seal holds again."""

    id = models.CharField(max_length=64, primary_key=True)
    register = models.CharField(max_length=10)
    ref = models.CharField(max_length=64)
    about = models.CharField(max_length=80, default="", blank=True)
    place_code = models.CharField(max_length=12, default="", blank=True)
    reason = models.CharField(max_length=300)
    hours = models.PositiveIntegerField()
    asked_by = models.CharField(max_length=64)
    asked_by_person = models.CharField(max_length=64, default="", blank=True)
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=10, default="asked")
    decided_by = models.CharField(max_length=64, default="", blank=True)
    decided_by_person = models.CharField(max_length=64, default="", blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    answer = models.CharField(max_length=300, default="", blank=True)
    until = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["state", "-asked_at"], name="unseal_waiting"),
            models.Index(fields=["ref", "state"], name="unseal_of"),
        ]
