"""Criteria judged on partial knowledge: yes, no or not yet known.

Pure: no clock, no I/O. Early figures are often lower bounds (至少8人死亡, search continues), so a figure
is a range and a criterion is met, not met, or open. A bound that the plan leaves undecided (no closing
clause on 以上/以下) keeps both readings open.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from fengsui.core.fact import FactSpec, Figure, register
from fengsui.core.facts_input import Knowledge, plain_text
from fengsui.core.grading.ranges import (
    HIGHEST,
    LOWEST,
    ZERO,
    Bound,
    Range,
    is_empty,
    is_integral,
    known_ranges,
    meet,
    unbounded,
    whole,
)
from fengsui.core.plan.criterion import AllOf, AnyOf, Condition, Criterion, FactName, Threshold
from fengsui.core.truth import Truth, all_of, any_of


@dataclass(frozen=True, slots=True)
class Reading:
    """How 以上 and 以下 are read where the plan does not say: whether the number itself counts."""

    above: bool
    below: bool


READINGS = tuple(Reading(above, below) for above in (True, False) for below in (True, False))


def figure_name(threshold: Threshold) -> FactName:
    """The fact a threshold asks for, with its period: ``rainfall_mm`` in 12 h is ``rainfall_mm_12h``."""
    if threshold.window_h is not None:
        return f"{threshold.fact}_{threshold.window_h}h"
    if threshold.window_d is not None:
        return f"{threshold.fact}_{threshold.window_d}d"
    return threshold.fact


def accepted(threshold: Threshold, reading: Reading, integral: bool) -> Range:
    """The figures that meet ``threshold`` under ``reading``."""
    low: Bound = LOWEST
    high: Bound = HIGHEST
    if threshold.low is not None:
        included = reading.above if threshold.low_included is None else threshold.low_included
        low = threshold.low, 0 if included else 1
    if threshold.high is not None:
        included = reading.below if threshold.high_included is None else threshold.high_included
        high = threshold.high, 0 if included else -1
    if threshold.positive:
        low = max(low, (ZERO, 1))
    return whole((low, high)) if integral else (low, high)


def readings_of(threshold: Threshold) -> tuple[Reading, ...]:
    """The readings that differ for this threshold: one when the plan decides both bounds."""
    above = (True, False) if threshold.low is not None and threshold.low_included is None else (True,)
    below = (True, False) if threshold.high is not None and threshold.high_included is None else (True,)
    return tuple(Reading(one, other) for one in above for other in below)


def walk(criterion: Criterion) -> Iterator[Threshold | Condition]:
    """The single criteria inside ``criterion``, in the order of the text."""
    if isinstance(criterion, AllOf | AnyOf):
        for part in criterion.parts:
            yield from walk(part)
    else:
        yield criterion


def asked_name(single: Threshold | Condition) -> FactName:
    """What a single criterion asks for: its figure, its yes/no fact, or its own words in plain form."""
    if isinstance(single, Threshold):
        return figure_name(single)
    return single.fact or plain_text(single.text)


def in_scope(criterion: Criterion) -> bool:
    """Whether ``criterion`` may be evaluated: nothing that needs a criterion on people's conduct is."""
    if isinstance(criterion, AllOf):
        return all(in_scope(part) for part in criterion.parts)
    if isinstance(criterion, AnyOf):
        return any(in_scope(part) for part in criterion.parts)
    return not (isinstance(criterion, Condition) and criterion.out_of_scope)


