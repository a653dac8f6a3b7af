"""One incident against many plans at once.

``GradingIndex(plans)`` makes ready the ladders of all plans; ``grade`` then gives for every ladder the
same grade and possible levels as ``grade_plan`` gives plan by plan, but works fact by fact: only groups of
components that a given fact touches are looked up, all others share an answer that is computed once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from fengsui.core.citation import Citation
from fengsui.core.fact import FactSpec, register
from fengsui.core.facts_input import Knowledge, plain_text, window_of
from fengsui.core.grading.cells import Variable
from fengsui.core.grading.component import Component
from fengsui.core.grading.evaluate import Known, resolve, walk
from fengsui.core.grading.grade import (
    Facts,
    Outcome,
    Scheme,
    SchemeGrade,
    by_scheme,
    grade_ladder,
    ladder_outcome,
    outcome_of,
)
from fengsui.core.grading.groups import AnswerGroup, Group, Member, make_group
from fengsui.core.grading.ladder import Ladder, level_criteria, loose_totals, make_ladder
from fengsui.core.grading.lanes import Lanes, join, outcomes
from fengsui.core.plan.criterion import AllOf, AnyOf, Condition, Criterion, FactName
from fengsui.core.plan.level import LadderKind, Level

_TABLES = {
    kind: tuple(outcome_of(bits, kind) if 0 < bits < 64 else Outcome(None, ()) for bits in range(128))
    for kind in LadderKind
}
_KEPT = 16
_NOWHERE = Citation(document="", clause="", line=0, quote="")


@dataclass(frozen=True, slots=True)
class IndexAnswer:
    """The answers of all ladders: ``outcomes`` stand in the order of ``GradingIndex.ladders``."""

    index: GradingIndex
    knowledge: Knowledge
    outcomes: list[Outcome]

    def of_plan(self, plan: int) -> dict[Scheme, Outcome]:
        """Grade and possible levels by each ladder of the plan at position ``plan``."""
        numbers = self.index.ladders_of[plan]
        return {self.index.ladders[item].levels[0].scheme: self.outcomes[item] for item in numbers}

    def in_full(self, plan: int) -> tuple[SchemeGrade, ...]:
        """The whole answer of one plan, with questions, clauses and remarks; computed when asked."""
        return tuple(
            grade_ladder(self.index.ladders[item], self.knowledge) for item in self.index.ladders_of[plan]
        )


class GradingIndex:
    """The ladders of many plans, made ready to be asked together."""

    def __init__(self, plans: Iterable[Iterable[Level]], specs: Mapping[str, FactSpec] | None = None) -> None:
        self.specs = register() if specs is None else specs
        self.ladders: list[Ladder] = []
        self.ladders_of: list[range] = []
        made: dict[object, Ladder] = {}
        for levels in plans:
            first = len(self.ladders)
            self.ladders += [_ready(each, self.specs, made) for each in by_scheme(levels).values()]
            self.ladders_of.append(range(first, len(self.ladders)))
        self.extra = [
            (number, version)
            for number, ladder in enumerate(self.ladders)
            for version in range(1, len(ladder.versions))
        ]
        self.count = len(self.ladders) + len(self.extra)
        self.groups = self._make_groups()
        self._answers = [_TABLES[ladder.levels[0].kind] for ladder in self.ladders]
        self._texts = self._by_text()
        self._roots = self._tie_names()
        self._by_total = self._by_loose_total()
        self._kept: dict[object, Lanes] = {}

    def grade(self, facts: Facts) -> IndexAnswer:
        """What every plan says of ``facts``."""
        knowledge = Knowledge.of(facts)
        touched = self._touched(knowledge)
        given = {*knowledge.facts, *knowledge.unknown}
        live: list[Group] = []
        idle: list[Group] = []
        for group in self.groups:
            is_live = not given.isdisjoint(group.answers) or any(
                self._roots[name] in touched for name in group.figures
            )
            (live if is_live else idle).append(group)
        known = Known(knowledge, dict.fromkeys(name for each in live for name in each.figures), self.specs)
        lanes = join([self._idle_lanes(idle, knowledge), *(group.lanes(known) for group in live)])
        found = bytearray(outcomes(lanes, self.count)) if self.count else bytearray()
        for lane, (number, _) in enumerate(self.extra, start=len(self.ladders)):
            found[number] |= found[lane]
        answers = [table[bits] for table, bits in zip(self._answers, found, strict=False)]
        for number in self._apart(knowledge):
            ladder = self.ladders[number]
            answers[number] = ladder_outcome(ladder, resolve(ladder.singles, knowledge, self.specs))
        return IndexAnswer(self, knowledge, answers)

    def _idle_lanes(self, idle: list[Group], knowledge: Knowledge) -> Lanes:
        """What groups say that no given fact touches; kept, as it hangs only on what is taken for granted."""
        granted = Knowledge(complete=knowledge.complete, no_other_judgement=knowledge.no_other_judgement)
        key = granted.complete, granted.no_other_judgement, tuple(map(id, idle))
        if key not in self._kept:
            if len(self._kept) >= _KEPT:
                self._kept.clear()
            known = Known(granted, self._figures, self.specs)
            self._kept[key] = join(group.lanes(known) for group in idle)
        return self._kept[key]

    def _apart(self, knowledge: Knowledge) -> set[int]:
        """Ladders judged one by one: a given sum ties their facts, or their own words were judged."""
        found: set[int] = set()
        for name in knowledge.facts:
            found.update(self._by_total.get(name, ()))
        for text in knowledge.judgements:
            found.update(self._texts.get(text, ()))
        return found

    def _touched(self, knowledge: Knowledge) -> set[FactName]:
        """Roots of the figures that what is known speaks of, directly or through sums and periods."""
        names = {*knowledge.facts, *knowledge.unknown}
        names |= {_stem(name) for name in names}
        return {self._roots[name] for name in names if name in self._roots}

    def _make_groups(self) -> list[Group]:
        lanes = [(ladder.versions[0], number) for number, ladder in enumerate(self.ladders)]
        lanes += [
            (self.ladders[number].versions[version], lane)
            for lane, (number, version) in enumerate(self.extra, start=len(self.ladders))
        ]
        members: dict[object, dict[int, tuple[Component, list[int]]]] = {}
        answered: dict[Variable, list[tuple[int, int]]] = {}
        for version, lane in lanes:
            for component in version.components:
                variable = component.variables[0]
                if variable.kind != "figure" and len(component.variables) == 1:
                    # Judgements in words are all alike until one of them is given (see ``_apart``).
                    shared = variable if variable.kind == "yes_no" else Variable(variable.kind, "")
                    answered.setdefault(shared, []).append((lane, component.nodes[0][0]))
                else:
                    same = members.setdefault(frozenset(component.variables), {})
                    same.setdefault(id(component), (component, []))[1].append(lane)
        groups: list[Group] = [
            make_group([_member(item) for item in same.values()], self.count) for same in members.values()
        ]
        groups += [AnswerGroup(variable, levels, self.count) for variable, levels in answered.items()]
        self._figures = tuple(dict.fromkeys(name for group in groups for name in group.figures))
        return groups

    def _tie_names(self) -> dict[FactName, FactName]:
        """A root for every figure and its relatives: facts with the same root can narrow each other."""
        parent: dict[FactName, FactName] = {}

        def root(name: FactName) -> FactName:
            parent.setdefault(name, name)
            while parent[name] != name:
                name = parent[name]
            return name

        for name in self._figures:
            parent[root(name)] = root(_stem(name))
        for spec in self.specs.values():
            for part in spec.sum_of:
                parent[root(part)] = root(spec.name)
        return {name: root(name) for name in list(parent)}

    def _by_text(self) -> dict[str, set[int]]:
        found: dict[str, set[int]] = {}
        for number, ladder in enumerate(self.ladders):
            for item in ladder.singles:
                if isinstance(item, Condition):
                    found.setdefault(plain_text(item.text), set()).add(number)
        return found

    def _by_loose_total(self) -> dict[FactName, set[int]]:
        totals = [name for name, spec in self.specs.items() if spec.sum_of]
        found: dict[FactName, set[int]] = {}
        for number, ladder in enumerate(self.ladders):
            for total in loose_totals(ladder.figures, totals, self.specs):
                found.setdefault(total, set()).add(number)
        return found


def _stem(name: FactName) -> FactName:
    window = window_of(name)
    return window[0] if window else name


def _member(item: tuple[Component, list[int]]) -> Member:
    return item[0], tuple(item[1])


def _ready(levels: tuple[Level, ...], specs: Mapping[str, FactSpec], made: dict[object, Ladder]) -> Ladder:
    """The ladder of ``levels``; ladders that say the same share their components."""
    key = tuple(
        (each.level, each.logic, tuple(map(_shape, each.criteria)), each.condition and _shape(each.condition))
        for each in levels
    )
    if key not in made:
        made[key] = make_ladder(levels, specs)
        return made[key]
    singles = tuple(item for level in levels for each in level_criteria(level) for item in walk(each))
    return replace(made[key], levels=levels, singles=singles)


def _shape(criterion: Criterion) -> object:
    """``criterion`` without its place and, where it has figures, without its words."""
    if isinstance(criterion, AllOf | AnyOf):
        return type(criterion).__name__, tuple(map(_shape, criterion.parts))
    if isinstance(criterion, Condition):
        return criterion.fact or plain_text(criterion.text), criterion.fact is None, criterion.out_of_scope
    return replace(criterion, text="", source=_NOWHERE, potential=False, unit="")
