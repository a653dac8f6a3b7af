"""The roster (值班表): a week at a glance, files in and out, substitutes, swaps and leave."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from fengsui import bootstrap_watch
from fengsui.application import roster as use
from fengsui.application.access import Action, may, require
from fengsui.application.roster_check import RosterRow, read_date
from fengsui.application.roster_ports import ChangeState, RosterChange, RosterDesk, Shift
from fengsui.application.wording import word
from fengsui.core.errors import InputError
from fengsui.web import pages, parse, wiring
from fengsui.web.seat import Seat, seat_of

DAYS = 7
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class Turn:
    """A shift as the page shows it."""

    shift: Shift
    name: str
    instead: str
    away: bool
    runs: bool
    over: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """A change that was asked for, with the shifts it is about."""

    change: RosterChange
    person: str
    one: Turn | None
    other: Turn | None
    mine: bool


class View:
    """Shifts of an area with names, for one look."""

    def __init__(self, seat: Seat, desk: RosterDesk, first: datetime, last: datetime) -> None:
        self.now = timezone.now()
        self.desk = desk
        self.members = desk.roster.members(seat.area, self.now)
        self.names: Mapping[str, str] = {member.person_id: member.name for member in self.members}
        self.shifts = desk.roster.shifts(seat.area, first, last)
        self.leaves = desk.roster.leaves(seat.area, first, last)

    def turn(self, shift: Shift) -> Turn:
        """A shift with names; ``away``: its person has leave then."""
        away = any(
            leave.person_id == shift.person_id and leave.starts < shift.ends and shift.starts < leave.ends
            for leave in self.leaves
        )
        return Turn(
            shift=shift,
            name=self.names.get(shift.person_id, shift.person_id),
            instead=self.names.get(shift.instead_of, shift.instead_of) if shift.instead_of else "",
            away=away,
            runs=shift.starts <= self.now < shift.ends,
            over=shift.ends <= self.now,
        )

    def asked(self, change: RosterChange, person_id: str) -> Asked:
        """A change with names."""

        def found(shift_id: str) -> Turn | None:
            stored = self.desk.roster.shift(shift_id) if shift_id else None
            return self.turn(stored[0]) if stored else None

        return Asked(
            change=change,
            person=self.names.get(change.person_id, change.person_id),
            one=found(change.shift_id),
            other=found(change.other_id),
            mine=bool(person_id) and change.asked_by_person == person_id,
        )


def _week(request: HttpRequest) -> tuple[date, datetime, datetime]:
    zone = timezone.get_current_timezone()
    now = timezone.now()
    day = read_date(request.GET.get("from", ""), now, zone) or now.astimezone(zone).date()
    first = datetime(day.year, day.month, day.day, tzinfo=zone)
    return day, first, first + timedelta(days=DAYS)


@pages.screen
def roster(request: HttpRequest) -> HttpResponse:
    """A week of duty."""
    seat = seat_of(request)
    require(seat.actor, Action.SEE_WATCH)
    desk = wiring.roster_desk()
    day, first, last = _week(request)
    view = View(seat, desk, first, last)
    zone = timezone.get_current_timezone()
    turns = [view.turn(shift) for shift in view.shifts]
    days = [
        (
            day + timedelta(days=step),
            [
                turn
                for turn in turns
                if turn.shift.starts.astimezone(zone).date() == day + timedelta(days=step)
                or (step == 0 and turn.shift.starts < first)
            ],
        )
        for step in range(DAYS)
    ]
    asked = desk.roster.changes(seat.area, [ChangeState.ASKED])
    context = {
        "here": "roster",
        "days": days,
        "day": day,
        "before": day - timedelta(days=DAYS),
        "after": day + timedelta(days=DAYS),
        "today": timezone.localdate(),
        "asked": [view.asked(change, seat.actor.person_id) for change in asked],
        "away": [(view.names.get(leave.person_id, leave.person_id), leave) for leave in view.leaves],
        "members": sorted({(item.person_id, item.name) for item in view.members}, key=lambda one: one[1]),
        "may_manage": may(seat.actor, Action.MANAGE_ROSTER, seat.area) is None,
        "may_ask": may(seat.actor, Action.ASK_ROSTER, seat.area) is None,
        "me": seat.actor.person_id,
        "on_duty": [turn for turn in turns if turn.runs],
    }
    return pages.page(request, "watch/roster.html", context)


@pages.screen
def shift(request: HttpRequest, shift_id: str) -> HttpResponse:
    """One shift: let somebody stand in, swap it, take it out."""
    seat = seat_of(request)
    require(seat.actor, Action.SEE_WATCH)
    desk = wiring.roster_desk()
    stored = desk.roster.shift(shift_id)
    if stored is None:
        raise InputError("shift_unknown")
    require(seat.actor, Action.SEE_WATCH, stored[1])
    now = timezone.now()
    view = View(seat, desk, now, now + timedelta(days=35))
    turn = view.turn(stored[0])
    context = {
        "here": "roster",
        "turn": turn,
        "others": [
            item
            for item in map(view.turn, view.shifts)
            if item.shift.person_id != turn.shift.person_id and not item.over
        ],
        "members": sorted(
            {(item.person_id, item.name) for item in view.members if item.person_id != turn.shift.person_id},
            key=lambda one: one[1],
        ),
        "may_manage": may(seat.actor, Action.MANAGE_ROSTER, stored[1]) is None,
        "may_ask": not turn.over and may(seat.actor, Action.ASK_ROSTER, stored[1]) is None,
    }
    return pages.page(request, "watch/shift.html", context)


@pages.command
def change_shift(request: HttpRequest, shift_id: str) -> HttpResponse:
    """A substitute, a swap, or the end of the shift."""
    actor, desk, given = seat_of(request).actor, wiring.roster_desk(), request.POST
    verb, reason = given.get("verb", ""), given.get("reason", "")
    if verb == "substitute":
        change = use.ask_substitute(desk, actor, shift_id, given.get("person", ""), reason)
    elif verb == "swap":
        change = use.ask_swap(desk, actor, shift_id, given.get("other", ""), reason)
    elif verb == "remove":
        use.remove_shift(desk, actor, shift_id, reason)
        return pages.done(request, "shift_removed", reverse("roster"))
    else:
        raise InputError("typed_no_verb")
    return pages.done(request, _told(change), reverse("roster"))


def _told(change: RosterChange) -> str:
    return "roster_changed" if change.state is ChangeState.APPROVED else "roster_asked"


@pages.command
def ask_leave(request: HttpRequest) -> HttpResponse:
    """Somebody will be away."""
    actor, given, now = seat_of(request).actor, request.POST, timezone.now()
    starts, ends = (_moment(given.get(name, ""), now) for name in ("starts", "ends"))
    change = use.ask_leave(
        wiring.roster_desk(),
        actor,
        given.get("person", "") or actor.person_id,
        starts,
        ends,
        given.get("reason", ""),
    )
    return pages.done(request, _told(change), reverse("roster"))


def _moment(text: str, now: datetime) -> datetime:
    zone = timezone.get_current_timezone()
    if ":" not in text and "：" not in text:
        day = read_date(text, now, zone)
        if day is None:
            raise InputError("typed_time", value=text[:40])
        return datetime(day.year, day.month, day.day, tzinfo=zone)
    at = parse.instant(text, now)
    if at is None:
        raise InputError("typed_time", value=text[:40])
    return at


@pages.command
def decide(request: HttpRequest, change_id: str) -> HttpResponse:
    """Approve or refuse a change."""
    approve = request.POST.get("answer") == "approve"
    use.decide_change(
        wiring.roster_desk(),
        seat_of(request).actor,
        change_id,
        approve=approve,
        answer=request.POST.get("text", ""),
    )
    return pages.done(request, "roster_changed" if approve else "roster_refused", reverse("roster"))


@pages.screen
def import_file(request: HttpRequest) -> HttpResponse:
    """Take a spreadsheet: every row, or none with what is wrong in each."""
    seat = seat_of(request)
    require(seat.actor, Action.MANAGE_ROSTER, seat.area)
    context: dict[str, Any] = {"here": "roster", "zone_name": timezone.get_current_timezone_name()}
    if request.method == "POST":
        uploaded = request.FILES.get("file")
        if uploaded is None:
            raise InputError("roster_no_file")
        rows = bootstrap_watch.read_roster(uploaded.read())
        zone = timezone.get_current_timezone()
        done = use.import_roster(wiring.roster_desk(), seat.actor, rows, zone)
        context["done"] = done
        context["filename"] = uploaded.name
        context["rows"] = [(item, _row_words(item, seat.language)) for item in done.rows]
        context["counts"] = {name: done.count(name) for name in ("new", "changed", "same", "problem")}
        return pages.page(request, "watch/roster_import.html", context, status=200 if done.written else 422)
    return pages.page(request, "watch/roster_import.html", context)


def _row_words(result: Any, language: str) -> str:
    return word("roster_row", result.problem, language, **result.data) if result.problem else ""


@pages.screen
def export(request: HttpRequest) -> HttpResponse:
    """The roster of the coming weeks as a spreadsheet that can be changed and taken in again."""
    seat = seat_of(request)
    require(seat.actor, Action.SEE_WATCH)
    day, first, _last = _week(request)
    view = View(seat, wiring.roster_desk(), first, first + timedelta(days=35))
    titles = {post.id: post.title for post in seat.directory.posts}
    rows = [_row(view.turn(item), titles, seat.language) for item in view.shifts if item.starts >= first]
    data = bootstrap_watch.write_roster(rows, word("web.roster", "title", seat.language))
    return _download(data, XLSX, f"roster-{day}.xlsx", f"{word('web.roster', 'title', 'zh')}-{day}.xlsx")


def _row(turn: Turn, titles: Mapping[str, str], language: str) -> RosterRow:
    starts, ends = timezone.localtime(turn.shift.starts), timezone.localtime(turn.shift.ends)
    return RosterRow(
        number=0,
        date=f"{starts:%Y-%m-%d}",
        starts=f"{starts:%H:%M}",
        ends=f"{ends:%H:%M}",
        post=titles.get(turn.shift.post_id, turn.shift.post_id),
        name=turn.name,
        part=word("web.roster_part", turn.shift.part.value, language),
        note=turn.shift.note,
    )


@pages.screen
def calendar(request: HttpRequest) -> HttpResponse:
    """The roster as a calendar: one's own shifts, or all of the desk."""
    seat = seat_of(request)
    require(seat.actor, Action.SEE_WATCH)
    now = timezone.now()
    view = View(seat, wiring.roster_desk(), now - timedelta(days=1), now + timedelta(days=120))
    mine = request.GET.get("whose") != "all"
    chosen = [item for item in view.shifts if not mine or item.person_id == seat.actor.person_id]
    titles = {post.id: post.title for post in seat.directory.posts}
    entries = [
        (
            f"shift-{item.shift_id}",
            item.starts,
            item.ends,
            word(
                "web.roster",
                "calendar_mine" if mine else "calendar_all",
                seat.language,
                part=word("web.roster_part", item.part.value, seat.language),
                name=view.names.get(item.person_id, ""),
            ),
            titles.get(item.post_id, ""),
        )
        for item in chosen
    ]
    name = word("web.roster", "calendar_name", seat.language, area=seat.actor.jurisdiction.name)
    data = bootstrap_watch.write_calendar(entries, name, now)
    return _download(data, "text/calendar; charset=utf-8", "roster.ics", "roster.ics")


def _download(data: bytes, kind: str, plain: str, name: str) -> HttpResponse:
    answer = HttpResponse(data, content_type=kind)
    answer.headers["Content-Disposition"] = (
        f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name)}"
    )
    return answer
