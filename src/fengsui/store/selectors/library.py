"""The plan library."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q

from fengsui.core.directory import significant
from fengsui.store import models
from fengsui.store.failures import told_plainly
from fengsui.store.selectors.lines import PlanLine


def plans(
    *, search: str = "", state: str = "", jurisdiction: str = "", limit: int = 50, offset: int = 0
) -> tuple[list[PlanLine], int]:
    """One page of the plan library, the latest first, and how many there are.

    ``search`` words must all occur in title or file name; ``jurisdiction`` keeps that area and below.
    """
    rows = models.PlanDraft.objects.all()
    for term in search.split():
        rows = rows.filter(Q(title__icontains=term) | Q(filename__icontains=term))
    if state:
        rows = rows.filter(state=state)
    if jurisdiction:
        rows = rows.filter(jurisdiction__startswith=significant(jurisdiction))
    with told_plainly():
        wanted = rows.order_by("-imported_at", "position", "id").values_list("id", flat=True)
        ids = list(wanted[offset : offset + limit])
        found = models.PlanDraft.objects.defer("draft", "settlements", "bindings").in_bulk(ids)
        page = [found[draft_id] for draft_id in ids]
        total = rows.count()
        in_force = {
            draft_id: (version, since)
            for draft_id, version, since in models.PlanVersion.objects.filter(
                draft_id__in=[row.id for row in page], ended_at__isnull=True
            ).values_list("draft_id", "version", "in_force_from")
        }
    return [_plan_line(row, in_force.get(row.id)) for row in page], total


def _plan_line(row: models.PlanDraft, in_force: tuple[int, datetime] | None) -> PlanLine:
    version, since = in_force or (0, None)
    return PlanLine(
        draft_id=row.id,
        document_id=row.document_id,
        title=row.title,
        filename=row.filename,
        kind=row.kind,
        jurisdiction=row.jurisdiction,
        state=row.state,
        doubts=row.doubts,
        open_doubts=row.open_doubts,
        plan_id=row.plan_id,
        version=version,
        imported_at=row.imported_at,
        in_force_from=since,
    )


def draft_in_force(plan_id: str) -> str | None:
    """Id of the draft from which the version in force was made: the way from a plan to its page."""
    with told_plainly():
        rows = models.PlanVersion.objects.filter(plan_id=plan_id, ended_at__isnull=True)
        return rows.values_list("draft_id", flat=True).first()


def plan_titles(plan_ids: tuple[str, ...]) -> dict[str, str]:
    """Titles of plans in force by id."""
    with told_plainly():
        rows = models.PlanVersion.objects.filter(plan_id__in=plan_ids, ended_at__isnull=True)
        return dict(rows.values_list("plan_id", "title"))
