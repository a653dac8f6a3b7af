"""What reporting needs from outside: drafts, ledgers of losses, reports received, rules."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Protocol

from fengsui.application.copy_rules import CopyRule
from fengsui.application.desk import Desk
from fengsui.core.fact import Figure
from fengsui.core.response.events_reporting import LossGiven
from fengsui.core.response.loss_standing import LedgerSums

if TYPE_CHECKING:
    from fengsui.application.watch_ports import CallStore


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportDraft:
    """What was typed of a report; ``data`` by the names of the form."""

    data: Mapping[str, str]
    by: str
    at: datetime


class ReportDraftStore(Protocol):
    """Reports being written, one a clock."""

    def save(self, incident_id: str, clock_id: str, draft: ReportDraft) -> None: ...

    def load(self, incident_id: str, clock_id: str) -> ReportDraft | None: ...

    def clear(self, incident_id: str, clock_id: str) -> None: ...

    def drafted(self, incident_id: str) -> frozenset[str]:
        """The clocks of an incident for which something has been written."""
        ...


class LossStatus(StrEnum):
    """How far a row of a ledger has come."""

    REPORTED = "reported"  # 上报
    VERIFIED = "verified"  # 已核实
    WITHDRAWN = "withdrawn"  # 撤销


@dataclass(frozen=True, slots=True, kw_only=True)
class LossRow:
    """One row of a ledger: a person, damaged houses or people in need of one village.

    ``value`` None: not known. ``person_ref``: who it is, kept apart (rows of persons alone).
    """

    row_id: str
    incident_id: str
    item: str
    county: str = ""
    township: str = ""
    village: str = ""
    reported_by: str
    value: Figure | None = None
    person_ref: str | None = None
    note: str = ""
    status: LossStatus = LossStatus.REPORTED
    entered_by: str = ""
    entered_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerChange:
    """One line of the audit of a ledger."""

    at: datetime
    by: str
    row_id: str
    change: Mapping[str, Any]


class LossLedger(Protocol):
    """Ledgers of losses: rows, the figures of departments, and who changed what."""

    def add(self, row: LossRow, by: str) -> None: ...

    def change(self, row_id: str, changes: Mapping[str, Any], by: str) -> LossRow:
        """Change ``status``, ``item``, ``value`` or ``note``. Raises InputError("loss_row_unknown")."""
        ...

    def row(self, row_id: str) -> LossRow:
        """One row. Raises InputError("loss_row_unknown")."""
        ...

    def rows(self, incident_id: str) -> tuple[LossRow, ...]:
        """All rows of an incident, those withdrawn too, in the order entered."""
        ...

    def give(self, incident_id: str, item: str, given: LossGiven, by: str) -> None:
        """The figure of a department, in the place of what it gave before."""
        ...

    def given(self, incident_id: str) -> Mapping[str, tuple[LossGiven, ...]]: ...

    def note_read(self, row_id: str, by: str) -> None:
        """Somebody looked at who a row is about."""
        ...

    def history(self, incident_id: str, limit: int = 50) -> tuple[LedgerChange, ...]:
        """Who changed or read what, the latest first."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceivedReport:
    """A report that came from another Fengsui, as it came; ``document`` is the whole JSON.

    ``receipt`` is our number for it, ``signed_by`` the post that signed for it (None: nobody yet),
    ``returned_at`` when the sender was told of the signature.
    """

    received_id: str
    peer: str
    report_id: str
    incident_ref: str
    title: str
    kind: str
    digest: str
    previous: str | None
    document: Mapping[str, Any]
    received_at: datetime
    receipt: str
    place_code: str = ""
    exercise: bool = False
    signed_by: str | None = None
    signed_at: datetime | None = None
    returned_at: datetime | None = None


class ReceivedStore(Protocol):
    """Reports that came in."""

    def keep(self, report: ReceivedReport) -> ReceivedReport:
        """Keep it; the same digest from the same peer is the same report, and what was kept comes back."""
        ...

    def one(self, received_id: str) -> ReceivedReport:
        """Raises InputError("received_unknown")."""
        ...

    def several(self, received_ids: Collection[str]) -> tuple[ReceivedReport, ...]:
        """Those of these ids that are kept, in the order received."""
        ...

    def latest(self, limit: int = 50) -> tuple[ReceivedReport, ...]: ...

    def of_incident(self, peer: str, incident_ref: str) -> tuple[ReceivedReport, ...]:
        """Everything a peer reported on one of its incidents, in the order received."""
        ...

    def sign(self, received_id: str, by: str, at: datetime) -> ReceivedReport:
        """Note who signed for it; the first to sign stands."""
        ...

    def unreturned(
        self, peers: Collection[str], since: datetime, limit: int = 20
    ) -> tuple[ReceivedReport, ...]:
        """Reports of these peers signed for since, of which the sender was not told, the oldest first."""
        ...

    def returned(self, received_id: str, at: datetime) -> None:
        """Note that the sender was told."""
        ...


RELATIONS = ("lower", "same", "upper")
"""Where a peer stands to this installation: 下级、同级、上级."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Peer:
    """Another Fengsui: where it listens, the key both sides hold, whether it is for exercises.

    ``relation``: lower, same or upper, as the installation says; "": said by where the incident is.
    """

    name: str
    title: str
    key: str
    url: str = ""
    exercise: bool = False
    relation: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportingRules:
    """Rules of this installation: who is copied, after how long a missing receipt is shown, its peers."""

    copies: tuple[CopyRule, ...] = ()
    unsigned_after: timedelta = timedelta(minutes=30)
    own_name: str = ""
    peers: Mapping[str, Peer] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reporting:
    """The desk with what reporting adds to it."""

    desk: Desk
    drafts: ReportDraftStore
    ledger: LossLedger
    received: ReceivedStore
    calls: CallStore
    rules: ReportingRules

    def sums(self, incident_id: str) -> LedgerSums:
        """Totals of the ledgers of an incident with what departments gave."""
        from fengsui.application.losses import sums_of

        return sums_of(self.ledger.rows(incident_id), self.ledger.given(incident_id))
