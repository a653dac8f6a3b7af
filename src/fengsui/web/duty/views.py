"""The duty desk (值班台): what needs me now, and the call."""

from __future__ import annotations

import json
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from fengsui.application import call_taking, calls
from fengsui.application import incidents as use
from fengsui.application.access import Action, may, require
from fengsui.application.calls import Received
from fengsui.application.views import applicable_plans
from fengsui.application.watch_ports import CallState, Means
from fengsui.application.wording import word
from fengsui.core.errors import FengsuiError
from fengsui.core.fact import FactSpec, register
from fengsui.core.response.chain import event_from_data
from fengsui.core.response.decisions.record import Call, Reported
from fengsui.store import selectors
from fengsui.store.selectors.notify import channel_health, unanswered_calls
from fengsui.web import frame, pages, parse, wiring
from fengsui.web.duty.calls import likely, told_now
from fengsui.web.reporting.board import desk_context
from fengsui.web.seat import Seat, seat_of

FIELDS = ("learned", "means", "place", "place_code", "what", "caller", "phone")


@pages.screen
def desk(request: HttpRequest) -> HttpResponse:
    """The desk of this post."""
    seat = seat_of(request)
    require(seat.actor, Action.SEE_INCIDENT)
    context = {"here": "desk", "position": selectors.stream_position(), **_parts(seat), **_call_form(request)}
    return pages.page(request, "duty/desk.html", context)


@pages.screen
def desk_parts(request: HttpRequest) -> HttpResponse:
    """The live parts of the desk, each for its place on the page."""
    seat = seat_of(request)
    require(seat.actor, Action.SEE_INCIDENT)
    context = {
        **_parts(seat),
        "next_deadlines": frame.upcoming(seat),
        "oob": True,
        "may_take_calls": _may_open(seat),
    }
    return pages.part(request, "duty/parts.html", context)


def _may_open(seat: Seat) -> bool:
    return may(seat.actor, Action.OPEN_INCIDENT) is None


def _parts(seat: Seat) -> dict[str, Any]:
    now = timezone.now()
    waiting, waiting_count = wiring.call_desk().calls.listed(seat.area, [CallState.WAITING], limit=6)
    proposals = selectors.waiting_proposals(jurisdiction=seat.area, limit=8)
    running = selectors.running_incidents(jurisdiction=seat.area, limit=30)
    unaccepted, unaccepted_count = selectors.unaccepted_soonest(jurisdiction=seat.area)
    return {
        "running": running,
        "waiting_calls": waiting,
        "unsigned": selectors.unsigned_hand_overs(seat.area),
        "waiting_calls_count": waiting_count,
        "proposals": proposals,
        "unaccepted": unaccepted,
        "unaccepted_count": unaccepted_count,
        "shift": selectors.on_duty(now, jurisdiction=seat.area),
        "channels": [item for item in selectors.channel_states(now) if item.channel != "log"],
        "gateways": [item for item in channel_health(now) if item.state != "off"],
        "to_call": unanswered_calls(now, jurisdiction=seat.area),
        "log_lines": log_lines(seat, limit=12),
        **desk_context(seat, now),
    }


QUIET = ("Graded", "ReportClockStarted", "GroupFormed", "DirectiveEscalated", "DirectiveReminded")
"""Records that follow from others by themselves: in the log of the incident, not on the desk."""


def log_lines(seat: Seat, limit: int) -> list[SimpleNamespace]:
    """The latest records of the area, ready for ``event_line``; the noise of grading left out."""
    lines = []
    for line in selectors.latest_log(jurisdiction=seat.area, limit=limit * 4):
        if line.type in QUIET:
            continue
        event = event_from_data(json.loads(line.data))
        lines.append(
            SimpleNamespace(
                at=line.at, by=line.by, event=event, incident_id=line.incident_id, title=line.incident_title
            )
        )
    return lines[:limit]


def quick_facts() -> list[FactSpec]:
    """The facts asked first in every call."""
    return [spec for spec in register().values() if spec.common and spec.is_figure][:4]


