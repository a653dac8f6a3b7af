"""The lines of lists: plain values, as a screen shows them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentLine:
    """One incident in a list; ``level`` gravest running response, ``grade`` gravest grade ("" none)."""

    incident_id: str
    title: str
    place: str
    place_code: str
    exercise: bool
    is_open: bool
    level: str
    grade: str
    learned_at: datetime | None
    updated_at: datetime | None
    next_due: datetime | None = None
    waiting_proposals: int = 0
    open_tasks: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalLine:
    """A proposal that waits; ``approvers`` the posts that may decide."""

    proposal_id: str
    incident_id: str
    incident_title: str
    kind: str
    plan_id: str
    level: str
    authority: str
    reason: str
    proposed_by: str
    proposed_at: datetime
    state: str
    exercise: bool
    approvers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskLine:
    """One directive for one addressee."""

    directive_id: str
    incident_id: str
    incident_title: str
    place: str
    addressee: str
    to_name: str
    text: str
    due: datetime | None
    issued_at: datetime
    state: str
    help_asked: bool
    exercise: bool
    waiting: bool = False
    since: datetime | None = None
    contact: str = ""
    at_place: str = ""
    more: dict[str, Any] = field(default_factory=dict)

    @property
    def began(self) -> datetime:
        """From when its time runs."""
        return self.since or self.issued_at


@dataclass(frozen=True, slots=True, kw_only=True)
class MatterLine:
    """A matter with an owner inside the directory, and its incident."""

    matter_id: str
    incident_id: str
    incident_title: str
    kind: str
    text: str
    owner: str
    owner_name: str
    since: datetime
    due: datetime | None
    exercise: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementLine:
    """A statement that waits for two people; ``agreed`` how many agreed by now."""

    statement_id: str
    incident_id: str
    incident_title: str
    kind: str
    title: str
    written_by: str
    written_at: datetime
    agreed: int
    exercise: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineLine:
    """A deadline that runs: ``what`` in the words of the directive, report edge or proposal it is about."""

    timer_id: str
    incident_id: str
    incident_title: str
    kind: str
    ref: str
    due_at: datetime
    since: datetime | None
    what: str
    exercise: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LogLine:
    """One record of the duty log across incidents, its event as data."""

    incident_id: str
    incident_title: str
    seq: int
    at: datetime
    by: str
    type: str
    data: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageLine:
    """A message in the inbox of a post or unit."""

    message_id: str
    incident_id: str
    subject: str
    body: str
    ref: str
    received_at: datetime
    read_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelState:
    """How a channel does: messages waiting and given up, since when it fails (None: it works)."""

    channel: str
    waiting: int
    given_up: int
    failing_since: datetime | None
    last_sent: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanLine:
    """One draft or plan in the library; ``version`` that in force, 0 if it is not."""

    draft_id: str
    document_id: str
    title: str
    filename: str
    kind: str
    jurisdiction: str
    state: str
    doubts: int
    open_doubts: int
    plan_id: str | None
    version: int
    imported_at: datetime
    in_force_from: datetime | None
    number: str = ""
    issuer: str = ""
    issued: date | None = None
    in_force_on: date | None = None
    hazard_class: str = ""
    event_code: str = ""
    upper_title: str = ""
    version_of: str | None = None
    confirmed_at: datetime | None = None
    approved_at: datetime | None = None
    filing_due: date | None = None
    filed_on: date | None = None
    filed_with: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportLine:
    """One file of an import; ``code`` and ``words`` make the sentence that says what came of it."""

    entry_id: int
    name: str
    size: int
    state: str
    code: str
    words: dict[str, Any]
    drafts: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchLine:
    """One import in the list of imports; ``left`` files still to read, ``failed`` that could not be read."""

    batch_id: str
    source: str
    created_at: datetime
    created_by: str
    total: int
    left: int
    failed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """Who holds a post; name and telephone empty when sealed."""

    post_id: str
    name: str
    phone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShiftLine:
    """Who is on duty now."""

    post_id: str
    name: str
    main: bool
    starts: datetime
    ends: datetime
    leader: bool = False
    substitute: bool = False
