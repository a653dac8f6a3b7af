"""Personal data outside the stream, calls being typed, and the audit of registers."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class PersonalRecord(models.Model):
    """Personal data under a reference; erased: ``data`` empty. The stream holds the reference only.

    ``about`` names what it belongs to (``incident/…``, ``call/…``): the period until it is sealed runs from
    the end of that. ``unsealed_until``: two people lifted the seal until then.
    """

    ref = models.CharField(max_length=64, primary_key=True)
    data = models.TextField()
    kept_at = models.DateTimeField(auto_now_add=True)
    sealed_at = models.DateTimeField(null=True, blank=True)
    erased_at = models.DateTimeField(null=True, blank=True)
    unsealed_until = models.DateTimeField(null=True, blank=True)
    about = models.CharField(max_length=80, default="", blank=True)


class CallDraft(models.Model):
    """The call a post is typing."""

    post_id = models.CharField(max_length=64, primary_key=True)
    data = models.TextField()
    saved_at = models.DateTimeField(auto_now=True)


class AuditRow(models.Model):
    """Who changed which row of a register, and how; ``change`` is JSON."""

    at = models.DateTimeField(auto_now_add=True)
    by = models.CharField(max_length=64)
    register = models.CharField(max_length=40)
    key = models.CharField(max_length=64)
    change = models.TextField()

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["register", "key", "-at"], name="audit_of"),
        ]
