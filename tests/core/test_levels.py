"""Levels of a plan: the forms in which plans state them."""

from __future__ import annotations

import pytest
from plan_lines import levels_of, shown, summary

from fengsui.core.plan.export_levels import level_to_json
from fengsui.core.plan.level import Logic
from fengsui.core.reading.blocks import TextLine
from fengsui.core.reading.build_outline import build_outlines
from fengsui.core.reading.extract.levels import extract_levels


def test_a_lead_sentence_opens_a_level_and_its_list_follows() -> None:
    found = levels_of(
        "1.5 事件分级\n"
        "出现下列情况之一的为重大事件：\n（1）造成10人以上、30人以下死亡；\n"
        "（2）超出云州人民政府处置能力的事件。\n"
        "出现下列情况之一的为较大事件：\n（1）造成3人以上、10人以下死亡；\n（2）其他造成较大影响的事件。\n"
        "2 组织\n2.1 指挥部\n指挥部设在县政府。"
    )
    assert summary(found) == {
        ("event_grade", "II"): [("deaths", 10, 30), "beyond_prefecture_capacity"],
        ("event_grade", "III"): [("deaths", 3, 10), "其他造成较大影响的事件"],
    }
    assert [level.source.clause for level in found.items] == ["1.5", "1.5"]


def test_a_heading_gives_the_level_and_a_heading_below_it_the_conditions() -> None:
    found = levels_of(
        "2 应急响应\n2.1 Ⅰ级响应\n2.1.1 启动条件\n全州发生灾害，一次过程出现下列情况之一的：\n"
        "（1）死亡或可能死亡8人以上。（2）紧急转移安置1万人以上。\n"
        "2.1.2 启动程序\n（1）应急局在2小时内报告，组织100人以上队伍。\n"
        "2.2 Ⅱ级响应\n2.2.1 启动条件\n（1）死亡3人以上、8人以下。\n2.2.2 响应措施\n"
        "（1）转移群众1000人以上的，立即报告。"
    )
    assert summary(found) == {
        ("response", "I"): [("deaths", 8, None), ("evacuated", 10000, None)],
        ("response", "II"): [("deaths", 3, 8)],
    }


def test_labels_before_a_colon_open_levels_and_the_deed_tells_the_ladder() -> None:
    found = levels_of(
        "2 响应\n"
        "汛情划分为IV级（一般）、III级（较重）、II级（严重）、I级（特别严重），分别用蓝色、黄色、橙色、红色标示。\n"
        ""
        "一般汛情：12小时内降水量20-40mm的过程，由副指挥长发布预警信息。\n"
        "特别严重汛情：12小时内降水量大于150mm的过程，由指挥长发布预警信息。"
    )
    assert summary(found) == {
        ("warning", "IV"): [("rainfall_mm", 20, 40)],
        ("warning", "I"): [("rainfall_mm", 150, None)],
    }
    assert [level.color for level in found.items] == ["蓝色", "红色"]


def test_several_definitions_in_one_paragraph_are_several_levels() -> None:
    found = levels_of(
        "1.4 火灾分级\n一般火灾是指死亡4人以下的火灾。较大火灾是指死亡4人以上12人以下的火灾；\n2 组织\n略。"
    )
    assert summary(found) == {
        ("event_grade", "IV"): [("deaths", None, 4)],
        ("event_grade", "III"): [("deaths", 4, 12)],
    }
    assert [level.name for level in found.items] == ["一般火灾", "较大火灾"]


def test_the_name_may_stand_at_the_end_of_the_sentence() -> None:
    found = levels_of("1.4 事故等级\n造成3人以上10人以下死亡，或者50人以上重伤的，为较大事故。")
    assert summary(found) == {("event_grade", "III"): [("deaths", 3, 10), ("injured_serious", 50, None)]}


def test_a_response_may_be_started_by_the_grade_of_the_event() -> None:
    found = levels_of(
        "2 响应\n2.1 分级响应\n发生重大事故时，由指挥长启动二级响应。发生一般事故，由办公室主任启动四级响应。"
    )
    assert summary(found) == {("response", "II"): ["发生重大事故时"], ("response", "IV"): ["发生一般事故"]}


