"""Figures of what is held ready."""

from __future__ import annotations

from decimal import Decimal

import pytest
from clock_outline import plan

from fengsui.core.plan.model import Numbering
from fengsui.core.reading.blocks import Cell, Paragraph
from fengsui.core.reading.extract.resources import extract_resources
from fengsui.core.reading.outline import Outline, Section


def resources(text: str, title: str = "物资保障") -> list[tuple[str, Decimal, str]]:
    found = extract_resources(plan(("6", "应急保障", [("6.1", title, [text])]))).items
    return [(each.name, each.quantity, each.unit) for each in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("县水利局储备编织袋5万条、水泵12台。", [("编织袋", 50000, "条"), ("水泵", 12, "台")]),
        ("调集4台铲车和两辆清障车待命。", [("铲车", 4, "台"), ("清障车", 2, "辆")]),
        ("各热源厂储备不少于15天用煤。", [("用煤", 15, "天")]),
        ("供热企业燃煤储备应不低于20天用量。", [("供热企业燃煤", 20, "天用量")]),
        ("组建2支抢险队伍，共30人。", [("抢险队伍", 2, "支"), ("抢险队伍人员", 30, "人")]),
        ("启用抗旱井36眼。", [("抗旱井", 36, "眼")]),
        ("全县建成应急避难场所8处。", [("应急避难场所", 8, "处")]),
        ("每年安排应急资金200万元。", [("应急资金", 200, "万元")]),
    ],
)
def test_what_is_promised_with_a_figure_is_read(text: str, expected: list[tuple[str, int, str]]) -> None:
    assert resources(text) == [(name, Decimal(figure), unit) for name, figure, unit in expected]


@pytest.mark.parametrize(
    "text",
    [
        "储备物资应当在2小时内运到。",
        "造成3人以上死亡的，调集队伍。",
        "6.1.2支持和鼓励储备物资。",
        "设立9个工作组，准备处置。",
        "倒塌房屋300间以上的，启动响应。",
        "值班电话准备2部门共用。",
        "储备工作分3个阶段。",
        "配备人员24小时值班。",
    ],
)
def test_deadlines_harm_and_counts_of_groups_are_no_resources(text: str) -> None:
    assert resources(text) == []


def test_a_figure_in_a_grading_section_is_no_resource() -> None:
    assert resources("储备仓库2座被淹。", title="分级标准") == []


def test_the_keeper_is_the_body_that_stores() -> None:
    (item,) = extract_resources(plan(("6", "物资保障", ["县粮食和储备局应当储备帐篷500顶。"]))).items
    assert (item.holder, item.source.clause) == ("县粮食和储备局", "6")


def test_a_table_of_stores_gives_a_resource_a_row() -> None:
    rows = [
        ["序号", "物资名称", "数量", "单位", "存放地点"],
        ["1", "救生衣", "200", "件", "县防汛仓库"],
        ["2", "沙袋", "若干", "条", ""],
    ]
    cells = tuple(
        Paragraph(text=text, starts=((0, 3 + row),), cell=Cell(table=0, row=row, column=column))
        for row, texts in enumerate(rows)
        for column, text in enumerate(texts)
    )
    section = Section(
        number="附件1", title="物资表", clause="附件1", depth=1, line=2, last_line=6, paragraphs=cells
    )
    root = Section(number="", title="", clause="", depth=0, line=1, last_line=6, children=(section,))
    outline = Outline(
        document="测试",
        title="云州应急预案",
        first_line=1,
        last_line=6,
        numbering=Numbering.DECIMAL,
        root=root,
    )
    (item,) = extract_resources(outline).items
    assert (item.name, item.quantity, item.unit, item.holder) == ("救生衣", Decimal(200), "件", "县防汛仓库")
