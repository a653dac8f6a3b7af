"""The plan page (预案): the text as it came beside what was read from it; and the clause in its context."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from fengsui.application.access import Action, may, require
from fengsui.application.plan_library import progress, reviewed
from fengsui.application.plan_library_ports import DraftRecord, DraftState
from fengsui.core.errors import InputError
from fengsui.core.plan.review import ReviewItem, items_of, unsettled
from fengsui.core.reading.blocks import TextLine
from fengsui.store import selectors
from fengsui.web import pages, wiring
from fengsui.web.plans.highlight import mark
from fengsui.web.plans.ladder_chart import charts
from fengsui.web.seat import seat_of

TABS = {
    "levels": ("levels", "boundary_rule"),
    "power": ("activation", "termination"),
    "deadlines": ("deadlines",),
    "bodies": ("command", "units", "groups", "contacts"),
    "duties": ("duties",),
    "measures": ("measures",),
    "upkeep": ("drills", "revision"),
}
"""Tabs of the plan page and the sections each shows."""

CONTEXT_LINES = 12
"""Lines shown before and after a clause."""


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A line of the text with how many items rest on it."""

    number: int
    text: str
    heading: bool
    items: int


def draft_of(draft_id: str) -> DraftRecord:
    """A draft by id. Raises InputError("no_such_draft")."""
    record = wiring.library().store.draft(draft_id)
    if record is None:
        raise InputError("no_such_draft", draft=draft_id)
    return record


def source_lines(record: DraftRecord, items: tuple[ReviewItem, ...]) -> list[SourceLine]:
    """The text of one plan of a document, with its items counted by line."""
    content = record.draft.content
    counts: dict[int, int] = {}
    for item in items:
        counts[item.source.line] = counts.get(item.source.line, 0) + 1
    for doubt in record.draft.doubts:
        counts[doubt.source.line] = counts.get(doubt.source.line, 0) + 1
    headings = {heading.line for heading in content.headings}
    lines = wiring.library().store.document_lines(record.document_id)
    return [
        SourceLine(line.number, line.text, line.number in headings, counts.get(line.number, 0))
        for line in lines
        if content.first_line <= line.number <= content.last_line and line.text.strip()
    ]


@pages.screen
def plan(request: HttpRequest, draft_id: str) -> HttpResponse:
    """One plan or draft."""
    seat = seat_of(request)
    record = draft_of(draft_id)
    content = reviewed(record)
    items = items_of(content)
    tab = request.GET.get("tab", "levels")
    context: dict[str, Any] = {
        "here": "plans",
        "record": record,
        "content": content,
        "lines": source_lines(record, items),
        "tabs": [
            (code, [item for item in items if item.section in sections]) for code, sections in TABS.items()
        ],
        "tab": tab if tab in (*TABS, "doubts") else "levels",
        "charts": charts(content.levels),
        "doubts": unsettled(record.draft, record.settlements),
        "progress": progress(record),
        "may_review": may(seat.actor, Action.REVIEW_PLAN, record.jurisdiction) is None
        and record.state in (DraftState.DRAFT, DraftState.CONFIRMED),
        "may_put": may(seat.actor, Action.PUT_IN_FORCE, record.jurisdiction) is None,
        "may_withdraw": may(seat.actor, Action.WITHDRAW_PLAN, record.jurisdiction) is None,
        "area_name": next(
            (a.name for a in seat.directory.jurisdictions if a.code == record.jurisdiction), ""
        ),
    }
    return pages.page(request, "plans/plan.html", context)


def by_plan(request: HttpRequest, plan_id: str) -> HttpResponse:
    """From a plan in force to its page."""
    draft_id = selectors.draft_in_force(plan_id)
    if draft_id is None:
        return pages.screen(_gone)(request, plan_id)
    return HttpResponseRedirect(reverse("plan", args=[draft_id]))


def _gone(request: HttpRequest, plan_id: str) -> HttpResponse:
    raise InputError("plan_unknown", plan=plan_id)


@pages.screen
def cite(request: HttpRequest) -> HttpResponse:
    """A clause in its context, for the dialog; as a page for whoever has no script."""
    require(seat_of(request).actor, Action.SEE_PLAN)
    document = request.GET.get("document", "")
    line = int(request.GET["line"]) if request.GET.get("line", "").isdigit() else 1
    quote = request.GET.get("quote", "")[:500]
    library = wiring.library()
    lines = library.store.document_lines(document)
    drafts = library.store.drafts_of(document)
    inside = next(
        (item for item in drafts if item.draft.content.first_line <= line <= item.draft.content.last_line),
        None,
    )
    context = {
        "here": "plans",
        "filename": inside.draft.content.title if inside else (drafts[0].filename if drafts else document),
        "line": line,
        "clause": request.GET.get("clause", "")[:40],
        "quote": quote,
        "lines": mark(_around(lines, line), line, quote),
        "plan_href": f"{reverse('plan', args=[inside.draft_id])}#L{line}" if inside else "",
    }
    if request.headers.get("HX-Request") == "true":
        return pages.part(request, "parts/cite.html", context)
    return pages.page(request, "plans/cite.html", context)


def _around(lines: tuple[TextLine, ...], line: int) -> list[TextLine]:
    near = [item for item in lines if abs(item.number - line) <= CONTEXT_LINES]
    return [item for item in near if item.text.strip()]
