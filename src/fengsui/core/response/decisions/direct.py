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
from fengsui.core.response.power import Power, bound_ids

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
    if not starts_directly(scene.plan(plan_id), power, scene):
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


def starts_directly(plan: Plan, power: Power, scene: Scene) -> bool:
    """Whether the plan lets the acting post decide at once: no proposer is named, it is the proposer itself,
    or a sentence says 直接."""
    if scene.by not in power.posts:
        return False
    if not power.proposers or any(_DIRECT.search(source.quote) for source in power.sources):
        return True
    post = scene.directory.post(scene.by)
    own = {scene.by, post.unit if post else ""}
    return any(own & set(bound_ids(plan, name)) for name in power.proposers)
