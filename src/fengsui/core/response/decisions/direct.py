"""Deciding without a proposal from elsewhere (直接启动), where the plan lets its approver do so."""

from __future__ import annotations

import re
from dataclasses import replace

from fengsui.core.errors import Refusal
from fengsui.core.plan.level import ResponseLevel
from fengsui.core.plan.model import Plan
from fengsui.core.response.decisions.propose import (
    checked,
    consequences,
    not_empowered,
    power_for,
    propose,
)
from fengsui.core.response.decisions.scene import Scene
from fengsui.core.response.events import Event, ProposalApproved, ProposalKind, Proposed
from fengsui.core.response.events_decisions import DirectlyDecided, Factor
from fengsui.core.response.incident import ProposalState
from fengsui.core.response.power import Power, bound_ids, items_for, resolve

_DIRECT = re.compile(r"直接(?:决定)?(?:启动|宣布)")


def decide_directly(
    kind: ProposalKind,
    plan_id: str,
    level: ResponseLevel | None,
    reason: str,
    scene: Scene,
    *,
    factor: Factor | None = None,
) -> tuple[Event, ...]:
    """The post that holds the power decides without a proposal from elsewhere (直接启动).

    Raises Refusal with the clause when the plan gives the power to others, or asks for a proposal first.
    """
    scene.must_be_open()
    asked = propose(kind, plan_id, level, reason, scene)
    proposed = replace(_only(asked), approvers=(scene.by,))
    power = power_for(kind, plan_id, level, scene)
    state = ProposalState(proposed=proposed, by=scene.by, at=scene.now)
    if scene.by not in power.posts:
        raise not_empowered(power, state, scene)
    if not starts_directly(kind, scene.plan(plan_id), level, power, scene):
        raise Refusal("proposal_needed", source=power.source, allowed=power.proposers)
    return (
        proposed,
        DirectlyDecided(proposal_id=proposed.proposal_id, source=power.source),
        *checked(proposed.proposal_id, factor),
        ProposalApproved(proposal_id=proposed.proposal_id, reason=proposed.reason),
        *consequences(proposed, power, scene),
    )


def _only(events: tuple[Event, ...]) -> Proposed:
    proposed = events[0]
    assert isinstance(proposed, Proposed)
    return proposed


def starts_directly(
    kind: ProposalKind, plan: Plan, level: ResponseLevel | None, power: Power, scene: Scene
) -> bool:
    """Whether the plan lets the acting post decide at once: its sentence names no proposer, or says 直接, or
    the post is of the side that proposes."""
    if scene.by not in power.posts:
        return False
    starting = kind is ProposalKind.ACTIVATE and level is not None
    for item in items_for(plan, level) if starting and level is not None else ():
        named = (item.approver or item.authority,)
        own = resolve(plan, named, scene.directory, sources=(item.source,), proposers=())
        if scene.by in own.posts and (item.proposer is None or _DIRECT.search(item.source.quote)):
            return True
    if not starting and not power.proposers:
        return True
    return any(_of_side(name, plan, scene) for name in power.proposers)


def _of_side(proposer: str, plan: Plan, scene: Scene) -> bool:
    """Whether the acting post, or its unit, is the one that proposes."""
    post = scene.directory.post(scene.by)
    return bool({scene.by, post.unit if post else ""} & set(bound_ids(plan, proposer)))
