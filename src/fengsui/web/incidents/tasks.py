"""My tasks (我的任务) and directives by hand."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from fengsui.application import directives as use
from fengsui.application.access import Action, require
from fengsui.application.wording import word
from fengsui.core.errors import InputError
from fengsui.store import selectors
from fengsui.web import pages, parse, wiring
from fengsui.web.incidents.commands import once, to_room
from fengsui.web.incidents.room import room_context, seen
from fengsui.web.seat import seat_of


@pages.screen
def mine(request: HttpRequest) -> HttpResponse:
    """What this post and its unit have to do, the nearest deadline first."""
    seat = seat_of(request)
    require(seat.actor, Action.ANSWER_DIRECTIVE)
    addressees = (seat.post.id, seat.post.unit)
    context = {
        "here": "tasks",
        "unit": seat.directory.unit(seat.post.unit),
        "open_tasks": selectors.tasks_of(*addressees),
        "ended_tasks": selectors.tasks_of(*addressees, ended=True, limit=20),
        "position": selectors.stream_position(),
    }
    if request.headers.get("HX-Request") == "true":
        return pages.part(request, "incidents/task_cards.html", {**context, "oob": True})
    return pages.page(request, "incidents/tasks.html", context)


@pages.command
def answer(request: HttpRequest, incident_id: str, directive_id: str) -> HttpResponse:
    """Accept a directive, report it done, or ask for help."""
    seat, desk = seat_of(request), wiring.desk()
    text, key = request.POST.get("text", ""), once(request)
    verb = request.POST.get("verb", "")
    if verb == "accept":
        use.accept_directive(desk, seat.actor, incident_id, directive_id, command_id=key)
    elif verb == "done":
        use.finish_directive(desk, seat.actor, incident_id, directive_id, text, command_id=key)
    elif verb == "help":
        use.ask_help(desk, seat.actor, incident_id, directive_id, text, command_id=key)
    elif verb == "withdraw":
        use.withdraw_directive(desk, seat.actor, incident_id, directive_id, text, command_id=key)
    else:
        raise InputError("text_missing", field=word("web.tasks", "verb", seat.language))
    return pages.done(request, f"task_{verb}", reverse("tasks"))


@pages.screen
def issue(request: HttpRequest, incident_id: str) -> HttpResponse:
    """Order something to units by hand."""
    seat = seat_of(request)
    if request.method == "POST":
        given: Any = request.POST
        use.issue_directive(
            wiring.desk(),
            seat.actor,
            incident_id,
            to=_targets(given.getlist("to"), seat.directory.units),
            text=given.get("text", ""),
            due=_due(given.get("minutes", ""), given.get("due", "")),
            command_id=once(request),
        )
        return pages.done(request, "issued", f"{to_room(incident_id)}?tab=tasks")
    found = seen(seat, incident_id)
    require(seat.actor, Action.ISSUE_DIRECTIVE, found.incident.opened.place_code)
    context = {"here": "incidents", "command_id": uuid4().hex, **room_context(seat, found)}
    return pages.page(request, "incidents/issue.html", context)


def _targets(given: list[str], units: Any) -> list[str]:
    """Units by id, or by the name typed."""
    by_name = {unit.name: unit.id for unit in units}
    return [by_name.get(item.strip(), item.strip()) for item in given if item.strip()]


def _due(minutes: str, at: str) -> Any:
    now = timezone.now()
    if minutes.strip():
        from datetime import timedelta

        amount = parse.number(minutes)
        return now + timedelta(minutes=float(amount))
    found = parse.instant(at, now)
    if found is not None and found <= now and ":" in at and "-" not in at:
        # "08:00" typed in the evening is tomorrow's for a deadline.
        from datetime import timedelta

        return found + timedelta(days=1)
    return found
