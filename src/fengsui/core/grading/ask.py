"""The questions worth asking: unknown facts, ordered by how much they could raise the grade."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from fengsui.core.citation import Citation
from fengsui.core.fact import FactSpec
from fengsui.core.facts_input import spec_of, window_of
from fengsui.core.grading.evaluate import Known, figure_name, in_scope, judge
from fengsui.core.grading.ranges import is_exact
from fengsui.core.plan.criterion import AllOf, AnyOf, Condition, Criterion, FactName, Threshold
from fengsui.core.plan.level import AnyLevel, Level, Logic
from fengsui.core.truth import Truth


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One thing to find out.

    ``fact`` names it; "" for a judgement, which ``text`` states in the words of the plan.

    ``spec`` is its entry in the register (None: not registered), ``hours`` the period it is measured
    over, ``source`` the criterion of ``could_raise_to`` that asks.
    """

    fact: FactName
    text: str
    could_raise_to: AnyLevel
    spec: FactSpec | None
    hours: int | None
    source: Citation


def questions(levels: Iterable[Level], possible: tuple[AnyLevel, ...], known: Known) -> tuple[Question, ...]:
    """What could still reach the ``possible`` levels (highest first), each fact once, gravest first."""
    levels = tuple(levels)
    found: dict[tuple[FactName, str], Question] = {}
    bearing: dict[tuple[FactName, str], int] = {}
    for step in possible:
        asked = [
            item
            for level in levels
            if level.level is step
            for part in _open_parts(level, known)
            for item in _asked(part, step, known)
        ]
        for key in dict.fromkeys((item.fact, item.text) for item in asked):
            bearing[key] = bearing.get(key, 0) + 1
        for item in asked:
            found.setdefault((item.fact, item.text), item)

    def weight(item: Question) -> tuple[int, int, bool, int]:
        common = item.spec is not None and item.spec.common
        judgement = item.spec is None or not item.spec.is_figure
        return item.could_raise_to.rank, 0 if common else 1, judgement, -bearing[(item.fact, item.text)]

    return tuple(sorted(found.values(), key=weight))


def _open_parts(level: Level, known: Known) -> Iterator[Threshold | Condition]:
    criteria = list(level.criteria)
    if level.logic is Logic.ALL and not all(map(in_scope, criteria)):
        return
    truths = [judge(item, known) for item in criteria]
    if level.logic is Logic.ALL and Truth.FALSE in truths:
        return
    if level.condition is not None:
        if not in_scope(level.condition) or judge(level.condition, known) is Truth.FALSE:
            return
        yield from _open(level.condition, known)
    for item in criteria:
        yield from _open(item, known)


def _open(criterion: Criterion, known: Known) -> Iterator[Threshold | Condition]:
    """The single criteria that keep ``criterion`` open."""
    if not in_scope(criterion) or judge(criterion, known) is not Truth.UNKNOWN:
        return
    if isinstance(criterion, AllOf | AnyOf):
        for part in criterion.parts:
            yield from _open(part, known)
    else:
        yield criterion


def _asked(item: Threshold | Condition, step: AnyLevel, known: Known) -> Iterator[Question]:
    if isinstance(item, Condition):
        yield _question(item.fact or "", item, step, known)
        return
    if item.cause_fact is not None and known.answer(item.cause_fact) is None:
        yield _question(item.cause_fact, item, step, known)
    for name in _unsettled(figure_name(item), known):
        yield _question(name, item, step, known)


def _unsettled(name: FactName, known: Known) -> tuple[FactName, ...]:
    """``name`` if its figure is not exact; a sum that nobody gave is asked by its parts."""
    if is_exact(known.figure(name)):
        return ()
    spec = known.specs.get(name)
    if spec is None or not spec.sum_of or name in known.knowledge.facts:
        return (name,)
    return tuple(part for part in spec.sum_of if not is_exact(known.figure(part)))


def _question(name: FactName, item: Threshold | Condition, step: AnyLevel, known: Known) -> Question:
    window = None if name in known.specs else window_of(name)
    return Question(
        fact=name,
        text="" if name else item.text,
        could_raise_to=step,
        spec=spec_of(name, known.specs),
        hours=window[1] if window else None,
        source=item.source,
    )
