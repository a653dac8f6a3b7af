"""Thresholds of one fact as a number line: each level a bar, gaps hatched, overlaps doubled, so that a
fault is seen before it is read. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from fengsui.core.citation import Citation
from fengsui.core.plan.criterion import AllOf, AnyOf, Criterion, Threshold
from fengsui.core.plan.level import LadderKind, Level

LEFT, ROW = 100, 26
NARROW, STEP = 360, 46
"""Width on a phone, so that twelve units of text stay eleven pixels; least distance of two bounds."""


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
class Overlap:
    """A stretch that two levels cover though the lesser one ends; drawn as a double line."""

    x: float
    width: float

    @property
    def inner_x(self) -> float:
        """Where the inner line begins."""
        return self.x + 3

    @property
    def inner_width(self) -> float:
        """How wide the inner line is."""
        return max(self.width - 6, 0)


@dataclass(frozen=True, slots=True)
class Chart:
    """The number line of one fact on one ladder."""

    fact: str
    unit: str
    bars: tuple[Bar, ...]
    ticks: tuple[Tick, ...]
    gaps: tuple[Gap, ...]
    overlaps: tuple[Overlap, ...]
    height: int
    width: int


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
    width = max(NARROW, LEFT + 40 + STEP * (len(bounds) + 1))
    step = (width - LEFT - 40) / (len(bounds) + 1)
    place = {bound: LEFT + step * (index + 1) for index, bound in enumerate(bounds)}
    bars = []
    for row, (level, item) in enumerate(found):
        begin = LEFT if item.low is None else place[item.low]
        end = width - 12.0 if item.high is None else place[item.high]
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
    return Chart(
        fact=fact,
        unit=unit,
        bars=tuple(bars),
        ticks=tuple(Tick(place[bound], bound) for bound in bounds),
        gaps=tuple(_gaps(bounds, place, [item for _, item in found])),
        overlaps=tuple(_overlaps(bounds, place, found)),
        height=len(found) * ROW + 30,
        width=width,
    )


POINT = 10.0
"""Width of a fault that lies on one number alone."""


def _gaps(bounds: list[Decimal], place: dict[Decimal, float], items: list[Threshold]) -> Iterator[Gap]:
    for low, high in pairwise(bounds):
        if not any(_spans(item, low, high) for item in items):
            yield Gap(place[low], place[high] - place[low])
    for bound in bounds:
        # 3人以下 … 3人以上, both without the number itself: no level has exactly three.
        ends = any(item.high == bound and item.high_included is False for item in items)
        begins = any(item.low == bound and item.low_included is False for item in items)
        if ends and begins and not any(_holds(item, bound) for item in items):
            yield Gap(place[bound] - POINT / 2, POINT)


def _overlaps(
    bounds: list[Decimal], place: dict[Decimal, float], found: list[tuple[Level, Threshold]]
) -> Iterator[Overlap]:
    """Where a level that ends and a graver one hold at once; a level without an end is meant to run on."""
    pairs = [
        (lesser, graver)
        for level, lesser in found
        for other, graver in found
        if other.level.rank < level.level.rank and lesser.high is not None
    ]
    for low, high in pairwise(bounds):
        if any(_spans(lesser, low, high) and _spans(graver, low, high) for lesser, graver in pairs):
            yield Overlap(place[low], place[high] - place[low])
    for bound in bounds:
        touching = [(lesser, graver) for lesser, graver in pairs if lesser.high == bound == graver.low]
        if any(lesser.high_included and graver.low_included for lesser, graver in touching):
            yield Overlap(place[bound] - POINT / 2, POINT)


def _spans(item: Threshold, low: Decimal, high: Decimal) -> bool:
    return (item.low is None or item.low <= low) and (item.high is None or item.high >= high)


def _holds(item: Threshold, value: Decimal) -> bool:
    above = item.low is None or item.low < value or (item.low == value and item.low_included is not False)
    below = item.high is None or item.high > value or (item.high == value and item.high_included is not False)
    return above and below
