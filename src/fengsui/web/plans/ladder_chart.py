"""Thresholds of one fact as a number line: each level a bar, gaps hatched, so that a fault is seen. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from fengsui.core.citation import Citation
from fengsui.core.plan.criterion import AllOf, AnyOf, Criterion, Threshold
from fengsui.core.plan.level import LadderKind, Level

WIDTH, LEFT, ROW = 560, 92, 26


@dataclass(frozen=True, slots=True)
class Bar:
    """One level's range; ``x``/``width`` in the units of the drawing."""

    roman: str
    name: str
    x: float
    width: float
    y: int
    source: Citation
    open_end: bool


@dataclass(frozen=True, slots=True)
class Tick:
    """A bound on the line."""

    x: float
    value: Decimal


@dataclass(frozen=True, slots=True)
class Gap:
    """A stretch between the lowest and the highest bound that no level covers."""

    x: float
    width: float


@dataclass(frozen=True, slots=True)
class Chart:
    """The number line of one fact on one ladder."""

    fact: str
    unit: str
    bars: tuple[Bar, ...]
    ticks: tuple[Tick, ...]
    gaps: tuple[Gap, ...]
    height: int
    width: int = WIDTH


def thresholds(criterion: Criterion) -> Iterator[Threshold]:
    """The thresholds in a criterion that stand for themselves (not those bound to others)."""
    if isinstance(criterion, Threshold):
        yield criterion
    elif isinstance(criterion, AnyOf):
        for part in criterion.parts:
            yield from thresholds(part)
    elif isinstance(criterion, AllOf):
        return


def charts(levels: Iterable[Level]) -> list[tuple[tuple[LadderKind, str | None, str | None], list[Chart]]]:
    """The number lines of every ladder of a plan."""
    ladders: dict[tuple[LadderKind, str | None, str | None], list[Level]] = {}
    for level in levels:
        ladders.setdefault(level.scheme, []).append(level)
    return [(scheme, list(_of_ladder(items))) for scheme, items in ladders.items()]


def _of_ladder(levels: list[Level]) -> Iterator[Chart]:
    ranges: dict[tuple[str, str], list[tuple[Level, Threshold]]] = {}
    for level in sorted(levels, key=lambda item: -item.level.rank):
        for criterion in level.criteria:
            for item in thresholds(criterion):
                ranges.setdefault((item.fact, item.unit), []).append((level, item))
    for (fact, unit), found in ranges.items():
        if len(found) > 1:
            yield _chart(fact, unit, found)


def _chart(fact: str, unit: str, found: list[tuple[Level, Threshold]]) -> Chart:
    bounds = sorted({bound for _, item in found for bound in (item.low, item.high) if bound is not None})
    step = (WIDTH - LEFT - 40) / (len(bounds) + 1)
    place = {bound: LEFT + step * (index + 1) for index, bound in enumerate(bounds)}
    bars = []
    for row, (level, item) in enumerate(found):
        begin = LEFT if item.low is None else place[item.low]
        end = WIDTH - 12.0 if item.high is None else place[item.high]
        bars.append(
            Bar(
                level.level.value,
                level.name,
                begin,
                max(end - begin, 3),
                row * ROW + 4,
                item.source,
                item.high is None,
            )
        )
    gaps = [
        Gap(place[low], place[high] - place[low])
        for low, high in pairwise(bounds)
        if not any(
            (item.low is None or item.low <= low) and (item.high is None or item.high >= high)
            for _, item in found
        )
    ]
    return Chart(
        fact=fact,
        unit=unit,
        bars=tuple(bars),
        ticks=tuple(Tick(place[bound], bound) for bound in bounds),
        gaps=tuple(gaps),
        height=len(found) * ROW + 30,
    )
