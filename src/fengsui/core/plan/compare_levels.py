"""Comparing what reaches each level: thresholds, conditions, the rule on bounds."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import dataclass, replace

from fengsui.core.plan.compare_alike import match
from fengsui.core.plan.compare_ladders import (
    Alternative,
    Atom,
    Scheme,
    alternatives,
    atom_key,
    atom_likeness,
    figure_key,
    gaps,
    ladders,
    paired_ladders,
    way_key,
    way_likeness,
)
from fengsui.core.plan.compare_types import Change, Difference, Effect, Side, Weight
from fengsui.core.plan.criterion import Criterion, Threshold
from fengsui.core.plan.level import Level, Logic
from fengsui.core.plan.model import PlanContent

Gaps = dict[tuple[Hashable, str], object]


@dataclass(frozen=True, slots=True)
class _Ground:
    """What holds for all levels of a pair of ladders. ``bounds``: whether included bounds are compared."""

    bounds: bool
    about: str
    gaps_before: Gaps
    gaps_after: Gaps


def compare_boundary(before: PlanContent, after: PlanContent) -> Iterator[Difference]:
    """The plan's own rule on 以上 and 以下."""
    old, new = before.boundary_rule, after.boundary_rule
    if _included(before) == _included(after) and (old is None) == (new is None):
        return
    change = Change.ADDED if old is None else Change.GONE if new is None else Change.CHANGED
    yield Difference(
        section="boundary_rule",
        code="boundary_rule",
        change=change,
        weight=Weight.FIGURE,
        before=Side(text=old.text, source=old.source) if old else None,
        after=Side(text=new.text, source=new.source) if new else None,
    )


def _included(content: PlanContent) -> tuple[bool | None, bool | None] | None:
    rule = content.boundary_rule
    return (rule.above_included, rule.below_included) if rule else None


def compare_levels(before: PlanContent, after: PlanContent) -> Iterator[Difference]:
    """Every level of every ladder; where a ladder stands in one plan alone, its levels."""
    old, new = ladders(before.levels), ladders(after.levels)
    pairs = paired_ladders(old, new)
    # Another rule on bounds shifts every included bound: one difference, told once.
    bounds = _included(before) == _included(after)
    for scheme in pairs.gone:
        for level in old[scheme].values():
            yield _whole(level, Change.GONE)
    for one, other in pairs.pairs:
        ground = _Ground(bounds, _name(one, other), dict(gaps(old[one])), dict(gaps(new[other])))
        yield from _compare_ladder(old[one], new[other], ground)
    for scheme in pairs.added:
        for level in new[scheme].values():
            yield _whole(level, Change.ADDED)


def _name(one: Scheme, other: Scheme) -> str:
    names = [" ".join(part for part in scheme[1:] if part) for scheme in (one, other)]
    return "/".join(sorted({name for name in names if name}))


def _compare_ladder(old: dict[str, Level], new: dict[str, Level], ground: _Ground) -> Iterator[Difference]:
    for step in sorted({*old, *new}, key=lambda roman: (old.get(roman) or new[roman]).level.rank):
        one, other = old.get(step), new.get(step)
        if one is None or other is None:
            yield _whole(one or other, Change.GONE if other is None else Change.ADDED)
            continue
        yield from _compare_level(one, other, ground)


def _whole(level: Level | None, change: Change) -> Difference:
    assert level is not None
    side = Side(text=level.name, source=level.source)
    return Difference(
        section="levels",
        code="level",
        change=change,
        weight=Weight.FIGURE,
        about=" ".join(part for part in (level.hazard, level.subtype) if part),
        kind=level.kind.value,
        level=level.level.value,
        before=side if change is Change.GONE else None,
        after=side if change is Change.ADDED else None,
    )


def _compare_level(one: Level, other: Level, ground: _Ground) -> Iterator[Difference]:
    old, new = _reached_by(one), _reached_by(other)
    found = [*_compare_ways(old, new, one, ground)]
    old, new = _held(one.condition), _held(other.condition)
    found += _compare_ways(old, new, one, ground)
    # One atom may stand in several alternatives; its change is told once.
    yield from dict.fromkeys(found)
    if (one.color or "") != (other.color or "") and one.color and other.color:
        yield _in_level(one, "level_color", ground, _side(one.color, one), _side(other.color, other))
    if _really_all(one) != _really_all(other) and not found:
        yield _in_level(one, "level_logic", ground, _side(one.name, one), _side(other.name, other))


def _really_all(level: Level) -> bool:
    return level.logic is Logic.ALL and len(level.criteria) > 1


