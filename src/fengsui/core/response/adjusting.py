"""Who raises or lowers a running response (响应调整): the plan's own clause first, then who may start.

A clause that names a body gives it the power. One that points back (原批准人, 按同样程序) gives, for going
down, the power over the level in force; for going up, the power over the level reached, since the
plan gives that level to nobody else. No clause: whoever may start the level, marked as an assumption.
"""

from __future__ import annotations

import re
from dataclasses import replace

from fengsui.core.directory import Directory
from fengsui.core.plan.authority import Direction, LevelChange
from fengsui.core.plan.level import LadderKind, ResponseLevel
from fengsui.core.plan.model import Plan
from fengsui.core.response.power import Power, activation_power, means_the_starter, resolve

_SAME_WAY = re.compile(r"程序|谁.{0,4}谁")


def direction_of(before: ResponseLevel, after: ResponseLevel) -> Direction:
    """Up or down."""
    return Direction.UP if after.rank < before.rank else Direction.DOWN


def clauses_for(plan: Plan, before: ResponseLevel, direction: Direction) -> tuple[LevelChange, ...]:
    """The plan's clauses on going that way from ``before``, the one that fits best first."""
    found = [
        item
        for item in plan.content.level_changes
        if item.kind is LadderKind.RESPONSE
        and not item.of_conditions
        and item.direction in (direction, Direction.EITHER)
        and (item.level is None or item.level is before)
    ]

    def fit(item: LevelChange) -> tuple[bool, bool, bool]:
        return item.authority is None, item.level is None, item.direction is not direction

    return tuple(sorted(found, key=fit))


def change_power(plan: Plan, before: ResponseLevel, after: ResponseLevel, directory: Directory) -> Power:
    """Who decides on going from ``before`` to ``after``. Raises Refusal("nobody_may_start")."""
    direction = direction_of(before, after)
    clause = next(iter(clauses_for(plan, before, direction)), None)
    if clause is None:
        return replace(activation_power(plan, after, directory), assumed=True)
    if clause.authority is None or _points_back(clause.authority):
        return _as_started(plan, clause, before, after, directory)
    proposers = (clause.proposer,) if clause.proposer else ()
    named = resolve(plan, (clause.authority,), directory, sources=(clause.source,), proposers=proposers)
    if direction is Direction.UP and named.posts:
        above = activation_power(plan, after, directory)
        if above.outside and not above.posts:
            # A level that only a body outside may start is not reached by adjusting.
            return replace(above, sources=(*above.sources, clause.source), assumed=True)
    return named


def _points_back(authority: str) -> bool:
    return means_the_starter(authority) or _SAME_WAY.search(authority) is not None


def _as_started(
    plan: Plan, clause: LevelChange, before: ResponseLevel, after: ResponseLevel, directory: Directory
) -> Power:
    up = direction_of(before, after) is Direction.UP
    held = activation_power(plan, after if up else before, directory)
    # Going up, 原批准人 and who may start the level reached can be two: the second decides, people see it.
    unsure = clause.authority is None or (
        up and activation_power(plan, before, directory).posts != held.posts
    )
    return replace(
        held,
        sources=tuple(dict.fromkeys((clause.source, *held.sources))),
        proposers=(clause.proposer,) if clause.proposer else held.proposers,
        assumed=held.assumed or unsure,
    )
