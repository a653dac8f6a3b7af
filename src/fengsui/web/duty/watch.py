"""Handing over (交接班) and the duty log of a shift (值班日志)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from fengsui.application import hand_over as use
from fengsui.application.access import Action, may, require
from fengsui.application.hand_over import HandOver
from fengsui.core.errors import FengsuiError
from fengsui.core.response.chain import event_from_data
from fengsui.store import selectors
from fengsui.web import frame, pages, parse, wiring
from fengsui.web.incidents.commands import once
from fengsui.web.seat import Seat, seat_of

MOST_RECORDS = 3000
NOISE = ("Graded", "ReportClockStarted", "GroupFormed")
LONGEST_LOG = timedelta(days=31)


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the duty log: ``kind`` book, call, event, made or signed."""

    at: datetime
    kind: str
    by: str
    what: Any


@pages.screen
def hand_overs(request: HttpRequest) -> HttpResponse:
    """Hand over now, sign what waits, look at what was."""
    seat, desk = seat_of(request), wiring.watch_desk()
    require(seat.actor, Action.SEE_CALLS)
    if request.method == "POST":
        return _make(request, seat)
    may_hand_over = may(seat.actor, Action.HAND_OVER, seat.area) is None
    latest = desk.watch.latest(seat.area)
    kept = wiring.desk().drafts.load(_draft_key(seat)) or {} if may_hand_over else {}
    people = selectors.person_names(
        *(item.from_person for item in latest), *(item.signed_person for item in latest)
    )
    context = {
        "here": "watch",
        "waiting": [item for item in latest if item.is_open],
        "latest": latest,
        "people": people,
        "may_hand_over": may_hand_over,
        "groups": use.by_kind(use.gather(desk, seat.actor)) if may_hand_over else [],
        "draft": kept,
        "shift": current_shift(seat, timezone.now()),
        "command_id": uuid4().hex,
    }
    return pages.page(request, "watch/hand_overs.html", context)


def _draft_key(seat: Seat) -> str:
    return f"hand-over/{seat.post.id}"[:64]


def current_shift(seat: Seat, now: datetime) -> tuple[datetime, datetime] | None:
    """The shift that runs, by the roster."""
    running = [line for line in selectors.on_duty(now, jurisdiction=seat.area) if not line.leader]
    return (running[0].starts, running[0].ends) if running else None


def _make(request: HttpRequest, seat: Seat) -> HttpResponse:
    made = use.hand_over(
        wiring.watch_desk(),
        seat.actor,
        request.POST.get("remarks", ""),
        shift=current_shift(seat, timezone.now()),
        hand_over_id=once(request),
    )
    wiring.desk().drafts.clear(_draft_key(seat))
    return pages.done(request, "handed_over", reverse("hand-over", args=[made.hand_over_id]))


@require_POST
def keep_remarks(request: HttpRequest) -> HttpResponse:
    """Keep the remarks as they are typed."""
    seat = seat_of(request)
    try:
        require(seat.actor, Action.HAND_OVER, seat.area)
        text = request.POST.get("remarks", "")[: use.LONGEST]
        wiring.desk().drafts.save(_draft_key(seat), {"remarks": text})
    except FengsuiError as error:
        problem = pages.problem_of(error, seat.language)
        return JsonResponse({"problem": problem.text}, status=problem.status)
    return HttpResponse(status=204)


@pages.screen
def hand_over(request: HttpRequest, hand_over_id: str) -> HttpResponse:
    """One hand-over: read it, then sign it."""
    seat, desk = seat_of(request), wiring.watch_desk()
    found = use.one(desk, seat.actor, hand_over_id)
    if request.method == "POST":
        return _settle(request, seat, found)
    mine = found.from_person == seat.actor.person_id
    context = {
        "here": "watch",
        "item": found,
        "groups": [(kind, [_timed(matter) for matter in rows]) for kind, rows in use.by_kind(found.matters)],
        "people": selectors.person_names(found.from_person, found.signed_person),
        "may_sign": found.is_open and not mine and may(seat.actor, Action.HAND_OVER, found.area) is None,
        "may_withdraw": found.is_open and found.from_post == seat.post.id,
    }
    return pages.page(request, "watch/hand_over.html", context)


