"""Reading a document again (重读), and taking a review over from an earlier version (沿用校核结果).

What people said survives both; what no longer fits becomes a doubt or is counted, never dropped unseen.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from fengsui.application.access import Action, require
from fengsui.application.desk import Actor
from fengsui.application.plan_library import Library, draft_of
from fengsui.application.plan_library_ports import OPEN_STATES, DraftRecord, DraftState
from fengsui.application.plan_review import open_draft, save
from fengsui.core.errors import Conflict, InputError
from fengsui.core.plan.binding import suggest_bindings
from fengsui.core.plan.carry_over import CarriedOver, Lost, LostWhy, carry_over, lines_finder
from fengsui.core.plan.model import Doubt, DraftPlan
from fengsui.core.plan.review import Settlement, doubt_id, items_of, standing, unsettled
from fengsui.core.reading.blocks import TextLine
from fengsui.core.reading.draft import read_plans

_LOST = {why.value for why in LostWhy}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reread:
    """What reading again changed: how many settlements hold, dissolved, were lost; items then and now."""

    record: DraftRecord
    kept: int
    dissolved: int
    lost: int
    items_before: int
    items_after: int


def reread(library: Library, actor: Actor, draft_id: str) -> Reread:
    """Read the document of a draft again with the present grammar; the review is carried over.

    Settlements whose item is gone or read otherwise become doubts. When the file itself is now read into
    other lines, every draft of the document is read again, unless one of them is past review: then
    the text stays as it was and only its meaning is read anew. Raises Refusal, Conflict,
    InputError("reread_plan_gone") when the plan is no longer found in the document.
    """
    record = open_draft(library, actor, draft_id)
    lines, drafts = _lines_and_drafts(library, record)
    plans = read_plans(lines, record.document_id)
    done = {one.draft_id: _again(library, one, plans) for one in drafts}
    changed = tuple((one.record, one.record.revision - 1) for one in done.values())
    library.store.replace_reading(record.document_id, lines, changed)
    return done[draft_id]


def _lines_and_drafts(
    library: Library, record: DraftRecord
) -> tuple[tuple[TextLine, ...], tuple[DraftRecord, ...]]:
    kept = library.store.document_lines(record.document_id)
    stored = library.store.document_data(record.document_id)
    all_drafts = library.store.drafts_of(record.document_id)
    if stored is None or any(one.state not in OPEN_STATES for one in all_drafts):
        return kept, (record,)
    lines = library.read(*stored)
    return (kept, (record,)) if lines == kept else (lines, all_drafts)


def _again(library: Library, record: DraftRecord, plans: tuple[DraftPlan, ...]) -> Reread:
    before = record.draft
    after = _same_plan(before, plans)
    carried = carry_over(before, record.settlements, after)
    open_losses, lost = _losses(record, carried)
    looked_at = [one.settlement for one in carried.lost if one not in lost]
    settlements = tuple(one for one in carried.settlements if one not in looked_at)
    doubts = {doubt_id(one): one for one in (*after.doubts, *open_losses)}
    draft = replace(after, doubts=tuple(doubts.values()))
    changed = replace(
        record,
        draft=draft,
        settlements=settlements,
        bindings=_bindings(library, record, draft),
        state=DraftState.DRAFT,
        approved_at=None,
        approved_by=None,
        revision=record.revision + 1,
    )
    return Reread(
        record=changed,
        kept=len(standing(settlements)) - sum(one.settlement in settlements for one in lost),
        dissolved=carried.dissolved,
        lost=len(lost),
        items_before=len(items_of(before.content)),
        items_after=len(items_of(after.content)),
    )


def _losses(record: DraftRecord, carried: CarriedOver) -> tuple[list[Doubt], list[Lost]]:
    """Doubts to look at: losses of an earlier reading still open, and those of this one nobody answered."""
    still_open = {doubt_id(doubt) for doubt in unsettled(record.draft, record.settlements)}
    earlier = {doubt_id(doubt): doubt for doubt in record.draft.doubts if doubt.why in _LOST}
    lost = [
        one
        for one in carried.lost
        if doubt_id(one.as_doubt()) not in earlier or doubt_id(one.as_doubt()) in still_open
    ]
    waiting = [doubt for name, doubt in earlier.items() if name in still_open]
    return [*waiting, *(one.as_doubt() for one in lost)], lost


def _same_plan(before: DraftPlan, plans: tuple[DraftPlan, ...]) -> DraftPlan:
    """The plan of a document that ``before`` was: by title, else by where it began."""
    content = before.content
    named = [plan for plan in plans if plan.content.title == content.title]
    overlapping = [
        plan
        for plan in plans
        if plan.content.first_line <= content.last_line and content.first_line <= plan.content.last_line
    ]
    found = sorted(named or overlapping, key=lambda plan: abs(plan.content.first_line - content.first_line))
    if not found:
        raise InputError("reread_plan_gone", title=content.title)
    return found[0]


def _bindings(
    library: Library, record: DraftRecord, draft: DraftPlan
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """What a person tied stays; names that were not printed before get their suggestion."""
    directory = library.directory.directory()
    known = {item.printed for item in suggest_bindings(record.draft.content, directory, record.jurisdiction)}
    known |= dict(record.bindings).keys()
    found = suggest_bindings(draft.content, directory, record.jurisdiction)
    fresh = tuple((item.printed, item.ids) for item in found if item.ids and item.printed not in known)
    return (*record.bindings, *fresh)


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """How much of the review of ``earlier`` holds for a new version: settlements that would be taken over."""

    earlier: DraftRecord
    kept: int
    lost: int


def offer(library: Library, actor: Actor, *, draft_id: str, earlier_id: str) -> Offer | None:
    """What could be taken over from an earlier version; None when nothing could, or it was done."""
    record, earlier = draft_of(library, draft_id), draft_of(library, earlier_id)
    require(actor, Action.REVIEW_PLAN, record.jurisdiction)
    if record.state not in OPEN_STATES or record.document_id == earlier.document_id:
        return None
    carried = _from_earlier(library, record, earlier)
    fresh = _not_yet_said(record, carried)
    return Offer(earlier=earlier, kept=len(fresh), lost=len(carried.lost)) if fresh else None


def take_over(
    library: Library, actor: Actor, *, draft_id: str, revision: int, earlier_id: str
) -> DraftRecord:
    """Take over what was said of an earlier version where the words of the clause are the same.

    What somebody has already said of the new version stands. Raises Refusal, Conflict, InputError.
    """
    record, earlier = open_draft(library, actor, draft_id), draft_of(library, earlier_id)
    require(actor, Action.SEE_PLAN, earlier.jurisdiction)
    if record.revision != revision:
        raise Conflict("changed_meanwhile")
    fresh = _not_yet_said(record, _from_earlier(library, record, earlier))
    added = tuple(replace(one, revision=revision + 1) for one in fresh)
    return save(library, record, revision, settlements=(*record.settlements, *added))


def _from_earlier(library: Library, record: DraftRecord, earlier: DraftRecord) -> CarriedOver:
    content = record.draft.content
    lines = library.store.document_lines(record.document_id)
    inside = [
        (one.number, one.text) for one in lines if content.first_line <= one.number <= content.last_line
    ]
    place = lines_finder(record.document_id, inside)
    return carry_over(earlier.draft, earlier.settlements, record.draft, place)


def _not_yet_said(record: DraftRecord, carried: CarriedOver) -> list[Settlement]:
    said = standing(record.settlements)
    lost = [one.settlement for one in carried.lost]
    held = standing(carried.settlements).values()
    return [one for one in held if one.target not in said and one not in lost]
