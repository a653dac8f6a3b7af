"""The roster in memory: same promises as the database, nothing kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from fengsui.adapters.memory import MemoryStore
from fengsui.application.roster_ports import ChangeState, Leave, Member, RosterChange, Shift
from fengsui.core.directory import Directory
from fengsui.core.errors import Conflict


class MemoryRoster:
    """``RosterStore``; rows live in the ``MemoryStore``, so they share its transactions."""

    def __init__(self, store: MemoryStore, directory: Directory, members: Iterable[Member]) -> None:
        self.store, self.directory, self._members = store, directory, tuple(members)
        vars(store).update(roster_shifts={}, roster_leaves=[], roster_changes={}, roster_audit=[])

    def _area(self, post_id: str) -> str:
        post = self.directory.post(post_id)
        return post.jurisdiction if post else ""

    def _rows(self, name: str) -> Any:
        return vars(self.store)[name]

    def members(self, area: str, now: datetime) -> tuple[Member, ...]:
        return tuple(member for member in self._members if self._area(member.post_id) == area)

    def shifts(self, area: str, first: datetime, last: datetime) -> tuple[Shift, ...]:
        rows = [row for row in self._rows("roster_shifts").values() if row.meets(first, last)]
        rows = [row for row in rows if self._area(row.post_id) == area]
        order = {"main": 0, "deputy": 1, "leader": 1}
        return tuple(sorted(rows, key=lambda row: (row.starts, order[row.part], row.post_id)))

    def shift(self, shift_id: str) -> tuple[Shift, str] | None:
        row = self._rows("roster_shifts").get(shift_id)
        return None if row is None else (row, self._area(row.post_id))

    def put(self, shifts: Sequence[Shift], by: str, why: Mapping[str, Any]) -> None:
        rows = self._rows("roster_shifts")
        for shift in shifts:
            shift_id = shift.shift_id or str(len(rows) + 1)
            rows[shift_id] = replace(shift, shift_id=shift_id)
            self._rows("roster_audit").append((by, shift_id, dict(why)))

    def remove(self, shift_id: str, by: str, why: Mapping[str, Any]) -> None:
        self._rows("roster_shifts").pop(shift_id, None)
        self._rows("roster_audit").append((by, shift_id, dict(why)))

    def leaves(self, area: str, first: datetime, last: datetime) -> tuple[Leave, ...]:
        here = {member.person_id for member in self._members if self._area(member.post_id) == area}
        rows = [row for row in self._rows("roster_leaves") if row.person_id in here]
        return tuple(row for row in rows if row.starts < last and first < row.ends)

    def add_leave(self, leave: Leave, by: str) -> None:
        self._rows("roster_leaves").append(leave)
        self._rows("roster_audit").append((by, leave.person_id, {}))

    def changes(self, area: str, states: Sequence[ChangeState], limit: int = 50) -> tuple[RosterChange, ...]:
        rows = [row for row in self._rows("roster_changes").values() if row.area == area]
        rows = [row for row in rows if row.state in states]
        return tuple(sorted(rows, key=lambda row: row.asked_at, reverse=True)[:limit])

    def change(self, change_id: str) -> RosterChange | None:
        found: RosterChange | None = self._rows("roster_changes").get(change_id)
        return found

    def save_change(self, change: RosterChange) -> None:
        rows = self._rows("roster_changes")
        kept = rows.get(change.change_id)
        if kept is not None and kept.state is not ChangeState.ASKED:
            raise Conflict("change_decided")
        rows[change.change_id] = change
