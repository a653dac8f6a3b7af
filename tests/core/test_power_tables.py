"""Powers printed as a table."""

from __future__ import annotations

from fengsui.core.plan.authority import ActivationAuthority
from fengsui.core.plan.level import LadderKind, ResponseLevel, WarningLevel
from fengsui.core.plan.model import Numbering
from fengsui.core.reading.blocks import Cell, Paragraph
from fengsui.core.reading.extract import Extracted
from fengsui.core.reading.extract.activation import extract_activation
from fengsui.core.reading.outline import Outline, Section


def read(*rows: tuple[str, ...], title: str = "响应启动权限") -> Extracted[ActivationAuthority]:
    """The powers of a plan with one table."""
    paragraphs = tuple(
        Paragraph(text=text, starts=((0, row * 10 + column + 2),), cell=Cell(table=0, row=row, column=column))
        for row, cells in enumerate(rows)
        for column, text in enumerate(cells)
    )
    child = Section(
        number="4.1", title=title, clause="4.1", depth=1, line=1, last_line=99, paragraphs=paragraphs
    )
    root = Section(number="", title="", clause="", depth=0, line=1, last_line=99, children=(child,))
    outline = Outline(
        document="测试",
        title="云州防汛应急预案",
        first_line=1,
        last_line=99,
        numbering=Numbering.DECIMAL,
        root=root,
    )
    return extract_activation(outline)


def test_each_row_gives_the_power_over_its_level() -> None:
    found = read(
        ("响应级别", "启动条件", "提出单位", "批准人"),
        ("Ⅰ级", "死亡30人以上", "县应急局", "县长"),
        ("Ⅱ级", "死亡10人以上", "县应急局", "由分管副县长批准启动"),
    )
    assert [(item.level, item.proposer, item.authority) for item in found.items] == [
        (ResponseLevel.I, "县应急局", "县长"),
        (ResponseLevel.II, "县应急局", "分管副县长"),
    ]
    assert found.items[0].source.quote == "县长"
    assert not found.doubts


def test_levels_across_have_their_deciders_below() -> None:
    found = read(
        ("预警级别", "红色", "橙色"),
        ("发布条件", "24小时雨量200毫米以上", "24小时雨量100毫米以上"),
        ("签发人", "县防指总指挥", "县防办主任"),
        title="预警发布",
    )
    assert [(item.kind, item.level, item.authority) for item in found.items] == [
        (LadderKind.WARNING, WarningLevel.I, "县防指总指挥"),
        (LadderKind.WARNING, WarningLevel.II, "县防办主任"),
    ]


def test_a_cell_that_names_nobody_is_a_doubt() -> None:
    found = read(("级别", "启动条件", "决定机关"), ("Ⅰ级", "死亡30人以上", "见正文"))
    assert found.items == ()
    assert [doubt.why for doubt in found.doubts] == ["decider_not_read"]


def test_a_table_of_levels_without_deciders_gives_no_power() -> None:
    assert read(("级别", "启动条件"), ("Ⅰ级", "死亡30人以上")).items == ()
