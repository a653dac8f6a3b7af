"""Rows of a roster from outside, judged one by one: what each would do, or what is wrong with it. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta, tzinfo
from typing import Any

from fengsui.application.roster_ports import Leave, Member, Part, Shift
from fengsui.core.directory import Directory, Post

LONGEST_SHIFT = timedelta(hours=48)
PARTS = {
    "主班": Part.MAIN,
    "主": Part.MAIN,
    "main": Part.MAIN,
    "副班": Part.DEPUTY,
    "副": Part.DEPUTY,
    "deputy": Part.DEPUTY,
    "带班": Part.LEADER,
    "带班领导": Part.LEADER,
    "leader": Part.LEADER,
}
_DATE = re.compile(r"(?:(\d{4})\s*[-/.年]\s*)?(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")
_TIME = re.compile(r"(\d{1,2})\s*[:：时]\s*(\d{0,2})")


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterRow:
    """One row as it stands in the file; ``number`` counts as the spreadsheet does."""

    number: int
    date: str = ""
    starts: str = ""
    ends: str = ""
    post: str = ""
    name: str = ""
    part: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RowResult:
    """What becomes of a row: ``outcome`` new, same, changed or problem; ``problem`` a code with its data."""

    row: RosterRow
    outcome: str
    shift: Shift | None = None
    problem: str = ""
    data: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What rows are judged against. ``year`` completes dates without one; ``zone`` is that of the office."""

    area: str
    directory: Directory
    members: tuple[Member, ...]
    existing: tuple[Shift, ...]
    leaves: tuple[Leave, ...]
    now: datetime
    zone: tzinfo


class _Wrong(Exception):
    def __init__(self, code: str, **data: Any) -> None:
        super().__init__(code)
        self.code, self.data = code, data


def check_rows(rows: Sequence[RosterRow], ground: Ground) -> tuple[RowResult, ...]:
    """Every row judged, against what is stored and against the rows before it."""
    first = [_alone(row, ground) for row in rows]
    replaced = [result.shift for result in first if result.shift is not None]
    results: list[RowResult] = []
    taken: list[tuple[int, Shift]] = []
    for result in first:
        if result.shift is not None:
            try:
                _against_file(result.shift, taken)
                if result.outcome != "same":
                    # A shift that stays may wait for a substitute: that is not this file's fault.
                    _person_free(result.shift, ground, replaced)
                taken.append((result.row.number, result.shift))
            except _Wrong as wrong:
                result = _problem(result.row, wrong)
        results.append(result)
    return tuple(results)


def _alone(row: RosterRow, ground: Ground) -> RowResult:
    """A row by itself and against what is stored."""
    try:
        return _against_stored(row, _read(row, ground), ground)
    except _Wrong as wrong:
        return _problem(row, wrong)


def _problem(row: RosterRow, wrong: _Wrong) -> RowResult:
    return RowResult(row=row, outcome="problem", problem=wrong.code, data=wrong.data)


def read_date(text: str, now: datetime, zone: tzinfo) -> date | None:
    """A date as people write it; without a year, the one nearest to now. None when it cannot be read."""
    found = _DATE.search(text)
    if not found:
        return None
    today = now.astimezone(zone).date()
    try:
        if found[1]:
            return date(int(found[1]), int(found[2]), int(found[3]))
        near = [date(today.year + step, int(found[2]), int(found[3])) for step in (-1, 0, 1)]
    except ValueError:
        return None
    return min(near, key=lambda day: abs(day - today))


def _read(row: RosterRow, ground: Ground) -> Shift:
    day = read_date(row.date, ground.now, ground.zone)
    if day is None:
        raise _Wrong("row_date", value=row.date)
    starts = _instant(day, row.starts, ground.zone)
    ends = _instant(day, row.ends, ground.zone)
    if ends <= starts:
        ends += timedelta(days=1)
    if ends - starts > LONGEST_SHIFT:
        raise _Wrong("row_too_long", value=f"{row.starts}–{row.ends}")
    if ends <= ground.now:
        raise _Wrong("row_past", value=row.date)
    part = PARTS.get(row.part.strip().lower()) if row.part.strip() else Part.MAIN
    if part is None:
        raise _Wrong("row_part", value=row.part)
    post = _post(row.post, ground)
    member = _member(row.name, post, ground)
    return Shift(
        post_id=post.id,
        person_id=member.person_id,
        starts=starts,
        ends=ends,
        part=part,
        note=row.note.strip()[:200],
    )


