"""Every table, by what it holds. Rows only: no rule lives here."""

from fengsui.store.models.aftermath import CaseRow, MatterRow, ReviewFindingRow, YearTaskRow
from fengsui.store.models.api import ApiKey
from fengsui.store.models.clauses import PlanFigure, PlanPart
from fengsui.store.models.dispatch import PhotoRow
from fengsui.store.models.incidents import (
    ApproverRow,
    ClockRow,
    CommandRow,
    EventRow,
    InboxRow,
    IncidentRow,
    OutboxRow,
    ProposalRow,
    TaskRow,
    TimerRow,
)
from fengsui.store.models.library import Document, ImportBatch, ImportEntry, PlanDraft, PlanVersion
from fengsui.store.models.lint import LintDay, LintDismissal, LintFinding, LintRun
from fengsui.store.models.notify import (
    DeliveryRow,
    NoticeRow,
    NotifyChannel,
    NotifyGroup,
    NotifyOptions,
    NotifyRule,
    NotifyWish,
)
from fengsui.store.models.people import (
    Account,
    Holding,
    Jurisdiction,
    Person,
    PersonDetail,
    Post,
    Roster,
    Unit,
)
from fengsui.store.models.people_admin import ChangeRequest, PersonalRead
from fengsui.store.models.records import AuditRow, CallDraft, PersonalRecord
from fengsui.store.models.release import PublishedStatement, StatementApproverRow, StatementRow
from fengsui.store.models.reporting import LossEntry, LossFigure, ReceivedReportRow, ReportDraftRow
from fengsui.store.models.unseal import UnsealRow
from fengsui.store.models.watch import CallRow, DayBookRow, HandOverRow, LeaveRow, RosterChange

__all__ = [
    "Account",
    "ApiKey",
    "ApproverRow",
    "AuditRow",
    "CallDraft",
    "CallRow",
    "CaseRow",
    "ChangeRequest",
    "ClockRow",
    "CommandRow",
    "DayBookRow",
    "DeliveryRow",
    "Document",
    "EventRow",
    "HandOverRow",
    "Holding",
    "ImportBatch",
    "ImportEntry",
    "InboxRow",
    "IncidentRow",
    "Jurisdiction",
    "LeaveRow",
    "LintDay",
    "LintDismissal",
    "LintFinding",
    "LintRun",
    "LossEntry",
    "LossFigure",
    "MatterRow",
    "NoticeRow",
    "NotifyChannel",
    "NotifyGroup",
    "NotifyOptions",
    "NotifyRule",
    "NotifyWish",
    "OutboxRow",
    "Person",
    "PersonDetail",
    "PersonalRead",
    "PersonalRecord",
    "PhotoRow",
    "PlanDraft",
    "PlanFigure",
    "PlanPart",
    "PlanVersion",
    "Post",
    "ProposalRow",
    "PublishedStatement",
    "ReceivedReportRow",
    "ReportDraftRow",
    "ReviewFindingRow",
    "Roster",
    "RosterChange",
    "StatementApproverRow",
    "StatementRow",
    "TaskRow",
    "TimerRow",
    "Unit",
    "UnsealRow",
    "YearTaskRow",
]
