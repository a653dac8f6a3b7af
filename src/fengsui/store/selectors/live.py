"""What the live lines look at: whether anything was written, and where the streams stand."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db import connection

from fengsui.store import models
from fengsui.store.failures import told_plainly
from fengsui.store.selectors.incidents import stream_position


class Glance:
    """Whether anybody wrote to the database since the last glance: cheap enough for many a second.

    Used in one thread: on SQLite the number counts for one connection alone.
    """

    def __init__(self) -> None:
        self._line: Any = None
        self._seen: object = None

    def changed(self) -> bool:
        """True at the first glance, after a new connection, and when something was committed since."""
        with told_plainly(), connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute("SELECT pg_current_snapshot()::text")
                seen: object = cursor.fetchone()[0]
            else:
                cursor.execute("PRAGMA data_version")
                # The version tells of others; what this connection wrote itself is counted beside it.
                seen = cursor.fetchone()[0], connection.connection.total_changes
        same = connection.connection is self._line and seen == self._seen
        self._line, self._seen = connection.connection, seen
        return not same


def stream_positions(incident_ids: Collection[str]) -> dict[str, int]:
    """Where each of these streams ends; "" is the desk."""
    found = {name: 0 for name in incident_ids}
    with told_plainly():
        rows = models.IncidentRow.objects.filter(pk__in=[name for name in incident_ids if name])
        found.update(rows.values_list("id", "seq"))
    if "" in found:
        found[""] = int(stream_position())
    return found
