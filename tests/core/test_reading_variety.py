"""How many ways the trade has to say one thing: powers and clocks in the words of other plans."""

from __future__ import annotations

import pytest
from clock_outline import plan
from plan_lines import levels_of, shown

from fengsui.core.plan.criterion import Threshold
from fengsui.core.plan.level import LadderKind, Logic
from fengsui.core.reading.extract.activation import extract_activation
from fengsui.core.reading.extract.deadlines import extract_deadlines
from fengsui.core.reading.extract.groups import extract_groups
from fengsui.core.reading.extract.units import extract_units
from fengsui.core.reading.extract.upkeep import extract_drills


def powers(text: str) -> list[tuple[str, str]]:
    found = extract_activation(plan(("4.1", "响应启动", [text]))).items
    return sorted((item.level.value if item.level else "any", item.authority) for item in found)


def clocks(text: str) -> list[tuple[str | None, str | None, tuple[str, ...]]]:
    found = extract_deadlines(plan(("4.1", "信息报告", [text]))).items
    return [(item.within or item.every or item.by, item.who, item.to) for item in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "三级响应经云州指挥部副总指挥同意，由指挥部办公室组织实施。",
            [("III", "云州指挥部副总指挥")],
        ),
        ("启动二级响应，须经云州指挥部总指挥审批。", [("II", "云州指挥部总指挥")]),
        ("Ⅱ级应急响应的启动由云州市长签署命令。", [("II", "云州市长")]),
        ("Ⅲ级响应由云州防指秘书长签批启动。", [("III", "云州防指秘书长")]),
        ("云州救灾委副主任（应急局局长）决定进入Ⅲ级响应。", [("III", "云州救灾委副主任（应急局局长）")]),
        ("当达到Ⅱ级条件时，云州指挥部立即宣布进入Ⅱ级响应。", [("II", "云州指挥部")]),
        ("由云州防指总指挥主持会商，决定启动Ⅰ级应急响应。", [("I", "云州防指总指挥")]),
        ("三级应急响应的启动，由县防指办公室提出，县防指副指挥批准。", [("III", "县防指副指挥")]),
        ("公司总经理签发Ⅱ级响应启动令。", [("II", "公司总经理")]),
        ("县防汛办发布启动Ⅳ级应急响应的通知。", [("IV", "县防汛办")]),
        (
            "达到三级标准时，镇应急办应立即报告分管副镇长，由其决定启动三级响应。",
            [("III", "分管副镇长")],
        ),
        ("需要启动Ⅰ级响应的，由云州政府提请国务院决定。", [("I", "国务院")]),
        (
            "应急响应由云州指挥部总指挥或其授权的副总指挥启动。",
            [("any", "云州指挥部总指挥或其授权的副总指挥")],
        ),
        (
            "Ⅱ级、Ⅲ级响应分别由县长、分管副县长决定启动。",
            [("II", "县长"), ("III", "分管副县长")],
        ),
        (
            "启动Ⅲ级响应，由县人民政府组织指挥，启动Ⅳ级响应由镇人民政府组织指挥。",
            [("III", "县人民政府"), ("IV", "镇人民政府")],
        ),
        ("二级响应须县委书记或县长同意方可启动。", [("II", "县委书记或县长")]),
        ("Ⅳ级响应授权县指挥部办公室启动。", [("IV", "县指挥部办公室")]),
        ("较大突发事件，由县委常委会研究决定启动Ⅱ级响应。", [("II", "县委常委会")]),
        ("三级响应由分管副县长坐镇指挥部宣布启动。", [("III", "分管副县长")]),
        ("经云州政府分管领导批示同意，启动Ⅲ级响应。", [("III", "云州政府分管领导")]),
        ("由县森防指办公室主任签署后，启动Ⅳ级响应。", [("IV", "县森防指办公室主任")]),
        ("Ⅲ级响应的启动，由县防指副总指挥主持会商后决定。", [("III", "县防指副总指挥")]),
        ("公司应急办主任接到报告后，请示总经理启动Ⅰ级响应。", [("I", "总经理")]),
        ("出现以下情形之一，云州防指启动四级应急响应：", [("IV", "云州防指")]),
        (
            "一级响应（公司级）：公司应急指挥部总指挥下达启动综合应急预案的命令。",
            [("I", "公司应急指挥部总指挥")],
        ),
    ],
)
def test_a_power_is_found_however_it_is_said(text: str, expected: list[tuple[str, str]]) -> None:
    assert powers(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "各成员单位进入Ⅲ级响应状态后，应加强值守。",
        "出现以下情形之一的，启动四级应急响应：",
        "响应启动后，由云州指挥部召开会商会。",
    ],
)
def test_what_only_speaks_of_a_response_gives_no_power(text: str) -> None:
    assert powers(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("重大灾害2小时一报。", [("2小时", None, ())]),
        ("各镇实行一日两报。", [("一日", "各镇", ())]),
        ("进程报告按日进行。", [("1日", None, ())]),
        ("续报原则上每4小时一次。", [("4小时", None, ())]),
        ("云州气象台每隔3小时向云州指挥部提供一次滚动预报。", [("3小时", "云州气象台", ("云州指挥部",))]),
        ("死亡畜禽应当在24小时内完成无害化处理。", [("24小时", None, ())]),
        (
            "公司值班室接报后须在3分钟内通知应急指挥部成员，指挥部成员15分钟内到达指挥中心。",
            [("3分钟", "公司值班室", ("应急指挥部成员",)), ("15分钟", "指挥部成员", ())],
        ),
        (
            "疫情报告人应在2个小时内报告县畜牧局，县畜牧局2个小时内派员到现场诊断。",
            [("2个小时", "疫情报告人", ("县畜牧局",)), ("2个小时", "县畜牧局", ())],
        ),
        (
            "县防汛指挥机构应在险情发生后30分钟内报云州防汛抗旱指挥机构。",
            [("30分钟", "县防汛指挥机构", ("云州防汛抗旱指挥机构",))],
        ),
        (
            "车间主任接报后5分钟内报告厂调度室，调度室10分钟内报告总经理。",
            [("5分钟", "车间主任", ("厂调度室",)), ("10分钟", "调度室", ("总经理",))],
        ),
        ("物资管理单位接到调令2小时内装车起运。", [("2小时", "物资管理单位", ())]),
        ("云州气象台每6小时更新一次预报。", [("6小时", "云州气象台", ())]),
        ("县水文站在洪峰到来前每1小时报一次水位。", [("1小时", "县水文站", ())]),
        (
            "火灾发生地所在镇森林防火指挥部立即向县森林防火指挥部报告。",
            [("立即", "火灾发生地所在镇森林防火指挥部", ("县森林防火指挥部",))],
        ),
        (
            "县消防办公室在接到火灾报告后，应立即指挥协调消防队灭火，并同时通知县指挥部总指挥。",
            [("同时", "县消防办公室", ("县指挥部总指挥",))],
        ),
        ("值班人员接到报警后3分钟内出动。", [("3分钟", "值班人员", ())]),
        ("病例确诊后24小时内完成流行病学调查。", [("24小时", None, ())]),
        ("预警解除后2个工作日内，各县区报送总结。", [("2个工作日", "各县区", ())]),
        (
            "市场监管部门接到报告后，应当立即通报同级卫生健康部门，并在2小时内报告本级人民政府。",
            [
                ("立即", "市场监管部门", ("同级卫生健康部门",)),
                ("2小时", "市场监管部门", ("本级人民政府",)),
            ],
        ),
        ("护林员发现火情后即时向村委会报告。", [("即时", "护林员", ("村委会",))]),
    ],
)
def test_a_clock_is_found_however_it_is_said(
    text: str, expected: list[tuple[str | None, str | None, tuple[str, ...]]]
) -> None:
    assert clocks(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "24小时内发病30例以上。",
        "过去24小时内死亡3人以上。",
        "抢险队伍24小时待命。",
        "延长期限最长不超过60日。",
        "预计24小时内降雨持续。",
    ],
)
def test_a_length_that_measures_still_sets_no_clock(text: str) -> None:
    assert clocks(text) == []


