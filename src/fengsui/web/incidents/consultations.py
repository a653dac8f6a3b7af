"""Consultations (会商): who is asked, what each says, the conclusion, and the minutes on paper."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from fengsui import bootstrap
from fengsui.application import consultations as use
from fengsui.application.access import Action, may
from fengsui.application.consultation_paper import minutes_paper
from fengsui.application.consultations import Invited
from fengsui.core.directory import Role
from fengsui.core.errors import InputError
from fengsui.core.plan.sheet import OfficialDocument
from fengsui.core.response.events_decisions import AskedKind, Stance
from fengsui.web import frame, pages, parse, wiring
from fengsui.web.duty.calls import WHY, reason_given
from fengsui.web.incidents.commands import once
from fengsui.web.incidents.picture import Picture
from fengsui.web.incidents.room import room_context, seen
from fengsui.web.plans.sheets import file_answer
from fengsui.web.seat import Seat, seat_of

ROWS = 2
"""More empty rows for experts."""


@pages.screen
def listing(request: HttpRequest, incident_id: str) -> HttpResponse:
    """All consultations of the incident, and a form to open one."""
    seat = seat_of(request)
    if request.method == "POST":
        outcome = use.open_consultation(
            wiring.desk(),
            seat.actor,
            incident_id,
            topic=request.POST.get("topic", ""),
            invited=_invited(request),
            proposal_id=request.POST.get("proposal") or None,
            command_id=once(request),
        )
        newest = list(outcome.incident.consultations)[-1]
        return pages.done(request, "consulted", reverse("consultation", args=[incident_id, newest]))
    found = seen(seat, incident_id)
    context = {
        "here": "incidents",
        "consultations": list(found.incident.consultations.items())[::-1],
        "wanted": request.GET.get("proposal", ""),
        "command_id": uuid4().hex,
        **_choices(seat, found),
        **room_context(seat, found),
    }
    return pages.page(request, "decisions/consultations.html", context)


def _choices(seat: Seat, found: Picture) -> dict[str, Any]:
    """Whom one may ask: those who decide and advise first, then the liaisons of the units in the plans."""
    posts = [post for post in seat.directory.posts if post.id != seat.post.id]
    area = found.incident.opened.place_code
    leading = [post for post in posts if post.roles & {Role.COMMANDER, Role.OFFICE_DIRECTOR}]
    liaisons = [post for post in posts if Role.LIAISON in post.roles and post not in leading]
    near = [post for post in liaisons if area.startswith(post.jurisdiction.rstrip("0"))]
    return {"leading": leading, "liaisons": near, "rows": range(ROWS)}


def _invited(request: HttpRequest) -> list[Invited]:
    given = request.POST
    found = [Invited(kind=AskedKind.POST, who=post) for post in given.getlist("post")]
    found += [
        Invited(kind=AskedKind.BODY, who=name.strip()) for name in given.getlist("body") if name.strip()
    ]
    fields, names, phones = (given.getlist(key) for key in ("expert", "expert_name", "expert_phone"))
    for number, field in enumerate(fields):
        if field.strip():
            name = names[number].strip()[:60] if number < len(names) else ""
            phone = phones[number].strip()[:40] if number < len(phones) else ""
            found.append(Invited(kind=AskedKind.EXPERT, who=field.strip(), name=name, phone=phone))
    return found


@pages.screen
def one(request: HttpRequest, incident_id: str, consultation_id: str) -> HttpResponse:
    """One consultation: opinions as they come, more asked, shown to an approver, concluded."""
    seat = seat_of(request)
    if request.method == "POST":
        return _act(request, seat, incident_id, consultation_id)
    found = seen(seat, incident_id)
    return pages.page(request, "decisions/consultation.html", _context(request, seat, found, consultation_id))


def _act(request: HttpRequest, seat: Seat, incident_id: str, consultation_id: str) -> HttpResponse:
    given, desk, verb = request.POST, wiring.desk(), request.POST.get("verb", "")
    here = reverse("consultation", args=[incident_id, consultation_id])
    again = once(request)
    if verb == "widen":
        use.widen_consultation(
            desk, seat.actor, incident_id, consultation_id, _invited(request), command_id=again
        )
    elif verb == "link":
        use.link_consultation(
            desk, seat.actor, incident_id, consultation_id, given.get("proposal", ""), command_id=again
        )
    elif verb == "conclude":
        use.conclude_consultation(
            desk, seat.actor, incident_id, consultation_id, given.get("conclusion", ""), command_id=again
        )
    else:
        use.give_opinion(
            desk,
            seat.actor,
            incident_id,
            consultation_id,
            given.get("asked", ""),
            stance=_stance(given.get("stance", "")),
            text=given.get("text", ""),
            said_at=parse.instant(given.get("said_at", ""), timezone.now()),
            command_id=again,
        )
    return pages.done(request, f"consultation_{verb or 'opinion'}", here)


def _stance(given: str) -> Stance:
    try:
        return Stance(given)
    except ValueError as problem:
        raise InputError("stance_missing") from problem


def _context(request: HttpRequest, seat: Seat, found: Picture, consultation_id: str) -> dict[str, Any]:
    state = found.incident.consultations.get(consultation_id)
    if state is None:
        raise InputError("consultation_unknown", consultation=consultation_id)
    open_proposals = [item for item in found.proposals if item.proposed.proposal_id not in state.proposals]
    code = found.incident.opened.place_code
    return {
        "here": "incidents",
        "state": state,
        "consultation_id": consultation_id,
        "may_see_people": may(seat.actor, Action.SEE_PERSONAL, code) is None,
        "whys": WHY,
        "may_speak": [item.asked_id for item in state.asked if _may_speak(seat, item.post)],
        "open_proposals": open_proposals,
        "command_id": uuid4().hex,
        **_choices(seat, found),
        **room_context(seat, found),
    }


def _may_speak(seat: Seat, post: str | None) -> bool:
    return post == seat.post.id or seat.has(Role.DUTY_OFFICER, Role.OFFICE_DIRECTOR)


@pages.command
def expert(request: HttpRequest, incident_id: str, consultation_id: str, asked_id: str) -> HttpResponse:
    """Who the expert is, for a reason that is kept."""
    seat = seat_of(request)
    incident = seen(seat, incident_id).incident
    found = use.expert_of(
        wiring.desk(), seat.actor, incident, consultation_id, asked_id, reason_given(request)
    )
    return pages.part(request, "watch/caller.html", {"caller": found})


@pages.screen
def minutes(request: HttpRequest, incident_id: str, consultation_id: str) -> HttpResponse:
    """The minutes (会商纪要) as a page to print."""
    seat = seat_of(request)
    found = seen(seat, incident_id)
    context = _context(request, seat, found, consultation_id)
    ended = context["state"].concluded_at or found.situation.now
    known = [(row.name, [entry for entry in row.entries if entry.at <= ended]) for row in found.facts]
    context["facts_then"] = [(name, entries[-1]) for name, entries in known if entries]
    return pages.page(request, "decisions/minutes.html", context)


@pages.screen
def minutes_file(request: HttpRequest, incident_id: str, consultation_id: str, kind: str) -> HttpResponse:
    """The minutes as an official document."""
    if kind not in ("docx", "pdf"):
        raise Http404
    seat = seat_of(request)
    paper = minutes_of(seat, seen(seat, incident_id), consultation_id)
    return file_answer(bootstrap.document_file(paper, kind), paper.title, kind)


def minutes_of(seat: Seat, found: Picture, consultation_id: str) -> OfficialDocument:
    """The minutes as a sheet, under the head of the unit that called the consultation."""
    state = found.incident.consultations.get(consultation_id)
    if state is None:
        raise InputError("consultation_unknown", consultation=consultation_id)
    caller = seat.directory.post(state.by)
    unit = seat.directory.unit(caller.unit if caller else seat.post.unit)
    names = frame.names_of(seat)
    return minutes_paper(
        found.incident,
        state,
        lambda post: names.body(post, seat.language),
        issuer=unit.name if unit else "",
        exercise=found.incident.opened.exercise or wiring.is_exercise(),
        language=seat.language,
    )
