"""The state of an incident: a fold over its stream, the same for live desk, exercise and replay.

``Incident`` is a value; its mappings are never changed in place. Every field can be rebuilt from
the stream alone, so nothing here needs storing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from fengsui.core.fact import Figure
from fengsui.core.plan.level import LadderKind, ResponseLevel
from fengsui.core.response.events import (
    DirectiveIssued,
    Graded,
    GroupFormed,
    IncidentOpened,
    PlanAttached,
    ProposalKind,
    Proposed,
    Recorded,
    ReportClockStarted,
)
from fengsui.core.response.events_decisions import Factor
from fengsui.core.response.events_dispatch import Appointment
from fengsui.core.response.events_reporting import FactVerified
from fengsui.core.response.state_aftermath import AftermathState
from fengsui.core.response.state_decisions import (
    ConsultationState,
    FollowState,
    MarkState,
    TransferState,
    Wait,
)
from fengsui.core.response.state_dispatch import (
    UNHANDLED,
    CheckIn,
    Entry,
    Halt,
    Handling,
    StaffKey,
    Withdrawal,
)
from fengsui.core.response.state_photos import ErasedPhoto
from fengsui.core.response.state_release import ReleaseState
from fengsui.core.response.state_reporting import AgreedLoss, SentReport
from fengsui.core.response.state_watch import CallLink, Sibling
from fengsui.core.response.waits import SHIPPED, Waits


class ProposalStatus(StrEnum):
    """Where a proposal stands."""

    OPEN = "open"
    QUESTIONED = "questioned"
    APPROVED = "approved"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class DirectiveStatus(StrEnum):
    """Where a directive stands."""

    ISSUED = "issued"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    DONE = "done"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class FactEntry:
    """One report of one fact: value (None: unknown), who said it, as of when, when and by whom entered."""

    value: Figure | bool | None
    said_by: str
    as_of: datetime
    at: datetime
    by: str
    seq: int


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgementEntry:
    """One answer to a criterion without a figure."""

    answer: bool | None
    said_by: str
    at: datetime
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A question, an answer, a request or a report in words, with who and when."""

    kind: str
    text: str
    at: datetime
    by: str
    means: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalState:
    """A proposal with its exchange; ``reason`` and ``decided_*`` once it is settled."""

    proposed: Proposed
    by: str
    at: datetime
    status: ProposalStatus = ProposalStatus.OPEN
    exchange: tuple[Said, ...] = ()
    decided_by: str | None = None
    decided_at: datetime | None = None
    reason: str = ""

    @property
    def is_open(self) -> bool:
        return self.status in (ProposalStatus.OPEN, ProposalStatus.QUESTIONED)


@dataclass(frozen=True, slots=True, kw_only=True)
class DirectiveState:
    """A directive with what became of it; ``waits`` as they were set when it was given."""

    issued: DirectiveIssued
    by: str
    at: datetime
    status: DirectiveStatus = DirectiveStatus.ISSUED
    accepted_at: datetime | None = None
    accepted_by: str | None = None
    done_at: datetime | None = None
    result: str = ""
    help: tuple[Said, ...] = ()
    withdrawn_reason: str = ""
    handling: Handling = UNHANDLED
    waits: Waits = SHIPPED

    @property
    def is_open(self) -> bool:
        """Whether something is still to be done: by the unit, or by who gave it once it came back."""
        return self.status in (DirectiveStatus.ISSUED, DirectiveStatus.ACCEPTED, DirectiveStatus.DECLINED)

    @property
    def due(self) -> datetime | None:
        """By when: as given, or counted from the release of an order that waited."""
        return self.handling.due or self.issued.due

    @property
    def since(self) -> datetime:
        """From when its time runs."""
        return self.handling.released_at or self.at

    @property
    def unanswered_help(self) -> tuple[Said, ...]:
        """Requests for support that the command has not answered."""
        return self.help[len(self.handling.replies) :] if self.is_open else ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockState:
    """A report edge; ``due`` is the next instant it is due at, None where no length is given."""

    started: ReportClockStarted
    at: datetime
    due: datetime | None
    running: bool = True
    sent: tuple[Said, ...] = ()
    stopped_reason: str = ""

    @property
    def since(self) -> datetime:
        """When the time until ``due`` began: the last report on the edge, else the start of the clock."""
        return self.sent[-1].at if self.sent else self.started.started_at


