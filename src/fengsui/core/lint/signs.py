"""Signs that look right and are wrong: full-width figures, look-alikes, mixed brackets, doubled marks.

Each function gives the slips of one line of the text as read, with what was meant. Only what has one
possible meaning is here, because it is mended without a question to the author.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Slip:
    """``old`` stands at ``start`` of the line where ``new`` was meant."""

    start: int
    old: str
    new: str


_WIDE = re.compile(r"[０-９Ａ-Ｚａ-ｚ](?:[０-９Ａ-Ｚａ-ｚ]|[．－](?=[０-９]))*％?|(?<=\d)％")
_UNITS = r"(?:人|名|万|亿|小时|分钟|天|日|户|间|年|月|毫米|公里|米|级|次|辆|台|元|平方|[%％](?![A-Za-z]))"
_LOOK_ALIKES: tuple[tuple[re.Pattern[str], Callable[[str], str]], ...] = (
    (re.compile("П(?=[、至到和或及－—-]?[ⅠⅡⅢⅣПШ]*级)"), lambda _: "Ⅱ"),
    (re.compile(r"(?<![A-Za-z0-9])(?=I{0,2}l)[lI]{1,3}(?=级)"), lambda old: "ⅠⅡⅢ"[len(old) - 1]),
    (re.compile(r"(?<![A-Za-z0-9])[l1]V(?=级)"), lambda _: "Ⅳ"),
    (re.compile(rf"(?<![A-Za-z0-9./_-])l(?=\d[\d.]*\s?{_UNITS})"), lambda _: "1"),
    (re.compile(rf"(?<=\d)[lOo](?=[\dlOo]*\s?{_UNITS})"), lambda old: "1" if old == "l" else "0"),
)
"""Not Ш for Ⅲ: that is among the mistyped words."""
_MAY_LOOK_ALIKE = re.compile("[ПlVOo]")
_DOUBLED = re.compile(r"、、|，，|；；|(?<!。)。。(?!。)|，。|、。|；。|进进行")
_MEANT = {"进进行": "进行"}
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_PAIRS = {"（": "）", "(": ")"}
_WIDTHS = {"(": "（", ")": "）", "（": "(", "）": ")"}


def wide_figures(text: str) -> Iterator[Slip]:
    """Figures and Latin letters in full width (１０人)."""
    for found in _WIDE.finditer(text):
        yield Slip(found.start(), found[0], unicodedata.normalize("NFKC", found[0]))


def look_alikes(text: str) -> Iterator[Slip]:
    """Signs of another alphabet in levels and figures (П级, l0人)."""
    if not _MAY_LOOK_ALIKE.search(text):
        return
    for pattern, meant in _LOOK_ALIKES:
        for found in pattern.finditer(text):
            yield Slip(found.start(), found[0], meant(found[0]))


def mixed_brackets(text: str) -> Iterator[Slip]:
    """A bracket opened in one width and closed in the other; nothing where the line is not balanced."""
    if not ("(" in text or ")" in text) or not ("（" in text or "）" in text):
        return  # one width, so none is closed in the other
    opened: list[int] = []
    pairs: list[tuple[int, int]] = []
    for place, sign in enumerate(text):
        if sign in "（(":
            opened.append(place)
        elif sign in "）)":
            if not opened:
                return
            pairs.append((opened.pop(), place))
    if opened:
        return
    for start, end in sorted(pairs):
        if _PAIRS[text[start]] != text[end]:
            chinese = _CHINESE.search(text[max(start - 1, 0) : end + 2]) is not None
            place = start if (text[start] == "(") is chinese else end
            yield Slip(place, text[place], _WIDTHS[text[place]])


def doubled_marks(text: str) -> Iterator[Slip]:
    """Two marks where one belongs: the later one is meant."""
    for found in _DOUBLED.finditer(text):
        yield Slip(found.start(), found[0], _MEANT.get(found[0], found[0][-1]))
