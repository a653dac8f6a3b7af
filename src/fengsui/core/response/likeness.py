"""Is this the same event told twice? Place, time and words of two reports side by side.

The answer is a hint with its reasons, never a decision: a person joins calls. Pure.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from fengsui.core.directory import significant

WINDOW = timedelta(hours=24)
"""Reports further apart are not compared."""
ENOUGH = 4
"""Points from which two reports are shown as alike."""

FAMILIES: tuple[tuple[str, ...], ...] = (
    ("火灾", "起火", "着火", "失火", "冒烟", "大火", "烧起来", "浓烟"),
    ("爆炸", "炸了", "爆燃", "闪爆"),
    ("坍塌", "垮塌", "倒塌", "塌方", "塌了"),
    ("泄漏", "漏气", "异味", "臭味", "跑气"),
    ("透水", "淹井", "突水"),
    ("洪水", "漫堤", "决口", "进水", "内涝", "涨水", "积水"),
    ("车祸", "相撞", "追尾", "翻车", "撞车"),
    ("中毒", "食物中毒", "呕吐"),
    ("滑坡", "泥石流", "落石"),
    ("地震", "震感"),
    ("停电", "断电"),
    ("停气", "断气"),
    ("被困", "受困", "困住"),
)
"""Different words of people for the same thing."""

_COMMON = frozenset(
    {"发生", "有人", "一个", "我们", "这里", "现在", "请求", "电话", "情况", "报告", "报警", "附近", "里面"}
    | {"已经", "目前", "不明", "人员", "出现", "听到", "看到", "时候", "来电", "什么"}
)
_HAN = re.compile(r"[\u4e00-\u9fff]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One report: what was said, where, when; ``place_code`` "" when nobody knows."""

    text: str
    place: str
    place_code: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """Why two reports may be one: shared words of the place, whether one area holds the other, minutes
    apart, shared words of what was said. ``points`` orders several."""

    points: int
    place_words: tuple[str, ...]
    same_area: bool
    minutes: int
    words: tuple[str, ...]


def likeness(one: Told, other: Told) -> Likeness | None:
    """How alike two reports are; None when nothing speaks for it."""
    apart = abs(one.at - other.at)
    if apart > WINDOW or not _may_be_near(one.place_code, other.place_code):
        return None
    places = _shared(one.place, other.place)
    words = _alike_words(one.text, other.text, places)
    area = bool(one.place_code and other.place_code) and len(significant(one.place_code)) > 6
    area = area and one.place_code == other.place_code
    minutes = int(apart.total_seconds() // 60)
    points = min(3, 2 * len(places)) + (1 if area else 0)
    points += 2 if minutes <= 30 else 1 if minutes <= 180 else 0
    points += min(3, 2 * len(words))
    if points < ENOUGH or not (words or places) or not (places or area):
        return None
    return Likeness(points=points, place_words=places, same_area=area, minutes=minutes, words=words)


def _may_be_near(one: str, other: str) -> bool:
    """Whether one area lies in the other; an unknown place may be anywhere."""
    if not one or not other:
        return True
    a, b = significant(one), significant(other)
    return a.startswith(b) or b.startswith(a)


def _alike_words(one: str, other: str, places: tuple[str, ...]) -> tuple[str, ...]:
    shared = [word for word in _shared(one, other) if not any(word in place for place in places)]
    for family in FAMILIES:
        mine = next((word for word in family if word in one), None)
        theirs = next((word for word in family if word in other), None)
        if mine and theirs and not any(word in shared for word in family):
            shared.append(mine if mine == theirs else f"{mine}／{theirs}")
    return tuple(dict.fromkeys(shared))[:4]


def _shared(one: str, other: str) -> tuple[str, ...]:
    """The longest runs of at least two characters that stand in both, common words left out."""
    found: list[str] = []
    for run in _HAN.findall(one):
        start = 0
        while start < len(run) - 1:
            end = start + 2
            if run[start:end] not in other:
                start += 1
                continue
            while end < len(run) and run[start : end + 1] in other:
                end += 1
            word = run[start:end]
            if word not in _COMMON and not any(word in known for known in found):
                found.append(word)
            start = end - 1 if end - start > 2 else end
    return tuple(found[:6])
