"""The plan library (预案库): list, search, import."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from fengsui.application import plan_library as use
from fengsui.application.access import Action, may
from fengsui.application.plan_library_ports import DraftState
from fengsui.core.errors import InputError
from fengsui.core.plan.model import PlanKind
from fengsui.store import selectors
from fengsui.web import pages, parse, wiring
from fengsui.web.seat import seat_of

PAGE = 50
STATES = tuple(state.value for state in DraftState)


@pages.screen
def library(request: HttpRequest) -> HttpResponse:
    """The list of plans and drafts."""
    seat = seat_of(request)
    query = request.GET.get("q", "").strip()[:100]
    state = request.GET.get("state", "")
    number = max(1, int(request.GET["page"])) if request.GET.get("page", "").isdigit() else 1
    lines, total = selectors.plans(
        search=query, state=state if state in STATES else "", limit=PAGE, offset=(number - 1) * PAGE
    )
    names = {area.code: area.name for area in seat.directory.jurisdictions}
    context = {
        "here": "plans",
        "lines": lines,
        "total": total,
        "query": query,
        "state": state,
        "states": STATES,
        "area_names": names,
        "page_number": number,
        "pages": max(1, -(-total // PAGE)),
        "may_import": may(seat.actor, Action.IMPORT_PLAN) is None,
    }
    return pages.page(request, "plans/library.html", context)


@pages.screen
def import_document(request: HttpRequest) -> HttpResponse:
    """Read a document into drafts; what cannot be read is said in one sentence and changes nothing."""
    seat = seat_of(request)
    if request.method == "POST":
        file = request.FILES.get("file")
        if file is None:
            raise InputError("typed_no_file")
        hazards = tuple(request.POST.get("hazards", "").replace("，", "、").replace(",", "、").split("、"))
        drafts = use.import_document(
            wiring.library(),
            seat.actor,
            filename=str(file.name),
            data=file.read(),
            jurisdiction=request.POST.get("jurisdiction") or seat.area,
            kind=PlanKind(request.POST.get("kind") or PlanKind.SPECIAL),
            hazards=tuple(item.strip() for item in hazards if item.strip()),
        )
        to = reverse("review", args=[drafts[0].draft_id]) if len(drafts) == 1 else reverse("plans")
        return pages.done(request, "imported", to, n=len(drafts))
    context = {
        "here": "plans",
        "kinds": [kind.value for kind in PlanKind],
        "areas": parse.areas(seat.directory, seat.area),
        "limit": settings.MAX_DOCUMENT_BYTES // 1024 // 1024,
        "may_import": may(seat.actor, Action.IMPORT_PLAN) is None,
    }
    return pages.page(request, "plans/import.html", context)
