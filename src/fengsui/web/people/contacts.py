"""Contacts of many people at once: a spreadsheet in, with a result a row; and the sheet to fill in."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse

from fengsui import bootstrap_watch
from fengsui.application import contacts as use
from fengsui.application.access import Action, require
from fengsui.application.contacts import ContactResult
from fengsui.application.wording import word
from fengsui.core.errors import InputError
from fengsui.web import pages, wiring
from fengsui.web.duty.roster import XLSX
from fengsui.web.people.admin import frame
from fengsui.web.seat import seat_of


@pages.screen
def take_in(request: HttpRequest) -> HttpResponse:
    """Take a spreadsheet of contacts: every row, or none with what is wrong in each."""
    seat = seat_of(request)
    require(seat.actor, Action.MANAGE_DIRECTORY)
    context: dict[str, Any] = frame("accounts")
    if request.method != "POST":
        return pages.page(request, "people/contacts.html", context)
    uploaded = request.FILES.get("file")
    if uploaded is None:
        raise InputError("roster_no_file")
    rows = bootstrap_watch.read_contacts_file(uploaded.read())
    done = use.import_contacts(wiring.people_desk(), seat.actor, rows)
    context |= {
        "done": done,
        "filename": uploaded.name,
        "rows": [(item, _words(item, seat.language)) for item in done.rows],
        "counts": {name: done.count(name) for name in (use.CHANGED, use.SAME, use.PROBLEM)},
    }
    return pages.page(request, "people/contacts.html", context, status=200 if done.written else 422)


def _words(result: ContactResult, language: str) -> str:
    return word("error", result.problem, language, **result.data) if result.problem else ""


@pages.screen
def form(request: HttpRequest) -> HttpResponse:
    """The sheet to fill in: everybody's name and posts, no number."""
    require(seat_of(request).actor, Action.MANAGE_DIRECTORY)
    data = bootstrap_watch.write_contacts_form(wiring.people_desk().people.known_people())
    answer = HttpResponse(data, content_type=XLSX)
    answer.headers["Content-Disposition"] = 'attachment; filename="contacts.xlsx"'
    return answer
