"""Setting a response in motion: the approval that issues two hundred directives, in one transaction."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from fengsui.bench.registry import Samples, Scale, Skipped, bench, once
from fengsui.bench.world import loaded

if TYPE_CHECKING:
    from fengsui.application.desk import Actor, Desk

DIRECTIVES = 200
_RUNS = 10
_PROPOSER, _APPROVER = "duty-main", "vice-safety"


@bench("activate-200-directives", "ms")
def activate_200_directives(scale: Scale) -> Samples:
    """From the approver's yes to everything stored: events, directives, clocks, timers, messages."""
    loaded(scale)
    from fengsui import bootstrap

    desk = bootstrap.desk()
    plan_id, place = _wide_plan()
    times: list[float] = []
    issued = 0
    for number in range(_RUNS + 1):
        took, issued = _activation(desk, plan_id, place, number)
        times.append(took)
    return Samples(times[1:], also=[("activate-directives-issued", float(issued), "directives")])


def _activation(desk: Desk, plan_id: str, place: str, number: int) -> tuple[float, int]:
    """Open, propose and approve; how long the approval took, and how many directives it issued."""
    from fengsui.application import incidents, proposals
    from fengsui.application.commit import load
    from fengsui.core.plan.level import ResponseLevel
    from fengsui.core.response.decisions.record import Call

    call = Call(
        title=f"测试事故{number}",
        what="井下透水",
        place="东河县",
        place_code=place,
        learned_at=datetime.now(UTC),
    )
    proposer, approver = _actor(desk, _PROPOSER), _actor(desk, _APPROVER)
    incident = incidents.open_incident(desk, proposer, call, plans=[(plan_id, "测试")]).incident_id
    proposals.propose(desk, proposer, incident, plan_id=plan_id, level=ResponseLevel.III, reason="测试")
    waiting = next(key for key, each in load(desk, incident).proposals.items() if each.is_open)
    took = once(
        lambda: proposals.answer_proposal(
            desk, approver, incident, waiting, proposals.Answer.APPROVE, "同意"
        ),
        "ms",
    )
    return took, len(load(desk, incident).directives)


def _actor(desk: Desk, post_id: str) -> Actor:
    from fengsui.application.desk import Actor

    post = desk.directory.directory().post(post_id)
    if post is None:
        raise Skipped(f"the demo has no post {post_id}")
    return Actor.of(post)


def _wide_plan(directives: int = DIRECTIVES, plan_id: str = "bench-wide") -> tuple[str, str]:
    """Put in force a copy of the demo's work-safety plan with many measures; its id and place."""
    import json

    from fengsui.core.plan.codec import from_data, to_data
    from fengsui.core.plan.level import ResponseLevel
    from fengsui.core.plan.model import Plan
    from fengsui.store.models import PlanVersion

    version = (
        PlanVersion.objects.filter(title__contains="生产安全", ended_at__isnull=True).order_by("id").first()
    )
    if version is None:
        raise Skipped("the demo has no work-safety plan")
    plan = from_data(Plan, json.loads(version.plan))
    levels = (ResponseLevel.III,)
    # Bodies that stand for one unit each, so that each measure is one directive.
    single = [name for name, ids in plan.bindings if len(ids) == 1]
    if not single or not plan.content.measures:
        raise Skipped("the demo's work-safety plan prescribes no measure to one unit")
    model = replace(plan.content.measures[0], levels=levels, out_of_scope=False, hazard=None)
    measures = tuple(
        replace(model, text=f"测试措施之{number}", who=single[number % len(single)])
        for number in range(directives)
    )
    content = replace(plan.content, title="云州宽预案", measures=measures, duties=(), groups=())
    wide = replace(plan, id=plan_id, version=1, content=content)
    text = json.dumps(to_data(wide), ensure_ascii=False)
    PlanVersion.objects.create(
        plan_id=wide.id,
        version=1,
        title=content.title,
        jurisdiction=wide.jurisdiction,
        kind=wide.kind.value,
        hazards=version.hazards,
        sha256="0" * 64,
        in_force_from=version.in_force_from,
        plan=text,
    )
    return wide.id, wide.jurisdiction
