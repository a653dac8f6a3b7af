"""Devices that give codes (动态口令), and recovery codes: the tables of django-otp, written here alone.

A recovery code is kept as a part of its hash: who reads the table cannot use it.
"""

from __future__ import annotations

import hashlib
import secrets
from base64 import b32encode
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from fengsui.core.response.events_decisions import Factor
from fengsui.store.failures import told_plainly
from fengsui.store.people import note

REGISTER = "second_factor"
CODES = 8
"""How many recovery codes are given at once."""
_SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pending:
    """A device being enrolled: its secret in clear, and the address an authenticator opens."""

    secret: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Enrolled:
    """Whether an account has a device, and how many recovery codes it has left."""

    has_device: bool
    codes_left: int = 0


def enrolled(account_id: int) -> Enrolled:
    """What the account has."""
    with told_plainly():
        return Enrolled(
            has_device=TOTPDevice.objects.filter(user_id=account_id, confirmed=True).exists(),
            codes_left=StaticToken.objects.filter(device__user_id=account_id).count(),
        )


def begin(account_id: int) -> Pending:
    """Begin to enrol a device; one begun before and never confirmed is forgotten."""
    with told_plainly(), transaction.atomic():
        TOTPDevice.objects.filter(user_id=account_id, confirmed=False).delete()
        device = TOTPDevice.objects.create(user_id=account_id, name="手机", confirmed=False)
        return _pending(device)


def pending(account_id: int) -> Pending | None:
    """The device being enrolled, None without one."""
    with told_plainly():
        device = TOTPDevice.objects.filter(user_id=account_id, confirmed=False).first()
        return _pending(device) if device else None


def _pending(device: Any) -> Pending:
    return Pending(
        secret=b32encode(bytes.fromhex(device.key)).decode("ascii").rstrip("="),
        address=device.config_url,
    )


def confirm(account_id: int, code: str, by: str) -> tuple[str, ...] | None:
    """The first code of the new device makes it count; the recovery codes, in clear this once.

    None when the code is wrong. A device used before is replaced.
    """
    with told_plainly(), transaction.atomic():
        device = TOTPDevice.objects.filter(user_id=account_id, confirmed=False).first()
        if device is None or not device.verify_token(_plain(code)):
            return None
        TOTPDevice.objects.filter(user_id=account_id, confirmed=True).delete()
        device.confirmed = True
        device.save()
        codes = _new_codes(account_id)
        note(by, REGISTER, f"{account_id}:enrolled")
        return codes


def renew_codes(account_id: int, by: str) -> tuple[str, ...]:
    """New recovery codes; the old ones no longer count."""
    with told_plainly(), transaction.atomic():
        codes = _new_codes(account_id)
        note(by, REGISTER, f"{account_id}:codes")
        return codes


def remove(account_id: int, by: str) -> None:
    """The account has no device any more."""
    with told_plainly(), transaction.atomic():
        TOTPDevice.objects.filter(user_id=account_id).delete()
        StaticDevice.objects.filter(user_id=account_id).delete()
        note(by, REGISTER, f"{account_id}:removed")


def check(account_id: int, code: str) -> Factor | None:
    """Which factor ``code`` is; None for a wrong one, or for one too soon after a wrong one."""
    given = _plain(code)
    with told_plainly(), transaction.atomic():
        if given.isdigit():
            device = TOTPDevice.objects.filter(user_id=account_id, confirmed=True).first()
            return Factor.TOTP if device is not None and device.verify_token(given) else None
        codes = StaticDevice.objects.filter(user_id=account_id, confirmed=True).first()
        used = codes is not None and codes.verify_token(_kept(given))
        return Factor.RECOVERY_CODE if used else None


def _new_codes(account_id: int) -> tuple[str, ...]:
    StaticDevice.objects.filter(user_id=account_id).delete()
    device = StaticDevice.objects.create(user_id=account_id, name="恢复码", confirmed=True)
    # A letter first: a code of digits alone would be taken for one of a device.
    codes = tuple("r" + "".join(secrets.choice(_SIGNS) for _ in range(9)) for _ in range(CODES))
    StaticToken.objects.bulk_create(StaticToken(device=device, token=_kept(code)) for code in codes)
    return codes


def _plain(code: str) -> str:
    return "".join(code.split()).replace("-", "").lower()


def _kept(code: str) -> str:
    return hashlib.sha256(code.encode("utf-8")).hexdigest()[:16]