def _call_form(request: HttpRequest) -> dict[str, Any]:
    seat = seat_of(request)
    if not _may_open(seat):
        return {}
    kept = use.load_call_draft(wiring.desk(), seat.actor) or {}
    return {
        "draft": kept,
        "areas": parse.areas(seat.directory, seat.area),
        "quick_facts": [
            (spec, kept.get(f"fact_{spec.name}", ""), kept.get(f"manner_{spec.name}", "unknown"))
            for spec in quick_facts()
        ],
        "command_id": uuid4().hex,
    }


@pages.screen
def new_call(request: HttpRequest) -> HttpResponse:
    """Take a call: place, time, what; nothing else is compulsory."""
    if request.method == "POST":
        return _open(request)
    require(seat_of(request).actor, Action.OPEN_INCIDENT)
    return pages.page(request, "duty/new_call.html", {"here": "desk", **_call_form(request)})


def _open(request: HttpRequest) -> HttpResponse:
    """Save the call; then it waits, joins an incident, or becomes a new one, all in one step."""
    seat, call_desk, given = seat_of(request), wiring.call_desk(), request.POST
    place = given.get("place", "").strip()
    code = parse.place_code(given.get("place_code", ""), place, seat.directory, seat.area)
    received = Received(
        means=Means(given["means"]) if given.get("means") in set(Means) else Means.PHONE,
        text=given.get("what", ""),
        place=place,
        place_code=code,
        received_at=parse.instant(given.get("learned", ""), timezone.now()),
    )
    caller = {key: given[key].strip() for key in ("caller", "phone") if given.get(key, "").strip()}
    command_id = given.get("command_id", "")[:60] or uuid4().hex
    then = given.get("then", "open")
    if then == "keep":
        call = calls.take_call(call_desk, seat.actor, received, caller=caller, call_id=f"call-{command_id}")
        return pages.done(request, "call_kept", reverse("call", args=[call.call_id]))
    if then.startswith("join:"):
        outcome = call_taking.take_and_join(
            call_desk,
            seat.actor,
            received,
            then.removeprefix("join:"),
            caller=caller,
            command_id=command_id,
        )
        return pages.done(request, "call_joined", reverse("room", args=[outcome.incident_id]))
    outcome = call_taking.take_and_open(
        call_desk,
        seat.actor,
        received,
        Call(what=given.get("what", ""), place=place, place_code=code),
        caller=caller,
        plans=[(plan_id, given.get(f"why_{plan_id}", "")) for plan_id in given.getlist("plan")],
        facts=reported(given),
        command_id=command_id,
    )
    return pages.done(request, "incident_opened", reverse("room", args=[outcome.incident_id]))


def reported(given: Any) -> list[Reported]:
    """The figures of a call, said by the caller: who that is stays out of the log."""
    facts = []
    for spec in quick_facts():
        manner = given.get(f"manner_{spec.name}", "unknown")
        text = given.get(f"fact_{spec.name}", "")
        if manner == "unknown" and not text.strip():
            continue  # not asked yet: unknown without an entry
        value = parse.figure(manner if manner != "unknown" else "known", text)
        facts.append(Reported(fact=spec.name, value=value, said_by=word("watch", "the_caller")))
    return facts


@require_POST
def save_draft(request: HttpRequest) -> HttpResponse:
    """Keep what has been typed so far."""
    keys = [*FIELDS, *(f"{kind}_{spec.name}" for spec in quick_facts() for kind in ("fact", "manner"))]
    data = {key: request.POST.get(key, "")[:2000] for key in keys if request.POST.get(key)}
    seat = seat_of(request)
    try:
        use.save_call_draft(wiring.desk(), seat.actor, data)
    except FengsuiError as error:
        problem = pages.problem_of(error, seat.language)
        return JsonResponse({"problem": problem.text}, status=problem.status)
    return HttpResponse(status=204)


@pages.screen
def likely_plans(request: HttpRequest) -> HttpResponse:
    """Plans that may apply to what has been typed, and open incidents it may repeat."""
    seat = seat_of(request)
    what, place = request.POST.get("what", ""), request.POST.get("place", "")
    code = parse.place_code(request.POST.get("place_code", ""), place, seat.directory, seat.area)
    found = applicable_plans(wiring.desk(), what, code, language=seat.language) if what.strip() else []
    alike = likely(seat, told_now(request, seat)) if what.strip() or place.strip() else []
    context = {"likely": found, "alike": alike, "asked": bool(what.strip())}
    return pages.part(request, "duty/likely.html", context)
