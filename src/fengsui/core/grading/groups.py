"""Components of many ladders that ask for the same facts, answered together.

A group answers with one byte a ladder (see ``lanes``). Where criteria stand on one figure each, the sets
of levels are tabled by the cells into which all ladders together cut the figure: looking one up is a
search among the points and an "or" over the cells it may lie in. Anything else is searched component by
component, equal ones once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from fengsui.core.grading.cells import EITHER, NO, YES, Axis, Leaf, Variable
from fengsui.core.grading.component import NONE, Component, answer_cells
from fengsui.core.grading.evaluate import Known
from fengsui.core.grading.lanes import Lanes, join, lanes_of, outcomes, spread
from fengsui.core.grading.ranges import Range, Relation, is_empty, meet, narrow
from fengsui.core.plan.criterion import FactName

_MOST_TABLE_BYTES = 64 * 1024 * 1024
_MOST_PLACES = 400
"""Combinations of cells tried together; beyond it components are searched one by one instead."""

Member = tuple[Component, tuple[int, ...]]
"""A component and the ladders (numbers) that have it."""


class Group(Protocol):
    """Components over one set of facts; ``figures`` and ``answers`` (yes/no) are what they ask for."""

    figures: tuple[FactName, ...]
    answers: tuple[FactName, ...]

    def lanes(self, known: Known) -> Lanes:
        """The levels that each ladder may reach by its component of this group."""


def make_group(members: Sequence[Member], count: int) -> Group:
    """A group of ``members`` (all over the same variables) among ``count`` ladders."""
    tables = _tables(members, count)
    if tables:
        return TabledGroup(members, tables, count)
    return SearchedGroup(members, count)


@dataclass(frozen=True, slots=True)
class Table:
    """The sets of levels (a byte a ladder) in each cell of one figure."""

    name: FactName
    axis: Axis
    cells: tuple[int, ...]

    def union(self, found: Range) -> int:
        """The levels that each ladder may reach by this figure alone."""
        union = 0
        for cell in self.axis.touched(found):
            union |= self.cells[cell]
        return union


class SearchedGroup:
    """Criteria that join several facts (毒气泄漏造成转移…): each distinct component is searched."""

    def __init__(self, members: Sequence[Member], count: int) -> None:
        self.members = tuple(members)
        self.count = count
        self.figures, self.answers = _asked(members[0][0])

    def lanes(self, known: Known) -> Lanes:
        """See ``Group``."""
        found = ((component.outcomes(known), ladders) for component, ladders in self.members)
        return lanes_of(
            spread(((ladder, mask) for mask, ladders in found for ladder in ladders), self.count), self.count
        )


class AnswerGroup:
    """Ladders in which one yes/no fact alone reaches levels; judgements in words share one group."""

    def __init__(self, variable: Variable, levels: Iterable[tuple[int, int]], count: int) -> None:
        levels = tuple(levels)
        self.variable = variable
        self.figures: tuple[FactName, ...] = ()
        self.answers: tuple[FactName, ...] = (variable.name,)
        self._by_cells = {
            NO: lanes_of(spread(((ladder, NONE) for ladder, _ in levels), count), count),
            YES: lanes_of(spread(levels, count), count),
            EITHER: lanes_of(spread(((ladder, NONE | bit) for ladder, bit in levels), count), count),
        }

    def lanes(self, known: Known) -> Lanes:
        """See ``Group``."""
        return self._by_cells[answer_cells(self.variable, known)]


class TabledGroup:
    """Criteria on single figures: one figure, or several that sums or periods tie together."""

    def __init__(self, members: Sequence[Member], tables: tuple[Table, ...], count: int) -> None:
        self.members = tuple(members)
        self.tables = tables
        self.count = count
        self.figures, self.answers = _asked(members[0][0])
        self.relations = members[0][0].relations
        self.own = spread(((ladder, 0x7F) for _, ladders in members for ladder in ladders), count)

    def lanes(self, known: Known) -> Lanes:
        """See ``Group``."""
        ranges = {name: known.figure(name) for name in self.figures}
        if self.relations and not narrow(self.relations, ranges):
            ranges = {name: known.figure(name) for name in self.figures}
        elif self._is_open(ranges):
            return self._placed(known, ranges)
        return join(lanes_of(each.union(ranges[each.name]), self.count) for each in self.tables)

    def _is_open(self, ranges: dict[FactName, Range]) -> bool:
        """Whether several tied figures vary; with at most one they can be looked up apart."""
        return sum(len(each.axis.touched(ranges[each.name])) > 1 for each in self.tables) > 1

    def _placed(self, known: Known, ranges: dict[FactName, Range]) -> Lanes:
        """Put all figures but the widest into one cell each, in every way that the sums allow."""
        tables = sorted(self.tables, key=lambda each: len(each.axis.touched(ranges[each.name])))
        places = 1
        for each in tables[:-1]:
            places *= len(each.axis.touched(ranges[each.name]))
        if places > _MOST_PLACES:
            return SearchedGroup(self.members, self.count).lanes(known)
        union = 0
        for placed in _placements(tables[:-1], ranges, self.relations):
            step = join(lanes_of(each.union(placed[each.name]), self.count) for each in tables)
            union |= int.from_bytes(outcomes(step, self.count), "little")
        return lanes_of(union & self.own, self.count)


def _placements(
    tables: Sequence[Table], ranges: dict[FactName, Range], relations: tuple[Relation, ...]
) -> Iterator[dict[FactName, Range]]:
    if not tables:
        yield ranges
        return
    table = tables[0]
    for cell in table.axis.touched(ranges[table.name]):
        placed = {**ranges, table.name: meet(ranges[table.name], table.axis.span(1 << cell))}
        if not is_empty(placed[table.name]) and narrow(relations, placed):
            yield from _placements(tables[1:], placed, relations)


def _asked(component: Component) -> tuple[tuple[FactName, ...], tuple[FactName, ...]]:
    figures = tuple(item.name for item in component.variables if item.kind == "figure")
    answers = tuple(item.name for item in component.variables if item.kind == "yes_no")
    return figures + component.hidden, answers


def _tables(members: Sequence[Member], count: int) -> tuple[Table, ...]:
    """A table a figure where every criterion stands on one figure alone; else none."""
    nodes = (node for component, _ in members for _, nodes in component.nodes for node in nodes)
    names = [item.name for item in members[0][0].variables if item.kind == "figure"]
    if len(names) != len(members[0][0].variables) or not all(isinstance(node, Leaf) for node in nodes):
        return ()
    axes = {name: _joint_axis(name, members) for name in names}
    if sum(2 * len(axis.points) + 1 for axis in axes.values()) * count > _MOST_TABLE_BYTES:
        return ()
    return tuple(Table(name, axis, tuple(_column(name, axis, members, count))) for name, axis in axes.items())


def _own_axis(component: Component, name: FactName) -> tuple[int, Axis]:
    place = component.variables.index(Variable("figure", name))
    axis = component.axes[place]
    assert axis is not None
    return place, axis


def _joint_axis(name: FactName, members: Sequence[Member]) -> Axis:
    axes = [_own_axis(component, name)[1] for component, _ in members]
    return Axis(tuple(sorted({point for axis in axes for point in axis.points})), axes[0].integral)


def _column(name: FactName, axis: Axis, members: Sequence[Member], count: int) -> Iterator[int]:
    own = [(*_own_levels(component, name), ladders) for component, ladders in members]
    for cell in range(2 * len(axis.points) + 1):
        low = axis.low(cell)
        found = ((levels[cut.cell(low)], ladders) for cut, levels, ladders in own)
        yield spread(((ladder, level) for level, ladders in found for ladder in ladders), count)


def _own_levels(component: Component, name: FactName) -> tuple[Axis, list[int]]:
    """The highest level that the criteria on ``name`` reach in each cell of the component."""
    place, axis = _own_axis(component, name)
    levels = []
    for cell in range(2 * len(axis.points) + 1):
        reached = (
            bit
            for bit, nodes in component.nodes
            for node in nodes
            if isinstance(node, Leaf) and node.index == place and node.cells >> cell & 1
        )
        levels.append(next(reached, NONE))
    return axis, levels
