"""Use cases on matters to see to: open, done, dropped, moved."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from fengsui.application.access import Action
from fengsui.application.commit import Outcome, change
from fengsui.application.desk import Actor, Desk
from fengsui.core.directory import Role
from fengsui.core.errors import Refusal
from fengsui.core.response.decisions import matters as decisions
from fengsui.core.response.decisions.matters import Wanted
from fengsui.core.response.decisions.scene import Scene
from fengsui.core.response.events import Event
from fengsui.core.response.events_aftermath import MatterKind

_DESK = frozenset({Role.DUTY_OFFICER, Role.OFFICE_DIRECTOR, Role.COMMANDER})


def open_matters(
    desk: Desk,
    actor: Actor,
    incident_id: str,
    wanted: Sequence[Wanted],
    *,
    command_id: str | None = None,
) -> Outcome:
    """Arrange what is to be seen to."""
    return change(
        desk,
        actor,
        incident_id,
        Action.RUN_AFTERMATH,
        lambda scene: decisions.open_matters(tuple(wanted), scene),
        command_id=command_id,
    )


def finish_matter(
    desk: Desk,
    actor: Actor,
    incident_id: str,
    matter_id: str,
    result: str,
    *,
    evidence_sha: str = "",
    command_id: str | None = None,
) -> Outcome:
    """It was done; its owner or the desk says so."""

    def decide(scene: Scene) -> Sequence[Event]:
        own_or_desk(actor, matter_id, scene)
        not_of_a_review(matter_id, scene)
        return decisions.finish(matter_id, result, evidence_sha, scene)

    return change(desk, actor, incident_id, Action.FINISH_MATTER, decide, command_id=command_id)


def own_or_desk(actor: Actor, matter_id: str, scene: Scene) -> None:
    """Raises Refusal unless the matter is the actor's own, its unit's, or the actor is of the desk."""
    state = decisions.matter_of(matter_id, scene)
    post = scene.directory.post(actor.post_id)
    own = {actor.post_id, post.unit if post else ""} - {""}
    if actor.roles & _DESK or state.opened.owner in own:
        return
    raise Refusal("matter_of_others", allowed=(state.opened.owner_name,) if state.opened.owner_name else ())


def not_of_a_review(matter_id: str, scene: Scene) -> None:
    """What a review agreed has a finding to close with it (``casefiles.settle_action``)."""
    if decisions.matter_of(matter_id, scene).opened.kind is MatterKind.CORRECTIVE:
        raise Refusal("settle_on_review")


def excuse_matter(
    desk: Desk,
    actor: Actor,
    incident_id: str,
    matter_id: str,
    reason: str,
    *,
    command_id: str | None = None,
) -> Outcome:
    """It will not be done, with the reason."""

    def decide(scene: Scene) -> Sequence[Event]:
        not_of_a_review(matter_id, scene)
        return decisions.excuse(matter_id, reason, scene)

    return change(desk, actor, incident_id, Action.RUN_AFTERMATH, decide, command_id=command_id)


def move_matter(
    desk: Desk,
    actor: Actor,
    incident_id: str,
    matter_id: str,
    due: datetime,
    reason: str,
    *,
    command_id: str | None = None,
) -> Outcome:
    """Another day, with the reason."""
    return change(
        desk,
        actor,
        incident_id,
        Action.RUN_AFTERMATH,
        lambda scene: decisions.move(matter_id, due, reason, scene),
        command_id=command_id,
    )
