"""Reports owed and reports nobody signed for, over all running incidents of an area."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from fengsui.core.plan.reporting import ClockStart
from fengsui.core.response.events_reporting import ReportKind
from fengsui.core.response.report_board import Owed
from fengsui.core.response.report_kind import kind_by_words
from fengsui.core.response.state_reporting import MACHINE
from fengsui.store import models
from fengsui.store.failures import told_plainly
from fengsui.store.selectors.incidents import within

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
    rows = models.EventRow.objects.filter(incident__is_open=True, type__in=_REPORTS)
    if jurisdiction is not None:
        rows = rows.filter(within(jurisdiction, "incident__"))
    waiting: dict[tuple[str, str], UnsignedLine] = {}
    counts: dict[str, int] = {}
    ours: set[tuple[str, str]] = set()
    with told_plainly():
        listed = list(rows.select_related("incident").order_by("incident_id", "seq"))
    for row in listed:
        data = json.loads(row.data)
        if row.type == "ReportAcknowledged":
            if data["means"] != MACHINE:
                waiting.pop((row.incident_id, data["report_id"]), None)
            continue
        if row.type == "ReportClockStarted":
            if data.get("who_id"):
                ours.add((row.incident_id, data["clock_id"]))
            continue
        counts[row.incident_id] = counts.get(row.incident_id, 0) + 1
        report_id = f"r{counts[row.incident_id]}"
        waiting.pop((row.incident_id, data.get("amends", "")), None)
        if (row.incident_id, data["clock_id"]) not in ours:
            continue
        title = data.get("report", {}).get("title", "") or data["text"][:60]
        waiting[row.incident_id, report_id] = UnsignedLine(
            row.incident_id, row.incident.title, row.incident.exercise, report_id, title, row.at
        )
    late = [line for line in waiting.values() if line.sent_at <= before]
    return sorted(late, key=lambda line: line.sent_at)[:limit]


def received_waiting() -> int:
    """How many reports came in that nobody signed for."""
    with told_plainly():
        return models.ReceivedReportRow.objects.filter(signed_by="").count()
