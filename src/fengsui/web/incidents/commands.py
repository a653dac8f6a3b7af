"""What one does in the incident room: facts, judgements, plans, notes, closing."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from fengsui.application import incidents as use
from fengsui.core.response.decisions.record import Reported
from fengsui.web import pages, parse, wiring
from fengsui.web.seat import seat_of


def once(request: HttpRequest) -> str | None:
    """The mark by which a form sent twice counts once."""
    return request.POST.get("command_id", "")[:64] or None


def to_room(incident_id: str) -> str:
    """Address of the room."""
    return reverse("room", args=[incident_id])


@pages.command
def report_facts(request: HttpRequest, incident_id: str) -> HttpResponse:
    """Enter one fact as it was said."""
    given: Any = request.POST
    fact = given.get("fact", "")
    reported = Reported(
        fact=fact,
        value=parse.fact_value(
            fact,
            given.get("manner", "known"),
            given.get("value", ""),
            given.get("upper", ""),
            given.get("answer", ""),
        ),
        said_by=given.get("said_by", "").strip()[:100],
        as_of=parse.instant(given.get("as_of", ""), timezone.now()),
    )
    use.report_facts(wiring.desk(), seat_of(request).actor, incident_id, [reported])
    return pages.done(request, "fact_reported", to_room(incident_id))


@pages.command
def judge(request: HttpRequest, incident_id: str) -> HttpResponse:
    """Answer a criterion that has no figure."""
    answer = {"yes": True, "no": False}.get(request.POST.get("answer", ""))
    text, fact = request.POST.get("text", ""), request.POST.get("fact", "")
    said_by = request.POST.get("said_by", "").strip()[:100]
    if fact:
        reported = Reported(fact=fact, value=answer, said_by=said_by)
        use.report_facts(wiring.desk(), seat_of(request).actor, incident_id, [reported])
    else:
        use.judge(wiring.desk(), seat_of(request).actor, incident_id, text, answer, said_by)
    return pages.done(request, "judged", to_room(incident_id))


@pages.command
def attach_plan(request: HttpRequest, incident_id: str) -> HttpResponse:
    """Take a plan as applying."""
    why = request.POST.get("why", "").strip()
    use.attach_plan(wiring.desk(), seat_of(request).actor, incident_id, request.POST.get("plan", ""), why)
    return pages.done(request, "plan_attached", to_room(incident_id))


@pages.command
def detach_plan(request: HttpRequest, incident_id: str, plan_id: str) -> HttpResponse:
    """The plan does not apply."""
    reason = request.POST.get("reason", "").strip()
    use.detach_plan(wiring.desk(), seat_of(request).actor, incident_id, plan_id, reason)
    return pages.done(request, "plan_detached", to_room(incident_id))


@pages.command
def add_note(request: HttpRequest, incident_id: str) -> HttpResponse:
    """Write a line in the log."""
    use.add_note(
        wiring.desk(),
        seat_of(request).actor,
        incident_id,
        request.POST.get("text", ""),
        command_id=once(request),
    )
    return pages.done(request, "noted", to_room(incident_id))


@pages.command
def close(request: HttpRequest, incident_id: str) -> HttpResponse:
    """Nothing more to do."""
    use.close_incident(wiring.desk(), seat_of(request).actor, incident_id, request.POST.get("reason", ""))
    return pages.done(request, "closed", to_room(incident_id))
