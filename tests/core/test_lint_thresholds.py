"""Thresholds: what is planted in a clean ladder is found, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lint_plans import Band, context_of, found, ladder, names, read

CLEAN: tuple[Band, ...] = ((1, 10), (10, 30), (30, 100), (100, None))

cuts = st.lists(st.integers(2, 10_000), min_size=4, max_size=4, unique=True).map(sorted)


def bands(points: list[int]) -> list[Band]:
    spread = [point * 10 for point in points]
    return [(low, high) for low, high in zip(spread, [*spread[1:], None], strict=True)]


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(cuts)
def test_a_clean_ladder_has_no_fault(points: list[int]) -> None:
    assert found(context_of(ladder(bands(points))), "G") == ()


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(cuts, st.integers(0, 2), st.integers(1, 9))
def test_a_planted_gap_is_found_and_nothing_else(points: list[int], where: int, width: int) -> None:
    made = bands(points)
    low, high = made[where]
    made[where] = (low, high - width)
    (finding,) = found(context_of(ladder(made)), "G")
    assert finding.rule.name == "threshold-gap"
    assert finding.lines == (10 + where, 11 + where)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(cuts, st.integers(0, 2), st.integers(1, 9))
def test_a_planted_overlap_is_found_and_nothing_else(points: list[int], where: int, width: int) -> None:
    made = bands(points)
    low, high = made[where]
    made[where] = (low, high + width)
    (finding,) = found(context_of(ladder(made)), "G")
    assert finding.rule.name == "threshold-overlap"
    assert finding.lines == (10 + where, 11 + where)


def test_persons_are_whole_so_nine_and_ten_leave_no_gap() -> None:
    levels = list(ladder(CLEAN))
    (low,) = levels[0].criteria
    levels[0] = replace(levels[0], criteria=(replace(low, high=Decimal(9), high_included=True),))
    assert found(context_of(tuple(levels)), "threshold-gap") == ()


def test_the_same_figure_in_both_levels_is_an_overlap_when_both_include_it() -> None:
    levels = list(ladder(CLEAN))
    (low,) = levels[0].criteria
    levels[0] = replace(levels[0], criteria=(replace(low, high_included=True),))
    (finding,) = found(context_of(tuple(levels)), "G2")
    assert finding.data["figures"].endswith("10人")


def test_a_ladder_of_lower_bounds_alone_is_read_as_highest_wins() -> None:
    open_ = ((1, None), (10, None), (30, None), (100, None))
    assert found(context_of(ladder(open_)), "G") == ()


def test_one_open_top_among_bounded_levels_is_found() -> None:
    levels = ladder(CLEAN)
    more = ladder(((1, 5), (5, None), (50, 80), (80, None)), fact="deaths_or_missing")
    both = tuple(
        replace(one, criteria=one.criteria + two.criteria) for one, two in zip(levels, more, strict=True)
    )
    assert {each.rule.name for each in found(context_of(both), "G")} == {"threshold-open-top"}


def test_a_missing_step_is_found() -> None:
    levels = ladder(CLEAN)
    assert names(context_of((levels[0], levels[2], levels[3])), "G3") == {"level-missing-in-ladder"}


def test_an_accident_grade_is_held_against_the_law() -> None:
    levels = ladder(((None, 3), (3, 10), (10, 30), (30, None)), fact="deaths_or_missing")
    named = tuple(replace(each, name=each.name.replace("灾害", "事故")) for each in levels)
    assert names(context_of(named, "云州事故应急预案"), "G6") == set()
    (top,) = named[3].criteria
    wrong = (*named[:3], replace(named[3], criteria=(replace(top, low=Decimal(40)),)))
    assert names(context_of(wrong, "云州事故应急预案"), "G6") == {"accident-grade-against-law"}


HEAD = "云州防汛应急预案\n一、总则\n（一）适用范围\n{scope}\n二、响应\n"
TAIL = "\n三、附则\n本预案所称“以上”含本数，“以下”不含本数。"


@pytest.mark.parametrize(("figure", "expected"), [("3000", set()), ("5000", {"scope-and-levels-differ"})])
def test_the_scope_begins_where_a_level_begins(figure: str, expected: set[str]) -> None:
    text = HEAD.format(scope=f"本预案适用于需要紧急转移{figure}人以上的洪水。") + (
        "（一）Ⅰ级响应\n紧急转移安置人口1万人以上。\n（二）Ⅱ级响应\n紧急转移安置人口3000人以上1万人以下。"
    )
    assert names(read(text + TAIL), "G1") == expected


def test_bounds_without_a_closing_clause_are_found_once() -> None:
    text = HEAD.format(scope="本预案适用于北沙镇的洪水。") + (
        "（一）Ⅰ级响应\n紧急转移安置人口1万人以上。\n（二）Ⅱ级响应\n紧急转移安置人口3000人以上1万人以下。"
    )
    assert [each.rule.name for each in found(read(text), "G2")] == ["boundary-undeclared"]
    assert found(read(text + TAIL), "G2") == ()
