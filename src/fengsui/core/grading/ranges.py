"""Ranges of facts, and what one fact says about another.

A bound is ``(number, side)``: side 0 is the number itself, +1 just above it, -1 just below it, so open
and closed ends compare as plain pairs. Sums (死亡含失踪 = 死亡 + 失踪) and periods (24小时雨量 is
not less than 12小时雨量) narrow ranges in both directions until nothing changes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from itertools import pairwise

from fengsui.core.fact import FactSpec, Figure
from fengsui.core.facts_input import SIGNED_UNITS, Knowledge, spec_of, window_of
from fengsui.core.plan.criterion import FactName

Bound = tuple[Decimal, int]
Range = tuple[Bound, Bound]
"""Lowest and highest value; empty when the first exceeds the second."""

ZERO = Decimal(0)
LOWEST: Bound = (Decimal("-Infinity"), 0)
HIGHEST: Bound = (Decimal("Infinity"), 0)
_ROUNDS = 24


@dataclass(frozen=True, slots=True)
class Sum:
    """``total`` is the sum of ``parts`` (none below zero)."""

    total: FactName
    parts: tuple[FactName, ...]


@dataclass(frozen=True, slots=True)
class NotLess:
    """``longer`` is never less than ``shorter``: the same amount over a longer period."""

    shorter: FactName
    longer: FactName


Relation = Sum | NotLess


def is_integral(name: FactName, specs: Mapping[str, FactSpec]) -> bool:
    """Whether ``name`` counts whole things, so that more than 2 means 3 or more."""
    spec = spec_of(name, specs)
    return spec is not None and spec.integral


def unbounded(name: FactName, specs: Mapping[str, FactSpec]) -> Range:
    """What ``name`` may be when nothing is known: not below zero unless its unit allows that."""
    spec = spec_of(name, specs)
    signed = spec is not None and spec.unit in SIGNED_UNITS
    return (LOWEST if signed else (ZERO, 0)), HIGHEST


def whole(found: Range) -> Range:
    """``found`` narrowed to whole numbers."""
    (low, above), (high, below) = found
    if low.is_finite():
        up = low.to_integral_value(ROUND_CEILING)
        low = up + 1 if above > 0 and up == low else up
    if high.is_finite():
        down = high.to_integral_value(ROUND_FLOOR)
        high = down - 1 if below < 0 and down == high else down
    return (low, 0), (high, 0)


def meet(one: Range, other: Range) -> Range:
    """What lies in both."""
    return max(one[0], other[0]), min(one[1], other[1])


def is_empty(found: Range) -> bool:
    return found[0] > found[1]


def is_exact(found: Range) -> bool:
    return found[0] == found[1]


def range_of(figure: Figure | bool, integral: bool) -> Range:
    """The figure as a range; yes means some, no means none."""
    if isinstance(figure, bool):
        nothing, some = (ZERO, 0), (Decimal(1), 0) if integral else (ZERO, 1)
        return (some, HIGHEST) if figure else (nothing, nothing)
    low = LOWEST if figure.low is None else (figure.low, 0)
    high = HIGHEST if figure.high is None else (figure.high, 0)
    return whole((low, high)) if integral else (low, high)


def _plus(one: Bound, other: Bound) -> Bound:
    side = one[1] or other[1]
    return one[0] + other[0], side


def _minus_low(total: Bound, others: Bound) -> Bound:
    """Lowest value of a part: lowest total less the highest of the others."""
    if not others[0].is_finite():
        return LOWEST
    return total[0] - others[0], 1 if total[1] > 0 or others[1] < 0 else 0


def _minus_high(total: Bound, others: Bound) -> Bound:
    if not total[0].is_finite():
        return HIGHEST
    return total[0] - others[0], -1 if total[1] < 0 or others[1] > 0 else 0


def _narrow_sum(relation: Sum, ranges: dict[FactName, Range]) -> dict[FactName, Range]:
    parts = [ranges[part] for part in relation.parts]
    low: Bound = (ZERO, 0)
    high: Bound = (ZERO, 0)
    for part in parts:
        low, high = _plus(low, part[0]), _plus(high, part[1])
    total = meet(ranges[relation.total], (low, high))
    found = {relation.total: total}
    for index, name in enumerate(relation.parts):
        rest_low: Bound = (ZERO, 0)
        rest_high: Bound = (ZERO, 0)
        for other, part in enumerate(parts):
            if other != index:
                rest_low, rest_high = _plus(rest_low, part[0]), _plus(rest_high, part[1])
        found[name] = meet(parts[index], (_minus_low(total[0], rest_high), _minus_high(total[1], rest_low)))
    return found


def _narrow_order(relation: NotLess, ranges: dict[FactName, Range]) -> dict[FactName, Range]:
    shorter, longer = ranges[relation.shorter], ranges[relation.longer]
    return {
        relation.shorter: (shorter[0], min(shorter[1], longer[1])),
        relation.longer: (max(longer[0], shorter[0]), longer[1]),
    }


def narrow(relations: Iterable[Relation], ranges: dict[FactName, Range]) -> bool:
    """Narrow ``ranges`` in place by ``relations``; False when they contradict each other.

    Sound always; exact where no two facts are tied along two ways, which holds for the register.
    """
    relations = tuple(relations)
    for _ in range(_ROUNDS):
        changed = False
        for relation in relations:
            if isinstance(relation, Sum):
                narrowed = _narrow_sum(relation, ranges)
            else:
                narrowed = _narrow_order(relation, ranges)
            for name, found in narrowed.items():
                if found != ranges[name]:
                    if is_empty(found):
                        return False
                    ranges[name] = found
                    changed = True
        if not changed:
            return True
    return True


def accumulates(name: FactName, specs: Mapping[str, FactSpec]) -> bool:
    """Whether more time can only add to it: depths of rain and snow, and counts."""
    spec = spec_of(name, specs)
    return spec is not None and (spec.integral or spec.unit in ("毫米", "mm"))


def relations_among(names: Iterable[FactName], specs: Mapping[str, FactSpec]) -> tuple[Relation, ...]:
    """The sums whose total is among ``names``, and the order of periods of one amount among them."""
    wanted = sorted(set(names))
    found: list[Relation] = [
        Sum(name, specs[name].sum_of) for name in wanted if name in specs and specs[name].sum_of
    ]
    by_stem: dict[FactName, list[tuple[int, FactName]]] = {}
    for name in wanted:
        window = None if name in specs else window_of(name)
        if window is not None and accumulates(name, specs):
            by_stem.setdefault(window[0], []).append((window[1], name))
    for spans in by_stem.values():
        spans.sort()
        for (hours, name), (longer_hours, longer) in pairwise(spans):
            found.append(NotLess(name, longer))
            if hours == longer_hours:
                found.append(NotLess(longer, name))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Ranges:
    """Range of every figure asked for; ``contradicted``: what was given cannot hold together."""

    of: Mapping[FactName, Range]
    contradicted: bool = False


def known_ranges(knowledge: Knowledge, figures: Iterable[FactName], specs: Mapping[str, FactSpec]) -> Ranges:
    """What ``knowledge`` says of ``figures``, directly and through sums and periods.

    Facts that contradict each other are each taken as given, and that is told.
    """
    given = {name for name, value in knowledge.facts.items() if not isinstance(value, bool) or name in specs}
    names = {*figures, *(name for name in given if _counts(name, knowledge, specs))}
    # A total not asked for still ties its parts when it was given; a part given raises its total.
    totals = {spec.name for spec in specs.values() if spec.sum_of and (spec.name in names)}
    for total in totals:
        names.update(specs[total].sum_of)
    relations = relations_among(names, specs)
    ranges = {name: _given(name, knowledge, specs) for name in names}
    before = dict(ranges)
    contradicted = not narrow(relations, ranges)
    if contradicted:
        ranges, relations = before, ()
    if knowledge.complete:
        _close(ranges, relations, knowledge)
    return Ranges(ranges, contradicted)


def _counts(name: FactName, knowledge: Knowledge, specs: Mapping[str, FactSpec]) -> bool:
    spec = spec_of(name, specs)
    return isinstance(knowledge.facts[name], Figure) or (spec is not None and spec.is_figure)


def _given(name: FactName, knowledge: Knowledge, specs: Mapping[str, FactSpec]) -> Range:
    free = unbounded(name, specs)
    value = knowledge.facts.get(name)
    if value is None:
        return free
    found = meet(free, range_of(value, is_integral(name, specs)))
    return free if is_empty(found) else found


def _close(ranges: dict[FactName, Range], relations: tuple[Relation, ...], knowledge: Knowledge) -> None:
    """Nothing else happened: what was not given takes its least value that what was given allows.

    Parts of a total that was given stay open: how it splits is not known. An amount over a longer period
    is that of the shorter one.
    """
    sums = [relation for relation in relations if isinstance(relation, Sum)]
    tied = {part for each in sums if each.total in knowledge.facts for part in each.parts}
    settled = tied | {each.total for each in sums} | set(knowledge.facts) | knowledge.unknown
    shorter = {each.longer: each.shorter for each in relations if isinstance(each, NotLess)}
    for name in sorted(ranges, key=lambda item: (window_of(item) or ("", 0))[1]):
        if name in settled:
            continue
        low, high = ranges[name]
        least = max(low, (ZERO, 0)) if high >= (ZERO, 0) else high
        most = ranges[shorter[name]][1] if shorter.get(name) in settled else least
        ranges[name] = (least, max(least, most))
        settled.add(name)
    narrow(relations, ranges)
