"""Setting up gateways, options, ladders and groups; what was typed stays on the page when it is refused."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from fengsui import bootstrap_notify
from fengsui.application import notify_change as use
from fengsui.application.access import Action, may, require
from fengsui.application.notify_change import ChannelDraft, Person
from fengsui.application.notify_fields import FIELDS
from fengsui.core.errors import InputError
from fengsui.core.notify.ladder import DEFAULTS, NEVER_QUIET, Means, rule_for
from fengsui.store.selectors import notify as read
from fengsui.web import pages
from fengsui.web.seat import seat_of

ROWS = 8
"""Steps of a ladder that a form offers."""


def who(request: HttpRequest) -> Person:
    """The post and the person behind it."""
    return Person(actor=seat_of(request).actor, person_id=str(getattr(request.user, "person_id", "")))


@pages.screen
def channel(request: HttpRequest, channel: str = "") -> HttpResponse:
    """The form of one gateway; a new one is asked for by ``?means=``."""
    require(seat_of(request).actor, Action.MANAGE_CHANNELS)
    kept = read.channel_setup(channel) if channel else None
    if channel and kept is None:
        raise InputError("channel_unknown")
    name = kept.means if kept else request.POST.get("means") or request.GET.get("means", "sms")
    if name not in {means.value for means in FIELDS}:
        raise InputError("means_unknown")
    means = Means(name)
    if request.method == "POST":
        return _ask(request, channel, means)
    context = {
        "here": "channels",
        "channel": kept,
        "means": means.value,
        "all_means": [item.value for item in FIELDS],
        "fields": [
            (
                field,
                kept.settings.get(field.name, "") if kept else field.default,
                bool(kept and field.name in kept.secrets),
            )
            for field in FIELDS[means]
        ],
    }
    return pages.page(request, "notify/channel.html", context)


def _ask(request: HttpRequest, channel: str, means: Means) -> HttpResponse:
    given: dict[str, str] = {field.name: request.POST.get(f"f_{field.name}", "") for field in FIELDS[means]}
    parallel = request.POST.get("parallel", "2")
    draft = ChannelDraft(
        channel=channel,
        means=means,
        name=request.POST.get("name", ""),
        enabled=request.POST.get("enabled") == "1",
        parallel=int(parallel) if parallel.isdigit() else 2,
        given=given,
    )
    reason = request.POST.get("reason", "")
    use.ask_channel(bootstrap_notify.setup_store(), who(request), draft, reason, timezone.now())
    return pages.done(request, "change_asked", reverse("channels"))


@pages.command
def decide(request: HttpRequest, change_id: str) -> HttpResponse:
    """A second person approves a change, or somebody takes it back."""
    approve = request.POST.get("answer") == "approve"
    store = bootstrap_notify.setup_store()
    use.decide_change(store, who(request), change_id, timezone.now(), approve=approve)
    return pages.done(request, "change_approved" if approve else "change_refused", reverse("channels"))


@pages.screen
def options(request: HttpRequest) -> HttpResponse:
    """What counts for all notices."""
    require(seat_of(request).actor, Action.MANAGE_CHANNELS)
    if request.method == "POST":
        given: dict[str, str] = {name: str(value) for name, value in request.POST.items()}
        reason = request.POST.get("reason", "")
        use.ask_options(bootstrap_notify.setup_store(), who(request), given, reason, timezone.now())
        return pages.done(request, "change_asked", reverse("channels"))
    context = {"here": "channels", "options": bootstrap_notify.notify_desk().channels.options()}
    return pages.page(request, "notify/options.html", context)


@pages.screen
def ladders(request: HttpRequest) -> HttpResponse:
    """The ladder of every kind of message."""
    seat = seat_of(request)
    require(seat.actor, Action.SEE_CHANNELS)
    own = bootstrap_notify.notify_desk().channels.rules()
    kinds = dict.fromkeys([*DEFAULTS, *own, "other"])
    context = {
        "here": "channels",
        "rules": [(rule_for(kind, own), kind in own, kind in NEVER_QUIET) for kind in kinds],
        "groups": read.groups(),
        "may_manage": may(seat.actor, Action.MANAGE_CHANNELS) is None,
    }
    return pages.page(request, "notify/ladders.html", context)


@pages.screen
def ladder(request: HttpRequest, kind: str) -> HttpResponse:
    """The form of one ladder."""
    seat = seat_of(request)
    require(seat.actor, Action.MANAGE_CHANNELS)
    own = bootstrap_notify.notify_desk().channels.rules()
    if kind not in {*DEFAULTS, *own, "other"}:
        raise InputError("kind_unknown")
    if request.method == "POST":
        use.save_rule(
            bootstrap_notify.setup_store(),
            seat.actor,
            kind,
            _steps(request),
            low=request.POST.get("low") == "1",
            groups=request.POST.getlist("group"),
        )
        return pages.done(request, "ladder_saved", reverse("channel-ladders"))
    rule = rule_for(kind, own)
    steps: list[Any] = [(step.means.value, step.after.total_seconds() / 60) for step in rule.steps]
    context = {
        "here": "channels",
        "rule": rule,
        "steps": [*steps, *[("", "")] * max(1, ROWS - len(steps))],
        "all_means": [item.value for item in (*FIELDS, Means.CALL_LIST)],
        "groups": read.groups(),
        "never_quiet": kind in NEVER_QUIET,
    }
    return pages.page(request, "notify/ladder.html", context)


def _steps(request: HttpRequest) -> list[tuple[str, int]]:
    """Means and minutes as typed; an empty line is no step."""
    found = []
    for means, minutes in zip(request.POST.getlist("means"), request.POST.getlist("after"), strict=False):
        if not means:
            continue
        try:
            found.append((means, round(float(minutes.strip().replace("，", ".") or 0) * 60)))
        except (ValueError, OverflowError):
            raise InputError("ladder_wait_wrong") from None
    return found


@pages.screen
def groups(request: HttpRequest) -> HttpResponse:
    """Groups of posts that a ladder tells as well."""
    seat = seat_of(request)
    require(seat.actor, Action.MANAGE_CHANNELS)
    if request.method == "POST":
        posts = [post for post in request.POST.getlist("post") if seat.directory.post(post)]
        use.save_group(
            bootstrap_notify.setup_store(),
            seat.actor,
            request.POST.get("group", ""),
            request.POST.get("name", ""),
            posts,
        )
        return pages.done(request, "group_saved", reverse("channel-groups"))
    context = {
        "here": "channels",
        "groups": read.groups(),
        "posts": sorted(seat.directory.posts, key=lambda post: (post.unit, post.title)),
        "units": {unit.id: unit.name for unit in seat.directory.units},
    }
    return pages.page(request, "notify/groups.html", context)
