"""The levels of a plan as ladders, and the bands of one figure along a ladder."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from fengsui.core.fact import register, spec_of
from fengsui.core.plan.criterion import AllOf, AnyOf, Criterion, FactName, Threshold
from fengsui.core.plan.level import AnyLevel, LadderKind, Level, Logic
from fengsui.core.plan.model import PlanContent

Key = tuple[FactName, int | None, int | None, FactName | None]
"""A figure along a ladder: fact, window in hours, in days, cause."""


@dataclass(frozen=True, slots=True)
class Band:
    """The range of one figure that reaches one level; ``together``: only with something else."""

    level: Level
    threshold: Threshold
    together: bool


@dataclass(frozen=True, slots=True)
class Ladder:
    """The levels of one scheme, the lowest first."""

    kind: LadderKind
    hazard: str | None
    subtype: str | None
    levels: tuple[Level, ...]

    def steps(self) -> set[AnyLevel]:
        return {level.level for level in self.levels}

    def bands(self) -> dict[Key, list[Band]]:
        """Bands by figure, lowest level first. A part (死亡) joins its total (死亡含失踪) of other levels."""
        found: dict[Key, list[Band]] = {}
        for level in self.levels:
            for threshold, together in _thresholds_of(level):
                key = (threshold.fact, threshold.window_h, threshold.window_d, threshold.cause_fact)
                found.setdefault(key, []).append(Band(level, threshold, together))
        return _joined(found)


def ladders(content: PlanContent) -> tuple[Ladder, ...]:
    """The ladders of a plan in the order of their first level."""
    found: dict[tuple[LadderKind, str | None, str | None], list[Level]] = {}
    for level in content.levels:
        found.setdefault(level.scheme, []).append(level)
    return tuple(
        Ladder(*scheme, tuple(sorted(levels, key=lambda each: -each.level.rank)))
        for scheme, levels in found.items()
    )


def thresholds_in(criterion: Criterion, together: bool = False) -> Iterator[tuple[Threshold, bool]]:
    """The thresholds of a criterion with whether each needs another beside it."""
    if isinstance(criterion, Threshold):
        yield criterion, together
    elif isinstance(criterion, AllOf | AnyOf):
        for part in criterion.parts:
            yield from thresholds_in(part, together or isinstance(criterion, AllOf))


def _thresholds_of(level: Level) -> Iterator[tuple[Threshold, bool]]:
    together = level.logic is Logic.ALL and len(level.criteria) > 1
    for criterion in level.criteria:
        yield from thresholds_in(criterion, together)


def _joined(found: dict[Key, list[Band]]) -> dict[Key, list[Band]]:
    for total in list(found):
        spec = register().get(total[0])
        for part in spec.sum_of if spec else ():
            key = (part, *total[1:])
            there = {band.level.level for band in found.get(total, ())}
            if key in found and total in found and not there & {band.level.level for band in found[key]}:
                both = found[total] + found.pop(key)
                found[total] = sorted(both, key=lambda band: -band.level.level.rank)
    return found


def steps(bands: list[Band]) -> list[tuple[Band, Band]]:
    """Pairs of bands of neighbouring levels (those that speak of the figure), lower first.

    A level with two bands of one figure, and a condition that stands alike in several levels, tell nothing.
    """
    levels = [band.level.level for band in bands]
    ranges = [(band.threshold.low, band.threshold.high) for band in bands]
    if len(set(levels)) < len(levels):
        return []
    if len(set(ranges)) == 1 and all(band.together for band in bands):
        return []
    return [pair for pair in pairwise(bands) if not _common(*pair)]


def _common(lower: Band, upper: Band) -> bool:
    one, other = lower.threshold, upper.threshold
    return lower.together and upper.together and (one.low, one.high) == (other.low, other.high)


def gap(lower: Threshold, upper: Threshold) -> tuple[Decimal, Decimal] | None:
    """The figures between two bands that belong to neither, as open ends; a single figure twice."""
    if lower.high is None or upper.low is None or lower.high > upper.low:
        return None
    whole = spec_of(lower.fact, lower.unit).integral
    last = lower.high - 1 if whole and lower.high_included is False else lower.high
    first = upper.low + 1 if whole and upper.low_included is False else upper.low
    if whole:
        return (last + 1, first - 1) if first - last > 1 else None
    if lower.high < upper.low:
        return lower.high, upper.low
    if lower.high_included is False and upper.low_included is False:
        return upper.low, upper.low
    return None


def overlap(lower: Threshold, upper: Threshold) -> tuple[Decimal, Decimal] | None:
    """The figures that reach both levels, None where there is none or the upper end is open."""
    if lower.high is None:
        return None
    if upper.low is not None and lower.low is not None and upper.low < lower.low:
        return None  # in the wrong order altogether: told as such
    low = upper.low if upper.low is not None else Decimal(0)
    low = max(low, lower.low if lower.low is not None else Decimal(0))
    high = lower.high if upper.high is None else min(lower.high, upper.high)
    if low < high:
        last = high - 1 if spec_of(lower.fact, lower.unit).integral and lower.high_included is False else high
        return low, last
    if low == high and lower.high == upper.low and lower.high_included and upper.low_included is not False:
        return low, low
    return None
