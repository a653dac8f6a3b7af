"""Criteria of a response that only name a grade of the event (发生较大事故的): answered by the event ladder.

Where one sentence names several grades for several levels (特别重大、重大 … Ⅰ级、Ⅱ级), each level is tied to
the grade of its rank.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from fengsui.core.facts_input import plain_text
from fengsui.core.grading.evaluate import walk
from fengsui.core.grading.grade import SchemeGrade
from fengsui.core.plan.criterion import Condition, Criterion
from fengsui.core.plan.level import Grade, LadderKind, Level
from fengsui.core.response.grade_words import named_grades


def tied_levels(levels: Iterable[Level]) -> tuple[tuple[Level, ...], dict[str, Grade]]:
    """The levels with such criteria made distinct, and the grade that each of them (by its words) needs."""
    listed = tuple(levels)
    grades: dict[str, Grade] = {}
    tied = tuple(_tied(level, listed, grades) if _may_tie(level) else level for level in listed)
    return tied, grades


def _may_tie(level: Level) -> bool:
    return level.kind is not LadderKind.EVENT_GRADE


def _tied(level: Level, levels: tuple[Level, ...], grades: dict[str, Grade]) -> Level:
    criteria: list[Criterion] = []
    for criterion in level.criteria:
        named = _named(criterion)
        paired = _paired(criterion, named, level, levels) if isinstance(criterion, Condition) else None
        if isinstance(criterion, Condition) and paired is not None:
            criterion = replace(criterion, text=f"{criterion.text}={paired.value}")
            grades[plain_text(criterion.text)] = paired
        criteria.append(criterion)
    for criterion in (*criteria, *((level.condition,) if level.condition else ())):
        for item in walk(criterion):
            named = _named(item)
            if named:
                grades.setdefault(plain_text(item.text), max(named, key=lambda grade: grade.rank))
    return replace(level, criteria=tuple(criteria))


def _named(item: Criterion) -> tuple[Grade, ...]:
    if not isinstance(item, Condition) or item.fact is not None:
        return ()
    return tuple(dict.fromkeys(named_grades(item.text)))


def _paired(
    criterion: Condition, named: tuple[Grade, ...], level: Level, levels: tuple[Level, ...]
) -> Grade | None:
    sharing = [
        other
        for other in levels
        if other.scheme == level.scheme and any(item.text == criterion.text for item in other.criteria)
    ]
    if len(named) < 2 or len(sharing) != len(named):
        return None
    by_rank = sorted(named, key=lambda grade: grade.rank)
    place = sorted(sharing, key=lambda other: other.level.rank).index(level)
    return by_rank[place]


def answers(grades: Mapping[str, Grade], events: Iterable[SchemeGrade]) -> dict[str, bool]:
    """Met where the event has that grade for certain or a graver one, no where it is out of reach."""
    listed = tuple(events)
    certain = min((item.grade.rank for item in listed if item.grade is not None), default=None)
    reachable = {level.rank for item in listed for level in item.possible} | {certain or 9}
    found: dict[str, bool] = {}
    for text, grade in grades.items():
        if certain is not None and certain <= grade.rank:
            found[text] = True
        elif listed and min(reachable) > grade.rank:
            found[text] = False
    return found
