"""Telephone lines, with invented numbers."""

from __future__ import annotations

import pytest
from body_outline import outline, table

from fengsui.core.plan.export_bodies import contact_to_json
from fengsui.core.plan.model import Numbering
from fengsui.core.reading.blocks import Cell, Paragraph
from fengsui.core.reading.extract.contacts import extract_contacts
from fengsui.core.reading.outline import Outline, Section


def lines(*texts: str) -> list[tuple[str, str | None, str]]:
    found = extract_contacts(outline(("附件", "联系方式", list(texts)))).items
    return [(item.unit, item.post, item.phone) for item in found]


def test_a_row_gives_unit_office_and_number_without_the_persons_name() -> None:
    assert lines("7\t州水文站\t站 长 周某某\t19000000001") == [("州水文站", "站长", "19000000001")]


def test_two_officers_in_a_row_keep_their_own_numbers() -> None:
    row = "2\t州档案馆\t主 任 赵某某 副主任 钱某某\t19000000002 19000000003"
    assert lines(row) == [("州档案馆", "主任", "19000000002"), ("州档案馆", "副主任", "19000000003")]


def test_a_duty_line_stands_before_the_officers_number() -> None:
    row = "1\t州应急管理局\t0990-8111111\t孙某某 局长\t19000000004"
    assert lines(row) == [("州应急管理局", None, "0990-8111111"), ("州应急管理局", "局长", "19000000004")]


def test_a_labelled_number_belongs_to_body_and_office() -> None:
    assert lines("林场场长:19000000005") == [("林场", "场长", "19000000005")]
    assert lines("东河镇派出所报警电话:0990-8123456") == [("东河镇派出所", None, "0990-8123456")]


def test_a_number_in_a_sentence_belongs_to_the_body_before_it() -> None:
    assert lines("应立即向东河海事局（电话：0990-8654321）报告。") == [("东河海事局", None, "0990-8654321")]


def test_a_number_without_a_body_leaves_a_doubt() -> None:
    found = extract_contacts(outline(("1", "报警", ["发现火情拨打19000000006。"])))
    assert found.items == ()
    assert [doubt.why for doubt in found.doubts] == ["phone_without_body"]


def test_years_and_document_numbers_are_no_telephones() -> None:
    assert lines("云政办发〔2021〕12345678号，2021年，投入12000000000元。") == []


def test_the_cells_of_a_table_row_are_read_together() -> None:
    cells = ["1", "州水利局", "局长 李某某", "19000000007"]
    paragraphs = tuple(
        Paragraph(text=text, starts=((0, place + 2),), cell=Cell(table=0, row=1, column=place))
        for place, text in enumerate(cells)
    )
    child = Section(
        number="8", title="通讯录", clause="8", depth=1, line=1, last_line=5, paragraphs=paragraphs
    )
    root = Section(number="", title="", clause="", depth=0, line=1, last_line=5, children=(child,))
    plan = Outline(
        document="测试", title="云州预案", first_line=1, last_line=5, numbering=Numbering.NONE, root=root
    )
    contact = extract_contacts(plan).items[0]
    assert (contact.unit, contact.post, contact.phone) == ("州水利局", "局长", "19000000007")
    assert contact_to_json(contact)["line"] == 2


def test_a_joint_inside_a_name_does_not_cut_it() -> None:
    assert lines("云州发展和改革委员会 0990-8123457") == [("云州发展和改革委员会", None, "0990-8123457")]


def test_the_body_of_a_row_is_found_behind_the_name_of_a_person() -> None:
    rows = [
        ["姓名", "职务", "单位", "电话"],
        ["李某某", "局长", "县水利局", "19000000008"],
        ["李某某", "19000000009"],
    ]
    found = extract_contacts(table(*rows))
    assert [(item.unit, item.post) for item in found.items] == [("县水利局", "局长")]
    assert [doubt.why for doubt in found.doubts] == ["phone_without_body"]


def test_bodies_on_one_line_keep_their_own_numbers() -> None:
    assert lines("县交通局值班室：0990-8123451；县公安局：0990-8123452") == [
        ("县交通局值班室", None, "0990-8123451"),
        ("县公安局", None, "0990-8123452"),
    ]


def test_a_number_right_behind_the_opening_bracket_belongs_to_the_body_before_it() -> None:
    assert lines("东河县水利局（0990-8123457）负责接报。") == [("东河县水利局", None, "0990-8123457")]
    assert lines("东河县水利局电话：（0990）8123458") == [("东河县水利局", None, "（0990）8123458")]


@pytest.mark.parametrize(
    ("text", "unit", "post"),
    [
        ("东河县水利局王建新19000000010", "东河县水利局", None),
        ("东河县水利局局长王建新19000000010", "东河县水利局", "局长"),
    ],
)
def test_a_name_run_together_with_a_body_is_left_out_and_a_doubt_asks(
    text: str, unit: str, post: str | None
) -> None:
    found = extract_contacts(outline(("1", "联系方式", [text])))
    assert [(item.unit, item.post) for item in found.items] == [(unit, post)]
    assert [doubt.why for doubt in found.doubts] == ["person_with_body"]
