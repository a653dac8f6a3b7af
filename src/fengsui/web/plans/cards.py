"""Action cards (应急处置卡): of one plan or draft, and of all plans in force that name a body."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from fengsui import bootstrap
from fengsui.application.access import Action, require
from fengsui.application.cards import MOST_UNIT_PLANS, card_for, card_sheet, matrix
from fengsui.core.errors import InputError
from fengsui.core.plan.action_card import ActionCard
from fengsui.core.plan.model import Plan
from fengsui.store.selectors.governing import governing_plans
from fengsui.web import pages, wiring
from fengsui.web.plans.plan_page import draft_of
from fengsui.web.plans.sheets import as_plan_of, file_answer, marks_of
from fengsui.web.seat import Seat, seat_of

FORMATS = ("pdf", "docx")


@pages.screen
def action_card(request: HttpRequest, draft_id: str) -> HttpResponse:
    """The card of ``?unit=`` in one plan; ``?format=pdf|docx`` as a file."""
    seat = seat_of(request)
    require(seat.actor, Action.SEE_PLAN)
    record = draft_of(draft_id)
    plan = as_plan_of(record)
    back = (reverse("plan", args=[draft_id]), plan.content.title)
    return _answer(request, seat, [plan], marks_of(record, seat.language), back)


@pages.screen
def unit_card(request: HttpRequest) -> HttpResponse:
    """The card of ``?unit=`` over the plans in force of the area; each ``?plan=`` chooses one."""
    seat = seat_of(request)
    require(seat.actor, Action.SEE_PLAN)
    wanted = request.GET.getlist("plan")
    governing = [plan.plan_id for plan in governing_plans(seat.area)]
    chosen = [plan_id for plan_id in governing if not wanted or plan_id in wanted][:MOST_UNIT_PLANS]
    if not chosen:
        raise InputError("no_plan_here")
    plans = [wiring.desk().plans.plan(plan_id) for plan_id in chosen]
    return _answer(request, seat, plans, marks_of(None, seat.language), (reverse("matrix"), ""))


def _answer(
    request: HttpRequest, seat: Seat, plans: Sequence[Plan], marks: tuple[str, ...], back: tuple[str, str]
) -> HttpResponse:
    unit = request.GET.get("unit", "").strip()[:100]
    kind = request.GET.get("format", "")
    if kind and kind not in FORMATS:
        raise InputError("format_not_written", format=kind, formats="、".join(FORMATS))
    card = card_for(plans, unit, seat.directory, seat.language) if unit or kind else None
    if card is not None and kind:
        sheet = card_sheet(card, marks=marks, language=seat.language)
        return file_answer(bootstrap.card_file(sheet, kind), f"{sheet.title} {card.name}", kind)
    context = {
        "here": "plans",
        "card": card,
        "unit": unit,
        "marks": marks,
        "back": back,
        "bodies": _bodies(plans, seat),
        "chosen": request.GET.getlist("plan"),
        "clauses": _clauses(card),
    }
    return pages.page(request, "plans/card.html", context)


def _bodies(plans: Sequence[Plan], seat: Seat) -> list[str]:
    """Names to choose from: those of the matrix, then posts."""
    rows = matrix(plans, seat.directory)
    held = {entry.post for row in rows for entry in row.entries if entry.post}
    posts = [post.title for post in seat.directory.posts if post.id in held]
    return list(dict.fromkeys((*(row.name for row in rows), *posts)))


def _clauses(card: ActionCard | None) -> int:
    """How many steps the card has, for the page to say so."""
    return sum(len(level.steps) for plan in card.plans for level in plan.levels) if card else 0
