"""The plan library (预案库): import a document, approve its plans, put them in force, file and withdraw them.

What happens between import and approval, the review, is in ``plan_review``. Each use case is one
transaction of the store and one step in the history of the plan.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Protocol

from fengsui.application.access import Action, require
from fengsui.application.desk import Actor
from fengsui.application.messages import BEIJING
from fengsui.application.plan_filing import PlainWeek, filing_due
from fengsui.application.plan_library_ports import (
    DraftRecord,
    DraftState,
    KnownPlan,
    PlanLibraryStore,
    PlanStep,
    Workdays,
)
from fengsui.application.plan_sameness import earlier_version, text_hash, title_key
from fengsui.application.ports import Clock, DirectoryStore, Ids
from fengsui.core.directory import Directory
from fengsui.core.errors import Conflict, InputError, Refusal
from fengsui.core.plan.binding import suggest_bindings
from fengsui.core.plan.model import DraftPlan, Plan, PlanContent, PlanKind
from fengsui.core.plan.review import apply, unsettled
from fengsui.core.plan.surroundings import PlanIdentity
from fengsui.core.reading.blocks import TextLine
from fengsui.core.reading.clauses import PlacedClause
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
    workdays: Workdays = field(default_factory=PlainWeek)

    def today(self) -> date:
        """The day in China."""
        return self.clock.now().astimezone(BEIJING).date()


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrived:
    """What became of a document: ``new`` drafts, ``same`` plans it repeats, ``versions`` (new, earlier)."""

    new: tuple[DraftRecord, ...] = ()
    same: tuple[KnownPlan, ...] = ()
    versions: tuple[tuple[str, KnownPlan], ...] = ()


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
    kind: PlanKind | None = None,
    hazards: tuple[str, ...] = (),
) -> tuple[DraftRecord, ...]:
    """Read a document and keep one draft for each plan in it; plans known already give their drafts.

    ``kind`` None: as title and issuer say.

    Raises InputError when the file cannot be read or holds no plan, Refusal when ``actor`` may not.
    """
    require(actor, Action.IMPORT_PLAN, jurisdiction)
    document = document_id(data)
    known = library.store.drafts_of(document)
    if known:
        return known
    lines = library.read(filename, data)
    arrived = keep_document(
        library,
        actor,
        filename=filename,
        data=data,
        lines=lines,
        drafts=read_plans(lines, document),
        jurisdiction=jurisdiction,
        kind=kind,
        hazards=hazards,
    )
    same = (library.store.draft(one.draft_id) for one in arrived.same)
    return arrived.new or tuple(record for record in same if record is not None)


def keep_document(
    library: Library,
    actor: Actor,
    *,
    filename: str,
    data: bytes,
    lines: tuple[TextLine, ...],
    drafts: Iterable[DraftPlan],
    jurisdiction: str,
    kind: PlanKind | None,
    hazards: tuple[str, ...],
    bindings: tuple[tuple[tuple[str, tuple[str, ...]], ...], ...] | None = None,
    clauses: tuple[tuple[PlacedClause, ...], ...] | None = None,
) -> Arrived:
    """Keep a document that was read; a plan whose text the library has is not kept a second time.

    ``bindings``: what the bodies of each draft may stand for, ``clauses``: its clauses; where that was looked
    up before.
    """
    require(actor, Action.IMPORT_PLAN, jurisdiction)
    document, now = document_id(data), library.clock.now()
    new: list[DraftRecord] = []
    same: list[KnownPlan] = []
    versions: list[tuple[str, KnownPlan]] = []
    cut: list[tuple[PlacedClause, ...]] = []
    for place, draft in enumerate(drafts):
        content = draft.content
        text = text_hash(lines, content.first_line, content.last_line)
        twins = library.store.with_text(text)
        if twins:
            same.append(twins[0])
            continue
        metadata = content.identity or PlanIdentity()
        key = title_key(content.title)
        earlier = earlier_version(library.store.with_title(key, jurisdiction), key, metadata.issuer or "")
        record = DraftRecord(
            draft_id=library.ids.new(),
            document_id=document,
            filename=filename,
            jurisdiction=jurisdiction,
            kind=kind or metadata.kind or PlanKind.SPECIAL,
            state=DraftState.DRAFT,
            revision=1,
            draft=draft,
            bindings=suggested(library.directory.directory(), content, jurisdiction)
            if bindings is None
            else bindings[place],
            hazards=hazards,
            plan_id=earlier.plan_id if earlier else None,
            imported_at=now,
            imported_by=actor.post_id,
            metadata=metadata,
            title_key=key,
            text_hash=text,
            version_of=earlier.draft_id if earlier else None,
            history=(PlanStep(what="imported", at=now, by=actor.post_id),),
        )
        new.append(record)
        if clauses is not None:
            cut.append(clauses[place])
        if earlier:
            versions.append((record.draft_id, earlier))
    if new:
        known = None if clauses is None else tuple(cut)
        library.store.save_document(document, filename, data, lines, tuple(new), known)
    return Arrived(new=tuple(new), same=tuple(same), versions=tuple(versions))


def suggested(
    directory: Directory, content: PlanContent, jurisdiction: str
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Bodies printed in the plan with the posts and units they probably stand for."""
    found = suggest_bindings(content, directory, jurisdiction)
    return tuple((binding.printed, binding.ids) for binding in found if binding.ids)


