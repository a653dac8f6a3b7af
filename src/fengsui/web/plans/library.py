"""The plan library (预案库): the list with its filters."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.http import urlencode

from fengsui.application.access import Action, may
from fengsui.application.plan_filing import Filing, filing, filing_rule
from fengsui.application.plan_library import Library
from fengsui.application.plan_library_ports import DraftState
from fengsui.core.plan.model import PlanKind
from fengsui.core.plan.surroundings import HazardClass
from fengsui.store import selectors
from fengsui.web import pages, parse, wiring
from fengsui.web.seat import seat_of

PAGE = 50
CHOICES = {
    "state": tuple(state.value for state in DraftState),
    "kind": tuple(kind.value for kind in PlanKind),
    "hazard_class": tuple(one.value for one in HazardClass),
}
"""What may be chosen, by filter; anything else in the address is passed over."""


@pages.screen
def library(request: HttpRequest) -> HttpResponse:
    """The list of plans and drafts."""
    seat, ports = seat_of(request), wiring.library()
    query = request.GET.get("q", "").replace("\0", "").strip()[:100]
    chosen = {name: request.GET.get(name, "") for name in CHOICES if request.GET.get(name) in CHOICES[name]}
    areas = parse.areas(seat.directory, seat.area)
    area = request.GET.get("area", "")
    issuer = request.GET.get("issuer", "").replace("\0", "")[:200]
    late = request.GET.get("late") == "1"
    text = request.GET.get("page", "")
    number = max(1, int(text)) if text.isdecimal() and len(text) < 7 else 1
    lines, total = selectors.plans(
        search=query,
        **chosen,
        jurisdiction=area if any(one.code == area for one in areas) else "",
        issuer=issuer,
        to_file_before=ports.today() if late else None,
        limit=PAGE,
        offset=(number - 1) * PAGE,
    )
    filters = {**chosen, "area": area, "issuer": issuer, "late": "1" if late else "", "q": query}
    kept = {name: value for name, value in filters.items() if value}
    context = {
        "here": "plans",
        "rows": [(line, filing_of_line(ports, line)) for line in lines],
        "total": total,
        "query": query,
        "chosen": {**chosen, "area": area, "issuer": issuer},
        "late": late,
        "late_count": selectors.plans(to_file_before=ports.today(), limit=1)[1],
        "choices": CHOICES,
        "areas": areas,
        "issuers": selectors.issuers(),
        "filtered": bool(kept),
        "kept": urlencode(kept),
        "area_names": {one.code: one.name for one in seat.directory.jurisdictions},
        "page_number": number,
        "pages": max(1, -(-total // PAGE)),
        "rule": filing_rule(),
        "may_import": may(seat.actor, Action.IMPORT_PLAN) is None,
    }
    return pages.page(request, "plans/library.html", context)


def filing_of_line(ports: Library, line: selectors.PlanLine) -> Filing:
    """How a plan of the list stands with its filing today."""
    return filing(
        line.filing_due, line.filed_on, ports.today(), ports.workdays, in_force=line.state == "in_force"
    )
