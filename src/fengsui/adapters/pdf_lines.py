"""Lines of a PDF page: glyphs put together by their places, in reading order.

A PDF file knows characters and places, no words, lines or columns; all of that is worked out here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from fengsui.adapters.pdf_glyphs import Box, Glyph
from fengsui.core.reading.glyphs import is_wide

WIDE_GAP = 0.75
"""Gap between two Chinese characters, in characters, from which it is a blank; justified text has less."""
WORD_GAP = 0.2
FEWEST_COLUMN_ROWS = 6
COLUMN_GAP = 0.9
FILLED_COLUMN = 0.7
"""Mean share of a column its lines fill; lists of names and figures fill less than running text."""


@dataclass(frozen=True, slots=True)
class Row:
    """The glyphs of one printed line, left to right."""

    glyphs: tuple[Glyph, ...]

    @property
    def x0(self) -> float:
        return self.glyphs[0].x0

    @property
    def x1(self) -> float:
        return max(glyph.x1 for glyph in self.glyphs)

    @property
    def top(self) -> float:
        return min(glyph.top for glyph in self.glyphs)

    @property
    def bottom(self) -> float:
        return max(glyph.bottom for glyph in self.glyphs)

    @property
    def size(self) -> float:
        sizes = sorted(glyph.size for glyph in self.glyphs)
        return sizes[len(sizes) // 2]

    @property
    def text(self) -> str:
        spread = _is_spread_out(self.glyphs)
        parts = [self.glyphs[0].text]
        for before, after in pairwise(self.glyphs):
            if not spread and _is_apart(before, after):
                parts.append(" ")
            parts.append(after.text)
        return "".join(parts)


def _is_apart(before: Glyph, after: Glyph) -> bool:
    gap = (after.x0 - before.x1) / max(before.size, after.size)
    if is_wide(before.text[-1]) and is_wide(after.text[0]):
        return gap > WIDE_GAP
    return gap > WORD_GAP or (after.spaced and gap > WORD_GAP / 2)


def _is_spread_out(glyphs: Sequence[Glyph]) -> bool:
    """A heading or name whose characters are set apart evenly for looks; its gaps part no words."""
    if len(glyphs) < 3 or not all(is_wide(glyph.text[0]) for glyph in glyphs):
        return False
    gaps = [(after.x0 - before.x1) / after.size for before, after in pairwise(glyphs)]
    return min(gaps) > WIDE_GAP / 2 and max(gaps) - min(gaps) < 0.6


def rows_of(glyphs: Iterable[Glyph]) -> list[Row]:
    """The printed lines, top to bottom."""
    rows: list[list[Glyph]] = []
    middles: list[float] = []
    for glyph in sorted(glyphs, key=lambda item: (item.middle, item.x0)):
        place = _row_for(glyph, rows, middles)
        if place is None:
            rows.append([glyph])
            middles.append(glyph.middle)
        else:
            rows[place].append(glyph)
            largest = max(rows[place], key=lambda item: item.size)
            middles[place] = largest.middle
    return [Row(tuple(sorted(row, key=lambda item: item.x0))) for row in rows]


def _row_for(glyph: Glyph, rows: list[list[Glyph]], middles: list[float]) -> int | None:
    """A line whose middle the glyph shares; the newest few are enough, as glyphs come from above."""
    for place in range(len(rows) - 1, max(-1, len(rows) - 4), -1):
        size = max(glyph.size, max(item.size for item in rows[place][:8]))
        if abs(middles[place] - glyph.middle) < 0.42 * size:
            return place
    return None


def stacks_joined(rows: Sequence[Row]) -> list[Row]:
    """Characters printed one below the other (a word set upright) as one line."""
    result: list[Row] = []
    for row in rows:
        if result and len(row.glyphs) == 1 and _is_stacked(result[-1], row.glyphs[0]):
            result[-1] = Row((*result[-1].glyphs, row.glyphs[0]))
        else:
            result.append(row)
    return result


def _is_stacked(above: Row, glyph: Glyph) -> bool:
    last = above.glyphs[-1]
    upright = all(abs(item.x0 - last.x0) < 0.3 * last.size for item in above.glyphs)
    near = abs(last.x0 - glyph.x0) < 0.3 * glyph.size and 0 < glyph.top - last.top < 2 * glyph.size
    return upright and near and glyph.text.isalnum() and last.text.isalnum()


def segments_of(row: Row, gap: float) -> list[Row]:
    """The pieces of a line that stand more than ``gap`` characters apart."""
    pieces: list[list[Glyph]] = [[row.glyphs[0]]]
    for before, after in pairwise(row.glyphs):
        if after.x0 - before.x1 > gap * max(before.size, after.size):
            pieces.append([])
        pieces[-1].append(after)
    return [Row(tuple(piece)) for piece in pieces]


def in_reading_order(rows: Sequence[Row]) -> list[tuple[Row, Box]]:
    """The lines in the order a person reads them, each with the box of its column.

    Where two columns of running text stand side by side, the left one comes first; lines across both
    (a title, a wide heading) keep their place between.
    """
    gutter = _gutter(rows)
    if gutter is None:
        box = _box_of(rows)
        return [(row, box) for row in rows]
    ordered: list[tuple[Row, Box]] = []
    left: list[Row] = []
    right: list[Row] = []

    def flush() -> None:
        for column in (left, right):
            box = _box_of(column)
            ordered.extend((row, box) for row in column)
            column.clear()

    for row in rows:
        if any(glyph.x0 < gutter < glyph.x1 for glyph in row.glyphs) or not _parts_at(row, gutter):
            flush()
            ordered.append((row, _box_of([row])))
            continue
        for column, side in ((left, True), (right, False)):
            glyphs = tuple(glyph for glyph in row.glyphs if (glyph.centre < gutter) is side)
            if glyphs:
                column.append(Row(glyphs))
    flush()
    return ordered


def _parts_at(row: Row, gutter: float) -> bool:
    """Whether the line leaves the gutter free (or stands on one side of it)."""
    left = [glyph.x1 for glyph in row.glyphs if glyph.centre < gutter]
    right = [glyph.x0 for glyph in row.glyphs if glyph.centre >= gutter]
    return not left or not right or min(right) - max(left) > COLUMN_GAP * row.size


def _gutter(rows: Sequence[Row]) -> float | None:
    """The middle of the empty strip between two columns of running text, or None."""
    if len(rows) < FEWEST_COLUMN_ROWS:
        return None
    x0, _, x1, _ = _box_of(rows)
    spans = [[(piece.x0, piece.x1) for piece in segments_of(row, COLUMN_GAP)] for row in rows]
    steps = 40
    places = [x0 + (x1 - x0) * (0.35 + 0.3 * step / steps) for step in range(steps + 1)]
    scores = [_score(spans, place, x0, x1) for place in places]
    best = max(scores)
    if not best:
        return None
    strip = [place for place, score in zip(places, scores, strict=True) if score == best]
    return strip[len(strip) // 2]


def _score(spans: Sequence[Sequence[tuple[float, float]]], place: float, x0: float, x1: float) -> int:
    """How many lines have running text beside ``place``, on the poorer side; 0 when there are no columns.

    ``spans`` are the beginnings and ends of the pieces of each line.
    """
    lefts: list[float] = []
    rights: list[float] = []
    crossing = 0
    for pieces in spans:
        if any(start < place < end for start, end in pieces):
            crossing += 1
            continue
        left = [piece for piece in pieces if piece[1] <= place]
        right = [piece for piece in pieces if piece[0] >= place]
        if left:
            lefts.append((left[-1][1] - left[0][0]) / (place - x0))
        if right:
            rights.append((right[-1][1] - right[0][0]) / (x1 - place))
    fewer = min(len(lefts), len(rights))
    if fewer < FEWEST_COLUMN_ROWS or crossing > fewer:
        return 0
    filled = (sum(lefts) + sum(rights)) / (len(lefts) + len(rights))
    return fewer if filled > FILLED_COLUMN else 0


def _box_of(rows: Sequence[Row]) -> Box:
    if not rows:
        return 0.0, 0.0, 0.0, 0.0
    return (
        min(row.x0 for row in rows),
        min(row.top for row in rows),
        max(row.x1 for row in rows),
        max(row.bottom for row in rows),
    )
