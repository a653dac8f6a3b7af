"""A nested plan outline from plain lines, for tests of powers, clocks and measures."""

from __future__ import annotations

from typing import Any

from fengsui.core.plan.model import Numbering
from fengsui.core.reading.blocks import Paragraph
from fengsui.core.reading.outline import Outline, Section


def plan(*sections: Any) -> Outline:
    """Sections as (number, title, [paragraph or nested section, …]); each is one line."""
    counter = [1]

    def build(spec: tuple[str, str, list[Any]], depth: int) -> Section:
        number, title, content = spec
        line = counter[0]
        paragraphs: list[Paragraph] = []
        children: list[Section] = []
        for item in content:
            counter[0] += 1
            if isinstance(item, str):
                paragraphs.append(Paragraph(text=item, starts=((0, counter[0]),)))
            else:
                children.append(build(item, depth + 1))
        return Section(
            number=number,
            title=title,
            clause=number,
            depth=depth,
            line=line,
            last_line=counter[0],
            paragraphs=tuple(paragraphs),
            children=tuple(children),
        )

    root = build(("", "", list(sections)), 0)
    return Outline(
        document="测试",
        title="云州应急预案",
        first_line=1,
        last_line=counter[0],
        numbering=Numbering.DECIMAL,
        root=root,
    )
