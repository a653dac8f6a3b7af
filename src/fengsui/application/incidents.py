"""Use cases on the incident itself: take a call, tie plans to it, enter facts, judge, note, close."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from fengsui.application import access
from fengsui.application.access import Action
from fengsui.application.commit import Outcome, already_done, change, write
from fengsui.application.desk import Actor, Desk
from fengsui.core.plan.model import Plan
from fengsui.core.response import chain
from fengsui.core.response.decisions import record
from fengsui.core.response.decisions.record import Call, Reported
from fengsui.core.response.decisions.scene import Scene, check_text
from fengsui.core.response.events import PlanAttached
from fengsui.core.response.evolve import evolve
from fengsui.core.response.incident import Incident


def save_call_draft(desk: Desk, actor: Actor, data: Mapping[str, Any]) -> None:
    """Keep what has been typed of a call; nothing is compulsory."""
    access.require(actor, Action.OPEN_INCIDENT)
    desk.drafts.save(actor.post_id, data)


def load_call_draft(desk: Desk, actor: Actor) -> dict[str, Any] | None:
    """What was typed before, None when there is nothing."""
    access.require(actor, Action.OPEN_INCIDENT)
    return desk.drafts.load(actor.post_id)


def open_incident(
    desk: Desk,
    actor: Actor,
    call: Call,
    *,
    caller: Mapping[str, Any] | None = None,
    plans: Sequence[tuple[str, str]] = (),
    facts: Sequence[Reported] = (),
    command_id: str | None = None,
) -> Outcome:
    """Open an incident from a call; ``plans`` are (plan id, why) to attach at once, ``facts`` what was said.

    ``caller`` (name, telephone) is kept apart from the stream. Report clocks that run from learning of
    the event begin with this command.
    """
    with desk.transactions.begin():
        done = already_done(desk, command_id)
        if done is not None:
            return done
        access.require(actor, Action.OPEN_INCIDENT, call.place_code)
        incident_id = desk.ids.new()
        if caller:
            kept = desk.personal.keep(caller, about=f"incident/{incident_id}")
            call = replace(call, caller_ref=kept)
        if desk.exercise:
            call = replace(call, exercise=True)
        outcome = _open(desk, actor, incident_id, call, plans, facts, command_id)
        desk.drafts.clear(actor.post_id)
        return outcome


def _open(
    desk: Desk,
    actor: Actor,
    incident_id: str,
    call: Call,
    plans: Sequence[tuple[str, str]],
    facts: Sequence[Reported],
    command_id: str | None,
) -> Outcome:
    now = desk.clock.now()
    opened = record.open_incident(call, now=now)
    first = chain.record(incident_id, opened, by=actor.post_id, at=now, last=None)
    blank = evolve(None, first[0])
    chosen = {plan_id: desk.plans.plan(plan_id) for plan_id, _ in plans}
    scene = Scene(
        incident=blank, plans=chosen, directory=desk.directory.directory(), now=now, by=actor.post_id
    )
    events = [event for plan_id, why in plans for event in record.attach_plan(chosen[plan_id], why, scene)]
    reported = record.report_facts(facts, scene) if facts else ()
    return write(desk, scene, (*events, *reported), command_id, opening=first)


def attach_plan(
    desk: Desk,
    actor: Actor,
    incident_id: str,
    plan_id: str,
    why: str,
    *,
    version: int | None = None,
    command_id: str | None = None,
) -> Outcome:
    """Take a plan as applying. Raises InputError("plan_unknown")."""

    def decide(scene: Scene) -> Sequence[PlanAttached]:
        plan: Plan = desk.plans.plan(plan_id, version)
        return record.attach_plan(plan, why, scene)

    return change(desk, actor, incident_id, Action.ATTACH_PLAN, decide, command_id=command_id)


def detach_plan(
    desk: Desk, actor: Actor, incident_id: str, plan_id: str, reason: str, *, command_id: str | None = None
) -> Outcome:
    """The plan does not apply after all."""
    return change(
        desk,
        actor,
        incident_id,
        Action.ATTACH_PLAN,
        lambda scene: record.detach_plan(plan_id, reason, scene),
        command_id=command_id,
    )


def report_facts(
    desk: Desk,
    actor: Actor,
    incident_id: str,
    facts: Sequence[Reported],
    *,
    command_id: str | None = None,
) -> Outcome:
    """Enter facts as they were said; grades follow at once."""
    return change(
        desk,
        actor,
        incident_id,
        Action.REPORT_FACTS,
        lambda scene: record.report_facts(facts, scene),
        command_id=command_id,
    )


def judge(
    desk: Desk,
    actor: Actor,
    incident_id: str,
    text: str,
    answer: bool | None,
    said_by: str = "",
    *,
    command_id: str | None = None,
) -> Outcome:
    """Answer a criterion that has no figure (``text`` as printed); None takes the answer back."""
    return change(
        desk,
        actor,
        incident_id,
        Action.JUDGE,
        lambda scene: record.judge(text, answer, said_by, scene),
        command_id=command_id,
    )


def add_note(
    desk: Desk, actor: Actor, incident_id: str, text: str, *, command_id: str | None = None
) -> Outcome:
    """Write a line in the duty log."""
    return change(
        desk,
        actor,
        incident_id,
        Action.ADD_NOTE,
        lambda scene: record.add_note(text, scene),
        command_id=command_id,
    )


def close_incident(
    desk: Desk, actor: Actor, incident_id: str, reason: str, *, command_id: str | None = None
) -> Outcome:
    """Nothing more to do; refused while a response runs."""
    return change(
        desk,
        actor,
        incident_id,
        Action.CLOSE_INCIDENT,
        lambda scene: record.close_incident(reason, scene),
        command_id=command_id,
    )


def caller_of(desk: Desk, actor: Actor, incident: Incident, why: str) -> dict[str, Any]:
    """Who called (personal data); empty when nothing was kept or it was erased. That it was read is kept."""
    access.require(actor, Action.SEE_PERSONAL, incident.opened.place_code)
    if not incident.opened.caller_ref:
        return {}
    return desk.personal.read(
        incident.opened.caller_ref, by=actor.post_id, person=actor.person_id, why=check_text(why, "why")
    )
