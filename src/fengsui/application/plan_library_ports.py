"""What the plan library needs from a store (预案库的存储端口)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol

from fengsui.core.plan.model import DraftPlan, Plan, PlanKind
from fengsui.core.plan.review import Settlement
from fengsui.core.plan.surroundings import PlanIdentity
from fengsui.core.reading.blocks import TextLine
from fengsui.core.reading.clauses import PlacedClause


class DraftState(StrEnum):
    """Where a plan stands in the library."""

    DRAFT = "draft"  # 待校核
    CONFIRMED = "confirmed"  # 已校核
    APPROVED = "approved"  # 已审批
    IN_FORCE = "in_force"  # 施行中
    SUPERSEDED = "superseded"  # 已被新版代替
    WITHDRAWN = "withdrawn"  # 已撤下


OPEN_STATES = (DraftState.DRAFT, DraftState.CONFIRMED, DraftState.APPROVED)
"""States in which a draft can still be changed; a change makes it a draft again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanStep:
    """One step of a plan: ``what`` a code (confirmed, approved, filed, …), ``by`` a post."""

    what: str
    at: datetime
    by: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownPlan:
    """A plan of the library, as much of it as tells whether another is the same or a later version."""

    draft_id: str
    document_id: str
    title: str
    filename: str
    issuer: str
    state: DraftState
    plan_id: str | None


_NOTHING_SAID = PlanIdentity()


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftRecord:
    """One plan of one document with its review.

    ``revision`` counts changes of this record: an editor who saves against an older one gets a
    Conflict and loses nothing. ``bindings`` ties printed bodies to ids of posts and units. ``plan_id`` is
    that of the plan in force made from it, or of the plan it is a new version of; ``version_of`` the draft
    that came before it. ``metadata`` is what the plan says of itself as the editor left it.
    ``filing_due`` is the last day for filing (备案), None where none is asked; ``title_key`` and
    ``text_hash`` are as ``plan_sameness`` makes them.
    """

    draft_id: str
    document_id: str
    filename: str
    jurisdiction: str
    kind: PlanKind
    state: DraftState
    revision: int
    draft: DraftPlan
    settlements: tuple[Settlement, ...] = ()
    bindings: tuple[tuple[str, tuple[str, ...]], ...] = ()
    hazards: tuple[str, ...] = ()
    plan_id: str | None = None
    imported_at: datetime
    imported_by: str
    confirmed_at: datetime | None = None
    confirmed_by: str | None = None
    approved_at: datetime | None = None
    approved_by: str | None = None
    metadata: PlanIdentity = _NOTHING_SAID
    title_key: str = ""
    text_hash: str = ""
    version_of: str | None = None
    filing_due: date | None = None
    filed_on: date | None = None
    filed_with: str = ""
    history: tuple[PlanStep, ...] = ()


class Workdays(Protocol):
    """The calendar of working days (工作日)."""

    def is_workday(self, day: date) -> bool:
        """Whether people work on ``day``: holidays do not, weekends moved to working days do."""


class PlanLibraryStore(Protocol):
    """Keeps documents, drafts and plans in force."""

    def save_document(
        self,
        document_id: str,
        filename: str,
        data: bytes,
        lines: tuple[TextLine, ...],
        drafts: tuple[DraftRecord, ...],
        clauses: tuple[tuple[PlacedClause, ...], ...] | None = None,
    ) -> None:
        """Keep a document, its text as read and its drafts in one transaction; twice is harmless.

        ``clauses`` are those of each draft, where they are known; else they are looked for in the text.
        """

    def document_lines(self, document_id: str) -> tuple[TextLine, ...]:
        """The text as read; empty if the document is unknown."""

    def document_data(self, document_id: str) -> tuple[str, bytes] | None:
        """File name and bytes of a document as it came; None if unknown."""

    def replace_reading(
        self, document_id: str, lines: tuple[TextLine, ...], drafts: tuple[tuple[DraftRecord, int], ...]
    ) -> None:
        """Keep a new reading of a document: its text and drafts, each with the revision it replaces.

        All or nothing. Raises Conflict("changed_meanwhile").
        """

    def drafts_of(self, document_id: str) -> tuple[DraftRecord, ...]:
        """The drafts read from one document, in its order."""

    def draft(self, draft_id: str) -> DraftRecord | None:
        """One draft, None if unknown."""

    def update_draft(self, record: DraftRecord, expected_revision: int) -> None:
        """Replace a draft; ``record.revision`` is the new one. Raises Conflict("changed_meanwhile")."""

    def put_in_force(self, record: DraftRecord, plan: Plan, expected_revision: int, at: datetime) -> None:
        """Store ``plan`` and mark the draft in force, earlier versions superseded, in one transaction."""

    def latest_version(self, plan_id: str) -> int:
        """The highest version stored of a plan; 0 if none."""

    def with_text(self, text_hash: str) -> tuple[KnownPlan, ...]:
        """Plans of the library with this text, the earliest first."""

    def with_title(self, title_key: str, jurisdiction: str) -> tuple[KnownPlan, ...]:
        """Plans of this jurisdiction with this title, the latest first; withdrawn ones are among them."""

    def plan_named(self, title: str, jurisdiction: str) -> str | None:
        """Id of the plan in force with this title in this jurisdiction, None if there is none."""

    def withdraw(self, record: DraftRecord, expected_revision: int, at: datetime) -> None:
        """Take the plan made from this draft out of force."""
