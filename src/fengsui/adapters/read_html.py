"""Reading web pages: the visible text of an HTML file as lines.

Scripts, styles, menus and forms are left out. A table is read as cells when it looks like data; tables
that only lay out the page are read through.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from fengsui.adapters.read_limits import DEEPEST_HTML as DEEPEST
from fengsui.adapters.read_text import read_text
from fengsui.core.errors import InputError
from fengsui.core.reading.blocks import Cell, TextLine

_LEFT_OUT = frozenset(
    (
        *("script", "style", "head", "noscript", "nav", "form", "button", "select", "iframe", "svg"),
        *("template", "object"),
    )
)
_BLOCKS = frozenset(
    (
        *("p", "div", "section", "article", "main", "header", "footer", "aside", "li", "ul", "ol", "dl"),
        *("dt", "dd", "tr", "td", "th", "table", "tbody", "thead", "blockquote", "pre", "center", "figure"),
        *("body", "h1", "h2", "h3", "h4", "h5", "h6", "hr"),
    )
)
LONGEST_CELL = 400
"""A table with a longer cell lays out the page and holds no data."""


def read_html(data: bytes) -> tuple[TextLine, ...]:
    """The text of a page, a line for each block or <br>.

    Raises InputError ``empty_file``, ``not_text``, ``damaged_file``.
    """
    text = "\n".join(line.text for line in read_text(_as_utf8(data)))
    parser = etree.HTMLParser(no_network=True, remove_comments=True, huge_tree=False)
    try:
        root = etree.fromstring(text, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise InputError("damaged_file") from None
    lines = _Page().read(root) if root is not None else []
    if not lines:
        raise InputError("empty_file")
    return tuple(lines)


def _as_utf8(data: bytes) -> bytes:
    """Pages declare their encoding inside; those of older offices are in GB 2312 and its successors."""
    declared = re.search(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]+)", data[:4000])
    if declared and declared[1].lower() in (b"gb2312", b"gbk", b"gb18030"):
        return data.decode("gb18030", errors="replace").encode("utf-8")
    return data


class _Page:
    def __init__(self) -> None:
        self.lines: list[TextLine] = []
        self.parts: list[str] = []
        self.tables = 0

    def read(self, root: etree._Element) -> list[TextLine]:
        self._walk(root, None, 0)
        self._break(None)
        return self.lines

    def _walk(self, element: etree._Element, cell: Cell | None, depth: int) -> None:
        if depth > DEEPEST:
            raise InputError("damaged_file")
        name = element.tag.lower() if isinstance(element.tag, str) else "script"
        if name not in _LEFT_OUT:
            if name == "table" and cell is None and _is_data(element):
                self._break(cell)
                self._table(element, depth)
            else:
                self._flow(element, name, cell, depth)

    def _flow(self, element: etree._Element, name: str, cell: Cell | None, depth: int) -> None:
        block = name in _BLOCKS
        if block or name == "br":
            self._break(cell)
        self._add(element.text)
        for child in element:
            self._walk(child, cell, depth + 1)
            self._add(child.tail)
        if block:
            self._break(cell)

    def _table(self, table: etree._Element, depth: int) -> None:
        number = self.tables
        self.tables += 1
        for row_number, row in enumerate(table.iter("tr")):
            column = 0
            for item in row:
                if item.tag in ("td", "th"):
                    place = Cell(table=number, row=row_number, column=column)
                    self._flow(item, "td", place, depth + 1)
                    column += _span(item)

    def _add(self, text: str | None) -> None:
        if text:
            self.parts.append(text)

    def _break(self, cell: Cell | None) -> None:
        text = re.sub(r"[\r\n\t ]+", " ", "".join(self.parts)).strip(" ")
        self.parts.clear()
        if text.strip():
            self.lines.append(TextLine(number=len(self.lines) + 1, text=text, cell=cell))


def _span(cell: etree._Element) -> int:
    span = cell.get("colspan") or "1"
    return max(1, int(span)) if re.fullmatch(r"[0-9]{1,3}", span) else 1


def _is_data(table: etree._Element) -> bool:
    if next(_inner_tables(table), None) is not None:
        return False
    rows = [[cell for cell in row if cell.tag in ("td", "th")] for row in table.iter("tr")]
    if len(rows) < 2 or max(map(len, rows)) < 2:
        return False
    return all(sum(map(len, cell.itertext())) <= LONGEST_CELL for row in rows for cell in row)


def _inner_tables(table: etree._Element) -> Iterator[etree._Element]:
    return (inner for inner in table.iter("table") if inner is not table)
