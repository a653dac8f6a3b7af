"""The inbox of calls: gateways bring them in, officers open, join, close and split."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from ninja import Field, Router

from fengsui.application import calls as use
from fengsui.application.access import Action, require
from fengsui.application.calls import Received
from fengsui.application.watch_ports import CallRecord, CallState, Dismissal, Means
from fengsui.application.watch_words import reasons
from fengsui.core.response.decisions.record import Call
from fengsui.web import parse, wiring
from fengsui.web.api.door import caller, language_of, once
from fengsui.web.api.forms import Body, Done, done
from fengsui.web.seat import seat_of

router = Router(tags=["calls"])
PAGE = 100


class Incoming(Body):
    """A call as a gateway has it. ``reference`` is its number there: sent twice, it is one call.

    ``caller`` (name, phone) is kept apart. Without ``place_code`` the place is looked for in the words.
    """

    means: Means = Means.API
    text: str = ""
    place: str = ""
    place_code: str = ""
    received_at: datetime | None = None
    caller: dict[str, str] | None = None
    reference: str = ""


class Opening(Body):
    """The incident that a call is about."""

    what: str
    place: str
    place_code: str = ""
    title: str = ""
    plans: list[str] = Field(default_factory=list)


class Join(Body):
    """The incident to join."""

    incident: str
    why: str = ""


class Dismiss(Body):
    """Why nothing comes of the call."""

    dismissed_as: Dismissal
    reason: str


class Splitting(Opening):
    """The other incident, and which calls are about it."""

    calls: list[str] = Field(default_factory=list)
    reason: str


def call_data(call: CallRecord) -> dict[str, Any]:
    """A call without who called."""
    return {
        "id": call.call_id,
        "means": call.means.value,
        "received_at": call.received_at,
        "taken_at": call.taken_at,
        "taken_by": call.taken_by or None,
        "text": call.text,
        "place": call.place,
        "place_code": call.place_code or None,
        "has_caller": bool(call.caller_ref),
        "exercise": call.exercise,
        "state": call.state.value,
        "incident": call.incident_id or None,
        "dismissed_as": call.dismissed_as or None,
        "reason": call.reason,
        "settled_at": call.settled_at,
        "settled_by": call.settled_by or None,
    }


@router.post("/calls")
def receive(request: HttpRequest, given: Incoming) -> dict[str, Any]:
    """A call comes in."""
    seat = seat_of(request)
    place = f"{given.place} {given.text}"
    code = parse.place_code(given.place_code, place, seat.directory, seat.area)
    require(seat.actor, Action.TAKE_CALL, code)
    key = given.reference.strip()[:100] or once(request)
    received = Received(
        means=given.means,
        text=given.text,
        place=given.place,
        place_code=code,
        received_at=given.received_at,
        source_key=f"{seat.post.id}/{given.means.value}/{key}" if key else None,
    )
    return call_data(use.receive_call(wiring.call_desk(), received, caller=given.caller))


@router.get("/calls")
def listing(request: HttpRequest, state: CallState | None = None, offset: int = 0) -> dict[str, Any]:
    """Calls of the area, the latest first."""
    seat = seat_of(request)
    require(seat.actor, Action.SEE_CALLS)
    states = [state] if state else list(CallState)
    found, total = wiring.call_desk().calls.listed(seat.area, states, limit=PAGE, offset=max(0, offset))
    return {"total": total, "calls": [call_data(call) for call in found]}


@router.get("/calls/{call_id}")
def one(request: HttpRequest, call_id: str) -> dict[str, Any]:
    """One call, and the open incidents it may be about, with why."""
    seat, desk = seat_of(request), wiring.call_desk()
    call = use.call_of(desk, seat.actor, call_id)
    language = language_of(request)
    waits = call.state is CallState.WAITING
    found = use.alike(desk, seat.area, call.told) if waits else []
    alike = [
        {
            "incident": item.incident.incident_id,
            "title": item.incident.title,
            "points": item.likeness.points,
            "minutes": item.likeness.minutes,
            "why": reasons(item.likeness, language),
        }
        for item in found
    ]
    return {**call_data(call), "alike": alike}


@router.post("/calls/{call_id}/open", response=Done)
def open_incident(request: HttpRequest, call_id: str, given: Opening) -> Done:
    """A new incident from the call; learned of when the call was received."""
    ties = [(plan, given.what) for plan in given.plans]
    outcome = use.open_from_call(
        wiring.call_desk(),
        caller(request),
        call_id,
        _opening(request, given),
        plans=ties,
        command_id=once(request),
    )
    return done(outcome)


@router.post("/calls/{call_id}/join", response=Done)
def join(request: HttpRequest, call_id: str, given: Join) -> Done:
    """The call is about an incident that runs."""
    return done(use.join_call(wiring.call_desk(), caller(request), call_id, given.incident, given.why))


@router.post("/calls/{call_id}/dismiss")
def dismiss(request: HttpRequest, call_id: str, given: Dismiss) -> dict[str, Any]:
    """Nothing comes of it."""
    desk, actor = wiring.call_desk(), caller(request)
    return call_data(use.dismiss_call(desk, actor, call_id, given.dismissed_as, given.reason))


@router.post("/calls/{call_id}/restore")
def restore(request: HttpRequest, call_id: str) -> dict[str, Any]:
    """A call closed by mistake waits again."""
    return call_data(use.restore_call(wiring.call_desk(), caller(request), call_id))


@router.post("/incidents/{incident_id}/split", response=Done)
def split(request: HttpRequest, incident_id: str, given: Splitting) -> Done:
    """Part of the incident becomes one of its own; answers with the new one."""
    outcome = use.split_incident(
        wiring.call_desk(),
        caller(request),
        incident_id,
        _opening(request, given),
        given.calls,
        given.reason,
        plans=[(plan, given.what) for plan in given.plans],
        command_id=once(request),
    )
    return done(outcome)


def _opening(request: HttpRequest, given: Opening) -> Call:
    seat = seat_of(request)
    code = parse.place_code(given.place_code, given.place, seat.directory, seat.area)
    return Call(what=given.what, place=given.place, place_code=code, title=given.title)
