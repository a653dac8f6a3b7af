"""The roster (值班表): who is on duty when, leave, and changes that were asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol

from fengsui.application.ports import Clock, DirectoryStore, Ids, Transactions


class Part(StrEnum):
    """What somebody is in a shift."""

    MAIN = "main"  # 主班
    DEPUTY = "deputy"  # 副班
    LEADER = "leader"  # 带班领导


class ChangeKind(StrEnum):
    """What may be asked for."""

    SUBSTITUTE = "substitute"  # 替班
    SWAP = "swap"  # 换班
    LEAVE = "leave"  # 请假


class ChangeState(StrEnum):
    """Where a change stands."""

    ASKED = "asked"
    APPROVED = "approved"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """One turn of duty; ``shift_id`` "" before it is stored, ``instead_of`` for whom the person stands in."""

    shift_id: str = ""
    post_id: str
    person_id: str
    starts: datetime
    ends: datetime
    part: Part = Part.MAIN
    instead_of: str = ""
    note: str = ""

    def meets(self, starts: datetime, ends: datetime) -> bool:
        """Whether it shares time with ``starts`` … ``ends``."""
        return self.starts < ends and starts < self.ends


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """Somebody who may stand in the roster; ``name`` is personal data, "" when sealed."""

    person_id: str
    name: str
    post_id: str
    unit_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Leave:
    """A person is away."""

    person_id: str
    starts: datetime
    ends: datetime
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterChange:
    """A change asked for. ``person_id``: the substitute, or who takes leave, or who asks for the swap."""

    change_id: str
    kind: ChangeKind
    area: str
    person_id: str
    shift_id: str = ""
    other_id: str = ""
    starts: datetime | None = None
    ends: datetime | None = None
    reason: str = ""
    asked_by: str
    asked_by_person: str = ""
    asked_at: datetime
    state: ChangeState = ChangeState.ASKED
    decided_by: str = ""
    decided_at: datetime | None = None
    answer: str = ""


class RosterStore(Protocol):
    """Shifts, leave and changes; every write leaves a line of audit."""

    def members(self, area: str, now: datetime) -> tuple[Member, ...]:
        """Who holds a post in the area now."""
        ...

    def shifts(self, area: str, first: datetime, last: datetime) -> tuple[Shift, ...]:
        """Shifts of posts of exactly this area that share time with ``first`` … ``last``, by start."""
        ...

    def shift(self, shift_id: str) -> tuple[Shift, str] | None:
        """One shift with the area of its post."""
        ...

    def put(self, shifts: Sequence[Shift], by: str, why: Mapping[str, Any]) -> None:
        """Write new shifts (no id) and changed ones (by id), all or none."""
        ...

    def remove(self, shift_id: str, by: str, why: Mapping[str, Any]) -> None: ...

    def leaves(self, area: str, first: datetime, last: datetime) -> tuple[Leave, ...]: ...

    def add_leave(self, leave: Leave, by: str) -> None: ...

    def changes(self, area: str, states: Sequence[ChangeState], limit: int = 50) -> tuple[RosterChange, ...]:
        """Changes of the area, the latest first."""
        ...

    def change(self, change_id: str) -> RosterChange | None: ...

    def save_change(self, change: RosterChange) -> None:
        """Write a new change or what became of it. Raises Conflict("change_decided") when it is decided."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterDesk:
    """The ports of the roster."""

    roster: RosterStore
    directory: DirectoryStore
    clock: Clock
    ids: Ids
    transactions: Transactions
