"""Twice the text takes twice the steps: counted, not timed, so that a busy machine proves nothing."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from types import FrameType

import pytest

from fengsui.core.reading.blocks import TextLine
from fengsui.core.reading.draft import read_plans

HEAD = ("云水县燃气事故应急预案", "1 总则", "本预案适用于云水县的燃气事故。")
MOST = 2.3
"""Times the steps that twice the text may take; a loop in a loop takes four times."""

SHAPES: dict[str, Callable[[int], Sequence[str]]] = {
    "one line": lambda n: ["".join(HEAD) + "县应急局接到报告后应当在2小时内报告县政府，组织转移群众。" * n],
    "headings": lambda n: [*HEAD, *(f"{at % 40 + 1}.{at % 9 + 1} 应急响应措施" for at in range(n))],
    "no full stop": lambda n: [*HEAD, "县应急局组织抢修，县水利局及时报告险情，" * n],
    "blank lines": lambda n: [*HEAD, *[""] * (10 * n), "县应急局组织抢修。"],
    "lines that break off in a list": lambda n: [*HEAD, *["县应急局、县水利局、县公安局、县交通局、"] * n],
    "criteria": lambda n: [
        *HEAD,
        "1.1 分级",
        *["特别重大事件：造成30人以上死亡，或者100人以上重伤的。"] * n,
    ],
    "bodies": lambda n: [*HEAD, "2 组织体系", *["县应急局：负责组织协调抢险救援工作。"] * n],
    "posts of no named body": lambda n: [
        *HEAD,
        *["2 组织", "总指挥：县长。", *["县防汛抗旱指挥部安排抢修。"] * 12] * (n // 8),
    ],
    "groups": lambda n: [*HEAD, "2 工作组", *["抢险救援组：由县应急局牵头，县公安局参加。"] * n],
    "contacts": lambda n: [*HEAD, *["县应急局：0312-1234567；县水利局：0312-7654321。"] * n],
    "tables": lambda n: [
        *HEAD,
        *["|级别|标准|权限|", "|Ⅰ级|30人以上死亡|县长|", "|Ⅱ级|10人以上死亡|副县长|", ""] * n,
    ],
}


def steps(texts: Sequence[str]) -> int:
    """How many functions are called while a text is read."""
    lines = tuple(TextLine(number=number, text=text) for number, text in enumerate(texts, start=1))
    calls = 0

    def count(frame: FrameType, event: str, arg: object) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        read_plans(lines, "steps")
    finally:
        sys.setprofile(before)
    return calls


@pytest.mark.parametrize("shape", SHAPES)
def test_twice_the_text_takes_twice_the_steps(shape: str) -> None:
    made = SHAPES[shape]
    steps(made(60))  # fill the caches of the grammar
    assert steps(made(800)) <= MOST * steps(made(400))