def test_grades_paired_with_levels_are_each_the_condition_of_their_own_level() -> None:
    found = levels_of("2 响应\n2.1 分级响应\n发生特别重大、重大事故，分别启动Ⅰ级、Ⅱ级响应。")
    assert summary(found) == {("response", "I"): ["发生特别重大事故"], ("response", "II"): ["发生重大事故"]}
    assert {level.criteria[0].source.quote for level in found.items} == {"发生特别重大、重大事故"}


def test_a_grade_may_correspond_to_a_warning_level() -> None:
    found = levels_of(
        "2 预警\n2.1 预警级别\n较大事故对应于Ⅲ级（较重）预警级别；\n一般事故对应于Ⅳ级（一般）预警级别。"
    )
    assert [(level.kind.value, level.level.value) for level in found.items] == [
        ("warning", "III"),
        ("warning", "IV"),
    ]


def test_names_outside_the_statutory_words_are_ranked_by_their_order() -> None:
    found = levels_of(
        "1.4 事故等级\n分为小事件、一般事件、大事件和特大事件。\n小事件：抢修费用不足900元的事件。\n"
        "特大事件：抢修费用在6万元以上的事件。"
    )
    assert summary(found) == {
        ("event_grade", "IV"): [("repair_cost_cny", None, 900)],
        ("event_grade", "I"): [("repair_cost_cny", 60000, None)],
    }


def test_two_hazards_make_two_ladders() -> None:
    found = levels_of(
        "2 预警\n2.1 暴雨预警\n蓝色预警：12小时内降雨量将达50毫米以上。\n"
        "红色预警：3小时内降雨量将达100毫米以上。\n"
        "2.2 大风预警\n蓝色预警：24小时内平均风力可达6级以上。\n红色预警：6小时内平均风力可达12级以上。"
    )
    assert [(level.hazard, level.level.value) for level in found.items] == [
        ("暴雨", "IV"),
        ("暴雨", "I"),
        ("大风", "IV"),
        ("大风", "I"),
    ]


def test_danger_and_disaster_are_two_ladders_of_one_hazard() -> None:
    found = levels_of(
        "1.4 分级\n大型地质灾害险情：需转移500人以上的险情。\n大型地质灾害灾情：死亡10人以上的灾情。"
    )
    assert [(level.subtype, level.level.value) for level in found.items] == [("险情", "II"), ("灾情", "II")]


def test_joined_criteria_need_all() -> None:
    found = levels_of(
        "2 预警\n2.1 旱情分级\n"
        "中度干旱：受旱面积占播种面积的比例达35%—55%；以及饮水困难人口占所在地区人口比例达25—45%，由副指挥长发布预警信息。"
    )
    (level,) = found.items
    assert level.logic is Logic.ALL
    assert len(level.criteria) == 2


def test_a_table_may_hold_one_level_a_row() -> None:
    found = levels_of(
        "1.4 事故分级\n| 级别 | 死亡人数 | 直接经济损失 |\n| --- | --- | --- |\n"
        "| 特别重大（Ⅰ级） | 30人以上 | 1亿元以上 |\n"
        "| 重大（Ⅱ级） | 10人以上30人以下 | 5000万元以上1亿元以下 |"
    )
    assert summary(found) == {
        ("event_grade", "I"): [("deaths", 30, None), ("economic_loss_cny", 1e8, None)],
        ("event_grade", "II"): [("deaths", 10, 30), ("economic_loss_cny", 5e7, 1e8)],
    }


def test_a_table_may_hold_one_level_a_column() -> None:
    found = levels_of(
        "1.4 事故分级\n| 指标 | Ⅰ级 | Ⅱ级 |\n| --- | --- | --- |\n"
        "| 死亡人数 | 30人以上 | 10人以上30人以下 |\n"
        "| 响应措施 | 州长2小时内到场 | 副州长到场 |"
    )
    assert summary(found) == {
        ("event_grade", "I"): [("deaths", 30, None)],
        ("event_grade", "II"): [("deaths", 10, 30)],
    }


