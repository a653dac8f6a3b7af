"""Plans in force that govern an area, by what lists need: nothing is decoded."""

from __future__ import annotations

import json
from dataclasses import dataclass

from fengsui.core.directory import Jurisdiction
from fengsui.store import models
from fengsui.store.failures import told_plainly


@dataclass(frozen=True, slots=True, kw_only=True)
class GoverningPlan:
    """One plan in force, without its content."""

    plan_id: str
    title: str
    jurisdiction: str
    hazards: tuple[str, ...]


def governing_plans(at_code: str) -> tuple[GoverningPlan, ...]:
    """Plans in force of the area ``at_code`` and of those above it; its own first, then by title."""
    with told_plainly():
        rows = models.PlanVersion.objects.filter(ended_at__isnull=True)
        codes = rows.order_by().values_list("jurisdiction", flat=True).distinct()
        above = [code for code in codes if Jurisdiction(code=code, name="").covers(at_code)]
        found = rows.filter(jurisdiction__in=above).order_by("-jurisdiction", "title", "plan_id")
        return tuple(
            GoverningPlan(plan_id=plan_id, title=title, jurisdiction=code, hazards=tuple(json.loads(hazards)))
            for plan_id, title, code, hazards in found.values_list(
                "plan_id", "title", "jurisdiction", "hazards"
            )
        )
