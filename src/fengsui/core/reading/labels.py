"""Labels: the numbers that headings and list items begin with.

``parse_label`` reads one off the front of a line. Whether the line is a heading or an item is decided
in ``headings`` by its shape and its place, never by the label alone.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from fengsui.core.reading.numerals import CHINESE_DIGITS, whole_number


class Style(StrEnum):
    """How a label is written; the order is that of usual nesting."""

    PART = "part"  # 第一部分
    CHAPTER = "chapter"  # 第一章
    SECTION = "section"  # 第一节
    ARTICLE = "article"  # 第一条
    CHINESE = "chinese"  # 一、
    CHINESE_PAREN = "chinese_paren"  # （一）
    DECIMAL = "decimal"  # 1.1
    DIGIT = "digit"  # 1. 1、 1
    DIGIT_PAREN = "digit_paren"  # （1） 1）
    CIRCLED = "circled"  # ①
    ANNEX = "annex"  # 附件1


@dataclass(frozen=True, slots=True)
class Label:
    """A label read off a line.

    ``parts`` are its numbers (1.5 → 1, 5; （七） → 7; an annex without number → none), ``printed`` its
    normalised text without the mark that follows ("1.5", "（七）", "第三章", "附件8.3"), ``mark`` that mark
    ("、", ".", " ", ""), ``end`` the offset in the line where the words begin.
    """

    style: Style
    parts: tuple[int, ...]
    printed: str
    mark: str
    end: int

    @property
    def ordinal(self) -> int:
        return self.parts[-1] if self.parts else 0


_CN = f"[{CHINESE_DIGITS}]{{1,5}}"
_GAP = r"[ \t\u3000\xa0]*"
_DIV = re.compile(
    rf"第{_GAP}({_CN}|\d{{1,3}}){_GAP}(部{_GAP}分|编|篇|章|节|条)(?![款项规])[、.．:：]?(?={_GAP})"
)
_DIV_STYLE = {"部": Style.PART, "编": Style.PART, "篇": Style.PART, "章": Style.CHAPTER, "节": Style.SECTION}
_CHINESE = re.compile(rf"({_CN}){_GAP}([、．]|\.(?!\d)|,|，(?=\S)| {{1,4}}(?=[^\x00-\x7f]))")
_DATE_GOES_ON = re.compile(rf"[ \t]*[{CHINESE_DIGITS}年月日号]")
_CHINESE_PAREN = re.compile(rf"[（(〔]{_GAP}({_CN}){_GAP}[）)〕][、.．]?")
_DECIMAL = re.compile(r"(\d{1,2}(?:[.．。·]{1,2}[ \t]?\d{1,2}){1,4})(?![\d%％])[.．、]?")
_DIGIT = re.compile(r"(\d{1,3})[ \t]{0,3}([、．]|\.(?!\d)|。|,|，)|(\d{1,2})(?=[ \t\u3000]+\S|[^\x00-\x7f])")
_DIGIT_PAREN = re.compile(rf"[（(〔]{_GAP}(\d{{1,2}}){_GAP}[）)〕][、.．]?|(\d{{1,2}})[)）]")
_CIRCLED = re.compile(r"[\u2460-\u2473\u3251-\u325f\u2474-\u2487]")
_ANNEX = re.compile(
    rf"(附{_GAP}[件录表图则]){_GAP}((?:\d{{1,2}}(?:[.．\-]\d{{1,2}})*)|{_CN}(?![^\s、：:.．]))?{_GAP}"
    r"(?=$|[:：、.．\s]|\S)[:：、.．]?"
)
_LONG_UNITS = (
    r"小时|分钟|公里|千米|毫米|厘米|公顷|兆瓦|平方|立方|万|亿|元|％|%|℃|km|mm|cm|以上|以下|[-—~～至/:]"
)
_SHORT_UNITS = r"[人个名级日天年月时米吨户间辆次项类度倍种台套亩周号家支处只头所座层件期岁条m]"
_AFTER_UNIT = r"(?=以|及以|[，。、；：,;:）)/]|左右|地震|破坏|至|到|内|的|$)"
_UNIT = re.compile(rf"[ \t]*(?:{_LONG_UNITS}|{_SHORT_UNITS})")
_UNIT_AFTER = re.compile(rf"[ \t]*(?:(?:{_LONG_UNITS})|(?:{_SHORT_UNITS}){_AFTER_UNIT})")
"""A figure with its unit at the front of a line is no label (7.0 级以上…)."""


def parse_label(line: str) -> Label | None:
    """The label ``line`` begins with (blanks before it allowed), or None."""
    head = line.lstrip()
    if not head:
        return None
    readers = _READERS.get(head[0])
    if readers is None:
        if not head[0].isdigit():
            return None
        readers = _FIGURES
    start = len(line) - len(head)
    head = head[:60]
    if _WIDE_FIGURE.search(head):
        head = head.translate(_FULL_WIDTH)
    for reader in readers:
        label = reader(head)
        if label is not None:
            words = _NO_BLANK.search(line, start + label.end)
            end = words.start() if words else len(line)
            return Label(label.style, label.parts, label.printed, label.mark, end)
    return None


def _division(head: str) -> Label | None:
    match = _DIV.match(head)
    if match is None:
        return None
    number = whole_number(match[1])
    if number is None:
        return None
    style = _DIV_STYLE.get(match[2][0], Style.ARTICLE)
    if style is Style.SECTION and match[2] != "节":
        return None
    return Label(style, (number,), re.sub(r"\s", "", f"第{match[1]}{match[2]}"), "", match.end())


def _annex(head: str) -> Label | None:
    match = _ANNEX.match(head)
    if match is None:
        return None
    word = re.sub(r"\s", "", match[1])
    if word == "附则" or (word == "附件" and head[match.end() :].startswith(("的", "中", "所"))):
        return None
    rest = head[match.end() :]
    if not match[2] and not re.match(r"\s*$", rest) and match[0][-1:] not in ":：、.．":
        return None
    numbers = re.split(r"[.．\-]", match[2]) if match[2] else []
    parts = tuple(n for n in (whole_number(text) for text in numbers) if n is not None)
    printed = word + unicodedata.normalize("NFKC", match[2] or "")
    return Label(Style.ANNEX, parts, printed, "", match.end())


def _chinese(head: str) -> Label | None:
    match = _CHINESE_PAREN.match(head)
    if match is not None:
        number = whole_number(match[1])
        if number is None:
            return None
        return Label(Style.CHINESE_PAREN, (number,), f"（{match[1]}）", "", match.end())
    match = _CHINESE.match(head)
    if match is None:
        return None
    number = whole_number(match[1])
    if number is None or number == 0:
        return None
    mark = match[2].strip() or " "
    if mark in ",， " and (len(match[1]) > 3 or _DATE_GOES_ON.match(head, match.end())):
        return None
    return Label(Style.CHINESE, (number,), match[1], mark, match.end())


def _decimal(head: str) -> Label | None:
    match = _DECIMAL.match(head)
    if match is None or _UNIT_AFTER.match(head, match.end()):
        return None
    if _BLANK.search(match[1]) and _UNIT.match(head, match.end()):
        return None  # 1. 5名…: an item that begins with a figure
    parts = tuple(map(int, _FIGURE.findall(match[1])))
    if parts[0] == 0 or parts[-1] == 0:
        return None
    return Label(Style.DECIMAL, parts, ".".join(map(str, parts)), "", match.end())


def _digit(head: str) -> Label | None:
    match = _DIGIT.match(head)
    if match is None:
        return None
    if match[3] is not None and _UNIT_AFTER.match(head, match.end()):
        return None
    number = int(match[1] or match[3])
    if number == 0 or (head[match.end() : match.end() + 1].isdigit() and match[2] in (",", "，")):
        return None
    return Label(Style.DIGIT, (number,), str(number), match[2] or " ", match.end())


def _digit_paren(head: str) -> Label | None:
    match = _DIGIT_PAREN.match(head)
    if match is not None:
        number = int(match[1] or match[2])
        return Label(Style.DIGIT_PAREN, (number,), f"（{number}）", "", match.end())
    if _CIRCLED.match(head):
        number = int(unicodedata.numeric(head[0]))
        return Label(Style.CIRCLED, (number,), head[0], "", 1)
    return None


_FIGURE = re.compile(r"\d+")
_BLANK = re.compile(r"\s")
_NO_BLANK = re.compile(r"\S")
_WIDE_FIGURE = re.compile("[０-９]")
_FULL_WIDTH = str.maketrans("０１２３４５６７８９", "0123456789")

_Reader = Callable[[str], Label | None]
_FIGURES: tuple[_Reader, ...] = (_decimal, _digit, _digit_paren)
_READERS: dict[str, tuple[_Reader, ...]] = {
    "第": (_division,),
    "附": (_annex,),
    **dict.fromkeys(CHINESE_DIGITS, (_chinese,)),
    **dict.fromkeys("（(〔", (_chinese, _digit_paren)),
}
"""What may begin with a character; most lines begin with none of these and cost one look."""
