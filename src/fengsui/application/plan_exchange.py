"""Plans that travel as JSON (预案数据): out of a library, and into one again without loss."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache
from typing import Any

from fengsui.application.access import Action, require
from fengsui.application.desk import Actor
from fengsui.application.plan_library import Library, document_id, reviewed
from fengsui.application.plan_library_ports import DraftRecord, DraftState, PlanStep
from fengsui.application.plan_sameness import earlier_version, text_hash, title_key
from fengsui.core.errors import InputError
from fengsui.core.plan.codec import from_data, to_data
from fengsui.core.plan.model import DraftPlan, Plan, PlanKind
from fengsui.core.plan.review import unsettled
from fengsui.core.plan.schema import (
    FORMAT,
    FORMAT_VERSION,
    SCHEMA_ID,
    PlanDocument,
    SourceLine,
    first_fault,
    plan_schema,
)
from fengsui.core.plan.surroundings import PlanIdentity
from fengsui.core.reading.blocks import TextLine


def plan_document(plan: DraftRecord | DraftPlan | Plan, lines: Iterable[TextLine] = ()) -> dict[str, Any]:
    """The JSON-ready document of a plan: of a draft as its reviewers left it, with the doubts still open.

    ``lines`` is the text as read; given, the lines of this plan go along, so that citations can be shown.
    """
    document = _document_of(plan)
    content = document.draft.content
    kept = tuple(
        SourceLine(number=line.number, text=line.text)
        for line in lines
        if content.first_line <= line.number <= content.last_line
    )
    body: dict[str, Any] = to_data(replace(document, lines=kept))
    return {"$schema": SCHEMA_ID, "format": FORMAT, "version": FORMAT_VERSION, **body}


def _document_of(plan: DraftRecord | DraftPlan | Plan) -> PlanDocument:
    if isinstance(plan, DraftPlan):
        identity = plan.content.identity
        return PlanDocument(draft=plan, kind=identity.kind if identity else None)
    if isinstance(plan, Plan):
        draft = DraftPlan(content=plan.content)
    else:
        content = reviewed(plan)
        if plan.metadata != PlanIdentity():
            content = replace(content, identity=plan.metadata)
        draft = DraftPlan(content=content, doubts=unsettled(plan.draft, plan.settlements))
    return PlanDocument(
        draft=draft,
        kind=plan.kind,
        jurisdiction=plan.jurisdiction,
        hazards=plan.hazards,
        bindings=plan.bindings,
    )


def plan_document_text(document: Mapping[str, Any]) -> str:
    """The document as text of a file: UTF-8, two blanks an inner level, a line end at the end."""
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def looks_like_plan_document(data: bytes) -> bool:
    """Whether a file is plan data of this software, by its beginning; cheap, for sorting files on import."""
    return data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{" and f'"{FORMAT}"'.encode() in data[:2000]


def read_plan_document(data: bytes | str | Mapping[str, Any]) -> PlanDocument:
    """The plan of a JSON document.

    Raises InputError: ``plan_json_other`` (JSON of something else), ``plan_json_version``,
    ``plan_json_malformed`` (with ``where``: the path of the first value that is wrong).
    """
    parsed = data if isinstance(data, Mapping) else _parsed(data)
    if not isinstance(parsed, Mapping) or parsed.get("format") != FORMAT:
        raise InputError("plan_json_other")
    if parsed.get("version") != FORMAT_VERSION or isinstance(parsed["version"], bool):
        raise InputError("plan_json_version", version=str(parsed.get("version"))[:20], known=FORMAT_VERSION)
    try:
        fault = first_fault(_schema(), dict(parsed))
        if fault is None:
            return from_data(PlanDocument, parsed)
    except (ValueError, TypeError, KeyError, IndexError, ArithmeticError, RecursionError) as problem:
        raise InputError("plan_json_malformed", where="draft") from problem
    raise InputError("plan_json_malformed", where=fault[:120])


@cache
def _schema() -> Mapping[str, Any]:
    return plan_schema()


def _parsed(data: bytes | str) -> Any:
    try:
        return json.loads(
            data.decode("utf-8-sig") if isinstance(data, bytes) else data.removeprefix("\ufeff")
        )
    except json.JSONDecodeError as problem:
        raise InputError("plan_json_malformed", where=f"L{problem.lineno}") from problem
    except (ValueError, RecursionError) as problem:
        raise InputError("plan_json_malformed", where="UTF-8") from problem


def import_plan_document(
    library: Library, actor: Actor, *, filename: str, data: bytes, jurisdiction: str
) -> DraftRecord:
    """Take a plan document into the library as a draft: content, open doubts and bindings as they were.

    The same file again gives the draft it gave before. Raises InputError as ``read_plan_document`` does,
    Refusal when ``actor`` may not import plans of ``jurisdiction``.
    """
    require(actor, Action.IMPORT_PLAN, jurisdiction)
    document = document_id(data)
    known = library.store.drafts_of(document)
    if known:
        return known[0]
    came = read_plan_document(data)
    lines, content = _text_of(came), came.draft.content
    metadata, now = content.identity or PlanIdentity(), library.clock.now()
    key = title_key(content.title)
    earlier = earlier_version(library.store.with_title(key, jurisdiction), key, metadata.issuer or "")
    record = DraftRecord(
        draft_id=library.ids.new(),
        document_id=document,
        filename=filename,
        jurisdiction=jurisdiction,
        kind=came.kind or PlanKind.SPECIAL,
        state=DraftState.DRAFT,
        revision=1,
        draft=came.draft,
        bindings=came.bindings,
        hazards=came.hazards,
        plan_id=earlier.plan_id if earlier else None,
        imported_at=now,
        imported_by=actor.post_id,
        metadata=metadata,
        title_key=key,
        text_hash=text_hash(lines, content.first_line, content.last_line) if lines else "",
        version_of=earlier.draft_id if earlier else None,
        history=(PlanStep(what="imported", at=now, by=actor.post_id),),
    )
    library.store.save_document(document, filename, data, lines, (record,))
    return record


def _text_of(came: PlanDocument) -> tuple[TextLine, ...]:
    """The lines with their numbers, those that did not travel empty: line 12 stays line 12."""
    texts = {line.number: line.text for line in came.lines if 0 < line.number <= came.draft.content.last_line}
    last = max(texts, default=0)
    return tuple(
        TextLine(number=number, text=texts.get(number, ""), complete=True) for number in range(1, last + 1)
    )
