"""Review of a draft (校核): settle its doubts, correct items, tie bodies to the directory, confirm.

Only a draft without open doubts can be confirmed. Each use case is one transaction of the store.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from fengsui.application.access import Action, require
from fengsui.application.desk import Actor
from fengsui.application.plan_library import Library, draft_of
from fengsui.application.plan_library_ports import DraftRecord, DraftState
from fengsui.core.errors import Conflict, InputError, Refusal
from fengsui.core.plan.review import (
    SECTIONS,
    SINGLES,
    Settlement,
    Verdict,
    apply,
    doubt_id,
    parse_item,
    unsettled,
)
from fengsui.core.plan.review import items_of as review_items


def settle(
    library: Library,
    actor: Actor,
    *,
    draft_id: str,
    revision: int,
    target: str,
    section: str,
    verdict: Verdict,
    data: dict[str, Any] | None = None,
    note: str = "",
) -> DraftRecord:
    """Record what a reviewer says of one item or doubt; ``revision`` is the one the reviewer saw.

    Raises Conflict when somebody saved first, InputError when ``data`` does not fit.
    """
    record = _open_draft(library, actor, draft_id)
    if verdict in (Verdict.EDIT, Verdict.ADD):
        parse_item(section, data)
    _known_target(record, target, section, verdict)
    settlement = Settlement(
        target=target,
        section=section,
        verdict=verdict,
        by=actor.post_id,
        at=library.clock.now(),
        data=data,
        note=note,
    )
    return _save(library, record, revision, settlements=(*record.settlements, settlement))


def settle_all(library: Library, actor: Actor, *, draft_id: str, revision: int, note: str) -> DraftRecord:
    """Say of every doubt still open that it was looked at and stays as printed; ``note`` says why.

    For the editor who has read the list to its end; each doubt gets its own settlement.
    """
    record = _open_draft(library, actor, draft_id)
    now = library.clock.now()
    added = tuple(
        Settlement(
            target=doubt_id(doubt),
            section="doubt",
            verdict=Verdict.ACCEPT,
            by=actor.post_id,
            at=now,
            note=note,
        )
        for doubt in unsettled(record.draft, record.settlements)
    )
    return _save(library, record, revision, settlements=(*record.settlements, *added))


def bind(
    library: Library, actor: Actor, *, draft_id: str, revision: int, printed: str, ids: tuple[str, ...]
) -> DraftRecord:
    """Say which posts or units a body printed in the plan stands for; none means outside."""
    record = _open_draft(library, actor, draft_id)
    directory = library.directory.directory()
    for one in ids:
        if directory.post(one) is None and directory.unit(one) is None:
            raise InputError("no_such_body", body=one)
    rest = tuple(pair for pair in record.bindings if pair[0] != printed)
    return _save(library, record, revision, bindings=(*rest, (printed, ids)) if ids else rest)


def confirm(library: Library, actor: Actor, *, draft_id: str, revision: int) -> DraftRecord:
    """Confirm a draft whose doubts are all settled. Raises Refusal("doubts_open") otherwise."""
    record = _open_draft(library, actor, draft_id, action=Action.CONFIRM_PLAN)
    open_doubts = unsettled(record.draft, record.settlements)
    if open_doubts:
        raise Refusal("doubts_open", source=open_doubts[0].source, count=len(open_doubts))
    apply(record.draft.content, record.settlements)
    return _save(
        library,
        record,
        revision,
        state=DraftState.CONFIRMED,
        confirmed_at=library.clock.now(),
        confirmed_by=actor.post_id,
    )


def _open_draft(
    library: Library, actor: Actor, draft_id: str, action: Action = Action.REVIEW_PLAN
) -> DraftRecord:
    record = draft_of(library, draft_id)
    require(actor, action, record.jurisdiction)
    if record.state not in (DraftState.DRAFT, DraftState.CONFIRMED):
        raise Refusal("draft_closed", title=record.draft.content.title)
    return record


def _known_target(record: DraftRecord, target: str, section: str, verdict: Verdict) -> None:
    if verdict is Verdict.ADD:
        if section not in SECTIONS and section not in SINGLES:
            raise InputError("item_malformed", section=section)
        return
    names = {doubt_id(doubt) for doubt in record.draft.doubts}
    names |= {item.id for item in review_items(record.draft.content)}
    names |= {settlement.target for settlement in record.settlements}
    if target not in names:
        raise InputError("no_such_item", item=target)


def _save(library: Library, record: DraftRecord, revision: int, **changes: Any) -> DraftRecord:
    """Write the changed record; any change after confirmation makes it a draft again."""
    if record.revision != revision:
        raise Conflict("changed_meanwhile")
    changes.setdefault("state", DraftState.DRAFT)
    after = replace(record, revision=revision + 1, **changes)
    library.store.update_draft(after, revision)
    return after
