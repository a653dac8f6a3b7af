"""Handing command over, and following the level above (指挥权移交、跟随上级响应)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from fengsui.core.citation import Citation
from fengsui.core.directory import Role
from fengsui.core.errors import Conflict, InputError, Refusal
from fengsui.core.plan.level import ResponseLevel
from fengsui.core.response.commanding import Commanding, commanded_above, commanding, following
from fengsui.core.response.decisions.propose import titles
from fengsui.core.response.decisions.scene import Scene, check_instant, check_text
from fengsui.core.response.events import Event
from fengsui.core.response.events_decisions import (
    CommandAccepted,
    CommandDeclined,
    CommandTransferred,
    Handover,
    UpperResponseEnded,
    UpperResponseFollowed,
)
from fengsui.core.response.state_decisions import TransferState

RECORDERS = frozenset({Role.DUTY_OFFICER, Role.OFFICE_DIRECTOR})


@dataclass(frozen=True, slots=True, kw_only=True)
class Upper:
    """A response of the level above as it was told: its words, its document, who told."""

    body: str
    upper_plan: str
    upper_level: str
    document: str
    told_by: str
    started_at: datetime | None = None


def hand_over(
    direction: Handover,
    to: Sequence[str],
    to_name: str,
    reason: str,
    scene: Scene,
    *,
    roles: frozenset[Role],
) -> tuple[Event, ...]:
    """Command is offered to ``to`` (posts) or to the body outside ``to_name``; it passes when accepted.

    Whoever commands may; where a body outside commands, the desk writes it down. Raises Refusal otherwise.
    """
    scene.must_be_open()
    now = commanding(scene.incident, scene.plans, scene.directory)
    if now is None:
        raise Refusal("nobody_commands")
    _may_hand_over(now, scene, roles)
    if any(state.is_open for state in scene.incident.transfers.values()):
        raise Conflict("transfer_waits")
    for post_id in to:
        if scene.directory.post(post_id) is None:
            raise InputError("post_unknown", post=post_id)
    name = "、".join(titles(tuple(to), scene)) if to else check_text(to_name, "to_name")
    return (
        CommandTransferred(
            transfer_id=f"t{len(scene.incident.transfers) + 1}",
            direction=direction,
            from_name=now.name,
            to_name=name,
            to=tuple(dict.fromkeys(to)),
            reason=check_text(reason, "reason"),
            source=_clause(direction, scene),
        ),
    )


def _may_hand_over(now: Commanding, scene: Scene, roles: frozenset[Role]) -> None:
    if scene.by in now.posts or (not now.posts and roles & RECORDERS):
        return
    post = scene.directory.post(scene.by)
    raise Refusal(
        "not_commanding",
        source=now.source,
        allowed=titles(now.posts, scene) or (now.name,),
        post=post.title if post else scene.by,
    )


def _clause(direction: Handover, scene: Scene) -> Citation | None:
    """The clause behind it: a level that only a body above may start is commanded from there."""
    if direction is not Handover.UP:
        return None
    for plan_id, response in scene.incident.responses.items():
        above = commanded_above(scene.plan(plan_id), response.level, scene.directory)
        if above is not None:
            return above.source
    return None


def _waiting(transfer_id: str, scene: Scene) -> TransferState:
    scene.must_be_open()
    state = scene.incident.transfers.get(transfer_id)
    if state is None:
        raise InputError("transfer_unknown", transfer=transfer_id)
    if not state.is_open:
        raise Conflict("transfer_settled", transfer=transfer_id)
    return state


def _may_receive(state: TransferState, scene: Scene, roles: frozenset[Role]) -> None:
    to = state.transferred.to
    if scene.by in to or (not to and roles & RECORDERS):
        return
    post = scene.directory.post(scene.by)
    raise Refusal(
        "not_receiver",
        allowed=titles(to, scene) or (state.transferred.to_name,),
        post=post.title if post else scene.by,
    )


def accept_command(
    transfer_id: str, document: str, told_by: str, scene: Scene, *, roles: frozenset[Role]
) -> tuple[Event, ...]:
    """The receiver takes command. A body outside accepts by a document, which the desk writes down."""
    state = _waiting(transfer_id, scene)
    _may_receive(state, scene, roles)
    note = ""
    if not state.transferred.to:
        note = f"文号{check_text(document, 'document')}，由{check_text(told_by, 'told_by')}告知"
    return (CommandAccepted(transfer_id=transfer_id, note=note),)


def decline_command(
    transfer_id: str, reason: str, scene: Scene, *, roles: frozenset[Role]
) -> tuple[Event, ...]:
    """The receiver does not take it, or who offered takes it back: command stays where it is."""
    state = _waiting(transfer_id, scene)
    if scene.by != state.by:
        _may_receive(state, scene, roles)
    return (CommandDeclined(transfer_id=transfer_id, reason=check_text(reason, "reason")),)


def follow_upper(plan_id: str, upper: Upper, scene: Scene) -> tuple[Event, ...]:
    """The level above started: this plan follows its command from now."""
    scene.must_be_open()
    plan = scene.plan(plan_id)
    held = following(scene.incident, plan_id)
    if held is not None:
        raise Conflict("follows_already", body=held.followed.body, plan=plan.content.title)
    check_instant(upper.started_at, scene.now, "started_at")
    return (
        UpperResponseFollowed(
            follow_id=f"f{len(scene.incident.follows) + 1}",
            plan_id=plan_id,
            body=check_text(upper.body, "body"),
            upper_plan=upper.upper_plan.strip(),
            upper_level=check_text(upper.upper_level, "upper_level"),
            started_at=upper.started_at or scene.now,
            document=check_text(upper.document, "document"),
            told_by=check_text(upper.told_by, "told_by"),
            source=upper_clause(plan_id, scene),
        ),
    )


def upper_clause(plan_id: str, scene: Scene) -> Citation | None:
    """The clause that gives the gravest levels to a body above, or speaks of its command."""
    plan = scene.plan(plan_id)
    for measure in plan.content.measures:
        if "上级" in measure.text and ("指挥" in measure.text or "领导" in measure.text):
            return measure.source
    for item in plan.content.activation:
        level = item.level if isinstance(item.level, ResponseLevel) else None
        power = commanded_above(plan, level, scene.directory)
        if power is not None:
            return power.source
    return None


def end_follow(follow_id: str, document: str, told_by: str, scene: Scene) -> tuple[Event, ...]:
    """The level above ended its response, or gave command back."""
    scene.must_be_open()
    state = scene.incident.follows.get(follow_id)
    if state is None:
        raise InputError("follow_unknown", follow=follow_id)
    if not state.holds:
        raise Conflict("follow_ended", follow=follow_id)
    return (
        UpperResponseEnded(
            follow_id=follow_id,
            document=check_text(document, "document"),
            told_by=check_text(told_by, "told_by"),
        ),
    )
