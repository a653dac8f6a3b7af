"""Comparing who starts, changes and ends a response (启动、终止权限)."""

from __future__ import annotations

from collections.abc import Hashable, Iterator

from fengsui.core.plan.authority import ActivationAuthority, LevelChange, Termination
from fengsui.core.plan.compare_alike import likeness, match, plain
from fengsui.core.plan.compare_fields import Pair, alone
from fengsui.core.plan.compare_names import Bodies
from fengsui.core.plan.compare_types import Change, Difference, Weight
from fengsui.core.plan.model import PlanContent


def compare_activation(before: PlanContent, after: PlanContent, bodies: Bodies) -> Iterator[Difference]:
    """Who decides, proposes and signs, level by level."""

    def scale(power: ActivationAuthority) -> tuple[Hashable, ...]:
        return (power.kind, power.level, plain(power.hazard or ""))

    def key(power: ActivationAuthority) -> Hashable:
        said = tuple(plain(part) for part in power.conditions)
        return (*scale(power), bodies.keys(power.authority), bodies.keys(power.proposer), said)

    def score(one: ActivationAuthority, other: ActivationAuthority) -> float:
        if one.kind is not other.kind or one.level is not other.level:
            return 0.0
        # Most plans have one sentence a level, so the level alone makes the pair; likeness only chooses.
        same_hazard = plain(one.hazard or "") == plain(other.hazard or "")
        same_who = bodies.keys(one.authority) == bodies.keys(other.authority)
        return 0.4 + 0.3 * same_hazard + 0.2 * same_who + 0.1 * likeness(one.source.quote, other.source.quote)

    powers = match(before.activation, after.activation, key, score, least=0.4)
    for power in powers.gone:
        yield _alone(power, Change.GONE)
    for one, other in powers.pairs:
        yield from _power(one, other, bodies)
    for power in powers.added:
        yield _alone(power, Change.ADDED)


def _alone(power: ActivationAuthority, change: Change) -> Difference:
    return alone(
        "activation",
        change,
        power.authority,
        power.source,
        about=power.hazard or "",
        kind=power.kind.value,
        level=power.level.value if power.level else None,
    )


def _power(one: ActivationAuthority, other: ActivationAuthority, bodies: Bodies) -> Iterator[Difference]:
    pair = Pair(
        section="activation",
        about="/".join(sorted({part for part in (one.hazard, other.hazard) if part})),
        kind=one.kind.value,
        level=one.level.value if one.level else None,
        before=one.source,
        after=other.source,
    )
    yield from pair.who("activation_authority", one.authority, other.authority, bodies)
    yield from pair.who("activation_proposer", one.proposer, other.proposer, bodies)
    yield from pair.who("activation_approver", one.approver, other.approver, bodies)
    yield from pair.all_who("activation_report_to", one.report_to, other.report_to, bodies)
    if one.delegated != other.delegated:
        change = Change.ADDED if other.delegated else Change.GONE
        yield pair.differs("activation_delegated", one.authority, other.authority, Weight.WHO, change=change)
    yield from pair.words("activation_conditions", "；".join(one.conditions), "；".join(other.conditions))


def compare_termination(before: PlanContent, after: PlanContent, bodies: Bodies) -> Iterator[Difference]:
    """Who ends the response and when it may end."""

    def key(end: Termination) -> Hashable:
        return (end.level, bodies.keys(end.authority), bodies.keys(end.proposer))

    def score(one: Termination, other: Termination) -> float:
        if one.level is not other.level:
            return 0.0
        same_who = bodies.keys(one.authority) == bodies.keys(other.authority)
        return 0.5 + 0.3 * same_who + 0.2 * likeness("".join(one.conditions), "".join(other.conditions))

    ends = match(before.termination, after.termination, key, score, least=0.5)
    for one, other in ends.pairs:
        level = one.level.value if one.level else None
        pair = Pair(section="termination", about="", level=level, before=one.source, after=other.source)
        yield from pair.who("termination_authority", one.authority, other.authority, bodies)
        yield from pair.who("termination_proposer", one.proposer, other.proposer, bodies)
        yield from pair.words(
            "termination_conditions", "；".join(one.conditions), "；".join(other.conditions)
        )
    for change, items in ((Change.GONE, ends.gone), (Change.ADDED, ends.added)):
        for end in items:
            level = end.level.value if end.level else None
            text = end.authority or "；".join(end.conditions)
            yield alone("termination", change, text, end.source, level=level)


def compare_level_changes(before: PlanContent, after: PlanContent, bodies: Bodies) -> Iterator[Difference]:
    """Who raises, lowers or adapts a level, and when."""

    def scale(change: LevelChange) -> tuple[Hashable, ...]:
        return (change.direction, change.kind, change.level, change.of_conditions)

    def key(change: LevelChange) -> Hashable:
        said = tuple(plain(part) for part in change.conditions)
        return (*scale(change), bodies.keys(change.authority), bodies.keys(change.proposer), said)

    def score(one: LevelChange, other: LevelChange) -> float:
        if scale(one) != scale(other):
            return 0.0
        same_who = bodies.keys(one.authority) == bodies.keys(other.authority)
        return 0.4 + 0.3 * same_who + 0.3 * likeness(one.source.quote, other.source.quote)

    changes = match(before.level_changes, after.level_changes, key, score, least=0.5)
    for one, other in changes.pairs:
        pair = Pair(
            section="level_changes",
            about="",
            kind=one.kind.value,
            level=one.level.value if one.level else None,
            before=one.source,
            after=other.source,
        )
        yield from pair.who("level_change_authority", one.authority, other.authority, bodies)
        yield from pair.who("level_change_proposer", one.proposer, other.proposer, bodies)
        yield from pair.words(
            "level_change_conditions", "；".join(one.conditions), "；".join(other.conditions)
        )
    for way, items in ((Change.GONE, changes.gone), (Change.ADDED, changes.added)):
        for each in items:
            level = each.level.value if each.level else None
            text = each.authority or "；".join(each.conditions) or each.source.quote
            yield alone("level_changes", way, text, each.source, kind=each.kind.value, level=level)
