"""Events of an incident (事件流): what was said, proposed, decided, ordered and reported.

The stream is the duty log (值班记录) and the only truth about an incident; its state is a fold over
it (``incident``). Events hold ids of posts, units and plans, never persons or telephone numbers: those
live in tables that can be sealed or erased without breaking the ``chain``. Instants are aware datetimes.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import get_args

from fengsui.core.citation import Citation
from fengsui.core.fact import Figure
from fengsui.core.plan.level import AnyLevel, LadderKind, ResponseLevel
from fengsui.core.plan.reporting import ClockStart, Means
from fengsui.core.response.events_aftermath import AftermathEvent
from fengsui.core.response.events_decisions import DecisionEvent
from fengsui.core.response.events_dispatch import DispatchEvent
from fengsui.core.response.events_release import ReleaseEvent
from fengsui.core.response.events_reporting import ReportBody, ReportingEvent
from fengsui.core.response.events_watch import CallJoined, IncidentSplit, SplitFrom

TIMER = "timer"
"""Stands for ``by`` where no person acted: a deadline passed."""


class ProposalKind(StrEnum):
    """What a proposal asks for."""

    ACTIVATE = "activate"  # 启动
    CHANGE = "change"  # 调整级别
    TERMINATE = "terminate"  # 终止


class DeadlineKind(StrEnum):
    """What a deadline is about."""

    REPORT = "report"
    DIRECTIVE = "directive"
    PROPOSAL = "proposal"
    REMINDER = "reminder"
    ESCALATION = "escalation"
    RESCUERS = "rescuers"
    MATTER = "matter"


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentOpened:
    """An incident became known (接报). ``caller_ref`` is the id of a row with personal data."""

    title: str
    what: str
    place: str
    place_code: str
    learned_at: datetime
    occurred_at: datetime | None = None
    exercise: bool = False
    caller_ref: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanAttached:
    """A plan was taken as applying; ``why`` in words."""

    plan_id: str
    version: int
    title: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanDetached:
    """A plan was found not to apply."""

    plan_id: str
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FactReported:
    """A fact was reported; ``value`` None says that it is unknown now. ``said_by`` is a role or body."""

    fact: str
    value: Figure | bool | None = None
    said_by: str
    as_of: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgementMade:
    """A person answered a criterion that has no figure (``text`` as printed); None takes it back."""

    text: str
    answer: bool | None = None
    said_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Graded:
    """What one ladder of one plan says now; recorded whenever the answer changes.

    ``asks``: names of the facts, or words of the judgements, that could raise it.
    """

    plan_id: str
    kind: LadderKind
    hazard: str | None = None
    subtype: str | None = None
    level: AnyLevel | None = None
    possible: tuple[AnyLevel, ...] = ()
    because: tuple[Citation, ...] = ()
    asks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposed:
    """Somebody asks the body named by the plan for a decision.

    ``authority`` as printed, ``approvers`` the posts of the directory it stands for; empty when the
    body is outside, so that its decision is recorded here with its document.
    """

    proposal_id: str
    kind: ProposalKind
    plan_id: str
    level: ResponseLevel | None = None
    reason: str
    authority: str
    approvers: tuple[str, ...] = ()
    source: Citation | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalQuestioned:
    """The approver asks before deciding."""

    proposal_id: str
    question: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalAnswered:
    """An approver's question was answered."""

    proposal_id: str
    answer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalApproved:
    """Approved; ``reason`` names document and teller where a body outside decided."""

    proposal_id: str
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalRefused:
    """Not approved."""

    proposal_id: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalWithdrawn:
    """Taken back by the side that asked, or overtaken."""

    proposal_id: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ResponseActivated:
    """A response began (启动响应)."""

    plan_id: str
    level: ResponseLevel
    proposal_id: str
    source: Citation | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelChanged:
    """The response went up or down (调整)."""

    plan_id: str
    before: ResponseLevel
    after: ResponseLevel
    proposal_id: str
    source: Citation | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ResponseTerminated:
    """The response ended (终止)."""

    plan_id: str
    proposal_id: str
    source: Citation | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupFormed:
    """A work group of the plan was formed (工作组); names as printed."""

    plan_id: str
    name: str
    lead: str | None = None
    members: tuple[str, ...] = ()
    source: Citation | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DirectiveIssued:
    """An order to units (指令). ``to`` unit or post ids (empty: the body is outside the directory),
    ``to_name`` as printed, ``plan_id`` and ``source`` None for an order given by hand.

    ``after``: the orders it waits for; ``within`` is then counted from its release. ``contact`` the post to
    ask at the scene, ``replaces`` an order that came back, ``helps`` the order whose unit asked for support.
    """

    directive_id: str
    plan_id: str | None = None
    to: tuple[str, ...] = ()
    to_name: str
    text: str
    due: datetime | None = None
    source: Citation | None = None
    after: tuple[str, ...] = ()
    within: timedelta | None = None
    contact: str | None = None
    place: str | None = None
    replaces: str | None = None
    helps: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DirectiveAccepted:
    """The unit has the order (签收)."""

    directive_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DirectiveDone:
    """The unit reports it done (办结): a number of something, photos by the hash of their files, a place."""

    directive_id: str
    result: str
    number: Decimal | None = None
    number_of: str | None = None
    photos: tuple[str, ...] = ()
    lon: float | None = None
    lat: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpAsked:
    """The unit cannot do it alone (请求支援)."""

    directive_id: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DirectiveWithdrawn:
    """The order no longer holds."""

    directive_id: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportClockStarted:
    """A report edge runs: who → whom, from ``started_at``.

    ``due`` None: the words give no length (立即, 及时: at once, no countdown); ``every`` set: due again
    that long after each report. ``who_id`` the unit or post that reports, None when outside.
    ``condition`` as printed, for people to judge.
    """

    clock_id: str
    plan_id: str
    who: str
    who_id: str | None = None
    to: tuple[str, ...] = ()
    what: str
    started_at: datetime
    start: ClockStart
    due: datetime | None = None
    every: timedelta | None = None
    means: Means | None = None
    words: str
    condition: str | None = None
    source: Citation | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportSent:
    """A report went out. ``means`` as said by the sender (电话, 书面, …), ``report`` what it said."""

    clock_id: str
    means: str
    text: str
    report: ReportBody | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportClockStopped:
    """The edge no longer runs."""

    clock_id: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlinePassed:
    """A deadline passed unkept; recorded by the timer."""

    deadline_id: str
    kind: DeadlineKind
    ref: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteAdded:
    """A line in the duty log."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentClosed:
    """Nothing more to be done."""

    reason: str


Event = (
    IncidentOpened
    | PlanAttached
    | PlanDetached
    | FactReported
    | JudgementMade
    | Graded
    | Proposed
    | ProposalQuestioned
    | ProposalAnswered
    | ProposalApproved
    | ProposalRefused
    | ProposalWithdrawn
    | ResponseActivated
    | LevelChanged
    | ResponseTerminated
    | GroupFormed
    | DirectiveIssued
    | DirectiveAccepted
    | DirectiveDone
    | HelpAsked
    | DirectiveWithdrawn
    | ReportClockStarted
    | ReportSent
    | ReportClockStopped
    | DeadlinePassed
    | NoteAdded
    | IncidentClosed
    | DecisionEvent
    | CallJoined
    | IncidentSplit
    | SplitFrom
    | DispatchEvent
    | ReleaseEvent
    | AftermathEvent
    | ReportingEvent
)

EVENT_TYPES: tuple[type, ...] = get_args(Event)
"""Every event type; the wording tables and the fold are tested against it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """One event as it stands in the stream.

    ``seq`` counts from 1 within the incident, ``by`` is a post id or ``TIMER``; ``hash`` covers every
    other field including ``previous_hash`` (see ``chain``).
    """

    incident_id: str
    seq: int
    at: datetime
    by: str
    event: Event
    previous_hash: str
    hash: str
