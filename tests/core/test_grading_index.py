"""Many plans at once give exactly what each plan gives alone."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from core.invented_ladders import SPECS, knowledge, ladders
from fengsui.core.fact import Figure
from fengsui.core.facts_input import Knowledge
from fengsui.core.grading.grade import grade_plan
from fengsui.core.grading.index import GradingIndex
from fengsui.core.plan.level import Level

Plan = tuple[Level, ...]


def assert_same(index: GradingIndex, plans: list[Plan], known: Knowledge) -> None:
    answer = index.grade(known)
    for number, plan in enumerate(plans):
        alone = {each.scheme: (each.grade, each.possible) for each in grade_plan(plan, known, SPECS)}
        together = {scheme: (each.grade, each.possible) for scheme, each in answer.of_plan(number).items()}
        assert together == alone


@settings(max_examples=15, deadline=None)
@given(st.lists(ladders(), max_size=6), st.lists(knowledge(), min_size=1, max_size=3), st.booleans())
def test_the_index_equals_grading_plan_by_plan(
    plans: list[Plan], known: list[Knowledge], complete: bool
) -> None:
    index = GradingIndex(plans, SPECS)
    for each in known:
        assert_same(index, plans, each)
        closed = Knowledge(facts=each.facts, judgements=each.judgements, complete=complete)
        assert_same(index, plans, closed)


@settings(max_examples=15, deadline=None)
@given(st.lists(ladders(), min_size=1, max_size=4), knowledge(), st.sampled_from(sorted(SPECS)))
def test_a_fact_said_to_be_unknown_stays_open_though_all_else_is_complete(
    plans: list[Plan], known: Knowledge, name: str
) -> None:
    facts = {key: value for key, value in known.facts.items() if key != name}
    closed = Knowledge(facts=facts, complete=True, unknown=frozenset([name]))
    assert_same(GradingIndex(plans, SPECS), plans, closed)


def test_an_index_of_no_plans_answers_nothing() -> None:
    answer = GradingIndex([], SPECS).grade({"lost": Figure.exact(3)})
    assert answer.outcomes == []
