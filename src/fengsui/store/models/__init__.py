"""Every table, by what it holds. Rows only: no rule lives here."""

from fengsui.store.models.api import ApiKey
from fengsui.store.models.clauses import PlanFigure, PlanPart
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
from fengsui.store.models.records import AuditRow, CallDraft, PersonalRecord

__all__ = [
    "Account",
    "ApiKey",
    "ApproverRow",
    "AuditRow",
    "CallDraft",
    "ClockRow",
    "CommandRow",
    "Document",
    "EventRow",
    "Holding",
    "ImportBatch",
    "ImportEntry",
    "InboxRow",
    "IncidentRow",
    "Jurisdiction",
    "LintDay",
    "LintDismissal",
    "LintFinding",
    "LintRun",
    "OutboxRow",
    "Person",
    "PersonDetail",
    "PersonalRecord",
    "PlanDraft",
    "PlanFigure",
    "PlanPart",
    "PlanVersion",
    "Post",
    "ProposalRow",
    "Roster",
    "TaskRow",
    "TimerRow",
    "Unit",
]
