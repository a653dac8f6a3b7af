"""Finding clauses in all plans and drafts (检索)."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse

from fengsui.application.access import Action, require
from fengsui.application.plan_library_ports import DraftState
from fengsui.application.plan_search import value_words
from fengsui.application.wording import word
from fengsui.core.plan.model import PlanKind
from fengsui.core.plan.surroundings import HazardClass
from fengsui.core.reading.chapters import CHAPTERS
from fengsui.store import selectors
from fengsui.web import pages
from fengsui.web.seat import seat_of

PAGE = 20
FIELDS = ("kind", "hazard", "state", "area", "section", "unit", "year")


@pages.screen
def find(request: HttpRequest) -> HttpResponse:
    """The page of search: words, filters, hits in context."""
    seat = seat_of(request)
    require(seat.actor, Action.SEE_PLAN)
    asked = request.GET.get("q", "").strip()[:100]
    given = {name: request.GET.get(name, "").strip()[:60] for name in FIELDS}
    number = max(1, int(request.GET["page"])) if request.GET.get("page", "").isdigit() else 1
    wanted = selectors.PlanFilter(
        kind=given["kind"],
        hazard=given["hazard"],
        state=given["state"],
        jurisdiction=given["area"],
        section=given["section"],
        unit=given["unit"],
        year=given["year"],
    )
    found = selectors.find_clauses(asked, wanted, limit=PAGE, offset=(number - 1) * PAGE)
    areas = seat.directory.jurisdictions
    language = seat.language
    context = {
        "here": "plans",
        "asked": asked,
        "given": given,
        "found": found,
        "count": word("find", "count", language, total=found.total, asked=asked),
        "nothing": word("find", "nothing" if asked else "ask", language, asked=asked),
        "more": {plan.draft_id: word("find", "more", language, n=plan.more) for plan in found.plans},
        "selects": [
            ("kind", [(each.value, value_words("kind", each.value, language)) for each in PlanKind]),
            ("hazard", [(each.value, value_words("hazard", each.value, language)) for each in HazardClass]),
            ("state", [(each.value, value_words("state", each.value, language)) for each in DraftState]),
            ("section", [(code, word("chapter", code, language)) for code in CHAPTERS]),
            (
                "area",
                [(area.code, area.name) for area in areas if len(areas) <= 400 or area.code == given["area"]],
            ),
        ],
        "filtered": any(given.values()),
        "area_names": {area.code: area.name for area in areas},
        "kept": urlencode({"q": asked, **{name: value for name, value in given.items() if value}}),
        "page_number": number,
        "pages": max(1, -(-found.total // PAGE)),
    }
    return pages.page(request, "plans/find.html", context)
