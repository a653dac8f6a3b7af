"""How long is waited before reminders and before orders go up the chain: shown, and asked to be changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from fengsui import bootstrap_notify
from fengsui.application import notify_change as use
from fengsui.application.access import Action, may, require
from fengsui.core.response.waits import ACCEPT, LATE, LEAST, MOST, MOST_TIMES, NAMES, SHIPPED, Waits
from fengsui.store.selectors import notify as read
from fengsui.web import pages
from fengsui.web.notify.setup import who
from fengsui.web.seat import seat_of

GROUPS = (
    ("accept", ACCEPT),
    ("late", LATE),
    ("urgency", ("short_order", "undated_times")),
    ("remind", ("remind_least", "remind_most")),
)
SHOWN_LIMITS = (30, 120, None)
"""Orders with these limits, in minutes, show what the waits come to."""


@dataclass(frozen=True, slots=True)
class WaitRow:
    """One wait: as it is, as shipped."""

    name: str
    value: int
    shipped: int
    most: int


@dataclass(frozen=True, slots=True)
class Example:
    """When each rung is told of an order nobody takes, in minutes; ``limit`` None: without a deadline."""

    limit: int | None
    minutes: tuple[int, ...]


@pages.screen
def waits(request: HttpRequest) -> HttpResponse:
    """The waits of the office; with POST, ask for others."""
    seat = seat_of(request)
    store = bootstrap_notify.setup_store()
    if request.method == "POST":
        given = {name: request.POST.get(name, "") for name in NAMES}
        reason = request.POST.get("reason", "")
        use.ask_waits(store, who(request), given, reason, timezone.now())
        return pages.done(request, "change_asked", reverse("channels"))
    require(seat.actor, Action.SEE_CHANNELS)
    held = store.waits()
    context = {
        "here": "channels",
        "groups": [(code, [_row(name, held) for name in names]) for code, names in GROUPS],
        "examples": [_example(held, limit) for limit in SHOWN_LIMITS],
        "least": LEAST,
        "asked": [item for item in read.channel_changes() if item.after.get("what") == "waits"],
        "may_manage": may(seat.actor, Action.MANAGE_CHANNELS) is None,
    }
    return pages.page(request, "notify/waits.html", context)


def _row(name: str, held: Waits) -> WaitRow:
    most = MOST_TIMES if name == "undated_times" else MOST
    return WaitRow(name, getattr(held, name), getattr(SHIPPED, name), most)


def _example(held: Waits, limit: int | None) -> Example:
    found = use.waits_come_to(held, None if limit is None else timedelta(minutes=limit))
    return Example(limit, tuple(round(item / timedelta(minutes=1)) for item in found))
