"""Tables of bodies: which column names the body or group, which its duties, lead and members."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

from fengsui.core.reading.extract.body_text import Passage


class Column(StrEnum):
    """What a column of such a table holds."""

    GROUP = "group"
    UNIT = "unit"
    LEAD = "lead"
    MEMBERS = "members"
    DUTIES = "duties"


_HEADERS = (
    (Column.LEAD, re.compile(r"^(?:牵头|负责|责任|主责)(?:单位|部门)?$|^组长(?:单位)?$")),
    (Column.GROUP, re.compile(r"^(?:应急|工作|专项|处置)*(?:小组|工作组|组别|组)(?:名称)?$")),
    (Column.DUTIES, re.compile(r"(?:职责|任务|分工)$")),
    (
        Column.MEMBERS,
        re.compile(r"^(?:参加|配合|参与|协助|协同|组成)(?:单位|部门)?$|^成员$|^组成人员$|^组员$"),
    ),
    (Column.UNIT, re.compile(r"^(?:指挥部)?(?:成员)?(?:单位|部门|机构)(?:名称)?$")),
)


@dataclass(frozen=True, slots=True)
class Row:
    """One row: the passages of each known column (a cell may hold several)."""

    cells: dict[Column, tuple[Passage, ...]]

    def text(self, column: Column) -> str:
        """The text of a column, "" where the row has none."""
        return "".join(passage.text for passage in self.cells.get(column, ()))


def rows_of(stream: tuple[Passage, ...]) -> tuple[Row, ...]:
    """The rows of all tables that list groups, or bodies with their duties; header rows left out.

    A row whose naming cell is empty belongs to the row above (a merged cell).
    """
    found: list[Row] = []
    in_tables = [passage for passage in stream if passage.cell is not None]
    for _, passages in groupby(in_tables, lambda passage: _cell(passage)[0]):
        found.extend(_rows_of_table(list(passages)))
    return tuple(found)


def _cell(passage: Passage) -> tuple[int, int, int]:
    cell = passage.cell
    assert cell is not None
    return cell.table, cell.row, cell.column


def _rows_of_table(passages: list[Passage]) -> list[Row]:
    rows = [list(row) for _, row in groupby(passages, lambda passage: _cell(passage)[1])]
    columns = _columns(rows[0])
    naming = Column.GROUP if Column.GROUP in columns.values() else Column.UNIT
    if naming not in columns.values() or len(set(columns.values())) < 2:
        return []
    found: list[Row] = []
    for row in rows[1:]:
        cells: dict[Column, tuple[Passage, ...]] = {}
        for passage in row:
            column = columns.get(_cell(passage)[2])
            if column is not None:
                cells[column] = (*cells.get(column, ()), passage)
        if naming in cells:
            found.append(Row(cells))
        elif found:
            for column, more in cells.items():
                found[-1].cells[column] = (*found[-1].cells.get(column, ()), *more)
    return found


def _columns(header: list[Passage]) -> dict[int, Column]:
    columns: dict[int, Column] = {}
    for passage in header:
        kind = next((kind for kind, words in _HEADERS if words.search(passage.text)), None)
        if kind is not None and len(passage.text) <= 10:
            columns[_cell(passage)[2]] = kind
    # 成员单位 beside a group column lists the group's members.
    if Column.GROUP in columns.values():
        columns = {at: Column.MEMBERS if kind is Column.UNIT else kind for at, kind in columns.items()}
    return columns
