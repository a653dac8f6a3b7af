"""Reading PDF files that hold text: bytes → lines in reading order.

A line of the page is a line of the text as read, hard wraps and all (``core.reading`` mends them); a line
set in from the left margin begins with two wide blanks. A ruled table gives its cells, each paragraph of a
cell a line; the words of a drawing give a line for each box of it. Page numbers and running heads are
left out; a page that is a picture is told of in a notice.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from fengsui.adapters.pdf_figures import Figure, figures_of
from fengsui.adapters.pdf_glyphs import UNREADABLE, Box, Glyph, PageContent, content_of
from fengsui.adapters.pdf_lines import Row, in_reading_order, rows_of, stacks_joined
from fengsui.adapters.pdf_margins import without_margins
from fengsui.adapters.pdf_open import open_pdf
from fengsui.adapters.pdf_rules import open_grids_of
from fengsui.adapters.pdf_tables import Grid, append, contains, goes_on_over_page, grids_of
from fengsui.adapters.read_limits import MOST_GLYPHS, MOST_PAGES
from fengsui.core.errors import InputError
from fengsui.core.reading.blocks import Cell, Notice, TextLine

FEWEST_GLYPHS = 25
"""A page with fewer characters and a picture is a scan with a stamp or a number on it."""
SMALLEST_SCAN = 0.3
MOST_UNREADABLE = 0.2
INDENT = "\u3000\u3000"
_INDENT_RANGE = (1.2, 3.2)


@dataclass(slots=True)
class _Page:
    height: float
    rows: list[Row]
    grids: list[Grid]
    figures: list[Figure]
    scan: bool
    glyphs: int
    unreadable: int


def read_pdf(data: bytes) -> tuple[TextLine, ...]:
    """The lines of a PDF file.

    Raises InputError ``empty_file``, ``file_too_big``, ``damaged_file``, ``password_protected``,
    ``too_many_pages``, ``unsafe_file``, ``scanned_pdf`` (pictures of pages, no text), ``pdf_unmapped_font``
    (its fonts do not say which characters they print).
    """
    with open_pdf(data) as opened:
        if len(opened.pages) > MOST_PAGES:
            raise InputError("too_many_pages", limit=MOST_PAGES)
        pages: list[_Page] = []
        total = 0
        for page in opened.pages:
            content = content_of(page.layout)
            total += len(content.glyphs)
            if total > MOST_GLYPHS:
                raise InputError("unsafe_file")
            grids = grids_of(page, content)
            grids += open_grids_of(content, [grid.box for grid in grids])
            pages.append(_page(content, sorted(grids, key=lambda grid: (grid.box[1], grid.box[0]))))
            page.close()
    _check_text(pages)
    bodies = without_margins([page.rows for page in pages], [page.height for page in pages])
    for read, rows in zip(pages, bodies, strict=True):
        read.rows = rows
    return tuple(_lines(_blocks(pages)))


def _page(content: PageContent, grids: list[Grid]) -> _Page:
    figures = figures_of(content, [grid.box for grid in grids])
    taken: list[Box] = [grid.box for grid in grids] + [figure.box for figure in figures]
    free: list[Glyph] = [glyph for glyph in content.glyphs if not any(contains(box, glyph) for box in taken)]
    largest = max(((x1 - x0) * (bottom - top) for x0, top, x1, bottom in content.pictures), default=0.0)
    return _Page(
        height=content.height,
        rows=rows_of(free),
        grids=grids,
        figures=figures,
        scan=len(content.glyphs) < FEWEST_GLYPHS
        and largest >= SMALLEST_SCAN * content.width * content.height,
        glyphs=len(content.glyphs),
        unreadable=sum(glyph.text == UNREADABLE for glyph in content.glyphs),
    )


def _check_text(pages: Sequence[_Page]) -> None:
    glyphs = sum(page.glyphs for page in pages)
    if glyphs == 0 or 2 * sum(page.scan for page in pages) >= len(pages):
        raise InputError("scanned_pdf")
    if sum(page.unreadable for page in pages) > MOST_UNREADABLE * glyphs:
        raise InputError("pdf_unmapped_font")


@dataclass(frozen=True, slots=True)
class _Picture:
    """A page that is a picture among pages of text; ``page`` is its number from 1."""

    page: int


_Block = Grid | Figure | _Picture | str


def _blocks(pages: Sequence[_Page]) -> Iterator[_Block]:
    """Lines, drawings and tables in order; a table that goes on over pages comes as one."""
    table: Grid | None = None
    for number, page in enumerate(pages, start=1):
        for block in _page_blocks(page, number):
            if isinstance(block, Grid):
                if table is not None and block is _first(page) and goes_on_over_page(table, block):
                    append(table, block)
                    continue
                if table is not None:
                    yield table
                table = block
                continue
            if table is not None:
                yield table
                table = None
            yield block
    if table is not None:
        yield table


def _first(page: _Page) -> Grid | None:
    return page.grids[0] if page.grids else None


def _page_blocks(page: _Page, number: int) -> Iterator[_Block]:
    if page.scan:
        yield _Picture(number)
    rest: list[Grid | Figure] = sorted([*page.grids, *page.figures], key=lambda block: block.box[1])
    above: list[Row] = []
    for row in page.rows:
        while rest and rest[0].box[1] < row.top:
            yield from _texts(above)
            above = []
            yield rest.pop(0)
        above.append(row)
    yield from _texts(above)
    yield from rest


def _texts(rows: Sequence[Row]) -> Iterator[str]:
    if not rows:
        return
    for row, column in in_reading_order(stacks_joined(rows)):
        offset = (row.x0 - column[0]) / row.size
        yield (INDENT if _INDENT_RANGE[0] < offset < _INDENT_RANGE[1] else "") + row.text


def _lines(blocks: Iterator[_Block]) -> list[TextLine]:
    lines: list[TextLine] = []
    unread: tuple[Notice, ...] = ()  # pictures of pages the next line tells of
    for text, cell, complete in _texts_of(blocks):
        if complete is None:
            unread = (*unread, Notice(code="picture_page", text=text))
            continue
        lines.append(TextLine(number=len(lines) + 1, text=text, cell=cell, complete=complete, notices=unread))
        unread = ()
    if unread and lines:
        lines[-1] = replace(lines[-1], notices=lines[-1].notices + unread)
    return lines


def _texts_of(blocks: Iterator[_Block]) -> Iterator[tuple[str, Cell | None, bool | None]]:
    """Each line: its text, its cell, whether it is a whole paragraph; None for a page that is a picture."""
    tables = 0
    for block in blocks:
        if isinstance(block, str):
            yield block, None, False
        elif isinstance(block, _Picture):
            yield f"第{block.page}页", None, None
        elif isinstance(block, Figure):
            yield from ((text, None, True) for text in block.texts)
        else:
            for (row, column), cell in sorted(block.cells.items(), key=lambda item: item[0]):
                place = Cell(table=tables, row=row, column=column)
                yield from ((text, place, True) for text in cell.paragraphs)
            tables += 1