def _timed(matter: use.Matter) -> SimpleNamespace:
    def at(text: str) -> datetime | None:
        return datetime.fromisoformat(text) if text else None

    return SimpleNamespace(matter=matter, due=at(matter.due), since=at(matter.since))


def _settle(request: HttpRequest, seat: Seat, found: HandOver) -> HttpResponse:
    desk, given = wiring.watch_desk(), request.POST
    if given.get("verb") == "withdraw":
        use.withdraw(desk, seat.actor, found.hand_over_id)
        return pages.done(request, "hand_over_withdrawn", reverse("hand-overs"))
    use.sign(desk, seat.actor, found.hand_over_id, given.get("seen", ""), given.get("remark", ""))
    return pages.done(request, "hand_over_signed", reverse("desk"))


@pages.screen
def log(request: HttpRequest) -> HttpResponse:
    """The duty log of a shift, or of any time: day book, calls, everything of the incidents, hand-overs."""
    seat = seat_of(request)
    require(seat.actor, Action.SEE_CALLS)
    if request.method == "POST":
        use.write_line(wiring.watch_desk(), seat.actor, request.POST.get("text", ""))
        return pages.done(request, "line_written", reverse("watch-log"))
    first, last = _span(request, seat)
    whole = request.GET.get("show") == "all"
    entries, more = _entries(seat, first, last, whole)
    context = {
        "here": "watch",
        "first": first,
        "last": last,
        "whole": whole,
        "entries": entries,
        "more": more,
        "may_write": may(seat.actor, Action.HAND_OVER, seat.area) is None,
        "turns": selectors.shifts_between(seat.area, first, last),
        "shift_before": _before(first),
        "now_url": reverse("watch-log"),
        "names": _names(seat, entries),
    }
    return pages.page(request, "watch/log.html", context)


def _before(first: datetime) -> tuple[datetime, datetime]:
    return first - timedelta(hours=12), first


def _span(request: HttpRequest, seat: Seat) -> tuple[datetime, datetime]:
    """The time asked for; without one, the shift that runs, else the last twelve hours."""
    now = timezone.now()
    asked = [parse.instant(request.GET.get(name, ""), now) for name in ("from", "to")]
    if asked[0] is not None:
        last = asked[1] or now
        return max(asked[0], last - LONGEST_LOG), max(last, asked[0])
    shift = current_shift(seat, now)
    return (shift[0], now) if shift else (now - timedelta(hours=12), now)


def _entries(seat: Seat, first: datetime, last: datetime, whole: bool) -> tuple[list[Entry], bool]:
    desk = wiring.watch_desk()
    records = selectors.log_between(seat.area, first, last, limit=MOST_RECORDS + 1)
    entries = [
        Entry(line.at, "book", line.by, line.text) for line in desk.watch.lines(seat.area, first, last)
    ]
    calls = wiring.call_desk().calls.between(seat.area, first, last)
    entries += [Entry(call.received_at, "call", call.taken_by, call) for call in calls]
    for item in desk.watch.latest(seat.area, 200):
        if first <= item.made_at < last:
            entries.append(Entry(item.made_at, "made", item.from_post, item))
        if item.signed_at is not None and first <= item.signed_at < last:
            entries.append(Entry(item.signed_at, "signed", item.signed_by, item))
    for line in records[:MOST_RECORDS]:
        if whole or line.type not in NOISE:
            event = event_from_data(json.loads(line.data))
            shown = SimpleNamespace(
                at=line.at, by=line.by, event=event, incident_id=line.incident_id, title=line.incident_title
            )
            entries.append(Entry(line.at, "event", line.by, shown))
    return sorted(entries, key=lambda entry: entry.at), len(records) > MOST_RECORDS


def _names(seat: Seat, entries: list[Entry]) -> Any:
    plans = {
        plan
        for entry in entries
        if entry.kind == "event" and (plan := getattr(entry.what.event, "plan_id", None))
    }
    directives = {
        entry.what.event.directive_id: f"{entry.what.event.to_name} · {entry.what.event.text[:30]}"
        for entry in entries
        if entry.kind == "event" and hasattr(entry.what.event, "to_name")
    }
    return frame.names_of(seat, selectors.plan_titles(tuple(plans)), directives)
