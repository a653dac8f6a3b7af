"""Whether a clock word binds somebody: a limit to what is done or told, no measure or manner of speaking."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from fengsui.core.reading.extract.clock_conditions import Case
from fengsui.core.reading.extract.clock_spots import Spot
from fengsui.core.reading.extract.clock_words import (
    GIVEN_TO,
    GOES_ON,
    ONCE_EACH,
    REPORT,
    WORK,
    When,
    measures_something,
)
from fengsui.core.reading.extract.power_text import Sentence

_REPORTING_TITLE = re.compile(r"报告|报送|信息|上报|通报|续报|初报|核报")
_DUTY_TITLE = re.compile(r"职责|职能|组成|组织(?:机构|体系|指挥)|工作组|小组|[^应]组$|成员单位|任务")
_UPKEEP_TITLE = re.compile(r"附则|预案管理|保障|监督|演练|演习|培训|奖|备案|善后|宣传")
INSTANT = ("立即", "立刻", "第一时间", "即时", "马上", "即刻")
# 确实难以在2小时内报告的: a condition, no limit.
_UNABLE = re.compile(r"(?:难以|无法|不能|未能?|没有|超过)(?:及时)?在?[^，。；]{0,8}$")
# 延长期限最长不超过60日: how much longer a limit may be made.
_EXTENDED = re.compile("(?:延长|顺延|延期|有效期|试用期)[^，。；]{0,10}$")
_UNABLE_TO = re.compile("(?:仍|尚|还|均)?(?:难以|无法|不能|未能|不可能)")
# 30日内伤亡人数发生变化的，应…: the time in which something may happen.
_WINDOW = re.compile(r"^，?[^，。；]{2,20}?(?:变化|变动|发生|出现|复发|死亡)[^，。；]{0,10}的(?:，|$)")
SPEAKS_OF_REPORT = re.compile(REPORT)
_REPORT_OR_ALARM = re.compile(
    rf"{REPORT}|(?<!接)(?<!装置)报警(?!电话|装置|器|人|的|后|时)|(?:申请|请求)(?=启动|[支增]援|援助|救援|派)"
)
_SOME_REPORT = re.compile("报|备案|反馈|申请|请求")
_REPORT_OR_BULLETIN = re.compile(rf"{REPORT}|通报|简报")
_WORK = re.compile(WORK)
# 接到通报后，要及时通知X; 如需送医的，应迅速通知X.
IN_THAT_CASE = re.compile(
    r"(?:(?:接到|收到)[^，。；]{2,50}(?:通报|通知|预警|警报)后|(?:^|[，。；])(?:如果?|若|凡|一旦)[^，。；]{4,40}的)，[^，。；]{0,12}$"
)
_REGULAR = re.compile(r"报告?”?制")
# 应在6小时内…, 须于30分钟内…: whoever is bound by a length has something to do in it.
_BOUND = re.compile(
    r"(?:应当?|应该|必须|须|要|需|力争|务必|保证|争取|原则上|最[迟晚])(?:在|于)?(?:[^，。；]{2,16}后)?的?$"
)
JUST_BEFORE = 80
"""Characters before a clock within which everything stands that must end right before it."""


def is_reporting(sentence: Sentence) -> bool:
    """Whether the section, or the one around it, is about reports."""
    return _speaks_of_reports(sentence.titles[:2])


@lru_cache(maxsize=256)
def _speaks_of_reports(titles: tuple[str, ...]) -> bool:
    return any(_REPORTING_TITLE.search(title) for title in titles)


def report_in(spot: Spot) -> bool:
    """Whether what the clock word governs is a report."""
    if spot.mark.instant:
        tail = spot.clause_tail
        near = _REPORT_OR_ALARM.search(tail) if _SOME_REPORT.search(tail) else None
        return bool(near and near.start() <= 40 and "报到" not in near.group())
    if spot.mark.when is When.EVERY and (spot.mark.span is None or _REGULAR.match(spot.clause_tail)):
        return True
    if spot.mark.when is When.EVERY and (ONCE_EACH.search(spot.clause) or GOES_ON.search(spot.clause)):
        return True
    told = spot.clause_head + spot.clause_tail if spot.mark.ceiling else spot.clause_tail
    return bool(SPEAKS_OF_REPORT.search(told) or _REPORT_OR_BULLETIN.search(spot.action))


def length_counts(spot: Spot, reports: bool) -> bool:
    """Whether a length bounds something to be done."""
    around = spot.clause_head[-14:] + spot.mark.words + spot.clause_tail[:14]
    bound = _WORK.search(spot.clause_tail[:4]) and (
        _BOUND.search(spot.clause_head) or spot.clause_head.endswith(("后", "之日起"))
    )
    given = spot.mark.when is When.EVERY and GIVEN_TO.search(spot.clause_tail)
    if measures_something(around) and not (reports or bound or given):
        return False
    if _EXTENDED.search(spot.clause_head):
        return False
    if _UNABLE.search(spot.clause_head) or _UNABLE_TO.match(spot.clause_tail) or _WINDOW.match(spot.action):
        return False
    if spot.mark.when is When.BY:
        return bool(_WORK.search(spot.action)) and not re.search(r"^(?:至|起|公布|施行)", spot.clause_tail)
    if spot.mark.when is When.EVERY:
        return reports or bool(
            re.search("报|汇总|更新", spot.clause_tail) or given or ONCE_EACH.search(spot.clause)
        )
    if re.search(r"(?:未来|今后|近|过去)$", spot.clause_head):
        return False
    # 白天10分钟、夜间15分钟内出动: one verb for both.
    done = spot.action if spot.clause_tail[:1] in ("", "、") else spot.clause_tail
    if reports or _WORK.search(done[:30]):
        return True
    return bool(_BOUND.search(spot.clause_head)) and len(spot.clause_tail) > 1


def is_manner(sentence: Sentence, spot: Spot) -> bool:
    """Whether a word (立即, 及时, 同时) sets no clock whoever acts and whoever is told: 及时、如实报告."""
    if _is_upkeep(sentence.titles) or _MANNER.match(spot.clause_tail):
        return True
    if spot.clause_head.endswith(("准确", "不", "“")):
        return True
    return spot.mark.words not in INSTANT and _is_duty(sentence)


@lru_cache(maxsize=256)
def _is_upkeep(titles: tuple[str, ...]) -> bool:
    return any(_UPKEEP_TITLE.search(title) for title in titles)


def word_counts(
    sentence: Sentence,
    spot: Spot,
    who: str | None,
    to: tuple[str, ...],
    inherited: Callable[[], str | None],
    case: Case,
    more: bool,
) -> bool:
    """Whether a word (立即, 及时, 同时) with a report is an edge of the chain; of those that may be one.

    ``inherited`` tells who acted last.
    """
    reporting, before = is_reporting(sentence), spot.head[-JUST_BEFORE:]
    event = case.event or case.words
    if not (event and to) and _is_duty(sentence):
        return False
    # 及时、准确地报告: a manner of speaking, unless whose duty it is stands in a section on reports.
    if spot.clause_tail.startswith("、") and not (reporting and who):
        return False
    word = spot.mark.words
    if word in INSTANT:
        bare = _OUGHT.search(spot.clause_head) or (SPEAKS_OF_REPORT.match(spot.clause_tail) and inherited())
        return bool(who or to or (reporting and (event or bare)))
    if word == "同时":
        # 同时，要向X报告 goes on with whoever acted in the sentence before.
        acts = who or (not spot.head and inherited())
        return bool(to and acts) and not more and "备案" not in spot.clause_tail
    repeated = re.search(r"续报|核报|补报", spot.clause_tail)
    if repeated and (to or event or more):
        return True
    again = "续报" in spot.clause_head  # 续报应随时报送
    if word == "随时" and (more or (reporting and (to or event or again))):
        return True
    if reporting and who and event and SPEAKS_OF_REPORT.match(spot.clause_tail):
        return True
    if reporting and _OUGHT_TO.search(before) and _PROGRESS.match(spot.clause_tail):
        return True
    struck = case.words or (event and spot.clause_head.endswith(event)) or IN_THAT_CASE.search(before)
    return bool(to and (who or struck or inherited()))


_MANNER = re.compile(r"[^，]{0,16}的同时|准确(?![^，。；]{0,6}向)|如实|地")
# 要根据事态发展…及时报告进程
_OUGHT_TO = re.compile(r"(?:应当?|须|要)[^。；]{0,40}$")
_PROGRESS = re.compile(
    r"(?:上报|报告)[^，。；]{0,6}(?:进程|进展|动态|变化)|、[^，。；]{0,6}?地?(?:上报|报告)[^，。；]{2}"
)


def _is_duty(sentence: Sentence) -> bool:
    """Whether the sentence lists standing duties of a body rather than steps of a response."""
    inner = sentence.titles[0] if sentence.titles else ""
    if _REPORTING_TITLE.search(inner):
        return False
    return bool(_DUTY_TITLE.search(inner) or re.search(r"职责|任务", sentence.lead + sentence.label))


_OUGHT = re.compile(r"(?:应当?|须|必须|要|在)$")
