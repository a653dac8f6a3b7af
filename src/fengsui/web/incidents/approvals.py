"""Proposals (拟办) and approvals (批准): one page says what is asked, why, and who decides."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from fengsui.application import proposals as use
from fengsui.application.access import Action, require
from fengsui.application.views import PlanView, preview
from fengsui.application.wording import word
from fengsui.core.directory import Directory, Role
from fengsui.core.errors import InputError, Refusal
from fengsui.core.plan.level import LadderKind, ResponseLevel
from fengsui.core.response.decisions.motion import Order
from fengsui.core.response.decisions.propose import Outside
from fengsui.core.response.events import ProposalKind
from fengsui.core.response.incident import ProposalState
from fengsui.core.response.power import Power, activation_power, termination_power
from fengsui.store import selectors
from fengsui.web import pages, wiring
from fengsui.web.incidents.commands import once, to_room
from fengsui.web.incidents.picture import LevelName, Picture, response_name
from fengsui.web.incidents.room import room_context, seen
from fengsui.web.seat import seat_of


@dataclass(frozen=True, slots=True)
class Choice:
    """A level one may propose under a plan, and who decides on it (None: the plan names nobody)."""

    level: LevelName
    power: Power | None
    suggested: bool
    running: bool


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
    context = {"here": "approvals", "mine": mine, "others": others, "plan_titles": titles}
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
    plans = [_choices(card.view, found) for card in found.cards]
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


def _choices(view: PlanView, found: Picture) -> PlanChoices:
    directory = found.situation.directory
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
    choices = tuple(
        Choice(
            response_name(view, level),
            _power(view, level, directory),
            level is view.suggestion.level,
            level is running,
        )
        for level in sorted(levels, key=lambda item: item.rank)
    )
    return PlanChoices(view, choices, found.incident.open_proposal(view.plan.id))


def _power(view: PlanView, level: ResponseLevel, directory: Directory) -> Power | None:
    try:
        return activation_power(view.plan, level, directory)
    except Refusal:
        return None


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
        (card, _ending_power(card.view, found.situation.directory), card.view.plan.content.termination)
        for card in found.cards
        if card.view.response is not None
    ]
    context = {"here": "incidents", "ending": ending, "command_id": uuid4().hex, **room_context(seat, found)}
    return pages.page(request, "incidents/terminate.html", context)


def _ending_power(view: PlanView, directory: Directory) -> Power | None:
    assert view.response is not None
    try:
        return termination_power(view.plan, view.response.level, directory)
    except Refusal:
        return None


@pages.screen
def approval(request: HttpRequest, incident_id: str, proposal_id: str) -> HttpResponse:
    """Shall I sign? The whole question on one page, made for a phone."""
    if request.method == "POST":
        return _answer(request, incident_id, proposal_id)
    seat = seat_of(request)
    found = seen(seat, incident_id)
    state = found.incident.proposals.get(proposal_id)
    if state is None:
        raise InputError("proposal_unknown", proposal=proposal_id)
    proposed = state.proposed
    view = found.situation.plan(proposed.plan_id)
    orders = (
        preview(wiring.desk(), incident_id, proposed.plan_id, proposed.level)
        if proposed.level is not None and state.is_open
        else ()
    )
    power = _power_of(state, view, found)
    recorder = bool(power and power.outside and seat.has(Role.DUTY_OFFICER, Role.OFFICE_DIRECTOR))
    context: dict[str, Any] = {
        "here": "approvals",
        "state": state,
        "proposed": proposed,
        "level": response_name(view, proposed.level),
        "before": response_name(view, view.response.level) if view.response else None,
        "view": view,
        "power": power,
        "titles": [post.title for item in proposed.approvers if (post := seat.directory.post(item))],
        "may_decide": state.is_open and power is not None and seat.post.id in power.posts,
        "may_record": state.is_open and recorder,
        "may_answer": state.status.value == "questioned" and seat.has(*_PROPOSERS),
        "because": view.suggestion.because[:4] if view.suggestion.level is proposed.level else (),
        "motion": motion(orders, view, proposed.level),
        "command_id": uuid4().hex,
        **room_context(seat, found),
    }
    return pages.page(request, "incidents/approval.html", context)


_PROPOSERS = (Role.DUTY_OFFICER, Role.OFFICE_DIRECTOR, Role.COMMANDER)


def _power_of(state: ProposalState, view: PlanView, found: Picture) -> Power | None:
    if state.proposed.kind is ProposalKind.TERMINATE:
        return _ending_power(view, found.situation.directory) if view.response else None
    return _power(view, state.proposed.level, found.situation.directory) if state.proposed.level else None


@dataclass(frozen=True, slots=True)
class Motion:
    """What a signature sets in motion."""

    orders: tuple[Order, ...]
    directives: int
    units: int
    unassigned: int
    reports: int


def motion(orders: tuple[Order, ...], view: PlanView, level: ResponseLevel | None) -> Motion:
    """Count what follows from approving."""
    bound = [order for order in orders if order.targets]
    reports = [item for item in view.plan.content.deadlines if item.is_report]
    return Motion(
        orders=tuple(bound),
        directives=len(bound),
        units=len(Counter(target for order in bound for target in order.targets)),
        unassigned=len(orders) - len(bound),
        reports=len(reports) if level is not None else 0,
    )


def _answer(request: HttpRequest, incident_id: str, proposal_id: str) -> HttpResponse:
    seat = seat_of(request)
    given = request.POST
    if given.get("answer") == "answer":
        use.answer_question(
            wiring.desk(),
            seat.actor,
            incident_id,
            proposal_id,
            given.get("text", ""),
            command_id=once(request),
        )
        return pages.done(request, "answered", reverse("approval", args=[incident_id, proposal_id]))
    try:
        answer = use.Answer(given.get("answer", ""))
    except ValueError as problem:
        raise InputError("text_missing", field=word("web.approval", "decision", seat.language)) from problem
    outside = None
    if given.get("outside") == "1":
        outside = Outside(
            body=given.get("body", ""), document=given.get("document", ""), told_by=given.get("told_by", "")
        )
    use.answer_proposal(
        wiring.desk(),
        seat.actor,
        incident_id,
        proposal_id,
        answer,
        given.get("text", ""),
        outside=outside,
        command_id=once(request),
    )
    said = {"approve": "approved", "refuse": "refused", "ask": "asked"}[answer.value]
    to = (
        reverse("approval", args=[incident_id, proposal_id])
        if answer is use.Answer.ASK
        else to_room(incident_id)
    )
    return pages.done(request, said, to)
