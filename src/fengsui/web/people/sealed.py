"""What is under seal (封存), and lifting a seal for a time: one asks, another allows it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from fengsui.application import unsealing as use
from fengsui.application.access import Action, may, require
from fengsui.application.unsealing import HOURS, Register, UnsealState
from fengsui.core.errors import InputError
from fengsui.store.selectors import person_names
from fengsui.store.selectors.sealed import sealed_listed, unsealings
from fengsui.web import pages, wiring
from fengsui.web.seat import Seat, seat_of


@pages.screen
def sealed(request: HttpRequest) -> HttpResponse:
    """Requests that wait, seals that are lifted now, and everything under seal in the area."""
    seat = seat_of(request)
    if may(seat.actor, Action.SEE_READS) is not None:
        require(seat.actor, Action.ASK_UNSEAL)
    now = timezone.now()
    found = unsealings(seat.area)
    waiting = [item for item in found if item.state is UnsealState.ASKED]
    lifted = [item for item in found if item.open_at(now)]
    taken = {(item.register, item.ref) for item in (*waiting, *lifted)}
    lines = sealed_listed(seat.area)
    context = {
        "here": "reads" if may(seat.actor, Action.SEE_READS) is None else "approvals",
        "waiting": [(item, item.same_person(seat.actor)) for item in waiting],
        "lifted": lifted,
        "ended": [item for item in found if item not in waiting and item not in lifted][:20],
        "lines": [line for line in lines if (line.register, line.ref) not in taken],
        "titles": {(line.about): line.title for line in lines},
        "people": person_names(*_people(found)),
        "hours": HOURS,
        **_may(seat),
    }
    return pages.page(request, "people/sealed.html", context)


def _people(found: list[use.Unsealing]) -> set[str]:
    people = {item.asked_by_person for item in found} | {item.decided_by_person for item in found}
    return people - {""}


def _may(seat: Seat) -> dict[str, Any]:
    return {
        "may_ask": may(seat.actor, Action.ASK_UNSEAL) is None,
        "may_allow": may(seat.actor, Action.ALLOW_UNSEAL) is None,
        "may_read": may(seat.actor, Action.SEE_PERSONAL) is None,
    }


@pages.command
def ask(request: HttpRequest) -> HttpResponse:
    """Ask for a seal to be lifted."""
    given = request.POST
    try:
        register, hours = Register(given.get("register", "")), int(given.get("hours", "0"))
    except ValueError as problem:
        raise InputError("sealed_unknown") from problem
    use.ask(
        wiring.unsealing(),
        seat_of(request).actor,
        register,
        given.get("ref", "")[:64],
        given.get("reason", ""),
        hours,
    )
    return pages.done(request, "unseal_asked", reverse("sealed"))


@pages.command
def decide(request: HttpRequest, unseal_id: str) -> HttpResponse:
    """Allow it, refuse or take it back, or let the seal hold again."""
    desk, actor, given = wiring.unsealing(), seat_of(request).actor, request.POST
    verb = given.get("verb", "")
    if verb == "allow":
        use.allow(desk, actor, unseal_id, given.get("text", ""))
        return pages.done(request, "unseal_allowed", reverse("sealed"))
    if verb == "seal":
        use.seal_again(desk, actor, unseal_id)
        return pages.done(request, "unseal_ended", reverse("sealed"))
    use.refuse(desk, actor, unseal_id, given.get("text", ""))
    return pages.done(request, "unseal_refused", reverse("sealed"))


@pages.command
def read(request: HttpRequest, unseal_id: str) -> HttpResponse:
    """What it holds, for the reason of the request; the reading is kept."""
    found = use.read(wiring.unsealing(), seat_of(request).actor, unseal_id)
    return pages.part(request, "people/unsealed.html", {"data": found})
