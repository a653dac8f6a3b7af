"""Criteria as alternatives of atoms, and ladders of two plans paired: the ground of comparing levels."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from fengsui.core.plan.compare_alike import Matched, likeness, match, plain
from fengsui.core.plan.criterion import AllOf, AnyOf, Condition, Criterion, Threshold
from fengsui.core.plan.level import LadderKind, Level, Logic

Atom = Threshold | Condition
Alternative = tuple[Atom, ...]
Scheme = tuple[LadderKind, str | None, str | None]
MOST_ALTERNATIVES = 64
"""A criterion that multiplies out to more is compared as a text."""


def alternatives(criteria: Iterable[Criterion], logic: Logic) -> tuple[Alternative, ...]:
    """What reaches the level, each way a set of atoms: AnyOf within AllOf multiplied out.

    Two ways of writing the same thing give the same alternatives.
    """
    parts = [_ways(criterion) for criterion in criteria]
    ways = _product(parts) if logic is Logic.ALL else [way for part in parts for way in part]
    return tuple(dict.fromkeys(ways))


def _ways(criterion: Criterion) -> list[Alternative]:
    if isinstance(criterion, AnyOf):
        return [way for part in criterion.parts for way in _ways(part)]
    if isinstance(criterion, AllOf):
        ways = _product([_ways(part) for part in criterion.parts])
        return ways or [(Condition(text=criterion.text, source=criterion.source),)]
    return [(criterion,)]


def _product(parts: list[list[Alternative]]) -> list[Alternative]:
    made: list[Alternative] = [()]
    for part in parts:
        if len(made) * len(part) > MOST_ALTERNATIVES:
            return []
        made = [(*one, *other) for one in made for other in part]
    return made if parts else []


def atom_key(atom: Atom, bounds: bool) -> Hashable:
    """What an atom says; ``bounds``: whether including the bound itself counts."""
    if isinstance(atom, Condition):
        return ("said", atom.fact or plain(atom.text), atom.potential)
    flags = (atom.low_included, atom.high_included) if bounds else ()
    return (*figure_key(atom), atom.low, atom.high, atom.positive, *_where_bound(atom, flags))


def _where_bound(atom: Threshold, flags: tuple[bool | None, ...]) -> tuple[bool | None, ...]:
    """The flags of the bounds there are: one on no bound means nothing."""
    if not flags:
        return ()
    low, high = flags
    return (low if atom.low is not None else None, high if atom.high is not None else None)


def figure_key(atom: Threshold) -> tuple[Hashable, ...]:
    """Which figure an atom is on: fact, period, cause, expected or not."""
    return (atom.fact, atom.window_h, atom.window_d, atom.cause_fact, atom.potential)


def way_key(way: Alternative, bounds: bool) -> Hashable:
    """What an alternative says; the order of its atoms means nothing."""
    return frozenset(atom_key(atom, bounds) for atom in way)


def atom_likeness(one: Atom, other: Atom) -> float:
    """0 … 1: whether two atoms are one, changed."""
    if isinstance(one, Threshold) and isinstance(other, Threshold):
        if one.fact != other.fact:
            return 0.0
        return 0.75 if figure_key(one) == figure_key(other) else 0.6
    if isinstance(one, Condition) and isinstance(other, Condition):
        if one.fact and one.fact == other.fact:
            return 0.75
        return likeness(one.text, other.text)
    return 0.0


def way_likeness(one: Alternative, other: Alternative) -> float:
    """0 … 1: how many atoms two alternatives share, as they are or changed."""
    longer, shorter = (one, other) if len(one) >= len(other) else (other, one)
    best = (max((atom_likeness(a, b) for b in longer), default=0.0) for a in shorter)
    return sum(best) / max(1, len(longer))


def ladders(levels: Iterable[Level]) -> dict[Scheme, dict[str, Level]]:
    """Levels by ladder and step; a second entry of a step adds its criteria to the first."""
    found: dict[Scheme, dict[str, Level]] = {}
    for level in levels:
        ladder, step = found.setdefault(level.scheme, {}), level.level.value
        first = ladder.get(step)
        more = replace(first, criteria=(*first.criteria, *level.criteria)) if first else level
        ladder[step] = more
    return found


def paired_ladders(before: Iterable[Scheme], after: Iterable[Scheme]) -> Matched[Scheme]:
    """The ladders of both plans that are one: by name, by a like name, or the only one of a kind."""
    left, right = list(before), list(after)
    alone = {
        kind
        for kind in LadderKind
        if sum(each[0] is kind for each in left) == 1 == sum(each[0] is kind for each in right)
    }

    def key(scheme: Scheme) -> Hashable:
        return scheme[0] if scheme[0] in alone else (scheme[0], *(plain(part or "") for part in scheme[1:]))

    def score(one: Scheme, other: Scheme) -> float:
        if one[0] is not other[0] or plain(one[2] or "") != plain(other[2] or ""):
            return 0.0
        return likeness(one[1] or "", other[1] or "")

    return match(left, right, key, score, least=0.5)


def gaps(ladder: dict[str, Level]) -> dict[tuple[Hashable, str], tuple[Decimal, Decimal]]:
    """Figures that no level takes between two neighbouring ones: (figure, lower step) → from, to."""
    bands: dict[Hashable, list[tuple[int, str, Threshold]]] = {}
    for step, level in ladder.items():
        for way in alternatives(level.criteria, level.logic):
            if len(way) == 1 and isinstance(way[0], Threshold):
                bands.setdefault(figure_key(way[0]), []).append((-level.level.rank, step, way[0]))
    found = {}
    for key, rows in bands.items():
        if len({step for _, step, _ in rows}) < len(rows):
            continue
        for (_, step, lower), (_, _, upper) in pairwise(sorted(rows, key=lambda row: row[0])):
            if lower.high is not None and upper.low is not None and lower.high < upper.low:
                found[key, step] = (lower.high, upper.low)
    return found
