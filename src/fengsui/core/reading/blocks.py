"""Blocks: the document as an adapter read it, and paragraphs mended from it.

Guarantees: ``TextLine`` numbers are 1-based and consecutive, so "line 12" means the same to a
citation, to a screen and to a person; a ``Paragraph`` remembers for every character the line it
came from, so a quote can be highlighted in the original.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from fengsui.core.citation import Citation


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """Place of a line in a table: which table, row and column (0-based)."""

    table: int
    row: int
    column: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """What the reader of a line must know and the line does not show (a deletion not yet accepted).

    ``code`` is that of the doubt it becomes, with words in ``application/wording``; ``text`` is what it is
    about.
    """

    code: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TextLine:
    """One line of the text as read (a line of a .txt, a paragraph or table cell of a .docx).

    ``label`` is an automatic number the format computes and the text lacks ("第一章", "（一）"), already
    part of ``text`` as well. ``heading`` is the heading depth a style declares (1 …), None for
    none. ``complete`` True: the format guarantees a whole paragraph, so it is never joined to its
    neighbours. ``notices`` tell what was left out at this line or may be wrong with it.
    """

    number: int
    text: str
    label: str | None = None
    heading: int | None = None
    cell: Cell | None = None
    complete: bool = False
    notices: tuple[Notice, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A paragraph in reading form: hard wraps mended, stray blanks between Chinese characters gone.

    ``starts`` holds (offset in ``text``, line number) pairs, ascending, the first at offset 0.
    """

    text: str
    starts: tuple[tuple[int, int], ...]
    cell: Cell | None = None

    @property
    def first_line(self) -> int:
        return self.starts[0][1]

    @property
    def last_line(self) -> int:
        return self.starts[-1][1]

    def line_at(self, offset: int) -> int:
        """The line of the text as read that the character at ``offset`` came from."""
        if len(self.starts) == 1:
            return self.starts[0][1]
        index = bisect_right(self.starts, offset, key=lambda pair: pair[0]) - 1
        return self.starts[max(index, 0)][1]

    def cite(self, document: str, clause: str, start: int = 0, end: int | None = None) -> Citation:
        """A citation of ``text[start:end]``, with the line where it begins."""
        return Citation(
            document=document, clause=clause, line=self.line_at(start), quote=self.text[start:end].strip()
        )
