"""What follows by itself from facts and decisions: a new grade, report clocks that begin to run.

Called after every command, so that nothing a person enters waits for another person's click.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from hashlib import sha256

from fengsui.core.directory import Directory
from fengsui.core.plan.level import Grade, LadderKind, ResponseLevel, WarningLevel
from fengsui.core.plan.model import Plan
from fengsui.core.plan.reporting import ClockStart, Deadline
from fengsui.core.response.events import Graded, ReportClockStarted
from fengsui.core.response.grade_words import grade_words
from fengsui.core.response.incident import ClockState, Incident
from fengsui.core.response.phases import heading_over
from fengsui.core.response.power import bound_ids
from fengsui.core.response.standing import Grader, Standing

_REPORTING = re.compile(r"报告|报送|信息")

DETACHED = "plan_detached"
"""Why a clock was stopped: its plan was found not to apply."""

OTHER_LEVEL = "other_level"
"""Why a clock was stopped: the response went to a level it is not for."""

LEARNED_EARLIER = "learned_earlier"
"""Why a clock was stopped: an earlier call shows that the desk knew before; it begins again from there."""


def standings(plan: Plan, incident: Incident, grader: Grader) -> tuple[Standing, ...]:
    """Where the incident stands on every ladder of ``plan`` now."""
    return grader(plan, incident.current_facts(), incident.current_judgements())


def regrade(plans: Iterable[Plan], incident: Incident, grader: Grader) -> tuple[Graded, ...]:
    """A ``Graded`` for every ladder whose answer differs from the one recorded last.

    A warning ladder is recorded only once it says something: it is not about what has happened.
    """
    changed: list[Graded] = []
    for plan in plans:
        for standing in standings(plan, incident, grader):
            graded = Graded(
                plan_id=plan.id,
                kind=standing.kind,
                hazard=standing.hazard,
                subtype=standing.subtype,
                level=standing.level,
                possible=standing.possible,
                because=standing.because,
                asks=tuple(ask.fact or ask.question for ask in standing.asks),
            )
            before = incident.grades.get((plan.id, standing.kind, standing.hazard, standing.subtype))
            quiet = before is None and standing.kind is LadderKind.WARNING and standing.level is None
            if before != graded and not quiet:
                changed.append(graded)
    return tuple(changed)


def clock_key(plan: Plan, index: int) -> str:
    """Names report edge ``index`` of ``plan``, short enough to be typed; the clock's id adds a number."""
    mark = sha256(f"{plan.id}.{plan.version}".encode()).hexdigest()[:6]
    return f"{mark}-r{index + 1}"


def start_clocks(
    plan: Plan, incident: Incident, directory: Directory, now: datetime
) -> tuple[ReportClockStarted, ...]:
    """Report edges of ``plan`` whose start event has happened, that fit, and that have not begun."""
    started: list[ReportClockStarted] = []
    sensitive = _due_all_the_same(plan, incident)
    for index, edge in enumerate(plan.content.deadlines):
        if not edge.is_report or edge.by is not None:
            continue
        if index not in sensitive and not fits(edge, plan, incident):
            continue
        key = clock_key(plan, index)
        earlier = [clock for clock_id, clock in incident.clocks.items() if clock_id.rsplit(":", 1)[0] == key]
        instant = _start_instant(edge, plan, incident, _still_counting(edge, plan, incident, earlier))
        if instant is None:
            continue
        started.append(_clock(edge, plan, directory, f"{key}:{len(earlier) + 1}", min(instant, now)))
    return tuple(started)


def _clock(
    edge: Deadline, plan: Plan, directory: Directory, clock_id: str, instant: datetime
) -> ReportClockStarted:
    who = edge.who or ""
    ids = bound_ids(plan, who) if who else ()
    known = [item for item in ids if directory.unit(item) or directory.post(item)]
    return ReportClockStarted(
        clock_id=clock_id,
        plan_id=plan.id,
        who=who,
        who_id=known[0] if known else None,
        to=edge.to,
        what=edge.what,
        started_at=instant,
        start=effective_start(edge, plan),
        due=instant + edge.span if edge.span is not None else None,
        every=edge.span if edge.every is not None else None,
        means=edge.form,
        words=edge.within or edge.every or "",
        condition=edge.condition,
        source=edge.source,
    )


def effective_start(edge: Deadline, plan: Plan) -> ClockStart:
    """The event that starts ``edge``.

    A limit in the part on reporting that names no event (应在2小时内报告) runs from learning: the earlier
    reading is the safer one. Anything else not understood runs from the start of the response.
    """
    if edge.start is not ClockStart.OTHER:
        return edge.start
    heading = heading_over(plan.content, edge.source.clause)
    about_reports = heading is not None and _REPORTING.search(heading.title) is not None
    if about_reports and edge.span is not None and edge.every is None and not edge.levels:
        return ClockStart.LEARNED
    return ClockStart.OTHER


def edge_of(plan: Plan, clock_id: str) -> Deadline | None:
    """The report edge of ``plan`` that a clock runs for; None when it is of another plan."""
    key = clock_id.rsplit(":", 1)[0]
    found = (edge for index, edge in enumerate(plan.content.deadlines) if clock_key(plan, index) == key)
    return next(found, None)


