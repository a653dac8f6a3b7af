"""Events of reporting (信息报送): what a report said, what was mended, who signed, which figures hold.

Texts here hold no names of casualties and no telephone numbers: a contact is a reference into the table of
personal data, the dead and the missing are counted here and named in a register that can be sealed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from fengsui.core.fact import Figure


class ReportKind(StrEnum):
    """Which report of the chain it is."""

    FIRST = "first"  # 初报
    FOLLOW_UP = "follow_up"  # 续报
    ZERO = "zero"  # 零报告
    FINAL = "final"  # 终报


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportField:
    """One thing the clause asks for. ``code`` names it in the register of fields, ``label`` is as printed.

    ``text`` is never empty: what is not known is said to be unknown. ``checking``: being verified (正在核实).
    """

    code: str
    label: str
    text: str
    checking: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportBody:
    """A report as it was sent; ``report_id`` counts within the incident (r1, r2, …).

    ``copied`` the bodies it was copied to (抄送), ``contact_ref`` who may be asked, outside the stream;
    ``reached`` units and posts of the directory among receivers and copies, who find it in their inbox.
    """

    report_id: str
    kind: ReportKind
    title: str
    fields: tuple[ReportField, ...] = ()
    copied: tuple[str, ...] = ()
    contact_ref: str | None = None
    reached: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportAmended:
    """A report that was sent is corrected (更正); ``amends`` names it, and it is kept as it was."""

    clock_id: str
    amends: str
    reason: str
    means: str
    text: str
    report: ReportBody


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportAcknowledged:
    """The receiver signed for a report (签收): body or post, its number for it, when it had it."""

    report_id: str
    who: str
    number: str
    received_at: datetime
    means: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FactVerified:
    """What record ``seq`` said of a fact was checked and holds (核实); a later word is unverified again."""

    fact: str
    seq: int
    verified_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OccurrenceTimed:
    """When it occurred became known, or was corrected."""

    occurred_at: datetime
    said_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportClockMoved:
    """A running clock is counted from another instant, because the one it was counted from was wrong.

    ``reason`` who says so and why, where a person moved this one clock.
    """

    clock_id: str
    started_at: datetime
    due: datetime | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LossGiven:
    """The figure that one department gave for one item of loss; None: it does not know."""

    body: str
    value: Figure | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LossAgreed:
    """Departments agreed on a figure of loss (核定): what each had said, what holds, who agreed."""

    item: str
    value: Figure
    given: tuple[LossGiven, ...]
    agreed_by: tuple[str, ...]
    note: str | None = None


ReportingEvent = (
    ReportAmended | ReportAcknowledged | FactVerified | OccurrenceTimed | ReportClockMoved | LossAgreed
)
"""Every event of this module."""
