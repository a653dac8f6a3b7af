"""What was asked and what came of it (要求与实际): one line for each report, order, matter and decision.

Everything is read from the state of the incident, so that the review of an old case is the same today.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from fengsui.core.citation import Citation
from fengsui.core.response.events_aftermath import MatterKind
from fengsui.core.response.incident import ClockState, DirectiveState, DirectiveStatus, Incident
from fengsui.core.response.state_aftermath import MatterState, MatterStatus


class AskedKind(StrEnum):
    """What was asked for."""

    REPORT = "report"
    DIRECTIVE = "directive"
    MATTER = "matter"
    CONDITION = "condition"


class Gap(StrEnum):
    """How what happened stands to what was asked."""

    IN_TIME = "in_time"
    LATE = "late"
    NEVER = "never"  # the limit passed and nothing was done
    DONE = "done"  # done; there was no limit
    NOT_DONE = "not_done"  # never done; there was no limit
    PENDING = "pending"  # still running
    DROPPED = "dropped"  # withdrawn, or dropped with a reason
    UNMET = "unmet"  # a condition that was not met when the response ended


BAD = frozenset({Gap.LATE, Gap.NEVER, Gap.NOT_DONE, Gap.UNMET})
"""Gaps that a review looks at first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedLine:
    """One thing asked: of ``who``, by ``due``; when it happened, what came of it, and the gap (``late`` by
    how much). ``ref`` its id within the incident, ``kind_of`` the kind of a matter."""

    kind: AskedKind
    ref: str
    text: str
    who: str
    since: datetime
    due: datetime | None
    happened: datetime | None
    result: str
    gap: Gap
    late: timedelta | None = None
    plan_id: str | None = None
    source: Citation | None = None
    kind_of: MatterKind | None = None


def asked_lines(incident: Incident, now: datetime) -> tuple[AskedLine, ...]:
    """Every line, in the order of the log."""
    passed = incident.passed
    lines = [
        *(line for key, item in incident.clocks.items() for line in _reports(key, item, passed, now)),
        *(_directive(key, item, passed, now) for key, item in incident.directives.items()),
        *(_matter(key, item, now) for key, item in incident.aftermath.matters.items()),
        *_conditions(incident),
    ]
    return tuple(sorted(lines, key=lambda line: (line.since, line.ref)))


def _judged(due: datetime | None, happened: datetime | None, now: datetime) -> tuple[Gap, timedelta | None]:
    if happened is not None:
        if due is None:
            return Gap.DONE, None
        return (Gap.LATE, happened - due) if happened > due else (Gap.IN_TIME, None)
    if due is None:
        return Gap.NOT_DONE, None
    return (Gap.NEVER, None) if now > due else (Gap.PENDING, None)


def _reports(clock_id: str, clock: ClockState, passed: frozenset[str], now: datetime) -> Iterator[AskedLine]:
    started = clock.started
    due, since = started.due, started.started_at
    for said in clock.sent:
        yield _report(clock_id, clock, since, due, said.at, f"{said.means}：{said.text}", now)
        since, due = said.at, (said.at + started.every if started.every is not None else None)
    if clock.sent and (started.every is None or (not clock.running and clock.due is None)):
        return
    line = _report(clock_id, clock, since, clock.due or due, None, clock.stopped_reason, now)
    if clock.running or not clock.stopped_reason:
        yield line
    elif f"report:{clock_id}:{len(clock.sent) + 1}" in passed:
        # Stopped after its time was up: it was owed and never came.
        yield replace(line, gap=Gap.NEVER)
    else:
        yield replace(line, gap=Gap.DROPPED, late=None)


def _report(
    clock_id: str,
    clock: ClockState,
    since: datetime,
    due: datetime | None,
    happened: datetime | None,
    result: str,
    now: datetime,
) -> AskedLine:
    gap, late = _judged(due, happened, now)
    if gap is Gap.NOT_DONE and clock.running:
        gap = Gap.PENDING
    return AskedLine(
        kind=AskedKind.REPORT,
        ref=clock_id,
        text=clock.started.what,
        who=clock.started.who,
        since=since,
        due=due,
        happened=happened,
        result=result,
        gap=gap,
        late=late,
        plan_id=clock.started.plan_id,
        source=clock.started.source,
    )


def _directive(directive_id: str, item: DirectiveState, passed: frozenset[str], now: datetime) -> AskedLine:
    gap, late = _judged(item.due, item.done_at, now)
    if item.status is DirectiveStatus.WITHDRAWN:
        gap, late = (Gap.NEVER if f"directive:{directive_id}" in passed else Gap.DROPPED), None
    elif gap is Gap.NOT_DONE and item.is_open:
        gap = Gap.PENDING
    return AskedLine(
        kind=AskedKind.DIRECTIVE,
        ref=directive_id,
        text=item.issued.text,
        who=item.issued.to_name,
        since=item.since,
        due=item.due,
        happened=item.done_at,
        result=item.result or item.withdrawn_reason,
        gap=gap,
        late=late,
        plan_id=item.issued.plan_id,
        source=item.issued.source,
    )


def _matter(matter_id: str, item: MatterState, now: datetime) -> AskedLine:
    happened = item.ended_at if item.status is MatterStatus.DONE else None
    gap, late = _judged(item.due, happened, now)
    if item.status is MatterStatus.EXCUSED:
        gap, late = Gap.DROPPED, None
    elif gap is Gap.NOT_DONE:
        gap = Gap.PENDING
    return AskedLine(
        kind=AskedKind.MATTER,
        ref=matter_id,
        text=item.opened.text,
        who=item.opened.owner_name,
        since=item.opened.since,
        due=item.due,
        happened=happened,
        result=item.text,
        gap=gap,
        late=late,
        plan_id=item.opened.plan_id,
        source=item.opened.source,
        kind_of=item.opened.kind,
    )


def _conditions(incident: Incident) -> Iterable[AskedLine]:
    for over in incident.aftermath.overridden:
        for text in over.unmet:
            state = incident.aftermath.conditions.get((over.plan_id, text))
            at = next((item.at for item in incident.ended if item.response.plan_id == over.plan_id), None)
            yield AskedLine(
                kind=AskedKind.CONDITION,
                ref=over.proposal_id,
                text=text,
                who="",
                since=at or incident.opened_at,
                due=None,
                happened=None,
                result=over.reason,
                gap=Gap.UNMET,
                plan_id=over.plan_id,
                source=state.checked.source if state else None,
            )
