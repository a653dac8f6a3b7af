"""Proposals: somebody asks, the post the plan names decides (拟办、批准)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from fengsui.core.directory import Role
from fengsui.core.errors import Conflict, InputError, Refusal
from fengsui.core.plan.level import ResponseLevel
from fengsui.core.response.adjusting import change_power
from fengsui.core.response.commanding import following, upper_power
from fengsui.core.response.decisions.ending import check_conditions
from fengsui.core.response.decisions.motion import change_level, set_in_motion, terminate
from fengsui.core.response.decisions.scene import Scene, check_text
from fengsui.core.response.decisions.waiting import awaited, standing_in
from fengsui.core.response.events import (
    Event,
    ProposalAnswered,
    ProposalApproved,
    ProposalKind,
    ProposalQuestioned,
    ProposalRefused,
    ProposalWithdrawn,
    Proposed,
)
from fengsui.core.response.events_decisions import Factor, FactorUsed
from fengsui.core.response.incident import ProposalState, ProposalStatus
from fengsui.core.response.power import ROMAN, Power, activation_power, termination_power


@dataclass(frozen=True, slots=True, kw_only=True)
class Outside:
    """A decision taken by a body outside the directory: which body, its document, who told us."""

    body: str
    document: str
    told_by: str


def power_for(kind: ProposalKind, plan_id: str, level: ResponseLevel | None, scene: Scene) -> Power:
    """Who decides this proposal by the plan. Raises Refusal("nobody_may_start")."""
    plan = scene.plan(plan_id)
    running = scene.incident.responses.get(plan_id)
    follow = following(scene.incident, plan_id)
    if kind is ProposalKind.TERMINATE and running is not None:
        if follow is not None:
            return upper_power(follow)
        return termination_power(plan, running.level, scene.directory)
    if level is None:
        raise InputError("level_missing")
    if kind is ProposalKind.CHANGE and running is not None:
        if follow is not None and level.rank > running.level.rank:
            return upper_power(follow)
        return change_power(plan, running.level, level, scene.directory)
    return activation_power(plan, level, scene.directory)


def propose(
    kind: ProposalKind,
    plan_id: str,
    level: ResponseLevel | None,
    reason: str,
    scene: Scene,
    *,
    answer_within: timedelta | None = None,
) -> tuple[Event, ...]:
    """Ask for a decision; with ``answer_within`` it goes to who stands in when nobody answers in time.

    Raises Refusal when the plan names nobody or the response is not in a state for it, Conflict when
    such a proposal waits already.
    """
    scene.must_be_open()
    plan = scene.plan(plan_id)
    _check_state(kind, plan_id, level, scene)
    waiting = scene.incident.open_proposal(plan_id)
    if waiting is not None:
        raise Conflict("proposal_waits", proposal=waiting.proposed.proposal_id, plan=plan.content.title)
    power = power_for(kind, plan_id, level, scene)
    proposed = Proposed(
        proposal_id=f"p{len(scene.incident.proposals) + 1}",
        kind=kind,
        plan_id=plan_id,
        level=level,
        reason=check_text(reason, "reason"),
        authority=power.printed,
        approvers=power.posts,
        source=power.source,
    )
    return (proposed, *awaited(proposed, plan, answer_within, scene))


def _check_state(kind: ProposalKind, plan_id: str, level: ResponseLevel | None, scene: Scene) -> None:
    running = scene.incident.responses.get(plan_id)
    title = scene.plan(plan_id).content.title
    if kind is ProposalKind.ACTIVATE and running is not None:
        raise Refusal("already_active", plan=title, level=ROMAN[running.level.value])
    if kind is not ProposalKind.ACTIVATE and running is None:
        raise Refusal("not_active", plan=title)
    if kind is ProposalKind.CHANGE and running is not None and running.level is level:
        raise Refusal("same_level", plan=title, level=ROMAN[running.level.value])


def approve(
    proposal_id: str,
    reason: str,
    scene: Scene,
    *,
    roles: frozenset[Role],
    outside: Outside | None = None,
    factor: Factor | None = None,
    override: str = "",
) -> tuple[Event, ...]:
    """The approver agrees; what the plan then sets in motion follows in the same breath.

    ``override``: why a response is ended although conditions for it are not shown to be met.

    ``outside``: the decision was taken by a body outside; a duty officer or office director records
    it. Raises Refusal("not_empowered") with the clause and who may, Conflict when it is settled already.
    """
    scene.must_be_open()
    state = scene.proposal(proposal_id)
    proposed = state.proposed
    _check_state(proposed.kind, proposed.plan_id, proposed.level, scene)
    power = power_for(proposed.kind, proposed.plan_id, proposed.level, scene)
    words = _check_power(power, state, scene, roles, outside)
    reason = "；".join(part for part in (words, reason.strip()) if part)
    overridden: tuple[Event, ...] = ()
    if proposed.kind is ProposalKind.TERMINATE:
        # A body outside has decided already: what it knew of the conditions is not ours to refuse.
        why = override or (words if outside is not None else "")
        overridden = check_conditions(scene.plan(proposed.plan_id), proposal_id, why, scene)
    return (
        *overridden,
        *checked(proposal_id, factor),
        ProposalApproved(proposal_id=proposal_id, reason=reason),
        *consequences(proposed, power, scene),
    )


def checked(proposal_id: str, factor: Factor | None) -> tuple[FactorUsed, ...]:
    """How the person behind the decision was checked, for the record."""
    return (FactorUsed(proposal_id=proposal_id, factor=factor),) if factor is not None else ()


def consequences(proposed: Proposed, power: Power, scene: Scene) -> tuple[Event, ...]:
    """What the plan sets in motion once ``proposed`` is approved."""
    plan = scene.plan(proposed.plan_id)
    if proposed.kind is ProposalKind.TERMINATE:
        return terminate(plan, proposed.proposal_id, power.source, scene)
    assert proposed.level is not None
    if proposed.kind is ProposalKind.CHANGE:
        return change_level(plan, proposed.level, proposed.proposal_id, power.source, scene)
    return set_in_motion(plan, proposed.level, proposed.proposal_id, power.source, scene)


def _check_power(
    power: Power, state: ProposalState, scene: Scene, roles: frozenset[Role], outside: Outside | None
) -> str:
    """The words to record for an outside decision, "" for one taken here. Raises Refusal."""
    if outside is not None:
        if not power.outside:
            raise not_empowered(power, state, scene)
        if not roles & {Role.DUTY_OFFICER, Role.OFFICE_DIRECTOR}:
            raise not_empowered(power, state, scene)
        return _told(outside, power)
    if scene.by in power.posts:
        return ""
    if scene.by in standing_in(state.proposed.proposal_id, scene):
        return f"代行{'、'.join(titles(state.proposed.approvers, scene))}：时限内未答复"
    if power.outside and not power.posts and roles & {Role.DUTY_OFFICER, Role.OFFICE_DIRECTOR}:
        raise Refusal("decided_outside", source=power.source, allowed=power.outside)
    raise not_empowered(power, state, scene)


def _told(outside: Outside, power: Power) -> str:
    body = check_text(outside.body, "body")
    if not any(body in name or name in body for name in power.outside):
        raise Refusal("body_not_named", source=power.source, allowed=power.outside, body=body)
    document, told_by = check_text(outside.document, "document"), check_text(outside.told_by, "told_by")
    return f"{body}决定，文号{document}，由{told_by}告知"


def not_empowered(power: Power, state: ProposalState, scene: Scene) -> Refusal:
    """The refusal for a post the plan does not name: the clause, and whom it names."""
    post = scene.directory.post(scene.by)
    level = state.proposed.level
    return Refusal(
        "not_empowered",
        source=power.source,
        allowed=(*titles(power.posts, scene), *power.outside),
        post=post.title if post else scene.by,
        level=ROMAN[level.value] if level else "",
    )


def titles(posts: tuple[str, ...], scene: Scene) -> tuple[str, ...]:
    """The titles of posts, for people; the unit before the title where the post has one."""
    found: list[str] = []
    for post_id in posts:
        post = scene.directory.post(post_id)
        found.append(post.title if post else post_id)
    return tuple(dict.fromkeys(found))


def refuse(proposal_id: str, reason: str, scene: Scene, *, roles: frozenset[Role]) -> tuple[Event, ...]:
    """The approver says no, with a reason. Only who may approve may refuse."""
    state = scene.proposal(proposal_id)
    _may_speak(state, scene, roles)
    return (ProposalRefused(proposal_id=proposal_id, reason=check_text(reason, "reason")),)


def ask(proposal_id: str, question: str, scene: Scene, *, roles: frozenset[Role]) -> tuple[Event, ...]:
    """The approver asks first."""
    state = scene.proposal(proposal_id)
    _may_speak(state, scene, roles)
    return (ProposalQuestioned(proposal_id=proposal_id, question=check_text(question, "question")),)


def _may_speak(state: ProposalState, scene: Scene, roles: frozenset[Role]) -> None:
    scene.must_be_open()
    proposed = state.proposed
    power = power_for(proposed.kind, proposed.plan_id, proposed.level, scene)
    recorder = power.outside and roles & {Role.DUTY_OFFICER, Role.OFFICE_DIRECTOR}
    if scene.by not in (*power.posts, *standing_in(proposed.proposal_id, scene)) and not recorder:
        raise not_empowered(power, state, scene)


def answer(proposal_id: str, text: str, scene: Scene) -> tuple[Event, ...]:
    """The side that asked answers the approver's question. Raises Conflict when none is open."""
    scene.must_be_open()
    state = scene.proposal(proposal_id)
    if state.status is not ProposalStatus.QUESTIONED:
        raise Conflict("no_question_open", proposal=proposal_id)
    return (ProposalAnswered(proposal_id=proposal_id, answer=check_text(text, "answer")),)


def withdraw(proposal_id: str, reason: str, scene: Scene) -> tuple[Event, ...]:
    """The side that asked takes it back."""
    scene.must_be_open()
    state = scene.proposal(proposal_id)
    mine, theirs = scene.directory.post(scene.by), scene.directory.post(state.by)
    same_side = mine is not None and theirs is not None and mine.unit == theirs.unit
    if scene.by != state.by and not same_side:
        raise Refusal("not_proposer", allowed=titles((state.by,), scene))
    return (ProposalWithdrawn(proposal_id=proposal_id, reason=check_text(reason, "reason")),)
