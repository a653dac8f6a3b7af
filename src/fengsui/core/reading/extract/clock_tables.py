"""Tables of time limits: a row for a level or a body, a column that says 时限."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum
from itertools import groupby

from fengsui.core.plan.level import LadderKind, step
from fengsui.core.plan.model import Doubt
from fengsui.core.plan.reporting import Deadline
from fengsui.core.reading.blocks import Paragraph
from fengsui.core.reading.extract.body_names import split_bodies
from fengsui.core.reading.extract.body_text import squeeze
from fengsui.core.reading.extract.clock_edges import event_before, means_of
from fengsui.core.reading.extract.clock_words import When, marks_in, start_of
from fengsui.core.reading.extract.power_levels import LevelNames
from fengsui.core.reading.outline import Outline, Section


class Column(StrEnum):
    """What a column of such a table holds."""

    LIMIT = "limit"
    LEVEL = "level"
    WHO = "who"
    TO = "to"
    WHAT = "what"


_HEADERS = (
    (Column.LIMIT, re.compile(r"时限|(?:报告|报送|完成|响应)时间|时间要求")),
    (Column.TO, re.compile(r"(?:报告|报送|上报|接收|受理)(?:对象|至|给)|接[收报](?:单位|部门|机关)|报至")),
    (Column.WHO, re.compile(r"(?:报告|报送|责任|填报|上报)(?:单位|主体|部门|人)|^单位$|^部门$")),
    (Column.LEVEL, re.compile(r"级别|等级|分级")),
    (Column.WHAT, re.compile(r"事项|内容|报告类[型别]|信息类[型别]|工作任务|措施")),
)
Row = dict[int, tuple[Section, Paragraph]]


def deadlines_of_tables(outline: Outline, names: LevelNames) -> Iterator[Deadline | Doubt]:
    """Every clock of a row whose table has a column of time limits; a doubt where a limit was not read."""
    for _, rows in tables_of(outline):
        columns = _columns(rows[0])
        if Column.LIMIT not in columns or len(columns) < 2:
            continue
        for row in rows[1:]:
            yield from _of_row(outline, names, row, columns)


def tables_of(outline: Outline) -> Iterator[tuple[int, list[Row]]]:
    """Each table of the plan by its number, as rows of cells by column."""
    cells = [
        (paragraph.cell, section, paragraph)
        for section, paragraph in outline.paragraphs()
        if paragraph.cell is not None
    ]
    for number, table in groupby(cells, lambda entry: entry[0].table):
        rows = [
            {cell.column: (section, paragraph) for cell, section, paragraph in row}
            for _, row in groupby(table, lambda entry: entry[0].row)
        ]
        yield number, rows


def _columns(header: Row) -> dict[Column, int]:
    found: dict[Column, int] = {}
    for at, (_, paragraph) in header.items():
        text = squeeze(paragraph.text)[0]
        kind = next((kind for kind, words in _HEADERS if len(text) <= 12 and words.search(text)), None)
        if kind is not None:
            found.setdefault(kind, at)
    return found


def _of_row(
    outline: Outline, names: LevelNames, row: Row, columns: dict[Column, int]
) -> Iterator[Deadline | Doubt]:
    if columns[Column.LIMIT] not in row:
        return
    section, paragraph = row[columns[Column.LIMIT]]
    text = {kind: squeeze(row[at][1].text)[0] if at in row else "" for kind, at in columns.items()}
    limit = text[Column.LIMIT]
    source = outline.cite(section, paragraph)
    marks = marks_in(limit) or marks_in(limit + "内")
    if not marks:
        if re.search(r"[\d一二三半]", limit):
            yield Doubt(about="deadline", why="limit_not_read", text=limit, source=source)
        return
    levels = names.either(text.get(Column.LEVEL, "") or squeeze(row[min(row)][1].text)[0])
    whom = split_bodies(text.get(Column.TO, "")).names
    for mark in marks:
        after = event_before(limit[: mark.start], limit[: mark.start])
        yield Deadline(
            what=text.get(Column.WHAT, "") or "报告",
            who=text.get(Column.WHO) or None,
            to=whom,
            within=mark.words if mark.when is When.WITHIN else None,
            every=mark.words if mark.when is When.EVERY else None,
            by=mark.words if mark.when is When.BY else None,
            span=mark.span,
            after=after,
            start=start_of(after),
            form=means_of(limit[mark.start :] or text.get(Column.WHAT, "")),
            at=mark.at,
            levels=tuple(step(LadderKind.EVENT_GRADE, roman) for roman in levels),
            is_report=Column.TO in columns or "报" in text.get(Column.WHAT, "报"),
            source=source,
        )
