"""Tables of a PDF page: ruled tables as cells, each with its paragraphs, also across pages.

The rulings come from pdfplumber; the words of a cell are put together here, because a cell wraps its lines
more often than the page does.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from pdfplumber.page import Page

from fengsui.adapters.pdf_glyphs import BULLET, Box, Glyph, PageContent
from fengsui.adapters.pdf_lines import Row, rows_of
from fengsui.adapters.read_limits import MOST_SHAPES

TOLERANCE = 4.0
"""Edges of cells nearer than this (points) are one edge."""
PADDING = 5.4
"""Blank an office program leaves at either side of a cell, in points."""
LONGEST_HEAD_LINE = 4
"""The head of a narrow column is broken by hand; its lines of so few characters are one word."""
_NEW_ITEM = re.compile(
    rf"[{BULLET}■◆★▪•\-—]|[（(]?[一二三四五六七八九十]{{1,3}}[）)、.．]|[（(]\d{{1,2}}[）)]|\d{{1,2}}(?:[、)）]|[.．](?!\d))"
    r"|\d{1,2}(?:[.．]\d{1,2}){1,3}(?!\d)|[①-⑳]|注[:：]"
)
_ENDED = "。；！？;!?："


@dataclass(slots=True)
class GridCell:
    """A cell: its box, and its paragraphs in order; ``open_end`` when the last fills its line unfinished."""

    box: Box
    paragraphs: list[str] = field(default_factory=list)
    open_end: bool = False

    @property
    def text(self) -> str:
        return "".join(self.paragraphs)


@dataclass(slots=True)
class Grid:
    """A ruled table: its box, the left edges of its columns, and cells by (row, column)."""

    box: Box
    columns: list[float]
    rows: int
    cells: dict[tuple[int, int], GridCell]

    def row_texts(self, row: int) -> list[str]:
        """The texts of one row by column."""
        return [self.cells[row, c].text if (row, c) in self.cells else "" for c in range(len(self.columns))]


def grids_of(page: Page, content: PageContent) -> list[Grid]:
    """The ruled tables of a page with their words, from the top; frames round a single text are none."""
    if not 4 <= len(content.shapes) <= MOST_SHAPES:
        return []
    grids = []
    for table in page.find_tables():
        cells = [content.turned(_on_page(cell, page)) for cell in table.cells]
        grid = grid_of(cells, content.glyphs)
        if grid is not None:
            grids.append(grid)
    return sorted(grids, key=lambda grid: (grid.box[1], grid.box[0]))


def _on_page(box: Box, page: Page) -> Box:
    """pdfplumber counts from the corner of the media box, glyphs from the corner of the page."""
    left, top = page.mediabox[0], page.mediabox[1]
    return box[0] - left, box[1] - top, box[2] - left, box[3] - top


def grid_of(boxes: Sequence[Box], glyphs: Sequence[Glyph]) -> Grid | None:
    """The table whose cells have those boxes, with the words in them; None for a frame round a text."""
    columns, tops = _edges([box[0] for box in boxes]), _edges([box[1] for box in boxes])
    if len(columns) < 2:
        return None
    outer = (
        min(box[0] for box in boxes),
        min(box[1] for box in boxes),
        max(box[2] for box in boxes),
        max(box[3] for box in boxes),
    )
    near = [glyph for glyph in glyphs if contains(outer, glyph)]
    cells: dict[tuple[int, int], GridCell] = {}
    for box in sorted(boxes, key=lambda item: (item[1], item[0])):
        place = _index(tops, box[1]), _index(columns, box[0])
        cell = _filled(box, [glyph for glyph in near if contains(box, glyph)])
        if place[0] == 0 and all(len(part) <= LONGEST_HEAD_LINE for part in cell.paragraphs):
            cell.paragraphs = ["".join(cell.paragraphs)] if cell.paragraphs else []
        if cell.paragraphs and place not in cells:
            cells[place] = cell
    if len({column for _, column in cells}) < 2 and len(tops) > 1:
        return None
    return Grid(box=outer, columns=columns, rows=len(tops), cells=cells) if cells else None


def contains(box: Box, glyph: Glyph) -> bool:
    """Whether the middle of the glyph lies in the box."""
    return box[0] <= glyph.centre <= box[2] and box[1] <= glyph.middle <= box[3]


def _edges(values: Sequence[float]) -> list[float]:
    edges: list[float] = []
    for value in sorted(values):
        if not edges or value - edges[-1] > TOLERANCE:
            edges.append(value)
    return edges


def _index(edges: Sequence[float], value: float) -> int:
    return min(range(len(edges)), key=lambda index: abs(edges[index] - value))


def _filled(box: Box, glyphs: Sequence[Glyph]) -> GridCell:
    rows = rows_of(glyphs)
    if not rows:
        return GridCell(box)
    paragraphs = [rows[0].text]
    for before, after in pairwise(rows):
        if _goes_on(before, after, box):
            paragraphs[-1] = joined(paragraphs[-1], after.text)
        else:
            paragraphs.append(after.text)
    last = rows[-1]
    fills = last.x1 + last.size + PADDING > box[2]
    return GridCell(box, paragraphs, open_end=fills and last.text[-1] not in _ENDED)


def _goes_on(before: Row, after: Row, box: Box) -> bool:
    """Whether the second line of a cell goes on with the first: its first character found no room there."""
    if _NEW_ITEM.match(after.text):
        return False
    room = box[2] - box[0] - 2 * PADDING
    indent = max(0.0, before.x0 - box[0] - PADDING) if _is_left_aligned(before, after, box) else 0.0
    full = before.x1 - before.x0 + indent + 1.1 * after.glyphs[0].size > room
    return full and before.text[-1] not in _ENDED


def _is_left_aligned(before: Row, after: Row, box: Box) -> bool:
    middle = (box[0] + box[2]) / 2
    return any(abs((row.x0 + row.x1) / 2 - middle) > 0.6 * row.size for row in (before, after))


def joined(first: str, second: str) -> str:
    """Two lines of one paragraph; a blank between words or figures in Latin script."""
    glue = " " if first[-1].isascii() and first[-1].isalpha() and second[0].isascii() else ""
    return f"{first}{glue}{second}"


def goes_on_over_page(table: Grid, other: Grid) -> bool:
    """Whether ``other``, first on its page, has the columns of ``table``, last on the page before."""
    width = abs((table.box[2] - table.box[0]) - (other.box[2] - other.box[0]))
    return width < 2 * TOLERANCE and all(
        min(abs(edge - known) for known in table.columns) <= TOLERANCE for edge in other.columns
    )


def append(table: Grid, other: Grid) -> None:
    """Put ``other``, the table gone on over a page, below ``table``.

    A repeated head is left out; a row cut by the page break (its first cell empty) is put together.
    """
    start = 1 if other.rows > 1 and other.row_texts(0) == table.row_texts(0) else 0
    last = table.rows - 1
    first_row = [place for place in other.cells if place[0] == start]
    cut = bool(first_row) and all(_index(table.columns, other.columns[c]) > 0 for _, c in first_row)
    for (row, column), cell in sorted(other.cells.items(), key=lambda item: item[0]):
        if row < start:
            continue
        here = _index(table.columns, other.columns[column])
        if not (cut and row == start):
            table.cells[last + 1 + row - start - int(cut), here] = cell
            continue
        known = table.cells.get((_row_above(table, here, last), here))
        if known is None:
            table.cells[last, here] = cell
        else:
            _extend(known, cell)
    table.rows += other.rows - start - int(cut)


def _row_above(table: Grid, column: int, last: int) -> int:
    rows = [row for row, other in table.cells if other == column and row <= last]
    return max(rows, default=last)


def _extend(cell: GridCell, more: GridCell) -> None:
    rest = list(more.paragraphs)
    if cell.open_end and rest and not _NEW_ITEM.match(rest[0]):
        cell.paragraphs[-1] = joined(cell.paragraphs[-1], rest.pop(0))
    cell.paragraphs.extend(rest)
    cell.open_end = more.open_end