def test_a_length_said_twice_is_not_its_own_event() -> None:
    found = extract_deadlines(
        plan(("4.1", "信息报告", ["县应急局应在半小时内口头、1小时内书面报告县政府。"]))
    ).items
    assert [item.after for item in found] == [None, None]


def criteria(text: str) -> list[object]:
    found = levels_of(f"1.4 事件分级\n（1）特别重大事件（Ⅰ级）\n出现下列情况之一的：\n{text}\n2 组织体系\n")
    return [shown(criterion) for criterion in found.items[0].criteria]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3个县（区）以上大部地区出现暴雪天气。", [("counties_affected", 3, None)]),
        ("2个以上县（市、区）同时发生一般洪水。", [("counties_affected", 2, None)]),
        ("3个县以上、5个县以下发生洪水。", [("counties_affected", 3, 5)]),
        ("100户居民以上停电。", [("customers_without_power", 100, None)]),
        ("超过2000辆车滞留。", [("vehicles_stranded", 2000, None)]),
        ("主要支流2站以上超警戒水位。", [("stations_above_warning", 2, None)]),
        ("24小时内地面最低温度将下降到-3℃以下。", [("min_temperature_c", None, -3)]),
        ("最低气温24小时内下降8℃以上。", [("temperature_drop_c", 8, None)]),
        ("气温降幅≥12℃。", [("temperature_drop_c", 12, None)]),
        ("PM2.5浓度大于250微克/立方米。", [("pm25_ugm3", 250, None)]),
        ("流量超过3000立方米/秒。", [("flow_m3s", 3000, None)]),
        ("过火面积达500亩以上。", [("burnt_area_mu", 500, None)]),
        ("涉险10人以上。", [("people_endangered", 10, None)]),
        ("直接经济损失3000万以上。", [("economic_loss_cny", 30000000, None)]),
        ("牲畜死亡1万头（只）以上。", [("livestock_dead", 10000, None)]),
        ("家禽发病死亡5000羽以上。", [("poultry_dead", 5000, None)]),
        ("4.0级≤M<5.0级地震。", [("earthquake_magnitude", 4, 5)]),
        ("10人≤死亡人数<30人。", [("deaths", 10, 30)]),
        ("50mm≤24小时降雨量<100mm。", [("rainfall_mm", 50, 100)]),
        ("烈度达Ⅶ度以上。", [("earthquake_intensity", 7, None)]),
        ("网络中断影响10万用户以上。", [("customers_without_network", 100000, None)]),
        ("水位超警戒1.5米以上。", [("above_warning_level_m", 1.5, None)]),
        ("火灾明火持续48小时未扑灭。", [("fire_unextinguished_h", 48, None)]),
        ("地铁停运1小时以上。", [("rail_interrupted_h", 1, None)]),
        ("中毒100人以上，或致死10人以上。", [("poisoned", 100, None), ("deaths", 10, None)]),
        ("受伤（包括急性中毒）100人以上。", [("injured", 100, None)]),
        ("发生12级以上台风。", [("wind_force", 12, None)]),
        ("瞬时风速达25米/秒以上。", [("wind_speed_ms", 25, None)]),
        ("冰雹直径20毫米以上。", [("hail_mm", 20, None)]),
        ("旅客列车中断运行3小时。", [("rail_interrupted_h", 3, None)]),
        ("无有效降水45天。", [("duration_d", 45, None)]),
        ("水库蓄水量不足正常年份的50%。", [("water_storage_pct", None, 50)]),
        ("直接经济损失占上年度GDP的1%以上。", [("loss_gdp_pct", 1, None)]),
        ("火场距省界5公里以内。", [("border_distance_km", None, 5)]),
    ],
)
def test_a_figure_is_found_however_it_is_said(text: str, expected: list[object]) -> None:
    assert criteria(text) == expected


