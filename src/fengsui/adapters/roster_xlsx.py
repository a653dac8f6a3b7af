"""A roster as a spreadsheet, in and out, with the same columns."""

from __future__ import annotations

from collections.abc import Sequence

from fengsui.adapters.xlsx_sheet import read_sheet, write_sheet
from fengsui.application.roster_check import RosterRow

COLUMNS = ("日期", "开始", "结束", "岗位", "姓名", "班别", "备注")
_NAMES = {
    "日期": "date",
    "date": "date",
    "开始": "starts",
    "上班": "starts",
    "开始时间": "starts",
    "start": "starts",
    "结束": "ends",
    "下班": "ends",
    "结束时间": "ends",
    "end": "ends",
    "岗位": "post",
    "post": "post",
    "姓名": "name",
    "值班员": "name",
    "name": "name",
    "班别": "part",
    "主副班": "part",
    "part": "part",
    "备注": "note",
    "note": "note",
}
NEEDED = {"date": "日期", "starts": "开始", "ends": "结束", "post": "岗位", "name": "姓名"}
_WIDTHS = (13, 9, 9, 34, 14, 10, 30)


def read_roster(data: bytes) -> tuple[RosterRow, ...]:
    """The rows of the first sheet that has the headings. Raises InputError ``roster_file…``."""
    rows = read_sheet(data, _NAMES, NEEDED, least=3)
    return tuple(RosterRow(number=number, **cells) for number, cells in rows)


def write_roster(rows: Sequence[RosterRow], title: str) -> bytes:
    """A sheet that can be changed by hand and read again."""
    cells = [(row.date, row.starts, row.ends, row.post, row.name, row.part, row.note) for row in rows]
    return write_sheet(title, COLUMNS, _WIDTHS, cells)
