"""Steps of a response: level, actor, and what stays text."""

from __future__ import annotations

import pytest
from clock_outline import plan

from fengsui.core.plan.level import ResponseLevel
from fengsui.core.reading.extract.measures import extract_measures


def test_steps_under_a_level_carry_it_and_the_body_they_begin_with() -> None:
    items = extract_measures(
        plan(("5.3", "响应措施", [("5.3.1", "Ⅱ级响应", ["县水利局立即组织抢险；派出专家组赶赴现场。"])]))
    ).items
    assert [item.levels for item in items] == [(ResponseLevel.II,)] * 2
    assert items[0].who == "县水利局"
    assert items[0].text == "县水利局立即组织抢险"


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("云州指挥部办公室组织抢险。", "云州指挥部办公室"),
        ("东河县应急局调集物资。", "东河县应急局"),
        ("北沙镇派出所维护现场秩序。", "北沙镇派出所"),
        ("县经济发展局协调运力。", "县经济发展局"),
        ("县指导小组赶赴现场。", "县指导小组"),
        ("县红十字会协助救护。", "县红十字会"),
        ("险情发生后，县水利局立即组织抢险。", "县水利局"),
        ("由县长率有关部门赶赴现场。", "县长"),
    ],
)
def test_names_of_bodies_are_not_cut_at_words_that_look_like_verbs(text: str, who: str) -> None:
    (item,) = extract_measures(plan(("5", "响应措施", [text]))).items
    assert item.who == who


def test_the_heading_names_the_actor_where_the_sentence_does_not() -> None:
    (item,) = extract_measures(plan(("4.4", "县指挥部的响应", ["（1）立即召开会议，研究应对措施。"]))).items
    assert item.who == "县指挥部"


def test_the_line_above_a_list_names_its_actor() -> None:
    (item,) = extract_measures(
        plan(("5", "响应措施", ["县减灾委及其成员单位视情采取以下措施：", "（1）向灾区紧急调拨帐篷；"]))
    ).items
    assert item.who == "县减灾委及其成员单位"


def test_level_labels_of_paragraphs_are_read() -> None:
    items = extract_measures(
        plan(("6", "处置措施", ["一般事件（Ⅳ级）：关闭阀门，疏散群众；", "较大事件（Ⅲ级）：实行交通管制。"]))
    ).items
    assert [item.levels for item in items] == [(ResponseLevel.IV,), (ResponseLevel.III,)]


def test_start_conditions_reports_and_duties_are_no_measures() -> None:
    outline = plan(
        ("5.1", "启动条件", [("5.1.1", "Ⅰ级响应", ["需要紧急转移1000人以上。"])]),
        ("3.1", "信息报告", ["县应急局应立即报告县政府。"]),
        ("2", "成员单位职责", ["县公安局负责维护秩序。"]),
    )
    assert extract_measures(outline).items == ()


def test_a_short_plan_without_a_word_of_response_gives_its_work_sections() -> None:
    (item,) = extract_measures(plan(("二", "工作安排", ["总务处负责采购口罩，做好发放。"]))).items
    assert item.who == "总务处"


def test_watching_people_is_kept_as_text_and_marked() -> None:
    items = extract_measures(
        plan(("4", "应急处置", ["网信办负责舆情管控。", "派出所控制闹事人员。", "医院负责抢救伤员。"]))
    ).items
    assert [item.out_of_scope for item in items] == [True, True, False]


def test_plugging_a_leak_is_a_step_and_plugging_what_people_say_is_not_run() -> None:
    items = extract_measures(
        plan(("4", "应急处置", ["消防救援大队负责封堵泄漏点。", "工信局负责封堵网络言论。"]))
    ).items
    assert [item.out_of_scope for item in items] == [False, True]


def test_a_sentence_that_names_its_level_has_it() -> None:
    items = extract_measures(
        plan(
            (
                "5",
                "分级响应",
                ["启动Ⅰ级响应时，总指挥赶赴现场指挥。", "启动Ⅱ级响应时，副总指挥赶赴现场协调。"],
            )
        )
    ).items
    assert [item.levels for item in items] == [(ResponseLevel.I,), (ResponseLevel.II,)]


def test_the_level_that_is_built_upon_is_not_the_level_of_the_steps() -> None:
    lead = "在Ⅳ级响应措施的基础上，采取以下措施："
    (item,) = extract_measures(plan(("5", "Ⅲ级响应", [lead, "①县森防指派出工作组。"]))).items
    assert item.levels == (ResponseLevel.III,)


@pytest.mark.parametrize(
    "text",
    ["县森防指办公室进入应急状态。", "县森防指办公室24小时在岗值守，加强监测。", "县森防指办公室主持会商。"],
)
def test_verbs_of_a_response_tell_who_acts(text: str) -> None:
    (item,) = extract_measures(plan(("5", "响应措施", [text]))).items
    assert item.who == "县森防指办公室"


def test_who_informs_the_public_is_kept_though_its_section_is_no_response() -> None:
    found = extract_measures(
        plan(
            (
                "3",
                "运行机制",
                [
                    ("3.1", "应急处置", ["县应急局立即组织救援。"]),
                    (
                        "3.2",
                        "信息发布与舆论引导",
                        ["县级层面应对时，由县指挥部统一发布权威信息。", "发布形式包括新闻稿、访谈。"],
                    ),
                ],
            )
        )
    ).items
    assert [item.text for item in found] == [
        "县应急局立即组织救援。",
        "县级层面应对时，由县指挥部统一发布权威信息。",
    ]
