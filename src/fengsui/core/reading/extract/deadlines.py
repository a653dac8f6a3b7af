"""Time limits (时限): edges of the report chain, and work to be done by a time.

A length (2小时内) sets a clock wherever something is to be done in it; a word (立即, 及时) only where it
stands with a report whose ends are known. Lengths that measure (24小时降水量), last (24小时值班) or grade
(停气24小时以上) set no clock.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from fengsui.core.plan.level import AnyLevel, LadderKind, step
from fengsui.core.plan.model import Doubt
from fengsui.core.plan.reporting import Deadline
from fengsui.core.reading.extract import Extracted
from fengsui.core.reading.extract.clock_doubts import doubts_of
from fengsui.core.reading.extract.clock_edges import (
    actor,
    actor_after,
    also_receivers,
    event_before,
    means_of,
    receivers,
)
from fengsui.core.reading.extract.clock_words import (
    NUMBER,
    REPORT,
    UNIT,
    WORK,
    Mark,
    When,
    marks_in,
    measures_something,
    start_of,
)
from fengsui.core.reading.extract.power_levels import LevelNames, levels_in
from fengsui.core.reading.extract.power_text import Sentence, clean_body, last_part, sentences
from fengsui.core.reading.outline import Outline

_REPORTING_TITLE = re.compile(r"报告|报送|信息|上报|通报|续报|初报|核报")
_DUTY_TITLE = re.compile(r"职责|职能|组成|组织(?:机构|体系|指挥)|工作组|小组|[^应]组$|成员单位|任务")
_UPKEEP_TITLE = re.compile(r"附则|预案管理|保障|监督|演练|演习|培训|奖|备案|善后|宣传")
_ASIDE_TITLE = re.compile(
    r"分级|等级划分|级别划分|标准|定义|术语|名词|依据|附图|流程图|有效期|实施|施行|生效"
)
_GRADE_LABEL = re.compile(r"^[^，。；：]{0,4}(?:事故|事件|险情|灾情|汛情|旱情)(?:（[^）]*）)?$")
_INSTANT = ("立即", "立刻", "第一时间", "即时", "马上", "即刻")
# 确实难以在2小时内报告的: a condition, no limit.
_UNABLE = re.compile(r"(?:难以|无法|不能|未能?|没有|超过)(?:及时)?在?[^，。；]{0,8}$")
_MODAL = re.compile(r"原则上|力争|尽可能|可以?(?=直接)|一般应|最迟")
_UNTIL = re.compile(
    r"(?:直至|直到|至)([^，。；]{2,12}(?:为止|稳定|解除|结束|终止))|([^，。；]{2,16}(?:稳定|解除|"
    r"结束))前，"
)


_REPORT = re.compile(REPORT)
_REPORT_OR_ALARM = re.compile(rf"{REPORT}|(?<!接)(?<!装置)报警(?!电话|装置|器|人|的|后|时)")
_REPORT_OR_BULLETIN = re.compile(rf"{REPORT}|通报|简报")
_REPORT_OR_WORK = re.compile(rf"{REPORT}|{WORK}")
_WORK = re.compile(WORK)
_STOP = re.compile(r"[，。；]")


@dataclass(frozen=True, slots=True)
class _Spot:
    """A clock word with the texts around it: before, in its clause (``rest``: to its comma), after."""

    mark: Mark
    head: str
    clause_head: str
    clause_tail: str
    action: str
    rest: str

    @property
    def clause(self) -> str:
        return self.clause_head + self.mark.words + self.clause_tail


def extract_deadlines(outline: Outline) -> Extracted[Deadline]:
    """Every clock the plan sets, with doubts where its bodies are not named or not told apart."""
    names = LevelNames.of(outline)
    items: list[Deadline] = []
    doubts: list[Doubt] = []
    before: list[tuple[Sentence, str | None]] = []
    for sentence in sentences(outline):
        if _is_aside(sentence.section.title) or "流程图" in sentence.paragraph.text:
            continue
        if before and before[-1][0].section is not sentence.section:
            before = []
        found = _of_sentence(sentence, names, before)
        items += found
        doubts += [doubt for item in found for doubt in doubts_of(item, sentence.text)]
        before.append((sentence, next((item.who for item in found if item.who), None)))
    return Extracted(tuple(items), tuple(doubts))


@lru_cache(maxsize=64)
def _is_aside(title: str) -> bool:
    return bool(_ASIDE_TITLE.search(title))


@lru_cache(maxsize=512)
def _acting(text: str) -> str | None:
    """Who acts in a sentence without a clock: its subject, else the last body that does something in it."""
    whole = text.rstrip("。；")
    return actor(whole, whole) or actor(whole, last_part(whole))


def _inherited(sentence: Sentence, before: list[tuple[Sentence, str | None]]) -> str | None:
    """Who acted last, where this sentence may still be about them: same paragraph, or a report chain.

    ``before``: the sentences of the section so far, each with who acts by a clock of its own.
    """
    reporting = _is_reporting(sentence)
    for earlier, clocked in reversed(before):
        if not reporting and earlier.paragraph is not sentence.paragraph:
            return None
        named = clocked or _acting(earlier.text)
        if named:
            return named
    return None


def _of_sentence(
    sentence: Sentence, names: LevelNames, before: list[tuple[Sentence, str | None]]
) -> list[Deadline]:
    items: list[Deadline] = []
    for spot in _spots(sentence.text):
        item = _read(sentence, spot, names, before, bool(items))
        if item is None:
            continue
        again = spot.mark.ceiling or re.match(r"补报|续报|再报|.{0,4}书面", item.what)
        if items and not item.to and again and item.who == items[-1].who:
            item = replace(item, to=items[-1].to)
        items.append(item)
    return items


def _spots(text: str) -> list[_Spot]:
    marks = marks_in(text)
    if not marks:
        return []
    lengths = [mark for mark in marks if not mark.instant]
    spots: list[_Spot] = []
    for mark in marks:
        comma, right = _comma_before(text, mark.start), _comma_after(text, mark.end)
        if mark.instant and any(comma <= other.start < right for other in lengths):
            continue
        left = max([comma] + [other.end for other in lengths if other.end <= mark.start])
        near = min([right] + [other.start for other in lengths if other.start >= mark.end])
        following = [other.start for other in marks if other.start > right and other.words != "同时"]
        stop = min((_comma_before(text, at) for at in following), default=len(text))
        spots.append(
            _Spot(
                mark=mark,
                head=text[: mark.start],
                clause_head=text[left : mark.start],
                clause_tail=text[mark.end : near].rstrip("、和"),
                action=text[mark.end : max(stop, right)].rstrip("，。；"),
                rest=text[near:right],
            )
        )
    return spots


def _comma_before(text: str, at: int) -> int:
    return max(text.rfind(char, 0, at) for char in "，：。；") + 1


def _comma_after(text: str, at: int) -> int:
    found = _STOP.search(text, at)
    return found.start() if found else len(text)


def _read(
    sentence: Sentence,
    spot: _Spot,
    names: LevelNames,
    before: list[tuple[Sentence, str | None]],
    more: bool,
) -> Deadline | None:
    mark = spot.mark
    reports = _report_in(spot)
    if not (reports if mark.instant else _length_counts(spot, reports)):
        return None
    inherited = _inherited(sentence, before)
    who = actor(spot.head, spot.clause_head) or _by_heading(sentence)
    to = (
        receivers(spot.clause_tail)
        or receivers(spot.clause_head)
        or (receivers(spot.rest) or receivers(spot.action) if not mark.instant else ())
    )
    if mark.instant:
        if not _word_counts(sentence, spot, who, to, inherited, more):
            return None
        who = who or inherited
    else:
        who = who or actor_after(spot.action) or (None if sentence.label else inherited)
    if reports:
        to += tuple(body for body in also_receivers(spot.action) if body not in to)
    return _deadline(sentence, spot, names, who, to, reports)


def _is_reporting(sentence: Sentence) -> bool:
    return _speaks_of_reports(sentence.titles[:2])


@lru_cache(maxsize=256)
def _speaks_of_reports(titles: tuple[str, ...]) -> bool:
    return any(_REPORTING_TITLE.search(title) for title in titles)


def _report_in(spot: _Spot) -> bool:
    if spot.mark.instant:
        near = _REPORT_OR_ALARM.search(spot.clause_tail)
        return bool(near and near.start() <= 40 and "报到" not in near.group())
    told = spot.clause_head + spot.clause_tail if spot.mark.ceiling else spot.clause_tail
    return bool(_REPORT.search(told) or _REPORT_OR_BULLETIN.search(spot.action))


def _length_counts(spot: _Spot, reports: bool) -> bool:
    """Whether a length bounds something to be done."""
    around = spot.clause_head[-14:] + spot.mark.words + spot.clause_tail[:14]
    if measures_something(around) and not reports:
        return False
    if _UNABLE.search(spot.clause_head):
        return False
    if spot.mark.when is When.BY:
        return bool(_WORK.search(spot.action)) and not re.search(r"^(?:至|起|公布|施行)", spot.clause_tail)
    if spot.mark.when is When.EVERY:
        return reports or bool(re.search(r"报|通报|汇总|简报", spot.clause_tail))
    if re.search(r"(?:未来|今后|近|过去)$", spot.clause_head):
        return False
    return reports or bool(_WORK.search(spot.clause_tail[:30] or spot.action[:30]))


def _word_counts(
    sentence: Sentence, spot: _Spot, who: str | None, to: tuple[str, ...], inherited: str | None, more: bool
) -> bool:
    """Whether a word (立即, 及时, 同时) with a report is an edge of the chain, not a manner of speaking."""
    reporting, event = _is_reporting(sentence), event_before(spot.head, spot.clause_head)
    if any(_UPKEEP_TITLE.search(title) for title in sentence.titles):
        return False
    if _is_duty(sentence) and not (spot.mark.words in _INSTANT and event and to):
        return False
    if re.search(
        r"^[^，]{0,16}的同时|^准确(?![^，。；]{0,6}向)|^、|^如实|^地", spot.clause_tail
    ) or spot.clause_head.endswith(("准确", "不", "“")):
        return False
    word = spot.mark.words
    if word in _INSTANT:
        return bool(who or to or (reporting and (event or re.search(r"应当?$", spot.clause_head))))
    if word == "同时":
        return bool(to and who) and not more and "备案" not in spot.clause_tail
    repeated = re.search(r"续报|核报|补报", spot.clause_tail)
    if repeated and (to or event):
        return True
    return bool(to and (who or (reporting and inherited)))


def _is_duty(sentence: Sentence) -> bool:
    """Whether the sentence lists standing duties of a body rather than steps of a response."""
    inner = sentence.titles[0] if sentence.titles else ""
    if _REPORTING_TITLE.search(inner):
        return False
    return bool(_DUTY_TITLE.search(inner) or re.search(r"职责|任务", sentence.lead + sentence.label))


_HEADING_BODY = re.compile(r"^([^，。：]{2,30}?)的?(?:响应|报告|行动|措施)")


def _by_heading(sentence: Sentence) -> str | None:
    """The body a heading names: "指挥部办公室的响应", "检验机构报告"."""
    for title in sentence.titles[:2]:
        found = _HEADING_BODY.match(title)
        body = clean_body(found.group(1)) if found else None
        if body and not levels_in(title):
            return body
    return None


def _deadline(
    sentence: Sentence, spot: _Spot, names: LevelNames, who: str | None, to: tuple[str, ...], reports: bool
) -> Deadline:
    mark = spot.mark
    after = event_before(spot.head, spot.clause_head)
    modal, until = _MODAL.search(spot.clause), _UNTIL.search(sentence.text)
    levels, words = _levels(sentence, names, spot)
    return Deadline(
        what=_what(spot),
        who=sentence.printed(who) if who else None,
        to=tuple(sentence.printed(body) for body in to),
        within=mark.words if mark.when is When.WITHIN else None,
        every=mark.words if mark.when is When.EVERY else None,
        by=mark.words if mark.when is When.BY else None,
        span=mark.span,
        after=after,
        start=start_of(after),
        form=means_of(spot.clause),
        levels=levels,
        level_names=words,
        modal=modal.group() if modal else None,
        until=next((group for group in until.groups() if group), None) if until else None,
        is_report=reports,
        source=sentence.cite(),
    )


def _what(spot: _Spot) -> str:
    """What is to be done: the words after the clock word, without its comma tail."""
    words = spot.clause_tail.strip("，。；、 ")
    if words.endswith("制度"):
        # 实行险情每日报告制度: what is reported stands before the clock.
        return re.sub(r"^.*(?:实行|执行|实施|建立|坚持|落实)", "", spot.clause_head) + words
    if not _REPORT_OR_WORK.search(words):
        last = re.split(rf"{NUMBER}{UNIT}(?:之内|以内|内)", spot.rest)[-1]
        words = last.strip("，。；、 ") or spot.action.strip("，。；") or spot.clause_head
    return re.sub(r"(?:至少)?[一1]次$", "", words)[:60]


def _levels(
    sentence: Sentence, names: LevelNames, spot: _Spot
) -> tuple[tuple[AnyLevel, ...], tuple[str, ...]]:
    """The levels the clause is about, and the plan's own words for them where they are no numerals."""
    kind = LadderKind.RESPONSE
    for text in (spot.head[-40:], sentence.label):
        romans = levels_in(text)
        if romans:
            return tuple(step(kind, roman) for roman in romans), ()
    if _GRADE_LABEL.match(sentence.label):
        romans = names.find(sentence.label)
        return tuple(step(LadderKind.EVENT_GRADE, roman) for roman in romans), (sentence.label,)
    lead = (
        names.find(spot.head.split("，")[0])
        if re.search(r"发生|事故|事件|灾", spot.head.split("，")[0])
        else ()
    )
    if lead:
        return tuple(step(LadderKind.EVENT_GRADE, roman) for roman in lead), ()
    romans = names.around(sentence)
    return tuple(step(kind, roman) for roman in romans), ()
