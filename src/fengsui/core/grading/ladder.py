"""A ladder (one scheme of a plan) made ready for grading: its criteria over cells of facts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from fengsui.core.fact import FactSpec
from fengsui.core.facts_input import plain_text
from fengsui.core.grading.cells import YES, Axis, Both, Either, Leaf, Node, Variable, leaves
from fengsui.core.grading.component import NONE, Component
from fengsui.core.grading.evaluate import (
    READINGS,
    Known,
    Reading,
    accepted,
    figure_name,
    in_scope,
    readings_of,
    walk,
)
from fengsui.core.grading.ranges import Relation, Sum, is_integral, relations_among
from fengsui.core.plan.criterion import AllOf, AnyOf, Condition, Criterion, FactName, Threshold
from fengsui.core.plan.level import AnyLevel, Level, Logic


def bit_of(level: AnyLevel) -> int:
    """The level as a bit: I is 32, V is 2; 1 stands for no level."""
    return 1 << (6 - level.rank)


@dataclass(frozen=True, slots=True)
class Version:
    """The ladder under one reading of its undecided bounds, as independent components."""

    reading: Reading
    components: tuple[Component, ...]


@dataclass(frozen=True, slots=True)
class Ladder:
    """One scheme of a plan: its levels, and every reading of its bounds."""

    levels: tuple[Level, ...]
    singles: tuple[Threshold | Condition, ...]
    figures: tuple[FactName, ...]
    versions: tuple[Version, ...]
    specs: Mapping[str, FactSpec]

    def outcomes(self, known: Known) -> int:
        """The levels (bits) that are the highest met for some completion and some reading."""
        found = 0
        for version in self.versions:
            found |= combine(component.outcomes(known) for component in version.components)
        return found

    def carried_by(self, known: Known) -> frozenset[FactName]:
        """The facts (and judgements, by their plain words) that by themselves make the grade certain."""
        found: set[FactName] = set()
        for version in self.versions:
            least = {id(each): each.outcomes(known) for each in version.components}
            grade = max((mask & -mask for mask in least.values()), default=NONE)
            for each in version.components:
                if least[id(each)] & -least[id(each)] == grade > NONE:
                    found.update(item.name for item in each.variables)
        return frozenset(found)


def combine(masks: Iterable[int]) -> int:
    """Outcomes of independent components together: each may do its least or its most."""
    least, union = NONE, 0
    for mask in masks:
        least = max(least, mask & -mask)
        union |= mask
    return (union & ~(least - 1)) | least


def make_ladder(
    levels: Iterable[Level], specs: Mapping[str, FactSpec], totals: frozenset[FactName] = frozenset()
) -> Ladder:
    """Make ready the levels of one scheme; ``totals`` are given sums that no criterion names."""
    levels = tuple(levels)
    return _Maker(levels, specs).make(totals)


def loose_totals(
    figures: Iterable[FactName], given: Iterable[FactName], specs: Mapping[str, FactSpec]
) -> frozenset[FactName]:
    """Sums among ``given`` that tie together facts of a ladder though no criterion names them."""
    asked = set(figures)
    return frozenset(
        name
        for name in given
        if name in specs and name not in asked and len(asked.intersection(specs[name].sum_of)) > 1
    )


def level_criteria(level: Level) -> tuple[Criterion, ...]:
    """The criteria of ``level`` with the condition over it, in the order of the text."""
    return ((level.condition,) if level.condition is not None else ()) + level.criteria


class _Maker:
    def __init__(self, levels: tuple[Level, ...], specs: Mapping[str, FactSpec]) -> None:
        self.levels = levels
        self.specs = specs
        self.singles = [one for level in levels for each in level_criteria(level) for one in walk(each)]
        self.thresholds = [item for item in self.singles if isinstance(item, Threshold)]
        self.axes = self._axes()

    def make(self, totals: frozenset[FactName]) -> Ladder:
        open_readings = {each for item in self.thresholds for each in readings_of(item)}
        above = any(not each.above for each in open_readings)
        below = any(not each.below for each in open_readings)
        readings = [each for each in READINGS if (each.above or above) and (each.below or below)]
        versions = tuple(Version(each, self._components(each, totals)) for each in readings)
        return Ladder(self.levels, tuple(self.singles), tuple(self.axes), versions, self.specs)

    def _axes(self) -> dict[FactName, Axis]:
        points: dict[FactName, set[Decimal]] = {}
        for item in self.thresholds:
            ends = points.setdefault(figure_name(item), set())
            ends.update(end for end in (item.low, item.high) if end is not None)
            if item.positive:
                ends.add(Decimal(0))
        return {
            name: Axis(tuple(sorted(ends)), is_integral(name, self.specs)) for name, ends in points.items()
        }

    @staticmethod
    def _asked(condition: Condition) -> Variable:
        if condition.fact is not None:
            return Variable("yes_no", condition.fact)
        return Variable("text", plain_text(condition.text))

    def _components(self, reading: Reading, totals: frozenset[FactName]) -> tuple[Component, ...]:
        builder = _Builder(self, reading)
        found = [(bit_of(level.level), node) for level in self.levels for node in builder.level(level)]
        relations = relations_among({*self.axes, *totals}, self.specs)
        return builder.split(found, relations)


class _Builder:
    """Criteria of one reading as nodes over numbered variables, then cut into components."""

    def __init__(self, maker: _Maker, reading: Reading) -> None:
        self.maker = maker
        self.reading = reading
        self.index: dict[Variable, int] = {}
        self.order: list[Variable] = []

    def level(self, level: Level) -> list[Node]:
        """The nodes any of which reaches ``level``; none when it cannot be evaluated."""
        if not level_criteria(level):
            return [self._leaf(Variable("opaque", level.level.value), YES)]
        if level.condition is not None and not in_scope(level.condition):
            return []
        usable = [item for item in level.criteria if in_scope(item)]
        nodes: list[Node]
        if level.logic is Logic.ALL:
            nodes = [Both(tuple(map(self._node, usable)))] if len(usable) == len(level.criteria) else []
        else:
            nodes = [self._node(item) for item in usable]
        if level.condition is None:
            return [node for node in nodes if leaves_of(node)]
        condition = self._node(level.condition)
        if not level.criteria:
            return [condition]
        return [Both((condition, node)) for node in nodes]

    def _node(self, criterion: Criterion) -> Node:
        if isinstance(criterion, AllOf):
            return Both(tuple(map(self._node, criterion.parts)))
        if isinstance(criterion, AnyOf):
            return Either(tuple(self._node(part) for part in criterion.parts if in_scope(part)))
        if isinstance(criterion, Condition):
            return self._leaf(_Maker._asked(criterion), YES)
        name = figure_name(criterion)
        axis = self.maker.axes[name]
        wanted = accepted(criterion, self.reading, axis.integral)
        leaf = self._leaf(Variable("figure", name), axis.cells(wanted))
        if criterion.cause_fact is None:
            return leaf
        return Both((leaf, self._leaf(Variable("yes_no", criterion.cause_fact), YES)))

    def _leaf(self, variable: Variable, cells: int) -> Leaf:
        if variable not in self.index:
            self.index[variable] = len(self.order)
            self.order.append(variable)
        return Leaf(self.index[variable], cells)

    def split(self, found: list[tuple[int, Node]], relations: tuple[Relation, ...]) -> tuple[Component, ...]:
        """Cut into components: nodes that share a variable, or variables that a relation ties."""
        groups = _Groups()
        for _, node in found:
            groups.tie([self.order[leaf.index] for leaf in leaves_of(node)])
        for relation in relations:
            groups.tie([Variable("figure", name) for name in _members(relation)])
        parts: dict[Variable, list[tuple[int, Node]]] = {}
        for bit, node in found:
            root = groups.root(self.order[leaves_of(node)[0].index])
            parts.setdefault(root, []).append((bit, node))
        return tuple(
            self._component(nodes, [each for each in relations if groups.root(_first_variable(each)) == root])
            for root, nodes in parts.items()
        )

    def _component(self, found: list[tuple[int, Node]], relations: list[Relation]) -> Component:
        numbers = sorted({leaf.index for _, node in found for leaf in leaves_of(node)})
        moved = {old: new for new, old in enumerate(numbers)}
        variables = tuple(self.order[number] for number in numbers)
        named = {item.name for item in variables if item.kind == "figure"}
        hidden = {name for each in relations for name in _members(each)} - named
        by_bit: dict[int, list[Node]] = {}
        for bit, node in found:
            by_bit.setdefault(bit, []).append(_renumbered(node, moved))
        return Component(
            variables=variables,
            axes=tuple(self.maker.axes[item.name] if item.kind == "figure" else None for item in variables),
            nodes=tuple((bit, tuple(by_bit[bit])) for bit in sorted(by_bit, reverse=True)),
            # One figure alone needs no tie: sums have already narrowed its range.
            relations=tuple(relations) if len(named) > 1 else (),
            hidden=tuple(sorted(hidden)) if len(named) > 1 else (),
        )


def leaves_of(node: Node) -> list[Leaf]:
    return list(leaves([node]))


def _members(relation: Relation) -> tuple[FactName, ...]:
    if isinstance(relation, Sum):
        return (relation.total, *relation.parts)
    return (relation.shorter, relation.longer)


def _first_variable(relation: Relation) -> Variable:
    return Variable("figure", _members(relation)[0])


def _renumbered(node: Node, moved: Mapping[int, int]) -> Node:
    if isinstance(node, Leaf):
        return Leaf(moved[node.index], node.cells)
    return type(node)(tuple(_renumbered(part, moved) for part in node.parts))


class _Groups:
    """Union-find over variables."""

    def __init__(self) -> None:
        self.parent: dict[Variable, Variable] = {}

    def root(self, item: Variable) -> Variable:
        self.parent.setdefault(item, item)
        while self.parent[item] != item:
            item = self.parent[item]
        return item

    def tie(self, items: list[Variable]) -> None:
        for item in items[1:]:
            self.parent[self.root(item)] = self.root(items[0])
