"""Headquarters and groups (指挥部、工作组): who is where, who is on duty, which place is empty."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from fengsui.application import dispatch as use
from fengsui.application.duty import roster_at
from fengsui.core.citation import Citation
from fengsui.core.errors import InputError
from fengsui.core.response.escalation import Roster
from fengsui.core.response.events_dispatch import Appointment, StaffRole
from fengsui.store import selectors
from fengsui.web import pages, wiring
from fengsui.web.dispatch.seen import Seen, base, seen
from fengsui.web.incidents.commands import once
from fengsui.web.seat import Seat, seat_of


@dataclass(frozen=True, slots=True)
class PlaceView:
    """One place: who holds it in words, and whether that post is on duty (on, off, free; "" nobody).

    ``stands_in``: the title of the post off duty in whose place.
    """

    role: StaffRole
    name: str
    post: str
    title: str
    holder: str
    phone: str
    duty: str
    stands_in: str = ""
    by_hand: bool = False


@dataclass(frozen=True, slots=True)
class GroupView:
    """The headquarters (``name`` "") or a group; ``recorded``: as recorded, else as filled now."""

    plan_id: str
    name: str
    source: Citation | None
    recorded: bool
    places: tuple[PlaceView, ...]

    @property
    def gaps(self) -> int:
        return sum(not place.post for place in self.places)


@pages.screen
def staffing(request: HttpRequest, incident_id: str) -> HttpResponse:
    """Who fills the headquarters and the groups; with POST, record it as it is now."""
    seat = seat_of(request)
    if request.method == "POST":
        use.staff_command(
            wiring.desk(), seat.actor, incident_id, request.POST.get("plan", ""), command_id=once(request)
        )
        return pages.done(request, "staffed", reverse("staffing", args=[incident_id]))
    found = seen(seat, incident_id)
    plans = _plans(found, seat, incident_id)
    context = {
        **base(seat, found),
        "plans": plans,
        "scene_places": _scene_places(found, seat),
        "roles": [role.value for role in (StaffRole.ON_SCENE, StaffRole.SAFETY)],
        "posts": seat.directory.posts,
        "command_id": uuid4().hex,
        "gaps": sum(group.gaps for _, groups in plans for group in groups) + _scene_gaps(found),
    }
    return pages.page(request, "dispatch/staffing.html", context)


def _plans(found: Seen, seat: Seat, incident_id: str) -> list[tuple[Any, list[GroupView]]]:
    suggested = use.suggested_staffing(wiring.desk(), incident_id)
    roster = roster_at(wiring.desk(), found.now)
    listed: list[tuple[Any, list[GroupView]]] = []
    for plan_id, groups in suggested.items():
        views = []
        for group in groups:
            recorded = found.incident.staffing.get((plan_id, group.group or ""))
            places = recorded if recorded is not None else group.appointments
            shown = _places(places, seat, roster)
            views.append(GroupView(plan_id, group.group or "", group.source, recorded is not None, shown))
        listed.append((found.plans[plan_id], views))
    return listed


def _scene_gaps(found: Seen) -> int:
    named = {item.role for item in found.incident.staffing.get(("", ""), ())}
    return len({StaffRole.ON_SCENE, StaffRole.SAFETY} - named)


def _scene_places(found: Seen, seat: Seat) -> tuple[PlaceView, ...]:
    return _places(found.incident.staffing.get(("", ""), ()), seat, roster_at(wiring.desk(), found.now))


def _places(places: tuple[Appointment, ...], seat: Seat, roster: Roster) -> tuple[PlaceView, ...]:
    held = selectors.holders(tuple({item.post for item in places if item.post}), timezone.now())
    return tuple(_place(item, seat, roster, held) for item in places)


def _place(item: Appointment, seat: Seat, roster: Roster, held: dict[str, selectors.Holder]) -> PlaceView:
    post = seat.directory.post(item.post) if item.post else None
    holder = held.get(item.post or "")
    principal = seat.directory.post(item.stand_in_for) if item.stand_in_for else None
    return PlaceView(
        role=item.role,
        name=item.name,
        post=item.post or "",
        title=post.title if post is not None else "",
        holder=holder.name if holder else "",
        phone=holder.phone if holder else "",
        duty=roster(item.post).value if item.post else "",
        stands_in=principal.title if principal is not None else "",
        by_hand=bool(item.by_hand),
    )


@pages.command
def assign(request: HttpRequest, incident_id: str) -> HttpResponse:
    """Name a post for one place."""
    seat, given = seat_of(request), request.POST
    typed = given.get("post", "").strip()
    by_title = {post.title: post.id for post in seat.directory.posts}
    if not typed:
        raise InputError("post_missing")
    if given.get("role", "") not in set(StaffRole):
        raise InputError("post_missing")
    use.assign_post(
        wiring.desk(),
        seat.actor,
        incident_id,
        role=StaffRole(given["role"]),
        post_id=by_title.get(typed, typed),
        name=given.get("name", ""),
        plan_id=given.get("plan", "") or None,
        group=given.get("group", "") or None,
        command_id=once(request),
    )
    return pages.done(request, "assigned", given.get("next") or reverse("staffing", args=[incident_id]))
