"""From the grade of the event to the level of the response (事件分级 → 响应级别), as the plan ties them.

Three ways, in this order: the plan has a response ladder of its own; a sentence on starting names
grade and level together; neither, then the same rank is taken and marked as an assumption.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from fengsui.core.citation import Citation
from fengsui.core.plan.level import AnyLevel, Grade, LadderKind, ResponseLevel
from fengsui.core.plan.model import Plan
from fengsui.core.response.grade_words import grade_words
from fengsui.core.response.standing import Standing


class Via(StrEnum):
    """How the response level was found."""

    RESPONSE_LADDER = "response_ladder"
    ACTIVATION_SENTENCE = "activation_sentence"
    SAME_RANK = "same_rank"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mapped:
    """A response level for a grade, and the clause that ties them (None for an assumption)."""

    level: ResponseLevel
    via: Via
    source: Citation | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """The response level the facts call for under one plan.

    ``level`` None: no level is certain; ``possible`` the higher ones not excluded. ``because`` carries the
    clauses of the criteria met, ``tie`` the clause that ties grade to level.
    """

    plan_id: str
    level: ResponseLevel | None
    possible: tuple[ResponseLevel, ...] = ()
    via: Via = Via.RESPONSE_LADDER
    because: tuple[Citation, ...] = ()
    tie: Citation | None = None


def response_level_for_grade(plan: Plan, grade: Grade) -> Mapped:
    """The response level that ``plan`` ties to an event of ``grade``."""
    for item in plan.content.activation:
        if item.level is grade:
            return Mapped(level=ResponseLevel(grade.value), via=Via.ACTIVATION_SENTENCE, source=item.source)
    tied: dict[str, list[ResponseLevel]] = {}
    sources: dict[str, Citation] = {}
    for item in plan.content.activation:
        if isinstance(item.level, ResponseLevel):
            tied.setdefault(item.source.quote, []).append(item.level)
            sources[item.source.quote] = item.source
    for quote, levels in tied.items():
        level = _pair(grade, tuple(dict.fromkeys(grade_words(quote))), tuple(dict.fromkeys(levels)))
        if level is not None:
            return Mapped(level=level, via=Via.ACTIVATION_SENTENCE, source=sources[quote])
    return Mapped(level=ResponseLevel(grade.value), via=Via.SAME_RANK)


def _pair(grade: Grade, grades: Sequence[Grade], levels: Sequence[ResponseLevel]) -> ResponseLevel | None:
    if grade not in grades:
        return None
    if len(levels) == 1:
        return levels[0]
    if len(grades) == len(levels):
        return sorted(levels, key=lambda level: level.rank)[
            sorted(grades, key=lambda item: item.rank).index(grade)
        ]
    return None


def suggest(plan: Plan, standings: Iterable[Standing]) -> Suggestion:
    """The response level called for under ``plan``: the gravest that any of its ladders gives."""
    listed = tuple(standings)
    ladder = [item for item in listed if item.kind is LadderKind.RESPONSE and _has_criteria(plan, item)]
    if ladder:
        return _from_ladder(plan, ladder)
    return _from_grades(plan, [item for item in listed if item.kind is LadderKind.EVENT_GRADE])


def _has_criteria(plan: Plan, standing: Standing) -> bool:
    scheme = (standing.kind, standing.hazard, standing.subtype)
    return any(step.scheme == scheme and step.criteria for step in plan.content.levels)


def _gravest(levels: Iterable[AnyLevel]) -> AnyLevel | None:
    return min(levels, key=lambda level: level.rank, default=None)


def _above(level: ResponseLevel | None, levels: Iterable[ResponseLevel]) -> tuple[ResponseLevel, ...]:
    higher = {item for item in levels if level is None or item.rank < level.rank}
    return tuple(sorted(higher, key=lambda item: item.rank))


def _from_ladder(plan: Plan, ladder: Sequence[Standing]) -> Suggestion:
    certain = _gravest(item.level for item in ladder if item.level is not None)
    level = certain if isinstance(certain, ResponseLevel) else None
    because = tuple(
        citation
        for item in ladder
        if item.level is not None and item.level is certain
        for citation in item.because
    )
    possible = (step for item in ladder for step in item.possible if isinstance(step, ResponseLevel))
    return Suggestion(
        plan_id=plan.id,
        level=level,
        possible=_above(level, possible),
        via=Via.RESPONSE_LADDER,
        because=because,
        tie=because[0] if because else None,
    )


def _from_grades(plan: Plan, ladders: Sequence[Standing]) -> Suggestion:
    mapped = [
        (response_level_for_grade(plan, item.level), item)
        for item in ladders
        if isinstance(item.level, Grade)
    ]
    best = min(mapped, key=lambda pair: pair[0].level.rank, default=None)
    level = best[0].level if best else None
    possible = (
        response_level_for_grade(plan, step).level
        for item in ladders
        for step in item.possible
        if isinstance(step, Grade)
    )
    return Suggestion(
        plan_id=plan.id,
        level=level,
        possible=_above(level, possible),
        via=best[0].via if best else Via.SAME_RANK,
        because=best[1].because if best else (),
        tie=best[0].source if best else None,
    )
