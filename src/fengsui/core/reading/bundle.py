"""Bundles: where one file holds several plans, the lines of each (多预案文件).

A plan begins where a title (… 预案) is followed at once by the first heading of a new numbering.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from fengsui.core.reading.glyphs import key, width
from fengsui.core.reading.labels import Style
from fengsui.core.reading.mend import Piece


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One plan of a file: its title and its lines (1-based, both ends included)."""

    title: str
    first_line: int
    last_line: int


_TITLE_END = re.compile(r"(?:预案|应急方案|行动方案|处置方案|工作方案|应急手册)$")
_NOTE = re.compile(r"[（(][^（）()]{1,16}[）)]$")
_PLACE = re.compile(
    r"^[\u4e00-\u9fff]{1,14}?(?:省|市|县|区|州|盟|旗|师|团|乡|镇|场|街道|村|社区|公司|学校|大学|中学|小学|幼儿园|医院|局|厅|部|委|"
    r"集团|厂|矿|港|站|国家|全国|中华)"
)
_FIRST = {Style.CHINESE, Style.CHAPTER, Style.PART, Style.DIGIT, Style.ARTICLE}
LONGEST_TITLE_LINE = 40.0
REACH = 6
"""How many lines may stand between a title and the first heading (issuer, date, note)."""


def split_parts(pieces: Sequence[Piece], *, last_line: int) -> tuple[Part, ...]:
    """The plans of a document, in order; a document that is one plan is one part from line 1."""
    starts = _starts(pieces)
    if len(starts) <= 1:
        title = starts[0][1] if starts else _best_title(pieces)
        return (Part(title=title, first_line=1, last_line=last_line),)
    parts = []
    for (line, title), after in zip(starts, [*starts[1:], None], strict=True):
        end = after[0] - 1 if after else last_line
        parts.append(Part(title=title, first_line=line, last_line=end))
    return tuple(parts)


def _starts(pieces: Sequence[Piece]) -> list[tuple[int, str]]:
    found: list[tuple[int, str]] = []
    taken = -1
    for index, piece in enumerate(pieces):
        if index <= taken or not _is_first_heading(piece):
            continue
        title = _title_above(pieces, index, taken + 1)
        if title is not None:
            found.append(title)
            taken = index
    return found


def _is_first_heading(piece: Piece) -> bool:
    label = piece.label
    if label is None or piece.cell is not None or label.parts != (1,) or label.style not in _FIRST:
        return False
    return width(piece.text) <= 24 or label.style is Style.ARTICLE


def _title_above(pieces: Sequence[Piece], index: int, floor: int) -> tuple[int, str] | None:
    for last in range(index - 1, max(floor, index - 1 - REACH) - 1, -1):
        piece = pieces[last]
        if piece.label is not None or piece.cell is not None or width(piece.text) > LONGEST_TITLE_LINE:
            return None
        if _TITLE_END.search(_plain(piece.text)):
            first = _first_of_title(pieces, last, floor)
            title = "".join(p.text for p in pieces[first : last + 1])
            return pieces[first].line, _NOTE.sub("", title)
    return None


def _plain(text: str) -> str:
    return _NOTE.sub("", text)


def _first_of_title(pieces: Sequence[Piece], last: int, floor: int) -> int:
    """A title may be broken over up to three lines: go up until it begins with whose plan it is."""
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
        and not re.search(r"[，。；：,;:！？]", piece.text)
    )


def _best_title(pieces: Sequence[Piece]) -> str:
    for index, piece in enumerate(pieces[:60]):
        if _may_be_title_line(piece) and _TITLE_END.search(_plain(piece.text)):
            first = _first_of_title(pieces, index, 0)
            return _NOTE.sub("", "".join(p.text for p in pieces[first : index + 1]))
    return pieces[0].text if key(pieces[0].text) and width(pieces[0].text) <= LONGEST_TITLE_LINE else ""
