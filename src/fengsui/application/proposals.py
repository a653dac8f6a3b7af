"""Use cases on proposals: ask for a response, a level or its end; decide as the plan says."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from fengsui.application import access
from fengsui.application.access import Action
from fengsui.application.commit import Outcome, change
from fengsui.application.desk import Actor, Desk
from fengsui.core.errors import Refusal
from fengsui.core.plan.level import ResponseLevel
from fengsui.core.response.decisions import propose as decisions
from fengsui.core.response.decisions.direct import decide_directly
from fengsui.core.response.decisions.propose import Outside
from fengsui.core.response.decisions.scene import Scene
from fengsui.core.response.decisions.waiting import standing_in
from fengsui.core.response.events import Event, ProposalKind
from fengsui.core.response.events_decisions import Factor


class Answer(StrEnum):
    """What an approver says to a proposal."""

    APPROVE = "approve"
    REFUSE = "refuse"
    ASK = "ask"


def propose(
    desk: Desk,
    actor: Actor,
    incident_id: str,
    *,
    plan_id: str,
    level: ResponseLevel,
    reason: str,
    kind: ProposalKind | None = None,
    command_id: str | None = None,
) -> Outcome:
    """Propose to start the response at ``level``, or to change to it where one runs (``kind`` None)."""

    def decide(scene: Scene) -> Sequence[Event]:
        running = plan_id in scene.incident.responses
        chosen = kind or (ProposalKind.CHANGE if running else ProposalKind.ACTIVATE)
        return decisions.propose(
            chosen, plan_id, level, reason, scene, answer_within=desk.rules.answer_within
        )

    return change(desk, actor, incident_id, Action.PROPOSE, decide, command_id=command_id)


def propose_termination(
    desk: Desk, actor: Actor, incident_id: str, *, plan_id: str, reason: str, command_id: str | None = None
) -> Outcome:
    """Propose to end the response under ``plan_id``."""
    return change(
        desk,
        actor,
        incident_id,
        Action.PROPOSE,
        lambda scene: decisions.propose(
            ProposalKind.TERMINATE, plan_id, None, reason, scene, answer_within=desk.rules.answer_within
        ),
        command_id=command_id,
    )


def answer_proposal(
    desk: Desk,
    actor: Actor,
    incident_id: str,
    proposal_id: str,
    answer: Answer,
    text: str = "",
    *,
    outside: Outside | None = None,
    factor: Factor | None = None,
    factor_word: str = "",
    override: str = "",
    expected_seq: int | None = None,
    command_id: str | None = None,
) -> Outcome:
    """Approve, refuse or ask. ``outside``: record what a body outside the directory decided;
    ``factor``: how the approver was checked; ``factor_word`` set: one must be given, and what to type for it.
    ``override``: why a response ends with conditions open.

    Raises Refusal with the clause and who may, Conflict when somebody decided first.
    """

    def decide(scene: Scene) -> Sequence[Event]:
        speak = decisions.refuse if answer is Answer.REFUSE else decisions.ask
        if answer is Answer.APPROVE:
            checked = None if outside is not None else factor
            events = decisions.approve(
                proposal_id,
                text,
                scene,
                roles=actor.roles,
                outside=outside,
                factor=checked,
                override=override,
            )
            if outside is None:
                check_factor(desk, factor, factor_word)
        else:
            events = speak(proposal_id, text, scene, roles=actor.roles)
        recorder = outside is not None or actor.post_id not in _approvers(scene, proposal_id)
        access.require(actor, Action.RECORD_OUTSIDE if recorder else Action.DECIDE)
        return events

    # The plan's refusal says more than the table's (clause, who may), so it speaks first; the table follows.
    return change(
        desk,
        actor,
        incident_id,
        Action.SEE_INCIDENT,
        decide,
        expected_seq=expected_seq,
        command_id=command_id,
    )


def _approvers(scene: Scene, proposal_id: str) -> tuple[str, ...]:
    proposed = scene.proposal(proposal_id).proposed
    named = decisions.power_for(proposed.kind, proposed.plan_id, proposed.level, scene).posts
    return (*named, *standing_in(proposal_id, scene))


def check_factor(desk: Desk, factor: Factor | None, factor_word: str = "") -> None:
    """Raises Refusal("device_needed") where the installation lets nobody approve without a device, and
    "check_missing" where the door asks for a factor (``factor_word``) and none was given."""
    if factor_word and factor is None:
        raise Refusal("check_missing", word=factor_word)
    if desk.rules.device_compulsory and factor not in (Factor.TOTP, Factor.RECOVERY_CODE):
        raise Refusal("device_needed")


def start_directly(
    desk: Desk,
    actor: Actor,
    incident_id: str,
    *,
    plan_id: str,
    level: ResponseLevel,
    reason: str,
    factor: Factor | None = None,
    factor_word: str = "",
    command_id: str | None = None,
) -> Outcome:
    """Start, or change to ``level``, without a proposal from elsewhere, where the plan lets this post."""

    def decide(scene: Scene) -> Sequence[Event]:
        running = plan_id in scene.incident.responses
        kind = ProposalKind.CHANGE if running else ProposalKind.ACTIVATE
        events = decide_directly(kind, plan_id, level, reason, scene, factor=factor)
        access.require(actor, Action.DECIDE)
        check_factor(desk, factor, factor_word)
        return events

    return change(desk, actor, incident_id, Action.SEE_INCIDENT, decide, command_id=command_id)


def answer_question(
    desk: Desk, actor: Actor, incident_id: str, proposal_id: str, text: str, *, command_id: str | None = None
) -> Outcome:
    """Answer what the approver asked."""
    return change(
        desk,
        actor,
        incident_id,
        Action.PROPOSE,
        lambda scene: decisions.answer(proposal_id, text, scene),
        command_id=command_id,
    )


def withdraw_proposal(
    desk: Desk,
    actor: Actor,
    incident_id: str,
    proposal_id: str,
    reason: str,
    *,
    command_id: str | None = None,
) -> Outcome:
    """Take a proposal back."""
    return change(
        desk,
        actor,
        incident_id,
        Action.PROPOSE,
        lambda scene: decisions.withdraw(proposal_id, reason, scene),
        command_id=command_id,
    )
