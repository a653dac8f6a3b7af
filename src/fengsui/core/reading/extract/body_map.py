"""What headquarters, members, groups and duties are read from: found once for a plan, used by all four."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from fengsui.core.reading.extract.body_blocks import GroupBlock, duty_regions, group_blocks
from fengsui.core.reading.extract.body_duties import DutyLine, duty_lines, names_nobody_known
from fengsui.core.reading.extract.body_fields import Field, fields_of
from fengsui.core.reading.extract.body_tables import Column, Row, rows_of
from fengsui.core.reading.extract.body_text import Passage, passages
from fengsui.core.reading.outline import Outline


@dataclass(frozen=True, slots=True)
class BodyMap:
    """The passages of a plan and what each of them is.

    ``fields`` has the labelled values of every passage of ``stream``; ``in_groups`` the ``id`` of the
    passages that belong to a work group's block or row; ``rows`` the rows of tables of groups or bodies;
    ``unread`` the passages among duties that begin with nobody known.
    """

    stream: tuple[Passage, ...]
    blocks: tuple[GroupBlock, ...]
    in_groups: frozenset[int]
    fields: tuple[tuple[Field, ...], ...]
    rows: tuple[Row, ...]
    lines: tuple[DutyLine, ...]
    unread: tuple[Passage, ...]


def body_map(outline: Outline) -> BodyMap:
    """The map of one plan, made once."""
    return _map(outline)


@lru_cache(maxsize=2)
def _map(outline: Outline) -> BodyMap:
    stream = passages(outline)
    regions = duty_regions(stream)
    blocks = group_blocks(stream, regions)
    rows = rows_of(stream)
    told = [item for block in blocks for item in block.passages]
    told += [
        item for row in rows if Column.GROUP in row.cells for cell in row.cells.values() for item in cell
    ]
    in_groups = frozenset(id(item) for item in told)
    lines = duty_lines(stream, regions, in_groups, rows)
    read = {id(text[0]) for line in lines for text in line.texts} | {id(line.head[0]) for line in lines}
    unread = tuple(
        passage
        for passage, inside in zip(stream, regions, strict=True)
        if inside
        and passage.cell is None
        and id(passage) not in in_groups
        and id(passage) not in read
        and names_nobody_known(passage)
    )
    return BodyMap(
        stream=stream,
        blocks=blocks,
        in_groups=in_groups,
        fields=fields_of(stream),
        rows=rows,
        lines=lines,
        unread=unread,
    )
