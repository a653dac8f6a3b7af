"""Documents, drafts and plans in force (ports ``PlanLibraryStore`` and ``PlanStore``)."""

from __future__ import annotations

import hashlib
import json
from collections import OrderedDict
from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max, QuerySet

from fengsui.application.plan_library_ports import DraftRecord, DraftState, KnownPlan, PlanStep
from fengsui.core.directory import Jurisdiction
from fengsui.core.errors import Conflict, InputError
from fengsui.core.plan.codec import from_data, to_data
from fengsui.core.plan.model import DraftPlan, Plan, PlanKind
from fengsui.core.plan.review import Settlement, unsettled
from fengsui.core.plan.surroundings import PlanIdentity
from fengsui.core.reading.blocks import TextLine
from fengsui.core.reading.clauses import PlacedClause
from fengsui.store import clauses as clause_index
from fengsui.store import figures
from fengsui.store.failures import told_plainly
from fengsui.store.models import Document, PlanDraft, PlanVersion

KEPT_PLANS = 4096
"""Decoded plans kept in memory; a stored version never changes, so none of them is ever stale."""

_decoded: OrderedDict[str, Plan] = OrderedDict()


def _dump(value: Any) -> str:
    return json.dumps(to_data(value), ensure_ascii=False, separators=(",", ":"))


class DjangoLibrary:
    """``PlanLibraryStore`` on the tables of ``store.models.library``."""

    def save_document(
        self,
        document_id: str,
        filename: str,
        data: bytes,
        lines: tuple[TextLine, ...],
        drafts: tuple[DraftRecord, ...],
        clauses: tuple[tuple[PlacedClause, ...], ...] | None = None,
    ) -> None:
        """Keep a document, its text as read and its drafts in one transaction; twice is harmless."""
        with told_plainly(), transaction.atomic():
            Document.objects.bulk_create(
                [
                    Document(
                        id=document_id,
                        filename=filename[:255],
                        sha256=hashlib.sha256(data).hexdigest(),
                        data=data,
                        lines=_dump(lines),
                    )
                ],
                ignore_conflicts=True,
            )
            PlanDraft.objects.bulk_create(
                [
                    PlanDraft(id=record.draft_id, position=place, **_draft_columns(record))
                    for place, record in enumerate(drafts)
                ],
                ignore_conflicts=True,
            )
            if clauses is None:
                clause_index.index(document_id, lines)
            else:
                ids = (record.draft_id for record in drafts)
                clause_index.put(dict(zip(ids, clauses, strict=True)))
            figures.keep(drafts)

    def document_lines(self, document_id: str) -> tuple[TextLine, ...]:
        """The text as read; empty if the document is unknown."""
        with told_plainly():
            text = Document.objects.filter(pk=document_id).values_list("lines", flat=True).first()
        return from_data(tuple[TextLine, ...], json.loads(text)) if text else ()

    def document_data(self, document_id: str) -> tuple[str, bytes] | None:
        """File name and bytes of a document as it came; None if unknown."""
        with told_plainly():
            row = Document.objects.filter(pk=document_id).values_list("filename", "data").first()
        return None if row is None else (row[0], bytes(row[1]))

    def replace_reading(
        self, document_id: str, lines: tuple[TextLine, ...], drafts: tuple[tuple[DraftRecord, int], ...]
    ) -> None:
        """Keep a new reading of a document: its text and drafts, each with the revision it replaces."""
        with told_plainly(), transaction.atomic():
            for record, expected_revision in drafts:
                _replace(record, expected_revision)
            Document.objects.filter(pk=document_id).update(lines=_dump(lines))
            clause_index.index(document_id, lines)

    def drafts_of(self, document_id: str) -> tuple[DraftRecord, ...]:
        """The drafts read from one document, in its order."""
        with told_plainly():
            rows = PlanDraft.objects.filter(document_id=document_id).order_by("position", "id")
            return tuple(_draft_record(row) for row in rows)

    def draft(self, draft_id: str) -> DraftRecord | None:
        """One draft, None if unknown."""
        with told_plainly():
            row = PlanDraft.objects.filter(pk=draft_id).first()
            return None if row is None else _draft_record(row)

    def update_draft(self, record: DraftRecord, expected_revision: int) -> None:
        """Replace a draft; ``record.revision`` is the new one. Raises Conflict("changed_meanwhile")."""
        with told_plainly(), transaction.atomic():
            _replace(record, expected_revision)

    def put_in_force(self, record: DraftRecord, plan: Plan, expected_revision: int, at: datetime) -> None:
        """Store ``plan`` and mark the draft in force, earlier versions superseded, in one transaction."""
        try:
            with told_plainly(), transaction.atomic():
                _replace(record, expected_revision)
                _supersede(plan.id, record.draft_id, at)
                _store_version(plan, record.draft_id, at)
        except IntegrityError:
            raise Conflict("changed_meanwhile", plan=plan.id) from None

    def latest_version(self, plan_id: str) -> int:
        """The highest version stored of a plan; 0 if none."""
        with told_plainly():
            found = PlanVersion.objects.filter(plan_id=plan_id).aggregate(latest=Max("version"))
        return found["latest"] or 0

    def with_text(self, text_hash: str) -> tuple[KnownPlan, ...]:
        """Plans of the library with this text, the earliest first."""
        with told_plainly():
            return _known(PlanDraft.objects.filter(text_hash=text_hash).order_by("imported_at", "id"))

    def with_title(self, title_key: str, jurisdiction: str) -> tuple[KnownPlan, ...]:
        """Plans of this jurisdiction with this title, the latest first; withdrawn ones are among them."""
        with told_plainly():
            rows = PlanDraft.objects.filter(title_key=title_key, jurisdiction=jurisdiction)
            return _known(rows.order_by("-imported_at", "-position", "id"))

    def plan_named(self, title: str, jurisdiction: str) -> str | None:
        """Id of the plan in force with this title in this jurisdiction, None if there is none."""
        with told_plainly():
            rows = PlanVersion.objects.filter(
                title=title[:300], jurisdiction=jurisdiction, ended_at__isnull=True
            )
            return rows.order_by("in_force_from").values_list("plan_id", flat=True).first()

    def withdraw(self, record: DraftRecord, expected_revision: int, at: datetime) -> None:
        """Take the plan made from this draft out of force."""
        with told_plainly(), transaction.atomic():
            _replace(record, expected_revision)
            PlanVersion.objects.filter(plan_id=record.plan_id, ended_at__isnull=True).update(ended_at=at)


