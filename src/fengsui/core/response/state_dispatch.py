"""What the fold keeps of command and dispatch: how a directive is handled, who is where, who is inside."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from fengsui.core.response.events_dispatch import (
    DirectiveEscalated,
    Phase,
    RescuersEntered,
    SceneCheckedIn,
    Tap,
    WithdrawalOrdered,
)

if TYPE_CHECKING:
    from fengsui.core.response.events import DirectiveDone
    from fengsui.core.response.incident import DirectiveState


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """A question or an answer on a directive, with who and when."""

    kind: str
    text: str
    at: datetime
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpReply:
    """What the command did about a request for support; ``orders`` empty: refused."""

    text: str
    orders: tuple[str, ...]
    at: datetime
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LastTap:
    """The last thing a unit did on a directive, and the state ``before`` it; gone once more happens."""

    tap: Tap
    at: datetime
    by: str
    before: DirectiveState


@dataclass(frozen=True, slots=True, kw_only=True)
class Climb:
    """One step up the chain, as recorded."""

    event: DirectiveEscalated
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Handling:
    """How a directive is handled, beyond its status.

    ``after`` what it waits for as it stands, ``waiting`` whether it does; ``due`` and ``released_at`` once it
    was released. ``replaced_by``: it went back and was given to another.
    """

    after: tuple[str, ...] = ()
    waiting: bool = False
    released_at: datetime | None = None
    due: datetime | None = None
    declined: Remark | None = None
    exchange: tuple[Remark, ...] = ()
    replies: tuple[HelpReply, ...] = ()
    done: DirectiveDone | None = None
    replaced_by: str | None = None
    reminded_at: datetime | None = None
    climbs: tuple[Climb, ...] = ()
    taken_care: Remark | None = None
    last: LastTap | None = None

    @property
    def question(self) -> Remark | None:
        """The question nobody has answered yet."""
        return self.exchange[-1] if self.exchange and self.exchange[-1].kind == "question" else None

    def climbed(self, phase: Phase) -> tuple[Climb, ...]:
        """The steps up the chain in one phase."""
        return tuple(item for item in self.climbs if item.event.phase is phase)


UNHANDLED = Handling()
"""Nothing happened yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckIn:
    """A force at the scene; ``left_at`` None: still there."""

    event: SceneCheckedIn
    by: str
    left_at: datetime | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A team in the danger zone: ``inside`` people are not out yet."""

    event: RescuersEntered
    by: str
    inside: int
    out_at: datetime | None = None
    overdue: bool = False

    @property
    def air_until(self) -> datetime | None:
        """When the air of its sets is spent."""
        minutes = self.event.air_minutes
        return None if minutes is None else self.event.entered_at + timedelta(minutes=minutes)

    @property
    def out_by(self) -> datetime | None:
        """The earlier of the time it should be out and the end of its air."""
        ends = [at for at in (self.event.expected_out, self.air_until) if at is not None]
        return min(ends, default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawal:
    """An order to come out, and the entries that were inside when it was given."""

    event: WithdrawalOrdered
    at: datetime
    by: str
    entries: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Halt:
    """The rescue is suspended."""

    reason: str
    decided_by: str
    at: datetime


StaffKey = tuple[str, str]
"""Plan id ("" for the incident itself) and name of the group ("" for the headquarters)."""
