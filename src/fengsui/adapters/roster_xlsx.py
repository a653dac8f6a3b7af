"""A roster as a spreadsheet, in and out, with the same columns."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from io import BytesIO
from typing import Any
from zipfile import BadZipFile, ZipFile

from openpyxl import Workbook, load_workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils.exceptions import InvalidFileException

from fengsui.application.roster_check import RosterRow
from fengsui.core.errors import InputError

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
MOST_BYTES = 5 * 1024 * 1024
MOST_UNPACKED = 60 * 1024 * 1024
MOST_ROWS = 5000
_WIDTHS = (13, 9, 9, 34, 14, 10, 30)


def read_roster(data: bytes) -> tuple[RosterRow, ...]:
    """The rows of the first sheet that has the headings. Raises InputError ``roster_file…``."""
    if len(data) > MOST_BYTES:
        raise InputError("roster_file_too_big", limit=MOST_BYTES // 1024 // 1024)
    try:
        with ZipFile(BytesIO(data)) as archive:
            if sum(info.file_size for info in archive.infolist()) > MOST_UNPACKED:
                raise InputError("roster_file_too_big", limit=MOST_BYTES // 1024 // 1024)
        book = load_workbook(BytesIO(data), read_only=True, data_only=True)
        sheet = book.worksheets[0]
        rows = list(sheet.iter_rows(values_only=True, max_row=MOST_ROWS, max_col=40))
    except InputError:
        raise
    except (BadZipFile, InvalidFileException, KeyError, ValueError, IndexError, OSError, EOFError):
        raise InputError("roster_file_not_xlsx") from None
    except Exception as problem:  # openpyxl raises whatever its XML parser does
        raise InputError("roster_file_not_xlsx") from problem
    return _rows(rows)


def _rows(rows: Sequence[tuple[Any, ...]]) -> tuple[RosterRow, ...]:
    for place, cells in enumerate(rows[:20]):
        named = {column: _NAMES.get(_text(cell).lower(), "") for column, cell in enumerate(cells)}
        known = {name: column for column, name in reversed(named.items()) if name}
        if len(known) >= 3:
            missing = [title for name, title in NEEDED.items() if name not in known]
            if missing:
                raise InputError("roster_file_columns", columns="、".join(missing))
            return _below(rows, place, known)
    raise InputError("roster_file_columns", columns="、".join(NEEDED.values()))


def _below(rows: Sequence[tuple[Any, ...]], head: int, known: dict[str, int]) -> tuple[RosterRow, ...]:
    found = []
    for number, cells in enumerate(rows[head + 1 :], start=head + 2):
        given = {name: _text(cells[column]) if column < len(cells) else "" for name, column in known.items()}
        if any(given.values()):
            found.append(RosterRow(number=number, **given))
    return tuple(found)


def _text(value: Any) -> str:
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d}" if (value.hour, value.minute) == (0, 0) else f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, date):
        return f"{value:%Y-%m-%d}"
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, float) and 0 <= value < 1:
        minutes = round(value * 24 * 60)
        return f"{minutes // 60:02}:{minutes % 60:02}"
    return "" if value is None else str(value).strip()


def write_roster(rows: Sequence[RosterRow], title: str) -> bytes:
    """A sheet that can be changed by hand and read again."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = title[:31]
    sheet.append(list(COLUMNS))
    for cell in sheet[1]:
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", fgColor="E8F0FD")
        cell.alignment = Alignment(horizontal="center")
    for row in rows:
        cells = (row.date, row.starts, row.ends, row.post, row.name, row.part, row.note)
        sheet.append([_harmless(cell) for cell in cells])
    for letter, width in zip("ABCDEFG", _WIDTHS, strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.freeze_panes = "A2"
    kept = BytesIO()
    book.save(kept)
    return kept.getvalue()


def _harmless(text: str) -> str:
    """A name that begins like a formula stays a name."""
    return "'" + text if text[:1] in ("=", "+", "-", "@") else text
