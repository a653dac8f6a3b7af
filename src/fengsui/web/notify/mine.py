"""What a post was told, its receipts, and what it does not want at night."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from fengsui import bootstrap_notify
from fengsui.application import notify_ack as use
from fengsui.application.notify_change import save_wish
from fengsui.core.notify.ladder import DEFAULTS, INSIDE, Means
from fengsui.store.selectors import notify as read
from fengsui.web import pages
from fengsui.web.seat import seat_of


@pages.screen
def notices(request: HttpRequest) -> HttpResponse:
    """The notices of this post, those without a receipt first."""
    seat = seat_of(request)
    lines = [item for item in read.notices(post_ids=[seat.post.id], limit=120)]
    context = {
        "here": "my-notices",
        "open_lines": [item for item in lines if item.acknowledged_at is None],
        "done_lines": [item for item in lines if item.acknowledged_at is not None][:40],
        "wishes": read.wishes_of(seat.post.id),
        "means": [means.value for means in Means if means not in INSIDE],
        "low_kinds": [kind for kind, rule in DEFAULTS.items() if rule.may_wait],
        "channel_names": {item.channel: item.name for item in read.channel_health()},
    }
    return pages.page(request, "notify/mine.html", context)


@pages.command
def receipt(request: HttpRequest) -> HttpResponse:
    """I have got it."""
    ids = [int(part) for part in request.POST.get("ids", "").split(",") if part.isdigit()]
    use.acknowledge_own(bootstrap_notify.notify_desk(), seat_of(request).actor, ids)
    return pages.done(request, "notice_received", reverse("my-notices"))


@pages.command
def wishes(request: HttpRequest) -> HttpResponse:
    """Means this post does not want for what can wait."""
    wanted = set(request.POST.getlist("means"))
    skip = [means.value for means in Means if means not in INSIDE and means.value not in wanted]
    save_wish(bootstrap_notify.setup_store(), seat_of(request).actor, skip)
    return pages.done(request, "wishes_saved", reverse("my-notices"))
