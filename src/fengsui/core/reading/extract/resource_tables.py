"""Tables of stores and equipment (物资装备表): name, quantity, unit and keeper of each row."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import groupby

from fengsui.core.plan.surroundings import PromisedResource
from fengsui.core.reading.blocks import Cell, Paragraph
from fengsui.core.reading.memo import remembered
from fengsui.core.reading.outline import Outline, Section

_NAME = re.compile(
    r"^(?:(?:应急|救援|抢险|主要)*(?:物资|装备|设备|器材|车辆|物品|药品|资源|队伍)+(?:名称)?|名称|品名|品种)$"
)
_COUNT = re.compile(r"^(?:现有|储备|库存)?数量(?:（[^（）]*）)?$|^储备量$|^人数$")
_UNIT = re.compile(r"^(?:计量)?单位$")
_HOLDER = re.compile(
    r"^(?:存放|储备|所属|保管|责任|管理|负责|储存|使用|持有)(?:单位|部门|地点|位置|人)?(?:（[^（）]*）)?$|^存放(?:地点|位置)$"
)
_HEADS = (("name", _NAME), ("count", _COUNT), ("unit", _UNIT), ("holder", _HOLDER))
_FIGURE = re.compile(r"^\s*(?P<n>\d+(?:\.\d+)?)\s*(?P<u>[一-龥]{1,3})?\s*$")
_BLANK = re.compile(r"\s")

_Cells = dict[int, tuple[Section, Paragraph]]


def resources_in_tables(outline: Outline) -> Iterator[PromisedResource]:
    """Every row with a name and a figure, of tables whose head names both columns."""
    cells = [(section, each) for section, each in outline.paragraphs() if each.cell is not None]
    for _, table in groupby(cells, lambda pair: _cell(pair).table):
        rows = _rows(list(table))
        columns: dict[str, int] | None = None
        for row in rows:
            found = _columns(row)
            if found is not None:
                columns = found
            elif columns is not None:
                yield from _of_row(outline, row, columns)


def _cell(pair: tuple[Section, Paragraph]) -> Cell:
    cell = pair[1].cell
    assert cell is not None
    return cell


def _rows(cells: list[tuple[Section, Paragraph]]) -> list[_Cells]:
    rows: dict[int, _Cells] = {}
    for pair in cells:
        place = _cell(pair)
        rows.setdefault(place.row, {}).setdefault(place.column, pair)
    return [rows[number] for number in sorted(rows)]


def _columns(row: _Cells) -> dict[str, int] | None:
    """Which column is which, where the row is a head with at least name and quantity."""
    found: dict[str, int] = {}
    for column, (_, paragraph) in row.items():
        if kind := _headed(paragraph.text):
            found.setdefault(kind, column)
    return found if "name" in found and "count" in found else None


@remembered(512)
def _headed(cell: str) -> str:
    """What the column under ``cell`` holds; "" where it is no head of one, as nearly every cell."""
    text = _BLANK.sub("", cell)
    return next((kind for kind, words in _HEADS if words.match(text)), "")


def _of_row(outline: Outline, row: _Cells, columns: dict[str, int]) -> Iterator[PromisedResource]:
    named, counted = row.get(columns["name"]), row.get(columns["count"])
    figure = _FIGURE.match(counted[1].text) if counted else None
    if named is None or figure is None or not re.search(r"[一-龥A-Za-z]", named[1].text):
        return
    unit = row.get(columns.get("unit", -1))
    holder = row.get(columns.get("holder", -1))
    yield PromisedResource(
        name=named[1].text.strip(),
        quantity=Decimal(figure["n"]),
        unit=figure["u"] or (unit[1].text.strip() if unit else ""),
        holder=holder[1].text.strip() if holder else None,
        source=outline.cite(*named),
    )
