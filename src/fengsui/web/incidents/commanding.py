"""Command (指挥权), the level above (上级响应) and sensitive cases (敏感情形): one page each."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from fengsui.application import commanding as use
from fengsui.core.directory import Role
from fengsui.core.errors import InputError
from fengsui.core.response.commanding import commanded_above
from fengsui.core.response.decisions.command import Upper
from fengsui.core.response.events_decisions import Handover, Sensitivity
from fengsui.core.response.sensitive import Advice, advise, clause_of
from fengsui.web import pages, parse, wiring
from fengsui.web.incidents.commands import once, to_room
from fengsui.web.incidents.picture import LevelName, Picture, response_name
from fengsui.web.incidents.powers import in_command
from fengsui.web.incidents.room import room_context, seen
from fengsui.web.seat import Seat, seat_of


@pages.screen
def command(request: HttpRequest, incident_id: str) -> HttpResponse:
    """Who commands, handing over, taking over, and following the level above."""
    seat = seat_of(request)
    if request.method == "POST":
        return _act(request, seat, incident_id)
    found = seen(seat, incident_id)
    now = next(iter(in_command(found)), None)
    desk_writes = seat.has(Role.DUTY_OFFICER, Role.OFFICE_DIRECTOR)
    waiting = [(key, item) for key, item in found.incident.transfers.items() if item.is_open]
    context = {
        "here": "incidents",
        "commanding": now,
        "may_hand_over": now is not None and (seat.post.id in now.posts or (not now.posts and desk_writes)),
        "waiting": waiting,
        "may_take": [
            key
            for key, item in waiting
            if seat.post.id in item.transferred.to or (not item.transferred.to and desk_writes)
        ],
        "past": [item for item in found.incident.transfers.values() if not item.is_open][::-1],
        "follows": list(found.incident.follows.items()),
        "above": _above(found),
        "receivers": _receivers(seat),
        "command_id": uuid4().hex,
        **room_context(seat, found),
    }
    return pages.page(request, "decisions/command.html", context)


def _above(found: Picture) -> list[Any]:
    """Bodies outside that alone may start the level called for: command at that level is theirs."""
    directory = found.situation.directory
    powers = []
    for view in found.situation.plans:
        level = view.response.level if view.response else view.suggestion.level
        power = commanded_above(view.plan, level, directory)
        if power is not None:
            powers.append((view.plan.content.title, response_name(view, level), power))
    return powers


def _receivers(seat: Seat) -> list[Any]:
    deciding = {Role.COMMANDER, Role.OFFICE_DIRECTOR}
    return [post for post in seat.directory.posts if post.roles & deciding and post.id != seat.post.id]


def _act(request: HttpRequest, seat: Seat, incident_id: str) -> HttpResponse:
    given, verb, here = request.POST, request.POST.get("verb", ""), reverse("command", args=[incident_id])
    desk, again, key = wiring.desk(), once(request), request.POST.get("id", "")
    papers = {"document": given.get("document", ""), "told_by": given.get("told_by", "")}
    if verb == "hand_over":
        to = [item for item in given.getlist("to") if item]
        use.hand_over_command(
            desk,
            seat.actor,
            incident_id,
            direction=_direction(given.get("direction", "")),
            to=to,
            to_name=given.get("to_name", ""),
            reason=given.get("reason", ""),
            command_id=again,
        )
    elif verb == "accept":
        use.accept_command(desk, seat.actor, incident_id, key, **papers, command_id=again)
    elif verb == "decline":
        use.decline_command(desk, seat.actor, incident_id, key, given.get("reason", ""), command_id=again)
    elif verb == "follow":
        use.follow_upper(
            desk,
            seat.actor,
            incident_id,
            plan_id=given.get("plan", ""),
            upper=_upper(request),
            command_id=again,
        )
    elif verb == "end_follow":
        use.end_follow(desk, seat.actor, incident_id, key, **papers, command_id=again)
    else:
        raise InputError("handover_missing")
    return pages.done(request, f"command_{verb}", here)


def _direction(given: str) -> Handover:
    try:
        return Handover(given)
    except ValueError as problem:
        raise InputError("handover_missing") from problem


def _upper(request: HttpRequest) -> Upper:
    given = request.POST
    return Upper(
        body=given.get("body", ""),
        upper_plan=given.get("upper_plan", ""),
        upper_level=given.get("upper_level", ""),
        document=given.get("document", ""),
        told_by=given.get("told_by", ""),
        started_at=parse.instant(given.get("started_at", ""), timezone.now()),
    )


@pages.screen
def sensitive(request: HttpRequest, incident_id: str) -> HttpResponse:
    """Sensitive place, time or people: what was noted, what the plans say of it, what it suggests."""
    seat = seat_of(request)
    if request.method == "POST":
        given, desk = request.POST, wiring.desk()
        if given.get("verb") == "lift":
            use.lift_mark(
                desk,
                seat.actor,
                incident_id,
                given.get("id", ""),
                given.get("reason", ""),
                command_id=once(request),
            )
            return pages.done(request, "mark_lifted", reverse("sensitive", args=[incident_id]))
        use.mark_sensitive(
            desk,
            seat.actor,
            incident_id,
            kind=_kind(given.get("kind", "")),
            reason=given.get("reason", ""),
            command_id=once(request),
        )
        return pages.done(request, "marked", to_room(incident_id))
    found = seen(seat, incident_id)
    context = {
        "here": "incidents",
        "kinds": list(Sensitivity),
        "marks": list(found.incident.marks.items())[::-1],
        "advice": _advice(found),
        "command_id": uuid4().hex,
        **room_context(seat, found),
    }
    return pages.page(request, "decisions/sensitive.html", context)


def _kind(given: str) -> Sensitivity:
    try:
        return Sensitivity(given)
    except ValueError as problem:
        raise InputError("sensitivity_missing") from problem


def _advice(found: Picture) -> list[tuple[str, Any, Advice | None, LevelName]]:
    """For every plan: its title, the clause that speaks of such cases, what it suggests now."""
    rows = []
    for view in found.situation.plans:
        advice = advise(view.plan, found.incident, view.suggestion.level)
        level = response_name(view, advice.raise_to if advice else None)
        rows.append((view.plan.content.title, clause_of(view.plan), advice, level))
    return rows