def test_a_table_that_grades_the_accident_is_no_response_and_the_response_corresponds_to_it() -> None:
    found = levels_of(
        "2 响应\n2.1 分级响应\n响应等级与事故级别相对应（详见附件1）。\n附件1\n事故响应分级和启动条件\n"
        "| 级别 | 级别描述 | 事故的严重程度 |\n| --- | --- | --- |\n| Ⅱ级 | 重大 | 造成10人以上死亡的。 |"
    )
    assert summary(found) == {
        ("event_grade", "II"): [("deaths", 10, None)],
        ("response", "II"): ["达到重大"],
    }


def test_a_remark_that_the_same_holds_below_changes_later_figures() -> None:
    found = levels_of(
        "1.4 事故分级\n重大事故，是指造成50人以上重伤（包括急性工业中毒，下同）的事故；\n"
        "较大事故，是指造成10人以上重伤的事故。"
    )
    assert summary(found) == {
        ("event_grade", "II"): [("injured_serious_or_poisoned", 50, None)],
        ("event_grade", "III"): [("injured_serious_or_poisoned", 10, None)],
    }


def test_levels_that_are_only_named_have_no_criteria_and_a_doubt() -> None:
    found = levels_of("2 响应\n应急响应分为一级、二级、三级、四级。")
    assert [(level.level.value, level.criteria) for level in found.items] == [
        ("I", ()),
        ("II", ()),
        ("III", ()),
        ("IV", ()),
    ]
    assert [doubt.why for doubt in found.doubts] == ["level_without_criteria"]


def test_a_heading_may_be_the_lead_sentence() -> None:
    found = levels_of(
        "2 应急响应\n2.1 Ⅰ级应急响应\n2.1.1 出现下列情况之一者，为Ⅰ级响应\n（1）沙河发生特大洪水；\n"
        "（2）需要转移群众2万人以上。\n2.1.2 Ⅰ级响应行动\n（1）指挥长主持会商，24小时内派工作组。"
    )
    assert summary(found) == {("response", "I"): ["沙河发生特大洪水", ("evacuated", 20000, None)]}


def test_a_level_stated_twice_with_other_figures_keeps_both_and_is_in_doubt() -> None:
    found = levels_of("1.4 事件分级\n重大事件：造成10人以上死亡的事件。\n重大事件：造成20人以上重伤的事件。")
    assert summary(found) == {("event_grade", "II"): [("deaths", 10, None), ("injured_serious", 20, None)]}
    assert [doubt.why for doubt in found.doubts] == ["level_stated_twice"]


def test_measures_of_a_level_are_not_its_criteria() -> None:
    found = levels_of(
        "2 响应措施\n2.1 Ⅰ级响应\n指挥部在2小时内派出3个以上工作组，转移群众1000人以上。\n"
        "2.2 Ⅱ级响应\n加强值班。"
    )
    assert found.items == ()


def test_a_sentence_that_a_page_break_cut_in_two_is_one_criterion() -> None:
    found = levels_of(
        "2 预警分级\n红色预警：24小时内可能受大风影响，平均风力可达\n\n\n\n\n"
        "8级以上或阵风10级以上时，发布预警。"
    )
    assert summary(found) == {
        ("warning", "I"): [("wind_force", 8, None), ("gust_force", 10, None)],
    }


@pytest.mark.parametrize("numeral", ["Ⅲ", "III", "Ш", "三"])
def test_numerals_in_any_writing_are_understood(numeral: str) -> None:
    found = levels_of(f"2 响应\n2.1 {numeral}级响应\n2.1.1 启动条件\n（1）死亡3人以上。")
    assert summary(found) == {("response", "III"): [("deaths", 3, None)]}


def test_the_flat_table_has_the_shape_of_the_contract() -> None:
    found = levels_of("1.5 事件分级\n出现下列情况之一的为重大事件：\n（1）可能造成10人以上、30人以下死亡；")
    item = level_to_json(found.items[0])
    criterion = item["criteria"][0]
    assert (item["kind"], item["level"], item["logic"], item["clause"]) == ("event_grade", "II", "any", "1.5")
    assert {key: criterion[key] for key in ("metric", "lo", "hi", "hi_inclusive", "unit", "potential")} == {
        "metric": "deaths",
        "lo": 10,
        "hi": 30,
        "hi_inclusive": False,
        "unit": "人",
        "potential": True,
    }
    assert criterion["line"] == 11


