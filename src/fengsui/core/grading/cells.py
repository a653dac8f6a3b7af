"""Facts cut into cells on which every criterion of a ladder is constant.

The bounds 3, 10, 30 cut deaths into the points 3, 10, 30 and the gaps between: cell 2i is the gap below
point i, cell 2i+1 the point itself. Sets of cells are bit sets in an int, so whether a criterion is met
on all, none or some of what a fact may be is two bit operations.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from fengsui.core.grading.ranges import HIGHEST, LOWEST, Bound, Range, is_empty, whole

NO, YES, EITHER = 0b01, 0b10, 0b11
"""Cells of a yes/no fact."""


class Variable(NamedTuple):
    """Something a ladder asks for: ``figure``, ``yes_no`` (a registered fact), ``text`` (a judgement by
    its words) or ``opaque`` (a level without criteria, which nothing can answer)."""

    kind: str
    name: str


@dataclass(frozen=True, slots=True)
class Axis:
    """The cells of one figure."""

    points: tuple[Decimal, ...]
    integral: bool
    filled: int = field(init=False)
    """The cells that hold any value: there is no whole number between 9 and 10."""

    def __post_init__(self) -> None:
        filled = 0
        for cell in range(2 * len(self.points) + 1):
            span = self._span(cell, cell)
            if not is_empty(whole(span) if self.integral else span):
                filled |= 1 << cell
        object.__setattr__(self, "filled", filled)

    def _span(self, first: int, last: int) -> Range:
        low: Bound = LOWEST
        high: Bound = HIGHEST
        if first % 2:
            low = self.points[first // 2], 0
        elif first:
            low = self.points[first // 2 - 1], 1
        if last % 2:
            high = self.points[last // 2], 0
        elif last < 2 * len(self.points):
            high = self.points[last // 2], -1
        return low, high

    def span(self, cells: int) -> Range:
        """Lowest to highest value of ``cells`` (not empty)."""
        found = self._span((cells & -cells).bit_length() - 1, cells.bit_length() - 1)
        return whole(found) if self.integral else found

    def low(self, cell: int) -> Bound:
        """The lower end of ``cell``."""
        return self._span(cell, cell)[0]

    def touched(self, found: Range) -> list[int]:
        """The numbers of the filled cells that ``found`` touches."""
        return [
            cell for cell in range(self.cell(found[0]), self.cell(found[1]) + 1) if self.filled >> cell & 1
        ]

    def cell(self, bound: Bound) -> int:
        """The cell that ``bound`` lies in."""
        number, side = bound
        index = bisect_left(self.points, number)
        if index < len(self.points) and self.points[index] == number:
            return 2 * index + 1 + side
        return 2 * index

    def cells(self, found: Range) -> int:
        """The filled cells that ``found`` touches."""
        if is_empty(found):
            return 0
        return ((2 << self.cell(found[1])) - (1 << self.cell(found[0]))) & self.filled


def runs(cells: int) -> Iterator[int]:
    """``cells`` split into runs without a hole."""
    while cells:
        lowest = cells & -cells
        run = cells & ~(cells + lowest)
        yield run
        cells &= ~run


@dataclass(frozen=True, slots=True)
class Leaf:
    """Met exactly on ``cells`` of the variable at ``index``."""

    index: int
    cells: int


@dataclass(frozen=True, slots=True)
class Both:
    """All ``parts`` together."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Either:
    """Any one of ``parts``."""

    parts: tuple[Node, ...]


Node = Leaf | Both | Either


def undecided(node: Node, domains: list[int]) -> Leaf | bool:
    """True or false when ``node`` is decided on ``domains``, else a leaf worth deciding."""
    if isinstance(node, Leaf):
        domain = domains[node.index]
        inside = domain & node.cells
        return inside == domain or (node if inside else False)
    wanted = isinstance(node, Either)
    open_leaf: Leaf | None = None
    for part in node.parts:
        answer = undecided(part, domains)
        if answer is wanted:
            return wanted
        if open_leaf is None and isinstance(answer, Leaf):
            open_leaf = answer
    return not wanted if open_leaf is None else open_leaf


def leaves(nodes: Iterable[Node]) -> Iterator[Leaf]:
    """The leaves of ``nodes``."""
    for node in nodes:
        if isinstance(node, Leaf):
            yield node
        else:
            yield from leaves(node.parts)
