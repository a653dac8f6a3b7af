"""The board of reports (报送): every report edge of a plan as a line, and what will be missed.

Pure functions on the state and ``now``. A line is there before its clock runs, with the event it waits for.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from fengsui.core.plan.level import Grade
from fengsui.core.plan.model import Plan
from fengsui.core.plan.reporting import ClockStart, Deadline, Means
from fengsui.core.response.events_reporting import ReportKind
from fengsui.core.response.follow_up import (
    DETACHED,
    LEARNED_EARLIER,
    OTHER_LEVEL,
    certain_levels,
    clock_key,
    effective_start,
    fits,
    grade_alone,
)
from fengsui.core.response.incident import ClockState, Incident
from fengsui.core.response.report_kind import kind_of_clock, kind_of_edge
from fengsui.core.response.state_reporting import SentReport

SOON = timedelta(minutes=30)
WITHIN = timedelta(minutes=60)
"""How far ahead one looks."""


class EdgeState(StrEnum):
    """Where a line of the board stands."""

    LATE = "late"  # 逾期未报
    AT_ONCE = "at_once"  # 应立即报，未报
    RUNNING = "running"  # 计时中
    SENT = "sent"  # 已报
    MISSED = "missed"  # 漏报
    STOPPED = "stopped"  # 不再要求
    WAITING = "waiting"  # 起算的事还没有发生
    UNGRADED = "ungraded"  # 按级别报，还没有定级
    NOT_HERE = "not_here"  # 本级别不适用
    BY_DATE = "by_date"  # 按日期


@dataclass(frozen=True, slots=True, kw_only=True)
class EdgeLine:
    """One edge with its latest clock and everything sent on it; ``start`` is the event it is counted from.

    ``assumed``: when the event happened is not known (事发时间未知, 对方何时接报), another stands in for it.
    """

    plan_id: str
    key: str
    edge: Deadline
    kind: ReportKind
    start: ClockStart
    state: EdgeState
    clock_id: str | None = None
    clock: ClockState | None = None
    reports: tuple[SentReport, ...] = ()
    assumed: bool = False

    @property
    def latest(self) -> SentReport | None:
        """The last report that holds."""
        return next((item for item in reversed(self.reports) if item.amended_by is None), None)


def board(
    plan: Plan, incident: Incident, now: datetime, desk_bodies: Collection[str] | None = None
) -> tuple[EdgeLine, ...]:
    """The report edges of ``plan`` in the order of the plan.

    ``desk_bodies``: units and posts of the desk that took the call. Others may have heard at another time;
    until somebody says when, the time of the desk stands in for theirs.
    """
    return tuple(
        _line(plan, incident, index, edge, now, desk_bodies)
        for index, edge in enumerate(plan.content.deadlines)
        if edge.is_report
    )


def _line(
    plan: Plan,
    incident: Incident,
    index: int,
    edge: Deadline,
    now: datetime,
    desk_bodies: Collection[str] | None,
) -> EdgeLine:
    key = clock_key(plan, index)
    clocks = [(cid, clock) for cid, clock in incident.clocks.items() if cid.rsplit(":", 1)[0] == key]
    ids = {cid for cid, _ in clocks}
    clock_id, clock = clocks[-1] if clocks else (None, None)
    start = effective_start(edge, plan)
    if clock is not None:
        state = clock_state(clock, incident, now)
    elif edge.by is not None:
        state = EdgeState.BY_DATE
    else:
        state = _before_it_runs(edge, plan, incident)
    return EdgeLine(
        plan_id=plan.id,
        key=key,
        edge=edge,
        kind=kind_of_edge(edge),
        start=start,
        state=state,
        clock_id=clock_id,
        clock=clock,
        reports=tuple(item for item in incident.reports.values() if item.clock_id in ids),
        assumed=_assumed(start, clock, incident, desk_bodies),
    )


def _assumed(
    start: ClockStart, clock: ClockState | None, incident: Incident, desk_bodies: Collection[str] | None
) -> bool:
    if start is ClockStart.OCCURRED:
        return incident.occurred_at is None
    if start is not ClockStart.RECEIVED or clock is None or desk_bodies is None:
        return False
    told = clock.started.started_at != incident.opened.learned_at
    return not told and clock.started.who_id not in desk_bodies


def _before_it_runs(edge: Deadline, plan: Plan, incident: Incident) -> EdgeState:
    """An edge for a grade is not ruled out while the event has none."""
    if fits(edge, plan, incident):
        return EdgeState.WAITING
    graded = any(isinstance(level, Grade) for level in certain_levels(plan, incident))
    return EdgeState.UNGRADED if grade_alone(edge) and not graded else EdgeState.NOT_HERE


def clock_state(clock: ClockState, incident: Incident, now: datetime) -> EdgeState:
    """Where one clock stands at ``now``."""
    if not clock.running:
        if clock.sent:
            return EdgeState.SENT
        due = clock.started.due
        owed = due is not None and due <= incident.last.at and clock.stopped_reason not in _NOT_OWED
        return EdgeState.MISSED if owed else EdgeState.STOPPED
    if clock.due is None:
        return EdgeState.AT_ONCE if incident.is_open else EdgeState.MISSED
    if clock.due <= now:
        return EdgeState.LATE if incident.is_open else EdgeState.MISSED
    return EdgeState.RUNNING if incident.is_open else EdgeState.STOPPED


_NOT_OWED = frozenset({DETACHED, OTHER_LEVEL, LEARNED_EARLIER})
"""Stopped because the edge never applied: nothing was missed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Owed:
    """A report that is owed: what is needed to say when it will be missed."""

    clock_id: str
    kind: ReportKind
    what: str
    who: str
    to: tuple[str, ...]
    due: datetime | None
    since: datetime
    means: Means | None = None
    drafted: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Foreseen:
    """A report that will be missed: ``left`` until then, negative when late, None for one due at once."""

    owed: Owed
    left: timedelta | None
    state: EdgeState

    @property
    def is_soon(self) -> bool:
        return self.left is None or self.left <= SOON


