"""The few figures of a plan that statistics count: steps of its ladder, its own intervals."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from fengsui.core.plan.compare_clocks import interval_days
from fengsui.core.plan.level import LadderKind
from fengsui.core.plan.model import PlanContent

EVALUATION = 3 * 365
"""Days after which a plan is to be evaluated where it says nothing itself: the customary three years."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanFigures:
    """``levels``: steps of its longest response ladder, else of its longest ladder.

    ``evaluate_days`` and ``drill_days``: its own shortest intervals in days, None where it gives none.
    """

    levels: int
    evaluate_days: int | None
    drill_days: int | None


def figures_of(content: PlanContent) -> PlanFigures:
    """The figures of one plan."""
    ladders: dict[tuple[LadderKind, str | None, str | None], set[object]] = {}
    for level in content.levels:
        ladders.setdefault(level.scheme, set()).add(level.level)
    response = [len(steps) for scheme, steps in ladders.items() if scheme[0] is LadderKind.RESPONSE]
    own = [days for rule in content.revision if (days := interval_days(rule.every))]
    drills = [days for drill in content.drills if (days := interval_days(drill.every))]
    return PlanFigures(
        levels=max(response, default=max(map(len, ladders.values()), default=0)),
        evaluate_days=min(own, default=None),
        drill_days=min(drills, default=None),
    )


def evaluation_due(issued: date | None, own_interval: int | None) -> date | None:
    """The day by which a plan is to be evaluated; None where nobody knows when it was issued."""
    return None if issued is None else issued + timedelta(days=own_interval or EVALUATION)


_AGES = ((365, "0"), (3 * 365, "1"), (5 * 365, "3"))
_DRILLS = ((200, "0"), (400, "1"), (750, "2"))


def age_band(issued: date | None, today: date) -> str:
    """The band of years since issue: "0", "1", "3", "5" from that year on; "" unknown."""
    if issued is None:
        return ""
    return next((band for most, band in _AGES if (today - issued).days < most), "5")


def drill_band(days: int | None) -> str:
    """The band of the interval of drills: "0" half a year … "3" three years and more; "" none given."""
    return "" if days is None else next((band for most, band in _DRILLS if days <= most), "3")