def _still_counting(
    edge: Deadline, plan: Plan, incident: Incident, earlier: list[ClockState]
) -> list[ClockState]:
    """Clocks of ``edge`` that stand against starting another: not those stopped because it did not apply,
    nor those of an earlier response."""
    counting = [
        clock for clock in earlier if clock.stopped_reason not in (DETACHED, OTHER_LEVEL, LEARNED_EARLIER)
    ]
    response = incident.responses.get(plan.id)
    start = effective_start(edge, plan)
    if response is not None and start in (ClockStart.ACTIVATED, ClockStart.OTHER):
        return [clock for clock in counting if clock.started.started_at >= response.since]
    return counting


def _start_instant(
    edge: Deadline, plan: Plan, incident: Incident, earlier: list[ClockState]
) -> datetime | None:
    """When the start event of ``edge`` happened; None: not yet, or its clock has begun already."""
    response, start = incident.responses.get(plan.id), effective_start(edge, plan)
    if start is ClockStart.CHANGED:
        return _last_change(plan, incident, earlier)
    if earlier:
        return None
    if start in (ClockStart.LEARNED, ClockStart.RECEIVED):
        return incident.opened.learned_at
    if start is ClockStart.OCCURRED:
        return incident.occurred_at or incident.opened.learned_at
    if start is ClockStart.GRADED:
        return _first_graded(plan, incident)
    if start is ClockStart.PREVIOUS:
        return _previous_report(edge, plan, incident)
    if start is ClockStart.STABLE:
        ends = [ended.at for ended in incident.ended if ended.response.plan_id == plan.id]
        return ends[-1] if ends else None
    # ACTIVATED, or words not understood: with the response.
    if response is None:
        return None
    return response.level_since if edge.levels else response.since


def _last_change(plan: Plan, incident: Incident, earlier: list[ClockState]) -> datetime | None:
    response = incident.responses.get(plan.id)
    if response is None or response.level_since == response.since:
        return None
    seen = max((clock.started.started_at for clock in earlier), default=None)
    return response.level_since if seen is None or response.level_since > seen else None


def _first_graded(plan: Plan, incident: Incident) -> datetime | None:
    instants = [
        incident.graded_at[scheme]
        for scheme, graded in incident.grades.items()
        if scheme[0] == plan.id and graded.kind is not LadderKind.WARNING and graded.level is not None
    ]
    return min(instants, default=None)


def _previous_report(edge: Deadline, plan: Plan, incident: Incident) -> datetime | None:
    """The first report sent on an edge of the same reporter (电话先报, then 书面补报)."""
    instants = [
        said.at
        for clock in incident.clocks.values()
        if clock.started.plan_id == plan.id and (edge.who is None or clock.started.who == edge.who)
        for said in clock.sent
    ]
    return min(instants, default=None)


def fits(edge: Deadline, plan: Plan, incident: Incident) -> bool:
    """Whether levels and condition of ``edge`` admit the incident as it stands.

    A condition that names no grade is shown with the clock and left to people.
    """
    if edge.levels:
        return any(_at(level, plan, incident) for level in edge.levels)
    return edge.condition is None or _condition_fits(edge.condition, plan, incident)


def grade_alone(edge: Deadline) -> bool:
    """Whether it is the grade of the event, and nothing else, that keeps ``edge`` from running."""
    if edge.levels:
        return all(isinstance(level, Grade) for level in edge.levels)
    return edge.condition is not None and bool(grade_words(edge.condition))


def _due_all_the_same(plan: Plan, incident: Incident) -> frozenset[int]:
    """Edges that run although the grade does not call for them, because the case is sensitive.

    Sensitive place, time, people or trend: reports are not bound by the grade. Of several edges between the
    same bodies in the same form the tightest runs, unless one that fits is as tight.
    """
    if not any(mark.holds for mark in incident.marks.values()):
        return frozenset()
    tightest: dict[tuple[object, ...], tuple[float, int]] = {}
    fitting: dict[tuple[object, ...], float] = {}
    for index, edge in enumerate(plan.content.deadlines):
        if not edge.is_report or edge.by is not None:
            continue
        key, limit = (edge.who, edge.to, edge.form, edge.every is None), _limit(edge)
        if fits(edge, plan, incident):
            fitting[key] = min(limit, fitting.get(key, limit))
        elif grade_alone(edge):
            tightest[key] = min((limit, index), tightest.get(key, (limit, index)))
    return frozenset(
        index for key, (limit, index) in tightest.items() if key not in fitting or limit < fitting[key]
    )


def _limit(edge: Deadline) -> float:
    # 立即 is tighter than any length.
    return edge.span.total_seconds() if edge.span is not None else 0.0


def _at(level: Grade | WarningLevel | ResponseLevel, plan: Plan, incident: Incident) -> bool:
    if isinstance(level, ResponseLevel):
        response = incident.responses.get(plan.id)
        return response is not None and response.level is level
    return level in certain_levels(plan, incident)


def certain_levels(plan: Plan, incident: Incident) -> Mapping[Grade | WarningLevel | ResponseLevel, None]:
    return {
        graded.level: None
        for scheme, graded in incident.grades.items()
        if scheme[0] == plan.id and graded.level is not None
    }


def _condition_fits(condition: str, plan: Plan, incident: Incident) -> bool:
    named = grade_words(condition)
    if not named:
        return True
    ranks = {grade.rank for grade in named}
    # 较大及以上: everything graver as well.
    if re.search(r"以上", condition):
        ranks |= set(range(1, max(ranks) + 1))
    standing = {level.rank for level in certain_levels(plan, incident) if isinstance(level, Grade)}
    response = incident.responses.get(plan.id)
    if not standing and response is not None:
        standing = {response.level.rank}
    return bool(standing & ranks)
