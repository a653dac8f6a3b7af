"""Changes that need two people, and who read personal data."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class ChangeRequest(models.Model):
    """A change one administrator asks for and another approves (待复核).

    ``kind`` roles, holding or channel; ``before`` and ``after`` are JSON. ``state``: asked, approved,
    refused, withdrawn.
    """

    id = models.CharField(max_length=64, primary_key=True)
    kind = models.CharField(max_length=20)
    key = models.CharField(max_length=64)
    before = models.TextField()
    after = models.TextField()
    reason = models.CharField(max_length=300)
    asked_by = models.CharField(max_length=64)
    asked_by_person = models.CharField(max_length=64)
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=10, default="asked")
    decided_by = models.CharField(max_length=64, default="", blank=True)
    decided_by_person = models.CharField(max_length=64, default="", blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    answer = models.CharField(max_length=300, default="", blank=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["state", "-asked_at"], name="change_waiting"),
        ]


class PersonalRead(models.Model):
    """Somebody read personal data: when, which post and person, which record, about what, and why."""

    at = models.DateTimeField()
    by = models.CharField(max_length=64)
    person = models.CharField(max_length=64, default="", blank=True)
    ref = models.CharField(max_length=64)
    about = models.CharField(max_length=80, default="", blank=True)
    why = models.CharField(max_length=200)
    found = models.BooleanField(default=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["-at"], name="personal_read_latest"),
            models.Index(fields=["ref", "-at"], name="personal_read_of"),
        ]