def owed_reports(incident: Incident, drafted: Collection[str] = ()) -> tuple[Owed, ...]:
    """The reports owed now; ``drafted`` the clocks for which something has been written.

    What bodies outside the directory report at once (现场人员立即报告) is on the board, not owed by us.
    """
    if not incident.is_open:
        return ()
    return tuple(
        Owed(
            clock_id=clock_id,
            kind=kind_of_clock(clock.started),
            what=clock.started.what,
            who=clock.started.who,
            to=clock.started.to,
            due=clock.due,
            since=clock.since,
            means=clock.started.means,
            drafted=clock_id in drafted,
        )
        for clock_id, clock in incident.clocks.items()
        if clock.running and (clock.due is not None or clock.started.who_id or not clock.started.who)
    )


def foresee(owed: Iterable[Owed], now: datetime, within: timedelta = WITHIN) -> tuple[Foreseen, ...]:
    """What is late, what must be sent at once and what will be late ``within`` that time, in this order."""
    found = []
    for item in owed:
        if item.due is None:
            found.append(Foreseen(owed=item, left=None, state=EdgeState.AT_ONCE))
        elif item.due - now <= within:
            state = EdgeState.LATE if item.due <= now else EdgeState.RUNNING
            found.append(Foreseen(owed=item, left=item.due - now, state=state))
    order = {EdgeState.LATE: 0, EdgeState.AT_ONCE: 1, EdgeState.RUNNING: 2}
    return tuple(
        sorted(found, key=lambda one: (order[one.state], one.owed.due or one.owed.since, one.owed.clock_id))
    )


def unsigned(incident: Incident, now: datetime, after: timedelta) -> tuple[SentReport, ...]:
    """Reports of our own bodies that hold and that nobody signed for ``after`` they were sent.

    What others told each other before it reached the desk is theirs to sign for.
    """
    return tuple(
        report
        for report in incident.reports.values()
        if report.amended_by is None
        and not report.is_signed
        and incident.clocks[report.clock_id].started.who_id is not None
        and now - report.at >= after
    )
