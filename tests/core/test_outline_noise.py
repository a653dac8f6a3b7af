"""The noise of real files, put onto a clean plan, leaves its headings as they are."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fengsui.core.reading.blocks import TextLine
from fengsui.core.reading.build_outline import build_outlines
from fengsui.core.reading.draft import headings_of
from fengsui.core.reading.glyphs import key

PLANS = [
    """东河县防汛应急预案
1 总则
1.1 编制目的
为了做好全县防汛工作，最大程度减少人员伤亡和财产损失，制定本预案。
1.2 适用范围
本预案适用于东河县行政区域内的洪涝灾害防范和应对工作。
2 组织体系
2.1 县指挥部
县长任指挥长，分管副县长任副指挥长，有关部门主要负责人为成员。
2.2 办公室职责
办公室设在县应急管理局，负责值班、会商和信息报告工作。
3 附则
3.1 预案解释
本预案由县应急管理局负责解释。""",
    """北沙镇燃气事故应急预案
一、总则
（一）编制目的
规范燃气事故的应急处置工作，保护人民群众生命和财产安全。
（二）适用范围
本预案适用于北沙镇行政区域内发生的燃气事故的处置工作。
二、组织机构
（一）应急指挥部
由镇长任总指挥，分管副镇长任副总指挥，各站所负责人为成员。
三、附则
（一）预案解释
本预案由镇应急办公室负责解释。""",
    """云州消防应急预案
第一章 总则
第一节 编制目的
规范火灾的处置工作，保护人民群众生命财产安全，制定本预案。
第二节 适用范围
本预案适用于云州行政区域内火灾的预防和扑救工作。
第二章 组织体系
第一节 指挥机构
州长任总指挥，分管副州长任副总指挥，有关部门负责人为成员。""",
]


def headings(text: str) -> list[tuple[str, str]]:
    lines = [TextLine(number=number, text=line) for number, line in enumerate(text.split("\n"), 1)]
    (only,) = build_outlines(lines, "test")
    return [(key(heading.number), key(heading.title)) for heading in headings_of(only)]


def is_heading(line: str) -> bool:
    return len(line) < 16 and line[-1] not in "。案"


def wrapped(text: str, at: int = 24) -> str:
    cut = lambda line: [line[i : i + at] for i in range(0, len(line), at)]  # noqa: E731
    return "\n".join(part for line in text.split("\n") for part in cut(line))


def contents(text: str, leader: str) -> str:
    first, *rest = text.split("\n")
    entries = [f"{line}{leader}{number}" for number, line in enumerate(filter(is_heading, rest), 1)]
    return "\n".join([first, "目 录", *entries, first, *rest])


FULL = str.maketrans("0123456789", "０１２３４５６７８９")
NOISES = {
    "blank lines": lambda text: text.replace("\n", "\n\n"),
    "hard wraps": wrapped,
    "indents": lambda text: text.replace("\n", "\n\u3000\u3000"),
    "blanks at the end": lambda text: text.replace("\n", "  \n"),
    "full width figures": lambda text: text.translate(FULL),
    "half width brackets": lambda text: text.replace("（", "(").replace("）", ")"),
    "blanks in brackets": lambda text: text.replace("（", "（ ").replace("）", " ）"),
    "blanks in words": lambda text: text.replace("总则", "总 则").replace("应急", "应 急"),
    "bold marks": lambda text: "\n".join(f"**{x}**" if is_heading(x) else x for x in text.split("\n")),
    "private marks": lambda text: text.replace("，", "ꎬ ").replace("。", "ꎮ"),
    "zero width": lambda text: text.replace("应", "应\u200b"),
    "page numbers": lambda text: text.replace("。\n", "。\n— 3 —\n"),
    "no break spaces": lambda text: text.replace(" ", "\xa0"),
    "contents with dots": lambda text: contents(text, "……………"),
    "contents with tabs": lambda text: contents(text, "\t"),
    "web page before": lambda text: "当前位置：首页 > 政务公开\n发布时间：2025-01-02\n来源：应急局\n" + text,
    "image links": lambda text: text.replace("。\n", "。\n![](images/1.jpg)\n", 1),
    "html breaks": lambda text: text.replace("。", "。<br>"),
    "carriage of bytes": lambda text: "\ufeff" + text,
}


@pytest.mark.parametrize("noise", NOISES)
@pytest.mark.parametrize("plan", PLANS, ids=["decimal", "chinese", "chapter"])
def test_headings_survive_one_noise(plan: str, noise: str) -> None:
    assert headings(NOISES[noise](plan)) == headings(plan)


LAYOUT = ["blank lines", "indents", "blanks at the end", "full width figures", "half width brackets"]
LAYOUT += ["blanks in words", "private marks", "zero width", "no break spaces", "web page before"]


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(PLANS), st.lists(st.sampled_from(LAYOUT), unique=True, max_size=4))
def test_headings_survive_several_noises_at_once(plan: str, noises: list[str]) -> None:
    text = plan
    for noise in noises:
        text = NOISES[noise](text)
    assert headings(text) == headings(plan)


HARD = [
    "。" * 20_000,
    "总则" + "." * 50_000 + "x",
    "1.1 总则" + " " * 50_000 + "x",
    "1." * 20_000,
    "（一）" * 20_000,
    "<a" * 20_000,
    "|" * 20_000,
    "\t县" * 20_000,
    "*" * 20_000,
    "3\ue005" * 20_000,
    "县委 县政府 " * 5_000,
]


@pytest.mark.parametrize("line", HARD, ids=range(len(HARD)))
def test_lines_made_to_run_patterns_wild_are_read(line: str) -> None:
    lines = [TextLine(number=n, text=text) for n, text in enumerate([*PLANS[0].split("\n"), line], 1)]
    assert build_outlines(lines, "test")


def test_thousands_of_tiny_plans_are_told_apart() -> None:
    text = "".join(f"云州{number}号应急预案\n一、总则\n" for number in range(5_000))
    lines = [TextLine(number=n, text=part) for n, part in enumerate(text.split("\n"), 1)]
    assert len(build_outlines(lines, "test")) == 5_000


def test_a_title_too_long_for_its_line_is_whole() -> None:
    long = "各有关部门和单位按照职责分工做好云州突发事件应急处置各项工作并及时报告有关情况"
    text = f"云州突发事件应急预案\n1 总则\n1.1 编制目的\n{long}。\n2 组织体系\n"
    for number, name in enumerate("甲乙丙丁戊己庚辛", 1):
        text += f"2.{number} 云州突发事件应急救援现场指挥部{name}组工作职责\n{long}{long}。\n"
    (outline,) = build_outlines(
        [TextLine(number=n, text=line) for n, line in enumerate(wrapped(text, 20).split("\n"), 1)], "test"
    )
    titles = [section.title for section in outline.sections() if section.number.startswith("2.")]
    assert titles == [f"云州突发事件应急救援现场指挥部{name}组工作职责" for name in "甲乙丙丁戊己庚辛"]
