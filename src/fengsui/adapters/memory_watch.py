"""The inbox of calls in memory: same promises as the database, nothing kept."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from fengsui.adapters.memory import MemoryStore
from fengsui.application.watch_ports import CallRecord, CallState, KnownIncident, Means
from fengsui.core.directory import Jurisdiction
from fengsui.core.errors import Conflict
from fengsui.core.response.incident import fold
from fengsui.core.response.likeness import Told


class MemoryCalls:
    """``CallStore``; rows live in the ``MemoryStore``, so they share its transactions."""

    def __init__(self, store: MemoryStore) -> None:
        self.store = store
        vars(store).setdefault("calls", {})

    @property
    def rows(self) -> dict[str, CallRecord]:
        found: dict[str, CallRecord] = vars(self.store)["calls"]
        return found

    def add(self, call: CallRecord) -> CallRecord:
        for kept in self.rows.values():
            if call.source_key is not None and kept.source_key == call.source_key:
                return kept
        self.rows[call.call_id] = call
        return call

    def get(self, call_id: str) -> CallRecord | None:
        return self.rows.get(call_id)

    def change(self, call: CallRecord, expected: CallState) -> None:
        kept = self.rows.get(call.call_id)
        if kept is None or kept.state is not expected:
            raise Conflict("call_settled", call=call.call_id)
        self.rows[call.call_id] = call

    def listed(
        self, area: str, states: Iterable[CallState], *, limit: int = 50, offset: int = 0
    ) -> tuple[tuple[CallRecord, ...], int]:
        wanted = set(states)
        rows = [row for row in self.rows.values() if row.state in wanted and _within(area, row.place_code)]
        rows.sort(key=lambda row: (row.received_at, row.call_id), reverse=True)
        return tuple(rows[offset : offset + limit]), len(rows)

    def of_incident(self, incident_id: str) -> tuple[CallRecord, ...]:
        rows = [row for row in self.rows.values() if row.incident_id == incident_id]
        return tuple(sorted(rows, key=lambda row: (row.received_at, row.call_id)))

    def of_source(self, means: Means, source: str) -> tuple[CallRecord, ...]:
        rows = [row for row in self.rows.values() if row.means is means and row.source == source]
        return tuple(sorted(rows, key=lambda row: (row.received_at, row.call_id)))

    def between(self, area: str, first: datetime, last: datetime) -> tuple[CallRecord, ...]:
        rows = [row for row in self.rows.values() if first <= row.received_at < last]
        rows = [row for row in rows if _within(area, row.place_code)]
        return tuple(sorted(rows, key=lambda row: (row.received_at, row.call_id)))

    def count_since(self, means: Means, source: str | None, since: datetime) -> int:
        return sum(
            row.means is means and row.taken_at > since and source in (None, row.source)
            for row in self.rows.values()
        )

    def known(self, area: str, since: datetime) -> tuple[KnownIncident, ...]:
        found = []
        for incident_id, stream in self.store.streams.items():
            incident = fold(stream)
            if incident is None or not incident.is_open or not _within(area, incident.opened.place_code):
                continue
            opened = incident.opened
            if opened.learned_at < since:
                continue
            first = Told(
                text=f"{opened.title}。{opened.what}",
                place=opened.place,
                place_code=opened.place_code,
                at=opened.learned_at,
            )
            found.append(
                KnownIncident(
                    incident_id=incident_id,
                    title=opened.title,
                    place=opened.place,
                    learned_at=opened.learned_at,
                    told=(first, *(call.told for call in self.of_incident(incident_id))),
                )
            )
        return tuple(sorted(found, key=lambda item: item.learned_at, reverse=True)[:60])


def _within(area: str, code: str) -> bool:
    return not code or Jurisdiction(code=area, name="").covers(code)
