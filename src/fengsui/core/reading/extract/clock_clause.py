"""What a clause asks for, and of which levels it speaks."""

from __future__ import annotations

import re

from fengsui.core.plan.level import AnyLevel, LadderKind, step
from fengsui.core.reading.extract.clock_spots import Spot
from fengsui.core.reading.extract.clock_words import NUMBER, REPORT, UNIT, WORK, names_basis, without_basis
from fengsui.core.reading.extract.power_levels import LevelNames, levels_in
from fengsui.core.reading.extract.power_text import Sentence

GRADE_LABEL = re.compile(r"^[^，。；：]{0,4}(?:事故|事件|险情|灾情|汛情|旱情)(?:（[^）]*）)?$")
"""小事故, 一般事故（Ⅳ级): a label that names a grade of event."""
_REPORT_OR_WORK = re.compile(rf"{REPORT}|{WORK}")
_THING = re.compile(
    r"^((?:[^，。；：]{0,12}?(?:报告书?|总结|方案|规划|快报|专报|续报|初报|终报|核报|结论)|首报|首个[^，。；]{2,8}?|[^，。；：]{4,30}?工作))"
    r"(?=应当?|须|必须|要|需|[在于从自]|每|原则上|$)"
)


WORK_ITSELF = re.compile(r"^[^，。；：]{4,30}?工作(?:应当?|须|必须|要|需|原则上|一般|力争|[在于自])")
"""调查评估工作应在…后完成: the work is the subject, and the sentence names nobody who does it."""
_BARE = re.compile(r"^(?:直接|书面|电话|逐级|向上)*(?:上报|报告|报送|报出)$")
_NAMED_REPORT = re.compile(
    r"^(?:（[^）]{1,3}）|\d{1,2}[.、．])?(?P<name>[^，。；：]{0,6}(?:初报|首报|速报|快报|续报|终报|核报|[初首]次报告|进[展程]报告|阶段(?:性)?报告|结果报告|总结报告|处理报告))。?$"
)


def report_above(sentence: Sentence, before: Sentence | None) -> str | None:
    """The report an item is about, where it is titled: 初次报告。知悉后1小时内上报, or under a heading."""
    above = before.text if before is not None and before.paragraph is sentence.paragraph else ""
    for text in (above, sentence.label, sentence.titles[0] if sentence.titles else ""):
        if found := _NAMED_REPORT.match(text):
            return found["name"]
    return None


def what_of(sentence: Sentence, spot: Spot, before: Sentence | None) -> str:
    """What is to be done: the words after the clock word, without its comma tail; else how it is titled."""
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
    if (not words or _BARE.match(words)) and (titled := report_above(sentence, before)):
        return titled
    return words[:60] or "报告"


# Ⅰ级响应期间每日8时各报一次，(Ⅱ级…): what stands before belongs to the clock before.
_CLOCK_BEFORE = re.compile(r"每\d{0,2}[日天小][^，；]*[，；]|\d(?:小时|分钟|日|天)之?内[^，；]*[，；]")


def levels_of(
    sentence: Sentence, names: LevelNames, spot: Spot
) -> tuple[tuple[AnyLevel, ...], tuple[str, ...]]:
    """The levels the clause is about, and the plan's own words for them where they are no numerals."""
    kind = LadderKind.RESPONSE
    near = without_basis(spot.head)[-40:]
    for text in (_CLOCK_BEFORE.split(near)[-1], near, sentence.label):
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
    romans = names.around(sentence, lead=not names_basis(sentence.lead))
    return tuple(step(kind, roman) for roman in romans), ()
