"""Archived cases, findings of reviews and yearly tasks in the database (``application.aftermath_ports``)."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet

from fengsui.application.aftermath_ports import CaseQuery, ReviewFinding, YearTask
from fengsui.core.casefile.case import CaseFile
from fengsui.core.citation import Citation
from fengsui.core.directory import significant
from fengsui.core.plan.codec import from_data, to_data
from fengsui.store.failures import told_plainly
from fengsui.store.models import AuditRow, CaseRow, LintRun, PlanDraft, ReviewFindingRow, YearTaskRow


class DjangoCases:
    """``CaseStore`` on the tables of ``store.models.aftermath``."""

    def archive(self, case: CaseFile) -> None:
        """Keep a case; archived again it is replaced."""
        figures = case.figures
        words = (case.title, case.what, case.place, case.lessons, *case.plans, *case.measures)
        with told_plainly():
            CaseRow.objects.update_or_create(
                incident_id=case.incident_id,
                defaults={
                    "title": case.title[:300],
                    "text": "\n".join(words),
                    "hazards": "、".join(case.hazards)[:300],
                    "level": figures.level.value if figures.level else "",
                    "grade": figures.grade.value if figures.grade else "",
                    "place_code": case.place_code,
                    "year": case.year,
                    "learned_at": case.learned_at,
                    "data": json.dumps(to_data(case), ensure_ascii=False),
                },
            )

    def case(self, incident_id: str) -> CaseFile | None:
        """One archived case."""
        with told_plainly():
            row = CaseRow.objects.filter(pk=incident_id).first()
            return None if row is None else _case(row)

    def find(self, query: CaseQuery, limit: int = 50, offset: int = 0) -> tuple[tuple[CaseFile, ...], int]:
        """One page of cases, the latest first, and how many there are."""
        rows = _chosen(query)
        with told_plainly():
            page = rows.order_by("-learned_at", "incident_id")[offset : offset + limit]
            return tuple(_case(row) for row in page), rows.count()

    def open_finding(self, finding: ReviewFinding) -> None:
        """Keep a finding; the checks of the plan's drafts are then out of date."""
        with told_plainly(), transaction.atomic():
            ReviewFindingRow.objects.update_or_create(
                incident_id=finding.incident_id,
                matter_id=finding.matter_id,
                defaults={
                    "incident_title": finding.incident_title[:300],
                    "plan_id": finding.plan_id,
                    "source": to_data(finding.source),
                    "text": finding.text,
                    "owner": finding.owner[:300],
                    "due": finding.due,
                    "opened_at": finding.opened_at,
                },
            )
            _out_of_date(finding.plan_id)

    def close_finding(self, incident_id: str, matter_id: str, at: datetime, evidence: str) -> None:
        """It was mended, or dropped; an unknown one is no error."""
        with told_plainly(), transaction.atomic():
            row = ReviewFindingRow.objects.filter(incident_id=incident_id, matter_id=matter_id).first()
            if row is None or row.closed_at is not None:
                return
            row.closed_at, row.evidence = at, evidence
            row.save()
            _out_of_date(row.plan_id)

    def findings(self, plan_id: str, *, open_only: bool = True) -> tuple[ReviewFinding, ...]:
        """What reviews asked of one plan, the first first."""
        return review_findings(plan_id, open_only=open_only)


def review_findings(plan_id: str, *, open_only: bool = True) -> tuple[ReviewFinding, ...]:
    """What reviews asked of one plan, the first first."""
    rows = ReviewFindingRow.objects.filter(plan_id=plan_id)
    if open_only:
        rows = rows.filter(closed_at__isnull=True)
    with told_plainly():
        return tuple(_finding(row) for row in rows.order_by("opened_at", "id"))


def _out_of_date(plan_id: str) -> None:
    """Whoever looks at the plan next, or the checker in the background, makes its check anew."""
    own = PlanDraft.objects.filter(plan_id=plan_id).values("pk")
    LintRun.objects.filter(draft_id__in=own).update(rules="")


def _chosen(query: CaseQuery) -> QuerySet[CaseRow]:
    rows = CaseRow.objects.all()
    for part in query.text.split()[:5]:
        rows = rows.filter(Q(text__icontains=part) | Q(hazards__icontains=part))
    if query.hazard:
        rows = rows.filter(hazards__icontains=query.hazard)
    if query.level:
        rows = rows.filter(level=query.level)
    if query.year is not None:
        rows = rows.filter(year=query.year)
    return rows.filter(place_code__startswith=significant(query.area)) if query.area else rows


def _case(row: CaseRow) -> CaseFile:
    return from_data(CaseFile, json.loads(row.data))


def _finding(row: ReviewFindingRow) -> ReviewFinding:
    return ReviewFinding(
        incident_id=row.incident_id,
        matter_id=row.matter_id,
        incident_title=row.incident_title,
        plan_id=row.plan_id,
        source=from_data(Citation, row.source),
        text=row.text,
        owner=row.owner,
        due=row.due,
        opened_at=row.opened_at,
        closed_at=row.closed_at,
        evidence=row.evidence,
    )


class DjangoYearList:
    """``YearList`` on ``YearTaskRow``; every change leaves a row of audit."""

    def tasks(self, area: str, year: int) -> tuple[YearTask, ...]:
        """The list of a year, by day."""
        with told_plainly():
            rows = YearTaskRow.objects.filter(area=area, year=year).order_by("due", "id")
            return tuple(_task(row) for row in rows)

    def make(self, area: str, year: int, tasks: tuple[YearTask, ...], by: str) -> None:
        """Begin the list of a year; one that is there stays as it is."""
        with told_plainly(), transaction.atomic():
            if YearTaskRow.objects.filter(area=area, year=year).exists():
                return
            YearTaskRow.objects.bulk_create(
                YearTaskRow(
                    area=area,
                    year=year,
                    text=task.text,
                    who=task.who[:300],
                    due=task.due,
                    usual=task.usual,
                    source=to_data(task.source) if task.source is not None else None,
                )
                for task in tasks
            )
            _audit(by, f"{area}/{year}", {"made": len(tasks)})

    def done(self, area: str, task_id: int, at: datetime, by: str, result: str) -> bool:
        """Record a task as done; False when it is unknown or was done already."""
        with told_plainly(), transaction.atomic():
            rows = YearTaskRow.objects.filter(pk=task_id, area=area, done_at__isnull=True)
            changed = rows.update(done_at=at, done_by=by, result=result)
            if changed:
                _audit(by, str(task_id), {"done": result})
            return bool(changed)


def _audit(by: str, key: str, change: dict[str, Any]) -> None:
    AuditRow.objects.create(
        by=by, register="year_task", key=key[:64], change=json.dumps(change, ensure_ascii=False)
    )


def _task(row: YearTaskRow) -> YearTask:
    return YearTask(
        task_id=row.pk,
        year=row.year,
        text=row.text,
        who=row.who,
        due=row.due,
        usual=row.usual,
        source=from_data(Citation, row.source) if row.source is not None else None,
        done_at=row.done_at,
        done_by=row.done_by,
        result=row.result,
    )
