"""Who may decide (启动权限): read from the plan, tied to posts by its bindings.

The plan is strict: a level is decided by those its sentence names, a post above or below is not in it.
Where it names several (或者, or two sentences), any of them may. A body outside the directory
decides outside; what it decided is then recorded here with its document.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from fengsui.core.citation import Citation
from fengsui.core.directory import Directory, Role
from fengsui.core.errors import Refusal
from fengsui.core.plan.authority import ActivationAuthority
from fengsui.core.plan.level import Grade, LadderKind, ResponseLevel
from fengsui.core.plan.model import Plan
from fengsui.core.response.mapping import response_level_for_grade
from fengsui.core.response.phases import is_of_response

ROMAN = {"I": "Ⅰ", "II": "Ⅱ", "III": "Ⅲ", "IV": "Ⅳ", "V": "Ⅴ"}
"""Numerals as plans print them, for sentences shown to people."""

_STARTER = re.compile(
    r"谁(?:决定)?(?:启动|决定|批准)|(启动|决定|宣布|发布|批准|审批).{0,8}(机构|机关|部门|单位|指挥部|人|者|领导)$"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Power:
    """Who decides: ``names`` as printed, ``posts`` of the directory, ``outside`` the names without a post.

    ``assumed``: the plan does not say so in as many words (e.g. who ends a response): shown to people.
    """

    names: tuple[str, ...]
    posts: tuple[str, ...]
    outside: tuple[str, ...]
    proposers: tuple[str, ...] = ()
    sources: tuple[Citation, ...] = ()
    assumed: bool = False

    @property
    def source(self) -> Citation | None:
        return self.sources[0] if self.sources else None

    @property
    def printed(self) -> str:
        """The authority as shown: the printed names, 或 between them."""
        return "或".join(self.names)


def bound_ids(plan: Plan, name: str) -> tuple[str, ...]:
    """Ids that a printed name stands for: the whole phrase first, else each of its parts."""
    whole = plan.bound(name)
    if whole:
        return whole
    found: list[str] = []
    for part in parts_of(name):
        found.extend(plan.bound(part))
    return tuple(dict.fromkeys(found))


def parts_of(name: str) -> tuple[str, ...]:
    """The bodies listed in one phrase (甲、乙和丙, 甲或者乙); the phrase alone when there is one."""
    parts = re.split(r"或者|或|、|，|,|；|;|以及|及|和|与", name)
    return tuple(part.strip() for part in parts if len(part.strip()) >= 2)


def posts_for(ids: tuple[str, ...], directory: Directory) -> tuple[str, ...]:
    """Posts that decide for ``ids``: a post itself; of a unit its commanders, else its office directors."""
    posts: list[str] = []
    for item in ids:
        if directory.post(item) is not None:
            posts.append(item)
            continue
        of_unit = directory.posts_of(item)
        for role in (Role.COMMANDER, Role.OFFICE_DIRECTOR):
            holders = [post.id for post in of_unit if role in post.roles]
            if holders:
                posts.extend(holders)
                break
    return tuple(dict.fromkeys(posts))


def activation_power(plan: Plan, level: ResponseLevel, directory: Directory) -> Power:
    """Who starts, or changes to, ``level``. Raises Refusal("nobody_may_start") when the plan names nobody."""
    items = items_for(plan, level)
    if not items:
        title, shown = plan.content.title, ROMAN[level.value]
        raise Refusal("nobody_may_start", source=_next_clause(plan, level), plan=title, level=shown)
    return _power(plan, items, directory)


def termination_power(plan: Plan, level: ResponseLevel, directory: Directory) -> Power:
    """Who ends a response at ``level``: as the plan says, else (``assumed``) whoever may start it."""
    named = [item for item in plan.content.termination if item.authority is not None]
    # Who ends a warning says nothing about a response, where the plan speaks of both.
    named = [item for item in named if is_of_response(plan.content, item.source.clause)] or named
    exact = [item for item in named if item.level is not None and item.level.value == level.value]
    general = [item for item in named if item.level is None]
    for item in exact or general:
        assert item.authority is not None
        if means_the_starter(item.authority) and not bound_ids(plan, item.authority):
            started = activation_power(plan, level, directory)
            return replace(started, sources=(item.source, *started.sources))
        return resolve(
            plan,
            (item.authority,),
            directory,
            sources=(item.source,),
            proposers=(item.proposer,) if item.proposer else (),
        )
    return replace(activation_power(plan, level, directory), assumed=True)


def means_the_starter(authority: str) -> bool:
    """Whether it is no name but a pointer to another clause: the body that decided, that started it."""
    return _STARTER.search(authority) is not None


def items_for(plan: Plan, level: ResponseLevel) -> tuple[ActivationAuthority, ...]:
    """The sentences on who starts ``level``: those that name it, else those that speak of any level."""
    usable = [item for item in plan.content.activation if item.kind is not LadderKind.WARNING]
    exact = [item for item in usable if _speaks_of(plan, item, level)]
    general = [item for item in usable if item.level is None]
    named = [item for item in exact or general if not item.delegated]
    return tuple(named or exact or general)


def _speaks_of(plan: Plan, item: ActivationAuthority, level: ResponseLevel) -> bool:
    if isinstance(item.level, ResponseLevel):
        return item.level is level
    if isinstance(item.level, Grade):
        return response_level_for_grade(plan, item.level).level is level
    return False


def _power(plan: Plan, items: tuple[ActivationAuthority, ...], directory: Directory) -> Power:
    # 批准 outranks 决定: where a sentence names who signs, that is who decides.
    names = tuple(dict.fromkeys(item.approver or item.authority for item in items))
    proposers = tuple(dict.fromkeys(item.proposer for item in items if item.proposer))
    sources = tuple(dict.fromkeys(item.source for item in items))
    return resolve(plan, names, directory, sources=sources, proposers=proposers)


def resolve(
    plan: Plan,
    names: tuple[str, ...],
    directory: Directory,
    *,
    sources: tuple[Citation, ...],
    proposers: tuple[str, ...],
) -> Power:
    """The power of the bodies ``names``: their posts, and those of them without a post."""
    posts: list[str] = []
    outside: list[str] = []
    for name in names:
        whole = posts_for(plan.bound(name), directory)
        if whole:
            posts.extend(whole)
            continue
        for part in re.split(r"或者|或", name):
            of_part = posts_for(bound_ids(plan, part), directory)
            posts.extend(of_part)
            if not of_part:
                outside.append(part)
    return Power(
        names=names,
        posts=tuple(dict.fromkeys(posts)),
        outside=tuple(dict.fromkeys(outside)),
        proposers=proposers,
        sources=sources,
    )


def _next_clause(plan: Plan, level: ResponseLevel) -> Citation | None:
    """The clause that comes nearest to saying it, for a person to look at."""
    others = sorted(
        (item for item in plan.content.activation if item.level is not None),
        key=lambda item: abs(item.level.rank - level.rank) if item.level else 9,
    )
    if others:
        return others[0].source
    for step in plan.content.levels:
        if step.level.value == level.value and step.kind is not LadderKind.WARNING:
            return step.source
    return plan.content.command.source if plan.content.command else None
