"""Matters to see to (事项): opened by hand, done with a result, dropped or moved with a reason."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from fengsui.core.citation import Citation
from fengsui.core.errors import Conflict, InputError
from fengsui.core.response.decisions.scene import Scene, check_text
from fengsui.core.response.events import Event
from fengsui.core.response.events_aftermath import (
    MatterDone,
    MatterExcused,
    MatterKind,
    MatterMoved,
    MatterOpened,
)
from fengsui.core.response.state_aftermath import MatterState

_SHA = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A matter as somebody asks for it; ``owner`` a unit or post id, or a name where the body is outside."""

    kind: MatterKind
    text: str
    owner: str = ""
    due: datetime | None = None
    plan_id: str | None = None
    source: Citation | None = None
    goods_id: str = ""


def open_matters(wanted: tuple[Wanted, ...], scene: Scene) -> tuple[Event, ...]:
    """Matters begin. Raises InputError for a day gone by, Conflict when the case is archived."""
    must_not_be_archived(scene)
    number = len(scene.incident.aftermath.matters)
    opened: list[Event] = []
    for place, item in enumerate(wanted, start=1):
        if item.due is not None and item.due.tzinfo is None:
            raise InputError("time_without_zone", field="due", at=item.due.isoformat())
        if item.due is not None and item.due <= scene.now:
            raise InputError("due_in_past", at=item.due.isoformat())
        owner, name = _owner(item.owner, scene)
        opened.append(
            MatterOpened(
                matter_id=f"m{number + place}",
                kind=item.kind,
                text=check_text(item.text, "text"),
                owner=owner,
                owner_name=name,
                since=scene.now,
                due=item.due,
                plan_id=item.plan_id,
                source=item.source,
                goods_id=item.goods_id,
            )
        )
    return tuple(opened)


def _owner(given: str, scene: Scene) -> tuple[str, str]:
    """Id and name of an owner: of the directory by id, name or title, else a name of a body outside."""
    wanted = given.strip()
    unit, post = scene.directory.unit(wanted), scene.directory.post(wanted)
    if unit is not None:
        return unit.id, unit.name
    if post is not None:
        return post.id, post.title
    for item in scene.directory.units:
        if wanted and wanted in (item.name, *item.aliases):
            return item.id, item.name
    titled = [item for item in scene.directory.posts if wanted and wanted == item.title]
    own = scene.directory.post(scene.by)
    if len(titled) > 1 and own is not None:
        # Many areas have a post of this title: the author means that of the own area.
        titled = [item for item in titled if item.jurisdiction == own.jurisdiction]
    return (titled[0].id, titled[0].title) if len(titled) == 1 else ("", wanted)


def must_not_be_archived(scene: Scene) -> None:
    """Raises Conflict when the case was closed."""
    if scene.incident.aftermath.archived is not None:
        raise Conflict("case_archived")


def matter_of(matter_id: str, scene: Scene) -> MatterState:
    """A matter still open; when the case is archived, only what is to be mended is.

    Raises InputError for an unknown one, Conflict for one that is settled.
    """
    state = scene.incident.aftermath.matters.get(matter_id)
    if state is None:
        raise InputError("matter_unknown")
    if state.opened.kind is not MatterKind.CORRECTIVE:
        must_not_be_archived(scene)
    if not state.is_open:
        raise Conflict("matter_settled")
    return state


def finish(matter_id: str, result: str, evidence_sha: str, scene: Scene) -> tuple[Event, ...]:
    """It was done: what came of it, and the hash of the paper that shows it where there is one."""
    state = matter_of(matter_id, scene)
    words = check_text(result, "result")
    goods = scene.incident.aftermath.goods.get(state.opened.goods_id)
    if goods is not None and goods.is_open:
        raise InputError("goods_still_open")
    if state.opened.kind is MatterKind.CORRECTIVE and len(words) < SHORTEST_EVIDENCE:
        raise InputError("evidence_too_short", least=SHORTEST_EVIDENCE)
    return (MatterDone(matter_id=matter_id, result=words, evidence_sha=check_sha(evidence_sha)),)


SHORTEST_EVIDENCE = 4
"""Characters: 已改 alone is no evidence that something was mended."""


def check_sha(text: str) -> str:
    """A SHA-256 as typed, or nothing. Raises InputError."""
    plain = "".join(text.split()).lower()
    if plain and not _SHA.fullmatch(plain):
        raise InputError("evidence_hash_wrong")
    return plain


def excuse(matter_id: str, reason: str, scene: Scene) -> tuple[Event, ...]:
    """It will not be done; why stands in the log."""
    matter_of(matter_id, scene)
    return (MatterExcused(matter_id=matter_id, reason=check_text(reason, "reason")),)


def move(matter_id: str, due: datetime, reason: str, scene: Scene) -> tuple[Event, ...]:
    """Another day; why stands in the log."""
    matter_of(matter_id, scene)
    if due <= scene.now:
        raise InputError("due_in_past", at=due.isoformat())
    return (MatterMoved(matter_id=matter_id, due=due, reason=check_text(reason, "reason")),)
