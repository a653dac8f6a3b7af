"""Use cases of ending and of what comes after: conditions, gradual stop, requisitions, aftermath tasks."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from fengsui.application import access
from fengsui.application.access import Action
from fengsui.application.commit import Outcome, attached_plans, change, load
from fengsui.application.desk import Actor, Desk
from fengsui.application.matters import own_or_desk
from fengsui.core.errors import InputError
from fengsui.core.plan.model import Plan
from fengsui.core.response.aftermath_rules import Asked, aftermath_asked, usual_asked
from fengsui.core.response.decisions import ending, ledger
from fengsui.core.response.decisions.ending import EndCondition, end_conditions
from fengsui.core.response.decisions.ledger import Taken
from fengsui.core.response.decisions.scene import Scene
from fengsui.core.response.events import Event
from fengsui.core.response.events_aftermath import ConditionAnswer, GoodsState
from fengsui.core.response.incident import Incident
from fengsui.core.response.state_aftermath import ConditionState

Decide = Callable[[Scene], Sequence[Event]]


def check_condition(
    desk: Desk,
    actor: Actor,
    incident_id: str,
    *,
    plan_id: str,
    condition: str,
    answer: ConditionAnswer,
    evidence: str,
    evidence_sha: str = "",
    command_id: str | None = None,
) -> Outcome:
    """Look at one condition for ending the response, with evidence."""

    def decide(scene: Scene) -> Sequence[Event]:
        return ending.answer_condition(plan_id, condition, answer, evidence, evidence_sha, scene)

    return change(desk, actor, incident_id, Action.CHECK_CONDITION, decide, command_id=command_id)


def continue_directive(
    desk: Desk,
    actor: Actor,
    incident_id: str,
    directive_id: str,
    reason: str,
    *,
    command_id: str | None = None,
) -> Outcome:
    """An order is to go on when the response ends."""
    return _run(
        desk, actor, incident_id, lambda s: ending.continue_directive(directive_id, reason, s), command_id
    )


def dissolve(
    desk: Desk,
    actor: Actor,
    incident_id: str,
    name: str,
    *,
    on_scene: bool = False,
    text: str = "",
    command_id: str | None = None,
) -> Outcome:
    """Dissolve a work group, or the headquarters on the scene."""
    return _run(desk, actor, incident_id, lambda s: ending.dissolve(name, on_scene, text, s), command_id)


def watch_scene(
    desk: Desk,
    actor: Actor,
    incident_id: str,
    *,
    until: datetime,
    owner: str,
    text: str = "",
    command_id: str | None = None,
) -> Outcome:
    """Watch the scene for recurrence until a day."""
    return _run(desk, actor, incident_id, lambda s: ending.watch(until, owner, text, s), command_id)


def _run(desk: Desk, actor: Actor, incident_id: str, decide: Decide, command_id: str | None) -> Outcome:
    return change(desk, actor, incident_id, Action.RUN_AFTERMATH, decide, command_id=command_id)


def take_goods(
    desk: Desk,
    actor: Actor,
    incident_id: str,
    taken: Taken,
    owner: Mapping[str, Any],
    *,
    command_id: str | None = None,
) -> Outcome:
    """Requisition goods; ``owner`` (name, telephone, address) is kept apart from the stream."""

    def decide(scene: Scene) -> Sequence[Event]:
        ledger.take(replace(taken, owner_ref="?"), scene)
        ref = desk.personal.keep(owner, about=f"incident/{incident_id}")
        return ledger.take(replace(taken, owner_ref=ref), scene)

    return _keep(desk, actor, incident_id, decide, command_id)


def entrust_goods(
    desk: Desk,
    actor: Actor,
    incident_id: str,
    goods_id: str,
    keeper: str,
    due: datetime | None,
    *,
    command_id: str | None = None,
) -> Outcome:
    """Say who is to return requisitioned goods and pay for them, and by when."""
    return _keep(desk, actor, incident_id, lambda s: ledger.entrust(goods_id, keeper, due, s), command_id)


def return_goods(
    desk: Desk,
    actor: Actor,
    incident_id: str,
    goods_id: str,
    state: GoodsState,
    text: str = "",
    *,
    command_id: str | None = None,
) -> Outcome:
    """Requisitioned goods go back; the desk says so, or who was to return them."""

    def decide(scene: Scene) -> Sequence[Event]:
        _keeper_or_desk(actor, goods_id, scene)
        return ledger.give_back(goods_id, state, text, scene)

    return change(desk, actor, incident_id, Action.FINISH_MATTER, decide, command_id=command_id)


def set_compensation(
    desk: Desk,
    actor: Actor,
    incident_id: str,
    goods_id: str,
    amount: Decimal,
    basis: str,
    *,
    command_id: str | None = None,
) -> Outcome:
    """Say what the owner is due."""
    return _keep(
        desk, actor, incident_id, lambda s: ledger.set_compensation(goods_id, amount, basis, s), command_id
    )


def pay_compensation(
    desk: Desk,
    actor: Actor,
    incident_id: str,
    goods_id: str,
    amount: Decimal,
    voucher: str,
    *,
    command_id: str | None = None,
) -> Outcome:
    """Record a payment; the desk does, or who was to see to it."""

    def decide(scene: Scene) -> Sequence[Event]:
        _keeper_or_desk(actor, goods_id, scene)
        return ledger.pay(goods_id, amount, voucher, scene)

    return change(desk, actor, incident_id, Action.FINISH_MATTER, decide, command_id=command_id)


def _keeper_or_desk(actor: Actor, goods_id: str, scene: Scene) -> None:
    """Raises Refusal unless the actor keeps the ledger, or is the one these goods were entrusted to."""
    entrusted = ledger.matters_of(goods_id, scene)
    if entrusted:
        own_or_desk(actor, entrusted[0], scene)
    else:
        access.require(actor, Action.KEEP_LEDGER, scene.incident.opened.place_code)


def _keep(desk: Desk, actor: Actor, incident_id: str, decide: Decide, command_id: str | None) -> Outcome:
    return change(desk, actor, incident_id, Action.KEEP_LEDGER, decide, command_id=command_id)


def owner_of(
    desk: Desk, actor: Actor, incident: Incident, goods_id: str, *, why: str, person: str = ""
) -> dict[str, Any]:
    """Whose requisitioned goods these are (personal data); empty when it was erased. The reading is kept."""
    access.require(actor, Action.SEE_PERSONAL, incident.opened.place_code)
    entry = incident.aftermath.goods.get(goods_id)
    if entry is None:
        raise InputError("goods_unknown")
    return desk.personal.read(entry.taken.owner_ref, by=actor.post_id, why=why, person=person)


@dataclass(frozen=True, slots=True, kw_only=True)
class ConditionLine:
    """One condition with its last answer; None: nobody looked at it."""

    condition: EndCondition
    state: ConditionState | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanEnding:
    """The checklist of one plan whose response runs or ran."""

    plan: Plan
    lines: tuple[ConditionLine, ...]
    unmet: int
    running: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Aftermath:
    """What the page of the aftermath shows beside the state of the incident."""

    incident: Incident
    endings: tuple[PlanEnding, ...]
    asked: tuple[Asked, ...]
    usual: tuple[Asked, ...]


def aftermath(desk: Desk, incident_id: str) -> Aftermath:
    """The checklists, and what the plans ask for afterwards that nobody took up yet."""
    incident = load(desk, incident_id)
    plans = attached_plans(desk, incident)
    taken = {item.opened.text for item in incident.aftermath.matters.values()}
    asked = [item for plan in plans.values() for item in aftermath_asked(plan, incident)]
    return Aftermath(
        incident=incident,
        endings=tuple(_ending(plan, incident) for plan in plans.values() if _ran(plan.id, incident)),
        asked=tuple(item for item in asked if item.text not in taken),
        usual=usual_asked(),
    )


def _ran(plan_id: str, incident: Incident) -> bool:
    return plan_id in incident.responses or any(item.response.plan_id == plan_id for item in incident.ended)


def _ending(plan: Plan, incident: Incident) -> PlanEnding:
    running = incident.responses.get(plan.id)
    lines = tuple(
        ConditionLine(condition=item, state=incident.aftermath.conditions.get((plan.id, item.text)))
        for item in end_conditions(plan, running.level if running else None)
    )
    return PlanEnding(
        plan=plan, lines=lines, unmet=len(ending.unmet(plan, incident)), running=running is not None
    )
