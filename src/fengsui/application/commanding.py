"""Use cases on sensitive cases, on handing command over, and on following the level above."""

from __future__ import annotations

from collections.abc import Sequence

from fengsui.application.access import Action
from fengsui.application.commit import Outcome, change
from fengsui.application.desk import Actor, Desk
from fengsui.core.response.decisions import command, sensitive
from fengsui.core.response.decisions.command import Upper
from fengsui.core.response.events_decisions import Handover, Sensitivity


def mark_sensitive(
    desk: Desk,
    actor: Actor,
    incident_id: str,
    *,
    kind: Sensitivity,
    reason: str,
    command_id: str | None = None,
) -> Outcome:
    """Note a sensitive place, time or group of people; it suggests, and changes no level by itself."""
    return change(
        desk,
        actor,
        incident_id,
        Action.MARK_SENSITIVE,
        lambda scene: sensitive.mark(kind, reason, scene),
        command_id=command_id,
    )


def lift_mark(
    desk: Desk, actor: Actor, incident_id: str, mark_id: str, reason: str, *, command_id: str | None = None
) -> Outcome:
    """The mark no longer holds."""
    return change(
        desk,
        actor,
        incident_id,
        Action.MARK_SENSITIVE,
        lambda scene: sensitive.lift(mark_id, reason, scene),
        command_id=command_id,
    )


def hand_over_command(
    desk: Desk,
    actor: Actor,
    incident_id: str,
    *,
    direction: Handover,
    to: Sequence[str] = (),
    to_name: str = "",
    reason: str,
    command_id: str | None = None,
) -> Outcome:
    """Offer command to posts (``to``), or to a body outside (``to_name``)."""
    return change(
        desk,
        actor,
        incident_id,
        Action.HAND_OVER_COMMAND,
        lambda scene: command.hand_over(direction, to, to_name, reason, scene, roles=actor.roles),
        command_id=command_id,
    )


def accept_command(
    desk: Desk,
    actor: Actor,
    incident_id: str,
    transfer_id: str,
    *,
    document: str = "",
    told_by: str = "",
    command_id: str | None = None,
) -> Outcome:
    """Take command; for a body outside, write down its document and who told."""
    return change(
        desk,
        actor,
        incident_id,
        Action.TAKE_COMMAND,
        lambda scene: command.accept_command(transfer_id, document, told_by, scene, roles=actor.roles),
        command_id=command_id,
    )


def decline_command(
    desk: Desk,
    actor: Actor,
    incident_id: str,
    transfer_id: str,
    reason: str,
    *,
    command_id: str | None = None,
) -> Outcome:
    """Not take command, or take the offer back."""
    return change(
        desk,
        actor,
        incident_id,
        Action.TAKE_COMMAND,
        lambda scene: command.decline_command(transfer_id, reason, scene, roles=actor.roles),
        command_id=command_id,
    )


def follow_upper(
    desk: Desk,
    actor: Actor,
    incident_id: str,
    *,
    plan_id: str,
    upper: Upper,
    command_id: str | None = None,
) -> Outcome:
    """A government above started its response: follow its command under ``plan_id``."""
    return change(
        desk,
        actor,
        incident_id,
        Action.FOLLOW_UPPER,
        lambda scene: command.follow_upper(plan_id, upper, scene),
        command_id=command_id,
    )


def end_follow(
    desk: Desk,
    actor: Actor,
    incident_id: str,
    follow_id: str,
    *,
    document: str,
    told_by: str,
    command_id: str | None = None,
) -> Outcome:
    """The government above ended its response, or gave command back."""
    return change(
        desk,
        actor,
        incident_id,
        Action.FOLLOW_UPPER,
        lambda scene: command.end_follow(follow_id, document, told_by, scene),
        command_id=command_id,
    )
