"""The incident list and the incident room (事件室): where do we stand, what is next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from fengsui.application.access import Action, may, require
from fengsui.application.grading_words import fact_words
from fengsui.application.views import applicable_plans
from fengsui.core.errors import InputError
from fengsui.core.fact import register
from fengsui.core.facts_input import spec_of
from fengsui.store import selectors
from fengsui.web import frame, pages, wiring
from fengsui.web.incidents.picture import Picture, picture
from fengsui.web.incidents.powers import in_command
from fengsui.web.reporting import received
from fengsui.web.reporting.board import board_context
from fengsui.web.seat import Seat, seat_of

PAGE = 50
TIMELINE = 60
"""Records shown in the room; the log shows all."""
TABS = ("tasks", "reports", "timeline", "groups", "consult")


@pages.screen
def listing(request: HttpRequest) -> HttpResponse:
    """All incidents of the area, searched and paged."""
    seat = seat_of(request)
    require(seat.actor, Action.SEE_INCIDENT)
    query, state = request.GET.get("q", "").strip()[:100], request.GET.get("state", "")
    number = max(1, int(request.GET["page"])) if request.GET.get("page", "").isdigit() else 1
    lines, total = selectors.incidents(
        jurisdiction=seat.area,
        is_open={"open": True, "closed": False}.get(state),
        search=query,
        limit=PAGE,
        offset=(number - 1) * PAGE,
    )
    context = {
        "here": "incidents",
        "lines": lines,
        "total": total,
        "query": query,
        "state": state,
        "page_number": number,
        "pages": max(1, -(-total // PAGE)),
    }
    return pages.page(request, "incidents/list.html", context)


@pages.screen
def room(request: HttpRequest, incident_id: str) -> HttpResponse:
    """The room of one incident."""
    seat = seat_of(request)
    found = seen(seat, incident_id)
    tab = request.GET.get("tab", "tasks")
    context = {
        "here": "incidents",
        "tab": tab if tab in TABS else "tasks",
        "whys": ("callback", "on_scene", "verify"),
        "may_see_calls": may(seat.actor, Action.SEE_CALLS, found.incident.opened.place_code) is None,
        "may_see_caller": may(seat.actor, Action.SEE_PERSONAL, found.incident.opened.place_code) is None,
        "fact_specs": fact_choices(found, seat.language),
        "command_id": uuid4().hex,
        **room_context(seat, found),
    }
    return pages.page(request, "incidents/room.html", context)


@pages.screen
def parts(request: HttpRequest, incident_id: str) -> HttpResponse:
    """The live parts of the room."""
    seat = seat_of(request)
    context = {
        **room_context(seat, seen(seat, incident_id)),
        "oob": True,
        "next_deadlines": frame.upcoming(seat),
    }
    return pages.part(request, "incidents/parts.html", context)


@pages.screen
def choose_plan(request: HttpRequest, incident_id: str) -> HttpResponse:
    """The plans one may attach, the likely ones first, for the dialog."""
    seat = seat_of(request)
    found = seen(seat, incident_id)
    opened = found.incident.opened
    likely = applicable_plans(
        wiring.desk(), f"{opened.title} {opened.what}", opened.place_code, language=seat.language
    )
    known = {item.plan.id for item in likely}
    rest = [plan for plan in wiring.desk().plans.in_force(opened.place_code) if plan.id not in known]
    context = {
        "likely": [item for item in likely if item.plan.id not in found.incident.plans],
        "rest": [plan for plan in rest if plan.id not in found.incident.plans][:60],
        "attached": found.incident.plans.values(),
        "incident": found.incident,
    }
    return pages.part(request, "incidents/choose_plan.html", context)


@pages.screen
def fact_history(request: HttpRequest, incident_id: str, fact: str) -> HttpResponse:
    """Everything that was said of one fact, for the dialog."""
    found = seen(seat_of(request), incident_id)
    entries = found.incident.facts.get(fact)
    if entries is None:
        raise InputError("fact_unknown", fact=fact)
    return pages.part(request, "incidents/fact_history.html", {"fact": fact, "entries": reversed(entries)})


def seen(seat: Seat, incident_id: str) -> Picture:
    """The picture of an incident that this post may see."""
    require(seat.actor, Action.SEE_INCIDENT)
    found = picture(wiring.desk(), incident_id)
    require(seat.actor, Action.SEE_INCIDENT, found.incident.opened.place_code)
    return found


def room_context(seat: Seat, found: Picture) -> dict[str, Any]:
    """What the parts of the room show."""
    code = found.incident.opened.place_code
    open_now = found.incident.is_open
    return {
        "picture": found,
        "commanders": in_command(found),
        "incident": found.incident,
        "exercise": found.incident.opened.exercise or wiring.is_exercise(),
        "names": frame.names_of(
            seat,
            {key: item.title for key, item in found.incident.plans.items()},
            {
                key: f"{item.issued.to_name} · {item.issued.text[:30]}"
                for key, item in found.incident.directives.items()
            }
            | {key: item.event.team for key, item in found.incident.entries.items()}
            | {key: item.event.unit_name for key, item in found.incident.checkins.items()},
        ),
        "position": found.incident.seq,
        "timeline": found.situation.log[: -TIMELINE - 1 : -1],
        "can": {action.value: open_now and may(seat.actor, action, code) is None for action in Action},
        "can_note": may(seat.actor, Action.ADD_NOTE, code) is None,
        "my_bodies": (seat.post.id, seat.post.unit),
        "room_url": reverse("room", args=[found.incident.incident_id]),
        "received": received.of_incident(found.incident),
        **board_context(
            found.incident,
            [view.plan for view in found.situation.plans],
            found.situation.now,
            seat.directory,
        ),
    }


@dataclass(frozen=True, slots=True)
class FactChoice:
    """A fact one may enter; ``asked``: a plan asks for it now."""

    name: str
    words: str
    unit: str
    asked: bool


def fact_choices(found: Picture, language: str) -> list[FactChoice]:
    """The facts one may enter: those the plans ask first, then the common ones, then the rest."""
    specs = register()
    asked = [
        item.fact for card in found.cards for ladder in card.ladders for item in ladder.questions if item.spec
    ]
    told = [row.name for row in found.facts]
    common = [name for name, spec in specs.items() if spec.common]
    rest = [name for name, spec in specs.items() if not spec.sum_of]
    choices = []
    for name in dict.fromkeys([*asked, *common, *told, *rest]):
        spec = spec_of(name, specs)
        if spec is not None:
            choices.append(FactChoice(name, fact_words(name, language), spec.unit, name in asked))
    return choices