def test_an_upper_bound_left_open_is_printed_as_not_included() -> None:
    found = levels_of("1.5 事件分级\n一般事件：造成3人以下死亡的事件。")
    (criterion,) = level_to_json(found.items[0])["criteria"]
    assert (criterion["op"], criterion["value"], criterion["positive"]) == ("<", 3, True)


def test_combined_criteria_hang_on_the_figure_in_the_flat_table() -> None:
    found = levels_of("1.5 事件分级\n重大事件：供水瘫痪，停水24小时以上；造成3人以上死亡。")
    first, second = level_to_json(found.items[0])["criteria"]
    assert first["metric"] == "water_stop_h"
    assert first["and_"][0]["qualitative"] is True
    assert second["metric"] == "deaths"


def test_what_is_left_over_is_a_level_too() -> None:
    found = levels_of(
        "1.4 事件分级\n（一）符合下列情形之一的，为较大事件：\n（1）造成3人以上死亡的。\n"
        "（二）除上述情形外，对生产构成一定影响的事件，为一般事件。\n2 组织\n设指挥部。"
    )
    assert ("event_grade", "IV") in summary(found)


def test_responses_named_after_grades_are_levels_of_their_own() -> None:
    found = levels_of(
        "1.4 事件分级\n（1）特别重大事件：30人以上死亡。\n（2）重大事件：10人以上30人以下死亡。\n"
        "4 应急响应\n应急响应分为四级，分别对应特别重大（Ⅰ级）、重大（Ⅱ级）、较大（Ⅲ级）和一般（Ⅳ级）事件。"
    )
    kinds = [(level.kind.value, level.level.value) for level in found.items]
    assert [level for kind, level in kinds if kind == "response"] == ["I", "II", "III", "IV"]


def test_the_subject_of_a_plan_is_no_level() -> None:
    text = (
        "云州农业重大病虫害应急预案\n一、总则\n为了防治。\n二、预警\n（一）预警级别\n1.Ⅰ级\n农业重大病虫害\n"
        "发生面积5000亩以上。\n2.Ⅱ级\n农业重大病虫害\n发生面积3000亩以上5000亩以下。\n三、附则\n由农业局解释。"
    )
    lines = [TextLine(number=i, text=line) for i, line in enumerate(text.split("\n"), 1)]
    (outline,) = build_outlines(lines, "test")
    found = [level.level.value for level in extract_levels(outline).items]
    assert found == ["I", "II"]


def test_a_numbered_list_announced_as_the_criteria_is_taken_to_its_end() -> None:
    found = levels_of(
        "5.2 Ⅰ级响应\n5.2.1 启动条件\n出现下列情况之一者，启动Ⅰ级响应：\n（1）东河发生超标准洪水。\n"
        "（2）东河水位超过保证水位，且预报继续上涨。\n（3）东河站水位达到31.5米以上。\n（4）水库加强巡查后仍有溃坝危险。\n"
        "5.2.2 响应措施\n（1）加强值守。"
    )
    assert summary(found) == {
        ("response", "I"): [
            "东河发生超标准洪水",
            "东河水位超过保证水位，且预报继续上涨",
            ("water_level_m", 31.5, None),
            "水库加强巡查后仍有溃坝危险",
        ]
    }


def test_a_clause_number_at_the_head_of_a_criterion_is_no_part_of_it() -> None:
    found = levels_of("3 分级\n3.1 重大停电事件\n3.1.1 全县停电。\n3.1.2 全州减供负荷达到总负荷的15%以上。")
    assert summary(found) == {("event_grade", "II"): ["全县停电", ("power_load_lost_pct", 15, None)]}


