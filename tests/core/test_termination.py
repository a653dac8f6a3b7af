"""Who ends a response and when."""

from __future__ import annotations

from clock_outline import plan

from fengsui.core.plan.authority import Termination
from fengsui.core.plan.level import ResponseLevel
from fengsui.core.reading.extract.termination import extract_termination


def read(*texts: str, title: str = "响应终止") -> tuple[Termination, ...]:
    return extract_termination(plan(("5", title, list(texts)))).items


def test_who_proposes_and_who_decides_are_told_apart() -> None:
    (item,) = read("救灾工作结束后，由县减灾办提出建议，县减灾委决定终止响应。")
    assert (item.authority, item.proposer) == ("县减灾委", "县减灾办")


def test_approval_by_the_government_counts_as_its_decision() -> None:
    (item,) = read("现场指挥部提出终止救援的意见，报县人民政府批准。")
    assert (item.authority, item.proposer) == ("县人民政府", "现场指挥部")


def test_conditions_of_the_same_sentence_are_kept() -> None:
    (item,) = read("险情得到控制，次生、衍生灾害隐患消除后，由县指挥长宣布终止应急响应。")
    assert item.authority == "县指挥长"
    assert len(item.conditions) == 2


def test_listed_conditions_go_to_the_deciding_sentence() -> None:
    (item,) = read("终止条件：", "（1）被困人员全部救出；", "（2）险情完全消除；", "由县长决定终止应急响应。")
    assert item.conditions == ("被困人员全部救出", "险情完全消除")


def test_the_level_comes_from_the_section() -> None:
    found = extract_termination(
        plan(("5.2", "Ⅱ级响应", [("5.2.4", "响应的终止", ["险情稳定后，由副县长决定响应的终止。"])]))
    )
    assert [(item.level, item.authority) for item in found.items] == [(ResponseLevel.II, "副县长")]


def test_what_is_to_be_done_after_the_end_is_no_ending() -> None:
    assert read("应急响应终止后，各单位应及时总结经验。", title="总结") == ()


def test_a_section_on_ending_that_names_nobody_is_a_doubt() -> None:
    found = extract_termination(plan(("5", "应急结束", ["当险情得到控制，隐患消除时，应急处置工作终止。"])))
    assert [item.authority for item in found.items] == [None]
    assert [doubt.why for doubt in found.doubts] == ["no_authority"]


def test_whoever_approved_the_start_is_a_pointer_and_no_doubt() -> None:
    (item,) = read("险情排除后，由州燃气指挥部办公室提出建议，经原批准人批准后终止响应。")
    assert (item.authority, item.proposer) == ("原批准人", "州燃气指挥部办公室")


def test_the_order_to_end_may_come_before_its_circumstances() -> None:
    (item,) = read("达到下列情况时，由县指挥部下达终止救援的命令：险情得到控制，人员清点无误。")
    assert item.authority == "县指挥部"


def test_a_decision_may_name_the_end_before_its_body() -> None:
    texts = ("Ⅰ级响应结束由云州层面决定并下达。", "Ⅲ级响应结束由县网信办提出建议，县委员会决定并下达。")
    first, second = read(*texts, title="应急结束")
    assert first.authority == "云州"
    assert (second.authority, second.proposer) == ("县委员会", "县网信办")


def test_whoever_published_a_warning_lifts_it() -> None:
    found = extract_termination(
        plan(("3.4", "预警解除", ["按照“谁发布、谁解除”的原则，由发布单位宣布解除预警。"]))
    )
    assert [(item.authority, item.conditions) for item in found.items] == [("发布单位", ())]


def test_the_lead_before_the_conditions_is_no_condition() -> None:
    found = extract_termination(
        plan(("5.6", "终止条件", ["同时满足以下条件：①现场得到有效控制；②受困群众全部安置。"]))
    )
    assert [item.conditions for item in found.items] == [("现场得到有效控制", "受困群众全部安置")]
