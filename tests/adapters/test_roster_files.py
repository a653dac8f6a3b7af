"""A roster as a spreadsheet and as a calendar."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from io import BytesIO

import pytest
from icalendar import Calendar
from openpyxl import Workbook, load_workbook

from fengsui.adapters.roster_ical import CalendarShift, write_calendar
from fengsui.adapters.roster_xlsx import read_roster, write_roster
from fengsui.application.roster_check import RosterRow
from fengsui.core.errors import InputError

ROW = RosterRow(
    number=2, date="2026-06-01", starts="08:00", ends="20:00", post="值班员", name="甲某", part="主班"
)


def sheet(*rows: tuple[object, ...]) -> bytes:
    book = Workbook()
    for cells in rows:
        book.active.append(cells)
    kept = BytesIO()
    book.save(kept)
    return kept.getvalue()


def test_what_is_written_is_read_back() -> None:
    assert read_roster(write_roster([ROW], "值班表")) == (ROW,)


def test_cells_of_dates_and_times_are_read_like_words() -> None:
    head = ("云州值班表",), ("备注", "日期", "开始时间", "结束时间", "岗位", "姓名", "主副班")
    cells = (None, datetime(2026, 6, 1), time(8, 0), 20 / 24, "值班员", " 甲某 ", "主班")
    rows = read_roster(sheet(*head, cells, (None,) * 7, (None, date(2026, 6, 2), "8:00", "", "x", "y", "")))
    assert rows[0] == RosterRow(
        number=3, date="2026-06-01", starts="08:00", ends="20:00", post="值班员", name="甲某", part="主班"
    )
    assert [row.number for row in rows] == [3, 5]


def test_a_sheet_without_its_columns_and_a_file_of_another_kind_are_told() -> None:
    with pytest.raises(InputError) as caught:
        read_roster(sheet(("日期", "姓名", "岗位"), ("2026-06-01", "甲某", "x")))
    assert caught.value.data["columns"] == "开始、结束"
    for data in (b"", b"PK\x03\x04 broken", "日期,姓名".encode(), sheet()):
        with pytest.raises(InputError):
            read_roster(data)


def test_a_name_that_looks_like_a_formula_stays_a_name() -> None:
    data = write_roster([RosterRow(number=2, name="=1+1", date="x")], "t")
    assert load_workbook(BytesIO(data)).active["E2"].value == "'=1+1"


def test_the_calendar_is_read_by_others() -> None:
    starts, ends = datetime(2026, 6, 1, 0, tzinfo=UTC), datetime(2026, 6, 1, 12, tzinfo=UTC)
    shift = CalendarShift(
        uid="shift-1", starts=starts, ends=ends, summary="值班（主班）", description="值班员"
    )
    read = Calendar.from_ical(write_calendar([shift], "云州值班", starts))
    event = read.walk("VEVENT")[0]
    assert event["summary"] == "值班（主班）"
    assert (event.start, event.end) == (starts, ends)
    assert event["uid"] == "shift-1@fengsui"
    assert len(event.walk("VALARM")) == 1
