"""Lists kept for as long as nobody wrote anything to the database, whoever it might have been.

Two hundred people look at the same few lists of their area; between two writes each is read once a process.
What depends on the time of asking is never kept here.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable
from copy import copy
from functools import wraps
from typing import Any, ParamSpec, TypeVar, cast

from django.db import connection

from fengsui.store.failures import told_plainly

P = ParamSpec("P")
R = TypeVar("R")

MOST = 500


def database_state() -> tuple[object, ...]:
    """What is another after any commit; for one connection alone, which is part of it."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # Transactions that only read take no number: the snapshot is the same until somebody wrote.
            cursor.execute("SELECT pg_current_snapshot()::text")
            return connection.connection, cursor.fetchone()[0]
        cursor.execute("PRAGMA data_version")
        # The version tells of other connections; what this one wrote itself is counted beside it.
        return connection.connection, cursor.fetchone()[0], connection.connection.total_changes


class _Thread(threading.local):
    """Connections belong to a thread, and so does what is known of their state."""

    def __init__(self) -> None:
        self.state: tuple[object, ...] = ()
        self.kept: dict[Hashable, Any] = {}


_thread = _Thread()


def kept(select: Callable[P, R]) -> Callable[P, R]:
    """Read again only when something was written since. Arguments must be hashable."""

    @wraps(select)
    def answer(*args: P.args, **kwargs: P.kwargs) -> R:
        if connection.in_atomic_block:
            return select(*args, **kwargs)  # what is read here may still be undone
        with told_plainly():
            state = database_state()
        key = (select, args, tuple(sorted(kwargs.items())))
        if _thread.state != state or len(_thread.kept) > MOST:
            _thread.state, _thread.kept = state, {}
        if key not in _thread.kept:
            _thread.kept[key] = select(*args, **kwargs)
        # Lists are handed out as copies: what a page does to its own changes nobody else's.
        return cast(R, copy(_thread.kept[key]))

    return answer
