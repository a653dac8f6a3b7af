"""What a sensitive place, time or group of people suggests (敏感情形): one level more, or a report at once.

A suggestion with the clause that says so; nothing here changes anything.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from fengsui.core.citation import Citation
from fengsui.core.plan.authority import Direction, LevelChange
from fengsui.core.plan.level import LadderKind, ResponseLevel
from fengsui.core.plan.model import Plan
from fengsui.core.plan.reporting import Deadline
from fengsui.core.response.incident import Incident

_SENSITIVE = re.compile(
    r"敏感|重点地区|重点时段|重要时段|重要时期|特殊时期|边境|人员密集|特殊人群|重点人群|重大活动"
)
_WHATEVER_LEVEL = re.compile(r"不受[^，。；]{0,14}(?:分级|级别|标准)[^，。；]{0,4}限制")


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """What the marks of an incident suggest under one plan.

    ``raise_to`` None: no level to raise from, or raised already; ``clause`` None: the plan does not speak of
    sensitive cases, people judge. ``reports``: edges that hold whatever the level.
    """

    plan_id: str
    raise_to: ResponseLevel | None
    clause: Citation | None
    reports: tuple[Deadline, ...] = ()


def raising_clause(plan: Plan) -> LevelChange | None:
    """The clause by which such a case may be raised, or its conditions of starting adapted."""
    for item in plan.content.level_changes:
        speaks = _SENSITIVE.search("".join(item.conditions) + item.source.quote)
        if item.kind is LadderKind.RESPONSE and item.direction is not Direction.DOWN and speaks:
            return item
    return None


def report_edges(plan: Plan) -> tuple[Deadline, ...]:
    """Reports asked for in such a case, or whatever the level."""
    return tuple(
        edge
        for edge in plan.content.deadlines
        if edge.is_report
        and (
            _SENSITIVE.search((edge.condition or "") + edge.source.quote)
            or _WHATEVER_LEVEL.search(edge.source.quote)
        )
    )


def clause_of(plan: Plan) -> Citation | None:
    """The clause of the plan that speaks of sensitive cases."""
    raising = raising_clause(plan)
    if raising is not None:
        return raising.source
    return next((edge.source for edge in report_edges(plan)), None)


def advise(plan: Plan, incident: Incident, called_for: ResponseLevel | None) -> Advice | None:
    """What the marks that hold suggest; ``called_for`` is the level the facts call for. None: no marks."""
    marks = [mark for mark in incident.marks.values() if mark.holds]
    if not marks:
        return None
    running = incident.responses.get(plan.id)
    raised_since = running is not None and any(running.level_since > mark.at for mark in marks)
    base = called_for or (running.level if running is not None and not raised_since else None)
    target = _one_above(plan, base)
    if running is not None and target is not None and running.level.rank <= target.rank:
        target = None
    raising = raising_clause(plan)
    return Advice(
        plan_id=plan.id,
        raise_to=target,
        clause=raising.source if raising else None,
        reports=report_edges(plan),
    )


def _one_above(plan: Plan, base: ResponseLevel | None) -> ResponseLevel | None:
    if base is None:
        return None
    ranks = {item.level.rank for item in plan.content.levels if item.kind is not LadderKind.WARNING}
    ranks |= {item.level.rank for item in plan.content.activation if item.level is not None}
    higher = [level for level in ResponseLevel if level.rank < base.rank and level.rank in ranks]
    return max(higher, key=lambda level: level.rank, default=None)
