"""The first sheet of a spreadsheet as rows of text under known headings, whatever the file may be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time
from io import BytesIO
from typing import Any
from zipfile import BadZipFile, ZipFile

from openpyxl import Workbook, load_workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException

from fengsui.core.errors import InputError

MOST_BYTES = 5 * 1024 * 1024
MOST_UNPACKED = 60 * 1024 * 1024
MOST_ROWS = 5000


def read_sheet(
    data: bytes, names: Mapping[str, str], needed: Mapping[str, str], least: int
) -> Iterator[tuple[int, dict[str, str]]]:
    """Number and cells by name of every row below the headings; rows without anything are passed over.

    ``names``: heading to name; ``needed``: names that must be there, to their headings; a row is that of the
    headings when ``least`` of its cells are known. Raises InputError ``roster_file_…``.
    """
    rows = _cells(data)
    for place, cells in enumerate(rows[:20]):
        found = {column: names.get(_text(cell).lower(), "") for column, cell in enumerate(cells)}
        known = {name: column for column, name in reversed(found.items()) if name}
        if len(known) >= least:
            missing = [title for name, title in needed.items() if name not in known]
            if missing:
                raise InputError("roster_file_columns", columns="、".join(missing))
            return _below(rows, place, known)
    raise InputError("roster_file_columns", columns="、".join(needed.values()))


def _cells(data: bytes) -> list[tuple[Any, ...]]:
    if len(data) > MOST_BYTES:
        raise InputError("roster_file_too_big", limit=MOST_BYTES // 1024 // 1024)
    try:
        with ZipFile(BytesIO(data)) as archive:
            if sum(info.file_size for info in archive.infolist()) > MOST_UNPACKED:
                raise InputError("roster_file_too_big", limit=MOST_BYTES // 1024 // 1024)
        book = load_workbook(BytesIO(data), read_only=True, data_only=True)
        return list(book.worksheets[0].iter_rows(values_only=True, max_row=MOST_ROWS, max_col=40))
    except InputError:
        raise
    except (BadZipFile, InvalidFileException, KeyError, ValueError, IndexError, OSError, EOFError):
        raise InputError("roster_file_not_xlsx") from None
    except Exception as problem:  # openpyxl raises whatever its XML parser does
        raise InputError("roster_file_not_xlsx") from problem


def _below(
    rows: Sequence[tuple[Any, ...]], head: int, known: Mapping[str, int]
) -> Iterator[tuple[int, dict[str, str]]]:
    for number, cells in enumerate(rows[head + 1 :], start=head + 2):
        given = {name: _text(cells[column]) if column < len(cells) else "" for name, column in known.items()}
        if any(given.values()):
            yield number, given


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
    if isinstance(value, float) and value.is_integer():
        return f"{value:.0f}"  # a number of eleven digits is kept as one
    return "" if value is None else str(value).strip()


def write_sheet(
    title: str, columns: Sequence[str], widths: Sequence[int], rows: Sequence[Sequence[str]]
) -> bytes:
    """A sheet that can be changed by hand and read again."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = title[:31]
    sheet.append(list(columns))
    for cell in sheet[1]:
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", fgColor="E8F0FD")
        cell.alignment = Alignment(horizontal="center")
    for row in rows:
        sheet.append([_harmless(cell) for cell in row])
    for number, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.freeze_panes = "A2"
    kept = BytesIO()
    book.save(kept)
    return kept.getvalue()


def _harmless(text: str) -> str:
    """A name that begins like a formula stays a name."""
    return "'" + text if text[:1] in ("=", "+", "-", "@") else text