def test_a_bracket_after_a_range_says_for_each_end_whether_it_belongs() -> None:
    found = levels_of(
        "1.4 事件分级\n（1）较大事件（Ⅲ级）\n死亡人数在3人以上10人以下（含3人，不含10人）。\n2 组织体系\n"
    )
    (bounds,) = found.items[0].criteria
    assert isinstance(bounds, Threshold)
    assert (bounds.low_included, bounds.high_included) == (True, False)


def test_a_share_of_a_whole_is_in_doubt() -> None:
    found = levels_of("1.4 事件分级\n（1）较大事件（Ⅲ级）\n影响县城1/3以上区域供水的。\n2 组织体系\n")
    assert "bound_not_read" in [doubt.why for doubt in found.doubts]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("死亡牛羊500头。", "bound_not_read"),
        ("潮位超过警戒潮位50厘米。", "bound_not_read"),
        ("10分钟降雨量达20毫米。", "period_left_out"),
    ],
)
def test_a_figure_that_is_not_wholly_read_is_in_doubt(text: str, why: str) -> None:
    found = levels_of(f"1.4 事件分级\n（1）较大事件（Ⅲ级）\n{text}\n2 组织体系\n")
    assert why in [doubt.why for doubt in found.doubts]


def test_a_level_of_attention_stands_below_the_fourth() -> None:
    assert powers("预计三天内有强降雨时，由云州防办主任启动关注级应急响应。") == [("V", "云州防办主任")]


