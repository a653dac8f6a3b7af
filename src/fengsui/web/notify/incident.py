"""The notices of one incident: who got what, when, by what means, and who has not answered; the call list."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from fengsui import bootstrap_notify
from fengsui.application import notify_ack as use
from fengsui.application.access import Action, may, require
from fengsui.application.call_list import CallLine, CallSheet
from fengsui.application.wording import word
from fengsui.core.errors import InputError
from fengsui.store import selectors
from fengsui.store.selectors import notify as read
from fengsui.web import pages, wiring
from fengsui.web.notify.rows import PersonRow, person_rows
from fengsui.web.seat import Seat, seat_of

ON_PAGE, ON_PAPER = 600, 20_000
"""Notices listed on the page (those without a receipt first), and on the list for the telephone (all)."""
SAID = 120
"""Characters of a message that are read out on the telephone."""


def _seen(seat: Seat, incident_id: str) -> selectors.IncidentLine:
    line = selectors.incident(incident_id)
    if line is None:
        raise InputError("incident_unknown", incident=incident_id)
    require(seat.actor, Action.SEE_INCIDENT, line.place_code)
    return line


def _context(seat: Seat, line: selectors.IncidentLine) -> dict[str, Any]:
    personal = may(seat.actor, Action.SEE_PERSONAL, line.place_code) is None
    listed = read.notices(incident_id=line.incident_id, limit=ON_PAGE)
    rows = person_rows(seat, listed, personal=personal)
    return {
        "incident": line,
        "exercise": line.exercise or wiring.is_exercise(),
        "open_rows": [row for row in rows if row.open],
        "done_rows": [row for row in rows if not row.open],
        "tally": read.notice_tally(line.incident_id),
        "cut": len(listed) == ON_PAGE,
        "gateways": [item for item in read.channel_health() if item.state != "off"],
        "channel_names": {item.channel: item.name for item in read.channel_health()},
        "may_handle": may(seat.actor, Action.HANDLE_NOTICES, line.place_code) is None,
        "outside": not wiring.is_exercise(),
    }


@pages.screen
def notices(request: HttpRequest, incident_id: str) -> HttpResponse:
    """Who has not acknowledged on top."""
    seat = seat_of(request)
    context = {"here": "incidents", **_context(seat, _seen(seat, incident_id))}
    return pages.page(request, "notify/incident.html", context)


@pages.screen
def tally(request: HttpRequest, incident_id: str) -> HttpResponse:
    """The counts alone, asked for every few seconds."""
    line = _seen(seat_of(request), incident_id)
    context = {"tally": read.notice_tally(line.incident_id), "incident": line}
    return pages.part(request, "notify/tally.html", context)


@pages.command
def act(request: HttpRequest, incident_id: str) -> HttpResponse:
    """A code read out on the telephone, a word, or sending again: for one person."""
    actor, desk = seat_of(request).actor, bootstrap_notify.notify_desk()
    ids = [int(part) for part in request.POST.get("ids", "").split(",") if part.isdigit()]
    back = reverse("notices", args=[incident_id])
    action = request.POST.get("action", "")
    if action == "again":
        use.send_again(desk, actor, ids, request.POST.get("channel", ""))
        return pages.done(request, "notice_again", back)
    if action == "spoken":
        use.acknowledge_spoken(desk, actor, ids)
        return pages.done(request, "notice_spoken", back)
    use.acknowledge_by_code(desk, actor, ids, request.POST.get("code", ""))
    return pages.done(request, "notice_code", back)


@pages.screen
def call_list(request: HttpRequest, incident_id: str) -> HttpResponse:
    """The list as a page that prints like the paper."""
    sheet = _sheet(request, incident_id)
    context = {"here": "incidents", "sheet": sheet, "incident": _seen(seat_of(request), incident_id)}
    return pages.page(request, "notify/call_list.html", context)


@pages.screen
def call_list_pdf(request: HttpRequest, incident_id: str) -> HttpResponse:
    """The list as PDF."""
    answer = HttpResponse(
        bootstrap_notify.call_list_file(_sheet(request, incident_id)), content_type="application/pdf"
    )
    answer.headers["Content-Disposition"] = 'inline; filename="call-list.pdf"'
    return answer


def _sheet(request: HttpRequest, incident_id: str) -> CallSheet:
    """The list of those who must be telephoned; ``?all=1`` of all who have not acknowledged."""
    seat = seat_of(request)
    line = _seen(seat, incident_id)
    require(seat.actor, Action.HANDLE_NOTICES, line.place_code)
    require(seat.actor, Action.SEE_PERSONAL, line.place_code)
    everybody = request.GET.get("all") == "1"
    rows = person_rows(seat, read.notices(incident_id=incident_id, limit=ON_PAPER), personal=True)
    wanted = [row for row in rows if row.open and (everybody or row.to_call)]
    bootstrap_notify.note_call_list(seat.actor.post_id, incident_id, len(wanted))
    now, language = timezone.localtime(), seat.language
    exercise = line.exercise or wiring.is_exercise()
    made = word("call_list", "made", language, at=f"{now:%Y-%m-%d %H:%M}", by=seat.post.title)
    return CallSheet(
        title=word("call_list", "title", language),
        incident=line.title,
        place=line.place,
        made_at=now,
        made=made,
        marks=(word("call_list", "exercise", language),) if exercise else (),
        opening=word("call_list", "opening", language, n=len(wanted), office=seat.actor.jurisdiction.name),
        labels={
            code: word("call_list", code, language)
            for code in ("page", "no_phone", "reached", "no_answer", "busy", "code", "at")
        },
        lines=[_line(number, row) for number, row in enumerate(wanted, start=1)],
    )


def _line(number: int, row: PersonRow) -> CallLine:
    said = dict.fromkeys(
        _short(f"{item.subject}。{item.body}" if item.body else item.subject) for item in row.open
    )
    # Most titles name their unit already: 州公安局联络员.
    who = f"{row.unit} {row.title}" if row.unit and row.unit[-3:] not in row.title else row.title
    return CallLine(number=number, who=who, name=row.name, phone=row.phone, say=tuple(said))


def _short(text: str) -> str:
    return text if len(text) <= SAID else text[: SAID - 1] + "…"
