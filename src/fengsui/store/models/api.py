"""Keys with which other programs sign in to the JSON API."""

from __future__ import annotations

from django.db import models

from fengsui.store.models.people import Account


class ApiKey(models.Model):
    """A key of an account; only its SHA-256 is kept, so a copy of the database opens nothing."""

    digest = models.CharField(max_length=64, primary_key=True)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="api_keys")
    label = models.CharField(max_length=100)
    made_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.label