def _instant(day: date, text: str, zone: tzinfo) -> datetime:
    found = _TIME.search(text)
    hour, minute = (int(found[1]), int(found[2] or 0)) if found else (-1, 0)
    if not (0 <= hour <= 24 and 0 <= minute < 60) or (hour == 24 and minute):
        raise _Wrong("row_time", value=text)
    at = datetime(day.year, day.month, day.day, hour % 24, minute, tzinfo=zone)
    return at + timedelta(days=1) if hour == 24 else at


def _post(text: str, ground: Ground) -> Post:
    plain = text.strip()
    ours = [post for post in ground.directory.posts if post.jurisdiction == ground.area]
    named = [post for post in ours if plain in (post.id, post.title, *post.titles)]
    if len(named) != 1:
        raise _Wrong("row_post" if not named else "row_post_many", value=plain)
    return named[0]


def _member(text: str, post: Post, ground: Ground) -> Member:
    plain = text.strip()
    if not plain:
        raise _Wrong("row_no_name")
    named = {
        member.person_id: member
        for member in ground.members
        if plain in (member.name, member.person_id, f"{member.name}（{member.person_id}）")
    }
    in_unit = [member for member in named.values() if member.unit_id == post.unit]
    found = list(named.values()) if len(named) == 1 else in_unit
    if not named:
        raise _Wrong("row_name", value=plain)
    if len(found) != 1:
        raise _Wrong("row_name_many", value=plain)
    return found[0]


def _against_stored(row: RosterRow, shift: Shift, ground: Ground) -> RowResult:
    same_place = [
        item for item in ground.existing if item.post_id == shift.post_id and item.part is shift.part
    ]
    for item in same_place:
        if item.starts == shift.starts:
            kept = replace(shift, shift_id=item.shift_id)
            if (item.person_id, item.ends, item.note) == (shift.person_id, shift.ends, shift.note):
                return RowResult(row=row, outcome="same", shift=item)
            return RowResult(row=row, outcome="changed", shift=kept)
    clash = next((item for item in same_place if item.meets(shift.starts, shift.ends)), None)
    if clash is not None:
        raise _Wrong("row_overlap", other=_span(clash, ground.zone))
    return RowResult(row=row, outcome="new", shift=shift)


def _against_file(shift: Shift, taken: Sequence[tuple[int, Shift]]) -> None:
    for number, item in taken:
        if not item.meets(shift.starts, shift.ends):
            continue
        if item.post_id == shift.post_id and item.part is shift.part:
            raise _Wrong("row_twice", other=number)
        if item.person_id == shift.person_id:
            raise _Wrong("row_person_twice", other=number)


def _person_free(shift: Shift, ground: Ground, taken: Sequence[Shift]) -> None:
    problem = person_busy(shift, ground.existing, ground.leaves, replaced=taken)
    if problem is not None:
        code, other = problem
        raise _Wrong(code, other=_span(other, ground.zone))


def person_busy(
    shift: Shift, existing: Sequence[Shift], leaves: Sequence[Leave], replaced: Sequence[Shift] = ()
) -> tuple[str, Shift | Leave] | None:
    """Whether the person of ``shift`` is elsewhere in that time: another shift, or away."""
    gone = {item.shift_id for item in replaced if item.shift_id} | {shift.shift_id}
    for item in existing:
        if item.shift_id in gone or item.person_id != shift.person_id:
            continue
        if item.meets(shift.starts, shift.ends):
            return "row_person_busy", item
    for leave in leaves:
        if leave.person_id == shift.person_id and leave.starts < shift.ends and shift.starts < leave.ends:
            return "row_person_away", leave
    return None


def _span(item: Shift | Leave, zone: tzinfo) -> str:
    return f"{item.starts.astimezone(zone):%m-%d %H:%M}–{item.ends.astimezone(zone):%m-%d %H:%M}"
