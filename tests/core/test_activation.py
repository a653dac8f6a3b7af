"""Who may start what: each form of the sentence, and the sentences that give no power."""

from __future__ import annotations

import pytest
from clock_outline import plan

from fengsui.core.plan.authority import ActivationAuthority
from fengsui.core.plan.level import LadderKind, ResponseLevel, WarningLevel
from fengsui.core.reading.extract.activation import extract_activation
from fengsui.core.reading.extract.power_levels import LevelNames


def read(*texts: str, title: str = "分级响应") -> tuple[ActivationAuthority, ...]:
    return extract_activation(plan(("4", title, list(texts)))).items


def table(items: tuple[ActivationAuthority, ...]) -> list[tuple[str, str, str | None]]:
    return [(item.level.value if item.level else "any", item.authority, item.proposer) for item in items]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "重大险情由云州指挥部决定启动Ⅰ级、Ⅱ级应急响应程序。",
            [("I", "云州指挥部", None), ("II", "云州指挥部", None)],
        ),
        (
            "较大险情由东河县人民政府或者云州有关部门决定启动Ⅲ级应急响应程序。",
            [("III", "东河县人民政府或者云州有关部门", None)],
        ),
        ("Ⅲ级响应报县救灾委主任审批同意后启动。", [("III", "县救灾委主任", None)]),
        ("经县长批准后，启动二级响应。", [("II", "县长", None)]),
        (
            "县水利局向县指挥部提出启动Ⅱ级响应的建议，经同意后启动Ⅱ级响应。",
            [("II", "县指挥部", "县水利局")],
        ),
        (
            "县应急局局长向县长提出启动Ⅰ级响应建议，县长决定启动Ⅰ级响应。",
            [("I", "县长", "县应急局局长")],
        ),
        ("Ⅰ级响应由县指挥部提请云州人民政府启动。", [("I", "云州人民政府", "县指挥部")]),
        (
            "一级应急响应，由牵头处置的部门提出启动建议，由第一指挥长或指挥长决定。",
            [("I", "第一指挥长或指挥长", "牵头处置的部门")],
        ),
        ("总指挥下达启动县防汛应急预案的命令。", [("any", "总指挥", None)]),
        ("县应急局提出启动四级响应的建议，报县长批准。", [("IV", "县长", "县应急局")]),
        (
            "Ⅲ级、Ⅳ级应急响应分别由市、县级指挥机构负责启动。",
            [("III", "市级指挥机构", None), ("IV", "县级指挥机构", None)],
        ),
        (
            "红色、橙色预警由县长签发，黄色预警由县应急局局长签发。",
            [("I", "县长", None), ("II", "县长", None), ("III", "县应急局局长", None)],
        ),
    ],
)
def test_each_form_of_the_sentence_gives_the_power_to_the_right_body(
    text: str, expected: list[tuple[str, str, str | None]]
) -> None:
    assert table(read(text)) == expected


def test_a_sentence_that_names_a_decider_for_each_level_is_cut_at_the_levels() -> None:
    items = read("其中Ⅰ级和Ⅱ级响应报县委书记批准后启动，Ⅲ级响应报县长批准后启动，Ⅳ级响应报副县长批准后启动。")
    assert table(items) == [
        ("I", "县委书记", None),
        ("II", "县委书记", None),
        ("III", "县长", None),
        ("IV", "副县长", None),
    ]


def test_the_signer_and_the_one_who_publishes_are_kept_apart() -> None:
    (item,) = read("经县指挥部批准，由县指挥部办公室发布Ⅱ级预警信息。", title="预警发布")
    assert (item.kind, item.level) == (LadderKind.WARNING, WarningLevel.II)
    assert (item.authority, item.approver) == ("县指挥部办公室", "县指挥部")


def test_the_level_is_taken_from_the_title_where_the_sentence_has_none() -> None:
    found = extract_activation(
        plan(("5", "应急响应", [("5.1", "Ⅲ级响应", ["县指挥部决定启动应急预案，并向云州人民政府报告。"])]))
    )
    (item,) = found.items
    assert item.level is ResponseLevel.III
    assert item.report_to == ("云州人民政府",)


