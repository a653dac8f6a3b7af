"""Review of a draft (校核): the text beside what was read, doubts first; then confirm and put in force."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils.safestring import mark_safe

from fengsui.application import plan_library, plan_review
from fengsui.application.access import Action, may, require
from fengsui.application.plan_library_ports import OPEN_STATES, DraftRecord
from fengsui.core.directory import Directory
from fengsui.core.errors import Conflict, InputError
from fengsui.core.plan.binding import suggest_bindings
from fengsui.core.plan.review import SECTIONS, SINGLES, Verdict
from fengsui.web import pages, wiring
from fengsui.web.plans import take_over
from fengsui.web.plans.entries import Entry, anchors_of, entries_of, progress_of
from fengsui.web.plans.item_edit import typed_item
from fengsui.web.plans.plan_page import draft_of, text_of
from fengsui.web.plans.source_text import KINDS
from fengsui.web.seat import Seat, seat_of

SHOWN = 60
"""Entries on one page."""

OTHERS_SHOWN = 30
"""Entries settled by others meanwhile that one answer brings up to date."""


@pages.screen
def review(request: HttpRequest, draft_id: str) -> HttpResponse:
    """Everything read from one plan beside its text, doubts first."""
    seat = seat_of(request)
    record = draft_of(draft_id)
    require(seat.actor, Action.REVIEW_PLAN, record.jurisdiction)
    entries = entries_of(record)
    chosen = _chosen(request, entries)
    context: dict[str, Any] = {
        "here": "plans",
        "content": record.draft.content,
        "source_html": mark_safe(text_of(record).html(anchors_of(entries))),
        "kinds": list(KINDS),
        "sections": _counts(entries),
        "doubt_count": sum(entry.doubt is not None for entry in entries),
        "added_count": sum(entry.added for entry in entries),
        "query": request.GET.get("q", "").strip()[:100],
        "offer": take_over.offer_of(seat.actor, record),
        **_basics(seat, record, entries),
        **chosen,
    }
    if chosen["show"] == "bindings":
        context["bindings"] = _bindings(record, seat.directory)
        context["bodies"] = list(_body_names(seat.directory).values())
    return pages.page(request, "plans/review.html", context)


def _basics(seat: Seat, record: DraftRecord, entries: list[Entry]) -> dict[str, Any]:
    """What the page and every answer to it need."""
    return {
        "record": record,
        "progress": progress_of(entries),
        "open": record.state in OPEN_STATES,
        "may_confirm": may(seat.actor, Action.CONFIRM_PLAN, record.jurisdiction) is None,
        "may_put": may(seat.actor, Action.PUT_IN_FORCE, record.jurisdiction) is None,
        "body_names": _body_names(seat.directory),
    }


def _counts(entries: list[Entry]) -> list[tuple[str, int]]:
    counts: dict[str, int] = {}
    for entry in entries:
        if entry.doubt is None:
            counts[entry.section] = counts.get(entry.section, 0) + 1
    return [(section, counts[section]) for section in (*SECTIONS, *SINGLES) if section in counts]


def _chosen(request: HttpRequest, entries: list[Entry]) -> dict[str, Any]:
    """The entries of this page: by section, by words, by page, or the page on which one entry stands."""
    wanted = request.GET.get("at", "")
    waiting = any(entry.doubt is not None and entry.settlement is None for entry in entries)
    show = request.GET.get("show", "") or ("doubts" if waiting and not wanted else "all")
    query = "".join(request.GET.get("q", "").split())[:100]
    listed = [entry for entry in entries if _belongs(entry, show) and query in "".join(entry.words.split())]
    place = next((place for place, entry in enumerate(listed) if entry.id == wanted), None)
    given = request.GET.get("page", "")
    number = place // SHOWN + 1 if place is not None else max(1, int(given) if given.isdigit() else 1)
    pages_all = max(1, -(-len(listed) // SHOWN))
    number = min(number, pages_all)
    return {
        "show": show,
        "entries": listed[(number - 1) * SHOWN : number * SHOWN],
        "listed": len(listed),
        "page_number": number,
        "pages": pages_all,
        "wanted": wanted,
    }


def _belongs(entry: Entry, show: str) -> bool:
    if show == "doubts":
        return entry.doubt is not None
    if show == "added":
        return entry.added
    if show == "open":
        return entry.settlement is None
    return show == "all" or entry.section == show


def _body_names(directory: Directory) -> dict[str, str]:
    names = {unit.id: unit.name for unit in directory.units}
    names.update((post.id, post.title) for post in directory.posts)
    return names


@dataclass(frozen=True, slots=True)
class Bound:
    """A printed body: what it stands for in words and ids, and what is suggested."""

    printed: str
    chosen: str
    ids: str
    suggested: str


def _bindings(record: DraftRecord, directory: Directory) -> list[Bound]:
    names = _body_names(directory)
    chosen = dict(record.bindings)
    found = suggest_bindings(plan_library.reviewed(record), directory, record.jurisdiction)
    return [
        Bound(
            printed=item.printed,
            chosen="、".join(names.get(one, one) for one in chosen.get(item.printed, ())),
            ids=" ".join(chosen.get(item.printed, ())),
            suggested="、".join(names.get(one, one) for one in item.ids or item.candidates),
        )
        for item in found
    ]


def _revision(request: HttpRequest) -> int:
    given = request.POST.get("revision", "")
    if not given.isdigit():
        raise InputError("item_malformed", section="")
    return int(given)


@pages.command
def settle(request: HttpRequest, draft_id: str) -> HttpResponse:
    """Accept, reject, correct, add or take back one item."""
    given = request.POST
    record = draft_of(draft_id)
    target, section = given.get("target", ""), given.get("section", "")
    try:
        verdict = Verdict(given.get("verdict", ""))
    except ValueError as problem:
        raise InputError("item_malformed", section=section) from problem
    data = None
    if verdict in (Verdict.EDIT, Verdict.ADD):
        typed = typed_item(request, record, target, section)
        if isinstance(typed, HttpResponse):
            return typed
        data, target = typed, target or f"new-{wiring.library().ids.new()[:12]}"
    try:
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
    except Conflict as conflict:
        if conflict.code != "said_meanwhile" or request.headers.get("HX-Request") != "true":
            raise
        return _clash(request, draft_id, target, given)
    if request.headers.get("HX-Request") == "true":
        return _settled(request, after, target)
    return pages.done(request, "settled", reverse("review", args=[draft_id]))


def _settled(request: HttpRequest, record: DraftRecord, target: str) -> HttpResponse:
    """The entry as it stands now, those that others settled meanwhile, and the progress."""
    seat, seen = seat_of(request), _revision(request)
    others = {
        one.target
        for one in record.settlements
        if one.revision > seen and one.by != seat.post.id and one.target != target
    }
    entries = entries_of(record)
    changed = [entry for entry in entries if entry.target == target]
    changed += [entry for entry in entries if entry.target in others][:OTHERS_SHOWN]
    context = {
        **_basics(seat, record, entries),
        "changed": [entry for entry in changed if not entry.added or entry.target in others],
        "mine": next((entry for entry in changed if entry.added and entry.target == target), None),
        "fresh": request.POST.get("fresh", ""),
        "gone": "" if any(entry.target == target for entry in entries) else f"a-{target}",
        "oob": True,
    }
    return pages.part(request, "plans/settled.html", context)


def _clash(request: HttpRequest, draft_id: str, target: str, given: QueryDict) -> HttpResponse:
    """What somebody else has said of the same entry, and what was said here: one may choose."""
    seat, record = seat_of(request), draft_of(draft_id)
    entries = entries_of(record)
    entry = next((one for one in entries if one.target == target), None)
    again = [(name, value) for name in given if name not in _NOT_AGAIN for value in given.getlist(name)]
    context = {
        **_basics(seat, record, entries),
        "changed": [entry] if entry else [],
        "clash": {"again": again, "verdict": given.get("verdict", "")},
        "oob": True,
    }
    answer = pages.part(request, "plans/settled.html", context)
    answer.status_code = 409
    return answer


_NOT_AGAIN = ("csrfmiddlewaretoken", "revision")


@pages.screen
def entry(request: HttpRequest, draft_id: str, target: str) -> HttpResponse:
    """One entry as it stands now."""
    seat, record = seat_of(request), draft_of(draft_id)
    require(seat.actor, Action.REVIEW_PLAN, record.jurisdiction)
    entries = entries_of(record)
    found = next((one for one in entries if target in (one.id, one.target)), None)
    if found is None:
        raise InputError("no_such_item", item=target)
    return pages.part(request, "plans/entry.html", {**_basics(seat, record, entries), "entry": found})


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
    seen = request.POST.get("seen")
    plan_review.bind(
        wiring.library(),
        seat_of(request).actor,
        draft_id=draft_id,
        revision=_revision(request),
        printed=request.POST.get("printed", ""),
        ids=tuple(ids.get(name, name) for name in given),
        seen=None if seen is None else tuple(seen.split()),
    )
    return pages.done(request, "bound", f"{reverse('review', args=[draft_id])}?show=bindings")


@pages.command
def change_state(request: HttpRequest, draft_id: str) -> HttpResponse:
    """Confirm, approve, put in force, or take out of force."""
    library, actor, revision = wiring.library(), seat_of(request).actor, _revision(request)
    verb = request.POST.get("verb", "")
    if verb == "confirm":
        plan_review.confirm(library, actor, draft_id=draft_id, revision=revision)
    elif verb == "approve":
        note = request.POST.get("note", "")
        plan_library.approve(library, actor, draft_id=draft_id, revision=revision, note=note)
    elif verb == "put_in_force":
        plan_library.put_in_force(library, actor, draft_id=draft_id, revision=revision)
    elif verb == "withdraw":
        plan_library.withdraw(library, actor, draft_id=draft_id, revision=revision)
    else:
        raise InputError("item_malformed", section="")
    back = reverse("review" if verb == "confirm" else "plan", args=[draft_id])
    return pages.done(request, f"plan_{verb}", back)
