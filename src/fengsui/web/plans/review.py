"""Review of a draft (校核): doubts first, one item at a time, then confirm and put in force."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from fengsui.application import plan_library as use
from fengsui.application import plan_review
from fengsui.application.access import Action, may, require
from fengsui.application.plan_library_ports import DraftRecord, DraftState
from fengsui.core.directory import Directory
from fengsui.core.errors import InputError
from fengsui.core.plan.binding import suggest_bindings
from fengsui.core.plan.codec import to_data
from fengsui.core.plan.review import SECTIONS, Settlement, Verdict, apply, doubt_id, items_of
from fengsui.web import pages, wiring
from fengsui.web.plans import item_form
from fengsui.web.plans.plan_page import draft_of, source_lines
from fengsui.web.seat import seat_of

SHOWN = 400
"""Items on one page; a longer plan is reviewed tab by tab."""


@pages.screen
def review(request: HttpRequest, draft_id: str) -> HttpResponse:
    """Everything read from one plan, doubts first."""
    seat = seat_of(request)
    record = draft_of(draft_id)
    require(seat.actor, Action.REVIEW_PLAN, record.jurisdiction)
    last = {item.target: item for item in record.settlements}
    section = request.GET.get("section", "")
    items = [item for item in items_of(record.draft.content) if section in ("", item.section)]
    context: dict[str, Any] = {
        "here": "plans",
        "record": record,
        "content": record.draft.content,
        "doubts": [
            (doubt, doubt_id(doubt), last.get(doubt_id(doubt)), _suggested_section(doubt.about))
            for doubt in record.draft.doubts
        ],
        "items": [
            (item, last.get(item.id), _edited_fields(item, last.get(item.id))) for item in items[:SHOWN]
        ],
        "sections": _sections(record),
        "section": section,
        "progress": use.progress(record),
        "reviewed_items": sum(1 for item in items_of(record.draft.content) if item.id in last),
        "item_count": len(items_of(record.draft.content)),
        "lines": source_lines(record, tuple(items)),
        "bindings": _bindings(record, seat.directory),
        "bodies": list(_body_names(seat.directory).values()),
        "may_confirm": may(seat.actor, Action.CONFIRM_PLAN, record.jurisdiction) is None,
        "may_put": may(seat.actor, Action.PUT_IN_FORCE, record.jurisdiction) is None,
        "open": record.state in (DraftState.DRAFT, DraftState.CONFIRMED),
    }
    return pages.page(request, "plans/review.html", context)


@pages.screen
def entry_form(request: HttpRequest, draft_id: str, target: str) -> HttpResponse:
    """The form to correct an item, or to make an item of a doubt; fetched when it is opened."""
    record = draft_of(draft_id)
    require(seat_of(request).actor, Action.REVIEW_PLAN, record.jurisdiction)
    item = next((one for one in items_of(record.draft.content) if one.id == target), None)
    earlier = next((one for one in reversed(record.settlements) if one.target == target), None)
    context = {
        "record": record,
        "target": target,
        "item": item,
        "fields": item_form.fields_of(_data(item, earlier)) if item else [],
        "adding": [] if item else _adding(),
    }
    return pages.part(request, "plans/entry_form.html", context)


def _edited_fields(item: Any, settlement: Settlement | None) -> list[item_form.Field]:
    """What a corrected item says now."""
    edited = settlement is not None and settlement.verdict is Verdict.EDIT
    return item_form.fields_of(_data(item, settlement)) if edited else []


def _data(item: Any, settlement: Settlement | None) -> dict[str, Any]:
    if settlement is not None and settlement.verdict is Verdict.EDIT and settlement.data:
        return settlement.data
    data: dict[str, Any] = to_data(item.value)
    return data


def _sections(record: DraftRecord) -> list[tuple[str, int]]:
    counts: dict[str, int] = {}
    for item in items_of(record.draft.content):
        counts[item.section] = counts.get(item.section, 0) + 1
    return list(counts.items())


def _suggested_section(about: str) -> str:
    near = {
        "criterion": "levels",
        "deadline": "deadlines",
        "unit": "units",
        "measure": "measures",
        "group": "groups",
    }
    return near.get(about, about if about in SECTIONS else "measures")


def _adding() -> list[tuple[str, list[item_form.Field]]]:
    return [(section, item_form.blank_fields(section)) for section in item_form.addable()]


def _body_names(directory: Directory) -> dict[str, str]:
    names = {unit.id: unit.name for unit in directory.units}
    names.update((post.id, post.title) for post in directory.posts)
    return names


def _bindings(record: DraftRecord, directory: Directory) -> list[tuple[str, str, tuple[str, ...]]]:
    """Printed bodies, the names of what each stands for, and what is suggested."""
    names = _body_names(directory)
    content = apply(record.draft.content, record.settlements)
    chosen = dict(record.bindings)
    found = suggest_bindings(content, directory, record.jurisdiction)
    return [
        (item.printed, "、".join(names.get(one, one) for one in chosen.get(item.printed, ())), item.ids)
        for item in found
    ]


def _revision(request: HttpRequest) -> int:
    given = request.POST.get("revision", "")
    if not given.isdigit():
        raise InputError("item_malformed", section="")
    return int(given)


@pages.command
def settle(request: HttpRequest, draft_id: str) -> HttpResponse:
    """Accept, reject, correct or add one item."""
    given = request.POST
    record = draft_of(draft_id)
    target, section = given.get("target", ""), given.get("section", "")
    try:
        verdict = Verdict(given.get("verdict", ""))
    except ValueError as problem:
        raise InputError("item_malformed", section=section) from problem
    data = None
    if verdict is Verdict.EDIT:
        data = item_form.edited(_before(record, target), given)
    elif verdict is Verdict.ADD:
        data = item_form.added(section, given, _doubt_source(record, target))
    after = plan_review.settle(
        wiring.library(),
        seat_of(request).actor,
        draft_id=draft_id,
        revision=_revision(request),
        target=target,
        section=section,
        verdict=verdict,
        data=data,
        note=given.get("note", "").strip()[:500],
    )
    if request.headers.get("HX-Request") == "true":
        return _settled(request, after, target)
    return pages.done(request, "settled", reverse("review", args=[draft_id]))


def _settled(request: HttpRequest, record: DraftRecord, target: str) -> HttpResponse:
    """The item as it stands now, and the progress, for the review page."""
    last = {item.target: item for item in record.settlements}
    context: dict[str, Any] = {
        "record": record,
        "progress": use.progress(record),
        "reviewed_items": sum(1 for item in items_of(record.draft.content) if item.id in last),
        "item_count": len(items_of(record.draft.content)),
        "open": True,
        "oob": True,
        "may_confirm": may(seat_of(request).actor, Action.CONFIRM_PLAN, record.jurisdiction) is None,
        "may_put": may(seat_of(request).actor, Action.PUT_IN_FORCE, record.jurisdiction) is None,
    }
    for doubt in record.draft.doubts:
        if doubt_id(doubt) == target:
            context["doubt_entry"] = (doubt, target, last.get(target), _suggested_section(doubt.about))
    for item in items_of(record.draft.content):
        if item.id == target:
            context["item_entry"] = (item, last.get(target), _edited_fields(item, last.get(target)))
    return pages.part(request, "plans/settled.html", context)


def _before(record: DraftRecord, target: str) -> dict[str, Any]:
    for item in items_of(record.draft.content):
        if item.id == target:
            earlier = next(
                (one for one in reversed(record.settlements) if one.target == target and one.data), None
            )
            return _data(item, earlier)
    raise InputError("no_such_item", item=target)


def _doubt_source(record: DraftRecord, target: str) -> dict[str, Any]:
    for doubt in record.draft.doubts:
        if doubt_id(doubt) == target:
            data: dict[str, Any] = to_data(doubt.source)
            return data
    raise InputError("no_such_item", item=target)


@pages.command
def settle_all(request: HttpRequest, draft_id: str) -> HttpResponse:
    """All doubts still open were read and stay as printed."""
    plan_review.settle_all(
        wiring.library(),
        seat_of(request).actor,
        draft_id=draft_id,
        revision=_revision(request),
        note=request.POST.get("note", "").strip()[:500],
    )
    return pages.done(request, "settled_all", reverse("review", args=[draft_id]))


@pages.command
def bind(request: HttpRequest, draft_id: str) -> HttpResponse:
    """Say whom a printed body stands for."""
    ids = {name: body_id for body_id, name in _body_names(seat_of(request).directory).items()}
    given = [part.strip() for part in request.POST.get("ids", "").split("、") if part.strip()]
    plan_review.bind(
        wiring.library(),
        seat_of(request).actor,
        draft_id=draft_id,
        revision=_revision(request),
        printed=request.POST.get("printed", ""),
        ids=tuple(ids.get(name, name) for name in given),
    )
    return pages.done(request, "bound", f"{reverse('review', args=[draft_id])}#bindings")


@pages.command
def change_state(request: HttpRequest, draft_id: str) -> HttpResponse:
    """Confirm, approve, put in force, or take out of force."""
    library, actor, revision = wiring.library(), seat_of(request).actor, _revision(request)
    verb = request.POST.get("verb", "")
    if verb == "confirm":
        plan_review.confirm(library, actor, draft_id=draft_id, revision=revision)
    elif verb == "approve":
        note = request.POST.get("note", "")
        use.approve(library, actor, draft_id=draft_id, revision=revision, note=note)
    elif verb == "put_in_force":
        use.put_in_force(library, actor, draft_id=draft_id, revision=revision)
    elif verb == "withdraw":
        use.withdraw(library, actor, draft_id=draft_id, revision=revision)
    else:
        raise InputError("item_malformed", section="")
    back = reverse("review" if verb == "confirm" else "plan", args=[draft_id])
    return pages.done(request, f"plan_{verb}", back)
