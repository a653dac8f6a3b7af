"""The figures of each plan that statistics count, kept beside its draft so that no page reads 2,090 plans."""

from __future__ import annotations

from collections.abc import Iterable

from fengsui.application.plan_library_ports import DraftRecord
from fengsui.core.plan.plan_figures import figures_of
from fengsui.core.plan.review import apply
from fengsui.store.models import PlanDraft, PlanFigure


def keep(records: Iterable[DraftRecord]) -> None:
    """Write the figures of these drafts as their reviewers left them; within the caller's transaction."""
    items = list(records)
    kept = set(
        PlanDraft.objects.filter(pk__in=[each.draft_id for each in items]).values_list("id", flat=True)
    )
    rows = []
    for record in items:
        if record.draft_id in kept:
            figures = figures_of(apply(record.draft.content, record.settlements))
            rows.append(
                PlanFigure(
                    draft_id=record.draft_id,
                    levels=figures.levels,
                    evaluate_days=figures.evaluate_days,
                    drill_days=figures.drill_days,
                )
            )
    PlanFigure.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["draft"],
        update_fields=["levels", "evaluate_days", "drill_days"],
    )
