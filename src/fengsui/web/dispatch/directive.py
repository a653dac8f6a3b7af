"""One order: everything that became of it, and what this post can do about it; and giving a new one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from fengsui.application import directives as use
from fengsui.application import dispatch_board as show
from fengsui.application.access import Action, may, require
from fengsui.application.directives import DoneReport, OrderTerms
from fengsui.application.photos import finish_with_photos
from fengsui.application.wording import word
from fengsui.core.directory import Unit
from fengsui.core.errors import InputError
from fengsui.core.response.decisions.replies import UNDO_WITHIN
from fengsui.core.response.events import Recorded
from fengsui.core.response.state_dispatch import LastTap
from fengsui.web import pages, parse, wiring
from fengsui.web.dispatch.photos import uploads
from fengsui.web.dispatch.seen import Seen, base, seen
from fengsui.web.incidents.commands import once, to_room
from fengsui.web.seat import Seat, seat_of

BY_UNIT = ("accept", "decline", "ask", "done", "help", "undo")


@pages.screen
def directive(request: HttpRequest, incident_id: str, directive_id: str) -> HttpResponse:
    """Show one order; with POST, do something about it."""
    if request.method == "POST":
        return _do(request, incident_id, directive_id)
    seat = seat_of(request)
    found = seen(seat, incident_id)
    state = found.incident.directives.get(directive_id)
    if state is None:
        raise InputError("directive_unknown", directive=directive_id)
    row = next(item for item in show.board(found.incident, found.now) if item.directive_id == directive_id)
    context = {
        **base(seat, found),
        "row": row,
        "d": state,
        "directive_id": directive_id,
        "command_id": uuid4().hex,
        "chain": show.chain_of(directive_id, found.incident, seat.directory, found.plans),
        "story": _story(found, directive_id),
        "followers": _followers(found, directive_id),
        "others": _others(found, directive_id),
        "is_mine": bool({seat.post.id, seat.post.unit} & set(state.issued.to)),
        "was_told": seat.post.id in {step.event.post for step in state.handling.climbs},
        "undo_until": _undo(state.handling.last, seat, found.now),
        "may_erase_photo": may(seat.actor, Action.ERASE_PHOTO, found.incident.opened.place_code) is None,
    }
    return pages.page(request, "dispatch/directive.html", context)


def _undo(last: LastTap | None, seat: Seat, now: datetime) -> datetime | None:
    if last is None or last.by != seat.post.id or now - last.at >= UNDO_WITHIN:
        return None
    return last.at + UNDO_WITHIN


def _story(found: Seen, directive_id: str) -> list[Recorded]:
    """The records about one order, the latest first."""
    stream = wiring.desk().incidents.load(found.incident.incident_id)
    return [item for item in reversed(stream) if getattr(item.event, "directive_id", None) == directive_id]


def _followers(found: Seen, directive_id: str) -> list[tuple[str, Any]]:
    """Orders that wait for this one, or were given for its request for support."""
    return [
        (key, state)
        for key, state in found.incident.directives.items()
        if directive_id in state.handling.after or state.issued.helps == directive_id
    ]


def _others(found: Seen, directive_id: str) -> list[tuple[str, Any]]:
    """Orders that this one may wait for."""
    return [
        (key, state)
        for key, state in found.incident.directives.items()
        if key != directive_id and state.is_open
    ]


def _do(request: HttpRequest, incident_id: str, directive_id: str) -> HttpResponse:
    verb = request.POST.get("verb", "")
    act = _VERBS.get(verb)
    if act is None:
        raise InputError("text_missing", field=word("web.tasks", "verb", seat_of(request).language))
    act(request, incident_id, directive_id)
    if verb in BY_UNIT and request.POST.get("from") != "page":
        return pages.done(request, f"task_{verb}", reverse("tasks"))
    return pages.done(request, f"task_{verb}", reverse("directive", args=[incident_id, directive_id]))


Act = Callable[[HttpRequest, str, str], object]


def _said(call: Callable[..., object]) -> Act:
    def act(request: HttpRequest, incident_id: str, directive_id: str) -> object:
        desk, actor = wiring.desk(), seat_of(request).actor
        text = request.POST.get("text", "")
        return call(desk, actor, incident_id, directive_id, text, command_id=once(request))

    return act


def _plain(call: Callable[..., object]) -> Act:
    def act(request: HttpRequest, incident_id: str, directive_id: str) -> object:
        desk, actor = wiring.desk(), seat_of(request).actor
        return call(desk, actor, incident_id, directive_id, command_id=once(request))

    return act


def _done(request: HttpRequest, incident_id: str, directive_id: str) -> object:
    given = request.POST
    amount = given.get("number", "").strip()
    report = DoneReport(
        result=given.get("text", ""),
        number=parse.number(amount) if amount else None,
        number_of=given.get("number_of", "").strip()[:20] or None if amount else None,
        lon=degrees(given.get("lon", "")),
        lat=degrees(given.get("lat", "")),
    )
    return finish_with_photos(
        wiring.photos(),
        seat_of(request).actor,
        incident_id,
        directive_id,
        report,
        uploads(request),
        command_id=once(request),
    )


def degrees(text: str) -> float | None:
    """Degrees as a device gives them; nothing for nothing. Raises InputError."""
    return float(parse.number(text)) if text.strip() else None


def _reassign(request: HttpRequest, incident_id: str, directive_id: str) -> object:
    seat = seat_of(request)
    return use.reassign_directive(
        wiring.desk(),
        seat.actor,
        incident_id,
        directive_id,
        to=targets(request, seat.directory.units),
        terms=terms(request),
        command_id=once(request),
    )


def _help_answer(request: HttpRequest, incident_id: str, directive_id: str) -> object:
    seat = seat_of(request)
    return use.answer_help(
        wiring.desk(),
        seat.actor,
        incident_id,
        directive_id,
        answer=request.POST.get("answer", ""),
        to=targets(request, seat.directory.units),
        text=request.POST.get("text", "").strip(),
        terms=terms(request),
        command_id=once(request),
    )


def _link(request: HttpRequest, incident_id: str, directive_id: str) -> object:
    given: Any = request.POST
    desk, actor, after = wiring.desk(), seat_of(request).actor, given.getlist("after")
    return use.link_directive(desk, actor, incident_id, directive_id, after, command_id=once(request))


_VERBS: dict[str, Act] = {
    "accept": _plain(use.accept_directive),
    "decline": _said(use.decline_directive),
    "ask": _said(use.ask_question),
    "done": _done,
    "help": _said(use.ask_help),
    "undo": _plain(use.undo_tap),
    "answer": _said(use.answer_question),
    "reassign": _reassign,
    "help_answer": _help_answer,
    "link": _link,
    "withdraw": _said(use.withdraw_directive),
    "care": _said(use.take_care),
}


@pages.screen
def issue(request: HttpRequest, incident_id: str) -> HttpResponse:
    """Order something to units by hand."""
    seat = seat_of(request)
    if request.method == "POST":
        use.issue_directive(
            wiring.desk(),
            seat.actor,
            incident_id,
            to=targets(request, seat.directory.units),
            text=request.POST.get("text", ""),
            terms=terms(request),
            command_id=once(request),
        )
        return pages.done(request, "issued", f"{to_room(incident_id)}?tab=tasks")
    found = seen(seat, incident_id)
    require(seat.actor, Action.ISSUE_DIRECTIVE, found.incident.opened.place_code)
    context = {
        **base(seat, found),
        "command_id": uuid4().hex,
        "others": _others(found, ""),
        "contacts": _contacts(found, seat),
    }
    return pages.page(request, "dispatch/issue.html", context)


def _contacts(found: Seen, seat: Seat) -> list[tuple[str, str]]:
    """Posts one may name as the contact at the scene: those that are there, then those who command."""
    ids = [item.event.contact for item in found.incident.checkins.values() if item.left_at is None]
    ids += [place.post for of in found.incident.staffing.values() for place in of]
    posts = [seat.directory.post(item) for item in dict.fromkeys(ids) if item]
    return [(post.id, post.title) for post in posts if post is not None]


def targets(request: HttpRequest, units: tuple[Unit, ...]) -> list[str]:
    """Units by id, or by the name typed."""
    given: Any = request.POST
    by_name = {unit.name: unit.id for unit in units}
    return [by_name.get(item.strip(), item.strip()) for item in given.getlist("to") if item.strip()]


def terms(request: HttpRequest) -> OrderTerms:
    """Deadline, predecessors, contact and place of an order as typed."""
    given: Any = request.POST
    minutes = given.get("minutes", "").strip()
    return OrderTerms(
        within=timedelta(minutes=float(parse.number(minutes))) if minutes else None,
        due=None if minutes else _due(given.get("due", "")),
        after=tuple(given.getlist("after")),
        contact=given.get("contact", "").strip() or None,
        place=given.get("place", "").strip()[:300] or None,
    )


def _due(at: str) -> datetime | None:
    now = timezone.now()
    found = parse.instant(at, now)
    if found is not None and found <= now and ":" in at and "-" not in at:
        # "08:00" typed in the evening is tomorrow's for a deadline.
        return found + timedelta(days=1)
    return found
