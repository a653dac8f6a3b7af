"""State of reporting within an incident: reports as sent, receipts, verified facts, agreed losses."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from fengsui.core.fact import Figure
from fengsui.core.response.events_reporting import LossAgreed, ReportAcknowledged, ReportField, ReportKind

MACHINE = "系统"
"""``means`` of a receipt given by a machine."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SentReport:
    """One report as it went out.

    ``due`` is when it was owed (None: at once, or not owed), ``amends`` the report it corrects and
    ``amended_by`` the one that corrects it, ``reason`` why.
    """

    report_id: str
    clock_id: str
    kind: ReportKind
    title: str
    text: str
    means: str
    at: datetime
    by: str
    seq: int
    fields: tuple[ReportField, ...] = ()
    copied: tuple[str, ...] = ()
    contact_ref: str | None = None
    due: datetime | None = None
    amends: str | None = None
    amended_by: str | None = None
    reason: str = ""
    acknowledged: tuple[ReportAcknowledged, ...] = ()

    @property
    def is_signed(self) -> bool:
        """Whether a person signed for it: a machine that has it is no reader."""
        return any(item.means != MACHINE for item in self.acknowledged)

    @property
    def late_by(self) -> timedelta | None:
        """How long after its limit it went out; None when it kept it."""
        return self.at - self.due if self.due is not None and self.at > self.due else None


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreedLoss:
    """An agreed figure of loss, by whom entered and when."""

    agreed: LossAgreed
    at: datetime
    by: str

    @property
    def value(self) -> Figure:
        return self.agreed.value
