"""The roster: who is on duty, shifts, a whole roster in, substitutes, swaps and leave."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router

from fengsui.application import roster as use
from fengsui.application.access import Action, require
from fengsui.application.roster_check import RosterRow
from fengsui.application.roster_ports import ChangeState, RosterChange, Shift
from fengsui.application.wording import word
from fengsui.web import wiring
from fengsui.web.api.door import caller, language_of
from fengsui.web.api.forms import Body
from fengsui.web.seat import seat_of

router = Router(tags=["roster"])


class Row(Body):
    """A shift as in the sheet: ``date`` 2026-06-01, ``starts`` 08:00; ``part`` main, deputy or leader."""

    date: str
    starts: str
    ends: str
    post: str
    name: str
    part: str = "main"
    note: str = ""


class Rows(Body):
    """A whole roster: all of it is written, or nothing."""

    rows: list[Row]


class Substitute(Body):
    """Who stands in, and why."""

    person: str
    reason: str = ""


class Swap(Body):
    """The other shift, and why."""

    other: str
    reason: str = ""


class LeaveAsked(Body):
    """Who will be away; without ``person``, oneself."""

    starts: datetime
    ends: datetime
    person: str = ""
    reason: str = ""


class Answer(Body):
    """Whether a change is approved."""

    approve: bool
    text: str = ""


@router.get("/roster")
def shifts(
    request: HttpRequest, first: datetime | None = None, last: datetime | None = None
) -> dict[str, Any]:
    """Shifts between two instants, by default from now for four weeks; ``on_duty`` those that run now."""
    seat = seat_of(request)
    require(seat.actor, Action.SEE_WATCH)
    now = timezone.now()
    begin = first or now
    desk = wiring.roster_desk()
    names = {member.person_id: member.name for member in desk.roster.members(seat.area, now)}
    found = desk.roster.shifts(seat.area, begin, last or begin + timedelta(days=28))
    running = desk.roster.shifts(seat.area, now, now + timedelta(microseconds=1))
    return {
        "on_duty": [shift_data(shift, names) for shift in running],
        "shifts": [shift_data(shift, names) for shift in found],
        "asked": [change_data(item) for item in desk.roster.changes(seat.area, [ChangeState.ASKED])],
    }


@router.post("/roster")
def take_in(request: HttpRequest, given: Rows) -> dict[str, Any]:
    """A whole roster, judged row by row."""
    rows = [RosterRow(number=number, **row.dict()) for number, row in enumerate(given.rows, start=1)]
    done = use.import_roster(wiring.roster_desk(), caller(request), rows, timezone.get_current_timezone())
    language = language_of(request)
    return {
        "written": done.written,
        "rows": [
            {
                "row": item.row.number,
                "outcome": item.outcome,
                "problem": word("roster_row", item.problem, language, **item.data) if item.problem else None,
            }
            for item in done.rows
        ],
    }


@router.post("/roster/{shift_id}/substitute")
def substitute(request: HttpRequest, shift_id: str, given: Substitute) -> dict[str, Any]:
    """Let somebody stand in."""
    desk = wiring.roster_desk()
    return change_data(use.ask_substitute(desk, caller(request), shift_id, given.person, given.reason))


@router.post("/roster/{shift_id}/swap")
def swap(request: HttpRequest, shift_id: str, given: Swap) -> dict[str, Any]:
    """Let two shifts exchange their people."""
    desk = wiring.roster_desk()
    return change_data(use.ask_swap(desk, caller(request), shift_id, given.other, given.reason))


@router.post("/roster/leave")
def leave(request: HttpRequest, given: LeaveAsked) -> dict[str, Any]:
    """Somebody will be away."""
    actor = caller(request)
    person = given.person or actor.person_id
    desk = wiring.roster_desk()
    return change_data(use.ask_leave(desk, actor, person, given.starts, given.ends, given.reason))


@router.post("/roster/changes/{change_id}")
def decide(request: HttpRequest, change_id: str, given: Answer) -> dict[str, Any]:
    """Approve or refuse a change."""
    desk = wiring.roster_desk()
    return change_data(
        use.decide_change(desk, caller(request), change_id, approve=given.approve, answer=given.text)
    )


def shift_data(shift: Shift, names: dict[str, str]) -> dict[str, Any]:
    """A shift with the name of its person."""
    return {
        "id": shift.shift_id,
        "post": shift.post_id,
        "person": shift.person_id,
        "name": names.get(shift.person_id, ""),
        "starts": shift.starts,
        "ends": shift.ends,
        "part": shift.part.value,
        "instead_of": shift.instead_of or None,
        "note": shift.note,
    }


def change_data(change: RosterChange) -> dict[str, Any]:
    """A change that was asked for, and what became of it."""
    return {
        "id": change.change_id,
        "kind": change.kind.value,
        "person": change.person_id,
        "shift": change.shift_id or None,
        "other": change.other_id or None,
        "starts": change.starts,
        "ends": change.ends,
        "reason": change.reason,
        "asked_by": change.asked_by,
        "asked_at": change.asked_at,
        "state": change.state.value,
        "decided_by": change.decided_by or None,
        "answer": change.answer,
    }
