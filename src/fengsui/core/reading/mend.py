"""Mending: lines as read → pieces in reading form → paragraphs.

A hard-wrapped text breaks a sentence every twenty-odd characters, often with blank lines between; page
breaks do so now and then in any text. Two lines are joined when the first is not finished and the second
does not begin something new.
"""

from __future__ import annotations

import re
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
    mend_damage,
    reading_form,
    width,
    without_markup,
)
from fengsui.core.reading.labels import Label, parse_label

NARROWEST_WRAP = 15.0
"""Shorter lines (in Chinese characters) are not evidence of wrapping."""
WIDEST_WRAP = 48.0
DEFAULT_WRAP = 23.0
"""A line broken off at this width or more is taken as wrapped when the text shows no width of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A non-blank line, or a cell of one, in reading form.

    ``raw`` keeps its blanks (labels and contents lines need them), ``blank_before`` counts blank lines since
    the last piece, ``marked`` is the heading depth by mark-up or style, ``indented`` whether the line begins
    with the two blanks of a new paragraph.
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


_INDENT = re.compile(r"(?:\u3000{2}|[ \xa0]{4}|\t)(?=\S)")
_MARKDOWN_HEADING = re.compile(r"^\s{0,3}(#{1,6})\s*(?=[^#\s])")
_ROW = re.compile(r"<p>|</t[dr]>|<t[dr][ >]", re.IGNORECASE)
_CELL_END = re.compile(r"</t[dh]>|\t|(?<=</p>)(?=<t)", re.IGNORECASE)
_ROW_END = re.compile(r"</tr>", re.IGNORECASE)
_PARAGRAPH_END = re.compile(r"</p>|<br ?/?>", re.IGNORECASE)
_MARKDOWN_ROW = re.compile(r"^\s*\|.*\|\s*$")
_MARKDOWN_RULE = re.compile(r"^[\s|:\-]+$")


def pieces_of(lines: Iterable[TextLine]) -> tuple[Piece, ...]:
    """The non-blank pieces of ``lines`` in order; a line that is a row of a table gives one for each cell."""
    result: list[Piece] = []
    blank = 0
    tables = _Tables()
    for line in lines:
        made = list(_pieces_of_line(line, blank, tables))
        if made:
            result.extend(made)
            blank = 0
        else:
            blank += 1
    return tuple(result)


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


def _pieces_of_line(line: TextLine, blank: int, tables: _Tables) -> Iterable[Piece]:
    text = mend_damage(line.text.replace("\t", "\x01")).replace("\x01", "\t")
    if line.cell is not None or line.complete:
        read = cell_form(text) if line.cell is not None else reading_form(text)
        if read:
            yield _piece(line, read, without_markup(text), line.cell, blank)
        return
    if _ROW.search(text):
        yield from _html_cells(line, text, blank, tables)
        return
    if _MARKDOWN_ROW.match(text):
        if not _MARKDOWN_RULE.match(text):
            yield from _row_cells(line, text.strip().strip("|").split("|"), blank, tables)
        return
    if text.strip().count("\t") >= 2 and not _looks_like_contents(text):
        yield from _row_cells(line, text.strip("\n").split("\t"), blank, tables)
        return
    heading = _MARKDOWN_HEADING.match(text)
    marked = len(heading[1]) if heading else line.heading
    body = text[heading.end() :] if heading else text
    read = reading_form(body)
    if read:
        yield _piece(line, read, without_markup(body), None, blank, marked)


def _looks_like_contents(text: str) -> bool:
    return bool(re.search(r"[.．…·]{3,}\s*\d*\s*$", text)) or (
        parse_label(text) is not None and bool(re.search(r"\t\s*\d{1,3}\s*$", text))
    )


def _piece(
    line: TextLine, text: str, raw: str, cell: Cell | None, blank: int, marked: int | None = None
) -> Piece:
    return Piece(
        line=line.number,
        text=text,
        raw=raw.strip(),
        cell=cell,
        marked=marked if marked is not None else line.heading,
        complete=line.complete or cell is not None,
        blank_before=blank,
        indented=_INDENT.match(line.text) is not None,
        label=parse_label(raw.strip()),
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
                    yield _piece(line, read, without_markup(paragraph), place, blank)
                    blank = 0


def _row_cells(line: TextLine, cells: Sequence[str], blank: int, tables: _Tables) -> Iterable[Piece]:
    table, number = tables.next_row(line.number)
    for column, cell in enumerate(cells):
        read = cell_form(cell)
        if read:
            place = Cell(table=table, row=number, column=column)
            yield _piece(line, read, without_markup(cell), place, blank)
            blank = 0


def wrap_width(pieces: Sequence[Piece]) -> float:
    """The width (in Chinese characters) from which an unfinished line of this text counts as wrapped."""
    broken = [
        width(piece.text)
        for piece, after in pairwise(pieces)
        if piece.cell is None
        and not piece.complete
        and piece.text[-1] not in TERMINAL + CLOSING
        and after.label is None
        and NARROWEST_WRAP <= width(piece.text) <= WIDEST_WRAP
    ]
    if len(broken) < 12:
        return DEFAULT_WRAP
    return max(NARROWEST_WRAP, 0.8 * median(broken))


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
    if _open_bracket(first.text):
        return True
    if _NEW_START.match(second.text) and not width(first.text) >= max(wrap, DEFAULT_WRAP):
        return False
    return width(first.text) >= wrap


def _past_page_break(first: Piece, second: Piece, wrap: float) -> bool:
    """Whether a sentence may go on over many blank lines: a full line does, a list after a label does not."""
    if second.blank_before > MOST_BLANK or width(first.text) < wrap:
        return False
    return not (_NEW_START.match(first.text) or _NEW_START.match(second.text))


def _open_bracket(text: str) -> bool:
    tail = text[-40:]
    return any(tail.rfind(a) > tail.rfind(b) for a, b in ("（）", "()", "《》", "“”"))


def join(pieces: Sequence[Piece]) -> Paragraph:
    """One paragraph out of pieces that follow each other; ``starts`` keeps the line of each."""
    text = ""
    starts: list[tuple[int, int]] = []
    for piece in pieces:
        glue = " " if text and text[-1].isascii() and text[-1].isalpha() and piece.text[0].isascii() else ""
        text += glue
        starts.append((len(text), piece.line))
        text += piece.text
    return Paragraph(text=text, starts=tuple(starts), cell=pieces[0].cell)