class DjangoPlans:
    """``PlanStore``: plans in force and their earlier versions."""

    def in_force(self, at_code: str) -> tuple[Plan, ...]:
        """Plans in force that govern the area ``at_code``: its own and those of the areas above it."""
        with told_plainly():
            rows = PlanVersion.objects.filter(ended_at__isnull=True)
            codes = rows.order_by().values_list("jurisdiction", flat=True).distinct()
            above = [code for code in codes if Jurisdiction(code=code, name="").covers(at_code)]
            found = rows.filter(jurisdiction__in=above).order_by("jurisdiction", "title", "plan_id")
            return tuple(_plans(found.values_list("pk", "sha256")))

    def plan(self, plan_id: str, version: int | None = None) -> Plan:
        """One plan, by default its version in force. Raises InputError("plan_unknown")."""
        with told_plainly():
            rows = PlanVersion.objects.filter(plan_id=plan_id)
            rows = rows.filter(ended_at__isnull=True) if version is None else rows.filter(version=version)
            found = list(_plans(rows.values_list("pk", "sha256")))
        if not found:
            raise InputError("plan_unknown", plan=plan_id)
        return found[0]


def _plans(keys: Iterable[tuple[int, str]]) -> list[Plan]:
    """The plans of these rows; only those never seen before are fetched and decoded."""
    wanted = list(keys)
    missing = [pk for pk, sha256 in wanted if sha256 not in _decoded]
    for sha256, text in PlanVersion.objects.filter(pk__in=missing).values_list("sha256", "plan"):
        _decoded[sha256] = from_data(Plan, json.loads(text))
    plans = [_decoded[sha256] for _, sha256 in wanted]
    for _, sha256 in wanted:
        _decoded.move_to_end(sha256)
    while len(_decoded) > KEPT_PLANS:
        _decoded.popitem(last=False)
    return plans


def _known(rows: QuerySet[PlanDraft]) -> tuple[KnownPlan, ...]:
    columns = ("id", "document_id", "title", "filename", "issuer", "state", "plan_id")
    return tuple(
        KnownPlan(
            draft_id=draft_id,
            document_id=document_id,
            title=title,
            filename=filename,
            issuer=issuer,
            state=DraftState(state),
            plan_id=plan_id,
        )
        for draft_id, document_id, title, filename, issuer, state, plan_id in rows.values_list(*columns)[:20]
    )


