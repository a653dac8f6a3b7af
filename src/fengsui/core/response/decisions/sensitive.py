"""Marking an incident as sensitive (敏感情形), and taking the mark back."""

from __future__ import annotations

from fengsui.core.errors import Conflict, InputError
from fengsui.core.response.decisions.scene import Scene, check_text
from fengsui.core.response.events_decisions import Sensitivity, SensitivityLifted, SensitivityMarked
from fengsui.core.response.sensitive import clause_of


def mark(kind: Sensitivity, reason: str, scene: Scene) -> tuple[SensitivityMarked]:
    """Note it with the clause of the first attached plan that speaks of such cases."""
    scene.must_be_open()
    cited = ((plan.id, source) for plan in scene.plans.values() if (source := clause_of(plan)) is not None)
    plan_id, source = next(cited, (None, None))
    return (
        SensitivityMarked(
            mark_id=f"s{len(scene.incident.marks) + 1}",
            kind=kind,
            reason=check_text(reason, "reason"),
            plan_id=plan_id,
            source=source,
        ),
    )


def lift(mark_id: str, reason: str, scene: Scene) -> tuple[SensitivityLifted]:
    """It no longer holds. Raises InputError for an unknown mark, Conflict for one lifted already."""
    scene.must_be_open()
    state = scene.incident.marks.get(mark_id)
    if state is None:
        raise InputError("mark_unknown", mark=mark_id)
    if not state.holds:
        raise Conflict("mark_lifted", mark=mark_id)
    return (SensitivityLifted(mark_id=mark_id, reason=check_text(reason, "reason")),)
