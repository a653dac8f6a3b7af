"""Plugs together what keeps an installation: backups, the move to another database, keys of the API."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from fengsui import bootstrap

if TYPE_CHECKING:
    from fengsui.store.archive import Manifest


def make_api_key(account: str, label: str, now: datetime, life: timedelta) -> str:
    """A new key of the JSON API, in clear this once. Raises InputError("key_account_unknown")."""
    bootstrap.set_up_django()
    from fengsui.store.api_keys import make_key

    return make_key(account, label, now, life)


def revoke_api_keys(account: str, label: str, now: datetime) -> int:
    """End the keys of an account by their label; how many were open."""
    bootstrap.set_up_django()
    from fengsui.store.api_keys import revoke_keys

    return revoke_keys(account, label, now)


def back_up(target: Path) -> Manifest:
    """Everything this installation holds into one file. Raises Permanent("backup_not_written")."""
    bootstrap.set_up_django()
    from django.conf import settings

    from fengsui.store import archive

    return archive.write(target, settings.DATA_DIR, bootstrap.clock().now())


def check_backup(source: Path) -> Manifest:
    """Hold a backup against what it says it holds. Raises InputError("backup_broken")."""
    bootstrap.set_up_django()
    from fengsui.store import archive

    return archive.look(source)


def restore(source: Path) -> Manifest:
    """A backup into this installation, which must be empty. Raises Conflict, InputError."""
    bootstrap.migrate()
    from django.conf import settings

    from fengsui.store import archive

    return archive.load(source, settings.DATA_DIR)


def table_digests() -> dict[str, tuple[int, str]]:
    """Rows and hash of every table."""
    bootstrap.set_up_django()
    from fengsui.store import archive

    return archive.digests()


def verify_all_logs() -> int:
    """Prove every log unbroken; how many there are. Raises Permanent("log_fails_check")."""
    bootstrap.set_up_django()
    from fengsui.store.incidents import verify_all

    return verify_all()
