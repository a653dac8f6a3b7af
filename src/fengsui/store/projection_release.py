"""Lists of statements made from streams, beside those of ``projection``."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import F

from fengsui.core.response import events_release as ev
from fengsui.core.response.events import Recorded
from fengsui.store.models import IncidentRow, StatementApproverRow, StatementRow


def _drafted(row: IncidentRow, item: Recorded, event: ev.StatementDrafted) -> None:
    statement, _ = StatementRow.objects.update_or_create(
        incident=row,
        statement_id=event.statement_id,
        defaults={
            "version": event.version,
            "kind": event.kind.value,
            "title": event.title,
            "written_by": item.by,
            "written_at": item.at,
            "person": event.person,
            "state": "draft",
            "agreed": 0,
        },
    )
    statement.approvers.all().delete()
    StatementApproverRow.objects.bulk_create(
        StatementApproverRow(statement=statement, post_id=post) for post in dict.fromkeys(event.approvers)
    )


def _approved(row: IncidentRow, item: Recorded, event: ev.StatementApproved) -> None:
    own = StatementRow.objects.filter(incident=row, statement_id=event.statement_id)
    own.update(agreed=F("agreed") + 1)
    StatementApproverRow.objects.filter(statement__in=own, post_id=item.by).delete()


def _becomes(state: str) -> Callable[[IncidentRow, Recorded, Any], None]:
    def step(row: IncidentRow, item: Recorded, event: Any) -> None:
        own = StatementRow.objects.filter(incident=row, statement_id=event.statement_id)
        own.update(state=state)
        StatementApproverRow.objects.filter(statement__in=own).delete()

    return step


STEPS: dict[type, Callable[[IncidentRow, Recorded, Any], None]] = {
    ev.StatementDrafted: _drafted,
    ev.StatementApproved: _approved,
    ev.StatementReturned: _becomes("returned"),
    ev.StatementPublished: _becomes("published"),
    ev.StatementDropped: _becomes("dropped"),
}
