"""The board of reports for room and desk: lines by plan, what will be missed, what nobody signed for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from fengsui.core.directory import Directory
from fengsui.core.plan.model import Plan
from fengsui.core.response.incident import Incident
from fengsui.core.response.report_board import (
    WITHIN,
    EdgeLine,
    EdgeState,
    Foreseen,
    board,
    foresee,
    owed_reports,
    unsigned,
)
from fengsui.store import selectors
from fengsui.web import wiring
from fengsui.web.seat import Seat

QUIET = (EdgeState.NOT_HERE, EdgeState.BY_DATE)
"""Lines folded away: nothing is asked of anybody now."""


@dataclass(frozen=True, slots=True)
class PlanBoard:
    """The lines of one plan; ``quiet`` those that do not apply now."""

    plan: Plan
    lines: tuple[EdgeLine, ...]
    quiet: tuple[EdgeLine, ...]


def board_context(
    incident: Incident, plans: Iterable[Plan], now: datetime, directory: Directory
) -> dict[str, Any]:
    """What ``part_reports.html`` shows."""
    reporting = wiring.reporting()
    drafted = reporting.drafts.drafted(incident.incident_id)
    opener = directory.post(incident.opened_by)
    ours = {incident.opened_by, *((opener.unit,) if opener else ())}
    boards = [_plan_board(plan, incident, now, ours) for plan in plans]
    shown = {
        report.report_id for one in boards for line in (*one.lines, *one.quiet) for report in line.reports
    }
    return {
        "boards": boards,
        "drafted": drafted,
        "foreseen": foresee(owed_reports(incident, drafted), now),
        "unsigned": unsigned(incident, now, reporting.rules.unsigned_after),
        "other_reports": [item for item in incident.reports.values() if item.report_id not in shown],
    }


def _plan_board(plan: Plan, incident: Incident, now: datetime, ours: set[str]) -> PlanBoard:
    lines = board(plan, incident, now, ours)
    return PlanBoard(
        plan,
        tuple(line for line in lines if line.state not in QUIET),
        tuple(line for line in lines if line.state in QUIET),
    )


@dataclass(frozen=True, slots=True)
class DeskForecast:
    """A report of some incident that will be missed."""

    incident_id: str
    title: str
    exercise: bool
    foreseen: Foreseen


MOST = 6
"""Lines of each kind on the desk; the room of the incident has them all."""


def desk_context(seat: Seat, now: datetime) -> dict[str, Any]:
    """What will be missed within the hour over all running incidents of the area, and what nobody signed."""
    reporting = wiring.reporting()
    owed = {
        (line.incident_id, line.owed.clock_id): line
        for line in selectors.owed_reports(jurisdiction=seat.area, until=now + WITHIN)
    }
    found = [
        DeskForecast(line.incident_id, line.title, line.exercise, one)
        for line in owed.values()
        for one in foresee((line.owed,), now)
    ]
    found.sort(key=lambda item: item.foreseen.left or WITHIN)
    before = now - reporting.rules.unsigned_after
    return {
        "forecast": found[:MOST],
        "unsigned_reports": selectors.unsigned_reports(jurisdiction=seat.area, before=before, limit=MOST),
        "received_waiting": selectors.received_waiting(),
    }
