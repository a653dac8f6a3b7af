"""What waits for one post beside its orders and proposals: matters to see to, words for the public."""

from __future__ import annotations

from django.db.models import F, Q, QuerySet

from fengsui.core.response.events_aftermath import MatterKind
from fengsui.store import models
from fengsui.store.failures import told_plainly
from fengsui.store.selectors.incidents import within
from fengsui.store.selectors.lines import MatterLine, StatementLine
from fengsui.store.selectors.memo import kept


def matters_of(*owners: str, limit: int = 100) -> list[MatterLine]:
    """Open matters of these posts and units, the nearest day first."""
    rows = _matters(owners).select_related("incident").order_by(F("due").asc(nulls_last=True), "since", "pk")
    with told_plainly():
        return [
            MatterLine(
                matter_id=row.matter_id,
                incident_id=row.incident_id,
                incident_title=row.incident.title,
                kind=row.kind,
                text=row.text,
                owner=row.owner,
                owner_name=row.owner_name,
                since=row.since,
                due=row.due,
                exercise=row.incident.exercise,
            )
            for row in rows[:limit]
        ]


@kept
def matters_counted(*owners: str) -> int:
    """How many open matters these posts and units have."""
    with told_plainly():
        return _matters(owners).count()


def _matters(owners: tuple[str, ...]) -> QuerySet[models.MatterRow]:
    rows = models.MatterRow.objects.filter(owner__in=[owner for owner in owners if owner], state="open")
    # A filed case rests; what is to be mended goes on.
    return rows.filter(Q(kind=MatterKind.CORRECTIVE.value) | Q(incident__case__isnull=True))


@kept
def waiting_statements(
    *, post_id: str | None = None, jurisdiction: str | None = None, limit: int = 50
) -> list[StatementLine]:
    """Statements that wait, the oldest first; with ``post_id`` those this post is asked to agree to."""
    rows = models.StatementRow.objects.filter(state="draft", incident__case__isnull=True)
    if post_id is not None:
        rows = rows.filter(approvers__post_id=post_id)
    if jurisdiction is not None:
        rows = rows.filter(within(jurisdiction, "incident__"))
    page = rows.select_related("incident").order_by("written_at", "pk")[:limit]
    with told_plainly():
        return [
            StatementLine(
                statement_id=row.statement_id,
                incident_id=row.incident_id,
                incident_title=row.incident.title,
                kind=row.kind,
                title=row.title,
                written_by=row.written_by,
                written_at=row.written_at,
                agreed=row.agreed,
                exercise=row.incident.exercise,
            )
            for row in page
        ]


@kept
def statements_counted(post_id: str) -> int:
    """How many statements this post is asked to agree to."""
    rows = models.StatementApproverRow.objects.filter(post_id=post_id, statement__incident__case__isnull=True)
    with told_plainly():
        return rows.count()
