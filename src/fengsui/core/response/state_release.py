"""What an incident knows of its statements and enquiries."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from fengsui.core.response.events_decisions import Factor
from fengsui.core.response.events_release import EnquiryAnswered, EnquiryNoted, StatementDrafted


class StatementStatus(StrEnum):
    """Where a statement stands."""

    DRAFT = "draft"
    RETURNED = "returned"
    PUBLISHED = "published"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """Who wrote, approved or returned, and when."""

    at: datetime
    by: str
    person: str = ""
    factor: Factor | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementState:
    """A statement with every version of it; ``draft`` is the last."""

    draft: StatementDrafted
    written: tuple[Signature, ...]
    versions: tuple[StatementDrafted, ...]
    approvals: tuple[Signature, ...] = ()
    status: StatementStatus = StatementStatus.DRAFT
    reason: str = ""
    number: int = 0
    published_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        return self.status in (StatementStatus.DRAFT, StatementStatus.RETURNED)

    @property
    def authors(self) -> frozenset[str]:
        """The posts that wrote any of it."""
        return frozenset(item.by for item in self.written)


@dataclass(frozen=True, slots=True, kw_only=True)
class EnquiryState:
    """A question from outside and what was answered."""

    noted: EnquiryNoted
    at: datetime
    by: str
    answered: EnquiryAnswered | None = None
    answered_at: datetime | None = None
    answered_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseState:
    """Statements and enquiries by id, in the order they came."""

    statements: Mapping[str, StatementState] = field(default_factory=dict)
    enquiries: Mapping[str, EnquiryState] = field(default_factory=dict)

    @property
    def published(self) -> tuple[StatementState, ...]:
        """What went out, the first first."""
        out = [item for item in self.statements.values() if item.status is StatementStatus.PUBLISHED]
        return tuple(sorted(out, key=lambda item: item.number))

    def corrections_of(self, statement_id: str) -> tuple[StatementState, ...]:
        """Published corrections of a statement, the first first."""
        return tuple(item for item in self.published if item.draft.corrects == statement_id)
