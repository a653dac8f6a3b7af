"""The gateways: which one works, what waits for a second person, who answers tests."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from fengsui import bootstrap_notify
from fengsui.application import notify_ack as use
from fengsui.application.access import Action, may, require
from fengsui.store.selectors import notify as read
from fengsui.web import pages, wiring
from fengsui.web.seat import seat_of


@pages.screen
def board(request: HttpRequest) -> HttpResponse:
    """Health of every gateway, and what may be done with them."""
    seat = seat_of(request)
    require(seat.actor, Action.SEE_CHANNELS)
    context = {
        "here": "channels",
        "health": read.channel_health(),
        "changes": read.channel_changes(),
        "options": bootstrap_notify.notify_desk().channels.options(),
        "may_manage": may(seat.actor, Action.MANAGE_CHANNELS) is None,
        "may_approve": may(seat.actor, Action.APPROVE_CHANNEL) is None,
        "may_test": may(seat.actor, Action.TEST_CHANNELS) is None,
        "me": getattr(request.user, "person_id", ""),
        "outside": not wiring.is_exercise(),
    }
    return pages.page(request, "notify/channels.html", context)


@pages.screen
def health_line(request: HttpRequest) -> HttpResponse:
    """The gateways in the status line of the desk, asked for again and again: no event tells of them."""
    seat = seat_of(request)
    require(seat.actor, Action.SEE_INCIDENT)
    now = timezone.now()
    context = {
        "gateways": [item for item in read.channel_health(now) if item.state != "off"],
        "to_call": read.unanswered_calls(now, jurisdiction=seat.area),
    }
    return pages.part(request, "notify/health_line.html", context)


@pages.command
def test(request: HttpRequest) -> HttpResponse:
    """Test all gateways, or one, now."""
    only = request.POST.get("channel") or None
    everybody = request.POST.get("everybody") == "1"
    desk = bootstrap_notify.notify_desk()
    count = use.try_now(desk, seat_of(request).actor, everybody=everybody, only=only)
    return pages.done(request, "channels_tested", reverse("channels-answers"), n=count)


@pages.screen
def answers(request: HttpRequest) -> HttpResponse:
    """Who answered the tests, by post and day."""
    seat = seat_of(request)
    require(seat.actor, Action.SEE_CHANNELS)
    days, rates = read.answer_rates(timezone.now())
    context = {
        "here": "channels",
        "days": days,
        "rates": [(item, seat.directory.post(item.post_id)) for item in rates],
        "latest": read.tried(),
        "may_test": may(seat.actor, Action.TEST_CHANNELS) is None,
    }
    return pages.page(request, "notify/answers.html", context)