def _side(text: str, level: Level) -> Side:
    return Side(text=text, source=level.source)


def _reached_by(level: Level) -> tuple[Alternative, ...]:
    return alternatives(level.criteria, level.logic)


def _held(condition: Criterion | None) -> tuple[Alternative, ...]:
    return alternatives((condition,), Logic.ANY) if condition is not None else ()


def _compare_ways(
    old: tuple[Alternative, ...], new: tuple[Alternative, ...], level: Level, ground: _Ground
) -> Iterator[Difference]:
    ways = match(old, new, lambda way: way_key(way, ground.bounds), way_likeness, least=0.35)
    for one, other in ways.pairs:
        atoms = match(one, other, lambda atom: atom_key(atom, ground.bounds), atom_likeness, least=0.35)
        for before, after in atoms.pairs:
            if atom_key(before, ground.bounds) != atom_key(after, ground.bounds):
                yield _changed(before, after, level, ground)
        for atom in atoms.gone:
            yield _alone(atom, level, ground, Change.GONE, part=len(one) > 1 or len(other) > 1)
        for atom in atoms.added:
            yield _alone(atom, level, ground, Change.ADDED, part=len(one) > 1 or len(other) > 1)
    for way, change in [*((w, Change.GONE) for w in ways.gone), *((w, Change.ADDED) for w in ways.added)]:
        yield _way_alone(way, level, ground, change)


def _changed(one: Atom, other: Atom, level: Level, ground: _Ground) -> Difference:
    before, after = _atom_side(one), _atom_side(other)
    if not (isinstance(one, Threshold) and isinstance(other, Threshold)):
        return _in_level(level, "condition_changed", ground, before, after, weight=Weight.WORDING)
    effects = [*_moved(one, other)]
    key, step = figure_key(other), level.level.value
    # The gap of one bound lies below it or above it; either level shows it.
    steps = {step, _roman_below(step)}
    was = any((figure_key(one), each) in ground.gaps_before for each in steps)
    now = any((key, each) in ground.gaps_after for each in steps)
    if was != now:
        effects.append(Effect.OPENS_GAP if now else Effect.CLOSES_GAP)
    code = "threshold_changed" if figure_key(one) == key else "threshold_measured"
    return _in_level(level, code, ground, before, after, effects=tuple(effects))


def _roman_below(step: str) -> str:
    order = ("I", "II", "III", "IV", "V")
    return order[min(order.index(step) + 1, len(order) - 1)]


def _moved(one: Threshold, other: Threshold) -> Iterator[Effect]:
    if one.low != other.low:
        raised = one.low is None or (other.low is not None and other.low > one.low)
        yield Effect.LOOSER if raised else Effect.STRICTER
    if one.high != other.high:
        lowered = one.high is None or (other.high is not None and other.high < one.high)
        yield Effect.NARROWER if lowered else Effect.WIDER


def _alone(atom: Atom, level: Level, ground: _Ground, change: Change, part: bool) -> Difference:
    side = _atom_side(atom)
    kind = "threshold" if isinstance(atom, Threshold) else "condition"
    effects: tuple[Effect, ...] = ()
    if part:
        # One thing more to be met at the same time makes the level harder to reach.
        effects = (Effect.LOOSER if change is Change.ADDED else Effect.STRICTER,)
    before, after = (side, None) if change is Change.GONE else (None, side)
    return _in_level(level, kind, ground, before, after, change=change, effects=effects)


def _way_alone(way: Alternative, level: Level, ground: _Ground, change: Change) -> Difference:
    """A whole way of reaching the level that only one plan has, its atoms in the words of the plan."""
    atom = next((each for each in way if isinstance(each, Threshold)), way[0])
    single = _alone(atom, level, ground, change, part=False)
    text = "；".join(dict.fromkeys(each.text for each in way))
    side = Side(text=text, source=atom.source, value=atom if len(way) == 1 else None)
    before, after = (side, None) if change is Change.GONE else (None, side)
    return replace(single, before=before, after=after)


def _atom_side(atom: Atom) -> Side:
    return Side(text=atom.text, source=atom.source, value=atom)


def _in_level(
    level: Level,
    code: str,
    ground: _Ground,
    before: Side | None,
    after: Side | None,
    *,
    change: Change = Change.CHANGED,
    weight: Weight = Weight.FIGURE,
    effects: tuple[Effect, ...] = (),
) -> Difference:
    return Difference(
        section="levels",
        code=code,
        change=change,
        weight=weight,
        about=ground.about,
        kind=level.kind.value,
        level=level.level.value,
        before=before,
        after=after,
        effects=effects,
    )
