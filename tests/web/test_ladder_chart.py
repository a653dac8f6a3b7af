"""A number line shows what no level covers and what two levels cover."""

from __future__ import annotations

from decimal import Decimal

from fengsui.core.citation import Citation
from fengsui.core.plan.criterion import Threshold
from fengsui.core.plan.level import Grade, LadderKind, Level
from fengsui.web.plans.ladder_chart import Chart, charts

HERE = Citation(document="d", clause="1.3", line=7, quote="死亡")


def level(roman: str, low: int | None, high: int | None, *, high_included: bool = False) -> Level:
    bounds = Threshold(
        fact="deaths",
        unit="人",
        low=None if low is None else Decimal(low),
        high=None if high is None else Decimal(high),
        high_included=high_included,
        text="死亡",
        source=HERE,
    )
    return Level(kind=LadderKind.EVENT_GRADE, level=Grade(roman), name=roman, criteria=(bounds,), source=HERE)


def drawn(*levels: Level) -> Chart:
    ((_, (chart,)),) = charts(levels)
    return chart


def test_levels_that_meet_have_neither_gap_nor_overlap() -> None:
    chart = drawn(level("IV", None, 3), level("III", 3, 10), level("II", 10, None))
    assert (chart.gaps, chart.overlaps) == ((), ())


def test_what_no_level_covers_is_a_gap() -> None:
    assert len(drawn(level("IV", None, 3), level("III", 5, 10)).gaps) == 1


def test_what_two_levels_cover_is_an_overlap() -> None:
    assert len(drawn(level("IV", 1, 5), level("III", 3, 10)).overlaps) == 1


def test_a_number_that_both_levels_include_is_an_overlap() -> None:
    assert len(drawn(level("IV", 1, 3, high_included=True), level("III", 3, 10)).overlaps) == 1


def test_a_level_without_an_end_runs_on_below_the_graver_one() -> None:
    assert drawn(level("IV", 1, None), level("III", 3, None)).overlaps == ()
