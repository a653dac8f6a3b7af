"""Criteria in words → thresholds and conditions."""

from __future__ import annotations

import pytest
from plan_lines import shown

from fengsui.core.citation import Citation
from fengsui.core.plan.criterion import AllOf, Condition, Threshold
from fengsui.core.plan.export_levels import criterion_to_json
from fengsui.core.plan.level import BoundaryRule
from fengsui.core.reading.extract.criteria_make import Item, Parsed
from fengsui.core.reading.extract.criteria_parse import parse_item
from fengsui.core.reading.phrases.folded import fold


def read(text: str, rule: BoundaryRule | None = None, prefix: str = "") -> Parsed:
    def cite(start: int, end: int) -> Citation:
        return Citation(document="test", clause="1", line=1, quote=text[start:end])

    return parse_item(Item(fold(text), cite, prefix=prefix), rule)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("造成10人以上、30人以下死亡", [("deaths", 10, 30)]),
        ("死亡十人以上、二十九人以下", [("deaths", 10, 29)]),
        ("死亡（含失踪）3人以上", [("deaths_or_missing", 3, None)]),
        ("危及5人以上生命安全", [("people_endangered", 5, None)]),
        ("经济损失三百万元以上", [("economic_loss_cny", 3_000_000, None)]),
        ("直接经济损失1000万～5000万元", [("economic_loss_cny", 1e7, 5e7)]),
        ("修复费不足900元", [("repair_cost_cny", None, 900)]),
        ("AQI在201-300之间", [("aqi", 201, 300)]),
        ("地震震级大于等于5级", [("earthquake_magnitude", 5, None)]),
        ("死亡人数达3人", [("deaths", 3, None)]),
        ("死亡人数达到3人以上、10人以下", [("deaths", 3, 10)]),
        ("死亡3人以上（含3人）、10人以下（不含10人）", [("deaths", 3, 10)]),
        ("能见度小于500米、大于等于200米", [("visibility_m", 200, 500)]),
        ("水库水位超过汛限水位0.5米", [("above_flood_limit_m", 0.5, None)]),
        ("600兆瓦以上锅炉中断运行100小时以上", [("boiler_outage_600mw_h", 100, None)]),
        ("最低气温低于-5℃", [("min_temperature_c", None, -5)]),
        ("最低气温降至-8℃以下", [("min_temperature_c", None, -8)]),
        ("最低气温零下9℃至零下14℃", [("min_temperature_c", -14, -9)]),
        ("最低气温－9～－14℃", [("min_temperature_c", -14, -9)]),
        ("东河站水位达到或超过31.5米", [("water_level_m", 31.5, None)]),
        ("潮位超过当地橙色警戒潮位0.4米以上", [("above_warning_tide_m", 0.4, None)]),
        ("近海有效波高达6米以上", [("wave_height_m", 6, None)]),
        ("东河发生30年一遇以上洪水", [("flood_return_period_y", 30, None)]),
        ("减供负荷达到事故前总负荷的35%以上", [("power_load_lost_pct", 35, None)]),
        ("减供负荷90万千瓦以上", [("power_load_lost_mw", 900, None)]),
        ("发病水平超过前四年同期平均水平2.5倍以上", [("incidence_times", 2.5, None)]),
        ("一周内发病水平超过前五年同期平均发病水平4倍以上", [("incidence_ratio_to_5y_mean", 4, None)]),
        ("病例数超过近5年同期均值2倍以上", [("incidence_ratio_to_5y_mean", 2, None)]),
        ("东河航道断航40小时以上", [("waterway_blocked_h", 40, None)]),
        ("东河干线航道长时间断航或特别严重堵塞超过30小时", [("waterway_blocked_h", 30, None)]),
        ("船闸因故障停航达20小时", [("waterway_blocked_h", 20, None)]),
        (
            "造成北港等重要港口进出港航道较严重堵塞30小时以上、60小时以下的",
            [("port_channel_blocked_h", 30, 60)],
        ),
        ("云州港口瘫痪50小时以上", [("port_channel_blocked_h", 50, None)]),
        ("同时发生4起以上危险性较大的森林火灾", [("fires", 4, None)]),
        ("日平均气温下降11℃以上", [("temperature_drop_c", 11, None)]),
        ("被困6人以上，启动二级响应，由矿长下达命令，同时上报县应急局", [("trapped", 6, None)]),
        (
            "连续4天日最高气温在36℃以上",
            [("all", ("max_temperature_c", 36, None), ("duration_d", 4, None))],
        ),
        ("流感样病例13例以上，或住院3人以上", [("infected_cases", 13, None), ("hospitalised", 3, None)]),
        ("4人以下死亡或11人以上急性重度放射病", [("deaths", None, 4), ("radiation_sick", 11, None)]),
        ("造成或可能造成直接经济损失1.3亿元以上", [("economic_loss_cny", 130_000_000, None)]),
        ("死亡5人以上，且未达到重大事故标准的", [("deaths", 5, None)]),
        ("AQI大于220将持续3天（72小时）及以上", [("all", ("aqi", 220, None), ("duration_d", 3, None))]),
        ("高温天气持续6天", [("duration_d", 6, None)]),
        ("明火9小时尚未扑灭", [("fire_unextinguished_h", 9, None)]),
        (
            "15小时内可能出现或者已经出现6级以上大风，且已连续18天无降雨",
            [("all", ("wind_force", 6, None), ("duration_d", 18, None))],
        ),
        (
            "造成13万以上、70万以下用户通信中断",
            [("customers_without_network", 130_000, 700_000)],
        ),
        (
            "没有人员死亡，房屋倒塌20间以上",
            [("all", ("deaths", 0, 0), ("houses_collapsed_or_severely_damaged_rooms", 20, None))],
        ),
    ],
)
def test_figures_with_their_bounds_are_read(text: str, expected: list[object]) -> None:
    assert [shown(c) for c in read(text).criteria] == expected


