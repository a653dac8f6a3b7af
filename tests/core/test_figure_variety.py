"""Figures and judgements of criteria in the words of many kinds of plans."""

from __future__ import annotations

import pytest
from plan_lines import levels_of, shown

from fengsui.core.plan.criterion import Threshold
from fengsui.core.plan.level import Level, Logic


def read(*items: str) -> tuple[Level, list[str]]:
    """The level whose items these are, and the doubts about it."""
    lines = "\n".join(items)
    found = levels_of(f"1.4 事件分级\n（1）较大事件（Ⅲ级）\n出现下列情况之一的：\n{lines}\n2 组织体系\n")
    (level,) = found.items
    return level, [doubt.why for doubt in found.doubts]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "积水深度超过50厘米，积水时间2小时以上。",
            [("waterlogging_cm", 50, None), ("waterlogging_h", 2, None)],
        ),
        (
            "县城日供水量减少30%以上，影响居民2万人以上。",
            [("supply_cut_pct", 30, None), ("people_affected", 20000, None)],
        ),
        ("火场持续12小时以上未得到有效控制。", [("fire_unextinguished_h", 12, None)]),
        (
            "燃气中断供应24小时以上，影响居民用户1万户以上。",
            [("gas_stop_h", 24, None), ("customers_without_gas", 10000, None)],
        ),
        (
            "核心业务系统中断运行6小时以上，影响100万用户以上。",
            [("network_stop_h", 6, None), ("customers_without_network", 1000000, None)],
        ),
        ("药品不良反应10人以上30人以下。", [("adverse_reactions", 10, 30)]),
        ("道路结冰厚度超过5毫米。", [("road_ice_mm", 5, None)]),
        ("10辆以上车辆连环相撞。", [("vehicles_involved", 10, None)]),
    ],
)
def test_a_figure_is_of_the_fact_that_is_spoken_of(text: str, expected: list[object]) -> None:
    level, doubts = read(text)
    assert [shown(criterion) for criterion in level.criteria] == expected
    assert not doubts


def test_cases_of_a_disease_are_counted_and_their_period_is_in_doubt() -> None:
    level, doubts = read("一周内在一个县域内发生霍乱10例以上。")
    assert [shown(criterion) for criterion in level.criteria] == [("infected_cases", 10, None)]
    assert doubts == ["period_left_out"]


def test_a_period_said_in_words_is_the_period_of_the_rain() -> None:
    level, _ = read("三天内累计降雨量达150毫米以上。")
    (rain,) = level.criteria
    assert isinstance(rain, Threshold)
    assert (rain.low, rain.window_d) == (150, 3)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1个县（区）范围内发生特大暴雨。", ("counties_affected", 1, 1)),
        ("1个镇的3个以上疫点发生疫情。", ("towns_affected", 1, 1)),
    ],
)
def test_a_place_without_以上_is_exact_and_in_doubt(text: str, expected: object) -> None:
    level, doubts = read(text)
    assert shown(level.criteria[0]) == expected
    assert "exactly_or_more" in doubts


def test_one_death_without_以上_is_in_doubt() -> None:
    _, doubts = read("造成1人死亡的。")
    assert doubts == ["exactly_or_more"]


@pytest.mark.parametrize(
    "text",
    [
        "未来24小时可能受台风影响，平均风力可达8级以上。",
        "预计未来12小时将出现强降雨，雨量达50毫米以上。",
    ],
)
def test_weather_that_the_figure_measures_is_no_judgement_of_its_own(text: str) -> None:
    level, _ = read(text)
    (figure,) = level.criteria
    assert isinstance(figure, Threshold)
    assert figure.potential


def test_a_premise_that_no_figure_says_again_stays() -> None:
    level, _ = read("发生在敏感地区，死亡3人以上的。")
    assert level.logic is Logic.ALL
    assert [shown(criterion) for criterion in level.criteria] == ["发生在敏感地区", ("deaths", 3, None)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "大型水库发生重大险情，或中型水库垮坝。",
            ["大型水库发生重大险情", "中型水库垮坝"],
        ),
        ("堤防发生决口或者重大险情。", ["堤防发生决口或者重大险情"]),
    ],
)
def test_two_whole_cases_are_two_judgements_and_two_words_are_one(text: str, expected: list[str]) -> None:
    level, _ = read(text)
    assert [shown(criterion) for criterion in level.criteria] == expected


_ONE_A_LINE = (
    "1.4 事件分级\n级别\n死亡人数（人）\n直接经济损失（万元）\n特别重大（Ⅰ级）\n≥30\n≥10000\n"
    "重大（Ⅱ级）\n10-29\n5000-9999\n2 组织体系\n"
)


def test_cells_that_stand_one_a_line_are_put_under_their_headers() -> None:
    found = levels_of(_ONE_A_LINE)
    assert [[shown(criterion) for criterion in level.criteria] for level in found.items] == [
        [("deaths", 30, None), ("economic_loss_cny", 100000000, None)],
        [("deaths", 10, 29), ("economic_loss_cny", 50000000, 99990000)],
    ]
    assert not found.doubts


def test_cells_one_a_line_with_a_header_too_few_are_in_doubt() -> None:
    found = levels_of(_ONE_A_LINE.replace("直接经济损失（万元）\n", ""))
    assert "bound_not_read" in [doubt.why for doubt in found.doubts]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("地铁线路中断运营2小时以上6小时以下。", ("rail_interrupted_h", 2, 6)),
        ("旅游包车事故造成游客10人以上受伤。", ("injured", 10, None)),
        ("景区滞留游客2000人以上。", ("passengers_stranded", 2000, None)),
        ("干旱造成2万以上农村人口饮水困难。", ("rural_drinking_difficulty_population", 20000, None)),
        ("日最高气温超过40℃。", ("max_temperature_c", 40, None)),
        ("震级5.0（含）至6.0级地震。", ("earthquake_magnitude", 5, 6)),
        ("森林火灾24小时内未得到有效控制。", ("fire_unextinguished_h", 24, None)),
    ],
)
def test_who_or_what_is_only_spoken_of_is_not_what_is_counted(text: str, expected: object) -> None:
    level, _ = read(text)
    assert [shown(criterion) for criterion in level.criteria] == [expected]


def test_a_strength_without_a_word_of_bound_is_in_doubt() -> None:
    _, doubts = read("死亡3人以上的。", "出现8级大风，影响较大的。")
    assert "bound_not_read" in doubts


def test_how_long_may_stand_between_what_is_measured_and_its_figure() -> None:
    level, _ = read("日最高气温连续5天以上超过40℃。")
    assert sorted(str(shown(criterion)) for criterion in level.criteria) == [
        "('duration_d', 5.0, None)",
        "('max_temperature_c', 40.0, None)",
    ]


def test_people_cut_off_are_people_affected() -> None:
    level, _ = read("造成10万人以上用水中断48小时以上。")
    assert [shown(criterion) for criterion in level.criteria] == [
        ("people_affected", 100000, None),
        ("water_stop_h", 48, None),
    ]


def test_a_second_case_after_an_occurrence_is_kept_and_a_deed_is_not() -> None:
    more, _ = read("发生或可能发生较大突发事件，或一般突发事件需要县级协调的。")
    deed, _ = read("发生较大突发事件时，由县应急局组织协调处置。")
    assert "需要县级协调" in "".join(str(shown(criterion)) for criterion in more.criteria)
    assert [shown(criterion) for criterion in deed.criteria] == ["发生较大突发事件时"]