def approve(library: Library, actor: Actor, *, draft_id: str, revision: int, note: str = "") -> DraftRecord:
    """Approve a confirmed plan (审批), ``note`` by which meeting or paper; two people: not who confirmed it.

    Raises Refusal("not_confirmed"), Refusal("confirmer_approves"), Conflict when somebody was first.
    """
    record = draft_of(library, draft_id)
    require(actor, Action.APPROVE_PLAN, record.jurisdiction)
    if record.state is not DraftState.CONFIRMED:
        raise Refusal("not_confirmed", title=record.draft.content.title)
    if record.confirmed_by == actor.post_id:
        raise Refusal("confirmer_approves", title=record.draft.content.title)
    after = replace(
        record,
        state=DraftState.APPROVED,
        revision=revision + 1,
        approved_at=library.clock.now(),
        approved_by=actor.post_id,
        history=with_step(library, actor, record, "approved", note),
    )
    return replace_draft(library, record, after, revision)


def put_in_force(library: Library, actor: Actor, *, draft_id: str, revision: int) -> Plan:
    """Put an approved plan in force; the version before it is superseded and the filing clock starts.

    Raises Refusal("not_confirmed"), Refusal("not_approved"), Refusal("in_force_later") before the day
    the plan itself names, Conflict when somebody was first.
    """
    record = draft_of(library, draft_id)
    require(actor, Action.PUT_IN_FORCE, record.jurisdiction)
    _ready(library, record, revision)
    plan_id = record.plan_id or _plan_before(library, record) or library.ids.new()
    plan = Plan(
        id=plan_id,
        version=library.store.latest_version(plan_id) + 1,
        kind=record.kind,
        jurisdiction=record.jurisdiction,
        content=reviewed(record),
        hazards=record.hazards,
        bindings=record.bindings,
    )
    today = library.today()
    metadata = replace(
        record.metadata,
        issued=record.metadata.issued or min(today, record.metadata.in_force or today),
        in_force=record.metadata.in_force or today,
    )
    after = replace(
        record,
        state=DraftState.IN_FORCE,
        plan_id=plan_id,
        revision=revision + 1,
        metadata=metadata,
        filing_due=filing_due(record.kind, metadata, library.workdays),
        history=with_step(library, actor, record, "in_force"),
    )
    library.store.put_in_force(after, plan, revision, library.clock.now())
    return plan


def _ready(library: Library, record: DraftRecord, revision: int) -> None:
    title = record.draft.content.title
    if record.state is DraftState.DRAFT:
        raise Refusal("not_confirmed", title=title)
    if record.state is not DraftState.APPROVED:
        raise Refusal("not_approved", title=title)
    day = record.metadata.in_force
    if day is not None and day > library.today():
        raise Refusal("in_force_later", title=title, day=day.isoformat())
    if record.revision != revision:
        raise Conflict("changed_meanwhile")


def _plan_before(library: Library, record: DraftRecord) -> str | None:
    """The plan in force of the version before: it may have come in force after this draft was imported."""
    seen = {record.draft_id}
    while record.version_of and record.version_of not in seen:
        seen.add(record.version_of)
        earlier = library.store.draft(record.version_of)
        if earlier is None or earlier.plan_id:
            return earlier.plan_id if earlier else None
        record = earlier
    return None


def file_plan(
    library: Library, actor: Actor, *, draft_id: str, revision: int, filed_with: str, filed_on: date
) -> DraftRecord:
    """Record that a plan in force was filed (备案) with the body ``filed_with`` on ``filed_on``.

    Raises Refusal("not_in_force_to_file"), InputError("filing_needs_body"), ("filing_day_wrong").
    """
    record = draft_of(library, draft_id)
    require(actor, Action.FILE_PLAN, record.jurisdiction)
    if record.state is not DraftState.IN_FORCE:
        raise Refusal("not_in_force_to_file", title=record.draft.content.title)
    body = filed_with.strip()
    if not body:
        raise InputError("filing_needs_body")
    issued = record.metadata.issued
    if filed_on > library.today() or (issued is not None and filed_on < issued):
        raise InputError("filing_day_wrong", day=filed_on.isoformat())
    after = replace(
        record,
        revision=revision + 1,
        filed_with=body[:200],
        filed_on=filed_on,
        history=with_step(library, actor, record, "filed", f"{body[:200]} {filed_on.isoformat()}"),
    )
    return replace_draft(library, record, after, revision)


def withdraw(library: Library, actor: Actor, *, draft_id: str, revision: int) -> DraftRecord:
    """Take a plan out of force. Running incidents keep the version they were opened with."""
    record = draft_of(library, draft_id)
    require(actor, Action.WITHDRAW_PLAN, record.jurisdiction)
    if record.state is not DraftState.IN_FORCE:
        raise Refusal("not_in_force", title=record.draft.content.title)
    after = replace(
        record,
        state=DraftState.WITHDRAWN,
        revision=revision + 1,
        history=with_step(library, actor, record, "withdrawn"),
    )
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


def with_step(
    library: Library, actor: Actor, record: DraftRecord, what: str, note: str = ""
) -> tuple[PlanStep, ...]:
    """The history of ``record`` with one step more, taken now by ``actor``."""
    step = PlanStep(what=what, at=library.clock.now(), by=actor.post_id, note=note.strip()[:500])
    return (*record.history, step)


def replace_draft(library: Library, before: DraftRecord, after: DraftRecord, revision: int) -> DraftRecord:
    """Write ``after`` over ``before``. Raises Conflict when the actor saw another revision."""
    if before.revision != revision:
        raise Conflict("changed_meanwhile")
    library.store.update_draft(after, revision)
    return after
