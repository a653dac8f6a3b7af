"""Tables of a PDF page ruled by level lines only (三线表 and the like): columns are found by their gaps."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from fengsui.adapters.pdf_glyphs import Box, Glyph, PageContent
from fengsui.adapters.pdf_lines import Row, rows_of, segments_of
from fengsui.adapters.pdf_tables import TOLERANCE, Grid, contains, grid_of
from fengsui.adapters.read_limits import MOST_SHAPES

THICKEST = 3.0
"""Height, in points, up to which a drawn box is a line."""
SHORTEST = 120.0
"""Width, in points, from which a line may rule a table."""
FEWEST_RULES = 3
COLUMN_GAP = 0.9
"""Gap between two columns, in characters, that every row leaves free."""


def open_grids_of(content: PageContent, known: Sequence[Box]) -> list[Grid]:
    """The tables of a page that have level lines only, outside the boxes ``known``."""
    if not FEWEST_RULES <= len(content.shapes) <= MOST_SHAPES:
        return []
    grids = []
    for rules in _groups(content.shapes):
        box = (rules[0][0], rules[0][1], rules[0][2], rules[-1][3])
        if any(box[1] < other[3] and other[1] < box[3] for other in known):
            continue
        grid = _grid(box, [rule[1] for rule in rules], content.glyphs)
        if grid is not None:
            grids.append(grid)
    return grids


def _groups(shapes: Sequence[Box]) -> Iterator[list[Box]]:
    """Level lines of one width and place, top to bottom, where there are enough of them."""
    rules = [box for box in shapes if box[3] - box[1] <= THICKEST and box[2] - box[0] >= SHORTEST]
    groups: dict[tuple[int, int], list[Box]] = {}
    for rule in sorted(rules, key=lambda box: box[1]):
        place = round(rule[0] / TOLERANCE), round(rule[2] / TOLERANCE)
        group = groups.setdefault(place, [])
        if not group or rule[1] - group[-1][1] > TOLERANCE:
            group.append(rule)
    return (group for group in groups.values() if len(group) >= FEWEST_RULES)


def _grid(box: Box, rules: Sequence[float], glyphs: Sequence[Glyph]) -> Grid | None:
    inside = [glyph for glyph in glyphs if contains(box, glyph)]
    bands = [
        rows_of([glyph for glyph in inside if top < glyph.middle < bottom]) for top, bottom in pairwise(rules)
    ]
    columns = _columns([row for band in bands for row in band])
    if len(columns) < 2 or not all(bands):
        return None
    # Three lines: the head, then all rows without a line between them. More: a line for each row.
    tops = [rules[0]]
    for place, (band, below) in enumerate(zip(bands, rules[1:], strict=True)):
        if len(rules) == FEWEST_RULES and place:
            edge = columns[1][0]
            tops.extend(row.top - 1 for row in band[1:] if row.x0 < edge)
        tops.append(below)
    edges = [box[0], *((left[1] + right[0]) / 2 for left, right in pairwise(columns)), box[2]]
    cells = [(left, top, right, bottom) for top, bottom in pairwise(tops) for left, right in pairwise(edges)]
    return grid_of(cells, inside)


def _columns(rows: Sequence[Row]) -> list[tuple[float, float]]:
    """Left and right ends of the columns: what no gap common to all rows parts belongs together."""
    spans = sorted((piece.x0, piece.x1) for row in rows for piece in segments_of(row, COLUMN_GAP))
    columns: list[tuple[float, float]] = []
    for left, right in spans:
        if columns and left - columns[-1][1] < TOLERANCE:
            columns[-1] = (columns[-1][0], max(columns[-1][1], right))
        else:
            columns.append((left, right))
    return columns
