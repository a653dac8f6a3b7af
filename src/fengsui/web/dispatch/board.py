"""The whole board on one screen, by state, unit, group or deadline; and one page a unit, to be printed."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse

from fengsui.application import dispatch_board as show
from fengsui.application.dispatch_board import Axis
from fengsui.core.errors import InputError
from fengsui.web import pages
from fengsui.web.dispatch.seen import Seen, base, seen
from fengsui.web.seat import Seat, seat_of

KEYS = ((Axis.STATE, "1"), (Axis.UNIT, "2"), (Axis.GROUP, "3"), (Axis.DUE, "4"))


@pages.screen
def board(request: HttpRequest, incident_id: str) -> HttpResponse:
    """Every order of the incident."""
    seat = seat_of(request)
    found = seen(seat, incident_id)
    return pages.page(request, "dispatch/board.html", _context(request, seat, found))


@pages.screen
def board_parts(request: HttpRequest, incident_id: str) -> HttpResponse:
    """The live part of the board."""
    seat = seat_of(request)
    found = seen(seat, incident_id)
    return pages.part(request, "dispatch/board_part.html", {**_context(request, seat, found), "oob": True})


def _context(request: HttpRequest, seat: Seat, found: Seen) -> dict[str, Any]:
    asked = request.GET.get("by", "")
    axis = Axis(asked) if asked in set(Axis) else Axis.STATE
    only = request.GET.get("only", "")
    rows = show.board(found.incident, found.now)
    shown = tuple(row for row in rows if _wanted(row, only))
    return {
        **base(seat, found),
        "axis": axis.value,
        "keys": [(item.value, key) for item, key in KEYS],
        "only": only,
        "counts": show.counts(rows),
        "states": show.STATES,
        "sections": show.sections(shown, axis, found.incident, seat.directory, found.plans, found.now),
        "units": _units(rows, seat),
    }


def _wanted(row: show.BoardRow, only: str) -> bool:
    if only == "stuck":
        return row.stuck
    if only == "gap":
        return row.gap
    return not only or row.code == only


def _units(rows: tuple[show.BoardRow, ...], seat: Seat) -> dict[str, str]:
    """Id of the unit of every addressee, by its name on the board: for the page of the unit."""
    found: dict[str, str] = {}
    for row in rows:
        for target in row.state.issued.to:
            post = seat.directory.post(target)
            unit = seat.directory.unit(post.unit if post is not None else target)
            if unit is not None:
                found[unit.name] = unit.id
    return found


@pages.screen
def unit_page(request: HttpRequest, incident_id: str, unit_id: str) -> HttpResponse:
    """Everything one unit has to do in the incident, on paper as on the screen."""
    seat = seat_of(request)
    found = seen(seat, incident_id)
    unit = seat.directory.unit(unit_id)
    if unit is None:
        raise InputError("unit_unknown", unit=unit_id)
    rows = show.of_unit(show.board(found.incident, found.now), unit_id, seat.directory)
    context = {
        **base(seat, found),
        "unit": unit,
        "rows": sorted(
            rows,
            key=lambda row: (not row.state.is_open, row.state.due is None, row.state.due or row.state.at),
        ),
        "counts": show.counts(rows),
        "checkins": [item for item in found.incident.checkins.values() if item.event.unit == unit_id],
    }
    return pages.page(request, "dispatch/unit.html", context)
