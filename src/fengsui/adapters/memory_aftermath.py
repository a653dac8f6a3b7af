"""Archived cases, findings of reviews and yearly tasks in memory: for tests and dry runs."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from fengsui.application.aftermath_ports import CaseQuery, ReviewFinding, YearTask
from fengsui.core.casefile.case import CaseFile
from fengsui.core.directory import Jurisdiction


class MemoryCases:
    """``CaseStore`` that keeps nothing."""

    def __init__(self) -> None:
        self.cases: dict[str, CaseFile] = {}
        self.found: dict[tuple[str, str], ReviewFinding] = {}

    def archive(self, case: CaseFile) -> None:
        self.cases[case.incident_id] = case

    def case(self, incident_id: str) -> CaseFile | None:
        return self.cases.get(incident_id)

    def find(self, query: CaseQuery, limit: int = 50, offset: int = 0) -> tuple[tuple[CaseFile, ...], int]:
        found = [case for case in self.cases.values() if _fits(case, query)]
        found.sort(key=lambda case: case.incident_id)
        found.sort(key=lambda case: case.learned_at, reverse=True)
        return tuple(found[offset : offset + limit]), len(found)

    def open_finding(self, finding: ReviewFinding) -> None:
        self.found[finding.incident_id, finding.matter_id] = finding

    def close_finding(self, incident_id: str, matter_id: str, at: datetime, evidence: str) -> None:
        key = (incident_id, matter_id)
        if key in self.found and self.found[key].closed_at is None:
            self.found[key] = replace(self.found[key], closed_at=at, evidence=evidence)

    def findings(self, plan_id: str, *, open_only: bool = True) -> tuple[ReviewFinding, ...]:
        return tuple(
            item
            for item in self.found.values()
            if item.plan_id == plan_id and not (open_only and item.closed_at is not None)
        )


def _fits(case: CaseFile, query: CaseQuery) -> bool:
    words = (case.title, case.what, case.place, case.lessons, *case.plans, *case.measures, *case.hazards)
    text = "\n".join(words)
    level = case.figures.level.value if case.figures.level else ""
    return (
        all(part in text for part in query.text.split()[:5])
        and query.hazard in "、".join(case.hazards)
        and query.level in ("", level)
        and query.year in (None, case.year)
        and (not query.area or Jurisdiction(code=query.area, name="").covers(case.place_code))
    )


class MemoryYearList:
    """``YearList`` that keeps nothing."""

    def __init__(self) -> None:
        self.rows: dict[int, tuple[str, YearTask]] = {}

    def tasks(self, area: str, year: int) -> tuple[YearTask, ...]:
        found = [task for own, task in self.rows.values() if own == area and task.year == year]
        return tuple(sorted(found, key=lambda task: (task.due, task.task_id)))

    def make(self, area: str, year: int, tasks: tuple[YearTask, ...], by: str) -> None:
        if not self.tasks(area, year):
            for task in tasks:
                number = len(self.rows) + 1
                self.rows[number] = (area, replace(task, task_id=number, year=year))

    def done(self, area: str, task_id: int, at: datetime, by: str, result: str) -> bool:
        own, task = self.rows.get(task_id, ("", None))
        if task is None or own != area or task.done_at is not None:
            return False
        self.rows[task_id] = (own, replace(task, done_at=at, done_by=by, result=result))
        return True