class Known:
    """``Knowledge`` resolved for the facts that some criteria ask for."""

    def __init__(
        self,
        knowledge: Knowledge,
        figures: Iterable[FactName],
        specs: Mapping[str, FactSpec],
        conditions: Iterable[Condition] = (),
    ) -> None:
        self.knowledge = knowledge
        self.specs = specs
        found = known_ranges(knowledge, figures, specs)
        self.ranges = found.of
        self.contradicted = found.contradicted
        self.judged = _judged_facts(knowledge, conditions)

    def figure(self, name: FactName) -> Range:
        """What ``name`` may be; everything its unit allows when nothing is known."""
        return self.ranges.get(name) or unbounded(name, self.specs)

    def answer(self, fact: FactName | None, text: str = "") -> bool | None:
        """Yes, no or unknown for a yes/no fact or for a judgement by its words."""
        if fact is not None and fact in self.knowledge.facts:
            return _yes(self.knowledge.facts[fact])
        if fact is not None and fact in self.judged:
            return self.judged[fact]
        judgements = self.knowledge.judgements
        if judgements and text and (found := judgements.get(plain_text(text))) is not None:
            return found
        if fact is not None and fact in self.knowledge.unknown:
            return None
        return False if self.knowledge.complete or self.knowledge.no_other_judgement else None


def _judged_facts(knowledge: Knowledge, conditions: Iterable[Condition]) -> dict[FactName, bool]:
    """Facts answered by a judgement on the words of a criterion that asks for them."""
    if not knowledge.judgements:
        return {}
    found: dict[FactName, bool] = {}
    for item in conditions:
        if item.fact is not None:
            answer = knowledge.judgements.get(plain_text(item.text))
            if answer is not None:
                found.setdefault(item.fact, answer)
    return found


def _yes(value: Figure | bool) -> bool | None:
    if isinstance(value, bool):
        return value
    if value.low is not None and value.low > 0:
        return True
    return False if value.high is not None and value.high <= 0 else None


def known_for(
    criteria: Iterable[Criterion],
    facts: Knowledge | Mapping[FactName, Figure | bool],
    specs: Mapping[str, FactSpec] | None = None,
) -> Known:
    """Resolve ``facts`` for what ``criteria`` ask for."""
    singles = [item for each in criteria for item in walk(each)]
    return resolve(singles, Knowledge.of(facts), register() if specs is None else specs)


def resolve(
    singles: Iterable[Threshold | Condition], knowledge: Knowledge, specs: Mapping[str, FactSpec]
) -> Known:
    """Resolve ``knowledge`` for the single criteria of one ladder."""
    singles = tuple(singles)
    figures = [figure_name(item) for item in singles if isinstance(item, Threshold)]
    return Known(knowledge, figures, specs, [item for item in singles if isinstance(item, Condition)])


def judge(
    criterion: Criterion,
    facts: Known | Knowledge | Mapping[FactName, Figure | bool],
    specs: Mapping[str, FactSpec] | None = None,
) -> Truth:
    """Say whether ``criterion`` is met by ``facts``. No figure is UNKNOWN, never zero.

    A criterion on people's conduct (``out_of_scope``) is never evaluated and stays UNKNOWN.
    """
    known = facts if isinstance(facts, Known) else known_for([criterion], facts, specs)
    if isinstance(criterion, AllOf):
        return all_of(judge(part, known) for part in criterion.parts)
    if isinstance(criterion, AnyOf):
        return any_of(judge(part, known) for part in criterion.parts)
    if isinstance(criterion, Condition):
        if criterion.out_of_scope:
            return Truth.UNKNOWN
        return Truth.of(known.answer(criterion.fact, criterion.text))
    return all_of((_judge_figure(criterion, known), _judge_cause(criterion, known)))


def _judge_cause(threshold: Threshold, known: Known) -> Truth:
    return Truth.TRUE if threshold.cause_fact is None else Truth.of(known.answer(threshold.cause_fact))


def _judge_figure(threshold: Threshold, known: Known) -> Truth:
    name = figure_name(threshold)
    figure = known.figure(name)
    integral = is_integral(name, known.specs)
    answers = {_lies(figure, accepted(threshold, each, integral)) for each in readings_of(threshold)}
    return answers.pop() if len(answers) == 1 else Truth.UNKNOWN


def _lies(figure: Range, wanted: Range) -> Truth:
    if is_empty(meet(figure, wanted)):
        return Truth.FALSE
    return Truth.TRUE if wanted[0] <= figure[0] and figure[1] <= wanted[1] else Truth.UNKNOWN
