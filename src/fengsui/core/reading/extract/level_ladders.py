"""Ladders side by side: by hazard (森林火灾, 草原火灾) or by subtype (事件, 事故)."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from fengsui.core.plan.criterion import Threshold
from fengsui.core.plan.level import Level
from fengsui.core.reading.extract.level_model import Block

_SUBTYPES = ("险情", "灾情", "事故", "事件")
_WORDS_OF_HAZARDS: tuple[tuple[str, str], ...] = (
    ("洪涝", r"汛|洪|涝"),
    ("干旱", r"旱"),
    ("地震", r"地震"),
    ("森林火灾", r"森林(?!草原).*火"),
    ("草原火灾", r"(?<!森林)草原.*火"),
    ("台风", r"台风"),
    ("暴雨", r"暴雨|强降[雨水]"),
    ("暴雪", r"暴雪|雪灾|降雪|大雪"),
    ("寒潮", r"寒潮|低温|冰冻|冷冻"),
    ("道路结冰", r"道路结冰|结冰"),
    ("高温", r"高温"),
    ("大风", r"大风"),
    ("沙尘暴", r"沙尘"),
    ("大雾", r"大?雾(?!霾)"),
    ("霾", r"霾"),
    ("冰雹", r"冰雹|雹"),
    ("雷电", r"雷电|雷暴"),
    ("地质灾害", r"地质|滑坡|泥石流|崩塌"),
    ("食物中毒", r"食物中毒"),
)
_HAZARDS = tuple((name, re.compile(words)) for name, words in _WORDS_OF_HAZARDS)
_DEGREE = re.compile(
    r"\(?(?:IV|III|II|I|V|[一二三四五])级\)?|特别重大|特别严重|特大|重大|严重|较大|较重|较严重|一般|轻度|中度|突发|[红橙黄蓝]色|预警|响应|应急|\([^()]*\)"
)


def tell_ladders_apart(levels: Sequence[Level], blocks: Sequence[Block]) -> list[Level]:
    """Set ``hazard`` or ``subtype`` where one kind has several ladders; else leave both empty."""
    subjects = [_subject(level, block) for level, block in zip(levels, blocks, strict=True)]
    result = list(levels)
    split_hazards = False
    for kind in {level.kind for level in levels}:
        mine = [i for i, level in enumerate(levels) if level.kind is kind]
        twice = max(Counter(levels[i].level for i in mine).values()) > 1
        if not twice:
            continue
        subtypes = {i: blocks[i].subtype or _subtype(levels[i].name, blocks[i]) for i in mine}
        hazards = {i: _hazard(subjects[i], blocks[i]) for i in mine}
        if _separates(mine, hazards, levels):
            split_hazards = True
            for i in mine:
                result[i] = replace(result[i], hazard=hazards[i])
        elif _separates(mine, subtypes, levels):
            for i in mine:
                result[i] = replace(result[i], subtype=subtypes[i])
    if split_hazards:
        result = [
            level if level.hazard else replace(level, hazard=_hazard(subjects[i], blocks[i]))
            for i, level in enumerate(result)
        ]
    return result


def _separates(mine: list[int], by: dict[int, str | None], levels: Sequence[Level]) -> bool:
    values = {by[i] for i in mine}
    if len(values) < 2 or None in values:
        return False
    return len({(levels[i].level, by[i]) for i in mine}) > len({levels[i].level for i in mine})


def _subject(level: Level, _: Block) -> str:
    return _DEGREE.sub("", level.name)


def _subtype(name: str, block: Block) -> str | None:
    found = [(name.rfind(word), word) for word in _SUBTYPES if word in name]
    if found:
        return max(found)[1]
    for title in block.titles:
        for word in _SUBTYPES:
            if word in title:
                return word
    return None


def _hazard(subject: str, block: Block) -> str | None:
    return next((found for text in (subject, *block.titles) if (found := _hazard_in(text))), None)


@lru_cache(maxsize=1024)
def _hazard_in(text: str) -> str | None:
    """The one hazard that a name or a title speaks of; the levels of a ladder share their titles."""
    found = [name for name, words in _HAZARDS if words.search(text)]
    return found[0] if len(found) == 1 else None


def conflicts_by_place(levels: Sequence[Level], blocks: Sequence[Block]) -> list[Level]:
    """Two ladders of one kind still not told apart: by the heading above, or by what their names grade.

    Only where both give figures that differ; what is merely said twice is left to be merged.
    """
    result = list(levels)
    figures = [_figures(level) for level in levels]
    names: _Names | None = None
    alike: dict[object, list[int]] = {}
    told_apart: set[tuple[object, str, str]] = set()
    for i, level in enumerate(levels):
        if not figures[i]:
            continue
        earlier = alike.setdefault((level.scheme, level.level), [])
        if len(earlier) >= MOST_ALIKE:
            continue
        for j in (j for j in earlier if figures[j] != figures[i]):
            names = names or _Names(levels, blocks)
            for way in range(len(_WAYS)):
                here, there = names.own[way][i], names.own[way][j]
                if not here or not there or here == there:
                    continue
                if (level.scheme, here, there) not in told_apart:
                    told_apart.add((level.scheme, here, there))
                    for name in (here, there):
                        for k in names.places[way, level.scheme, name]:
                            result[k] = replace(levels[k], hazard=name)
                break
        earlier.append(i)
    return result


class _Names:
    """How each level may be told from others of its step: by heading, by what its name grades.

    ``places`` are the levels of a scheme that go by a name.
    """

    def __init__(self, levels: Sequence[Level], blocks: Sequence[Block]) -> None:
        pairs = list(zip(levels, blocks, strict=True))
        self.own = tuple([name_of(*pair) for pair in pairs] for name_of in _WAYS)
        self.places: defaultdict[tuple[int, object, str | None], list[int]] = defaultdict(list)
        for way, names in enumerate(self.own):
            for k, name in enumerate(names):
                self.places[way, levels[k].scheme, name].append(k)


def _heading(_: Level, block: Block) -> str | None:
    titles = [title for title in block.titles if not _DEGREE.fullmatch(title)]
    return (
        re.sub(r"(?:应急)?(?:响应|预警)?(?:分级|等级|级别)?(?:标准|划分|条件)?$", "", titles[0])
        if titles
        else None
    )


_WAYS = (_heading, _subject)
MOST_ALIKE = 40
"""Levels of one step that are compared with each other; no plan has as many, a broken text may."""


def _figures(level: Level) -> frozenset[tuple[object, ...]]:
    return frozenset((c.fact, c.low, c.high) for c in level.criteria if isinstance(c, Threshold))
