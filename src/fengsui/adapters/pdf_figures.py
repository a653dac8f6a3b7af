"""Drawings on a PDF page (flow charts, charts of an organisation): the words of each box as one line.

Read line by line across the page, the words of neighbouring boxes would run together.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fengsui.adapters.pdf_glyphs import Box, PageContent
from fengsui.adapters.pdf_lines import Row, rows_of, segments_of
from fengsui.adapters.pdf_tables import contains, joined

FEWEST_BOXES = 4
SMALLEST = (20.0, 10.0)
"""Width and height, in points, of a box that can hold words; what is smaller is an arrow or a sign."""
LARGEST_SHARE = 0.7
LONGEST_WORDS = 22
"""Mean length of the pieces, in characters, from which they are running text and no drawing."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A drawing: its box, and the words of its parts from top to bottom."""

    box: Box
    texts: tuple[str, ...]


def figures_of(content: PageContent, tables: Sequence[Box]) -> list[Figure]:
    """The drawing of a page, if it has one with words in it (at most one; parts side by side are one)."""
    area = LARGEST_SHARE * content.width * content.height
    boxes = [
        shape
        for shape in content.shapes
        if shape[2] - shape[0] > SMALLEST[0]
        and shape[3] - shape[1] > SMALLEST[1]
        and (shape[2] - shape[0]) * (shape[3] - shape[1]) < area
        and not any(_overlap(shape, table) for table in tables)
    ]
    if len(boxes) < FEWEST_BOXES:
        return []
    box = (
        min(shape[0] for shape in boxes),
        min(shape[1] for shape in boxes),
        max(shape[2] for shape in boxes),
        max(shape[3] for shape in boxes),
    )
    if any(_overlap(box, table) for table in tables):
        return []
    glyphs = [glyph for glyph in content.glyphs if contains(box, glyph)]
    pieces = [piece for row in rows_of(glyphs) for piece in segments_of(row, 0.9)]
    if not pieces or sum(len(piece.glyphs) for piece in pieces) / len(pieces) > LONGEST_WORDS:
        return []
    return [Figure(box=box, texts=tuple(_words(pieces)))]


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _words(pieces: Sequence[Row]) -> list[str]:
    """The words of each part: a piece right below another, centred or flush with it, goes on with it."""
    parts: list[list[Row]] = []
    for piece in pieces:
        above = next((part for part in reversed(parts) if _is_below(part[-1], piece)), None)
        if above is None:
            parts.append([piece])
        else:
            above.append(piece)
    texts = []
    for part in parts:
        text = part[0].text
        for piece in part[1:]:
            text = joined(text, piece.text)
        texts.append(text)
    return texts


def _is_below(above: Row, below: Row) -> bool:
    size = max(above.size, below.size)
    if not -0.3 * size < below.top - above.bottom < 0.9 * size:
        return False
    centred = abs((above.x0 + above.x1) - (below.x0 + below.x1)) < 1.6 * size
    return centred or abs(above.x0 - below.x0) < 0.5 * size
