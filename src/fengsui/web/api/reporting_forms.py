"""What is sent to the addresses of reports and losses."""

from __future__ import annotations

from datetime import datetime

from ninja import Field

from fengsui.core.response.events_reporting import ReportKind
from fengsui.web.api.forms import Body


class FieldIn(Body):
    """One field; ``checking``: being verified."""

    code: str = "other"
    label: str
    text: str
    checking: bool = False


class ReportIn(Body):
    """A report by fields; ``fields`` empty: those the clause asks for, filled from what is known."""

    kind: ReportKind = ReportKind.FIRST
    means: str
    title: str = ""
    fields: list[FieldIn] = Field(default_factory=list)
    copied: list[str] = Field(default_factory=list)
    contact: dict[str, str] | None = None


class AmendedIn(ReportIn):
    """A correction, and why."""

    reason: str


class ReceiptIn(Body):
    """Who signed for a report, and their number."""

    who: str
    number: str = ""
    received_at: datetime | None = None
    means: str = "电话"


class OccurredIn(Body):
    """When it occurred."""

    occurred_at: datetime
    said_by: str = ""


class HeardIn(Body):
    """When the body of an edge received or learned of it, and who says so."""

    at: datetime
    reason: str


class PeerIn(Body):
    """Another Fengsui, by its name in the rules."""

    peer: str


class LossIn(Body):
    """A row of a ledger; ``value`` null: not known. ``person`` (rows of persons) is kept apart."""

    item: str
    reported_by: str
    value: dict[str, float | None] | int | None = None
    county: str = ""
    township: str = ""
    village: str = ""
    note: str = ""
    person: dict[str, str] = Field(default_factory=dict)


class FigureIn(Body):
    """The figure of a department; null: it does not know."""

    item: str
    body: str
    value: dict[str, float | None] | int | None


class AgreementIn(Body):
    """A figure on which departments agree."""

    item: str
    value: dict[str, float | None] | int
    agreed_by: list[str]
    note: str = ""