def test_alternatives_joined_by_or_are_separate_criteria() -> None:
    found = read("造成4人以上12人以下死亡，或者20人以上重伤，或直接经济损失2亿元以上的事故")
    assert [shown(c) for c in found.criteria] == [
        ("deaths", 4, 12),
        ("injured_serious", 20, None),
        ("economic_loss_cny", 2e8, None),
    ]
    assert not found.doubts


def test_two_units_before_one_bound_are_alternatives() -> None:
    found = read("房屋倒塌40间或15户以上、80间或25户以下")
    assert [shown(c) for c in found.criteria] == [
        ("houses_collapsed_or_severely_damaged_rooms", 40, 80),
        ("houses_collapsed_or_severely_damaged_households", 15, 25),
    ]


def test_a_figure_without_its_own_words_takes_those_said_before() -> None:
    found = read("因旱需救助人口占农业人口6%以上、9%以下，或3000人以上、2万人以下")
    assert [shown(c) for c in found.criteria] == [
        ("drought_relief_population_pct", 6, 9),
        ("drought_relief_population", 3000, 20000),
    ]


def test_or_without_a_comma_binds_tighter_than_a_comma() -> None:
    (found,) = read("降雨持续，平均风力6级以上或阵风8级以上").criteria
    assert shown(found) == ("all", "降雨持续", ("any", ("wind_force", 6, None), ("gust_force", 8, None)))


def test_the_period_of_measurement_is_kept() -> None:
    (first, second) = read("12小时内降水量大于70mm或24小时内降水量大于100mm").criteria
    assert isinstance(first, Threshold)
    assert isinstance(second, Threshold)
    assert (first.window_h, first.low_included) == (12, False)
    assert second.window_h == 24


def test_a_known_cause_makes_the_figure_depend_on_it() -> None:
    (found,) = read("压力管道有毒介质泄漏，造成1000人以上转移的").criteria
    assert isinstance(found, Threshold)
    assert (found.fact, found.cause_fact) == ("evacuated", "toxic_leak")


def test_above_includes_and_below_stays_open_without_a_rule() -> None:
    (found,) = read("死亡3人以上10人以下").criteria
    assert isinstance(found, Threshold)
    assert (found.low_included, found.high_included) == (True, None)


def test_the_rule_of_the_plan_decides_both_ends() -> None:
    source = Citation(document="test", clause="9", line=9, quote="")
    rule = BoundaryRule(text="", above_included=False, below_included=True, source=source)
    (found,) = read("死亡3人以上10人以下", rule).criteria
    assert isinstance(found, Threshold)
    assert (found.low_included, found.high_included) == (False, True)


def test_a_dash_includes_both_ends_and_words_of_their_own_meaning_do_not_ask_the_rule() -> None:
    (dash,) = read("死亡3-9人").criteria
    (less,) = read("死亡不满10人").criteria
    (within,) = read("锅炉停运3小时以内").criteria
    assert isinstance(dash, Threshold)
    assert (dash.low_included, dash.high_included) == (True, True)
    assert isinstance(less, Threshold)
    assert (less.high_included, less.positive) == (False, False)
    assert isinstance(within, Threshold)
    assert (within.high_included, within.positive) == (True, True)


def test_an_upper_bound_alone_presupposes_that_there_is_some() -> None:
    (found,) = read("造成3人以下死亡").criteria
    assert isinstance(found, Threshold)
    assert found.positive


def test_expectation_is_marked() -> None:
    (expected,) = read("可能造成3人以上死亡").criteria
    (happened,) = read("造成3人以上死亡").criteria
    assert isinstance(expected, Threshold)
    assert expected.potential
    assert isinstance(happened, Threshold)
    assert not happened.potential


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("超出县级人民政府处置能力的事件", "beyond_county_capacity"),
        ("超出云州人民政府处置能力的事件", "beyond_prefecture_capacity"),
        ("超出自治区人民政府处置能力的事件", "beyond_region_capacity"),
        ("跨县级行政区的事件", "cross_county"),
        ("跨省级行政区的事件", "cross_province"),
        ("对交通有较大影响的事件", None),
    ],
)
def test_judgements_are_tied_to_registered_facts_by_the_level_of_government(
    text: str, fact: str | None
) -> None:
    (found,) = read(text).criteria
    assert isinstance(found, Condition)
    assert found.fact == fact


