"""Waiting for the approver's answer, and passing on to who stands in when none comes (代行)."""

from __future__ import annotations

from datetime import timedelta

from fengsui.core.plan.model import Plan
from fengsui.core.response.decisions.scene import Scene
from fengsui.core.response.events import Proposed
from fengsui.core.response.events_decisions import AnswerAwaited, ProposalPassedOn
from fengsui.core.response.substitutes import substitutes


def awaited(
    proposed: Proposed, plan: Plan, limit: timedelta | None, scene: Scene
) -> tuple[AnswerAwaited, ...]:
    """From now an answer is waited for, and it is known who stands in; nothing without ``limit``."""
    if limit is None:
        return ()
    standing_in = substitutes(plan, proposed.approvers, scene.directory)
    return (AnswerAwaited(proposal_id=proposed.proposal_id, limit=limit, substitutes=standing_in),)


def pass_on(proposal_id: str, scene: Scene) -> tuple[ProposalPassedOn, ...]:
    """Hand a proposal nobody answered to the next who stands in; nothing when all were asked."""
    state, wait = scene.incident.proposals[proposal_id], scene.incident.waits[proposal_id]
    following_one = wait.next
    if not state.is_open or following_one is None:
        return ()
    passed = ProposalPassedOn(
        proposal_id=proposal_id,
        turn=len(wait.passed) + 1,
        silent=(*state.proposed.approvers, *wait.standing_in),
        to=(following_one.post,),
        basis=following_one.basis,
        limit=wait.limit,
        source=following_one.source,
    )
    return (passed,)


def standing_in(proposal_id: str, scene: Scene) -> tuple[str, ...]:
    """The posts that may decide in place of the silent approver by now."""
    wait = scene.incident.waits.get(proposal_id)
    return wait.standing_in if wait is not None else ()
