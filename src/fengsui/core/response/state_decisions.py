"""State around decisions: what the events of ``events_decisions`` add up to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from fengsui.core.response.events_decisions import (
    Asked,
    CommandTransferred,
    ConsultationOpened,
    OpinionGiven,
    ProposalPassedOn,
    SensitivityMarked,
    Substitute,
    UpperResponseFollowed,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkState:
    """A sensitive case; ``lifted_at`` set: it no longer holds."""

    marked: SensitivityMarked
    by: str
    at: datetime
    lifted_at: datetime | None = None
    lifted_reason: str = ""

    @property
    def holds(self) -> bool:
        return self.lifted_at is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Opinion:
    """An opinion and who entered it: the one asked, or the desk that was told."""

    given: OpinionGiven
    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsultationState:
    """A consultation with everybody asked, everything said, and its conclusion."""

    opened: ConsultationOpened
    by: str
    at: datetime
    asked: tuple[Asked, ...]
    opinions: tuple[Opinion, ...] = ()
    proposals: tuple[str, ...] = ()
    conclusion: str = ""
    concluded_by: str | None = None
    concluded_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        return self.concluded_at is None

    def said_by(self, asked_id: str) -> tuple[Opinion, ...]:
        """What one of those asked said, in order."""
        return tuple(item for item in self.opinions if item.given.asked_id == asked_id)

    @property
    def silent(self) -> tuple[Asked, ...]:
        """Who has said nothing yet."""
        return tuple(item for item in self.asked if not self.said_by(item.asked_id))


@dataclass(frozen=True, slots=True, kw_only=True)
class PassedOn:
    """One passing on, with its moment."""

    event: ProposalPassedOn
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Wait:
    """How long an answer is waited for, since when, who stands in, and how often it was passed on."""

    limit: timedelta
    since: datetime
    substitutes: tuple[Substitute, ...] = ()
    passed: tuple[PassedOn, ...] = ()

    @property
    def next(self) -> Substitute | None:
        """Who is asked next when nobody answers; None: all were."""
        turn = len(self.passed)
        return self.substitutes[turn] if turn < len(self.substitutes) else None

    @property
    def standing_in(self) -> tuple[str, ...]:
        """The substitutes that were asked and may decide by now."""
        return tuple(post for item in self.passed for post in item.event.to)


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferState:
    """A hand-over of command: waiting, accepted or declined."""

    transferred: CommandTransferred
    by: str
    at: datetime
    accepted_at: datetime | None = None
    accepted_by: str | None = None
    declined_at: datetime | None = None
    note: str = ""

    @property
    def is_open(self) -> bool:
        return self.accepted_at is None and self.declined_at is None


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowState:
    """A response of the level above that this plan follows; ``ended_at`` set: no longer."""

    followed: UpperResponseFollowed
    by: str
    at: datetime
    ended_at: datetime | None = None

    @property
    def holds(self) -> bool:
        return self.ended_at is None
