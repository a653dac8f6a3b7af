"""What the use cases need from outside, as Protocols. Stores, channels, clocks and ids plug in here.

Every port has one suite of tests run against the in-memory fake and the real thing.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol

from fengsui.core.directory import Directory
from fengsui.core.plan.model import Plan
from fengsui.core.response.events import Recorded
from fengsui.core.response.waits import Waits


@dataclass(frozen=True, slots=True, kw_only=True)
class TimerRow:
    """A deadline to watch. ``timer_id`` is unique and says what for, so setting it again replaces it.

    ``since`` is when it began to run, for showing how much of it is used.
    """

    timer_id: str
    incident_id: str
    kind: str
    ref: str
    due_at: datetime
    since: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OutboxRow:
    """A message to send. ``to_kind`` is ``post``, ``unit`` or ``external`` (then ``to`` is a name).

    ``message_id`` is unique: a second row with the same id is the same message. ``kind`` is what it tells of.
    """

    message_id: str
    incident_id: str
    to_kind: str
    to: str
    channel: str
    subject: str
    body: str
    ref: str
    kind: str = ""
    exercise: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenIncident:
    """One line of the list of open incidents."""

    incident_id: str
    title: str
    place: str
    place_code: str
    learned_at: datetime
    exercise: bool
    seq: int


@dataclass(frozen=True, slots=True)
class Shifts:
    """Posts ``on`` duty; posts ``around`` have shifts near, so that not being on duty means being off."""

    on: frozenset[str]
    around: frozenset[str]


class IncidentStore(Protocol):
    """Streams of incidents, append-only."""

    def load(self, incident_id: str) -> tuple[Recorded, ...]:
        """The whole stream in order; empty for an unknown incident."""
        ...

    def read(self, incident_id: str) -> tuple[Recorded, ...]:
        """As ``load``, every record from where it is stored: to be held against the chain, or to leave."""
        ...

    def append(
        self,
        incident_id: str,
        expected_seq: int,
        recorded: tuple[Recorded, ...],
        *,
        set_timers: tuple[TimerRow, ...] = (),
        cancel_timers: tuple[str, ...] = (),
        outbox: tuple[OutboxRow, ...] = (),
        command_id: str | None = None,
    ) -> None:
        """Write events, timers and messages in one transaction.

        A ``command_id`` seen before: nothing is written, no error (it is done already), checked before
        the sequence. Raises Conflict("changed_meanwhile") when the stream no longer ends at
        ``expected_seq`` (0 for a new stream). Timers are cancelled before new ones are set.
        """
        ...

    def answered(self, command_id: str) -> tuple[Recorded, ...] | None:
        """What the command ``command_id`` recorded; None when it is new."""
        ...

    def list_open(self) -> tuple[OpenIncident, ...]:
        """Incidents not closed, the latest first."""
        ...


class PlanStore(Protocol):
    """Plans in force and their earlier versions."""

    def in_force(self, at_code: str) -> tuple[Plan, ...]:
        """Plans in force that govern the area ``at_code``: its own and those of the areas above it."""
        ...

    def plan(self, plan_id: str, version: int | None = None) -> Plan:
        """One plan, by default its version in force. Raises InputError("plan_unknown")."""
        ...


class DirectoryStore(Protocol):
    """Units, posts and the roster."""

    def directory(self) -> Directory: ...

    def on_duty(self, post_id: str, now: datetime) -> bool:
        """Whether somebody holds the post at ``now`` by the roster."""
        ...

    def shifts(self, now: datetime) -> Shifts:
        """Who is on duty at ``now``, and who works in shifts around it (a week either way), in one look."""
        ...


class PersonalStore(Protocol):
    """Personal data (names, telephone numbers, casualties) outside the stream, under a reference."""

    def keep(self, data: Mapping[str, Any], *, about: str = "") -> str:
        """Keep ``data``; ``about`` names what it belongs to (``incident/…``, ``call/…``)."""
        ...

    def read(self, ref: str, *, by: str, why: str, person: str = "") -> dict[str, Any]:
        """The data; empty when it was sealed or erased. That the post ``by`` read it, and why, is kept."""
        ...


class CallDraftStore(Protocol):
    """The call being typed, one a post."""

    def save(self, post_id: str, data: Mapping[str, Any]) -> None: ...

    def load(self, post_id: str) -> dict[str, Any] | None: ...

    def clear(self, post_id: str) -> None: ...


class TimerStore(Protocol):
    """Deadlines that have come, handed to one runner at a time."""

    def take_due(self, now: datetime, limit: int, lease: timedelta) -> tuple[TimerRow, ...]:
        """Rows due at ``now`` and not leased, leased until ``now + lease``; the earliest first."""
        ...

    def finish(self, timer_id: str) -> None:
        """The row is dealt with; unknown ids are no error."""
        ...


class OutboxStore(Protocol):
    """Messages to send, handed to one runner at a time."""

    def take_due(self, now: datetime, limit: int, lease: timedelta) -> tuple[OutboxRow, ...]: ...

    def finish(self, *message_ids: str) -> None: ...

    def fail(self, message_id: str, reason: str, again_at: datetime | None) -> None:
        """Sending failed; ``again_at`` None: do not try again."""
        ...


class Channel(Protocol):
    """A way to reach people."""

    def send(self, message: OutboxRow) -> None:
        """Hand the message over. Raises Retryable or Permanent."""
        ...


class ManyChannel(Protocol):
    """A way that takes many messages in one transaction: all of them or none."""

    def send_many(self, messages: tuple[OutboxRow, ...]) -> None: ...


class WaitStore(Protocol):
    """How long this office waits before it reminds and brings orders up the chain."""

    def current(self) -> Waits:
        """As approved last, else as shipped."""
        ...


class Clock(Protocol):
    """The only source of now."""

    def now(self) -> datetime:
        """An aware instant."""
        ...


class Ids(Protocol):
    """Fresh identifiers."""

    def new(self) -> str: ...


class Transactions(Protocol):
    """One use case, one transaction: everything written inside stands or falls together."""

    def begin(self) -> AbstractContextManager[None]: ...
