"""Values as typed and as shown."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from fengsui.core.citation import Citation
from fengsui.core.errors import InputError
from fengsui.core.fact import Figure
from fengsui.core.plan.criterion import Threshold
from fengsui.core.plan.level import Grade, LadderKind, Level
from fengsui.core.reading.blocks import TextLine
from fengsui.core.response import events_dispatch as dv
from fengsui.core.response.events import Recorded
from fengsui.web import parse, show
from fengsui.web.plans.highlight import mark
from fengsui.web.plans.ladder_chart import charts

NOW = datetime(2026, 5, 1, 6, 0, tzinfo=UTC)  # 14:00 at the desk
SOURCE = Citation(document="d", clause="1.2", line=2, quote="造成3人以上10人以下死亡")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Figure.exact(8), "8人"),
        (Figure.at_least(8), "≥8人"),
        (Figure.about(8), "约8人"),
        (Figure.between(3, 9), "3至9人"),
        (None, "未知"),
        (True, "是"),
    ],
)
def test_a_figure_is_shown_as_it_was_said(value: Figure | bool | None, text: str) -> None:
    assert show.figure(value, "deaths", "zh") == text


def test_money_is_shown_in_the_words_of_the_trade() -> None:
    assert show.figure(Figure.exact(Decimal(12_500_000)), "economic_loss_cny", "zh") == "1250万元"


@pytest.mark.parametrize(
    ("minutes", "state"), [(59, "calm"), (30, "half"), (12, "late"), (0, "over"), (-90, "over")]
)
def test_a_countdown_changes_at_half_and_at_four_fifths(minutes: int, state: str) -> None:
    due = NOW + timedelta(minutes=minutes)
    assert show.countdown(due, due - timedelta(minutes=60), NOW, "zh")[0] == state


def test_an_overdue_countdown_says_so_in_words() -> None:
    assert show.countdown(NOW - timedelta(minutes=5), None, NOW, "zh")[1] == "已超时 00:05:00"


@pytest.mark.parametrize(
    ("typed", "value"), [("8", 8), ("８", 8), ("1,200", 1200), ("3万", 30000), ("1.5亿", 150_000_000)]
)
def test_numbers_are_read_as_people_type_them(typed: str, value: int) -> None:
    assert parse.number(typed) == value


@pytest.mark.parametrize("typed", ["三", "8个", "1e9", "nan", "--", "9" * 30])
def test_what_is_no_number_is_refused(typed: str) -> None:
    with pytest.raises(InputError):
        parse.number(typed)


def test_a_clock_time_is_the_latest_one_that_has_been() -> None:
    assert parse.instant("13:30", NOW) == datetime(2026, 5, 1, 5, 30, tzinfo=UTC)
    assert parse.instant("23:50", NOW) == datetime(2026, 4, 30, 15, 50, tzinfo=UTC)
    assert parse.instant("", NOW) is None
    with pytest.raises(InputError):
        parse.instant("25:99", NOW)


def test_a_quote_is_marked_across_the_breaks_of_its_lines() -> None:
    lines = [
        TextLine(number=1, text="1.2 分级"),
        TextLine(number=2, text="有下列情形：造成３人以上1"),
        TextLine(number=3, text="0人以下 死亡的。"),
    ]
    shown = mark(lines, 2, "造成3人以上10人以下死亡")
    assert [line.hit for line in shown] == [False, True, True]
    marked = [piece.text for line in shown for piece in line.pieces if piece.marked]
    assert marked == ["造成３人以上1", "0人以下 死亡"]


def test_a_quote_not_found_still_shows_its_line() -> None:
    shown = mark([TextLine(number=1, text="甲"), TextLine(number=2, text="乙")], 2, "丙")
    assert [line.hit for line in shown] == [False, True]


def level(roman: str, low: int | None, high: int | None) -> Level:
    threshold = Threshold(
        fact="deaths",
        unit="人",
        low=None if low is None else Decimal(low),
        high=None if high is None else Decimal(high),
        text="",
        source=SOURCE,
    )
    return Level(
        kind=LadderKind.EVENT_GRADE, level=Grade(roman), name="", criteria=(threshold,), source=SOURCE
    )


def test_a_gap_between_levels_is_drawn() -> None:
    whole = charts([level("IV", None, 3), level("III", 3, 10), level("II", 10, None)])
    broken = charts([level("IV", None, 3), level("III", 5, 10), level("II", 10, None)])
    assert whole[0][1][0].gaps == ()
    assert len(broken[0][1][0].gaps) == 1


def test_filled_places_are_told_by_who_leads_how_many_belong_and_what_is_empty() -> None:
    role = dv.StaffRole
    places = (
        dv.Appointment(role=role.LEAD, name="卫健委", post="health", stand_in_for="chief"),
        dv.Appointment(role=role.MEMBER, name="公安局", post="police"),
        dv.Appointment(role=role.MEMBER, name="民政局", post="civil"),
        dv.Appointment(role=role.MEMBER, name="驻军"),
    )
    event = dv.GroupStaffed(plan_id="p", group="医疗组", appointments=places)
    names = show.Names({"health": "卫健委主任", "chief": "院长", "police": "局长", "civil": "科长"})
    record = Recorded(incident_id="i", seq=1, at=NOW, by="chief", event=event, previous_hash="", hash="")
    told = show.event_line(record, names, "zh")
    assert "牵头 卫健委主任" in told
    assert "院长" in told
    assert "成员 2 个岗位" in told
    assert "空缺：成员 驻军" in told
    assert "科长" not in told
