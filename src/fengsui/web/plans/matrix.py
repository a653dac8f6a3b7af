"""Who does what (职责矩阵): bodies × plans × levels over the plans in force that govern the area."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import urlencode

from fengsui.application.access import Action, require
from fengsui.application.cards import MOST_MATRIX_PLANS, MOST_UNIT_PLANS, matrix
from fengsui.core.errors import InputError
from fengsui.core.plan.level import AnyLevel
from fengsui.core.plan.matrix import Entry, Part, Row, at_level, exactly, levels_used, scale_of
from fengsui.core.plan.model import Plan
from fengsui.store.selectors.governing import governing_plans
from fengsui.web import pages, wiring
from fengsui.web.plans.plan_page import draft_of
from fengsui.web.plans.sheets import as_plan_of
from fengsui.web.seat import Seat, seat_of

LEVELS = ("I", "II", "III", "IV", "V")
MOST_ROWS = 60
"""Bodies shown at once; a name finds the others."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One body in one plan: how many parts in all and at each level; its scale, the step, how many."""

    plan: Plan
    total: int
    counts: tuple[tuple[str, str, int], ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One body across the plans of the page."""

    row: Row
    cells: tuple[Cell, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Shelf:
    """The parts of one body in one plan, by level."""

    plan: Plan
    levels: tuple[tuple[str, str, tuple[Entry, ...]], ...]


@dataclass(frozen=True, slots=True)
class _Asked:
    """What was chosen on the page."""

    name: str
    unit: str
    hazard: str
    level: str
    part: str
    page: int


def _asked(request: HttpRequest) -> _Asked:
    given = request.GET
    level, part = given.get("level", ""), given.get("part", "")
    return _Asked(
        name=given.get("q", "").strip()[:60],
        unit=given.get("unit", "")[:100],
        hazard=given.get("hazard", "")[:40],
        level=level if level in (*LEVELS, "none") else "",
        part=part if part in tuple(Part) else "",
        page=max(1, int(given["page"])) if given.get("page", "").isdigit() else 1,
    )


@pages.screen
def matrix_page(request: HttpRequest) -> HttpResponse:
    """The matrix, or with ``?unit=`` all parts of one body with their clauses."""
    seat = seat_of(request)
    require(seat.actor, Action.SEE_PLAN)
    asked = _asked(request)
    governing = governing_plans(seat.area)
    fitting = [plan for plan in governing if not asked.hazard or asked.hazard in plan.hazards]
    size = MOST_UNIT_PLANS if asked.unit else MOST_MATRIX_PLANS
    pages_of = max(1, -(-len(fitting) // size))
    number = min(asked.page, pages_of)
    # Only what the page shows is decoded: a prefecture has thousands of plans.
    store = wiring.desk().plans
    shown = [store.plan(each.plan_id) for each in fitting[(number - 1) * size : number * size]]
    context = {
        "base": reverse("matrix"),
        "hazards": sorted({hazard for plan in governing for hazard in plan.hazards}),
        "total": len(fitting),
        "most": size,
        "first": (number - 1) * size + 1,
        "last": (number - 1) * size + len(shown),
        "page_number": number,
        "pages": pages_of,
    }
    return _shown(request, seat, asked, shown, context)


@pages.screen
def plan_matrix(request: HttpRequest, draft_id: str) -> HttpResponse:
    """The matrix of one plan or draft."""
    seat = seat_of(request)
    require(seat.actor, Action.SEE_PLAN)
    plan = as_plan_of(draft_of(draft_id))
    context = {"base": reverse("plan-matrix", args=[draft_id]), "draft_id": draft_id, "pages": 1}
    return _shown(request, seat, _asked(request), [plan], context)


def _shown(
    request: HttpRequest, seat: Seat, asked: _Asked, plans: Sequence[Plan], given: dict[str, object]
) -> HttpResponse:
    """The table over ``plans``, or all parts of the body asked for."""
    rows = matrix(plans, seat.directory)
    context = {
        "here": "plans",
        "asked": asked,
        "levels": (*LEVELS[:4], "none"),
        "parts": tuple(Part),
        "plans": plans,
        "area": seat.actor.jurisdiction.name,
        "kept": urlencode(
            {"q": asked.name, "hazard": asked.hazard, "level": asked.level, "part": asked.part}
        ),
        **given,
    }
    if asked.unit:
        row = next((row for row in rows if row.body == asked.unit), None) or _absent(asked.unit, seat)
        return pages.page(request, "plans/matrix_unit.html", {**context, **_of_unit(row, plans, asked)})
    lines = [line for row in rows if (line := _line(row, plans, asked)).total]
    context |= {"lines": lines[:MOST_ROWS], "more": max(0, len(lines) - MOST_ROWS)}
    return pages.page(request, "plans/matrix.html", context)


def _absent(body: str, seat: Seat) -> Row:
    """A unit of the directory that no plan of this page names. Raises InputError for any other body."""
    unit = seat.directory.unit(body)
    if unit is None:
        raise InputError("unit_not_in_plans_none", name=body.removeprefix("name:"))
    return Row(body=body, name=unit.name, names=(), entries=(), bound=True)


def _kept(entries: Iterable[Entry], asked: _Asked) -> tuple[Entry, ...]:
    found = tuple(entry for entry in entries if not asked.part or entry.part == asked.part)
    if asked.level == "none":
        return at_level(found, None)
    return at_level(found, asked.level) if asked.level else found


def _line(row: Row, plans: Sequence[Plan], asked: _Asked) -> Line:
    named = not asked.name or any(asked.name in name for name in (row.name, *row.names))
    entries = _kept(row.entries, asked) if named else ()
    by_plan: dict[str, list[Entry]] = {}
    for entry in entries:
        by_plan.setdefault(entry.plan_id, []).append(entry)
    cells = tuple(_cell(plan, by_plan.get(plan.id, [])) for plan in plans)
    return Line(row, cells, len(entries))


def _cell(plan: Plan, entries: Sequence[Entry]) -> Cell:
    steps: tuple[AnyLevel | None, ...] = (*levels_used(entries), None)
    counts = tuple(
        (scale_of(step) if step else "", step.value if step else "", len(found))
        for step in steps
        if (found := exactly(entries, step))
    )
    return Cell(plan, len(entries), counts)


def _of_unit(row: Row, plans: Sequence[Plan], asked: _Asked) -> dict[str, object]:
    shelves = []
    order = {part: at for at, part in enumerate(Part)}
    for plan in plans:
        own = _kept(row.in_plan(plan.id), asked)
        steps: tuple[AnyLevel | None, ...] = (*levels_used(own), None)
        held = tuple(
            (
                scale_of(step) if step else "",
                step.value if step else "",
                tuple(sorted(found, key=lambda each: order[each.part])),
            )
            for step in steps
            if (found := exactly(own, step))
        )
        if held:
            shelves.append(Shelf(plan, held))
    return {"row": row, "shelves": shelves, "count": len(_kept(row.entries, asked))}
