"""Bundles: where one file holds several plans, the lines of each (多预案文件).

A plan begins where a title (… 预案) is followed at once by the first heading of a new numbering.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from fengsui.core.reading.glyphs import key, squeeze, width
from fengsui.core.reading.labels import Style
from fengsui.core.reading.mend import Piece


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One plan of a file: its title and its lines (1-based, both ends included).

    ``body_line`` is where the title stands before the first heading; a covering notice may precede it.
    """

    title: str
    body_line: int
    first_line: int
    last_line: int


_TITLE_END = re.compile(r"(?:预案|应急方案|行动方案|处置方案|应急工作方案|应急处置卡|应急预)$")
_CUT_TITLE = re.compile(r"应急预$")
_NOTE = re.compile(r"[（(【〔\[][^（）()]{1,16}[）)】〕\]]$")
_PLACE = re.compile(
    r"^[\u4e00-\u9fff]{1,14}?(?:省|市|县|区|州|盟|旗|师|团|乡|镇|场|街道|村|社区|公司|学校|大学|学院|中学|小学|幼儿园|医院|"
    r"局|厅|部|委|集团|厂|矿|港|站|国家|全国|中华)"
)
_AREA = re.compile(r"[\u4e00-\u9fff]{1,14}?(?:省|市|县|区|州|盟|旗|师|团|乡|镇|街道)")
_NO_TITLE = re.compile(
    r"^(?:启动|执行|按照?|参照|修订|制定|编制|完善|实施|根据|依据|附|见|和|及|与)|本预案|该预案|相关预案|各级预案"
)
_OPENERS = re.compile(
    r"总则|总体要求|编制目的|目的|指导思想|基本情况|适用范围|概述|总体原则|事故风险|编制依据|依据"
)
_FIRST = {Style.CHINESE, Style.CHAPTER, Style.PART, Style.DIGIT, Style.ARTICLE}
_MARK = re.compile(r"[，。；：,;:！？]")
LONGEST_TITLE_LINE = 40.0
REACH = 6
"""How many lines may stand between a title and the first heading (issuer, date, note, a first sentence)."""


def split_parts(pieces: Sequence[Piece], *, last_line: int) -> tuple[Part, ...]:
    """The plans of a document, in order; a document that is one plan is one part from line 1."""
    starts = _starts(pieces)
    if len(starts) <= 1:
        line, title = starts[0] if starts else (1, _best_title(pieces))
        return (Part(title=title, body_line=line, first_line=1, last_line=last_line),)
    parts = []
    for (line, title), after in zip(starts, [*starts[1:], None], strict=True):
        end = after[0] - 1 if after else last_line
        parts.append(Part(title=title, body_line=line, first_line=line, last_line=end))
    return tuple(parts)


def _starts(pieces: Sequence[Piece]) -> list[tuple[int, str]]:
    found: list[tuple[int, str]] = []
    known: set[str] = set()
    taken = -1
    for index, piece in enumerate(pieces):
        if index <= taken or not _is_first_heading(pieces, index, piece):
            continue
        title = _title_above(pieces, index, taken + 1)
        if title is not None:
            if key(title[1]) not in known:
                found.append(title)
                known.add(key(title[1]))
            taken = index
    return found


def _is_first_heading(pieces: Sequence[Piece], index: int, piece: Piece) -> bool:
    label = piece.label
    if label is None or piece.cell is not None or label.parts != (1,) or label.style not in _FIRST:
        return False
    if label.style is Style.DIGIT:
        # Lists begin with 1. too: a chapter has 1.1 below it, or one of the usual names.
        coming = next((p.label for p in pieces[index + 1 : index + 30] if p.label is not None), None)
        below = coming is not None and coming.style is Style.DECIMAL and coming.parts[0] == 1
        return width(piece.text) <= 24 and (below or _OPENERS.search(piece.text) is not None)
    return width(piece.text) <= 24 or label.style is Style.ARTICLE


def _title_above(pieces: Sequence[Piece], index: int, floor: int) -> tuple[int, str] | None:
    for last in range(index - 1, max(floor, index - 1 - REACH) - 1, -1):
        piece = pieces[last]
        if piece.label is not None or piece.cell is not None:
            return None
        if _is_title_end(piece):
            return _whole_title(pieces, last, floor)
    return None


def _is_title_end(piece: Piece) -> bool:
    return _may_be_title_line(piece) and _TITLE_END.search(_plain(piece.text)) is not None


def _whole_title(pieces: Sequence[Piece], last: int, floor: int) -> tuple[int, str]:
    first = _first_of_title(pieces, last, floor)
    title = _plain("".join(piece.text for piece in pieces[first : last + 1]))
    if _CUT_TITLE.search(title):
        title += "案"  # the last character was lost at the edge of the page
    return pieces[first].line, title


def _plain(text: str) -> str:
    return _NOTE.sub("", text)


def _first_of_title(pieces: Sequence[Piece], last: int, floor: int) -> int:
    """A title may be broken over up to three lines: go up until it begins with whose plan it is."""
    above = pieces[last - 1] if last > floor else None
    if (
        above is not None
        and pieces[last].blank_before <= 2
        and _AREA.fullmatch(above.text)
        and not _AREA.match(pieces[last].text)
    ):
        return last - 1
    if _PLACE.match(pieces[last].text):
        return last
    for first in range(last - 1, max(floor, last - 3) - 1, -1):
        piece = pieces[first]
        if not _may_be_title_line(piece) or pieces[first + 1].blank_before > 2:
            break
        if _PLACE.match(piece.text):
            return first
    return last if len(_plain(pieces[last].text)) > 4 else max(floor, last - 1)


def _may_be_title_line(piece: Piece) -> bool:
    return (
        piece.label is None
        and piece.cell is None
        and width(piece.text) <= LONGEST_TITLE_LINE
        and not _MARK.search(piece.text)
        and not _NO_TITLE.search(piece.text)
    )


def _best_title(pieces: Sequence[Piece]) -> str:
    for index, piece in enumerate(pieces[:60]):
        if _is_title_end(piece):
            return _whole_title(pieces, index, 0)[1]
    numbered = next((p for p in pieces[:5] if p.label is not None and _TITLE_END.search(p.text)), None)
    if numbered is not None and numbered.label is not None and width(numbered.text) <= LONGEST_TITLE_LINE:
        return squeeze(numbered.raw[numbered.label.end :])
    return ""


_SELF = re.compile(r"本(?:应急|专项|处置|现场)?预案|本(?:应急|处置|工作)?方案")
_OTHER = re.compile(r"本(?:规划|条例|办法|法|规定|标准|细则|报告|意见|制度|规范|合同|协议)")
_SIGNS = (
    "应急",
    "小组",
    "组长",
    "指挥",
    "报告",
    "处置",
    "救援",
    "响应",
    "预警",
    "疏散",
    "抢险",
    "职责",
    "事故",
)
ENOUGH_SIGNS = 6


def is_plan(title: str, texts: Iterable[str]) -> bool:
    """Whether a text is an emergency plan: by its title, or by what it calls itself."""
    own = other = 0
    signs: set[str] = set()
    for text in texts:
        if "本" in text:
            own += len(_SELF.findall(text))
            other += len(_OTHER.findall(text))
        if len(signs) < ENOUGH_SIGNS:
            signs.update(sign for sign in _SIGNS if sign in text)
    if _TITLE_END.search(title):
        return own > 0 or other <= 3
    # Plans of schools and companies often neither have the word in a title nor speak of themselves.
    return own > other or (other == 0 and len(signs) >= ENOUGH_SIGNS)