def test_what_cannot_be_done_in_a_time_sets_no_clock() -> None:
    assert clocks("30分钟内无法恢复供电。") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("死亡3人以上时，由云州指挥部启动Ⅰ级响应。", ("deaths", 3, None)),
        ("死亡3人以上的，应在2小时之内由云州指挥部启动Ⅰ级响应。", ("deaths", 3, None)),
    ],
)
def test_a_sentence_that_starts_a_level_says_what_reaches_it(text: str, expected: object) -> None:
    found = levels_of(f"4 应急响应\n4.1 响应分级\n{text}\n")
    assert [shown(criterion) for level in found.items for criterion in level.criteria] == [expected]


def test_how_large_a_grid_is_reaches_no_level_by_itself() -> None:
    assert criteria("电网负荷600兆瓦以上的，减供负荷60%以上。") == [
        ("grid_load_mw", 600, None),
        ("power_load_lost_pct", 60, None),
    ]
    found = levels_of("1.4 事件分级\n（1）重大事件（Ⅱ级）\n电网负荷600兆瓦以上的，减供负荷60%以上。\n")
    assert found.items[0].logic is Logic.ALL


def test_a_colour_published_starts_the_level_that_the_sentence_pairs_with_it() -> None:
    found = levels_of("4 应急响应\n4.1 响应分级\n发布黄色、橙色预警时，分别启动Ⅲ级、Ⅱ级响应。\n")
    assert [(str(level.level.value), shown(level.criteria[0])) for level in found.items] == [
        ("III", "发布黄色预警时"),
        ("II", "发布橙色预警时"),
    ]


def test_a_clock_before_a_start_is_no_criterion() -> None:
    assert not levels_of("4 应急响应\n4.1 响应分级\n云州指挥部接报后2小时以内的时，启动Ⅰ级响应。\n").items


def test_figures_of_a_table_are_in_the_unit_of_their_header() -> None:
    found = levels_of(
        "1.4 事件分级\n| 指标 | Ⅰ级 | Ⅱ级 |\n|---|---|---|\n| 死亡（人） | ≥30 | 10~29 |\n"
        "| 直接经济损失（万元） | ≥10000 | 5000~10000 |\n"
    )
    assert [[shown(criterion) for criterion in level.criteria] for level in found.items] == [
        [("deaths", 30, None), ("economic_loss_cny", 100000000, None)],
        [("deaths", 10, 29), ("economic_loss_cny", 50000000, 100000000)],
    ]


