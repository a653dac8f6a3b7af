"""Review of a draft (校核): settle its doubts, correct items, tie bodies to the directory, confirm.

Only a draft without open doubts can be confirmed. Each use case is one transaction of the store.
What two people say of different items at once is merged; said of the same item, the second is told.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from fengsui.application.access import Action, require
from fengsui.application.desk import Actor
from fengsui.application.plan_library import Library, draft_of, with_step
from fengsui.application.plan_library_ports import OPEN_STATES, DraftRecord, DraftState
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

TRIES = 8
"""How often a settlement is tried when others save other items at the same moment."""


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

    Settlements of other items made since then do not matter. Raises Conflict("said_meanwhile", by=, verdict=)
    when somebody has settled the same one since, InputError when ``data`` does not fit.
    """
    if verdict in (Verdict.EDIT, Verdict.ADD):
        parse_item(section, data)
    for last_try in (*[False] * (TRIES - 1), True):
        record = open_draft(library, actor, draft_id)
        _known_target(record, target, section, verdict)
        _nobody_else(record, target, revision)
        settlement = Settlement(
            target=target,
            section=section,
            verdict=verdict,
            by=actor.post_id,
            at=library.clock.now(),
            data=data,
            note=note,
            revision=record.revision + 1,
        )
        try:
            return save(library, record, record.revision, settlements=(*record.settlements, settlement))
        except Conflict:
            if last_try:
                raise
    raise AssertionError("unreachable")


def _nobody_else(record: DraftRecord, target: str, seen: int) -> None:
    """Raises Conflict if ``target`` was settled, or the draft confirmed, after revision ``seen``."""
    since = [one for one in record.settlements if one.target == target and one.revision > seen]
    if since:
        raise Conflict("said_meanwhile", by=since[-1].by, verdict=since[-1].verdict.value, target=target)
    if record.state is not DraftState.DRAFT and record.revision > seen:
        raise Conflict("confirmed_meanwhile", by=record.confirmed_by or "")


def settle_all(library: Library, actor: Actor, *, draft_id: str, revision: int, note: str) -> DraftRecord:
    """Say of every doubt still open that it was looked at and stays as printed; ``note`` says why.

    For the editor who has read the list to its end; each doubt gets its own settlement.
    """
    record = open_draft(library, actor, draft_id)
    now = library.clock.now()
    added = tuple(
        Settlement(
            target=doubt_id(doubt),
            section="doubt",
            verdict=Verdict.ACCEPT,
            by=actor.post_id,
            at=now,
            note=note,
            revision=record.revision + 1,
        )
        for doubt in unsettled(record.draft, record.settlements)
    )
    return save(library, record, revision, settlements=(*record.settlements, *added))


def bind(
    library: Library,
    actor: Actor,
    *,
    draft_id: str,
    revision: int,
    printed: str,
    ids: tuple[str, ...],
    seen: tuple[str, ...] | None = None,
) -> DraftRecord:
    """Say which posts or units a body printed in the plan stands for; none means outside.

    ``seen``: what it stood for on the screen; given, only a change of this very body since then is a
    Conflict, whatever else was saved. Raises InputError("no_such_body").
    """
    record = open_draft(library, actor, draft_id)
    directory = library.directory.directory()
    for one in ids:
        if directory.post(one) is None and directory.unit(one) is None:
            raise InputError("no_such_body", body=one)
    if seen is not None and dict(record.bindings).get(printed, ()) == seen:
        revision = record.revision
    rest = tuple(pair for pair in record.bindings if pair[0] != printed)
    return save(library, record, revision, bindings=(*rest, (printed, ids)) if ids else rest)


def confirm(library: Library, actor: Actor, *, draft_id: str, revision: int) -> DraftRecord:
    """Confirm a draft whose doubts are all settled. Raises Refusal("doubts_open") otherwise."""
    record = open_draft(library, actor, draft_id, action=Action.CONFIRM_PLAN)
    open_doubts = unsettled(record.draft, record.settlements)
    if open_doubts:
        raise Refusal("doubts_open", source=open_doubts[0].source, count=len(open_doubts))
    apply(record.draft.content, record.settlements)
    return save(
        library,
        record,
        revision,
        state=DraftState.CONFIRMED,
        confirmed_at=library.clock.now(),
        confirmed_by=actor.post_id,
        history=with_step(library, actor, record, "confirmed"),
    )


def open_draft(
    library: Library, actor: Actor, draft_id: str, action: Action = Action.REVIEW_PLAN
) -> DraftRecord:
    """A draft that ``actor`` may change. Raises Refusal, also ("draft_closed") when it is past review."""
    record = draft_of(library, draft_id)
    require(actor, action, record.jurisdiction)
    if record.state not in OPEN_STATES:
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


def save(library: Library, record: DraftRecord, revision: int, **changes: Any) -> DraftRecord:
    """Write the changed record; any change after confirmation makes it a draft again."""
    if record.revision != revision:
        raise Conflict("changed_meanwhile")
    changes = {"state": DraftState.DRAFT, "approved_at": None, "approved_by": None, **changes}
    after = replace(record, revision=revision + 1, **changes)
    library.store.update_draft(after, revision)
    return after
