"""Incidents, the duty log and the position of streams."""

from __future__ import annotations

from datetime import datetime

from django.db import connection
from django.db.models import Case, Count, Max, Min, Q, QuerySet, When

from fengsui.core.directory import Jurisdiction, significant
from fengsui.store import marks, models
from fengsui.store.failures import told_plainly
from fengsui.store.projection import WAITING
from fengsui.store.selectors.lines import IncidentLine, LogLine
from fengsui.store.selectors.memo import kept


def within(code: str, prefix: str = "") -> Q:
    """Rows whose ``place_code`` lies in the area ``code``, or that name no code yet."""
    field = f"{prefix}place_code"
    return Q(**{f"{field}__startswith": significant(code)}) | Q(**{field: ""})


def _incident_line(row: models.IncidentRow) -> IncidentLine:
    return IncidentLine(
        incident_id=row.id,
        title=row.title,
        place=row.place,
        place_code=row.place_code,
        exercise=row.exercise,
        is_open=row.is_open,
        level=row.level,
        grade=row.grade,
        learned_at=row.learned_at,
        updated_at=row.updated_at,
        next_due=getattr(row, "next_due", None),
        waiting_proposals=getattr(row, "waiting_proposals", 0),
        open_tasks=getattr(row, "open_tasks", 0),
    )


@kept
def incidents(
    *,
    jurisdiction: str | None = None,
    is_open: bool | None = None,
    search: str = "",
    limit: int = 50,
    offset: int = 0,
) -> tuple[list[IncidentLine], int]:
    """One page of incidents, the latest first, and how many there are."""
    rows = models.IncidentRow.objects.filter(seq__gt=0)
    if jurisdiction is not None:
        rows = rows.filter(within(jurisdiction))
    if is_open is not None:
        rows = rows.filter(is_open=is_open)
    for term in search.split():
        rows = rows.filter(Q(title__icontains=term) | Q(place__icontains=term))
    with told_plainly():
        page = rows.order_by("-learned_at", "-id")[offset : offset + limit]
        return [_incident_line(row) for row in page], rows.count()


@kept
def running_incidents(*, jurisdiction: str | None = None, limit: int = 50) -> list[IncidentLine]:
    """Open incidents for the desk: those with a response first, each with its next deadline and counts."""
    rows = models.IncidentRow.objects.filter(is_open=True, seq__gt=0)
    if jurisdiction is not None:
        rows = rows.filter(within(jurisdiction))
    with told_plainly():
        # Those with a response come first, also when many others were learned of since.
        idle = Case(When(level="", then=1), default=0)
        page = list(rows.order_by(idle, "-learned_at", "-id")[:limit])
        ids = [row.id for row in page]
        due = dict(
            models.TimerRow.objects.filter(incident_id__in=ids)
            .exclude(kind__in=("reminder", "escalation"))
            .values_list("incident_id")
            .annotate(first=Min("due_at"))
        )
        waiting = _counted(models.ProposalRow.objects.filter(state__in=WAITING), ids)
        tasks = _counted(models.TaskRow.objects.filter(ended_at__isnull=True), ids)
    for row in page:
        row.next_due = due.get(row.id)  # type: ignore[attr-defined]
        row.waiting_proposals = waiting.get(row.id, 0)  # type: ignore[attr-defined]
        row.open_tasks = tasks.get(row.id, 0)  # type: ignore[attr-defined]
    return sorted((_incident_line(row) for row in page), key=lambda line: line.level or "Z")


def _counted(rows: QuerySet[models.ProposalRow] | QuerySet[models.TaskRow], ids: list[str]) -> dict[str, int]:
    counted = rows.filter(incident_id__in=ids).values_list("incident_id").annotate(n=Count("pk"))
    return dict(counted)


def incident(incident_id: str) -> IncidentLine | None:
    """One incident as lists show it."""
    with told_plainly():
        row = models.IncidentRow.objects.filter(pk=incident_id, seq__gt=0).first()
    return None if row is None else _incident_line(row)


def possible_duplicates(
    place_code: str, since: datetime, *, exclude: str = "", limit: int = 5
) -> list[IncidentLine]:
    """Open incidents of the same place learned of after ``since``: the same call twice?"""
    rows = models.IncidentRow.objects.filter(
        is_open=True, place_code=place_code, learned_at__gte=since
    ).exclude(pk=exclude)
    with told_plainly():
        return [_incident_line(row) for row in rows.order_by("-learned_at")[:limit]]


@kept
def stream_position(incident_id: str | None = None) -> str:
    """A token that changes when the incident (or any incident) changes: for live pages."""
    with told_plainly():
        if incident_id is not None:
            seq = models.IncidentRow.objects.filter(pk=incident_id).values_list("seq", flat=True).first()
            return str(seq or 0)
        return str(_last_event() + marks.number("desk"))


IN_FLIGHT = 2000
"""Rows that transactions running side by side may write before the first of them is done."""


def _last_event() -> int:
    """A number that grows with every event that can be seen.

    PostgreSQL hands out ids before the commit: a smaller one may appear after a greater one, so those that
    are there count as well. What leaves the stretch looked at is made up for by the last id.
    """
    last = models.EventRow.objects.aggregate(last=Max("id"))["last"] or 0
    if connection.vendor != "postgresql":
        return int(last)
    return int(last) + models.EventRow.objects.filter(id__gt=last - IN_FLIGHT, id__lte=last).count()


@kept
def latest_log(*, jurisdiction: str | None = None, limit: int = 20) -> list[LogLine]:
    """The latest records of all incidents: the duty log at a glance."""
    rows = models.EventRow.objects.select_related("incident")
    if jurisdiction is not None:
        rows = rows.filter(within(jurisdiction, "incident__"))
    with told_plainly():
        return [
            LogLine(
                incident_id=row.incident_id,
                incident_title=row.incident.title,
                seq=row.seq,
                at=row.at,
                by=row.by,
                type=row.type,
                data=row.data,
            )
            for row in rows.order_by("-id")[:limit]
        ]


def may_see(jurisdiction: str, place_code: str) -> bool:
    """Whether the lists of ``jurisdiction`` hold an incident at ``place_code``."""
    return place_code == "" or Jurisdiction(code=jurisdiction, name="").covers(place_code)
