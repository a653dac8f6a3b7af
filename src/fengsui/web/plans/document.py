"""A plan written back as an official document, or as data (公文、JSON)."""

from __future__ import annotations

from dataclasses import replace

from django.http import HttpRequest, HttpResponse

from fengsui import bootstrap
from fengsui.application.access import Action, require
from fengsui.application.documents import FORMATS, official_document, outline_of
from fengsui.application.plan_exchange import plan_document as document_of
from fengsui.application.plan_exchange import plan_document_text
from fengsui.application.plan_library import reviewed
from fengsui.application.plan_library_ports import DraftState
from fengsui.core.errors import InputError
from fengsui.core.plan.surroundings import PlanIdentity
from fengsui.core.reading.draft import plan_outlines
from fengsui.web import pages, wiring
from fengsui.web.plans.plan_page import draft_of
from fengsui.web.plans.sheets import file_answer, marks_of
from fengsui.web.seat import seat_of


@pages.screen
def choose_document(request: HttpRequest, draft_id: str) -> HttpResponse:
    """What can be made of a plan, to choose from."""
    seat = seat_of(request)
    require(seat.actor, Action.SEE_PLAN)
    record = draft_of(draft_id)
    context = {
        "here": "plans",
        "record": record,
        "content": record.draft.content,
        "marks": marks_of(record, seat.language),
    }
    return pages.page(request, "plans/document.html", context)


@pages.screen
def plan_document(request: HttpRequest, draft_id: str, kind: str) -> HttpResponse:
    """The official document as .docx or .pdf; ``?annex=0`` leaves the compiled annex out."""
    seat = seat_of(request)
    require(seat.actor, Action.SEE_PLAN)
    if kind not in FORMATS:
        raise InputError("format_not_written", format=kind, formats="、".join(FORMATS))
    record = draft_of(draft_id)
    content = reviewed(record)
    if record.metadata != PlanIdentity():
        # What the library was told of the document counts before what was read in it.
        content = replace(content, identity=record.metadata)
    lines = wiring.library().store.document_lines(record.document_id)
    paper = official_document(
        content,
        outline_of(plan_outlines(lines, record.document_id), content),
        lines,
        in_force=record.state is DraftState.IN_FORCE,
        exercise=wiring.is_exercise(),
        language=seat.language,
        compiled=request.GET.get("annex") != "0",
    )
    return file_answer(bootstrap.document_file(paper, kind), content.title, kind)


@pages.screen
def plan_data(request: HttpRequest, draft_id: str) -> HttpResponse:
    """The plan as data that is read back without loss."""
    require(seat_of(request).actor, Action.SEE_PLAN)
    record = draft_of(draft_id)
    lines = wiring.library().store.document_lines(record.document_id)
    text = plan_document_text(document_of(record, lines))
    return file_answer(text.encode(), record.draft.content.title, "json")