def _replace(record: DraftRecord, expected_revision: int) -> None:
    changed = PlanDraft.objects.filter(pk=record.draft_id, revision=expected_revision).update(
        **_draft_columns(record)
    )
    if changed != 1:
        raise Conflict("changed_meanwhile", draft=record.draft_id)
    figures.keep((record,))


def _supersede(plan_id: str, by_draft: str, at: datetime) -> None:
    before = PlanVersion.objects.select_for_update().filter(plan_id=plan_id, ended_at__isnull=True)
    old_drafts = [draft for draft in before.values_list("draft_id", flat=True) if draft]
    before.update(ended_at=at)
    superseded = PlanDraft.objects.filter(pk__in=old_drafts, state=DraftState.IN_FORCE.value)
    superseded.exclude(pk=by_draft).update(state=DraftState.SUPERSEDED.value)


def _store_version(plan: Plan, draft_id: str, at: datetime) -> None:
    text = _dump(plan)
    PlanVersion.objects.create(
        plan_id=plan.id,
        version=plan.version,
        title=plan.content.title[:300],
        jurisdiction=plan.jurisdiction,
        kind=plan.kind.value,
        hazards=_dump(plan.hazards),
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        draft_id=draft_id,
        in_force_from=at,
        plan=text,
    )


def _draft_columns(record: DraftRecord) -> dict[str, Any]:
    return {
        "document_id": record.document_id,
        "filename": record.filename[:255],
        "title": record.draft.content.title[:300],
        "jurisdiction": record.jurisdiction,
        "kind": record.kind.value,
        "state": record.state.value,
        "revision": record.revision,
        "hazards": _dump(record.hazards),
        "doubts": len(record.draft.doubts),
        "open_doubts": len(unsettled(record.draft, record.settlements)),
        "plan_id": record.plan_id,
        "imported_at": record.imported_at,
        "imported_by": record.imported_by,
        "confirmed_at": record.confirmed_at,
        "confirmed_by": record.confirmed_by,
        "approved_at": record.approved_at,
        "approved_by": record.approved_by,
        **_metadata_columns(record.metadata),
        "title_key": record.title_key,
        "text_hash": record.text_hash,
        "version_of": record.version_of,
        "filing_due": record.filing_due,
        "filed_on": record.filed_on,
        "filed_with": record.filed_with,
        "history": _dump(record.history),
        "draft": _dump(record.draft),
        "settlements": _dump(record.settlements),
        "bindings": _dump(record.bindings),
    }


def _metadata_columns(metadata: PlanIdentity) -> dict[str, Any]:
    return {
        "number": (metadata.number or "")[:100],
        "issuer": (metadata.issuer or "")[:200],
        "issued": metadata.issued,
        "in_force_on": metadata.in_force,
        "hazard_class": metadata.hazard_class.value if metadata.hazard_class else "",
        "event_code": (metadata.event_code or "")[:10],
        "upper_title": "、".join(metadata.upper)[:300],
        "metadata": _dump(metadata),
    }


@lru_cache(maxsize=32)
def _draft_plan(text: str) -> DraftPlan:
    """A draft decoded once while it is being looked at: by its text, so it is never stale."""
    return from_data(DraftPlan, json.loads(text))


def _draft_record(row: PlanDraft) -> DraftRecord:
    return DraftRecord(
        draft_id=row.id,
        document_id=row.document_id,
        filename=row.filename,
        jurisdiction=row.jurisdiction,
        kind=PlanKind(row.kind),
        state=DraftState(row.state),
        revision=row.revision,
        draft=_draft_plan(row.draft),
        settlements=from_data(tuple[Settlement, ...], json.loads(row.settlements)),
        bindings=from_data(tuple[tuple[str, tuple[str, ...]], ...], json.loads(row.bindings)),
        hazards=from_data(tuple[str, ...], json.loads(row.hazards)),
        plan_id=row.plan_id,
        imported_at=row.imported_at,
        imported_by=row.imported_by,
        confirmed_at=row.confirmed_at,
        confirmed_by=row.confirmed_by,
        approved_at=row.approved_at,
        approved_by=row.approved_by,
        metadata=from_data(PlanIdentity, json.loads(row.metadata)) if row.metadata else PlanIdentity(),
        title_key=row.title_key,
        text_hash=row.text_hash,
        version_of=row.version_of,
        filing_due=row.filing_due,
        filed_on=row.filed_on,
        filed_with=row.filed_with,
        history=from_data(tuple[PlanStep, ...], json.loads(row.history)),
    )
