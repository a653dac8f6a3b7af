"""Secrets at rest: sealed with a key drawn from the signing key of the installation.

A copy of the database without the signing key (a backup, an export, a stolen disk) gives none of them away.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Mapping

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings


def derived_key(purpose: str) -> bytes:
    """A key of its own for each purpose, so that none can be used for another."""
    return hmac.new(settings.SECRET_KEY.encode(), purpose.encode(), hashlib.sha256).digest()


def seal(secrets: Mapping[str, str]) -> str:
    """The secrets as one sealed text; "" for none."""
    if not secrets:
        return ""
    return _box().encrypt(json.dumps(dict(secrets), ensure_ascii=False).encode()).decode("ascii")


def unseal(sealed: str) -> dict[str, str] | None:
    """What was sealed; None when the signing key is another one now, so that it must be typed anew."""
    if not sealed:
        return {}
    try:
        opened: dict[str, str] = json.loads(_box().decrypt(sealed.encode("ascii")))
    except (InvalidToken, ValueError):
        return None
    return opened


def _box() -> Fernet:
    return Fernet(base64.urlsafe_b64encode(derived_key("channel secrets")))
