"""The archive of cases (案例库): search, like cases, side by side."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse

from fengsui.application import casefiles as use
from fengsui.application.access import Action, require
from fengsui.application.aftermath_ports import CaseQuery
from fengsui.application.review_paper import figure_rows
from fengsui.core.casefile.case import Compared
from fengsui.web import pages, wiring
from fengsui.web.incidents.room import seen
from fengsui.web.seat import seat_of

PAGE = 30
LEVELS = ("I", "II", "III", "IV")


@pages.screen
def listing(request: HttpRequest) -> HttpResponse:
    """Archived cases of the area."""
    seat, given = seat_of(request), request.GET
    year = given.get("year", "")
    number = int(given["page"]) if given.get("page", "").isdecimal() and len(given["page"]) < 6 else 1
    number = max(1, number)
    query = CaseQuery(
        text=given.get("q", "").strip()[:100],
        hazard=given.get("hazard", "").strip()[:40],
        level=given.get("level", "") if given.get("level", "") in LEVELS else "",
        year=int(year) if year.isdecimal() and len(year) == 4 else None,
        area=seat.area,
    )
    found, total = use.find_cases(
        wiring.case_desk(), seat.actor, query, limit=PAGE, offset=(number - 1) * PAGE
    )
    context = {
        "here": "incidents",
        "cases": found,
        "total": total,
        "query": query,
        "levels": LEVELS,
        "page_number": number,
        "pages": max(1, -(-total // PAGE)),
    }
    return pages.page(request, "aftermath/cases.html", context)


@pages.screen
def compare(request: HttpRequest) -> HttpResponse:
    """Cases chosen by hand, side by side."""
    seat = seat_of(request)
    found = use.compare_cases(wiring.case_desk(), seat.actor, request.GET.getlist("case")[:4])
    return pages.page(request, "aftermath/compare.html", _shown(found, seat.language))


@pages.screen
def like(request: HttpRequest, incident_id: str) -> HttpResponse:
    """A case beside those most like it."""
    seat = seat_of(request)
    require(seat.actor, Action.SEE_INCIDENT)
    seen(seat, incident_id)
    found = use.like_cases(wiring.case_desk(), seat.actor, incident_id, area=seat.area)
    return pages.page(request, "aftermath/compare.html", {**_shown(found, seat.language), "own": incident_id})


def _shown(found: Compared, language: str) -> dict[str, Any]:
    # One row a figure, each with the value of every case.
    rows = [figure_rows(case.figures, language) for case in found.cases]
    figures = [(column[0][0], [value for _, value in column]) for column in zip(*rows, strict=True)]
    return {"here": "incidents", "cases": found.cases, "facts": found.facts, "figure_rows": figures}
