"""What a plan says of itself (基本信息): a form with the printed words beside it, and the filing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from fengsui.application import plan_metadata as use
from fengsui.application.access import Action, may
from fengsui.application.plan_filing import filing_rule
from fengsui.application.plan_library import draft_of, file_plan
from fengsui.application.plan_library_ports import OPEN_STATES, DraftRecord, DraftState
from fengsui.core.errors import InputError
from fengsui.core.plan.model import PlanKind
from fengsui.core.plan.surroundings import HazardClass, PlanIdentity
from fengsui.store import selectors
from fengsui.web import pages, wiring
from fengsui.web.seat import seat_of
from fengsui.web.templatetags.plan_tags import filing_of

DAYS, LISTS = ("issued", "in_force"), ("repeals", "upper")


@dataclass(frozen=True, slots=True)
class Entry:
    """One field of the form; ``read`` what reading proposes where it differs."""

    name: str
    kind: str
    value: str
    read: str = ""
    choices: tuple[str, ...] = ()


@pages.screen
def metadata(request: HttpRequest, draft_id: str) -> HttpResponse:
    """The form, or what was typed into it."""
    library, actor = wiring.library(), seat_of(request).actor
    record = draft_of(library, draft_id)
    if request.method == "POST":
        return _save(request, record)
    proposed = record.draft.content.identity or PlanIdentity()
    earlier = selectors.draft_title(record.version_of) if record.version_of else ""
    editable = record.state in (*OPEN_STATES, DraftState.IN_FORCE)
    context = {
        "here": "plans",
        "record": record,
        "title": record.draft.content.title or record.filename,
        "fields": [_field(name, record.metadata, proposed) for name in use.FIELDS],
        "kinds": [kind.value for kind in PlanKind],
        "kind_fixed": record.state is DraftState.IN_FORCE,
        "hazards": "、".join(record.hazards),
        "sources": record.metadata.sources or proposed.sources,
        "may_edit": editable and may(actor, Action.EDIT_METADATA, record.jurisdiction) is None,
        "may_file": record.state is DraftState.IN_FORCE
        and may(actor, Action.FILE_PLAN, record.jurisdiction) is None,
        "may_part": record.state in OPEN_STATES
        and may(actor, Action.EDIT_METADATA, record.jurisdiction) is None,
        "earlier": earlier,
        "filing": filing_of(record),
        "rule": filing_rule(),
        "today": library.today(),
    }
    return pages.page(request, "plans/metadata.html", context)


def _field(name: str, said: PlanIdentity, proposed: PlanIdentity) -> Entry:
    value, read = _text(getattr(said, name)), _text(getattr(proposed, name))
    kind = "day" if name in DAYS else "list" if name in LISTS else "text"
    choices: tuple[str, ...] = ()
    if name == "hazard_class":
        kind, choices = "choice", tuple(one.value for one in HazardClass)
    return Entry(name, kind, value, read if read != value else "", choices)


def _text(value: Any) -> str:
    if isinstance(value, tuple):
        return "\n".join(value)
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if value is not None else ""


def _save(request: HttpRequest, record: DraftRecord) -> HttpResponse:
    hazards = request.POST.get("hazards", "").replace("，", "、").replace(",", "、").split("、")
    given = {name: request.POST[name] for name in use.FIELDS if name in request.POST}
    kind = request.POST.get("kind", "")
    use.edit_metadata(
        wiring.library(),
        seat_of(request).actor,
        draft_id=record.draft_id,
        revision=revision_of(request),
        metadata=use.identity_from(record.metadata, given),
        kind=use.kind_of(kind) if kind else None,
        hazards=tuple(one.strip() for one in hazards if one.strip()) if "hazards" in request.POST else None,
    )
    return pages.done(request, "metadata_saved", reverse("plan-metadata", args=[record.draft_id]))


def revision_of(request: HttpRequest) -> int:
    """The revision the editor saw; none given fits none."""
    text = request.POST.get("revision", "")
    return int(text) if text.isdecimal() and len(text) < 10 else -1


@pages.command
def filed(request: HttpRequest, draft_id: str) -> HttpResponse:
    """Record the filing."""
    text = request.POST.get("filed_on", "")
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise InputError("day_mistyped", given=text) from None
    file_plan(
        wiring.library(),
        seat_of(request).actor,
        draft_id=draft_id,
        revision=revision_of(request),
        filed_with=request.POST.get("filed_with", ""),
        filed_on=day,
    )
    return pages.done(request, "plan_filed", reverse("plan-metadata", args=[draft_id]))


@pages.command
def own_plan(request: HttpRequest, draft_id: str) -> HttpResponse:
    """Say that the plan is no new version of its namesake."""
    use.not_a_version(
        wiring.library(), seat_of(request).actor, draft_id=draft_id, revision=revision_of(request)
    )
    return pages.done(request, "own_plan", reverse("plan-metadata", args=[draft_id]))
