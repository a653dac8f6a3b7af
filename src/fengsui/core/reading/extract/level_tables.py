"""Levels in tables: one level a row, or one level a column."""

from __future__ import annotations

import re
from collections.abc import Sequence

from fengsui.core.plan.level import LadderKind
from fengsui.core.reading.extract.criteria_measure import POTENTIAL
from fengsui.core.reading.extract.level_forms import Lead, Opening, kind_of, lead_of
from fengsui.core.reading.extract.level_model import Block, How, Part, open_block
from fengsui.core.reading.extract.level_names import (
    ROMANS,
    LevelName,
    Listed,
    is_designation,
    level_name,
)
from fengsui.core.reading.extract.level_stream import Passage
from fengsui.core.reading.phrases.figures import bounds_in

Grid = dict[int, dict[int, list[Passage]]]
_REMARK = re.compile(r"^(?:备注|注)[:：]?")
_COLUMN_OF_NO_CRITERIA = re.compile(
    r"响应措施|措施|权限|批准|审批|签发|决定|指挥|领导|负责人|启动(?!条件|标准)|主体|颜色|颜色标[示识]|级别描述|启动程序|报告|处置|职责|单位|部门|电话|发布"
)


_SEVERITY = re.compile(r"(?:事故|事件|灾害|灾情)的?严重程度")
"""Header of a column that grades the event itself, whatever the table is called."""
_DEGREE = re.compile(r"特别重大|重大|较大|一般")


def table_blocks(cells: Sequence[Passage], titles: tuple[str, ...], listed: Listed) -> list[Block]:
    """The levels of one table; none where it has no level in a cell of its own."""
    grid: Grid = {}
    for passage in cells:
        if passage.cell is not None:
            grid.setdefault(passage.cell.row, {}).setdefault(passage.cell.column, []).append(passage)
    across = next((row for row in sorted(grid) if len(_levels_in(grid[row], listed)) >= 2), None)
    if across is not None:
        return _by_column(grid, across, titles, listed)
    return _by_row(grid, titles, listed)


def _text(parts: Sequence[Passage]) -> str:
    return parts[0].text.text if len(parts) == 1 else "".join([part.text.text for part in parts])


def _level_of(parts: Sequence[Passage], listed: Listed) -> LevelName | None:
    text = _text(parts).rstrip(":")
    if text in ROMANS:
        return LevelName(text)
    return level_name(text, listed) if is_designation(text, listed) else None


def _levels_in(row: dict[int, list[Passage]], listed: Listed) -> dict[str, int]:
    found: dict[str, int] = {}
    for column, parts in row.items():
        name = _level_of(parts, listed)
        if name is not None:
            found.setdefault(name.level, column)
    return found


def _open(parts: Sequence[Passage], titles: tuple[str, ...], listed: Listed) -> Block | None:
    name = _level_of(parts, listed)
    if name is None:
        return None
    text = _text(parts).rstrip(":")
    block = open_block(Opening(name, text, len(text)), How.LABEL, parts[0], titles)
    block.stated = True
    return block


def _by_row(grid: Grid, titles: tuple[str, ...], listed: Listed) -> list[Block]:
    first = grid[min(grid)]
    headed = not _levels_in(first, listed) and all(len(_text(parts)) <= 24 for parts in first.values())
    headers = {column: _text(parts) for column, parts in first.items()} if headed else {}
    graded = any(_SEVERITY.search(header) for header in headers.values())
    blocks: list[Block] = []
    for _, row in sorted(grid.items()):
        block: Block | None = None
        for column, parts in sorted(row.items()):
            named = _level_of(parts, listed)
            if named is not None:
                if block is None:
                    header = headers.get(column, "")
                    above = (header, *titles) if "响应" in header or "预警" in header else titles
                    block = _open(parts, above, listed)
                elif block.level == named.level:
                    block.colour = block.colour or named.colour
                    if graded and _DEGREE.fullmatch(_text(parts)):
                        block.kind, block.name = LadderKind.EVENT_GRADE, _text(parts)
                continue
            if block is not None and not _COLUMN_OF_NO_CRITERIA.search(headers.get(column, "")):
                _fill(block, parts, headers.get(column, ""), titles, listed)
        if block is not None:
            blocks.append(block)
    return blocks


def _by_column(grid: Grid, across: int, titles: tuple[str, ...], listed: Listed) -> list[Block]:
    columns: dict[int, Block] = {}
    for column, parts in sorted(grid[across].items()):
        block = _open(parts, titles, listed)
        if block is not None:
            columns[column] = block
    for number, row in sorted(grid.items()):
        header = _text(row.get(0, [])) if 0 not in columns else ""
        if number <= across or _COLUMN_OF_NO_CRITERIA.search(header):
            continue
        for column, parts in row.items():
            if column in columns:
                _fill(columns[column], parts, header, titles, listed)
    return list(columns.values())


def _fill(
    block: Block, parts: Sequence[Passage], header: str, titles: tuple[str, ...], listed: Listed
) -> None:
    for passage in parts:
        text = passage.text.text
        if _REMARK.match(text):
            return
        lead = lead_of(text, listed)
        start = 0
        if lead is not None and not (isinstance(lead, Lead) and lead.closes):
            start = lead.rest
            block.potential = block.potential or bool(POTENTIAL.search(text[:start]))
            if text[:start].strip(":"):
                block.kind = kind_of(block.name, text[:start], titles)
        rest = text[start:].strip(" :。;,")
        if len(rest) > 6 or any(not bound.bare for bound in bounds_in(rest)):
            block.parts.append(Part(passage, start, len(text), header))
