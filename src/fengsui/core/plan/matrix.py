"""Who does what (职责矩阵): every part a body has in a plan, by level, with its clause.

A body printed under several names is one row where the plan's bindings tie the names to one unit of the
directory, or where the plan itself gives the names as aliases. What is addressed to several bodies counts
for each.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from fengsui.core.citation import Citation
from fengsui.core.directory import Directory
from fengsui.core.plan.level import AnyLevel, Grade, LadderKind, WarningLevel
from fengsui.core.plan.model import Plan, PlanContent, PlanKind
from fengsui.core.plan.named_bodies import parts_of
from fengsui.core.plan.reporting import Deadline

SHORTEST_NAME = 3
"""A shorter name is not sought at the head of a sentence: 部, 组 stand before many other words."""


class Part(StrEnum):
    """The part a body has in a plan, in the order in which it matters on a card."""

    DECIDE = "decide"  # 决定启动
    APPROVE = "approve"  # 批准启动
    PROPOSE = "propose"  # 提出启动
    END = "end"  # 决定终止
    PROPOSE_END = "propose_end"  # 提出终止
    COMMAND = "command"  # 指挥部任职
    REPORT = "report"  # 报送
    RECEIVE = "receive"  # 接报
    TASK = "task"  # 限时任务
    LEAD = "lead"  # 牵头工作组
    JOIN = "join"  # 参加工作组
    MEASURE = "measure"  # 响应措施
    DUTY = "duty"  # 职责
    LISTED = "listed"  # 列为成员单位


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One part of one body. ``body`` is the row it belongs to (a unit's id or ``name:…``).

    ``printed`` the name in the plan, ``levels`` empty: at every level, ``text`` what is to be done as
    printed (the group for LEAD and JOIN, a code for a post in COMMAND), ``deadline`` the clock where there
    is one, ``other`` the bodies on the other end of a report or a proposal, ``post`` the id of the post
    meant where the name is that of a post, ``scale`` what a power is over.
    """

    body: str
    printed: str
    plan_id: str
    part: Part
    text: str
    levels: tuple[AnyLevel, ...] = ()
    deadline: Deadline | None = None
    other: tuple[str, ...] = ()
    post: str | None = None
    scale: LadderKind | None = None
    out_of_scope: bool = False
    source: Citation


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One body with all its parts: ``name`` of the directory or as printed, ``names`` all printed ones."""

    body: str
    name: str
    names: tuple[str, ...]
    entries: tuple[Entry, ...]
    bound: bool

    def in_plan(self, plan_id: str) -> tuple[Entry, ...]:
        """Its parts in one plan."""
        return tuple(entry for entry in self.entries if entry.plan_id == plan_id)


def at_level(entries: Iterable[Entry], roman: str | None) -> tuple[Entry, ...]:
    """The entries of one level ("I" … "V") of whatever scale; None: those without a level."""
    return tuple(
        entry
        for entry in entries
        if (not entry.levels if roman is None else any(level.value == roman for level in entry.levels))
    )


def entries_of(plan: Plan, directory: Directory | None = None) -> tuple[Entry, ...]:
    """Every part of every body named in ``plan``; without ``directory`` names alone tell bodies apart."""
    bodies = _Bodies(plan, directory)
    found = [entry for raw in _raw(plan.content) for entry in bodies.entries(raw)]
    return tuple(dict.fromkeys(found))


def content_entries(content: PlanContent, plan_id: str) -> tuple[Entry, ...]:
    """The same for content that is not in force and bound to no directory."""
    plan = Plan(id=plan_id, version=1, kind=PlanKind.SPECIAL, jurisdiction="", content=content)
    return entries_of(plan)


def rows_of(entries: Iterable[Entry], directory: Directory | None = None) -> tuple[Row, ...]:
    """The rows of the matrix: bodies with most parts first, those of the directory before others."""
    grouped: dict[str, list[Entry]] = {}
    for entry in entries:
        grouped.setdefault(entry.body, []).append(entry)
    known = {unit.id: unit.name for unit in directory.units} if directory else {}
    rows = [
        Row(
            body=body,
            name=known.get(body) or body.removeprefix("name:"),
            names=tuple(dict.fromkeys(item.printed for item in items)),
            entries=tuple(items),
            bound=body in known,
        )
        for body, items in grouped.items()
    ]
    rows.sort(key=lambda row: (not row.bound, -len(row.entries), row.name))
    return tuple(rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Raw:
    """A part before it is known which bodies its words mean. ``said`` None: sought in the text."""

    said: str | None
    part: Part
    text: str
    source: Citation
    levels: tuple[AnyLevel, ...] = ()
    deadline: Deadline | None = None
    other: tuple[str, ...] = ()
    scale: LadderKind | None = None
    out_of_scope: bool = False


def _raw(content: PlanContent) -> Iterator[_Raw]:
    yield from _powers(content)
    yield from _posts(content)
    for item in content.deadlines:
        yield from _clock(item)
    for group in content.groups:
        out = group.out_of_scope
        for name in {name: None for name in (group.lead, group.coordinator) if name}:
            yield _Raw(said=name, part=Part.LEAD, text=group.name, source=group.source, out_of_scope=out)
        for name in group.members:
            yield _Raw(said=name, part=Part.JOIN, text=group.name, source=group.source, out_of_scope=out)
    for measure in content.measures:
        yield _Raw(
            said=measure.who,
            part=Part.MEASURE,
            text=measure.text,
            source=measure.source,
            levels=measure.levels,
            out_of_scope=measure.out_of_scope,
        )
    for duty in content.duties:
        out = duty.out_of_scope
        yield _Raw(said=duty.unit, part=Part.DUTY, text=duty.text, source=duty.source, out_of_scope=out)
    for unit in content.units:
        if unit.member:
            yield _Raw(said=unit.name, part=Part.LISTED, text=unit.name, source=unit.source)


def _powers(content: PlanContent) -> Iterator[_Raw]:
    for power in content.activation:
        levels = (power.level,) if power.level else ()
        parts = (
            (power.authority, Part.DECIDE),
            (power.approver, Part.APPROVE),
            (power.proposer, Part.PROPOSE),
        )
        for name, part in parts:
            other = (power.authority,) if part is Part.PROPOSE else ()
            if name:
                yield _Raw(
                    said=name,
                    part=part,
                    text="",
                    source=power.source,
                    levels=levels,
                    other=other,
                    scale=power.kind,
                )
    for end in content.termination:
        levels = (end.level,) if end.level else ()
        for name, part in ((end.authority, Part.END), (end.proposer, Part.PROPOSE_END)):
            if name:
                yield _Raw(said=name, part=part, text="", source=end.source, levels=levels)


def _posts(content: PlanContent) -> Iterator[_Raw]:
    command = content.command
    if command is None:
        return
    held = [(command.commander, "commander_of"), (command.office, "office_of")]
    held += [(command.office_director, "director_of"), *((name, "deputy_of") for name in command.deputies)]
    for name, code in held:
        if name:
            yield _Raw(said=name, part=Part.COMMAND, text=code, source=command.source, other=(command.name,))


def _clock(item: Deadline) -> Iterator[_Raw]:
    part = Part.REPORT if item.is_report else Part.TASK
    yield _Raw(
        said=item.who,
        part=part,
        text=item.what,
        source=item.source,
        levels=item.levels,
        deadline=item,
        other=item.to,
    )
    if item.is_report:
        for name in item.to:
            yield _Raw(
                said=name,
                part=Part.RECEIVE,
                text=item.what,
                source=item.source,
                levels=item.levels,
                deadline=item,
                other=(item.who,) if item.who else (),
            )


@dataclass(slots=True)
class _Bodies:
    """Which row a printed name belongs to."""

    plan: Plan
    directory: Directory | None
    aliases: dict[str, str] = field(default_factory=dict)
    bound: dict[str, tuple[str, ...]] = field(default_factory=dict)
    units: dict[str, str] = field(default_factory=dict)
    names: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        content = self.plan.content
        for unit in content.units:
            self.aliases.update((alias, unit.name) for alias in (unit.name, *unit.aliases))
        if content.command is not None:
            named = content.command
            self.aliases.update((alias, named.name) for alias in (named.name, *named.aliases))
        self.bound = dict(self.plan.bindings)
        if self.directory is not None:
            self.units = {post.id: post.unit for post in self.directory.posts}
        known = {*self.aliases, *self.bound, *(duty.unit for duty in content.duties)}
        long_enough = (name for name in known if len(name) >= SHORTEST_NAME)
        self.names = tuple(sorted(long_enough, key=len, reverse=True))

    def entries(self, raw: _Raw) -> Iterator[Entry]:
        """The part for each body its words mean."""
        for printed in self._meant(raw):
            for body, post in self._rows(printed):
                yield Entry(
                    body=body,
                    printed=printed,
                    plan_id=self.plan.id,
                    part=raw.part,
                    text=raw.text,
                    levels=raw.levels,
                    deadline=raw.deadline,
                    other=raw.other,
                    post=post,
                    scale=raw.scale,
                    out_of_scope=raw.out_of_scope,
                    source=raw.source,
                )

    def _meant(self, raw: _Raw) -> tuple[str, ...]:
        said = raw.said
        if said is None:
            # A measure often begins with the body that acts, though the reader named nobody.
            head = self._at_head(raw.text) if raw.part is Part.MEASURE else None
            return (head,) if head else ()
        if said in self.bound or said in self.aliases:
            return (said,)
        parts = parts_of(said)
        if parts:
            return parts
        return (self._at_head(said) or said,)

    def _at_head(self, text: str) -> str | None:
        return next((name for name in self.names if text.startswith(name)), None)

    def _rows(self, printed: str) -> tuple[tuple[str, str | None], ...]:
        """The rows a name belongs to, each with the post meant where it is one."""
        ids = self.bound.get(printed) or self.bound.get(self.aliases.get(printed, printed)) or ()
        if not ids or self.directory is None:
            return ((f"name:{self.aliases.get(printed, printed)}", None),)
        return tuple(
            dict.fromkeys((self.units.get(each, each), each if each in self.units else None) for each in ids)
        )


def levels_used(entries: Iterable[Entry]) -> tuple[AnyLevel, ...]:
    """The levels that occur, each scale by itself (response, grade, warning), gravest first."""
    found = {level: None for entry in entries for level in entry.levels}
    order = ("response", "grade", "warning")
    return tuple(sorted(found, key=lambda level: (order.index(scale_of(level)), level.rank)))


def scale_of(level: AnyLevel) -> str:
    """``response``, ``grade`` or ``warning``: "Ⅲ级" of one is never "Ⅲ级" of another."""
    if isinstance(level, Grade):
        return "grade"
    return "warning" if isinstance(level, WarningLevel) else "response"


def exactly(entries: Iterable[Entry], level: AnyLevel | None) -> tuple[Entry, ...]:
    """The entries of one step of one scale; None: those without a level."""
    return tuple(entry for entry in entries if (level in entry.levels if level else not entry.levels))
