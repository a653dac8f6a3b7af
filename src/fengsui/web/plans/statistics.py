"""Statistics of plans (统计): how many of what, which ask for something; each number leads to its plans."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from fengsui.application.access import Action, require
from fengsui.application.plan_search import value_words
from fengsui.application.wording import word
from fengsui.store import selectors
from fengsui.web import pages
from fengsui.web.seat import seat_of

PAGE = 50
MOST_BARS = 30
"""Values shown of one dimension: issuers and areas may be many."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One number with its words."""

    value: str
    label: str
    number: int


@pages.screen
def statistics(request: HttpRequest) -> HttpResponse:
    """All numbers, or the plans behind one of them."""
    seat = seat_of(request)
    require(seat.actor, Action.SEE_PLAN)
    today = timezone.localdate()
    names = {area.code: area.name for area in seat.directory.jurisdictions}
    by, value = request.GET.get("by", ""), request.GET.get("value", "")
    if by:
        return _listed(request, by, value, names)
    found = selectors.statistics(today)

    def label(dimension: str, code: str) -> str:
        if dimension == "area":
            return names.get(code, code) or code
        return value_words(dimension, code, seat.language)

    context = {
        "here": "plans",
        "total": found.total,
        "summary": word("statistics", "total", seat.language, total=found.total, in_force=found.in_force),
        "attention": [
            Bar(code, word("statistics", code, seat.language), number)
            for code, number in found.attention.items()
        ],
        "dimensions": [
            (
                name,
                word("statistics", f"by_{name}", seat.language),
                [Bar(code, label(name, code), number) for code, number in counts.items()][:MOST_BARS],
            )
            for name, counts in found.counts.items()
        ],
    }
    return pages.page(request, "plans/statistics.html", context)


def _listed(request: HttpRequest, by: str, value: str, names: dict[str, str]) -> HttpResponse:
    seat = seat_of(request)
    number = max(1, int(request.GET["page"])) if request.GET.get("page", "").isdigit() else 1
    today = timezone.localdate()
    lines, total = selectors.plans_counted(today, by, value, limit=PAGE, offset=(number - 1) * PAGE)
    if by == "attention" and value in selectors.ATTENTION:
        heading = word("statistics", value, seat.language)
    elif by in selectors.DIMENSIONS:
        shown = names.get(value, value) if by == "area" else value_words(by, value, seat.language)
        heading = f"{word('statistics', f'by_{by}', seat.language)} · {shown}"
    else:
        heading = word("statistics", "listed", seat.language)
    context = {
        "here": "plans",
        "heading": heading,
        "lines": lines,
        "total": total,
        "by": by,
        "value": value,
        "area_names": names,
        "page_number": number,
        "pages": max(1, -(-total // PAGE)),
    }
    return pages.page(request, "plans/statistics_list.html", context)