def test_a_duty_to_order_the_start_belongs_to_the_body_of_the_heading() -> None:
    items = extract_activation(
        plan(("2", "云州指挥部及职责", ["（1）负责下达启动和终止本预案应急响应的命令。"]))
    ).items
    assert table(items) == [("any", "云州指挥部", None)]


def test_a_body_that_merely_starts_yields_to_the_one_that_decides() -> None:
    items = read("Ⅱ级响应由县长决定启动。", "县应急局立即启动Ⅱ级响应预案。")
    assert table(items) == [("II", "县长", None)]


def test_a_body_that_starts_only_its_own_plan_holds_no_power() -> None:
    assert read("事故发生后，事故单位应当立即启动相关应急预案。", title="先期处置") == ()


def test_a_start_by_nobody_named_is_a_doubt() -> None:
    found = extract_activation(plan(("5.3", "三级响应", ["在云州政府的领导下，立即启动三级响应。"])))
    assert found.items == ()
    assert [doubt.why for doubt in found.doubts] == ["no_authority"]


def test_every_power_is_cited_with_clause_and_line() -> None:
    (item,) = read("Ⅱ级响应由县长决定启动。")
    assert (item.source.clause, item.source.line) == ("4", 3)
    assert item.authority in item.source.quote


def test_commanding_counts_as_deciding_only_where_nothing_better_is_said() -> None:
    items = read("Ⅳ级险情由县指挥部负责组织救援。", "Ⅲ级以上险情由云州指挥部负责处置。")
    assert table(items) == [
        ("IV", "县指挥部", None),
        ("I", "云州指挥部", None),
        ("II", "云州指挥部", None),
        ("III", "云州指挥部", None),
    ]


def test_a_duty_may_decide_on_a_start_after_what_leads_up_to_it() -> None:
    items = read("1.分析紧急状态，决定启动应急程序。", title="总指挥的职责")
    assert table(items) == [("any", "总指挥", None)]


def test_other_words_of_a_duty_are_not_the_level_it_starts() -> None:
    text = "东河县指挥部职责：启动应急预案，指挥扑灭重大疫情；划分特别重大、重大、较大和一般疫情。"
    assert table(read(text, title="组织机构"))[:1] == [("any", "东河县指挥部", None)]


def test_the_hazard_a_plan_is_named_after_is_not_a_level() -> None:
    names = LevelNames((("特别重大", "I"), ("重大", "II")), subject=("重大虫害",))
    assert names.find("重大虫害疫情发生后") == ()
    assert names.find("发生特别重大虫害疫情时") == ("I",)
    assert names.find("发生重大突发疫情时") == ("II",)


def test_whom_a_start_is_asked_of_may_start_it() -> None:
    items = read("确定一级疫情后，立即向云州指挥部申请启动应急预案。")
    assert table(items) == [("I", "云州指挥部", None)]


def test_one_level_told_apart_leaves_the_general_power_standing() -> None:
    items = read("县指挥部可根据险情启动县应急预案。", "Ⅰ级险情，由云州指挥部决定启动Ⅰ级响应。")
    assert table(items) == [("any", "县指挥部", None), ("I", "云州指挥部", None)]


def test_colours_have_levels_above_and_below_them() -> None:
    items = read(
        "县应急办发布黄色及以下预警。", "橙色及以上的预警，由云州指挥部依权限确定并发布。", title="预警发布"
    )
    assert table(items) == [
        ("III", "县应急办", None),
        ("IV", "县应急办", None),
        ("I", "云州指挥部", None),
        ("II", "云州指挥部", None),
    ]


def test_who_organises_under_a_heading_of_levels_is_its_commander() -> None:
    items = read("由县领导小组依授权统筹组织，各部门协同响应。", title="Ⅲ级、Ⅳ级响应处置")
    assert table(items) == [("III", "县领导小组", None), ("IV", "县领导小组", None)]


@pytest.mark.parametrize(
    "text",
    [
        "（1）云州气象台发布台风橙色预警信号；",
        "有下列情形之一的，启动Ⅰ级响应：",
        "云州海洋预报台发布风暴潮红色警报。",
    ],
)
def test_a_criterion_that_speaks_of_a_signal_gives_nobody_a_power(text: str) -> None:
    found = extract_activation(plan(("4", "启动条件", [text])))
    assert (found.items, found.doubts) == ((), ())


