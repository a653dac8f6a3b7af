"""In which case a clock applies (发生较大以上事故的，应在1小时内报告), and an event that is said above it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from fengsui.core.reading.extract.clock_edges import event_before
from fengsui.core.reading.extract.clock_spots import Spot
from fengsui.core.reading.extract.power_text import Sentence

LONGEST = 120
"""Characters before a clock within which its condition stands."""
_MARKS = re.compile("的，|的[应须要必由事情险疫灾火]|[如若遇凡属对]|一旦")
"""One of these stands in every clause that names a case; most sentences have none."""
# 发生死亡事故的, 达到较大以上级别的, 涉及外籍人员的: a clause that says in which case.
_CASE = re.compile(
    r"(?:^|[，；：])(?:(?P<of>[^，。；：]{4,60}?)的(?:事件|事故|灾害|灾情|疫情|火灾|险情|情形|情况)?(?=，|应当?|须|必须|要)"
    r"|(?:[^，。；：]{2,12}后(?=如|若))?(?:如果?|若|遇有?|凡|一旦|倘若)(?P<if>[^，。；：]{3,60})(?=，)"
    r"|对于?(?P<on>[^，。；：]{3,40}(?:事件|事故|灾害|灾情|疫情|险情|信息))(?=，))"
)
_SAYS_A_CASE = re.compile(
    r"发生|出现|造成|导致|达到|超过|超出|涉及|属于?|扩大|升级|变化|恶化|危及|威胁|影响|可能|预计|需要?|难以|无法|"
    r"以上|有新|认为|认定|判定|未|遇|存在|敏感|紧急|查明|不明|符合|构成"
)
# 应在…的 / 接到报告的: who it befell, and no case.
_NO_CASE = re.compile(
    r"^(?:接到|收到|获悉|负有|负责|根据|按照|依据|具体|其中|原则上)|(?:单位|部门|机关|人员)(?:和个人)?$"
)
_HAPPENS = re.compile(r"发生|出现|发现|变化|变动|扩大|恶化|升级")
_CHANGES = re.compile(r"变化|变动|扩大|恶化|升级")
_EXPECTED = re.compile(r"可能|预计|难以|无法")
_ENDED = re.compile(
    r"((?:应急|响应|处置|救援|抢险|救灾|灾情|疫情|险情|灾害|事件|事故|预警)[^，。；：]{0,12}?(?:结束|终止|解除|稳定|完毕|完成)(?:之?后))"
)


@dataclass(frozen=True, slots=True)
class Case:
    """``words``: in which case a clock applies, as printed; ``event``: what starts it."""

    words: str | None
    event: str | None

    @classmethod
    def of(cls, spot: Spot, who: str | None) -> Case:
        words = _condition(spot.head[-LONGEST:], who)
        event = _event(spot, words)
        if event and who and event.startswith(who) and len(event) - len(who) >= 3:
            event = event[len(who) :]  # 抢修队伍到场后: whom it befell acts
        return cls(words, event)


def _condition(head: str, who: str | None) -> str | None:
    """The nearest clause before a clock that names a case, without the body ``who`` acts in it."""
    if not _MARKS.search(head):
        return None
    cases = [found["of"] or found["if"] or found["on"] for found in _CASE.finditer(head)]
    for case in reversed(cases):
        said = re.sub("(?<!小)时$", "", case)
        if who and said.startswith(who):
            said = said[len(who) :]
        said = re.sub(r"^(?:对于?|凡是?|如果?|若|遇有?|一旦|其中|但|或者?|以及)+", "", said)
        if len(said) >= 4 and _SAYS_A_CASE.search(said) and not _NO_CASE.search(said):
            return said
    return None


def _event(spot: Spot, condition: str | None) -> str | None:
    """The event the clock starts from: its own, else what happens in its case (伤亡人数变化的)."""
    event = spot.mark.event or event_before(spot.head, spot.clause_head)
    if condition is None or _EXPECTED.search(condition):
        return event
    if event is None:
        return condition if _HAPPENS.search(condition) else None
    later = spot.head.rfind(condition) > spot.head.rfind(event)
    return condition if later and _CHANGES.search(condition) else event


def event_above(sentence: Sentence) -> str | None:
    """The end of the response where only the line above says it, or the heading (应急响应结束后：…)."""
    for text in (sentence.label, sentence.lead, *sentence.titles[:2]):
        if "后" in text and (found := _ENDED.search(text)):
            return found[1]
    return None
