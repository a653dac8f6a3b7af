"""Drafts of reports, ledgers of losses and reports received, in memory: the same promises, nothing kept."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from fengsui.application.ports import Clock
from fengsui.application.reporting_ports import LedgerChange, LossRow, ReceivedReport, ReportDraft
from fengsui.core.errors import InputError
from fengsui.core.response.events_reporting import LossGiven


class MemoryReportDrafts:
    """Reports being written."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], ReportDraft] = {}

    def save(self, incident_id: str, clock_id: str, draft: ReportDraft) -> None:
        self.kept[incident_id, clock_id] = draft

    def load(self, incident_id: str, clock_id: str) -> ReportDraft | None:
        return self.kept.get((incident_id, clock_id))

    def clear(self, incident_id: str, clock_id: str) -> None:
        self.kept.pop((incident_id, clock_id), None)

    def drafted(self, incident_id: str) -> frozenset[str]:
        return frozenset(clock for incident, clock in self.kept if incident == incident_id)


class MemoryLedger:
    """Ledgers of losses."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._rows: dict[str, LossRow] = {}
        self._given: dict[tuple[str, str, str], LossGiven] = {}
        self._changes: list[tuple[str, LedgerChange]] = []

    def _noted(self, incident_id: str, row_id: str, by: str, **change: Any) -> None:
        line = LedgerChange(at=self._clock.now(), by=by, row_id=row_id, change=change)
        self._changes.insert(0, (incident_id, line))

    def add(self, row: LossRow, by: str) -> None:
        self._rows[row.row_id] = row
        self._noted(row.incident_id, row.row_id, by, added=row.item)

    def row(self, row_id: str) -> LossRow:
        if row_id not in self._rows:
            raise InputError("loss_row_unknown", row=row_id)
        return self._rows[row_id]

    def change(self, row_id: str, changes: Mapping[str, Any], by: str) -> LossRow:
        row = self.row(row_id)
        changed = replace(row, **changes)
        self._rows[row_id] = changed
        before = {name: str(getattr(row, name)) for name in changes}
        after = {name: str(value) for name, value in changes.items()}
        self._noted(row.incident_id, row_id, by, before=before, after=after)
        return changed

    def rows(self, incident_id: str) -> tuple[LossRow, ...]:
        return tuple(row for row in self._rows.values() if row.incident_id == incident_id)

    def give(self, incident_id: str, item: str, given: LossGiven, by: str) -> None:
        self._given[incident_id, item, given.body] = given
        self._noted(incident_id, f"{item}", by, body=given.body)

    def given(self, incident_id: str) -> dict[str, tuple[LossGiven, ...]]:
        found: dict[str, tuple[LossGiven, ...]] = {}
        for (incident, item, _), value in self._given.items():
            if incident == incident_id:
                found[item] = (*found.get(item, ()), value)
        return found

    def note_read(self, row_id: str, by: str) -> None:
        self._noted(self.row(row_id).incident_id, row_id, by, read=True)

    def history(self, incident_id: str, limit: int = 50) -> tuple[LedgerChange, ...]:
        return tuple(line for incident, line in self._changes if incident == incident_id)[:limit]


class MemoryReceived:
    """Reports that came in."""

    def __init__(self) -> None:
        self._kept: dict[str, ReceivedReport] = {}

    def keep(self, report: ReceivedReport) -> ReceivedReport:
        for item in self._kept.values():
            if (item.peer, item.digest) == (report.peer, report.digest):
                return item
        self._kept[report.received_id] = report
        return report

    def one(self, received_id: str) -> ReceivedReport:
        if received_id not in self._kept:
            raise InputError("received_unknown", received=received_id)
        return self._kept[received_id]

    def several(self, received_ids: Collection[str]) -> tuple[ReceivedReport, ...]:
        return tuple(item for item in self._kept.values() if item.received_id in received_ids)

    def latest(self, limit: int = 50) -> tuple[ReceivedReport, ...]:
        return tuple(reversed(self._kept.values()))[:limit]

    def of_incident(self, peer: str, incident_ref: str) -> tuple[ReceivedReport, ...]:
        return tuple(
            item for item in self._kept.values() if (item.peer, item.incident_ref) == (peer, incident_ref)
        )

    def unreturned(
        self, peers: Collection[str], since: datetime, limit: int = 20
    ) -> tuple[ReceivedReport, ...]:
        found = [
            item
            for item in self._kept.values()
            if item.peer in peers and item.signed_at and item.signed_at >= since and not item.returned_at
        ]
        return tuple(sorted(found, key=lambda item: (item.signed_at or since, item.received_id))[:limit])

    def returned(self, received_id: str, at: datetime) -> None:
        self._kept[received_id] = replace(self._kept[received_id], returned_at=at)

    def sign(self, received_id: str, by: str, at: datetime) -> ReceivedReport:
        report = self.one(received_id)
        if report.signed_by is None:
            report = replace(report, signed_by=by, signed_at=at)
            self._kept[received_id] = report
        return report
