"""What was read from the tables, kept for as long as nobody changes them.

The database itself changes the mark of some tables in the transaction that changes their rows (migration
0019), so what is kept here is never stale, whichever process or tool wrote the change.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

from django.db import connection

V = TypeVar("V")


def mark(name: str) -> str | None:
    """The mark as it stands for this connection; None where there is none."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT mark FROM store_mark WHERE name = %s", [name])
        row = cursor.fetchone()
    return None if row is None else str(row[0])


def number(name: str) -> int:
    """How often the tables of the mark were changed."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT number FROM store_mark WHERE name = %s", [name])
        row = cursor.fetchone()
    return 0 if row is None else int(row[0])


class Kept(Generic[V]):
    """Values by key, made again when the mark ``name`` is another; at most ``most`` of them."""

    def __init__(self, name: str, most: int = 1) -> None:
        self._name, self._most = name, most
        self._kept: tuple[str | None, dict[Hashable, V]] = (None, {})

    def get(self, key: Hashable, make: Callable[[], V]) -> V:
        """The value kept under ``key``, else what ``make`` reads now."""
        # The mark is read before the rows: a change in between makes the next reader read again.
        now = mark(self._name)
        known, values = self._kept
        if now is None:
            return make()
        if known != now:
            values = {}
            self._kept = (now, values)
        found = values.get(key)
        if found is None:
            found = make()
            if len(values) >= self._most:
                values.clear()
            values[key] = found
        return found