def test_the_level_may_stand_before_a_full_stop_at_the_head_of_the_paragraph() -> None:
    found = read(
        "（二）Ⅱ级响应。发生重大事故，由州应急局报副州长批准后启动。", "（三）Ⅲ级响应。由县政府启动。"
    )
    assert table(found) == [("II", "副州长", "州应急局"), ("III", "县政府", None)]


def test_a_plan_without_levels_keeps_when_it_is_started_beside_who_starts_it() -> None:
    found = extract_activation(
        plan(
            (
                "4.1",
                "启动条件",
                [
                    "当发生下列情况之一时，启动本预案：",
                    "（1）一次死亡2人以上；",
                    "（2）被困人员2小时内仍未脱险。",
                ],
            ),
            ("4.2", "启动程序", ["值班室报告指挥长，由指挥长决定启动本预案。"]),
        )
    ).items
    assert [(item.level, item.authority, item.conditions) for item in found] == [
        (None, "指挥长", ("一次死亡2人以上", "被困人员2小时内仍未脱险"))
    ]


def test_conditions_stand_with_levels_where_a_plan_has_them() -> None:
    (item,) = read("发生重大事故时，由县长启动二级响应。")
    assert item.conditions == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("启动Ⅱ级响应，由分管副州长签发。", [("II", "分管副州长")]),
        ("启动Ⅰ级响应，由州长任总指挥，并签发启动命令。", [("I", "州长")]),
        ("当达到Ⅰ级响应条件时，由县防指总指挥决定并签署启动命令。", [("I", "县防指总指挥")]),
        (
            "县办会商后提出级别建议，Ⅲ级由副指挥长批准，Ⅱ级由县委书记、县长共同批准。",
            [("III", "副指挥长"), ("II", "县委书记、县长")],
        ),
    ],
)
def test_who_signs_at_a_level_decides_on_it(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(level, body) for level, body, _ in table(read(text, title="响应程序"))] == expected


def test_who_approves_signs_where_another_declares() -> None:
    (item,) = read("经东河县人民政府批准，县指挥部宣布启动Ⅱ级应急响应。")
    assert (item.authority, item.approver) == ("县指挥部", "东河县人民政府")


def test_a_level_of_warning_may_be_approved_without_a_word_of_starting() -> None:
    found = extract_activation(
        plan(
            ("3.2", "预警发布", ["红色预警信息经县长批准，黄色、蓝色预警信息经县应急局局长批准后统一发布。"])
        )
    ).items
    assert table(found) == [
        ("I", "县长", None),
        ("III", "县应急局局长", None),
        ("IV", "县应急局局长", None),
    ]


def test_who_may_start_at_discretion_stands_beside_whoever_must() -> None:
    items = read("Ⅲ级、Ⅳ级响应由各县交通局负责启动。", "县指挥部视情启动Ⅲ级、Ⅳ级响应。")
    assert table(items) == [
        ("III", "各县交通局", None),
        ("IV", "各县交通局", None),
        ("III", "县指挥部", None),
        ("IV", "县指挥部", None),
    ]


def test_a_measure_at_discretion_is_no_power() -> None:
    assert table(read("Ⅲ级响应由县应急局负责启动。", "县水利局视情启动排涝泵站。")) == [
        ("III", "县应急局", None)
    ]


def test_a_body_that_responds_by_level_holds_the_power_where_no_level_is_told_apart() -> None:
    text = "发生疫情后，县卫健局及有关部门按照分级响应的原则，作出相应级别的应急反应。"
    assert table(read(text)) == [("any", "县卫健局及有关部门", None)]
    assert table(read(text, "Ⅰ级响应由县长决定启动，Ⅱ级响应由副县长决定启动。")) == [
        ("I", "县长", None),
        ("II", "副县长", None),
    ]


def test_a_body_that_warns_in_time_publishes_the_warning() -> None:
    (item,) = read("县卫健局根据疾控机构的监测信息，分析其发展趋势，及时作出预警。", title="预警")
    assert (item.kind, item.level, item.authority) == (LadderKind.WARNING, None, "县卫健局")
