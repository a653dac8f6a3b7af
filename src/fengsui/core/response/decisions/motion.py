"""What a decision sets in motion: groups, directives and their ends, as the plan prescribes.

Nothing marked out of scope (control of speech or of persons) is ever executed: it stays text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from fengsui.core.citation import Citation
from fengsui.core.plan.level import AnyLevel, Grade, ResponseLevel, WarningLevel
from fengsui.core.plan.model import Plan
from fengsui.core.plan.reporting import ClockStart
from fengsui.core.response.decisions.scene import Scene
from fengsui.core.response.decisions.staffing import staff
from fengsui.core.response.events import (
    DirectiveIssued,
    DirectiveWithdrawn,
    Event,
    GroupFormed,
    LevelChanged,
    ReportClockStopped,
    ResponseActivated,
    ResponseTerminated,
)
from fengsui.core.response.follow_up import OTHER_LEVEL, edge_of
from fengsui.core.response.mapping import response_level_for_grade
from fengsui.core.response.phases import is_of_response
from fengsui.core.response.power import bound_ids, parts_of

_ALL_MEMBERS = re.compile(r"^(各|有关|相关|所有|其他)*成员单位$")
_FINAL = re.compile(r"终报|总结|核报|评估|调查|结束后")


_WITHIN = re.compile(r"(\d{1,3}(?:\.\d)?|半)个?(小时|分钟|日|天)(?:之|以)?内")
_UNITS = {
    "分钟": timedelta(minutes=1),
    "小时": timedelta(hours=1),
    "日": timedelta(days=1),
    "天": timedelta(days=1),
}


@dataclass(frozen=True, slots=True)
class Order:
    """One order a plan prescribes: to ``who`` as printed, bound to ``targets`` (units or posts)."""

    who: str
    targets: tuple[str, ...]
    text: str
    levels: tuple[AnyLevel, ...]
    due: datetime | None
    source: Citation


def belongs(levels: tuple[AnyLevel, ...], level: ResponseLevel, plan: Plan) -> bool:
    """Whether something for ``levels`` (empty: any) is done at response ``level``."""
    return not levels or any(_same(item, level, plan) for item in levels)


def _same(item: AnyLevel, level: ResponseLevel, plan: Plan) -> bool:
    if isinstance(item, WarningLevel):
        return False
    if isinstance(item, Grade):
        return response_level_for_grade(plan, item).level is level
    return item is level


def targets(plan: Plan, who: str, scene: Scene) -> tuple[str, ...]:
    """Units and posts that a printed actor stands for: a body, several, a group's lead, all members."""
    ids = bound_ids(plan, who)
    if not ids and _ALL_MEMBERS.match(who):
        ids = tuple(
            found for unit in plan.content.units if unit.member for found in bound_ids(plan, unit.name)
        )
    if not ids:
        leads = (group.lead for group in plan.content.groups if group.lead and _is_group(group.name, who))
        ids = tuple(found for lead in leads for found in bound_ids(plan, lead))
    known = (item for item in ids if scene.directory.unit(item) or scene.directory.post(item))
    return tuple(dict.fromkeys(known))


def _is_group(name: str, who: str) -> bool:
    return any(part == name or part.endswith(name) for part in parts_of(who))


def orders(plan: Plan, level: ResponseLevel, scene: Scene) -> tuple[Order, ...]:
    """Every order the plan prescribes at ``level``: measures, work with a time limit, then duties.

    Orders whose ``targets`` are empty concern bodies outside, or nobody is named: people see them and decide.
    """
    found = _merged(list(_measures(plan, level, scene)), _timed_work(plan, level, scene))
    busy = {target for order in found for target in order.targets}
    return (*found, *_duties(plan, scene, busy))


def _merged(measures: list[Order], timed: Iterable[Order]) -> list[Order]:
    """A time limit read from the sentence of a measure is the limit of that measure, else its own order."""
    orders_with = list(measures)
    for work in timed:
        same = [
            place
            for place, order in enumerate(orders_with)
            if order.source.line == work.source.line and work.text in order.text and work.due is not None
        ]
        for place in same:
            orders_with[place] = replace(orders_with[place], due=work.due)
        if not same:
            orders_with.append(work)
    return orders_with


def _measures(plan: Plan, level: ResponseLevel, scene: Scene) -> Iterable[Order]:
    hazards = _hazards(plan, scene)
    for measure in plan.content.measures:
        wrong_hazard = measure.hazard is not None and hazards and measure.hazard not in hazards
        if not measure.levels and not is_of_response(plan.content, measure.source.clause):
            continue
        if measure.out_of_scope or wrong_hazard or not belongs(measure.levels, level, plan):
            continue
        who = measure.who or ""
        yield Order(
            who=who,
            targets=targets(plan, who, scene) if who else (),
            text=measure.text,
            levels=measure.levels,
            due=_due_in(measure.text, scene.now),
            source=measure.source,
        )


def _due_in(text: str, now: datetime) -> datetime | None:
    """``now`` and the one time limit that the sentence of a measure names; None for none or several."""
    found = _WITHIN.findall(text)
    if len(found) != 1:
        return None
    number, unit = found[0]
    return now + (0.5 if number == "半" else float(number)) * _UNITS[unit]


def _hazards(plan: Plan, scene: Scene) -> frozenset[str]:
    """The hazards whose ladders say something now; empty when none does."""
    return frozenset(
        graded.hazard
        for scheme, graded in scene.incident.grades.items()
        if scheme[0] == plan.id and graded.hazard is not None and graded.level is not None
    )


