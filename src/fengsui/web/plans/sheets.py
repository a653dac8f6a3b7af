"""Files made from a plan, as answers to a browser: their type, their name, their marks."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from fengsui.application.plan_library import reviewed
from fengsui.application.plan_library_ports import DraftRecord, DraftState
from fengsui.application.wording import word
from fengsui.core.plan.model import Plan
from fengsui.web import wiring

TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "svg": "image/svg+xml; charset=utf-8",
    "json": "application/json; charset=utf-8",
    "html": "text/html; charset=utf-8",
    "sarif": "application/sarif+json; charset=utf-8",
}


def file_answer(data: bytes, name: str, kind: str, *, inline: bool = False) -> HttpResponse:
    """The file ``name`` (a title, without its ending) of ``kind``; ``inline``: shown, not kept."""
    safe = "".join(sign for sign in name if sign.isalnum() or sign in "-_（）《》、 ")[:80] or "plan"
    disposition = content_disposition_header(not inline, f"{safe}.{kind}")
    return HttpResponse(data, content_type=TYPES[kind], headers={"Content-Disposition": disposition or ""})


def marks_of(record: DraftRecord | None, language: str) -> tuple[str, ...]:
    """What stands on every page made from a plan: draft unless in force, exercise where it is one."""
    codes = ["draft", "not_in_force"] if record and record.state is not DraftState.IN_FORCE else []
    if wiring.is_exercise():
        codes.append("exercise")
    return tuple(word("document", code, language) for code in codes)


def as_plan_of(record: DraftRecord) -> Plan:
    """The plan a draft would be, as its reviewers left it: for what shows plans in force and drafts alike."""
    return Plan(
        id=record.plan_id or record.draft_id,
        version=0,
        kind=record.kind,
        jurisdiction=record.jurisdiction,
        content=reviewed(record),
        hazards=record.hazards,
        bindings=record.bindings,
    )
