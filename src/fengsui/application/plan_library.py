"""The plan library (预案库): import a document, put its plans in force, withdraw them.

What happens in between, the review, is in ``plan_review``. Each use case is one transaction of the store.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import Protocol

from fengsui.application.access import Action, require
from fengsui.application.desk import Actor
from fengsui.application.plan_library_ports import DraftRecord, DraftState, PlanLibraryStore
from fengsui.application.ports import Clock, DirectoryStore, Ids
from fengsui.core.errors import Conflict, InputError, Refusal
from fengsui.core.plan.binding import suggest_bindings
from fengsui.core.plan.model import Plan, PlanContent, PlanKind
from fengsui.core.plan.review import apply, unsettled
from fengsui.core.reading.blocks import TextLine
from fengsui.core.reading.draft import read_plans


class ReadDocument(Protocol):
    """Turns the bytes of a file into lines. Raises InputError when it cannot."""

    def __call__(self, filename: str, data: bytes) -> tuple[TextLine, ...]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Library:
    """The ports of the plan library."""

    store: PlanLibraryStore
    directory: DirectoryStore
    read: ReadDocument
    clock: Clock
    ids: Ids


def document_id(data: bytes) -> str:
    """The identity of a document: its content, so that the same file is recognised under any name."""
    return hashlib.sha256(data).hexdigest()[:16]


def import_document(
    library: Library,
    actor: Actor,
    *,
    filename: str,
    data: bytes,
    jurisdiction: str,
    kind: PlanKind = PlanKind.SPECIAL,
    hazards: tuple[str, ...] = (),
) -> tuple[DraftRecord, ...]:
    """Read a document and keep one draft for each plan in it; a file read before gives its drafts.

    Raises InputError when the file cannot be read or holds no plan, Refusal when ``actor`` may not.
    """
    require(actor, Action.IMPORT_PLAN, jurisdiction)
    document = document_id(data)
    known = library.store.drafts_of(document)
    if known:
        return known
    lines = library.read(filename, data)
    now = library.clock.now()
    records = tuple(
        DraftRecord(
            draft_id=library.ids.new(),
            document_id=document,
            filename=filename,
            jurisdiction=jurisdiction,
            kind=kind,
            state=DraftState.DRAFT,
            revision=1,
            draft=draft,
            bindings=_suggested(library, draft.content, jurisdiction),
            hazards=hazards,
            plan_id=library.store.plan_named(draft.content.title, jurisdiction),
            imported_at=now,
            imported_by=actor.post_id,
        )
        for draft in read_plans(lines, document)
    )
    library.store.save_document(document, filename, data, lines, records)
    return records


def _suggested(
    library: Library, content: PlanContent, jurisdiction: str
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    found = suggest_bindings(content, library.directory.directory(), jurisdiction)
    return tuple((binding.printed, binding.ids) for binding in found if binding.ids)


def put_in_force(library: Library, actor: Actor, *, draft_id: str, revision: int) -> Plan:
    """Put a confirmed draft in force; the version before it is superseded.

    Raises Refusal("not_confirmed") for a draft, Conflict when somebody was first.
    """
    record = draft_of(library, draft_id)
    require(actor, Action.PUT_IN_FORCE, record.jurisdiction)
    if record.state is not DraftState.CONFIRMED:
        raise Refusal("not_confirmed", title=record.draft.content.title)
    if record.revision != revision:
        raise Conflict("changed_meanwhile")
    title = record.draft.content.title
    plan_id = record.plan_id or library.store.plan_named(title, record.jurisdiction) or library.ids.new()
    plan = Plan(
        id=plan_id,
        version=library.store.latest_version(plan_id) + 1,
        kind=record.kind,
        jurisdiction=record.jurisdiction,
        content=reviewed(record),
        hazards=record.hazards,
        bindings=record.bindings,
    )
    after = replace(record, state=DraftState.IN_FORCE, plan_id=plan_id, revision=revision + 1)
    library.store.put_in_force(after, plan, revision, library.clock.now())
    return plan


def withdraw(library: Library, actor: Actor, *, draft_id: str, revision: int) -> DraftRecord:
    """Take a plan out of force. Running incidents keep the version they were opened with."""
    record = draft_of(library, draft_id)
    require(actor, Action.WITHDRAW_PLAN, record.jurisdiction)
    if record.state is not DraftState.IN_FORCE:
        raise Refusal("not_in_force", title=record.draft.content.title)
    after = replace(record, state=DraftState.WITHDRAWN, revision=revision + 1)
    library.store.withdraw(after, revision, library.clock.now())
    return after


def reviewed(record: DraftRecord) -> PlanContent:
    """The content of a draft as the reviewers left it."""
    return apply(record.draft.content, record.settlements)


def progress(record: DraftRecord) -> tuple[int, int]:
    """How many doubts are settled, of how many."""
    total = len(record.draft.doubts)
    return total - len(unsettled(record.draft, record.settlements)), total


def draft_of(library: Library, draft_id: str) -> DraftRecord:
    """The draft with this id. Raises InputError("no_such_draft")."""
    record = library.store.draft(draft_id)
    if record is None:
        raise InputError("no_such_draft", draft=draft_id)
    return record
