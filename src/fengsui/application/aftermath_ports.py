"""What the aftermath needs from outside: archived cases, findings of reviews, yearly tasks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from fengsui.core.casefile.case import CaseFile
from fengsui.core.citation import Citation


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewFinding:
    """A corrective action as a finding on a clause of a plan; ``closed_at`` None: still to be mended."""

    incident_id: str
    matter_id: str
    incident_title: str
    plan_id: str
    source: Citation
    text: str
    owner: str
    due: datetime | None
    opened_at: datetime
    closed_at: datetime | None = None
    evidence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseQuery:
    """Which cases: everything given must hold; ``area`` a division code and all below it."""

    text: str = ""
    hazard: str = ""
    level: str = ""
    year: int | None = None
    area: str = ""


class CaseStore(Protocol):
    """Archived cases and what their reviews asked of the plans."""

    def archive(self, case: CaseFile) -> None:
        """Keep a case; archived again it is replaced."""
        ...

    def case(self, incident_id: str) -> CaseFile | None: ...

    def find(self, query: CaseQuery, limit: int = 50, offset: int = 0) -> tuple[tuple[CaseFile, ...], int]:
        """One page of cases, the latest first, and how many there are."""
        ...

    def open_finding(self, finding: ReviewFinding) -> None:
        """Keep a finding; the checks of the plan's drafts are then out of date."""
        ...

    def close_finding(self, incident_id: str, matter_id: str, at: datetime, evidence: str) -> None:
        """It was mended, or dropped; an unknown one is no error."""
        ...

    def findings(self, plan_id: str, *, open_only: bool = True) -> tuple[ReviewFinding, ...]:
        """What reviews asked of one plan, the first first."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class YearTask:
    """One task of a yearly list; ``usual`` a code of the usual list, "" where the plan says it."""

    task_id: int
    year: int
    text: str
    who: str
    due: date
    usual: str = ""
    source: Citation | None = None
    done_at: datetime | None = None
    done_by: str = ""
    result: str = ""


class YearList(Protocol):
    """The yearly list of winter and spring relief of one area."""

    def tasks(self, area: str, year: int) -> tuple[YearTask, ...]: ...

    def make(self, area: str, year: int, tasks: tuple[YearTask, ...], by: str) -> None:
        """Begin the list of a year; one that is there stays as it is."""
        ...

    def done(self, area: str, task_id: int, at: datetime, by: str, result: str) -> bool:
        """Record a task as done; False when it is unknown or was done already."""
        ...