def _timed_work(plan: Plan, level: ResponseLevel, scene: Scene) -> Iterable[Order]:
    for edge in plan.content.deadlines:
        if edge.is_report or edge.who is None or edge.span is None or edge.every is not None:
            continue
        if edge.start is ClockStart.STABLE or not edge.levels or not belongs(edge.levels, level, plan):
            continue
        yield Order(
            who=edge.who,
            targets=targets(plan, edge.who, scene),
            text=edge.what,
            levels=edge.levels,
            due=scene.now + edge.span,
            source=edge.source,
        )


def _duties(plan: Plan, scene: Scene, busy: set[str]) -> Iterable[Order]:
    """Duties of units for which the plan has no measure."""
    for duty in plan.content.duties:
        found = targets(plan, duty.unit, scene)
        free = tuple(target for target in found if target not in busy)
        if duty.out_of_scope or not free:
            continue
        yield Order(who=duty.unit, targets=free, text=duty.text, levels=(), due=None, source=duty.source)


def _issue(plan: Plan, listed: Iterable[Order], scene: Scene) -> tuple[DirectiveIssued, ...]:
    """One directive an order and target, so that each unit accepts and reports for itself."""
    issued: list[DirectiveIssued] = []
    seen: set[tuple[str, str]] = {
        (target, state.issued.text)
        for state in scene.incident.directives.values()
        for target in state.issued.to
        if state.is_open and state.issued.plan_id == plan.id
    }
    number = len(scene.incident.directives)
    for order in listed:
        for target in order.targets:
            if (target, order.text) in seen:
                continue
            seen.add((target, order.text))
            number += 1
            unit, post = scene.directory.unit(target), scene.directory.post(target)
            issued.append(
                DirectiveIssued(
                    directive_id=f"d{number}",
                    plan_id=plan.id,
                    to=(target,),
                    to_name=unit.name if unit else post.title if post else order.who,
                    text=order.text,
                    due=order.due,
                    source=order.source,
                )
            )
    return tuple(issued)


def set_in_motion(
    plan: Plan, level: ResponseLevel, proposal_id: str, source: Citation | None, scene: Scene
) -> tuple[Event, ...]:
    """The response begins: groups are formed, places filled from posts and roster, directives go out.

    Report clocks follow by ``follow_up``.
    """
    groups = tuple(
        GroupFormed(
            plan_id=plan.id, name=group.name, lead=group.lead, members=group.members, source=group.source
        )
        for group in plan.content.groups
        if not group.out_of_scope
    )
    started = ResponseActivated(plan_id=plan.id, level=level, proposal_id=proposal_id, source=source)
    return (started, *groups, *staff(plan.id, scene), *_issue(plan, orders(plan, level, scene), scene))


def change_level(
    plan: Plan, level: ResponseLevel, proposal_id: str, source: Citation | None, scene: Scene
) -> tuple[Event, ...]:
    """The response goes up or down: orders of the old level alone are withdrawn, those of the new go out."""
    before = scene.incident.responses[plan.id].level
    changed = LevelChanged(
        plan_id=plan.id, before=before, after=level, proposal_id=proposal_id, source=source
    )
    new = orders(plan, level, scene)
    keep = {(target, order.text) for order in new for target in order.targets}
    only_old = {
        (target, order.text)
        for order in orders(plan, before, scene)
        for target in order.targets
        if order.levels and (target, order.text) not in keep
    }
    withdrawn = tuple(
        DirectiveWithdrawn(directive_id=directive_id, reason=OTHER_LEVEL)
        for directive_id, state in scene.incident.directives.items()
        if state.is_open
        and state.issued.plan_id == plan.id
        and any((target, state.issued.text) in only_old for target in state.issued.to)
    )
    fresh = (order for order in new if order.levels and not belongs(order.levels, before, plan))
    return (changed, *withdrawn, *_stopped_for(plan, level, scene), *_issue(plan, fresh, scene))


def _stopped_for(plan: Plan, level: ResponseLevel, scene: Scene) -> Iterable[ReportClockStopped]:
    """Stops for running report edges that are for other response levels only."""
    for clock_id, clock in scene.incident.clocks.items():
        edge = edge_of(plan, clock_id) if clock.running else None
        if (
            edge is None
            or not edge.levels
            or any(not isinstance(step, ResponseLevel) for step in edge.levels)
        ):
            continue
        if level not in edge.levels:
            yield ReportClockStopped(clock_id=clock_id, reason=OTHER_LEVEL)


def terminate(plan: Plan, proposal_id: str, source: Citation | None, scene: Scene) -> tuple[Event, ...]:
    """The response ends: open directives are withdrawn, clocks stop except that of a final report."""
    ended = ResponseTerminated(plan_id=plan.id, proposal_id=proposal_id, source=source)
    withdrawn = tuple(
        DirectiveWithdrawn(directive_id=directive_id, reason="terminated")
        for directive_id, state in scene.incident.directives.items()
        if state.is_open
        and state.issued.plan_id == plan.id
        and directive_id not in scene.incident.aftermath.continued
    )
    stopped = tuple(
        ReportClockStopped(clock_id=clock_id, reason="terminated")
        for clock_id, clock in scene.incident.clocks.items()
        if clock.running and clock.started.plan_id == plan.id and not _is_final(clock.started.what)
    )
    return (ended, *withdrawn, *stopped)


def _is_final(what: str) -> bool:
    return _FINAL.search(what) is not None
