"""Proposals (拟办): what waits for whom, and asking for a response, a level or its end."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import uuid4

from django.http import HttpRequest, HttpResponse

from fengsui.application import proposals as use
from fengsui.application.access import Action, may, require
from fengsui.application.views import PlanView
from fengsui.core.errors import InputError
from fengsui.core.plan.level import LadderKind, ResponseLevel
from fengsui.core.response.events import ProposalKind
from fengsui.core.response.incident import ProposalState
from fengsui.core.response.power import Power
from fengsui.store import selectors
from fengsui.store.selectors.sealed import unsealings_waiting
from fengsui.web import pages, wiring
from fengsui.web.incidents.commands import once, to_room
from fengsui.web.incidents.picture import LevelName, Picture, response_name
from fengsui.web.incidents.powers import level_power, may_start, power_of
from fengsui.web.incidents.room import room_context, seen
from fengsui.web.seat import seat_of


@dataclass(frozen=True, slots=True)
class Choice:
    """A level one may propose under a plan, and who decides on it (None: the plan names nobody)."""

    level: LevelName
    power: Power | None
    suggested: bool
    running: bool
    direct: bool = False


@dataclass(frozen=True, slots=True)
class PlanChoices:
    """The levels of one plan."""

    view: PlanView
    choices: tuple[Choice, ...]
    waiting: ProposalState | None


@pages.screen
def listing(request: HttpRequest) -> HttpResponse:
    """What waits for this post, and what waits for others in its area."""
    seat = seat_of(request)
    require(seat.actor, Action.SEE_INCIDENT)
    mine = selectors.waiting_proposals(post_id=seat.post.id)
    own = {item.proposal_id for item in mine}
    area = selectors.waiting_proposals(jurisdiction=seat.area)
    others = [item for item in area if item.proposal_id not in own]
    titles = selectors.plan_titles(tuple({item.plan_id for item in [*mine, *others]}))
    words = selectors.waiting_statements(post_id=seat.post.id)
    asked = {(item.incident_id, item.statement_id) for item in words}
    elsewhere = selectors.waiting_statements(jurisdiction=seat.area)
    allows = may(seat.actor, Action.ALLOW_UNSEAL) is None
    context = {
        "here": "approvals",
        "mine": mine,
        "others": others,
        "statements": words,
        "other_statements": [x for x in elsewhere if (x.incident_id, x.statement_id) not in asked],
        "waiting_count": len(mine) + len(words),
        "unsealings": unsealings_waiting(seat.area, seat.actor.person_id) if allows else 0,
        "may_unseal": may(seat.actor, Action.ASK_UNSEAL) is None,
        "plan_titles": titles,
    }
    return pages.page(request, "incidents/approvals.html", context)


@pages.screen
def propose(request: HttpRequest, incident_id: str) -> HttpResponse:
    """Propose to start a response or to change its level."""
    seat = seat_of(request)
    if request.method == "POST":
        plan_id, _, roman = request.POST.get("choice", "").rpartition("|")
        outcome = use.propose(
            wiring.desk(),
            seat.actor,
            incident_id,
            plan_id=plan_id,
            level=_level(roman),
            reason=request.POST.get("reason", ""),
            command_id=once(request),
        )
        return pages.done(request, "proposed", to_room(outcome.incident_id))
    found = seen(seat, incident_id)
    require(seat.actor, Action.PROPOSE, found.incident.opened.place_code)
    plans = [_choices(card.view, found, seat.post.id) for card in found.cards]
    wanted = f"{request.GET.get('plan', '')}|{request.GET.get('level', '')}"
    if wanted == "|":
        wanted = _first_suggested(plans)
    context = {
        "here": "incidents",
        "plans": plans,
        "wanted": wanted,
        "reason": _reason(found, seat.language),
        "command_id": uuid4().hex,
        **room_context(seat, found),
    }
    return pages.page(request, "incidents/propose.html", context)


def _first_suggested(plans: list[PlanChoices]) -> str:
    """The level to begin with: what the facts call for under the plan that fits best."""
    for item in plans:
        for choice in item.choices:
            if choice.suggested and choice.power and not choice.running and item.waiting is None:
                return f"{item.view.plan.id}|{choice.level.level.value}" if choice.level.level else ""
    return ""


def _level(roman: str) -> ResponseLevel:
    try:
        return ResponseLevel(roman)
    except ValueError as problem:
        raise InputError("level_missing") from problem


def _choices(view: PlanView, found: Picture, post_id: str) -> PlanChoices:
    listed = [item.level for item in view.plan.content.levels if item.kind is LadderKind.RESPONSE]
    graded = [
        ResponseLevel(item.level.value)
        for item in view.plan.content.levels
        if item.kind is LadderKind.EVENT_GRADE
    ]
    named = [
        ResponseLevel(item.level.value)
        for item in view.plan.content.activation
        if item.level is not None and item.kind is not LadderKind.WARNING
    ]
    levels = {
        level
        for level in (*listed, *(graded if not listed else ()), *named)
        if isinstance(level, ResponseLevel)
    }
    running = view.response.level if view.response else None
    powers = {level: level_power(view, level, found) for level in levels}
    choices = tuple(
        Choice(
            response_name(view, level),
            powers[level],
            level is view.suggestion.level,
            level is running,
            may_start(view, level, powers[level], found, post_id),
        )
        for level in sorted(levels, key=lambda item: item.rank)
    )
    return PlanChoices(view, choices, found.incident.open_proposal(view.plan.id))


def _reason(found: Picture, language: str) -> str:
    """A first wording of the reason from what is known; the proposer edits it."""
    from fengsui.application.grading_words import fact_words
    from fengsui.web.show import figure, join

    said = [
        f"{fact_words(row.name, language)} {figure(row.latest.value, row.name, language)}"
        for row in found.facts
        if row.latest.value is not None
    ]
    return join(said[:4], language)


@pages.screen
def propose_end(request: HttpRequest, incident_id: str) -> HttpResponse:
    """Propose to end a response."""
    seat = seat_of(request)
    if request.method == "POST":
        use.propose_termination(
            wiring.desk(),
            seat.actor,
            incident_id,
            plan_id=request.POST.get("plan", ""),
            reason=request.POST.get("reason", ""),
            command_id=once(request),
        )
        return pages.done(request, "proposed", to_room(incident_id))
    found = seen(seat, incident_id)
    require(seat.actor, Action.PROPOSE, found.incident.opened.place_code)
    ending = [
        (
            card,
            power_of(card.view, ProposalKind.TERMINATE, None, found),
            card.view.plan.content.termination,
        )
        for card in found.cards
        if card.view.response is not None
    ]
    context = {"here": "incidents", "ending": ending, "command_id": uuid4().hex, **room_context(seat, found)}
    return pages.page(request, "incidents/terminate.html", context)
