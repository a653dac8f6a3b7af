"""What stands around every page: who, where, the time of the server, what comes next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from fengsui.application.access import Action, may
from fengsui.core.directory import Role
from fengsui.store import selectors
from fengsui.store.selectors.notify import waiting_for
from fengsui.store.selectors.people_admin import waiting_changes
from fengsui.web import wiring
from fengsui.web.seat import Seat, language_of, seat_of
from fengsui.web.show import Names


@dataclass(frozen=True, slots=True)
class Place:
    """One entry of the main navigation."""

    code: str
    href: str
    count: int = 0


@dataclass(frozen=True, slots=True)
class Upcoming:
    """One of the next deadlines in the top bar."""

    href: str
    title: str
    what: str
    due: datetime
    start: datetime | None = None


def part_context(request: HttpRequest) -> dict[str, Any]:
    """What parts need as well as pages."""
    seat = getattr(request, "seat", None)
    return {
        "request": request,
        "language": seat.language if seat else language_of(request),
        "exercise": wiring.is_exercise(),
        "now": timezone.now(),
        "zone": settings.TIME_ZONE,
        "names": names_of(seat) if seat else None,
    }


def context(request: HttpRequest, given: dict[str, Any]) -> dict[str, Any]:
    """The frame of a page. ``given`` may hold ``here``, the place of the navigation that is open."""
    seat = seat_of(request)
    return {
        **part_context(request),
        "seat": seat,
        "who_name": seat.name,
        "post_title": seat.post.title,
        "place_name": seat.actor.jurisdiction.name,
        "navigation": navigation(seat),
        "may_take_calls": may(seat.actor, Action.OPEN_INCIDENT) is None,
        "next_deadlines": upcoming(seat),
    }


def first_screen(seat: Seat) -> str:
    """Where a post begins."""
    if seat.has(Role.DUTY_OFFICER, Role.OFFICE_DIRECTOR):
        return reverse("desk")
    if seat.has(Role.COMMANDER):
        return reverse("approvals")
    if seat.has(Role.LIAISON):
        return reverse("tasks")
    if seat.has(Role.ADMINISTRATOR):
        return reverse("people")
    if seat.has(Role.AUDITOR):
        return reverse("incidents")
    return reverse("plans")


def navigation(seat: Seat) -> list[Place]:
    """The places a post may enter, with what waits there."""
    places: list[Place] = []
    sees = may(seat.actor, Action.SEE_INCIDENT) is None
    if sees and seat.has(Role.DUTY_OFFICER, Role.OFFICE_DIRECTOR, Role.COMMANDER):
        places.append(Place("desk", reverse("desk")))
    if may(seat.actor, Action.SEE_CALLS) is None and seat.has(Role.DUTY_OFFICER, Role.OFFICE_DIRECTOR):
        places.append(Place("calls", reverse("calls"), selectors.waiting_calls(seat.area)))
    if sees:
        places.append(Place("incidents", reverse("incidents")))
    agrees = may(seat.actor, Action.APPROVE_STATEMENT) is None
    words = selectors.statements_counted(seat.post.id) if agrees else 0
    if may(seat.actor, Action.DECIDE) is None:
        waiting = selectors.proposals_counted(seat.post.id)
        places.append(Place("approvals", reverse("approvals"), waiting + words))
    if may(seat.actor, Action.ANSWER_DIRECTIVE) is None:
        own = (seat.post.id, seat.post.unit)
        count = selectors.tasks_counted(*own) + selectors.matters_counted(*own) + words
        places.append(Place("tasks", reverse("tasks"), count))
    if sees and not seat.has(Role.AUDITOR):
        places.append(Place("my-notices", reverse("my-notices"), waiting_for((seat.post.id,))))
    places.append(Place("plans", reverse("plans")))
    if may(seat.actor, Action.SEE_CHANNELS) is None and seat.has(Role.ADMINISTRATOR):
        places.append(Place("channels", reverse("channels")))
    if may(seat.actor, Action.MANAGE_DIRECTORY) is None:
        places.append(Place("people", reverse("people"), waiting_changes()))
    if may(seat.actor, Action.SEE_READS) is None:
        places.append(Place("reads", reverse("reads")))
    return places


def upcoming(seat: Seat) -> list[Upcoming]:
    """The next three deadlines in the area of the post."""
    if may(seat.actor, Action.SEE_INCIDENT) is not None:
        return []
    return [
        Upcoming(
            href=reverse("room", args=[line.incident_id]),
            title=line.incident_title,
            what=line.what or line.incident_title,
            due=line.due_at,
            start=line.since,
        )
        for line in selectors.next_deadlines(jurisdiction=seat.area)
    ]


def names_of(
    seat: Seat, plans: dict[str, str] | None = None, directives: dict[str, str] | None = None
) -> Names:
    """The words for ids in the directory."""
    return Names(seat.directory.bodies, plans, directives)
