"""Reports owed and reports nobody signed for, over all running incidents of an area."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from fengsui.core.plan.reporting import ClockStart
from fengsui.core.response.events_reporting import ReportKind
from fengsui.core.response.report_board import Owed
from fengsui.core.response.report_kind import kind_by_words
from fengsui.core.response.state_reporting import MACHINE
from fengsui.store import models
from fengsui.store.failures import told_plainly
from fengsui.store.selectors.incidents import within
from fengsui.store.selectors.memo import kept

KEPT_INCIDENTS = 2000
"""Incidents whose unsigned reports are kept in memory."""
_REPORTS = ("ReportClockStarted", "ReportSent", "ReportAmended", "ReportAcknowledged")


@dataclass(frozen=True, slots=True)
class OwedLine:
    """A report owed by an incident."""

    incident_id: str
    title: str
    exercise: bool
    owed: Owed


@dataclass(frozen=True, slots=True)
class UnsignedLine:
    """A report that went out and that nobody signed for."""

    incident_id: str
    title: str
    exercise: bool
    report_id: str
    report_title: str
    sent_at: datetime


def owed_reports(*, jurisdiction: str | None, until: datetime, limit: int = 200) -> list[OwedLine]:
    """Reports due before ``until`` or late, the earliest first."""
    rows = models.ClockRow.objects.filter(is_running=True, incident__is_open=True, due__lte=until)
    if jurisdiction is not None:
        rows = rows.filter(within(jurisdiction, "incident__"))
    with told_plainly():
        page = list(rows.select_related("incident").order_by("due", "clock_id")[:limit])
        drafts = set(
            models.ReportDraftRow.objects.filter(
                incident_id__in={row.incident_id for row in page}
            ).values_list("incident_id", "clock_id")
        )
    return [_owed(row, (row.incident_id, row.clock_id) in drafts) for row in page]


def _owed(row: models.ClockRow, drafted: bool) -> OwedLine:
    start = ClockStart.ACTIVATED if row.every_seconds else ClockStart.LEARNED
    kind: ReportKind = kind_by_words(row.what, repeated=row.every_seconds is not None, start=start)
    owed = Owed(
        clock_id=row.clock_id,
        kind=kind,
        what=row.what,
        who=row.who,
        to=tuple(name for name in row.to.split("、") if name),
        due=row.due,
        since=row.due or row.incident.learned_at or datetime.min,
        drafted=drafted,
    )
    return OwedLine(row.incident_id, row.incident.title, row.incident.exercise, owed)


def unsigned_reports(*, jurisdiction: str | None, before: datetime, limit: int = 20) -> list[UnsignedLine]:
    """Reports of our own bodies sent ``before`` that hold and that no person signed for, the oldest first."""
    rows = models.IncidentRow.objects.filter(is_open=True, seq__gt=0)
    if jurisdiction is not None:
        rows = rows.filter(within(jurisdiction))
    late: list[UnsignedLine] = []
    with told_plainly():
        for incident_id, head, title, exercise in rows.values_list("id", "head", "title", "exercise"):
            late += [
                UnsignedLine(incident_id, title, exercise, report_id, report_title, sent_at)
                for report_id, report_title, sent_at in _unsigned_of(incident_id, head)
                if sent_at <= before
            ]
    return sorted(late, key=lambda line: line.sent_at)[:limit]


@lru_cache(maxsize=KEPT_INCIDENTS)
def _unsigned_of(incident_id: str, head: str) -> tuple[tuple[str, str, datetime], ...]:
    """Reports of one incident that nobody signed for: id, title, when sent.

    ``head`` is the hash of the whole stream, so what is kept under it is never stale.
    """
    rows = models.EventRow.objects.filter(incident_id=incident_id, type__in=_REPORTS).order_by("seq")
    waiting: dict[str, tuple[str, str, datetime]] = {}
    ours: set[str] = set()
    count = 0
    for kind, text, at in rows.values_list("type", "data", "at"):
        data = json.loads(text)
        if kind == "ReportAcknowledged":
            if data["means"] != MACHINE:
                waiting.pop(data["report_id"], None)
        elif kind == "ReportClockStarted":
            if data.get("who_id"):
                ours.add(data["clock_id"])
        else:
            count += 1
            waiting.pop(data.get("amends", ""), None)
            if data["clock_id"] in ours:
                title = data.get("report", {}).get("title", "") or data["text"][:60]
                waiting[f"r{count}"] = (f"r{count}", title, at)
    return tuple(waiting.values())


@kept
def received_waiting() -> int:
    """How many reports came in that nobody signed for."""
    with told_plainly():
        return models.ReceivedReportRow.objects.filter(signed_by="").count()
