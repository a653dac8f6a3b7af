"""The inbox of calls (来电收件箱), one call, and calls of an incident with its splitting."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from fengsui.application import calls as use
from fengsui.application import incidents
from fengsui.application.access import Action, may, require
from fengsui.application.calls import Alike
from fengsui.application.views import applicable_plans
from fengsui.application.watch_ports import CallRecord, CallState, Dismissal
from fengsui.application.watch_words import reasons
from fengsui.application.wording import word
from fengsui.core.errors import InputError
from fengsui.core.response.decisions.record import Call
from fengsui.core.response.likeness import Told
from fengsui.store import selectors
from fengsui.web import pages, parse, wiring
from fengsui.web.incidents.commands import once, to_room
from fengsui.web.incidents.room import room_context, seen
from fengsui.web.seat import Seat, seat_of

PAGE = 50
SETTLED = (CallState.OPENED, CallState.JOINED, CallState.DISMISSED)
STATES = {"waiting": (CallState.WAITING,), "settled": SETTLED, "all": tuple(CallState)}
WHY = ("callback", "on_scene", "verify")
"""Reasons for reading who called that are offered with one press."""


@pages.screen
def inbox(request: HttpRequest) -> HttpResponse:
    """All calls of the area, those that wait first asked for."""
    seat = seat_of(request)
    require(seat.actor, Action.SEE_CALLS)
    state = request.GET.get("state", "waiting")
    number = int(request.GET["page"]) if request.GET.get("page", "").isdigit() else 1
    number = max(1, min(number, 10_000))
    found, total = wiring.call_desk().calls.listed(
        seat.area, STATES.get(state, STATES["waiting"]), limit=PAGE, offset=(number - 1) * PAGE
    )
    context = {
        "here": "calls",
        "lines": found,
        "total": total,
        "state": state if state in STATES else "waiting",
        "query": "",
        "page_number": number,
        "pages": max(1, -(-total // PAGE)),
    }
    return pages.page(request, "watch/inbox.html", context)


def likely(seat: Seat, told: Told, exclude: str = "") -> list[tuple[Alike, str]]:
    """Open incidents that a report may be about, each with why in words."""
    found = use.alike(wiring.call_desk(), seat.area, told, exclude=exclude)
    return [(item, reasons(item.likeness, seat.language)) for item in found]


@pages.screen
def call(request: HttpRequest, call_id: str) -> HttpResponse:
    """One call: what was said, what it may be about, and what to do with it."""
    seat = seat_of(request)
    record = use.call_of(wiring.call_desk(), seat.actor, call_id)
    waits = record.state is CallState.WAITING
    code = parse.place_code(record.place_code, record.place or record.text, seat.directory, seat.area)
    context = {
        "here": "calls",
        "call": record,
        "may_take": may(seat.actor, Action.TAKE_CALL, record.place_code or None) is None,
        "may_see_caller": may(seat.actor, Action.SEE_PERSONAL, record.place_code or None) is None,
        "whys": WHY,
        "alike": likely(seat, record.told) if waits else [],
        "plans": applicable_plans(wiring.desk(), record.text, code, language=seat.language)
        if waits and record.text
        else [],
        "running": _running(seat) if waits else [],
        "areas": parse.areas(seat.directory, seat.area),
        "code": code,
        "dismissals": [item.value for item in Dismissal],
        "command_id": uuid4().hex,
    }
    return pages.page(request, "watch/call.html", context)


def _running(seat: Seat) -> list[Any]:
    return selectors.running_incidents(jurisdiction=seat.area, limit=30)


@pages.command
def settle(request: HttpRequest, call_id: str) -> HttpResponse:
    """Open an incident from the call, join it, close it, or let it wait again."""
    seat, desk, given = seat_of(request), wiring.call_desk(), request.POST
    verb = given.get("verb", "")
    if verb == "open":
        outcome = use.open_from_call(
            desk,
            seat.actor,
            call_id,
            _opening(seat, given),
            plans=[(plan, given.get(f"why_{plan}", "")) for plan in given.getlist("plan")],
            command_id=once(request),
        )
        return pages.done(request, "incident_opened", to_room(outcome.incident_id))
    if verb == "join":
        incident_id = given.get("incident", "")
        if not incident_id:
            raise InputError("join_where")
        use.join_call(desk, seat.actor, call_id, incident_id, given.get("why", ""))
        return pages.done(request, "call_joined", to_room(incident_id))
    if verb == "dismiss":
        if given.get("as", "") not in set(Dismissal):
            raise InputError("dismiss_as_what")
        use.dismiss_call(desk, seat.actor, call_id, Dismissal(given["as"]), given.get("reason", ""))
        return pages.done(request, "call_dismissed", reverse("calls"))
    if verb == "restore":
        use.restore_call(desk, seat.actor, call_id)
        return pages.done(request, "call_restored", reverse("call", args=[call_id]))
    raise InputError("typed_no_verb")


def _opening(seat: Seat, given: Any) -> Call:
    place = given.get("place", "").strip()
    return Call(
        what=given.get("what", ""),
        place=place,
        place_code=parse.place_code(given.get("place_code", ""), place, seat.directory, seat.area),
    )


@pages.command
def reveal(request: HttpRequest, call_id: str) -> HttpResponse:
    """Who called, for a reason that is kept."""
    seat = seat_of(request)
    found = use.caller_of(wiring.call_desk(), seat.actor, call_id, reason_given(request))
    return pages.part(request, "watch/caller.html", {"caller": found})


@pages.command
def reveal_of_incident(request: HttpRequest, incident_id: str) -> HttpResponse:
    """Who reported the incident, for a reason that is kept."""
    seat = seat_of(request)
    incident = seen(seat, incident_id).incident
    found = incidents.caller_of(wiring.desk(), seat.actor, incident, reason_given(request))
    return pages.part(request, "watch/caller.html", {"caller": found})


def reason_given(request: HttpRequest) -> str:
    """Why personal data is read: one of the usual reasons, or the words typed."""
    code = request.POST.get("why", "")
    return word("web.read_why", code) if code in WHY else code


@pages.screen
def of_incident(request: HttpRequest, incident_id: str) -> HttpResponse:
    """The calls of an incident, and its splitting."""
    seat = seat_of(request)
    found = seen(seat, incident_id)
    if request.method == "POST":
        return _split(request, seat, incident_id)
    require(seat.actor, Action.SEE_CALLS, found.incident.opened.place_code)
    kept = {record.call_id: record for record in wiring.call_desk().calls.of_incident(incident_id)}
    links = sorted(found.incident.calls.values(), key=lambda link: link.received_at)
    context = {
        "here": "incidents",
        "rows": [(link, kept.get(link.call_id) or _elsewhere(link.call_id)) for link in links],
        "areas": parse.areas(seat.directory, seat.area),
        "may_split": found.incident.is_open
        and may(seat.actor, Action.SPLIT_INCIDENT, found.incident.opened.place_code) is None,
        "command_id": uuid4().hex,
        **room_context(seat, found),
    }
    return pages.page(request, "watch/incident_calls.html", context)


def _elsewhere(call_id: str) -> CallRecord | None:
    return wiring.call_desk().calls.get(call_id)


def _split(request: HttpRequest, seat: Seat, incident_id: str) -> HttpResponse:
    given = request.POST
    opening = _opening(seat, given)
    likely_plans = applicable_plans(wiring.desk(), opening.what, opening.place_code, language=seat.language)
    outcome = use.split_incident(
        wiring.call_desk(),
        seat.actor,
        incident_id,
        opening,
        given.getlist("call"),
        given.get("reason", ""),
        plans=[(item.plan.id, item.why) for item in likely_plans],
        command_id=once(request),
    )
    return pages.done(request, "incident_split", to_room(outcome.incident_id))


def told_now(request: HttpRequest, seat: Seat) -> Told:
    """The call being typed, as it is compared."""
    given = request.POST
    place = given.get("place", "")
    now = timezone.now()
    try:
        at = parse.instant(given.get("learned", ""), now) or now
    except InputError:
        at = now
    code = parse.place_code(given.get("place_code", ""), place, seat.directory, seat.area)
    return Told(text=given.get("what", ""), place=place, place_code=code, at=min(at, now))