def test_shortage_of_water_has_a_ladder_beside_drought() -> None:
    found = levels_of(
        "4 分级\n4.1 标准\n轻度干旱：受旱面积占播种面积的比例在25%以下。\n"
        "轻度缺水：城市供水量低于正常需求量的6%至11%。"
    )
    assert [(level.hazard, shown(level.criteria[0])) for level in found.items] == [
        ("干旱", ("drought_crop_area_ratio_pct", None, 25)),
        ("缺水", ("urban_drought_shortage_pct", 6, 11)),
    ]


def test_a_lead_that_asks_for_all_makes_the_criteria_hold_together() -> None:
    (level,) = levels_of(
        "4.3 预警\n4.3.1 红色预警\n经会商，同时满足以下条件：\n（1）预测AQI大于320；\n"
        "（2）持续时间达到3天以上。"
    ).items
    assert level.logic is Logic.ALL
    assert [shown(c) for c in level.criteria] == [("aqi", 320, None), ("duration_d", 3, None)]


def test_a_name_before_a_full_stop_opens_a_level() -> None:
    found = levels_of(
        "5 分级响应\n（一）Ⅰ级响应。发生特别重大事故，由州政府启动。\n"
        "（二）Ⅱ级响应。发生重大事故，由州应急局报副州长批准后启动。"
    )
    assert summary(found) == {("response", "I"): ["发生特别重大事故"], ("response", "II"): ["发生重大事故"]}


def test_a_heading_of_several_levels_gives_its_criteria_to_each() -> None:
    found = levels_of(
        "4 响应\n4.1 Ⅰ、Ⅱ级响应\n4.1.1 启动条件\n死亡11人以上。\n4.1.2 响应措施\n立即调集120人以上队伍。\n"
        "4.2 三级和四级响应\n发生场区应急时启动。"
    )
    assert summary(found) == {
        ("response", "I"): [("deaths", 11, None)],
        ("response", "II"): [("deaths", 11, None)],
        ("response", "III"): ["发生场区应急时启动"],
        ("response", "IV"): ["发生场区应急时启动"],
    }


def test_danger_and_damage_under_one_heading_are_two_ladders() -> None:
    found = levels_of(
        "1.5 灾害分级\n1.5.1 小型险情和灾情（Ⅳ级）\n"
        "需搬迁转移90人以下的险情为小型险情。因灾死亡4人以下，或直接经济损失130万元以下的为小型灾情。\n"
        "1.5.2 中型险情和灾情（Ⅲ级）\n"
        "潜在经济损失410万元以上的险情为中型险情；因灾死亡4人以上的为中型灾情。"
    )
    assert [(level.level.value, level.subtype, len(level.criteria)) for level in found.items] == [
        ("IV", "险情", 1),
        ("IV", "灾情", 2),
        ("III", "险情", 1),
        ("III", "灾情", 1),
    ]


def test_a_hazard_may_stand_before_the_colour_of_its_warning() -> None:
    found = levels_of(
        "3 预警\n3.1 分级\n高温橙色预警：日最高气温升至38℃以上。\n暴雪橙色预警：12小时内降雪量达9毫米以上。"
    )
    assert [(level.kind.value, level.hazard, shown(level.criteria[0])) for level in found.items] == [
        ("warning", "高温", ("max_temperature_c", 38, None)),
        ("warning", "暴雪", ("snowfall_mm", 9, None)),
    ]


def test_a_signal_among_the_criteria_of_a_response_makes_no_warning_of_it() -> None:
    (level,) = levels_of(
        "6 响应启动\n6.1 响应条件\nⅢ级：县气象局发布暴雨橙色预警；或东河水位达到警戒水位。"
    ).items
    assert (level.kind.value, len(level.criteria)) == ("response", 2)


def test_the_column_of_who_approves_holds_no_criterion() -> None:
    found = levels_of(
        "4 响应分级\n4.1 分级标准\n| 响应级别 | 启动条件 | 批准人 |\n"
        "| Ⅰ级 | 死亡33人以上 | 县委书记、县长 |\n"
        "| Ⅱ级 | 死亡11人以上33人以下 | 分管副县长 |"
    )
    assert summary(found) == {
        ("response", "I"): [("deaths", 33, None)],
        ("response", "II"): [("deaths", 11, 33)],
    }