def test_conduct_of_people_is_out_of_scope() -> None:
    (found,) = read("群众聚众上访的事件").criteria
    assert isinstance(found, Condition)
    assert found.out_of_scope


@pytest.mark.parametrize(
    "text",
    ["本级预警条件由县应急局结合实际确定", "发生一般事故，由办公室主任批准启动四级响应，立即组织救援"],
)
def test_criteria_left_to_others_and_deeds_are_not_made_up(text: str) -> None:
    assert [shown(c) for c in read(text).criteria] in ([], ["发生一般事故"])


def test_what_is_then_done_is_no_criterion() -> None:
    found = read("降水量100毫米以上，由副指挥长发布预警信息")
    assert [shown(c) for c in found.criteria] == [("rainfall_mm", 100, None)]


def test_a_figure_that_is_not_in_the_register_is_kept_with_a_doubt() -> None:
    found = read("损毁桥梁5座以上")
    assert [shown(c) for c in found.criteria] == [("other:损毁桥梁", 5, None)]
    assert [doubt.why for doubt in found.doubts] == ["no_fact_for_phrase"]


def test_a_figure_that_is_not_understood_is_a_doubt_and_no_threshold() -> None:
    found = read("渗漏量超过设计值3倍以上")
    assert not any(isinstance(c, Threshold | AllOf) for c in found.criteria)
    assert [doubt.why for doubt in found.doubts] == ["bound_not_read"]


def test_figures_of_harm_joined_by_a_comma_alone_are_alternatives_in_doubt() -> None:
    found = read("死亡3人以上，重伤10人以上")
    assert len(found.criteria) == 2
    assert [doubt.why for doubt in found.doubts] == ["alternatives_assumed"]


def test_figures_beside_one_that_went_astray_are_in_doubt() -> None:
    assert [doubt.why for doubt in read("人以上、30人以下死亡").doubts] == ["figure_lost"]
    assert not read("死亡二人以下").doubts


def test_a_range_turned_upside_down_by_damage_is_a_doubt() -> None:
    found = read("死亡100人以上、0人以下")
    assert [shown(c) for c in found.criteria] == [("deaths", 100, None)]
    assert [doubt.why for doubt in found.doubts] == ["bound_not_read"]


def test_the_header_of_a_table_says_what_a_bare_figure_measures() -> None:
    found = read("3人以上10人以下", prefix="死亡人数")
    assert [shown(c) for c in found.criteria] == [("deaths", 3, 10)]


def test_every_quote_stands_in_the_text() -> None:
    text = "水厂停产，供水中断，抢修费用在8万元以上，或者至少2人受伤。"
    for criterion in read(text).criteria:
        assert criterion.source.quote in text
        assert criterion.text in text


def test_what_is_counted_is_named_beside_the_count_and_not_before_it() -> None:
    found = read("在1个城区内发生疫情，或波及4个以上流域")
    assert [shown(c) for c in found.criteria][-1] == ("other:波及", 4, None)
    assert [doubt.why for doubt in found.doubts] == ["exactly_or_more", "no_fact_for_phrase"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("符合黄色预警条件的突发事件，或由州政府指定的重要活动等事件", 2),
        ("云州气象台发布暴雨红色预警，或预报强台风将登陆云州", 2),
        ("造成道路中断或者桥梁损坏", 1),
    ],
)
def test_cases_joined_by_or_are_judged_one_by_one_where_each_is_whole(text: str, expected: int) -> None:
    assert len(read(text).criteria) == expected


def test_the_colour_of_a_warning_signal_is_a_value_and_no_judgement() -> None:
    (condition,) = read("云州气象台发布暴雪橙色预警信号").criteria
    assert isinstance(condition, Condition)
    assert condition.signal == "橙色"
    shown_as = criterion_to_json(condition)
    assert (shown_as["metric"], shown_as["op"], shown_as["value"]) == ("warning_signal", "==", "橙色")
    assert "qualitative" not in shown_as


def test_a_figure_that_borrows_its_meaning_from_words_before_is_in_doubt() -> None:
    found = read("作物受旱面积占播种面积的26%以上，或县城自来水减压7%以上")
    assert [doubt.why for doubt in found.doubts] == ["fact_said_before"]
    assert not read("3小时内降雨量达100毫米以上，或者已达100毫米以上").doubts


def test_a_premise_before_two_cases_is_in_doubt_for_the_second() -> None:
    found = read("其他县电网，减供负荷达到总负荷的45%以上，或者55%以上供电用户停电")
    assert len(found.criteria) == 2
    assert [doubt.why for doubt in found.doubts] == ["premise_of_first"]
