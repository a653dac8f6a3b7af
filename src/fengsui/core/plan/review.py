"""Reviewing a draft (校核): a person settles doubts, corrects, adds or rejects items.

Pure: a draft and a list of settlements give the content that may be confirmed. Items are named by
what they are and where they stand, so that a settlement survives re-reading the same document.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from fengsui.core.citation import Citation
from fengsui.core.errors import InputError
from fengsui.core.plan.authority import (
    ActivationAuthority,
    Contact,
    Duty,
    Headquarters,
    LevelChange,
    Measure,
    PlanUnit,
    Termination,
    WorkGroup,
)
from fengsui.core.plan.codec import from_data, to_data
from fengsui.core.plan.level import BoundaryRule, Level
from fengsui.core.plan.model import Doubt, DraftPlan, PlanContent, Statement
from fengsui.core.plan.reporting import Deadline, Drill, RevisionRule
from fengsui.core.plan.surroundings import Attachment, PromisedResource, Reference, Support, Training

SECTIONS: dict[str, type] = {
    "levels": Level,
    "activation": ActivationAuthority,
    "level_changes": LevelChange,
    "termination": Termination,
    "deadlines": Deadline,
    "units": PlanUnit,
    "groups": WorkGroup,
    "duties": Duty,
    "measures": Measure,
    "drills": Drill,
    "revision": RevisionRule,
    "contacts": Contact,
    "principles": Statement,
    "references": Reference,
    "attachments": Attachment,
    "resources": PromisedResource,
    "supports": Support,
    "trainings": Training,
}
"""The lists of a plan's content that a person reviews, in the order of the plan page."""

SINGLES: dict[str, type] = {"command": Headquarters, "boundary_rule": BoundaryRule}
"""Parts of the content that stand once or not at all."""


class Verdict(StrEnum):
    """What a person said of an item or a doubt."""

    ACCEPT = "accept"  # 读对了 / 存疑已看过，照原文
    REJECT = "reject"  # 不是这样，删去
    EDIT = "edit"  # 改为 data
    ADD = "add"  # 补一条 data
    UNDO = "undo"  # 收回最近一次


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewItem:
    """One reviewable item: ``id`` stable over re-reading, ``section`` its list, ``value`` what was read."""

    id: str
    section: str
    value: Any
    source: Citation


@dataclass(frozen=True, slots=True, kw_only=True)
class Settlement:
    """One decision of a reviewer. ``data`` is the codec form of the new item for EDIT and ADD.

    ``revision`` is that of the record which first held it: whoever looked at an older one has not seen it.
    """

    target: str
    section: str
    verdict: Verdict
    by: str
    at: datetime
    data: dict[str, Any] | None = None
    note: str = ""
    revision: int = 0


def standing(settlements: Iterable[Settlement]) -> dict[str, Settlement]:
    """What stands of each target, by target: the last word on it that nobody took back.

    UNDO takes back the latest one, so that what was said before it stands again.
    """
    said: dict[str, list[Settlement]] = {}
    for settlement in settlements:
        words = said.setdefault(settlement.target, [])
        if settlement.verdict is not Verdict.UNDO:
            words.append(settlement)
        elif words:
            words.pop()
    return {target: words[-1] for target, words in said.items() if words}


def _identity(section: str, source: Citation, extra: str) -> str:
    key = "\x1f".join((section, source.clause, "".join(source.quote.split()), extra))
    return hashlib.sha256(key.encode()).hexdigest()[:12]


def label_of(item: Any) -> str:
    """Name, level and hazard: what tells apart two items of one section that rest on the same quote."""
    if isinstance(item, PromisedResource):
        return f"{item.name}|{item.quantity}"
    for name in ("unit", "name", "authority", "what", "phone", "every", "text", "title", "number"):
        value = getattr(item, name, None)
        if value:
            level = getattr(item, "level", None)
            return f"{value}|{level.value if level is not None else ''}|{getattr(item, 'hazard', None) or ''}"
    return ""


def items_of(content: PlanContent) -> tuple[ReviewItem, ...]:
    """Every reviewable item of ``content``, in the order of SECTIONS then of the plan."""
    return tuple(_walk(content))


def _walk(content: PlanContent) -> Iterator[ReviewItem]:
    seen: dict[str, int] = {}
    for section in SECTIONS:
        for value in getattr(content, section):
            base = _identity(section, value.source, label_of(value))
            seen[base] = seen.get(base, 0) + 1
            name = base if seen[base] == 1 else f"{base}-{seen[base]}"
            yield ReviewItem(id=name, section=section, value=value, source=value.source)
    for section in SINGLES:
        value = getattr(content, section)
        if value is not None:
            yield ReviewItem(
                id=_identity(section, value.source, ""), section=section, value=value, source=value.source
            )


def doubt_id(doubt: Doubt) -> str:
    """The name by which a doubt is settled."""
    return _identity(f"doubt:{doubt.about}:{doubt.why}", doubt.source, doubt.text)


def unsettled(draft: DraftPlan, settlements: tuple[Settlement, ...]) -> tuple[Doubt, ...]:
    """The doubts nobody has settled yet; while there is one, the draft cannot be confirmed."""
    settled = standing(settlements)
    return tuple(doubt for doubt in draft.doubts if doubt_id(doubt) not in settled)


def apply(content: PlanContent, settlements: tuple[Settlement, ...]) -> PlanContent:
    """Return ``content`` as the reviewers left it; the last word on an item counts.

    Raises InputError("item_malformed") when the data of an edit does not fit its section.
    """
    last = standing(settlements)
    lists: dict[str, list[Any]] = {section: [] for section in SECTIONS}
    singles: dict[str, Any] = dict.fromkeys(SINGLES)
    for item in items_of(content):
        value = _settled_value(item, last.get(item.id))
        if value is None:
            continue
        if item.section in SECTIONS:
            lists[item.section].append(value)
        else:
            singles[item.section] = value
    for settlement in last.values():
        if settlement.verdict is Verdict.ADD:
            added = parse_item(settlement.section, settlement.data)
            if settlement.section in SECTIONS:
                lists[settlement.section].append(added)
            else:
                singles[settlement.section] = added
    changed: dict[str, Any] = {section: tuple(values) for section, values in lists.items()}
    return replace(content, **changed, **singles)


def _settled_value(item: ReviewItem, settlement: Settlement | None) -> Any:
    if settlement is None or settlement.verdict is Verdict.ACCEPT:
        return item.value
    if settlement.verdict is Verdict.REJECT:
        return None
    return parse_item(item.section, settlement.data)


def parse_item(section: str, data: dict[str, Any] | None) -> Any:
    """Build an item of ``section`` from codec data. Raises InputError("item_malformed")."""
    kind = SECTIONS.get(section) or SINGLES.get(section)
    if kind is None or data is None:
        raise InputError("item_malformed", section=section)
    try:
        value: Any = from_data(kind, data)
    except (ValueError, TypeError, KeyError, IndexError, ArithmeticError) as problem:
        raise InputError("item_malformed", section=section) from problem
    if getattr(value, "source", None) is None or not value.source.quote:
        raise InputError("item_without_clause", section=section)
    return value


def item_data(item: ReviewItem) -> dict[str, Any]:
    """The codec form of an item, as an editor changes it."""
    data: dict[str, Any] = to_data(item.value)
    return data
