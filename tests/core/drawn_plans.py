"""Plans for tests of drawings, matrix and cards: the small clean one, a crowded one, an empty one."""

from __future__ import annotations

from typing import Any

from clean_plan import CLEAN

from fengsui.core.citation import Citation
from fengsui.core.plan.authority import Headquarters, PlanUnit, WorkGroup
from fengsui.core.plan.model import Numbering, PlanContent
from fengsui.core.reading.blocks import TextLine
from fengsui.core.reading.draft import read_plans


def cite(quote: str = "州水利局负责", clause: str = "2.3", line: int = 7) -> Citation:
    return Citation(document="d", clause=clause, line=line, quote=quote)


def clean() -> PlanContent:
    """The small clean plan as read."""
    lines = [TextLine(number=at, text=text) for at, text in enumerate(CLEAN.split("\n"), 1)]
    return read_plans(lines, "test")[0].content


def empty(**parts: Any) -> PlanContent:
    """A plan that says nothing."""
    return PlanContent(
        title="北沙镇空白预案", document="d", first_line=1, last_line=9, numbering=Numbering.NONE, **parts
    )


def crowded() -> PlanContent:
    """29 members with long names and 11 groups with many members."""
    names = [f"云州第{at}号城镇基础设施运行与应急物资储备管理委员会办公室" for at in range(29)]
    groups = tuple(
        WorkGroup(
            name=f"第{at}综合协调与后勤保障及次生灾害防范工作组",
            lead=names[at],
            members=tuple(names[at : at + 12]),
            source=cite(),
        )
        for at in range(11)
    )
    command = Headquarters(
        name="云州突发事件应急指挥部",
        commander="州长",
        deputies=tuple(f"分管第{at}方面工作的副州长" for at in range(9)),
        office="州应急管理局",
        office_director="州应急管理局局长",
        source=cite(),
    )
    units = tuple(PlanUnit(name=name, source=cite()) for name in names)
    return empty(command=command, groups=groups, units=units)


def said(code: str, **data: Any) -> str:
    """Words that show their code and all data, long rather than short."""
    return f"{code}：" + "、".join(str(value) for value in data.values())