@dataclass(frozen=True, slots=True, kw_only=True)
class ActiveResponse:
    """A response that runs under one plan."""

    plan_id: str
    level: ResponseLevel
    since: datetime
    level_since: datetime
    proposal_id: str
    decided_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EndedResponse:
    """A response that was ended."""

    response: ActiveResponse
    at: datetime
    proposal_id: str


Scheme = tuple[str, LadderKind, str | None, str | None]
"""Key of a ladder within an incident: plan id, kind, hazard, subtype."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """Everything known of an incident after record ``seq``."""

    incident_id: str
    seq: int
    last: Recorded
    opened: IncidentOpened
    opened_by: str
    opened_at: datetime
    plans: Mapping[str, PlanAttached] = field(default_factory=dict)
    attached_at: Mapping[str, datetime] = field(default_factory=dict)
    facts: Mapping[str, tuple[FactEntry, ...]] = field(default_factory=dict)
    judgements: Mapping[str, JudgementEntry] = field(default_factory=dict)
    grades: Mapping[Scheme, Graded] = field(default_factory=dict)
    graded_at: Mapping[Scheme, datetime] = field(default_factory=dict)
    proposals: Mapping[str, ProposalState] = field(default_factory=dict)
    responses: Mapping[str, ActiveResponse] = field(default_factory=dict)
    ended: tuple[EndedResponse, ...] = ()
    groups: tuple[GroupFormed, ...] = ()
    directives: Mapping[str, DirectiveState] = field(default_factory=dict)
    clocks: Mapping[str, ClockState] = field(default_factory=dict)
    notes: tuple[Said, ...] = ()
    passed: frozenset[str] = frozenset()
    staffing: Mapping[StaffKey, tuple[Appointment, ...]] = field(default_factory=dict)
    order_waits: Waits = SHIPPED
    checkins: Mapping[str, CheckIn] = field(default_factory=dict)
    entries: Mapping[str, Entry] = field(default_factory=dict)
    withdrawals: tuple[Withdrawal, ...] = ()
    halt: Halt | None = None
    closed_at: datetime | None = None
    closed_reason: str = ""
    marks: Mapping[str, MarkState] = field(default_factory=dict)
    consultations: Mapping[str, ConsultationState] = field(default_factory=dict)
    waits: Mapping[str, Wait] = field(default_factory=dict)
    factors: Mapping[str, Factor] = field(default_factory=dict)
    direct: frozenset[str] = frozenset()
    transfers: Mapping[str, TransferState] = field(default_factory=dict)
    follows: Mapping[str, FollowState] = field(default_factory=dict)
    calls: Mapping[str, CallLink] = field(default_factory=dict)
    siblings: tuple[Sibling, ...] = ()
    release: ReleaseState = field(default_factory=ReleaseState)
    aftermath: AftermathState = field(default_factory=AftermathState)
    reports: Mapping[str, SentReport] = field(default_factory=dict)
    verified: Mapping[str, FactVerified] = field(default_factory=dict)
    agreed: Mapping[str, AgreedLoss] = field(default_factory=dict)
    occurred: datetime | None = None
    erased_photos: Mapping[str, ErasedPhoto] = field(default_factory=dict)

    @property
    def is_open(self) -> bool:
        return self.closed_at is None

    @property
    def occurred_at(self) -> datetime | None:
        """When it occurred, as known now."""
        return self.occurred or self.opened.occurred_at

    def current_facts(self) -> dict[str, Figure | bool]:
        """The latest value of every fact that is not unknown."""
        latest = {name: entries[-1].value for name, entries in self.facts.items()}
        return {name: value for name, value in latest.items() if value is not None}

    def current_judgements(self) -> dict[str, bool]:
        """The answers that stand."""
        return {text: item.answer for text, item in self.judgements.items() if item.answer is not None}

    def open_proposal(self, plan_id: str, kind: ProposalKind | None = None) -> ProposalState | None:
        """The undecided proposal under ``plan_id`` (of ``kind``), if there is one."""
        for state in self.proposals.values():
            if state.is_open and state.proposed.plan_id == plan_id and kind in (None, state.proposed.kind):
                return state
        return None


def fold(stream: Iterable[Recorded]) -> Incident | None:
    """The state after ``stream``; None for an empty one. Raises ValueError if it does not begin properly."""
    from fengsui.core.response.evolve import evolve

    incident: Incident | None = None
    for recorded in stream:
        incident = evolve(incident, recorded)
    return incident
