"""What the live lines look at: whether anything was written, and where the streams stand."""

from __future__ import annotations

from collections.abc import Collection

from fengsui.store import models
from fengsui.store.failures import told_plainly
from fengsui.store.selectors.incidents import stream_position
from fengsui.store.selectors.memo import database_state


class Glance:
    """Whether anybody wrote to the database since the last glance: cheap enough for many a second.

    Used in one thread: on SQLite the number counts for one connection alone.
    """

    def __init__(self) -> None:
        self._seen: tuple[object, ...] = ()

    def changed(self) -> bool:
        """True at the first glance, after a new connection, and when something was committed since."""
        with told_plainly():
            seen = database_state()
        same = seen == self._seen
        self._seen = seen
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
