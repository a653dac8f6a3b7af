"""Mending: lines as read → pieces in reading form → paragraphs.

A hard-wrapped text breaks a sentence every twenty-odd characters, often with blank lines between; page
breaks do so now and then in any text. Two lines are joined when the first is not finished and the second
does not begin something new.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from fengsui.core.reading.blocks import Cell, Paragraph, TextLine
from fengsui.core.reading.glyphs import (
    CLOSING,
    OPENING,
    TERMINAL,
    cell_form,
    even_forms,
    squeeze,
    width,
    with_lost_marks,
    without_markup,
)
from fengsui.core.reading.labels import Label, parse_label
from fengsui.core.reading.memo import remembered

NARROWEST_WRAP = 15.0
"""Shorter lines (in Chinese characters) are not evidence of wrapping."""
WIDEST_WRAP = 48.0
DEFAULT_WRAP = 23.0
"""A line broken off at this width or more is taken as wrapped when the text shows no width of its own."""


@dataclass(slots=True)
class Piece:
    """A non-blank line, or a cell of one, in reading form.

    ``raw`` keeps its blanks (labels and contents lines need them), ``blank_before`` counts blank lines since
    the last piece, ``marked`` is the heading depth by mark-up or style, ``indented`` whether the line begins
    with the two blanks of a new paragraph, ``lost`` the names between which a mark was lost and put back,
    ``full`` whether the line has as many characters as every line of a text that was broken by count.
    """

    line: int
    text: str
    raw: str
    cell: Cell | None = None
    marked: int | None = None
    complete: bool = False
    blank_before: int = 0
    indented: bool = False
    label: Label | None = None
    lost: str = ""
    full: bool = False


_INDENT = re.compile(r"(?:\u3000{2}|[ \xa0]{4}|\t)(?=\S)")
_MARKDOWN_HEADING = re.compile(r"^\s{0,3}(#{1,6})\s*(?=[^#\s])")
_ROW = re.compile(r"<p>|</t[dr]>|<t[dr][ >]", re.IGNORECASE)
_CELL_END = re.compile(r"</t[dh]>|\t|(?<=</p>)(?=<t)", re.IGNORECASE)
_ROW_END = re.compile(r"</tr>", re.IGNORECASE)
_PARAGRAPH_END = re.compile(r"</p>|<br ?/?>", re.IGNORECASE)
_MARKDOWN_ROW = re.compile(r"^\s*\|.*\|\s*$")
_MARKDOWN_RULE = re.compile(r"^[\s|:\-]+$")
_LEADER_AND_PAGE = re.compile(r"[.．…·]{3,}\s*\d*\s*$")
_TAB_AND_PAGE = re.compile(r"\t\s*\d{1,3}\s*$")
MOST_COLUMNS = 500
"""A line with more cells is no row of a table."""
_COLUMNS = range(2, MOST_COLUMNS)
_INDENTS = "\u3000 \xa0\t"


def pieces_of(lines: Sequence[TextLine]) -> tuple[Piece, ...]:
    """The non-blank pieces of ``lines`` in order; a line that is a row of a table gives one for each cell."""
    result: list[Piece] = []
    blank = 0
    tables = _Tables()
    for line, text in zip(lines, even_forms([line.text for line in lines]), strict=True):
        if not text or text.isspace():
            blank += 1
            continue
        before = len(result)
        _add_pieces(result, line, text, blank, tables)
        blank = 0 if len(result) > before else blank + 1
    _mark_full(result)
    return tuple(result)


_FEWEST_BROKEN = 12
"""Lines broken off without a stop, from which a width is told."""


def _mark_full(pieces: Sequence[Piece]) -> None:
    """Mark the lines as long, in characters, as nearly every broken line of the text."""
    counts = Counter(
        len(piece.raw)
        for piece, after in pairwise(pieces)
        if after.label is None
        and piece.cell is None
        and not piece.complete
        and piece.text[-1] not in _ENDS
        and NARROWEST_WRAP <= len(piece.raw) <= 2 * WIDEST_WRAP
    )
    if sum(counts.values()) < _FEWEST_BROKEN:
        return
    usual = counts.most_common(1)[0][0]
    if 2 * (counts[usual] + counts[usual - 1]) < sum(counts.values()):
        return
    for piece in pieces:
        piece.full = usual - 2 <= len(piece.raw) <= usual


class _Tables:
    """Numbers tables and rows while lines go by; a line that is no row ends the table."""

    def __init__(self) -> None:
        self.table = -1
        self.row = 0
        self.last_line = -2

    def next_row(self, line: int) -> tuple[int, int]:
        if line - self.last_line > 2:
            self.table += 1
            self.row = 0
        else:
            self.row += 1
        self.last_line = line
        return self.table, self.row


def _add_pieces(result: list[Piece], line: TextLine, text: str, blank: int, tables: _Tables) -> None:
    """Append the pieces of a line that is not blank, ``text`` in even form; ``blank``: blank lines before."""
    if line.cell is not None or line.complete:
        plain = without_markup(text)
        read = cell_form(text) if line.cell is not None else squeeze(plain)
        if read:
            raw = plain.strip()
            result.append(_piece(line, read, raw, line.cell, blank, label=parse_label(raw)))
        return
    if "<" in text and _ROW.search(text):
        result.extend(_html_cells(line, text, blank, tables))
    elif "|" in text and text.count("|") <= MOST_COLUMNS and _MARKDOWN_ROW.match(text):
        if not _MARKDOWN_RULE.match(text):
            result.extend(_row_cells(line, text.strip().strip("|").split("|"), blank, tables))
    elif "\t" in text and text.strip().count("\t") in _COLUMNS and not _looks_like_contents(text):
        result.extend(_row_cells(line, text.strip("\n").split("\t"), blank, tables))
    else:
        _add_line(result, line, text, blank)


def _add_line(result: list[Piece], line: TextLine, text: str, blank: int) -> None:
    heading = _MARKDOWN_HEADING.match(text) if "#" in text else None
    marked = len(heading[1]) if heading else line.heading
    read, raw, label, names = _read(text[heading.end() :] if heading else text)
    if not read:
        return
    piece = _piece(line, read, raw, None, blank, marked, label)
    piece.lost = names
    result.append(piece)


@remembered(2048)
def _read(text: str) -> tuple[str, str, Label | None, str]:
    """Reading form, words without mark-up, label, lost names. Plans share lines: many are met again."""
    raw = without_markup(text)
    read, names = squeeze(raw), ""
    if " " in read:
        read, names = with_lost_marks(read)
    raw = raw.strip()
    return read, raw, parse_label(raw), names


def _looks_like_contents(text: str) -> bool:
    if _LEADER_AND_PAGE.search(text[-80:]):
        return True
    return _TAB_AND_PAGE.search(text[-80:]) is not None and parse_label(text) is not None


def _piece(
    line: TextLine,
    text: str,
    raw: str,
    cell: Cell | None,
    blank: int,
    marked: int | None = None,
    label: Label | None = None,
) -> Piece:
    return Piece(  # by place: by name it takes three times as long
        line.number,
        text,
        raw,
        cell,
        marked if marked is not None else line.heading,
        line.complete or cell is not None,
        blank,
        line.text[0] in _INDENTS and _INDENT.match(line.text) is not None,
        label,
    )


def _html_cells(line: TextLine, text: str, blank: int, tables: _Tables) -> Iterable[Piece]:
    for row in _ROW_END.split(text):
        cells = [cell for cell in _CELL_END.split(row)]
        if not any(without_markup(cell).strip() for cell in cells):
            continue
        table, number = tables.next_row(line.number)
        for column, cell in enumerate(cells):
            for paragraph in _PARAGRAPH_END.split(cell):
                read = cell_form(paragraph)
                if read:
                    place = Cell(table=table, row=number, column=column)
                    yield _cell_piece(line, read, paragraph, place, blank)
                    blank = 0


def _row_cells(line: TextLine, cells: Sequence[str], blank: int, tables: _Tables) -> Iterable[Piece]:
    table, number = tables.next_row(line.number)
    for column, cell in enumerate(cells):
        read = cell_form(cell)
        if read:
            place = Cell(table=table, row=number, column=column)
            yield _cell_piece(line, read, cell, place, blank)
            blank = 0


def _cell_piece(line: TextLine, read: str, cell: str, place: Cell, blank: int) -> Piece:
    raw = without_markup(cell).strip()
    return _piece(line, read, raw, place, blank, label=parse_label(raw))


def wrap_width(pieces: Sequence[Piece]) -> float:
    """The width (in Chinese characters) from which an unfinished line of this text counts as wrapped."""
    broken = [
        breadth
        for piece, after in pairwise(pieces)
        if after.label is None
        and piece.cell is None
        and not piece.complete
        and piece.text[-1] not in _ENDS
        and NARROWEST_WRAP <= (breadth := width(piece.text)) <= WIDEST_WRAP
    ]
    if len(broken) < _FEWEST_BROKEN:
        return DEFAULT_WRAP
    return max(NARROWEST_WRAP, 0.8 * median(broken))


_CANNOT_END = frozenset("和及与或由向在于对为将被把从按以应须并且至")
"""No sentence and no title ends in one of these words."""
_MEASURED = re.compile(
    "[万亿个]?(?:以上|以下|以内|人|名|例|户|间|元|级|小时|分钟|日|天|毫米|公顷|亩|%|年|月)"
)
_SHORTEST_CUT = 8
_ENDS = TERMINAL + CLOSING
MOST_BLANK = 8
"""Blank lines that a page break leaves in the midst of a sentence."""
_NEW_START = re.compile(r"[^，。；、,;]{1,12}[:：]|[-—●◆■★]|注[:：]|备注")


def continues(first: Piece, second: Piece, wrap: float) -> bool:
    """Whether ``second`` goes on with the sentence that ``first`` breaks off."""
    if first.complete or second.complete or first.cell or second.cell or second.marked or first.marked:
        return False
    if second.text[0] in "，。；、,;：:)）》”’？！?!" and first.text[-1] not in "。；;":
        return True
    end = first.text[-1]
    if second.indented and not (end in "、，," and first.indented is False):
        return False
    if second.label is not None:
        return False
    if end in OPENING:
        return True
    if end in "、，,":
        return True
    if end in TERMINAL or (second.blank_before > 3 and not _past_page_break(first, second, wrap)):
        return False
    if _open_bracket(first.text) or first.full or _cut_short(first.text, second.text):
        return True
    if _NEW_START.match(second.text) and not width(first.text) >= max(wrap, DEFAULT_WRAP):
        return False
    return width(first.text) >= wrap


def _cut_short(first: str, second: str) -> bool:
    """Whether a line ends in the midst of a phrase: 立即报告县政府和 / 省应急厅, 死亡3 / 人以上."""
    if len(first) <= _SHORTEST_CUT:
        return False
    return first[-1] in _CANNOT_END or (first[-1].isdigit() and bool(_MEASURED.match(second)))


def _past_page_break(first: Piece, second: Piece, wrap: float) -> bool:
    """Whether a sentence may go on over many blank lines: a full line does, a list after a label does not."""
    if second.blank_before > MOST_BLANK or width(first.text) < wrap:
        return False
    return not (_NEW_START.match(first.text) or _NEW_START.match(second.text))


def _open_bracket(text: str) -> bool:
    tail = text[-40:]
    for opening, closing in ("（）", "()", "《》", "“”"):
        place = tail.rfind(opening)
        if place >= 0 and place > tail.rfind(closing):
            return True
    return False


def join(pieces: Sequence[Piece]) -> Paragraph:
    """One paragraph out of pieces that follow each other; ``starts`` keeps the line of each."""
    if len(pieces) == 1:
        return Paragraph(text=pieces[0].text, starts=((0, pieces[0].line),), cell=pieces[0].cell)
    parts: list[str] = []
    starts: list[tuple[int, int]] = []
    length = 0
    before = ""
    for piece in pieces:
        if before.isascii() and before.isalpha() and piece.text[0].isascii():
            parts.append(" ")
            length += 1
        starts.append((length, piece.line))
        parts.append(piece.text)
        length += len(piece.text)
        before = piece.text[-1]
    return Paragraph(text="".join(parts), starts=tuple(starts), cell=pieces[0].cell)
