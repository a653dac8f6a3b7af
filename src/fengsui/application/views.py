"""Questions that screens and the command line ask: where an incident stands, which plans apply, the log."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from fengsui.application import access
from fengsui.application.access import Action
from fengsui.application.board import Candidate, ClockView, DirectiveView, PlanView, Situation, Step
from fengsui.application.commit import attached_plans, folded, load, scene_of
from fengsui.application.desk import Actor, Desk
from fengsui.application.steps import next_steps
from fengsui.application.wording import word
from fengsui.core.errors import InputError, Refusal
from fengsui.core.plan.level import ResponseLevel
from fengsui.core.plan.model import Plan
from fengsui.core.response import chain
from fengsui.core.response.applicable import applicable
from fengsui.core.response.decisions.motion import Order, orders
from fengsui.core.response.decisions.propose import power_for
from fengsui.core.response.decisions.scene import Scene
from fengsui.core.response.due import obligations
from fengsui.core.response.events import ProposalKind
from fengsui.core.response.follow_up import standings
from fengsui.core.response.mapping import suggest
from fengsui.core.response.power import Power, activation_power, termination_power

__all__ = [
    "Candidate",
    "ClockView",
    "DirectiveView",
    "PlanView",
    "Situation",
    "Step",
    "applicable_plans",
    "export_log",
    "preview",
    "situation",
    "who_decides",
]


def applicable_plans(desk: Desk, what: str, place_code: str, *, language: str = "zh") -> list[Candidate]:
    """Plans in force at ``place_code`` that may apply to ``what``, the best match first."""
    found: list[Candidate] = []
    for item in applicable(desk.plans.in_force(place_code), what):
        code = "words_match" if item.words else "overall_plan"
        why = word("applies", code, language, words="、".join(item.words))
        found.append(Candidate(item.plan, why, item.source))
    return found


def situation(desk: Desk, incident_id: str, now: datetime | None = None) -> Situation:
    """The incident as it stands. Raises InputError("incident_unknown")."""
    stream = desk.incidents.load(incident_id)
    incident = folded(stream)
    if incident is None:
        raise InputError("incident_unknown", incident=incident_id)
    at = now or desk.clock.now()
    directory = desk.directory.directory()
    plans = attached_plans(desk, incident)
    scene = Scene(incident=incident, plans=plans, directory=directory, now=at, by="")
    views = tuple(_plan_view(desk, plan, scene) for plan in plans.values())
    deadlines = obligations(incident)
    return Situation(
        incident=incident,
        now=at,
        directory=directory,
        plans=views,
        proposals=tuple(incident.proposals.values()),
        directives=tuple(
            DirectiveView(directive_id=key, state=item) for key, item in incident.directives.items()
        ),
        clocks=tuple(ClockView(clock_id=key, state=item) for key, item in incident.clocks.items()),
        deadlines=deadlines,
        steps=next_steps(incident, views, at),
        log=stream,
    )


def _plan_view(desk: Desk, plan: Plan, scene: Scene) -> PlanView:
    incident = scene.incident
    ladders = standings(plan, incident, desk.grader)
    suggestion = suggest(plan, ladders)
    power: Power | None = None
    nobody: Refusal | None = None
    response = incident.responses.get(plan.id)
    if suggestion.level is not None:
        changes = response is not None and response.level is not suggestion.level
        kind = ProposalKind.CHANGE if changes else ProposalKind.ACTIVATE
        try:
            power = power_for(kind, plan.id, suggestion.level, scene)
        except Refusal as refusal:
            nobody = refusal
    unassigned = (
        tuple(order for order in orders(plan, response.level, scene) if not order.targets) if response else ()
    )
    return PlanView(
        plan=plan,
        why=incident.plans[plan.id].why,
        standings=ladders,
        suggestion=suggestion,
        power=power,
        nobody=nobody,
        response=response,
        unassigned=unassigned,
    )


def preview(
    desk: Desk, incident_id: str, plan_id: str, level: ResponseLevel, now: datetime | None = None
) -> tuple[Order, ...]:
    """What approving would set in motion: the orders of the plan at ``level`` (for the approval page)."""
    scene = scene_of(desk, load(desk, incident_id), now or desk.clock.now())
    return orders(scene.plan(plan_id), level, scene)


def who_decides(
    desk: Desk, incident_id: str, plan_id: str, kind: ProposalKind, level: ResponseLevel
) -> Power:
    """Who decides on such a proposal by the plan. Raises Refusal("nobody_may_start")."""
    incident = load(desk, incident_id)
    plan = attached_plans(desk, incident)[plan_id]
    directory = desk.directory.directory()
    if kind is ProposalKind.TERMINATE:
        return termination_power(plan, level, directory)
    return activation_power(plan, level, directory)


def export_log(desk: Desk, incident_id: str, actor: Actor | None = None) -> dict[str, Any]:
    """The sealed log; ``chain.render`` makes its file. ``actor`` None: on the machine itself."""
    stream = desk.incidents.read(incident_id)
    if not stream:
        raise InputError("incident_unknown", incident=incident_id)
    if actor is not None:
        access.require(actor, Action.EXPORT_LOG, load(desk, incident_id).opened.place_code)
    return chain.export(stream)
