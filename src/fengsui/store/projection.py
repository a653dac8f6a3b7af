"""Lists made from streams: what one record changes in the rows that screens list.

Everything here can be rebuilt from the events (``rebuild``); nothing here is ever read by a decision.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

from fengsui.core.plan.level import LadderKind
from fengsui.core.response import events as ev
from fengsui.core.response import events_decisions as of
from fengsui.core.response import events_reporting as er
from fengsui.core.response.events import Recorded
from fengsui.core.response.events_reporting import ReportKind
from fengsui.core.response.events_watch import CallJoined
from fengsui.core.response.incident import Incident, fold
from fengsui.store import bulk, projection_dispatch
from fengsui.store.models import (
    ApproverRow,
    ClockRow,
    IncidentRow,
    MatterRow,
    ProposalRow,
    StatementRow,
    TaskRow,
)
from fengsui.store.projection_aftermath import STEPS as AFTERMATH_STEPS
from fengsui.store.projection_release import STEPS as RELEASE_STEPS
from fengsui.store.streams import stored_events

_RANK = {"I": 1, "II": 2, "III": 3, "IV": 4, "V": 5}

WAITING = ("open", "questioned")
"""States of a proposal that somebody has still to decide."""


def project(row: IncidentRow, recorded: Sequence[Recorded]) -> None:
    """Bring ``row`` and the rows around it up to ``recorded``; ``row`` is changed but not saved."""
    tasks: list[tuple[object, ...]] = []
    for item in recorded:
        if isinstance(item.event, ev.DirectiveIssued):
            tasks.extend(_tasks(row, item, item.event))
            continue
        if tasks:
            bulk.insert(TaskRow, _TASK, tasks)
            tasks = []
        step = _STEPS.get(type(item.event))
        if step is not None:
            step(row, item, item.event)
    if tasks:
        bulk.insert(TaskRow, _TASK, tasks)
    changed = projection_dispatch.touched(recorded)
    if changed:
        projection_dispatch.bring_up(row.id, _folded(row), changed)
    if recorded:
        row.seq, row.head, row.updated_at = recorded[-1].seq, recorded[-1].hash, recorded[-1].at


def _folded(row: IncidentRow) -> Incident:
    """The state at the end of the stream as it stands in the tables."""
    incident = fold(stored_events(row.id))
    assert incident is not None
    return incident


def rebuild(row: IncidentRow, stream: Sequence[Recorded]) -> None:
    """Make the rows of one incident anew from its whole stream and save them."""
    for table in (ProposalRow, TaskRow, ClockRow, MatterRow, StatementRow):
        table.objects.filter(incident=row).delete()
    row.is_open, row.level, row.grade, row.responses, row.grades = True, "", "", {}, {}
    project(row, stream)
    row.save()


def _gravest(levels: Sequence[str]) -> str:
    return min(levels, key=lambda level: _RANK.get(level, 9), default="")


def _opened(row: IncidentRow, item: Recorded, event: ev.IncidentOpened) -> None:
    row.title, row.place, row.place_code = event.title[:300], event.place[:300], event.place_code
    row.exercise, row.learned_at = event.exercise, event.learned_at


def _closed(row: IncidentRow, item: Recorded, event: ev.IncidentClosed) -> None:
    row.is_open = False


def _graded(row: IncidentRow, item: Recorded, event: ev.Graded) -> None:
    if event.kind is not LadderKind.EVENT_GRADE:
        return
    key = "|".join((event.plan_id, event.hazard or "", event.subtype or ""))
    row.grades = {**row.grades, key: event.level.value if event.level else ""}
    row.grade = _gravest([level for level in row.grades.values() if level])


def _detached(row: IncidentRow, item: Recorded, event: ev.PlanDetached) -> None:
    prefix = f"{event.plan_id}|"
    row.grades = {key: level for key, level in row.grades.items() if not key.startswith(prefix)}
    row.grade = _gravest([level for level in row.grades.values() if level])


def _set_response(row: IncidentRow, plan_id: str, level: str | None) -> None:
    responses = {key: value for key, value in row.responses.items() if key != plan_id}
    if level is not None:
        responses[plan_id] = level
    row.responses = responses
    row.level = _gravest(list(responses.values()))


def _activated(row: IncidentRow, item: Recorded, event: ev.ResponseActivated) -> None:
    _set_response(row, event.plan_id, event.level.value)


def _changed(row: IncidentRow, item: Recorded, event: ev.LevelChanged) -> None:
    _set_response(row, event.plan_id, event.after.value)


def _terminated(row: IncidentRow, item: Recorded, event: ev.ResponseTerminated) -> None:
    _set_response(row, event.plan_id, None)


def _proposed(row: IncidentRow, item: Recorded, event: ev.Proposed) -> None:
    proposal = ProposalRow.objects.create(
        proposal_id=event.proposal_id,
        incident=row,
        kind=event.kind.value,
        plan_id=event.plan_id,
        level=event.level.value if event.level else "",
        authority=event.authority[:300],
        reason=event.reason,
        proposed_by=item.by,
        proposed_at=item.at,
        state="open",
    )
    ApproverRow.objects.bulk_create(
        ApproverRow(proposal=proposal, post_id=post) for post in dict.fromkeys(event.approvers)
    )


def _passed_on(row: IncidentRow, item: Recorded, event: of.ProposalPassedOn) -> None:
    proposal = ProposalRow.objects.get(incident=row, proposal_id=event.proposal_id)
    for post in dict.fromkeys(event.to):
        ApproverRow.objects.get_or_create(proposal=proposal, post_id=post)


def _proposal_becomes(state: str) -> Callable[[IncidentRow, Recorded, Any], None]:
    def step(row: IncidentRow, item: Recorded, event: Any) -> None:
        ProposalRow.objects.filter(incident=row, proposal_id=event.proposal_id).update(state=state)

    return step


_TASK = ("directive_id", "incident_id", "addressee", "to_name", "text", "due", "issued_at")


def _tasks(row: IncidentRow, item: Recorded, event: ev.DirectiveIssued) -> list[tuple[object, ...]]:
    return [
        (event.directive_id, row.id, addressee, event.to_name[:300], event.text, event.due, item.at)
        for addressee in dict.fromkeys(event.to) or ("",)
    ]


def _clock(row: IncidentRow, item: Recorded, event: ev.ReportClockStarted) -> None:
    ClockRow.objects.create(
        clock_id=event.clock_id,
        incident=row,
        who=event.who[:300],
        to="、".join(event.to),
        what=event.what,
        due=event.due,
        every_seconds=int(event.every.total_seconds()) if event.every is not None else None,
    )


def _sent(row: IncidentRow, item: Recorded, event: ev.ReportSent) -> None:
    clock = ClockRow.objects.get(incident=row, clock_id=event.clock_id)
    clock.sent += 1
    final = event.report is not None and event.report.kind is ReportKind.FINAL
    clock.is_running = clock.is_running and clock.every_seconds is not None and not final
    clock.due = None
    if clock.every_seconds is not None and clock.is_running:
        clock.due = item.at + timedelta(seconds=clock.every_seconds)
    clock.save()


def _clock_stopped(row: IncidentRow, item: Recorded, event: ev.ReportClockStopped) -> None:
    ClockRow.objects.filter(incident=row, clock_id=event.clock_id).update(is_running=False, due=None)


def _call_joined(row: IncidentRow, item: Recorded, event: CallJoined) -> None:
    if row.learned_at is not None and event.received_at < row.learned_at:
        row.learned_at = event.received_at


def _clock_moved(row: IncidentRow, item: Recorded, event: er.ReportClockMoved) -> None:
    ClockRow.objects.filter(incident=row, clock_id=event.clock_id).update(due=event.due)


_STEPS: dict[type, Callable[[IncidentRow, Recorded, Any], None]] = {
    ev.IncidentOpened: _opened,
    ev.IncidentClosed: _closed,
    ev.PlanDetached: _detached,
    ev.Graded: _graded,
    ev.ResponseActivated: _activated,
    ev.LevelChanged: _changed,
    ev.ResponseTerminated: _terminated,
    ev.Proposed: _proposed,
    ev.ProposalQuestioned: _proposal_becomes("questioned"),
    ev.ProposalAnswered: _proposal_becomes("open"),
    ev.ProposalApproved: _proposal_becomes("approved"),
    ev.ProposalRefused: _proposal_becomes("refused"),
    ev.ProposalWithdrawn: _proposal_becomes("withdrawn"),
    of.ProposalPassedOn: _passed_on,
    ev.ReportClockStarted: _clock,
    ev.ReportSent: _sent,
    ev.ReportClockStopped: _clock_stopped,
    CallJoined: _call_joined,
    **AFTERMATH_STEPS,
    **RELEASE_STEPS,
    er.ReportClockMoved: _clock_moved,
}
