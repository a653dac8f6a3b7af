"""Shifts as a calendar (iCalendar, RFC 5545), for telephones and mail programs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from icalendar import Alarm, Calendar, Event


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarShift:
    """One entry; ``summary`` in words."""

    uid: str
    starts: datetime
    ends: datetime
    summary: str
    description: str = ""


def write_calendar(shifts: Iterable[CalendarShift], name: str, at: datetime) -> bytes:
    """The calendar as bytes; each entry rings an hour before."""
    calendar = Calendar()
    calendar.add("prodid", "-//Fengsui//duty roster//ZH")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    for shift in shifts:
        event = Event()
        event.add("uid", f"{shift.uid}@fengsui")
        event.add("dtstamp", at.astimezone(UTC))
        event.add("dtstart", shift.starts.astimezone(UTC))
        event.add("dtend", shift.ends.astimezone(UTC))
        event.add("summary", shift.summary)
        if shift.description:
            event.add("description", shift.description)
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", shift.summary)
        alarm.add("trigger", timedelta(hours=-1))
        event.add_component(alarm)
        calendar.add_component(event)
    return bytes(calendar.to_ical())
