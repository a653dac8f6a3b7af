"""The telephone list (电话通知单): whom to call in which order, what to say, what to tick.

It is what is left when every gateway is dead, so it is a page of paper: printed, it needs nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

RANK = {
    "withdrawal": 0,
    "red_warning": 1,
    "activated": 2,
    "level_changed": 3,
    "proposed": 4,
    "help": 5,
    "overdue": 6,
    "directive": 7,
}
"""The order of calling: what saves lives first; what is not named comes last."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CallLine:
    """One call; ``say`` the sentences to be read out."""

    number: int
    who: str
    name: str
    phone: str
    say: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CallSheet:
    """The list for one incident."""

    title: str
    incident: str
    place: str
    made_at: datetime
    made: str
    marks: tuple[str, ...]
    opening: str
    labels: dict[str, str]
    lines: Sequence[CallLine]
