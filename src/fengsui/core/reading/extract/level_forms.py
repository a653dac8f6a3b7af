"""The sentence forms in which plans state a level and what reaches it.

Each function reads one folded passage or sentence and answers what form it has, or None.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from fengsui.core.plan.level import LadderKind
from fengsui.core.reading.extract.criteria_words import without_signals
from fengsui.core.reading.extract.level_names import (
    LevelName,
    Listed,
    is_designation,
    level_name,
    numerals_in,
)
from fengsui.core.reading.phrases.figures import bounds_in

_NOUN_END = re.compile(
    r"(?:事故|事件|灾害|险情|灾情|汛情|旱情|疫情|火灾|干旱|响应|预警|级)(?:\((?:IV|III|II|I)级?\))?"
)
_LEAD = re.compile(
    r"(?:下列|以下|下述|如下)[^,;。:]{0,10}?(?:情形|情况|条件|标准|指标|现象)?之一(?:的|时|者)?"
    r"|(?:下列|以下|下述|如下)[^,;。:]{0,6}?(?:情形|情况|条件|标准|指标)(?:的|时|者)?(?=[,:]|为|$|启动)"
)
_ABOVE = re.compile(r"(?:(?:符合|满足|达到|具备|出现)以上|上述)[^,;。:]{0,8}(?:条件|情形|情况|标准)(?:之一)?")
_TARGET = re.compile(
    r"(?:应当?|可|将)?(?:立即)?(?:为|是|属于?|定为|列为|作为|构成|确定为|视为|启动|进入|发布|采取|实行|宣布)(?:县级|市级|省级|州级)?"
    r"([^,;。:]{1,36})"
)
_NAME_TAIL = re.compile(
    r"(?:主要)?(?:包括|是指|指|系指|标准|条件|启动条件|启动标准|情形|分级标准|划分标准|的?(?:情形|情况|条件|标准)(?:包括)?|启动)$"
)
_LABELLED = re.compile(
    r"^(?:其中,?)?([^,;。:]{1,34}?)(?::|。(?=.)|,?(?:是指|系指|指的是|主要包括|包括|指)(?=.))"
)
_TAIL = re.compile(r"^(.{4,}?),?(?:应当?|均)?(?:为|属于?|定为|列为|构成|确定为|视为)([^,;。:]{2,30})$")
# 死亡3人以上时，由县指挥部启动Ⅲ级响应
_TAIL_STARTED = re.compile(
    r"^((?!.{0,40}(?:下列|以下条|以下情|上述(?!地区|区域|范围)|之一)).{4,}?)"
    r"(?:(?:的?时|的|后),[^,;。:]{0,24}?(?:启动|进入|发布)|,发布(?:[\u4e00-\u9fff]{2,4}(?=[红橙黄蓝]))?)"
    r"((?:IV|III|II|I|[一二三四])级(?:应急)?响应|[红橙黄蓝]色预警)(?:信[号息])?$"
)
_MAPPED = re.compile(r"^(.{2,24}?)(?:分别)?(?:对应于?|相当于|对应的?是?为?)(.{2,24}?)$")
_OCCURS = re.compile(
    r"^(?:\d+\.)?(?:当|凡|若|如|一旦|经?初.{0,1}|初步判断|预判|研判|确认(?!.{0,12}(?:终止|解除)))?(?:为|可能)?(?:即将)?(?:发生|出现|达到|判定为?|(?<=确认)|发布(?=.{0,12}[红橙黄蓝]色))"
)
_STARTS = re.compile(
    r"(?:启动|采取|采(?=[IV])|进入|实施|执行|响应级别为|适用)[^,;。]{0,10}?"
    r"((?:IV|III|II|I|[一二三四])级?(?:[、和,及](?:IV|III|II|I|[一二三四])级?)*)(?=级?(?:应急)?响应|级[,;。]|级$|级行动)"
)
_STARTED_BY = re.compile(",|(?<=.)由")
_DEGREE = re.compile(r"特别重大|特别严重|特大|重大|较大|较重|严重|一般|[红橙黄蓝]色")


@dataclass(frozen=True, slots=True)
class Opening:
    """A passage that opens a level.

    ``name`` as printed (folded), ``rest`` the offset where criteria begin, ``lead`` whether it says
    that what follows are the criteria (下列情形之一).
    """

    level: LevelName
    name: str
    rest: int
    lead: bool = False


@dataclass(frozen=True, slots=True)
class Lead:
    """A lead sentence without a level of its own; criteria begin at ``rest``."""

    rest: int
    closes: bool = False


def lead_of(text: str, listed: Listed | None) -> Opening | Lead | None:
    """Read a lead (出现下列情形之一的，启动Ⅰ级响应：); ``closes``: it speaks of what stood above."""
    if "以" not in text and "下" not in text and "上述" not in text:
        return None
    above = _ABOVE.search(text[:60])
    if above and re.search(r"启动|为|响应|预警|,", text[above.end() :]):
        return Lead(len(text), closes=True)
    match = _LEAD.search(text[:220])
    if match is None:
        return None
    colon = text.find(":", match.end())
    stop = colon if colon >= 0 else _first(text, "。;", match.end())
    for target in _TARGET.finditer(text, match.end(), stop if stop >= 0 else len(text)):
        named = _designation_prefix(target[1], listed)
        if named is not None:
            end = target.start(1) + len(named[0])
            rest = stop + 1 if stop >= 0 and colon == stop else end
            return Opening(named[1], named[0], rest, lead=True)
    rest = colon + 1 if colon >= 0 else len(text)
    return Lead(rest)


def _first(text: str, signs: str, start: int) -> int:
    found = [position for sign in signs if (position := text.find(sign, start)) >= 0]
    return min(found) if found else -1


def _designation_prefix(text: str, listed: Listed | None) -> tuple[str, LevelName] | None:
    """The name of a level that ``text`` is, or begins with."""
    ends = [m.end() for m in _NOUN_END.finditer(text)]
    whole = [text] if not ends or ends[-1] == len(text) else []
    candidates = [*whole, *(text[:end] for end in ends), text]
    for name in candidates:
        if is_designation(name, listed):
            level = level_name(name, listed)
            if level is not None:
                return name, level
    return None


def label_of(text: str, listed: Listed | None) -> Opening | None:
    """A level name, alone or before a colon or 是指 (红色预警：…, 一般火灾是指…)."""
    plain = text.rstrip(":。;")
    if len(plain) <= 34 and is_designation(_NAME_TAIL.sub("", plain), listed):
        name = _NAME_TAIL.sub("", plain)
        level = level_name(name, listed)
        return Opening(level, name, len(text)) if level else None
    match = _LABELLED.match(text)
    if match is None:
        return None
    name = _NAME_TAIL.sub("", match[1])
    level = level_name(name, listed) if is_designation(name, listed) else None
    return Opening(level, name, match.end()) if level else None


def tail_of(sentence: str, listed: Listed | None) -> Opening | None:
    """…的，为较大事故: the name stands at the end; ``rest`` is where the criterion ends."""
    match = _TAIL.match(sentence)
    if match is None and sentence.endswith(("响应", "预警", "信号", "信息")):
        match = _measured(_TAIL_STARTED.match(sentence))
    if match is None or not is_designation(match[2], listed):
        return None
    level = level_name(match[2], listed)
    return Opening(level, match[2], match.end(1)) if level else None


def _measured(match: re.Match[str] | None) -> re.Match[str] | None:
    """``match`` if its condition measures more than time (30分钟内启动… is a clock)."""
    if match is None:
        return None
    bounds = (bound for bound in bounds_in(match[1]) if not bound.bare)
    return match if any(bound.unit not in ("小时", "分钟", "天") for bound in bounds) else None


def mapping_of(sentence: str, listed: Listed | None) -> Opening | None:
    """重大事故对应于Ⅱ级（严重）预警级别: a grade of one ladder gives a level of another."""
    match = _MAPPED.match(sentence)
    if match is None or level_name(match[1], listed) is None:
        return None
    level = level_name(match[2], listed)
    return Opening(level, match[2], 0) if level and numerals_in(match[2]) else None


_SIGNS = {"I": "Ⅰ", "II": "Ⅱ", "III": "Ⅲ", "IV": "Ⅳ", "V": "Ⅴ"}


def triggers_of(sentence: str, listed: Listed | None) -> list[tuple[Opening, int, str]]:
    """发生重大事故，…启动Ⅱ级响应: (level, end of the condition, its words) for each level started.

    The words are given where the sentence pairs several grades with several levels (分别启动Ⅰ级、Ⅱ级):
    those of the one grade that belongs to the level; and where a warning published is the condition; else "".
    """
    match = _STARTS.search(sentence)
    if match is None:
        return []
    begin = sentence.rfind(":", 0, match.start()) + 1  # 按预警实行三级响应:发布黄色预警时,…
    by = _STARTED_BY.search(sentence, begin, match.start())
    end = by.start() if by else match.start()
    condition = sentence[begin:end]
    degrees = [d for d in _DEGREE.finditer(condition)]
    if not degrees or not (_OCCURS.match(condition) or degrees[0].start() == 0) or len(condition) > 60:
        return []
    levels = numerals_in(match[1] + "级")
    if len(levels) > 1 and len(levels) != len(degrees):
        return []
    # 发布黄色预警时 reads like a deed, and here it is what starts the level.
    words = [condition if condition.startswith("发布") else ""] * len(levels)
    if len(levels) > 1:
        head, tail = condition[: degrees[0].start()], condition[degrees[-1].end() :]
        words = [head + degree[0] + tail for degree in degrees]
    return [
        (Opening(LevelName(level), f"{_SIGNS[level]}级响应", end), end, said)
        for level, said in zip(levels, words, strict=True)
    ]


def started_level(text: str) -> str | None:
    """The one level that ``text`` starts (提请X启动Ⅲ级响应); None for none or several."""
    started = {level for found in _STARTS.finditer(text) for level in numerals_in(found[1] + "级")}
    return started.pop() if len(started) == 1 else None


_OCCURRING = re.compile(r"^(?:当|凡)?(?:可能)?(?:发生|出现)(.{2,40}?)(?:时|后)?$")


def occurring(title: str, names: Callable[[], Listed]) -> list[Opening]:
    """A heading 发生一般汛情 or 发生较重汛情、严重汛情: the levels it names; ``names`` listed around it."""
    match = _OCCURRING.match(title.rstrip(":"))
    if match is None:
        return []
    listed = names()
    found = []
    for name in re.split(r"[、和及]|或者?", match[1]):
        level = level_name(name, listed) if is_designation(name, listed) else None
        if level is None:
            return []
        found.append(Opening(level, name, 0))
    return found


_EVENT_NOUN = re.compile(
    r"事故|事件|灾害|险情|灾情|汛情|旱情|疫情|火灾|干旱|洪水|地震|缺水|停水|停电|溢油|泄漏|危机"
)


def kind_of(name: str, context: str, titles: Sequence[str]) -> LadderKind:
    """Which ladder: from the name, from what is then done (``context``), from the headings outward."""
    if re.search(r"发布[^,;。]{0,12}预警|发出[^,;。]{0,12}预警|预警信[息号]", without_signals(context)):
        return LadderKind.WARNING
    if "响应" in name or re.search(r"启动[^,;。]{0,14}响应|启动并实施", context):
        return LadderKind.RESPONSE
    if "预警" in name or (re.search(r"[红橙黄蓝]色", name) and not _EVENT_NOUN.search(name)):
        return LadderKind.WARNING
    if _EVENT_NOUN.search(name):
        return LadderKind.EVENT_GRADE
    for title in titles:
        if "预警" in title and not re.search(r"(?:事故|事件|灾害)等级", title):
            return LadderKind.WARNING
        if "响应" in title or "启动" in title:
            return LadderKind.RESPONSE
        if re.search(
            r"(?:事故|事件|灾害|灾情|疫情)[^,;。]{0,6}(?:分级|等级|级别|分类|分$|划分)|^(?:分级|等级)", title
        ):
            return LadderKind.EVENT_GRADE
    return LadderKind.EVENT_GRADE