def test_a_period_in_which_something_appears_must_last() -> None:
    assert criteria("连续10天出现高火险天气，平均风力可达4级以上。") == [
        ("duration_d", 10, None),
        ("wind_force", 4, None),
    ]


def units(*lines: str) -> list[str]:
    return [unit.name for unit in extract_units(plan(("2.1", "指挥部", list(lines)))).items]


def test_who_a_headquarters_is_made_up_of_are_its_members() -> None:
    assert units("云州指挥部由县教育局、县公安局、县水务局等部门和单位组成。") == [
        "县教育局",
        "县公安局",
        "县水务局",
    ]
    assert units("云州指挥部由总指挥、副总指挥和成员单位组成。") == []


def test_members_printed_one_a_line_are_all_read() -> None:
    assert units("成员：县教育局", "县公安局", "县水务局", "职责：负责救援。") == [
        "县教育局",
        "县公安局",
        "县水务局",
    ]


def test_a_group_may_mark_its_lead_in_a_bracket_and_begin_with_a_dash() -> None:
    found = extract_groups(
        plan(
            (
                "2.2",
                "工作组",
                [
                    "设立以下工作组：",
                    "——综合协调组：县应急局（组长单位）、县政府办。",
                    "——医疗救治组，由县卫健局牵头，县医院参加。",
                ],
            )
        )
    ).items
    assert [(group.name, group.lead) for group in found] == [
        ("综合协调组", "县应急局"),
        ("医疗救治组", "县卫健局"),
    ]


def test_groups_numbered_in_wide_digits_are_read() -> None:
    found = extract_groups(
        plan(("2.2", "工作组", ["（１）综合协调组。由县应急局牵头。", "（２）医疗救治组。由县卫健局牵头。"]))
    ).items
    assert [group.lead for group in found] == ["县应急局", "县卫健局"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("一级：造成游客30人以上死亡。", [("deaths", 30, None)]),
        ("一级：过往旅客1000人以上受困。", [("trapped", 1000, None)]),
        ("一级：河道水位达到或超过警戒水位1米。", [("above_warning_level_m", 1, None)]),
    ],
)
def test_what_befalls_people_counts_before_who_they_are(text: str, expected: list[object]) -> None:
    found = levels_of(f"4 应急响应\n4.1 响应分级\n{text}\n")
    assert [shown(criterion) for level in found.items for criterion in level.criteria] == expected


def test_a_sentence_on_who_starts_below_a_list_is_none_of_its_criteria() -> None:
    found = levels_of(
        "4 应急响应\n4.1 一级响应\n出现下列情况之一者，为一级响应：\n（1）死亡30人以上；\n"
        "4.1.2 一级响应由云州防指副总指挥批准启动，防指办公室发布。\n"
    )
    assert [shown(item) for level in found.items for item in level.criteria] == [("deaths", 30, None)]


def test_a_warning_published_at_the_end_of_its_condition_is_a_level() -> None:
    found = levels_of(
        "3 预警\n3.1 暴雨预警\n过去48小时三个以上县日雨量超过100毫米，且预计未来24小时上述地区仍有"
        "50毫米以上降雨，发布暴雨红色预警。\n"
    )
    assert [(level.kind, level.level.value) for level in found.items] == [(LadderKind.WARNING, "I")]


def test_depth_and_area_in_one_list_are_in_doubt() -> None:
    found = levels_of(
        "4 响应\n4.1 一级响应\n积水深度超过1米、面积达到5平方公里以上，交通中断12小时以上的，为一级响应。\n"
    )
    assert "alternatives_assumed" in [doubt.why for doubt in found.doubts]


