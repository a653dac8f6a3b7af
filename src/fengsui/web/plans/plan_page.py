"""The plan page (预案): the text as it came beside what was read from it; and the clause in its context."""

from __future__ import annotations

from collections import OrderedDict
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.safestring import mark_safe

from fengsui.application.access import Action, may, require
from fengsui.application.plan_library import progress, reviewed
from fengsui.application.plan_library_ports import OPEN_STATES, DraftRecord
from fengsui.core.errors import InputError
from fengsui.core.plan.review import ReviewItem, doubt_id, items_of, unsettled
from fengsui.core.reading.blocks import TextLine
from fengsui.store import selectors
from fengsui.web import pages, wiring
from fengsui.web.plans.highlight import mark
from fengsui.web.plans.ladder_chart import charts
from fengsui.web.plans.source_text import KIND_OF, KINDS, Anchor, SourceText
from fengsui.web.seat import seat_of

TABS = (*(kind for kind in KINDS if kind != "doubt"), "charts", "doubts")
"""Tabs of the plan page: the kinds of highlights, then what is drawn, then what was not understood."""

SHOWN = 120
"""Items on one page of a tab."""

CONTEXT_LINES = 12
"""Lines shown before and after a clause."""


def draft_of(draft_id: str) -> DraftRecord:
    """A draft by id. Raises InputError("no_such_draft")."""
    record = wiring.library().store.draft(draft_id)
    if record is None:
        raise InputError("no_such_draft", draft=draft_id)
    return record


KEPT_TEXTS = 24
"""Texts of plans kept ready; decoding the lines of a hundred pages takes longer than all else."""

_texts: OrderedDict[tuple[str, int], SourceText] = OrderedDict()


def text_of(record: DraftRecord) -> SourceText:
    """The text of a draft. A new reading raises the revision, so what is kept is never stale."""
    key = record.draft_id, record.revision
    text = _texts.get(key)
    if text is None:
        text = SourceText(wiring.library().store.document_lines(record.document_id), record.draft.content)
        _texts[key] = text
    _texts.move_to_end(key)
    while len(_texts) > KEPT_TEXTS:
        _texts.popitem(last=False)
    return text


@pages.screen
def plan(request: HttpRequest, draft_id: str) -> HttpResponse:
    """One plan or draft: its text with everything read from it, tab by tab."""
    seat = seat_of(request)
    record = draft_of(draft_id)
    require(seat.actor, Action.SEE_PLAN, record.jurisdiction)
    content = reviewed(record)
    items = items_of(content)
    doubts = unsettled(record.draft, record.settlements)
    text = text_of(record)
    anchors = [Anchor(item.id, item.section, item.source) for item in items]
    anchors += [Anchor(doubt_id(doubt), "doubt", doubt.source) for doubt in doubts]
    context: dict[str, Any] = {
        "here": "plans",
        "record": record,
        "content": content,
        "source_html": mark_safe(text.html(anchors)),
        "kinds": list(KINDS),
        "tabs": _counted(items, len(doubts)),
        "progress": progress(record),
        "unchecked": record.state in OPEN_STATES,
        "may_review": may(seat.actor, Action.REVIEW_PLAN, record.jurisdiction) is None
        and record.state in OPEN_STATES,
        "area_name": next(
            (a.name for a in seat.directory.jurisdictions if a.code == record.jurisdiction), ""
        ),
        **_tab(request, items, [(doubt, doubt_id(doubt)) for doubt in doubts]),
    }
    if context["tab"] in ("levels", "charts"):
        context["charts"] = [(scheme, drawn) for scheme, drawn in charts(content.levels) if drawn]
        context["faulty"] = any(one.gaps or one.overlaps for _, drawn in context["charts"] for one in drawn)
    return pages.page(request, "plans/plan.html", context)


def _counted(items: tuple[ReviewItem, ...], doubts: int) -> list[tuple[str, int | None]]:
    counts = dict.fromkeys(TABS, 0)
    for item in items:
        counts[_tab_of(item.section)] += 1
    counts["doubts"] = doubts
    return [(tab, None if tab == "charts" else count) for tab, count in counts.items()]


def _tab_of(section: str) -> str:
    return KIND_OF.get(section, "measures")


def _tab(request: HttpRequest, items: tuple[ReviewItem, ...], doubts: list[Any]) -> dict[str, Any]:
    """What the open tab shows: the one asked for, or the one that holds the item asked for."""
    wanted, given = request.GET.get("at", ""), request.GET.get("tab", "")
    tab = given if given in TABS else TABS[0]
    if wanted and not given:
        found = next((item.section for item in items if item.id == wanted), None)
        tab = _tab_of(found) if found else "doubts"
    shown: list[Any] = doubts if tab == "doubts" else [one for one in items if _tab_of(one.section) == tab]
    names = [one[1] if tab == "doubts" else one.id for one in shown]
    page = request.GET.get("page", "")
    number = names.index(wanted) // SHOWN + 1 if wanted in names else int(page) if page.isdigit() else 1
    pages_all = max(1, -(-len(shown) // SHOWN))
    number = min(max(number, 1), pages_all)
    part = shown[(number - 1) * SHOWN : number * SHOWN]
    return {
        "tab": tab,
        "items": [] if tab == "doubts" else part,
        "doubts": part if tab == "doubts" else [],
        "wanted": wanted,
        "page_number": number,
        "pages": pages_all,
    }


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
