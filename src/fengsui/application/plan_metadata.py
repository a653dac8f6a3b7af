"""What a plan says of itself as a document (文号、机关、日期、灾种): read, then put right by the editor."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from fengsui.application.access import Action, require
from fengsui.application.desk import Actor
from fengsui.application.plan_filing import filing_due
from fengsui.application.plan_library import Library, draft_of, replace_draft, with_step
from fengsui.application.plan_library_ports import OPEN_STATES, DraftRecord, DraftState
from fengsui.core.errors import InputError, Refusal
from fengsui.core.plan.model import PlanKind
from fengsui.core.plan.surroundings import HazardClass, PlanIdentity

_EVENT_CODE = re.compile(r"\d{5}")


def edit_metadata(
    library: Library,
    actor: Actor,
    *,
    draft_id: str,
    revision: int,
    metadata: PlanIdentity,
    kind: PlanKind | None = None,
    hazards: tuple[str, ...] | None = None,
) -> DraftRecord:
    """Put the metadata right; ``kind`` and ``hazards`` None stay.

    Number and dates are known only after approval, so that writing them changes no state. Kind and
    hazards say when the plan applies: changed, it is a draft again; in force they cannot be changed.
    Raises InputError("event_code_wrong"), ("dates_wrong"), Refusal("draft_closed").
    """
    record = draft_of(library, draft_id)
    require(actor, Action.EDIT_METADATA, record.jurisdiction)
    title = record.draft.content.title
    if record.state not in (*OPEN_STATES, DraftState.IN_FORCE):
        raise Refusal("draft_closed", title=title)
    _check(metadata)
    kept_kind, kept_hazards = kind or record.kind, record.hazards if hazards is None else hazards
    applies_changed = (kept_kind, kept_hazards) != (record.kind, record.hazards)
    if applies_changed and record.state is DraftState.IN_FORCE:
        raise Refusal("kind_in_force", title=title)
    metadata = replace(metadata, sources=record.metadata.sources)
    after = replace(
        record,
        revision=revision + 1,
        metadata=metadata,
        kind=kept_kind,
        hazards=kept_hazards,
        history=with_step(library, actor, record, "metadata"),
    )
    if applies_changed and record.state is not DraftState.DRAFT:
        after = replace(after, state=DraftState.DRAFT, approved_at=None, approved_by=None)
    if record.state is DraftState.IN_FORCE:
        after = replace(after, filing_due=filing_due(kept_kind, metadata, library.workdays))
    return replace_draft(library, record, after, revision)


def not_a_version(library: Library, actor: Actor, *, draft_id: str, revision: int) -> DraftRecord:
    """Say that a plan is one of its own, though another has its title; only before it is in force."""
    record = draft_of(library, draft_id)
    require(actor, Action.EDIT_METADATA, record.jurisdiction)
    if record.state not in OPEN_STATES:
        raise Refusal("draft_closed", title=record.draft.content.title)
    after = replace(
        record,
        revision=revision + 1,
        version_of=None,
        plan_id=None,
        history=with_step(library, actor, record, "own_plan"),
    )
    return replace_draft(library, record, after, revision)


def _check(metadata: PlanIdentity) -> None:
    if metadata.event_code and not _EVENT_CODE.fullmatch(metadata.event_code):
        raise InputError("event_code_wrong", given=metadata.event_code)
    if metadata.issued and metadata.in_force and metadata.in_force < metadata.issued:
        raise InputError("dates_wrong")


FIELDS = ("number", "issuer", "issued", "in_force", "hazard_class", "event_code", "repeals", "upper")
"""What a form or a command may give, by name."""


def kind_of(text: str) -> PlanKind:
    """The kind of this code. Raises InputError("no_such_kind")."""
    try:
        return PlanKind(text)
    except ValueError:
        raise InputError("no_such_kind", given=text, kinds="、".join(PlanKind)) from None


def identity_from(before: PlanIdentity, given: Mapping[str, Any]) -> PlanIdentity:
    """``before`` with the typed values of ``FIELDS``; empty text takes a value away.

    Raises InputError("day_mistyped"), ("hazard_class_wrong").
    """
    changes: dict[str, Any] = {}
    for name, value in given.items():
        if name in ("issued", "in_force"):
            changes[name] = _day(value)
        elif name == "hazard_class":
            changes[name] = _hazard_class(value)
        elif name in ("repeals", "upper"):
            titles = value.splitlines() if isinstance(value, str) else value
            changes[name] = tuple(title.strip()[:300] for title in titles if title.strip())
        else:
            changes[name] = str(value).strip()[:200] or None
    return replace(before, **changes)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip()) if text.strip() else None
    except ValueError:
        raise InputError("day_mistyped", given=text) from None


def _hazard_class(text: str) -> HazardClass | None:
    try:
        return HazardClass(text) if text else None
    except ValueError:
        raise InputError("hazard_class_wrong", given=text, classes="、".join(HazardClass)) from None
