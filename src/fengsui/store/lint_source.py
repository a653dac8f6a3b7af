"""The plans in force as the check of the library wants them (port ``PlanSource``)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence

from fengsui.application.library_linting import PlanHead, StoredPlan
from fengsui.store.failures import told_plainly
from fengsui.store.models import PlanVersion

_AT_ONCE = 100


class DjangoPlanSource:
    """Heads from columns alone; texts a hundred plans at a time, plans of one document together."""

    def heads(self) -> tuple[PlanHead, ...]:
        """All plans in force, without their texts."""
        columns = ("plan_id", "version", "title", "jurisdiction", "sha256", "draft__document_id")
        with told_plainly():
            rows = PlanVersion.objects.filter(ended_at__isnull=True).order_by("draft__document_id", "id")
            return tuple(
                PlanHead(
                    plan_id=plan_id,
                    version=version,
                    title=title,
                    jurisdiction=jurisdiction,
                    content=hashlib.sha256(f"{sha256} {document}".encode()).hexdigest(),
                )
                for plan_id, version, title, jurisdiction, sha256, document in rows.values_list(*columns)
            )

    def load(self, heads: Sequence[PlanHead]) -> Iterator[StoredPlan]:
        """The texts of these plans; one that is no longer in force is left out."""
        columns = (
            *("plan_id", "plan", "draft__document_id", "draft__document__lines"),
            *("draft__draft", "draft__settlements"),
        )
        for start in range(0, len(heads), _AT_ONCE):
            known = {head.plan_id: head for head in heads[start : start + _AT_ONCE]}
            with told_plainly():
                rows = PlanVersion.objects.filter(ended_at__isnull=True, plan_id__in=list(known))
                found = list(rows.order_by("draft__document_id", "id").values_list(*columns))
            for plan_id, plan, document, lines, draft, settlements in found:
                yield StoredPlan(
                    head=known[plan_id],
                    document=document or "",
                    plan=plan,
                    lines=lines or "[]",
                    draft=draft or "",
                    settlements=settlements or "[]",
                )
