"""Annexes: given, only listed, only cited."""

from __future__ import annotations

from clock_outline import plan

from fengsui.core.reading.extract.attachments import extract_attachments


def annexes(*sections: object) -> list[tuple[str, str, bool]]:
    return [(each.number, each.title, each.present) for each in extract_attachments(plan(*sections)).items]


def test_an_annex_with_text_is_present_and_one_with_a_heading_alone_is_not() -> None:
    assert annexes(("附件1", "通讯录", ["值班室 12345"]), ("附件2", "组织机构图", [])) == [
        ("附件1", "通讯录", True),
        ("附件2", "组织机构图", False),
    ]


def test_a_heading_repeated_below_itself_is_no_text() -> None:
    assert annexes(("附件1", "组织机构图", ["组织机构图"])) == [("附件1", "组织机构图", False)]


def test_an_annex_announced_and_then_given_is_one() -> None:
    assert annexes(
        ("附件", "东河县防汛应急处置流程图", []), ("附件1", "防汛应急处置流程图", ["接报", "会商", "启动"])
    ) == [("附件1", "防汛应急处置流程图", True)]


def test_a_list_of_annexes_names_those_that_are_missing() -> None:
    assert annexes(
        ("7", "附则", ["附件：1.组织机构图 2.通讯录", "流程见附件3至5。"]), ("附件2", "通讯录", ["值班室"])
    ) == [
        ("附件2", "通讯录", True),
        ("附件1", "组织机构图", False),
        ("附件3", "", False),
        ("附件4", "", False),
        ("附件5", "", False),
    ]


def test_a_list_that_became_a_section_gives_its_entries() -> None:
    told = annexes(("附件", "1、组织机构图", ["2、通讯录", ("3", "物资表", [])]))
    assert told == [("附件1", "组织机构图", False), ("附件2", "通讯录", False), ("附件3", "物资表", False)]


def test_the_plan_as_annex_of_its_covering_notice_is_no_annex_of_the_plan() -> None:
    assert annexes(("", "", ["附件：云州应急预案（修订）"])) == []


def test_two_annexes_of_one_title_and_different_numbers_are_two() -> None:
    told = annexes(("附件1", "关于启动的通知（样式）", ["甲"]), ("附件2", "关于启动的通知（样式）", ["乙"]))
    assert len(told) == 2


def test_the_title_is_quoted_as_printed_whatever_stands_between_it_and_the_word() -> None:
    # 附件：停水处置流程图 in the source: the colon is not kept, so word and title are no one quote.
    (item,) = extract_attachments(plan(("附件", "停水处置流程图", ["接报"]))).items
    assert item.source.quote == "停水处置流程图"
