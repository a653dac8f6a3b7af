"""What a plan may be compared with: its other versions, the plans above it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from fengsui.core.directory import Jurisdiction
from fengsui.store.failures import told_plainly
from fengsui.store.models import PlanDraft


@dataclass(frozen=True, slots=True)
class OtherPlan:
    """A plan to compare with; ``why`` is "version" or "upper"."""

    draft_id: str
    title: str
    state: str
    jurisdiction: str
    imported_at: datetime
    why: str


MOST = 12
"""Plans offered of one sort."""


def others_of(draft_id: str) -> list[OtherPlan]:
    """Other versions of a plan, the latest first, then the plans above it: those it names, then the like."""
    with told_plainly():
        own = PlanDraft.objects.filter(pk=draft_id).defer("draft", "settlements", "bindings").first()
        if own is None:
            return []
        return [*_versions(own), *_upper(own)]


def _versions(own: PlanDraft) -> list[OtherPlan]:
    same = Q(title=own.title, jurisdiction=own.jurisdiction)
    if own.title_key:
        same |= Q(title_key=own.title_key, jurisdiction=own.jurisdiction)
    if own.plan_id:
        same |= Q(plan_id=own.plan_id)
    if own.version_of:
        same |= Q(pk=own.version_of)
    rows = PlanDraft.objects.filter(same | Q(version_of=own.pk)).exclude(pk=own.pk)
    return [_other(row, "version") for row in _few(rows.order_by("-imported_at", "-position"))]


def _upper(own: PlanDraft) -> list[OtherPlan]:
    named = Q(pk="")
    for title in filter(None, own.upper_title.split("、")):
        named |= Q(title__contains=title[:300])
    first = list(_few(PlanDraft.objects.filter(named).exclude(pk=own.pk).order_by("-imported_at")))
    codes = PlanDraft.objects.order_by().values_list("jurisdiction", flat=True).distinct()
    above = [
        code
        for code in codes
        if code != own.jurisdiction and Jurisdiction(code=code, name="").covers(own.jurisdiction)
    ]
    like = Q(jurisdiction__in=above) | Q(jurisdiction=own.jurisdiction, kind="overall")
    rows = PlanDraft.objects.filter(like, state="in_force").exclude(pk=own.pk)
    if own.hazard_class:
        rows = rows.filter(Q(hazard_class=own.hazard_class) | Q(kind="overall"))
    seen = {row.pk for row in first}
    rest = [row for row in _few(rows.order_by("-jurisdiction", "title")) if row.pk not in seen]
    return [_other(row, "upper") for row in (*first, *rest)][:MOST]


def _few(rows: QuerySet[PlanDraft]) -> list[PlanDraft]:
    return list(rows.defer("draft", "settlements", "bindings")[:MOST])


def _other(row: PlanDraft, why: str) -> OtherPlan:
    return OtherPlan(row.pk, row.title, row.state, row.jurisdiction, row.imported_at, why)
