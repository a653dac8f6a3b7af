"""What duty watch needs from outside: the inbox of calls, and what is known of running incidents."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from fengsui.application.desk import Desk
from fengsui.application.reporting_ports import ReceivedStore
from fengsui.core.response.likeness import Told


class Means(StrEnum):
    """What brought a call."""

    PHONE = "phone"
    FAX = "fax"
    SMS = "sms"
    WEB = "web"
    API = "api"
    REPORT = "report"  # a report of another Fengsui


class CallState(StrEnum):
    """Where a call stands."""

    WAITING = "waiting"
    OPENED = "opened"
    JOINED = "joined"
    DISMISSED = "dismissed"


class Dismissal(StrEnum):
    """Why a call leads to nothing."""

    FALSE_ALARM = "false_alarm"
    NOT_OURS = "not_ours"
    EXERCISE = "exercise"


@dataclass(frozen=True, slots=True, kw_only=True)
class CallRecord:
    """One call. ``caller_ref`` names personal data kept apart; ``taken_by`` is "" for a gateway's.

    A report of another Fengsui (``Means.REPORT``) has the id of the received report, and as ``source`` what
    all reports on one incident of that sender have in common.
    """

    call_id: str
    means: Means
    received_at: datetime
    taken_at: datetime
    taken_by: str = ""
    text: str = ""
    place: str = ""
    place_code: str = ""
    caller_ref: str = ""
    exercise: bool = False
    source: str = ""
    source_key: str | None = None
    state: CallState = CallState.WAITING
    incident_id: str = ""
    dismissed_as: str = ""
    reason: str = ""
    settled_at: datetime | None = None
    settled_by: str = ""

    @property
    def told(self) -> Told:
        """The call as it is compared with others."""
        return Told(text=self.text, place=self.place, place_code=self.place_code, at=self.received_at)


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownIncident:
    """An open incident with everything told of it: its opening and its calls."""

    incident_id: str
    title: str
    place: str
    learned_at: datetime
    told: tuple[Told, ...]


class CallStore(Protocol):
    """The inbox of calls (来电收件箱)."""

    def add(self, call: CallRecord) -> CallRecord:
        """Keep a new call; one with a ``source_key`` seen before is the call kept then."""
        ...

    def get(self, call_id: str) -> CallRecord | None: ...

    def change(self, call: CallRecord, expected: CallState) -> None:
        """Write what became of it. Raises Conflict("call_settled") when it is no longer ``expected``."""
        ...

    def listed(
        self, area: str, states: Iterable[CallState], *, limit: int = 50, offset: int = 0
    ) -> tuple[tuple[CallRecord, ...], int]:
        """Calls of the area or of no known place, the latest first, and how many there are."""
        ...

    def of_incident(self, incident_id: str) -> tuple[CallRecord, ...]:
        """Calls of an incident in the order received."""
        ...

    def of_source(self, means: Means, source: str) -> tuple[CallRecord, ...]:
        """Calls of one source in the order received."""
        ...

    def between(self, area: str, first: datetime, last: datetime) -> tuple[CallRecord, ...]:
        """Calls received in ``first`` ≤ t < ``last``, in the order received."""
        ...

    def count_since(self, means: Means, source: str | None, since: datetime) -> int:
        """How many calls of ``means`` came since, from one ``source`` or from all (None)."""
        ...

    def known(self, area: str, since: datetime) -> tuple[KnownIncident, ...]:
        """Open incidents of the area learned of since, the latest first, at most 60."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class CallDesk:
    """The desk with its inbox of calls; ``received``: the reports behind calls of that kind, ``sender_of``:
    what people call a sender."""

    desk: Desk
    calls: CallStore
    received: ReceivedStore | None = None
    sender_of: Callable[[str], str] = str
