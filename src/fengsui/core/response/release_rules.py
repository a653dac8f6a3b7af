"""What plans say of informing the public: who releases, and how soon (信息发布权限和时限).

Plans have no part of their own for it in what is read, so their sentences are looked through here. What a
plan does not say is marked as assumed: five hours for the first statement and a day for the first press
conference of a major or extra-major event are the usual times.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta

from fengsui.core.citation import Citation
from fengsui.core.directory import Directory
from fengsui.core.plan.level import LadderKind
from fengsui.core.plan.model import Plan
from fengsui.core.response.events_aftermath import MatterKind, MatterOpened
from fengsui.core.response.incident import Incident
from fengsui.core.response.power import Power, bound_ids, posts_for

USUAL = {MatterKind.FIRST_STATEMENT: timedelta(hours=5), MatterKind.CONFERENCE: timedelta(hours=24)}
GRAVE = 2
"""Rank of the mildest grade for which the clocks run: 重大."""

_INFORMATION = r"(?:信息|新闻|消息|灾情|事故情况|事件情况)"
_RELEASE = r"(?:发布|公布|公开)"
_AUTHORITY = (
    re.compile(
        rf"(?:由|经|报)([^，。；由经报]{{2,30}}?)(?:统一|负责|按规定|依法|及时|审定|审核|批准|审批|同意|授权)+"
        rf"[^，。；]{{0,10}}?(?:{_RELEASE}[^，。；]{{0,10}}{_INFORMATION}|{_INFORMATION}[^，。；]{{0,10}}{_RELEASE}|"
        rf"{_RELEASE})"
    ),
    re.compile(
        rf"{_INFORMATION}{_RELEASE}[^，。；]{{0,8}}由([^，。；]{{2,30}}?)(?:统一|负责|归口|审定|审核|批准)"
    ),
)
_NOT_A_BODY = re.compile(r"^(?:按|依|根据|其|该|有关规定)|规定|程序|牵头$|要求")
_WIDE = str.maketrans(",;:", "，；：")
"""Marks as printed in full width: a half-width comma parts sentences as well."""
_CONFERENCE = re.compile(r"发布会")
_FIRST = re.compile(
    rf"(?:首次|第一时间|最迟|简要)[^，。；]{{0,20}}{_RELEASE}|{_RELEASE}[^，。；]{{0,12}}(?:简要|权威)信息"
)
_WITHIN = re.compile(r"(\d{1,3})个?(小时|分钟)(?:之|以)?内")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseLimit:
    """How soon something must be said; ``source`` None: assumed."""

    kind: MatterKind
    span: timedelta
    plan_id: str | None = None
    source: Citation | None = None


def _sentences(plan: Plan) -> Iterator[Citation]:
    """Every sentence that something of the plan rests on, each once."""
    content = plan.content
    seen: set[tuple[int, str]] = set()
    items: Iterable[object] = (
        *content.duties,
        *content.measures,
        *content.deadlines,
        *content.groups,
        *content.units,
        *content.supports,
        *((content.command,) if content.command else ()),
    )
    for item in items:
        source = getattr(item, "source", None)
        if isinstance(source, Citation) and (source.line, source.quote) not in seen:
            seen.add((source.line, source.quote))
            yield source


def release_power(plan: Plan, directory: Directory) -> Power | None:
    """Who releases information by the plan; None where it does not say so."""
    for source in _sentences(plan):
        if "发布" not in source.quote and "公布" not in source.quote:
            continue
        text = source.quote.translate(_WIDE)
        for form in _AUTHORITY:
            found = form.search(text)
            if found is None or "预警" in found.group(0) or _NOT_A_BODY.search(found.group(1)):
                continue
            name = found.group(1).strip()
            posts = posts_for(bound_ids(plan, name), directory)
            outside = () if posts else (name,)
            return Power(names=(name,), posts=posts, outside=outside, sources=(source,))
    return None


def release_limits(plans: Iterable[Plan]) -> tuple[ReleaseLimit, ...]:
    """The limits for the first statement and the first press conference: the shortest a plan sets, else the
    usual one."""
    limits: dict[MatterKind, ReleaseLimit] = {
        kind: ReleaseLimit(kind=kind, span=span) for kind, span in USUAL.items()
    }
    for plan in plans:
        for source in _sentences(plan):
            kind, span = _limit(source.quote)
            if kind is None or span is None:
                continue
            before = limits[kind]
            if before.source is None or span < before.span:
                limits[kind] = ReleaseLimit(kind=kind, span=span, plan_id=plan.id, source=source)
    return tuple(limits.values())


def _limit(text: str) -> tuple[MatterKind | None, timedelta | None]:
    kind = (
        MatterKind.CONFERENCE
        if _CONFERENCE.search(text)
        else MatterKind.FIRST_STATEMENT
        if _FIRST.search(text)
        else None
    )
    spans = _WITHIN.findall(text)
    if kind is None or len(spans) != 1:
        return None, None
    number, unit = spans[0]
    return kind, timedelta(hours=int(number)) if unit == "小时" else timedelta(minutes=int(number))


def is_grave(incident: Incident) -> bool:
    """Whether the event is certainly major or extra-major by a plan."""
    return any(
        graded.kind is LadderKind.EVENT_GRADE and graded.level is not None and graded.level.rank <= GRAVE
        for graded in incident.grades.values()
    )


def start_release_clocks(plans: Iterable[Plan], incident: Incident) -> tuple[MatterOpened, ...]:
    """The clocks of a grave event that have not begun; they run from its occurrence, else from learning."""
    begun = {item.opened.kind for item in incident.aftermath.matters.values()}
    wanted = set(USUAL) - begun
    if not wanted or not is_grave(incident):
        return ()
    if incident.release.published:
        wanted.discard(MatterKind.FIRST_STATEMENT)
    since = incident.opened.occurred_at or incident.opened.learned_at
    number = len(incident.aftermath.matters)
    started: list[MatterOpened] = []
    for limit in release_limits(plans):
        if limit.kind not in wanted:
            continue
        number += 1
        started.append(
            MatterOpened(
                matter_id=f"m{number}",
                kind=limit.kind,
                text=limit.kind.value,
                since=since,
                due=since + limit.span,
                plan_id=limit.plan_id,
                source=limit.source,
                assumed=limit.source is None,
            )
        )
    return tuple(started)
