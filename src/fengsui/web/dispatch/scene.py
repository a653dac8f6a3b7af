"""The scene (现场): who has reported in, who is inside the danger zone, withdrawal, suspension."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from fengsui.application import dispatch as use
from fengsui.application.access import Action, require
from fengsui.application.dispatch import Arrival, Team
from fengsui.core.directory import Role
from fengsui.core.errors import InputError
from fengsui.core.response.decisions.safety import commanders, inside, pending
from fengsui.core.response.decisions.scene import Scene
from fengsui.core.response.events_dispatch import StaffRole
from fengsui.core.response.state_dispatch import Entry
from fengsui.web import pages, parse, wiring
from fengsui.web.dispatch.directive import degrees
from fengsui.web.dispatch.seen import Seen, base, seen
from fengsui.web.incidents.commands import once
from fengsui.web.seat import Seat, seat_of


@pages.screen
def scene(request: HttpRequest, incident_id: str) -> HttpResponse:
    """Forces at the scene and rescuers inside, on one page."""
    seat = seat_of(request)
    found = seen(seat, incident_id)
    context = {**_context(seat, found), "my_unit": _my_unit(seat)}
    return pages.page(request, "dispatch/scene.html", context)


@pages.screen
def scene_parts(request: HttpRequest, incident_id: str) -> HttpResponse:
    """The live part of the scene."""
    seat = seat_of(request)
    found = seen(seat, incident_id)
    return pages.part(request, "dispatch/scene_part.html", {**_context(seat, found), "oob": True})


def _context(seat: Seat, found: Seen) -> dict[str, Any]:
    incident = found.incident
    here = [(key, item) for key, item in incident.checkins.items() if item.left_at is None]
    within = [(key, item) for key, item in incident.entries.items() if item.inside]
    within.sort(key=lambda pair: _urgency(pair[1]))
    last = incident.withdrawals[-1] if incident.withdrawals else None
    return {
        **base(seat, found),
        "here_now": here,
        "left": [(key, item) for key, item in incident.checkins.items() if item.left_at is not None],
        "people_here": sum(item.event.people for _, item in here),
        "inside": within,
        "inside_count": inside(incident),
        "outside": [(key, item) for key, item in incident.entries.items() if not item.inside][-12:],
        "withdrawal": last if pending(incident) else None,
        "not_out": sum(incident.entries[key].inside for key in pending(incident)),
        "withdrawal_rows": [(key, incident.entries[key]) for key in last.entries] if last else [],
        "scene_posts": _scene_posts(found),
        "resumers": "、".join(commanders(_as_scene(seat, found))),
        "late": {key for key, item in within if item.out_by is not None and item.out_by <= found.now},
    }


def _as_scene(seat: Seat, found: Seen) -> Scene:
    return Scene(
        incident=found.incident,
        plans=found.plans,
        directory=seat.directory,
        now=found.now,
        by=seat.post.id,
    )


def _my_unit(seat: Seat) -> Any:
    """The unit a liaison speaks for; the desk records for anybody."""
    return seat.directory.unit(seat.post.unit) if seat.has(Role.LIAISON) else None


def _urgency(entry: Entry) -> tuple[bool, Any]:
    return entry.out_by is None, entry.out_by or entry.event.entered_at


def _scene_posts(found: Seen) -> list[tuple[str, str | None]]:
    """On-scene commander and safety officers; the roles nobody is named for, too."""
    places = found.incident.staffing.get(("", ""), ())
    listed: list[tuple[str, str | None]] = [(item.role.value, item.post) for item in places]
    for role in (StaffRole.ON_SCENE, StaffRole.SAFETY):
        if not any(item.role is role for item in places):
            listed.append((role.value, None))
    return listed


Act = Callable[[HttpRequest, str], object]
LONGEST_INSIDE = 24 * 60
"""Minutes that a team may be meant to stay in."""


@pages.command
def act(request: HttpRequest, incident_id: str) -> HttpResponse:
    """Check in or out, go in or come out, order out, suspend, resume."""
    verb = request.POST.get("verb", "")
    do = _VERBS.get(verb)
    if do is None:
        raise InputError("text_missing", field="verb")
    do(request, incident_id)
    return pages.done(request, f"scene_{verb}", reverse("scene", args=[incident_id]))


def _people(text: str) -> int:
    if not text.strip():
        raise InputError("people_missing")
    value = parse.number(text)
    if value != int(value):
        raise InputError("people_missing")
    return int(value)


def _unit(request: HttpRequest) -> tuple[str | None, str]:
    """The unit by its name as typed; one outside the directory stays a name."""
    typed = request.POST.get("unit", "").strip()
    for unit in seat_of(request).directory.units:
        if typed in (unit.name, unit.id, *unit.aliases):
            return unit.id, unit.name
    return None, typed


def _check_in(request: HttpRequest, incident_id: str) -> object:
    seat, given = seat_of(request), request.POST
    unit, name = _unit(request)
    arrival = Arrival(
        unit=unit,
        unit_name=name,
        people=_people(given.get("people", "")),
        equipment=given.get("equipment", ""),
        contact=seat.post.id if unit == seat.post.unit else None,
        place=given.get("place", "")[:300],
        arrived_at=parse.instant(given.get("arrived_at", ""), timezone.now()),
        lon=degrees(given.get("lon", "")),
        lat=degrees(given.get("lat", "")),
    )
    contact = {"name": given.get("leader", "").strip(), "phone": given.get("phone", "").strip()}
    desk, mark = wiring.desk(), once(request)
    return use.check_in(desk, seat.actor, incident_id, arrival, contact=contact, command_id=mark)


def _check_out(request: HttpRequest, incident_id: str) -> object:
    given = request.POST
    return use.check_out(
        wiring.desk(),
        seat_of(request).actor,
        incident_id,
        given.get("checkin", ""),
        given.get("reason", ""),
        command_id=once(request),
    )


def _enter(request: HttpRequest, incident_id: str) -> object:
    given = request.POST
    now = timezone.now()
    entered = parse.instant(given.get("entered_at", ""), now)
    minutes, air = given.get("minutes", "").strip(), given.get("air", "").strip()
    unit, unit_name = _unit(request)
    name = given.get("team", "").strip()
    if name and unit is None and unit_name not in name:
        # A unit that is not in the directory is named with its team: else nobody knows whose people are in.
        name = f"{unit_name} {name}"
    team = Team(
        name=name,
        unit=unit,
        unit_name=unit_name,
        people=_people(given.get("people", "")),
        zone=given.get("zone", "")[:300],
        entered_at=entered,
        expected_out=(entered or now) + timedelta(minutes=_minutes(minutes)) if minutes else None,
        air_minutes=_whole(air) if air else None,
    )
    desk, mark = wiring.desk(), once(request)
    return use.enter_zone(desk, seat_of(request).actor, incident_id, team, command_id=mark)


def _minutes(text: str) -> float:
    value = float(parse.number(text))
    if not 1 <= value <= LONGEST_INSIDE:
        raise InputError("out_wrong", most=LONGEST_INSIDE)
    return value


def _whole(text: str) -> int:
    value = parse.number(text)
    if value != int(value):
        raise InputError("air_wrong")
    return int(value)


def _leave(request: HttpRequest, incident_id: str) -> object:
    given = request.POST
    people = given.get("people", "").strip()
    return use.leave_zone(
        wiring.desk(),
        seat_of(request).actor,
        incident_id,
        given.get("entry", ""),
        people=_people(people) if people else None,
        note=given.get("note", ""),
        command_id=once(request),
    )


def _withdraw(request: HttpRequest, incident_id: str) -> object:
    given = request.POST
    return use.order_withdrawal(
        wiring.desk(),
        seat_of(request).actor,
        incident_id,
        given.get("reason", ""),
        given.get("signal", ""),
        command_id=once(request),
    )


def _halt(call: Callable[..., object]) -> Act:
    def do(request: HttpRequest, incident_id: str) -> object:
        desk, actor = wiring.desk(), seat_of(request).actor
        return call(desk, actor, incident_id, request.POST.get("reason", ""), command_id=once(request))

    return do


_VERBS: dict[str, Act] = {
    "check_in": _check_in,
    "check_out": _check_out,
    "enter": _enter,
    "leave": _leave,
    "withdraw": _withdraw,
    "suspend": _halt(use.suspend_rescue),
    "resume": _halt(use.resume_rescue),
}


@pages.screen
def contact(request: HttpRequest, incident_id: str, checkin_id: str) -> HttpResponse:
    """Name and telephone of the leader of a force; that it was read is kept."""
    seat = seat_of(request)
    found = seen(seat, incident_id)
    require(seat.actor, Action.SEE_PERSONAL, found.incident.opened.place_code)
    here = found.incident.checkins.get(checkin_id)
    if here is None:
        raise InputError("checkin_unknown", checkin=checkin_id)
    person: dict[str, Any] = {}
    if here.event.contact_ref:
        why = f"incident/{incident_id}/scene"
        person = wiring.desk().personal.read(here.event.contact_ref, by=seat.post.id, why=why)
    return pages.part(request, "dispatch/contact.html", {"force": here.event, "person": person})
