"""A response ladder that only names grades follows the event ladder, level by level."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fengsui.core.fact import Figure
from fengsui.core.plan.criterion import Condition
from fengsui.core.plan.level import LadderKind, Level, ResponseLevel
from fengsui.core.response.mapping import Via, suggest
from fengsui.core.response.standing import grade_by_plan
from response_builders import CONTENT, PLAN, cite, levels, with_content

NAMED = {
    "I": "发生特别重大、重大事故",
    "II": "发生特别重大、重大事故",
    "III": "发生较大事故",
    "IV": "一般事故",
}
RESPONSE = tuple(
    Level(
        kind=LadderKind.RESPONSE,
        level=ResponseLevel(roman),
        name=roman,
        criteria=(Condition(text=text, source=cite("5.1", 80)),),
        source=cite("5.1", 80),
    )
    for roman, text in NAMED.items()
)
TIED = with_content(levels=(*levels(), *RESPONSE))


@pytest.mark.parametrize(("deaths", "level"), [(1, "IV"), (4, "III"), (12, "II"), (31, "I")])
def test_one_sentence_for_two_levels_is_tied_by_rank(deaths: int, level: str) -> None:
    found = grade_by_plan(TIED, {"deaths": Figure.exact(deaths)}, {})
    assert found[1].level is ResponseLevel(level)
    assert found[1].possible == ()
    assert found[1].asks == ()
    assert suggest(TIED, found).level is ResponseLevel(level)


def test_what_is_open_for_the_event_is_open_for_the_response() -> None:
    found = grade_by_plan(TIED, {"deaths": Figure.at_least(4)}, {})
    assert found[1].level is ResponseLevel.III
    assert found[1].possible == (ResponseLevel.I, ResponseLevel.II)


def test_a_person_may_say_otherwise() -> None:
    found = grade_by_plan(TIED, {"deaths": Figure.exact(1)}, {"发生较大事故": True})
    assert found[1].level is ResponseLevel.III


def test_without_a_response_ladder_the_sentence_on_starting_ties_grade_and_level() -> None:
    for deaths, level in ((4, "III"), (12, "II"), (31, "I")):
        found = suggest(PLAN, grade_by_plan(PLAN, {"deaths": Figure.exact(deaths)}, {}))
        assert (found.level, found.via) == (ResponseLevel(level), Via.ACTIVATION_SENTENCE)


def test_without_any_sentence_the_same_rank_is_taken_and_said_to_be_an_assumption() -> None:
    silent = replace(PLAN, content=replace(CONTENT, activation=()))
    found = suggest(silent, grade_by_plan(silent, {"deaths": Figure.exact(4)}, {}))
    assert (found.level, found.via, found.tie) == (ResponseLevel.III, Via.SAME_RANK, None)


def test_a_response_ladder_of_figures_stands_before_the_grade_of_the_event() -> None:
    own = with_content(levels=(*levels(), *levels(LadderKind.RESPONSE)))
    found = suggest(own, grade_by_plan(own, {"deaths": Figure.exact(4)}, {}))
    assert (found.level, found.via) == (ResponseLevel.III, Via.RESPONSE_LADDER)


def test_nothing_known_suggests_nothing_but_leaves_all_open() -> None:
    found = suggest(PLAN, grade_by_plan(PLAN, {}, {}))
    assert found.level is None
    assert found.possible[0] is ResponseLevel.I
