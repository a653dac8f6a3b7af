"""Keys of the JSON API: made once, shown once, kept as a hash."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta

from django.db import transaction

from fengsui.core.errors import InputError
from fengsui.store import models
from fengsui.store.failures import told_plainly

LIFE = timedelta(days=365)
"""How long a key opens the door when nothing else is said."""


def make_key(username: str, label: str, now: datetime, life: timedelta = LIFE) -> str:
    """A new key for the account, in clear this once. Raises InputError("key_account_unknown")."""
    with told_plainly(), transaction.atomic():
        account = models.Account.objects.filter(username=username, is_active=True).first()
        if account is None:
            raise InputError("key_account_unknown", name=username)
        key = "fs_" + secrets.token_urlsafe(32)
        models.ApiKey.objects.create(
            digest=digest_of(key), account=account, label=label[:100], made_at=now, ends_at=now + life
        )
        return key


def revoke_keys(username: str, label: str, now: datetime) -> int:
    """No key of the account with this label opens any more; how many did."""
    with told_plainly():
        keys = models.ApiKey.objects.filter(
            account__username=username, label=label[:100], revoked_at__isnull=True
        )
        return keys.update(revoked_at=now)


def account_of_key(key: str, now: datetime) -> models.Account | None:
    """The account that the key opens at ``now``, None for an unknown, ended or revoked one."""
    with told_plainly():
        row = (
            models.ApiKey.objects.select_related("account")
            .filter(digest=digest_of(key), revoked_at__isnull=True, ends_at__gt=now, account__is_active=True)
            .first()
        )
    return row.account if row else None


def digest_of(key: str) -> str:
    """What is kept of a key. The key is random and long, so a plain hash cannot be guessed back."""
    return hashlib.sha256(key.encode("utf-8")).hexdigest()
