"""One incident against all plans in force."""

from __future__ import annotations

from fengsui.bench.registry import Samples, Scale, bench, once, quantile, timed
from fengsui.bench.varied import varied_incidents, varied_plans
from fengsui.core.grading.grade import grade_plan
from fengsui.core.grading.index import GradingIndex

_INCIDENTS = 200


@bench("grade-incident-over-all-plans", "ms")
def grade_incident_over_all_plans(scale: Scale) -> Samples:
    """Grade and possible levels of every ladder of every plan, for one incident after the other."""
    plans = varied_plans(scale.plans)
    made: list[GradingIndex] = []
    build = once(lambda: made.append(GradingIndex(plans)), "s")
    index = made[0]
    incidents = varied_incidents(_INCIDENTS + 1)
    index.grade(incidents[-1])
    values = [once(lambda facts=facts: index.grade(facts), "ms") for facts in incidents[:-1]]  # type: ignore[misc]
    return Samples(
        values,
        also=[
            ("grade-incident-over-all-plans-p95", quantile(values, 0.95), "ms"),
            ("grade-index-plans", float(len(plans)), "plans"),
            ("grade-index-ladders", float(len(index.ladders)), "ladders"),
            ("grade-index-build", build, "s"),
        ],
    )


@bench("grade-one-plan-in-full", "ms")
def grade_one_plan_in_full(scale: Scale) -> Samples:
    """One plan with questions, clauses and remarks, made ready anew each time (the incident room)."""
    plans = varied_plans(20)
    incidents = varied_incidents(20)
    values: list[float] = []
    for plan, facts in zip(plans, incidents, strict=True):
        values += timed(lambda plan=plan, facts=facts: grade_plan(plan, facts), times=scale.times, unit="ms")  # type: ignore[misc]
    return Samples(values)
