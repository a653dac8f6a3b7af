"""A closed case as a line to find and to lay beside others (案例): numbers, times, measures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from fengsui.core.casefile.figures import CaseFigures
from fengsui.core.fact import Figure


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFile:
    """One case. ``hazards`` those of its plans, ``measures`` what units did, ``lessons`` in words."""

    incident_id: str
    title: str
    what: str
    place: str
    place_code: str
    learned_at: datetime
    archived_at: datetime
    hazards: tuple[str, ...]
    plans: tuple[str, ...]
    figures: CaseFigures
    measures: tuple[str, ...] = ()
    lessons: str = ""
    exercise: bool = False

    @property
    def year(self) -> int:
        return self.learned_at.year


def likeness(one: CaseFile, other: CaseFile) -> float:
    """How alike two cases are, 0 to 1: hazard first, then level and grade."""
    if one.incident_id == other.incident_id or one.exercise != other.exercise:
        return 0.0
    shared = set(one.hazards) & set(other.hazards)
    both = set(one.hazards) | set(other.hazards)
    hazard = len(shared) / len(both) if both else 0.0
    if not shared and not set(one.plans) & set(other.plans):
        return 0.0
    level = one.figures.level is not None and one.figures.level is other.figures.level
    grade = one.figures.grade is not None and one.figures.grade is other.figures.grade
    return 0.6 * hazard + 0.25 * level + 0.15 * grade


def most_alike(one: CaseFile, others: Iterable[CaseFile], most: int = 3) -> tuple[CaseFile, ...]:
    """The cases most like ``one``, the likest first; none that share neither hazard nor plan."""
    ranked = [(likeness(one, other), other) for other in others]
    ranked = [pair for pair in ranked if pair[0] > 0]
    ranked.sort(key=lambda pair: (-pair[0], -pair[1].learned_at.timestamp()))
    return tuple(other for _, other in ranked[:most])


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """Cases side by side: each fact that any of them has, with the value of each (None: not known)."""

    cases: tuple[CaseFile, ...]
    facts: tuple[tuple[str, tuple[Figure | bool | None, ...]], ...] = field(default=())


def compare(cases: Sequence[CaseFile]) -> Compared:
    """Lay cases side by side."""
    names = list(dict.fromkeys(name for case in cases for name, _ in case.figures.facts))
    facts = tuple((name, tuple(dict(case.figures.facts).get(name) for case in cases)) for name in names)
    return Compared(cases=tuple(cases), facts=facts)
