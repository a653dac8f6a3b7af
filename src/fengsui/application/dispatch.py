"""Use cases of command and dispatch beside the directives: staffing, check-in, the danger zone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from fengsui.application.access import Action
from fengsui.application.commit import Outcome, change, load, scene_of
from fengsui.application.desk import Actor, Desk
from fengsui.application.duty import roster_at
from fengsui.core.response.decisions import safety, staffing
from fengsui.core.response.decisions.safety import Arrival, Team
from fengsui.core.response.decisions.scene import Scene
from fengsui.core.response.events import Event
from fengsui.core.response.events_dispatch import GroupStaffed, StaffRole

__all__ = [
    "Arrival",
    "Team",
    "assign_post",
    "check_in",
    "check_out",
    "enter_zone",
    "leave_zone",
    "order_withdrawal",
    "resume_rescue",
    "staff_command",
    "suggested_staffing",
    "suspend_rescue",
]


def suggested_staffing(desk: Desk, incident_id: str) -> dict[str, tuple[GroupStaffed, ...]]:
    """Headquarters and groups of each plan as posts and roster would fill them now, by plan id."""
    incident, now = load(desk, incident_id), desk.clock.now()
    scene = scene_of(desk, incident, now, roster=roster_at(desk, now))
    return {key: staffing.suggested(plan, scene) for key, plan in scene.plans.items()}


def staff_command(
    desk: Desk, actor: Actor, incident_id: str, plan_id: str, *, command_id: str | None = None
) -> Outcome:
    """Fill headquarters and groups of a plan anew; whoever a person named stays."""
    return change(
        desk,
        actor,
        incident_id,
        Action.STAFF_COMMAND,
        lambda scene: staffing.staff(plan_id, scene),
        command_id=command_id,
    )


def assign_post(
    desk: Desk,
    actor: Actor,
    incident_id: str,
    *,
    role: StaffRole,
    post_id: str,
    name: str = "",
    plan_id: str | None = None,
    group: str | None = None,
    command_id: str | None = None,
) -> Outcome:
    """Name a post for one place of the headquarters, a group or the scene."""

    def decide(scene: Scene) -> Sequence[Event]:
        return staffing.assign(role, name, post_id, scene, plan_id=plan_id, group=group)

    return change(desk, actor, incident_id, Action.STAFF_COMMAND, decide, command_id=command_id)


def check_in(
    desk: Desk,
    actor: Actor,
    incident_id: str,
    arrival: Arrival,
    *,
    contact: Mapping[str, Any] | None = None,
    command_id: str | None = None,
) -> Outcome:
    """A force is at the scene. ``contact``: name and telephone of its leader, kept outside the stream."""

    def decide(scene: Scene) -> Sequence[Event]:
        events = safety.check_in(arrival, scene)
        kept = {key: value for key, value in (contact or {}).items() if value}
        if not kept:
            return events
        # Kept only once the decision stands, in the same transaction.
        ref = desk.personal.keep(kept, about=f"incident/{incident_id}")
        return safety.check_in(replace(arrival, contact_ref=ref), scene)

    return change(desk, actor, incident_id, Action.CHECK_IN, decide, command_id=command_id)


def check_out(
    desk: Desk,
    actor: Actor,
    incident_id: str,
    checkin_id: str,
    reason: str = "",
    *,
    command_id: str | None = None,
) -> Outcome:
    """A force leaves the scene."""
    return change(
        desk,
        actor,
        incident_id,
        Action.CHECK_IN,
        lambda scene: safety.check_out(checkin_id, reason, scene),
        command_id=command_id,
    )


def enter_zone(
    desk: Desk, actor: Actor, incident_id: str, team: Team, *, command_id: str | None = None
) -> Outcome:
    """A team goes into the danger zone."""
    return change(
        desk,
        actor,
        incident_id,
        Action.TRACK_RESCUERS,
        lambda scene: safety.enter(team, scene),
        command_id=command_id,
    )


def leave_zone(
    desk: Desk,
    actor: Actor,
    incident_id: str,
    entry_id: str,
    *,
    people: int | None = None,
    note: str = "",
    command_id: str | None = None,
) -> Outcome:
    """``people`` of a team are out; None: all of it."""
    return change(
        desk,
        actor,
        incident_id,
        Action.TRACK_RESCUERS,
        lambda scene: safety.leave(entry_id, people, note, scene),
        command_id=command_id,
    )


def order_withdrawal(
    desk: Desk,
    actor: Actor,
    incident_id: str,
    reason: str,
    signal: str = "",
    *,
    command_id: str | None = None,
) -> Outcome:
    """Everybody out of the danger zone."""
    return change(
        desk,
        actor,
        incident_id,
        Action.COMMAND_SCENE,
        lambda scene: safety.order_withdrawal(reason, signal, scene),
        command_id=command_id,
    )


def suspend_rescue(
    desk: Desk, actor: Actor, incident_id: str, reason: str, *, command_id: str | None = None
) -> Outcome:
    """The rescue is suspended."""
    return change(
        desk,
        actor,
        incident_id,
        Action.COMMAND_SCENE,
        lambda scene: safety.suspend(reason, scene),
        command_id=command_id,
    )


def resume_rescue(
    desk: Desk, actor: Actor, incident_id: str, reason: str, *, command_id: str | None = None
) -> Outcome:
    """The rescue goes on; refused to all but the commander and the commander on the scene."""
    return change(
        desk,
        actor,
        incident_id,
        Action.COMMAND_SCENE,
        lambda scene: safety.resume(reason, scene),
        command_id=command_id,
    )
