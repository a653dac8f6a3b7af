"""One independent part of a ladder: the levels that its facts can bring about.

Facts that no criterion and no sum ties together vary independently, so a ladder falls into components
that are searched apart. The answer of a component is the set of levels that are highest for some
completion of what is known, as an int: bit 0 for no level, then V, IV, III, II, I as bits 1 … 5.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from fengsui.core.grading.cells import EITHER, NO, YES, Axis, Leaf, Node, Variable, runs, undecided
from fengsui.core.grading.evaluate import Known
from fengsui.core.grading.ranges import Range, Relation, meet, narrow
from fengsui.core.plan.criterion import FactName

NONE = 1
"""No level is met."""

_BUDGET = 4000
"""Steps of one search; beyond it the answer is made wider, never narrower."""

_MEMO = 2048


@dataclass(slots=True)
class Component:
    """Variables tied together, and the criteria over them by level.

    ``nodes``: (bit of the level, criteria any of which reaches it), highest level first.
    ``hidden``: figures that no criterion names but a sum ties in (missing, where a plan counts
    deaths and deaths_or_missing).
    """

    variables: tuple[Variable, ...]
    axes: tuple[Axis | None, ...]
    nodes: tuple[tuple[int, tuple[Node, ...]], ...]
    relations: tuple[Relation, ...] = ()
    hidden: tuple[FactName, ...] = ()
    _memo: dict[object, int] = field(default_factory=dict)

    def domains(self, known: Known) -> tuple[int, ...]:
        """For each variable the cells it may lie in."""
        return tuple(
            answer_cells(variable, known)
            if axis is None
            else axis.cells(known.figure(variable.name)) or axis.filled
            for variable, axis in zip(self.variables, self.axes, strict=True)
        )

    def outcomes(self, known: Known) -> int:
        """The levels that can be the highest met on what is ``known``."""
        domains = self.domains(known)
        if not self.relations:
            key: object = domains
            if (found := self._memo.get(key)) is None:
                found = self._remember(key, _Search(self).run(list(domains), {}))
            return found
        figures = {item.name: known.figure(item.name) for item in self.variables if item.kind == "figure"}
        figures |= {name: known.figure(name) for name in self.hidden}
        key = (domains, tuple(figures.values()))
        if (found := self._memo.get(key)) is None:
            found = self._remember(key, _Search(self).run(list(domains), figures))
        return found

    def _remember(self, key: object, found: int) -> int:
        if len(self._memo) >= _MEMO:
            self._memo.clear()
        self._memo[key] = found
        return found

    def judged(self, domains: list[int]) -> tuple[int, Leaf | None]:
        """Levels not excluded as the highest on ``domains``, and a leaf worth deciding if several."""
        found = 0
        leaf: Leaf | None = None
        for bit, nodes in self.nodes:
            for node in nodes:
                answer = undecided(node, domains)
                if answer is True:
                    return found | bit, leaf
                if answer is not False:
                    found |= bit
                    leaf = leaf or answer
        return found | NONE, leaf


def answer_cells(variable: Variable, known: Known) -> int:
    """The cells of a yes/no fact, a judgement or a level without criteria."""
    if variable.kind == "opaque":
        return EITHER
    fact, text = (variable.name, "") if variable.kind == "yes_no" else (None, variable.name)
    answer = known.answer(fact, text)
    return EITHER if answer is None else YES if answer else NO


class _Search:
    """Depth first over the cells that decide something, cutting what cannot add a level."""

    def __init__(self, component: Component) -> None:
        self.component = component
        self.relations = component.relations
        self.found = 0
        self.steps = 0

    def run(self, domains: list[int], figures: dict[FactName, Range]) -> int:
        if self.relations:
            state = dict(figures)
            if narrow(self.relations, state) and self._cut(domains, state):
                figures = state
            else:
                # What was given contradicts itself: take every figure as given, untied.
                self.relations = ()
        self._visit(domains, figures)
        return self.found

    def _visit(self, domains: list[int], figures: dict[FactName, Range]) -> None:
        self.steps += 1
        possible, leaf = self.component.judged(domains)
        if possible & ~self.found == 0:
            return
        if leaf is None or self.steps > _BUDGET:
            self.found |= possible
            return
        inside = domains[leaf.index] & leaf.cells
        for side in (inside, domains[leaf.index] & ~leaf.cells):
            # A sum narrows ranges, so its figures are split into pieces without a hole.
            for piece in runs(side) if self.relations else (side,):
                self._take(domains, figures, leaf.index, piece)

    def _take(self, domains: list[int], figures: dict[FactName, Range], index: int, piece: int) -> None:
        narrowed = list(domains)
        narrowed[index] = piece
        axis = self.component.axes[index]
        if not self.relations or axis is None:
            self._visit(narrowed, figures)
            return
        state = dict(figures)
        name = self.component.variables[index].name
        state[name] = meet(state[name], axis.span(piece))
        if narrow(self.relations, state) and self._cut(narrowed, state):
            self._visit(narrowed, state)

    def _cut(self, domains: list[int], figures: dict[FactName, Range]) -> bool:
        """Keep in ``domains`` only cells that ``figures`` still touch; False when nothing is left."""
        for index, (variable, axis) in enumerate(
            zip(self.component.variables, self.component.axes, strict=True)
        ):
            if axis is not None:
                domains[index] &= axis.cells(figures[variable.name])
                if not domains[index]:
                    return False
        return True
