"""Levels named in a sentence, a label or a title: Ⅰ级、Ⅱ级, 三级以上, 特别重大, 红色."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from fengsui.core.reading.extract.power_text import Sentence, widen
from fengsui.core.reading.outline import Outline

ROMANS = ("I", "II", "III", "IV", "V")
_ONE = (
    r"(?:(?<![A-Za-z])(?:IV|III|II|I|V)(?![A-Za-z])|[ⅠⅡⅢⅣⅤ]|(?<![上下连省市县乡村各同高低第逐])[一二三四五])"
)
_RUN = re.compile(rf"{_ONE}(?:级?(?:[、，和及与或至到—\-~～]|或者){_ONE})*级(?!别)(?:及?(以上|以下))?")
_TOKEN = re.compile(_ONE)
_VALUE = {
    "Ⅰ": "I",
    "Ⅱ": "II",
    "Ⅲ": "III",
    "Ⅳ": "IV",
    "Ⅴ": "V",
    "一": "I",
    "二": "II",
    "三": "III",
    "四": "IV",
    "五": "V",
}
_LADDERS: tuple[dict[str, str], ...] = (
    {"特别重大": "I", "重大": "II", "较大": "III", "一般": "IV"},
    {"特别严重": "I", "严重": "II", "较重": "III", "一般": "IV"},
    {"特大": "I", "严重": "II", "中度": "III", "轻度": "IV"},
)
_COLOURS = {"红色": "I", "橙色": "II", "黄色": "III", "蓝色": "IV"}
_COLOURED = re.compile(r"(红色|橙色|黄色|蓝色)(?:及?(以上|以下))?")


_GRADED = re.compile("[大般重度色]")
"""Every word of degree ends in one of these; most sentences hold none."""


@cache
def _named(words: tuple[str, ...]) -> re.Pattern[str]:
    """A word of degree that grades something, with 以上 or 以下."""
    noun = (
        r"(?!影响|损失|危害|范围|程度)[^，。；：]{0,8}?"
        r"(?:事故|事件|灾害|灾情|险情|汛情|干旱|旱情|洪水|疫情|响应|预警|火灾|级)"
    )
    return re.compile(rf"({'|'.join(map(re.escape, words))})(?:及?(以上|以下))?(?=[、和及与或]|{noun})")


def _spread(found: list[str], joint: str, bound: str | None) -> list[str]:
    ranks = [ROMANS.index(level) for level in found]
    if len(ranks) == 2 and re.search(r"[至到—\-~～]", joint):
        ranks = list(range(min(ranks), max(ranks) + 1))
    if bound == "以上" and ranks:
        ranks = list(range(max(ranks) + 1))
    if bound == "以下" and ranks:
        ranks = list(range(min(ranks), 4))
    return [ROMANS[rank] for rank in ranks]


def levels_in(text: str) -> tuple[str, ...]:
    """The levels written as numerals in ``text`` ("I" … "V"), in order, each once."""
    levels: list[str] = []
    if "级" not in text:
        return ()
    if "关注级" in text:
        levels.append("V")  # 关注级响应 stands below Ⅳ级
    for run in _RUN.finditer(widen(text)):
        tokens = [_VALUE.get(token, token) for token in _TOKEN.findall(run.group())]
        levels += [level for level in _spread(tokens, run.group(), run.group(1)) if level not in levels]
    return tuple(levels)


@dataclass(frozen=True, slots=True)
class LevelNames:
    """The words this plan uses for its levels (特别重大 … 一般), empty where it has no such ladder.

    ``subject`` holds words of the title that look like levels and are none: a plan for 重大病虫害 says
    重大病虫害 of every level.
    """

    words: tuple[tuple[str, str], ...] = ()
    subject: tuple[str, ...] = ()

    @staticmethod
    def of(outline: Outline) -> LevelNames:
        """Read from the plan which ladders of names it uses: three of the four words must occur."""
        return _level_names(outline)

    def find(self, text: str) -> tuple[str, ...]:
        """Levels named by words (or colours) in ``text``, in order."""
        if not _GRADED.search(text):
            return ()
        wide = widen(text)
        for name in self.subject:
            wide = re.sub(rf"(?<!特别){name}", "，" * len(name), wide)
        levels: list[str] = []
        if self.words and any(word in wide for word, _ in self.words):
            for match in _named(tuple(word for word, _ in self.words)).finditer(wide):
                found = _spread([dict(self.words)[match.group(1)]], "", match.group(2))
                levels += [level for level in found if level not in levels]
        if not levels and "色" in wide:
            for match in _COLOURED.finditer(wide):
                levels += _spread([_COLOURS[match.group(1)]], "", match.group(2))
        return tuple(dict.fromkeys(levels))

    def either(self, text: str) -> tuple[str, ...]:
        """Levels in numerals, else in words."""
        return levels_in(text) or self.find(text)

    def around(self, sentence: Sentence, *, lead: bool = True) -> tuple[str, ...]:
        """Levels the place speaks of: the label, the line above (``lead``), then the titles outward."""
        for text in (sentence.label, sentence.lead if lead else "", *sentence.titles):
            found = self.either(text)
            if found:
                return found if len(found) < 4 else ()
        return ()


@lru_cache(maxsize=2)
def _level_names(outline: Outline) -> LevelNames:
    parts = [section.title for section in outline.sections()]
    parts += [paragraph.text for _, paragraph in outline.paragraphs()]
    whole = "\n".join(parts)
    words: dict[str, str] = {}
    for ladder in _LADDERS:
        if all(word in whole for word in ladder if word != "一般"):
            words |= ladder
    named = re.findall(r"(?<!特别)(?:重大|严重|较大|一般)[\u4e00-\u9fff]{2}", outline.title)
    return LevelNames(tuple(sorted(words.items(), key=lambda pair: -len(pair[0]))), tuple(named))
