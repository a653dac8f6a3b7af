"""Who commands now (指挥权): the headquarters of the plan, whoever took it over, or the level above."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from fengsui.core.citation import Citation
from fengsui.core.directory import Directory, Role
from fengsui.core.errors import Refusal
from fengsui.core.plan.level import ResponseLevel
from fengsui.core.plan.model import Plan
from fengsui.core.response.incident import ActiveResponse, Incident
from fengsui.core.response.power import Power, activation_power, bound_ids, posts_for
from fengsui.core.response.state_decisions import FollowState, TransferState


@dataclass(frozen=True, slots=True, kw_only=True)
class Commanding:
    """Who commands: ``how`` is plan, handed_over or upper; ``posts`` empty: a body outside."""

    name: str
    how: str
    since: datetime
    posts: tuple[str, ...] = ()
    plan_id: str | None = None
    source: Citation | None = None


def following(incident: Incident, plan_id: str) -> FollowState | None:
    """The response of the level above that ``plan_id`` follows now, the latest."""
    held = [item for item in incident.follows.values() if item.holds and item.followed.plan_id == plan_id]
    return held[-1] if held else None


def upper_power(follow: FollowState) -> Power:
    """What the level above decides while it commands: the decision is recorded here with its document."""
    body = follow.followed.body
    sources = (follow.followed.source,) if follow.followed.source else ()
    return Power(names=(body,), posts=(), outside=(body,), sources=sources)


def commanding(incident: Incident, plans: Mapping[str, Plan], directory: Directory) -> Commanding | None:
    """Who commands now; None while no response runs and nobody took command."""
    found: list[Commanding] = [_handed(item) for item in incident.transfers.values() if item.accepted_at]
    upper = [_upper(item) for item in incident.follows.values() if item.holds]
    found += upper
    if not upper:
        main = min(incident.responses.values(), key=lambda item: item.level.rank, default=None)
        if main is not None and main.plan_id in plans:
            found += _by_plan(plans[main.plan_id], main, directory)
    return max(found, key=lambda item: item.since, default=None)


def commanders(incident: Incident, plans: Mapping[str, Plan], directory: Directory) -> tuple[Commanding, ...]:
    """Who commands now, the first over all: the headquarters of every running plan while nobody took over."""
    first = commanding(incident, plans, directory)
    if first is None or first.how != "plan":
        return (first,) if first is not None else ()
    running = sorted(incident.responses.values(), key=lambda item: item.level.rank)
    named = [
        one
        for item in running
        if item.plan_id in plans
        for one in _by_plan(plans[item.plan_id], item, directory)
    ]
    return tuple(dict.fromkeys((first, *named)))


def _handed(state: TransferState) -> Commanding:
    assert state.accepted_at is not None
    return Commanding(
        name=state.transferred.to_name,
        how="handed_over",
        since=state.accepted_at,
        posts=state.transferred.to,
        source=state.transferred.source,
    )


def _upper(state: FollowState) -> Commanding:
    return Commanding(
        name=state.followed.body,
        how="upper",
        since=state.at,
        plan_id=state.followed.plan_id,
        source=state.followed.source,
    )


def _by_plan(plan: Plan, response: ActiveResponse, directory: Directory) -> list[Commanding]:
    """The headquarters; its commander acts for it, and whoever decided on the response that runs."""
    command = plan.content.command
    if command is None:
        return []
    posts = list(posts_for(bound_ids(plan, command.commander), directory)) if command.commander else []
    decided = directory.post(response.decided_by)
    if decided is not None and Role.COMMANDER in decided.roles:
        posts.append(decided.id)
    led = f"{command.name}（{command.commander}）" if command.commander else command.name
    return [
        Commanding(
            name=led,
            how="plan",
            since=response.since,
            posts=tuple(dict.fromkeys(posts)),
            plan_id=plan.id,
            source=command.source,
        )
    ]


def commanded_above(plan: Plan, level: ResponseLevel | None, directory: Directory) -> Power | None:
    """The body outside that alone may start ``level`` by the plan: command at that level is its own."""
    if level is None:
        return None
    try:
        power = activation_power(plan, level, directory)
    except Refusal:
        return None
    return power if power.outside and not power.posts else None
