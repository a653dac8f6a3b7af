"""A small plan outline from plain lines, for tests of what is read about bodies."""

from __future__ import annotations

from dataclasses import replace

from fengsui.core.plan.model import Numbering
from fengsui.core.reading.blocks import Cell, Paragraph
from fengsui.core.reading.outline import Outline, Section


def outline(*sections: tuple[str, str, list[str]]) -> Outline:
    """Sections of one depth, each (number, title, paragraphs); every heading and paragraph is one line."""
    children, line = [], 1
    for number, title, texts in sections:
        first, paragraphs = line, []
        for text in texts:
            line += 1
            paragraphs.append(Paragraph(text=text, starts=((0, line),)))
        children.append(
            Section(
                number=number,
                title=title,
                clause=number,
                depth=1,
                line=first,
                last_line=line,
                paragraphs=tuple(paragraphs),
            )
        )
        line += 1
    root = Section(number="", title="", clause="", depth=0, line=1, last_line=line, children=tuple(children))
    return Outline(
        document="测试",
        title="云州防汛应急预案",
        first_line=1,
        last_line=line,
        numbering=Numbering.DECIMAL,
        root=root,
    )


def table(*rows: list[str]) -> Outline:
    """A plan whose only section holds one table, header row first."""
    paragraphs = tuple(
        Paragraph(text=text, starts=((0, 2 + row),), cell=Cell(table=0, row=row, column=column))
        for row, cells in enumerate(rows)
        for column, text in enumerate(cells)
        if text
    )
    plan = outline(("附件", "一览表", []))
    child = replace(plan.root.children[0], paragraphs=paragraphs)
    return replace(plan, root=replace(plan.root, children=(child,)))
