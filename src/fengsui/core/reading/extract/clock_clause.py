"""What a clause asks for, and of which levels it speaks."""

from __future__ import annotations

import re

from fengsui.core.plan.level import AnyLevel, LadderKind, step
from fengsui.core.reading.extract.clock_spots import Spot
from fengsui.core.reading.extract.clock_words import BASED_ON, NUMBER, REPORT, UNIT, WORK
from fengsui.core.reading.extract.power_levels import LevelNames, levels_in
from fengsui.core.reading.extract.power_text import Sentence

GRADE_LABEL = re.compile(r"^[^，。；：]{0,4}(?:事故|事件|险情|灾情|汛情|旱情)(?:（[^）]*）)?$")
"""小事故, 一般事故（Ⅳ级): a label that names a grade of event."""
_REPORT_OR_WORK = re.compile(rf"{REPORT}|{WORK}")
_THING = re.compile(
    r"^((?:[^，。；：]{0,12}?(?:报告书?|总结|方案|规划|快报|专报|续报|初报|终报|核报|结论)|首报|首个[^，。；]{2,8}?))"
    r"(?=应当?|须|必须|要|需|[在于从自]|每|原则上|$)"
)


def what_of(sentence: Sentence, spot: Spot) -> str:
    """What is to be done: the words after the clock word, without its comma tail."""
    words = spot.clause_tail.strip("，。；、 ")
    if words.endswith(("制度", "报制", "报告制")):
        # 实行险情每日报告制度: what is reported stands before the clock.
        head = re.sub(r"^.*(?:实行|执行|实施|建立|坚持|落实|启动)", "", spot.clause_head)
        return head + sentence.text[spot.mark.start : spot.mark.end] + words
    if not _REPORT_OR_WORK.search(words):
        last = re.split(rf"{NUMBER}{UNIT}(?:之内|以内|内)", spot.rest)[-1]
        words = last.strip("，。；、 ") or spot.action.strip("，。；") or spot.clause_head
    words = re.sub(r"(?:至少)?[一1]次$", "", words)
    thing = _THING.match(spot.clause_head)
    if thing and len(words) <= 4 and thing.group(1) not in words:
        # 评估报告应于30日内完成: what is completed stands before the clock.
        words = thing.group(1) + words
    return words[:60] or "报告"


def levels_of(
    sentence: Sentence, names: LevelNames, spot: Spot
) -> tuple[tuple[AnyLevel, ...], tuple[str, ...]]:
    """The levels the clause is about, and the plan's own words for them where they are no numerals."""
    kind = LadderKind.RESPONSE
    for text in (BASED_ON.sub("", spot.head)[-40:], sentence.label):
        romans = levels_in(text)
        if romans:
            return tuple(step(kind, roman) for roman in romans), ()
    if GRADE_LABEL.match(sentence.label):
        romans = names.find(sentence.label)
        return tuple(step(LadderKind.EVENT_GRADE, roman) for roman in romans), (sentence.label,)
    lead = (
        names.find(spot.head.split("，")[0])
        if re.search(r"发生|事故|事件|灾", spot.head.split("，")[0])
        else ()
    )
    if lead:
        return tuple(step(LadderKind.EVENT_GRADE, roman) for roman in lead), ()
    romans = names.around(sentence, lead=not BASED_ON.search(sentence.lead))
    return tuple(step(kind, roman) for roman in romans), ()