def test_whom_a_report_goes_to_is_nobody_who_reports_next() -> None:
    assert clocks("值班室15分钟内电话报县文旅局、30分钟内书面报县政府。") == [
        ("15分钟", "值班室", ("县文旅局",)),
        ("30分钟", "值班室", ("县政府",)),
    ]


def test_each_clock_of_a_sentence_keeps_the_level_before_it() -> None:
    found = extract_deadlines(
        plan(("4.1", "报告", ["县防指Ⅰ级响应期间每日7时报一次，Ⅱ级响应期间每日15时报一次。"]))
    ).items
    assert [[level.value for level in item.levels] for item in found] == [["I"], ["II"]]


def test_members_in_a_bracket_behind_a_group_are_read() -> None:
    found = extract_groups(
        plan(("2.3", "工作组", ["（1）监测组（县气象局、县水利局）负责布设监测点。"]))
    ).items
    assert [(group.name, group.members) for group in found] == [("监测组", ("县气象局", "县水利局"))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "发布黄色预警时，启动Ⅲ级响应；发布橙色预警时，启动Ⅱ级响应。",
            [("III", ["发布黄色预警时"]), ("II", ["发布橙色预警时"])],
        ),
        (
            "按预警实行两级响应：发布黄色预警时，启动Ⅲ级响应；发布橙色预警时，启动Ⅱ级响应。",
            [("III", ["发布黄色预警时"]), ("II", ["发布橙色预警时"])],
        ),
        ("一级响应（公司级以上）：有下列情形之一的：a）死亡1人以上。", [("I", [("deaths", 1, None)])]),
    ],
)
def test_a_level_is_found_behind_a_colon_a_colour_or_a_bracket(text: str, expected: list[object]) -> None:
    found = levels_of(f"4 应急响应\n4.1 响应分级\n{text}\n")
    assert [
        (level.level.value, [shown(item) for item in level.criteria]) for level in found.items
    ] == expected


def test_each_interval_of_drills_is_read() -> None:
    text = "每年至少组织一次综合预案演练，每半年至少组织一次现场处置方案演练。"
    found = extract_drills(plan(("6.1", "预案演练", [text]))).items
    assert [item.every for item in found] == ["1年", "半年"]


def test_a_body_that_leads_a_response_commands_it() -> None:
    assert powers("应对较大地震灾害，启动Ⅲ级响应，在省的支持下由市抗震救灾指挥部领导。") == [
        ("III", "市抗震救灾指挥部")
    ]


def test_who_reports_may_be_said_after_the_rhythm() -> None:
    found = clocks("实行每日零报告制度，每天16时前由校医将情况报区教育局。")
    assert {who for _, who, _ in found} == {"校医"}


def test_whom_an_event_befell_is_no_part_of_it() -> None:
    found = extract_deadlines(plan(("4.1", "报告", ["县地震局在震后10分钟内将震级报县政府。"]))).items
    assert [(item.after, item.start.value, item.who) for item in found] == [("震后", "occurred", "县地震局")]


def test_cars_are_counted_in_either_word_and_a_premise_before_or_is_in_doubt() -> None:
    found = levels_of("4 应急响应\n4.1 响应分级\n一级：滞留车辆2000台以上。\n")
    assert [shown(item) for item in found.items[0].criteria] == [("vehicles_stranded", 2000, None)]
    found = levels_of(
        "4 应急响应\n4.1 响应分级\n一级：负荷2000兆瓦以上的城市减供负荷40%以上，或50%以上供电用户停电。\n"
    )
    assert "premise_of_first" in [doubt.why for doubt in found.doubts]


def test_a_grade_that_is_confirmed_starts_its_level() -> None:
    found = levels_of("4 应急响应\n4.1 响应分级\n确认特别重大疫情后，由云州指挥部启动Ⅰ级响应。\n")
    assert [level.level.value for level in found.items] == ["I"]


def test_who_is_on_the_spot_may_start_a_level() -> None:
    assert powers("四级响应由值班领导现场启动。") == [("IV", "值班领导")]
