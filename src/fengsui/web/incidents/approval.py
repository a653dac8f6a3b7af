"""Shall I sign? (批准) The whole question on one page, made for a phone; and starting directly.

A message leads here by a link of its own; the page asks again who decides, and how that person is checked.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from fengsui.application import proposals as use
from fengsui.application.views import PlanView, preview
from fengsui.application.wording import word
from fengsui.core.citation import Citation
from fengsui.core.directory import Role
from fengsui.core.errors import InputError
from fengsui.core.plan.authority import LevelChange
from fengsui.core.plan.level import LadderKind, ResponseLevel
from fengsui.core.response.adjusting import clauses_for, direction_of
from fengsui.core.response.decisions.ending import unmet
from fengsui.core.response.decisions.motion import Order
from fengsui.core.response.decisions.propose import Outside
from fengsui.core.response.events import ProposalKind
from fengsui.core.response.events_decisions import Basis
from fengsui.core.response.incident import ProposalState
from fengsui.core.response.power import Power
from fengsui.core.response.state_decisions import ConsultationState
from fengsui.web import pages, wiring
from fengsui.web.incidents.commands import once, to_room
from fengsui.web.incidents.picture import LadderCard, Picture, response_name
from fengsui.web.incidents.powers import level_power, may_start, power_of
from fengsui.web.incidents.room import room_context, seen
from fengsui.web.people.second_factor import confirm_word, factor_context, verify
from fengsui.web.seat import Seat, seat_of

_PROPOSERS = (Role.DUTY_OFFICER, Role.OFFICE_DIRECTOR, Role.COMMANDER)


@dataclass(frozen=True, slots=True)
class Turn:
    """One who is asked in turn: ``since`` when it was, None while it is still to come."""

    post: str
    basis: Basis | None
    since: datetime | None
    source: Citation | None


@dataclass(frozen=True, slots=True)
class Motion:
    """What a signature sets in motion; ``first`` the order with the nearest limit."""

    orders: tuple[Order, ...]
    directives: int
    units: int
    unassigned: int
    reports: int

    @property
    def first(self) -> Order | None:
        limited = [order for order in self.orders if order.due is not None]
        return min(limited, key=lambda order: order.due or datetime.max, default=None)


@pages.screen
def approval(request: HttpRequest, incident_id: str, proposal_id: str) -> HttpResponse:
    """The question, the answer, and what came of it."""
    if request.method == "POST":
        return _answer(request, incident_id, proposal_id)
    seat = seat_of(request)
    found = seen(seat, incident_id)
    state = found.incident.proposals.get(proposal_id)
    if state is None:
        raise InputError("proposal_unknown", proposal=proposal_id)
    proposed = state.proposed
    view = found.situation.plan(proposed.plan_id)
    power = power_of(view, proposed.kind, proposed.level, found)
    context: dict[str, Any] = {
        "here": "approvals",
        "state": state,
        "proposed": proposed,
        "turns": _turns(state, found),
        "due": _due(proposal_id, found),
        "consultations": _consulted(proposal_id, found),
        "others_consulted": len(found.incident.consultations) - len(_consulted(proposal_id, found)),
        "factor_used": found.incident.factors.get(proposal_id),
        "direct": proposal_id in found.incident.direct,
        **_asked(found, view, proposed.kind, proposed.level, open_now=state.is_open),
        **_may(seat, state, power, found),
        **factor_context(request),
        **room_context(seat, found),
    }
    return pages.page(request, "incidents/approval.html", context)


def _asked(
    found: Picture, view: PlanView, kind: ProposalKind, level: ResponseLevel | None, *, open_now: bool
) -> dict[str, Any]:
    """What is asked, why, and what it sets in motion."""
    incident_id = found.incident.incident_id
    orders = preview(wiring.desk(), incident_id, view.plan.id, level) if level and open_now else ()
    because = view.suggestion.because[:4]
    return {
        "view": view,
        "kind": kind.value,
        "level": response_name(view, level),
        "before": response_name(view, view.response.level) if view.response else None,
        "suggested": response_name(view, view.suggestion.level),
        "power": power_of(view, kind, level, found),
        "because": because,
        "grades": _grades(found, view),
        "tie": view.suggestion.tie if view.suggestion.tie not in because else None,
        "adjusting": _adjusting(view, level) if kind is ProposalKind.CHANGE else (),
        "unmet": unmet(view.plan, found.incident) if open_now and kind is ProposalKind.TERMINATE else (),
        "ending": view.plan.content.termination if kind is ProposalKind.TERMINATE else (),
        "marks": [mark for mark in found.incident.marks.values() if mark.holds],
        "motion": motion(orders, view, level),
        "next_deadline": next(iter(found.situation.deadlines), None),
        "command_id": uuid4().hex,
    }


def _grades(found: Picture, view: PlanView) -> list[LadderCard]:
    """The ladders of the plan that grade the event and say something now, with the clauses that carry it."""
    return [
        ladder
        for card in found.cards
        if card.view.plan.id == view.plan.id
        for ladder in card.ladders
        if ladder.standing.kind is LadderKind.EVENT_GRADE and ladder.now.level is not None
    ]


def _adjusting(view: PlanView, level: ResponseLevel | None) -> tuple[LevelChange, ...]:
    if view.response is None or level is None or view.response.level is level:
        return ()
    before = view.response.level
    return clauses_for(view.plan, before, direction_of(before, level))[:2]


def _may(seat: Seat, state: ProposalState, power: Power | None, found: Picture) -> dict[str, Any]:
    """What this post may do on the page."""
    wait = found.incident.waits.get(state.proposed.proposal_id)
    stands_in = wait is not None and seat.post.id in wait.standing_in
    named = power is not None and seat.post.id in power.posts
    proposer = seat.directory.post(state.by)
    own_side = state.by == seat.post.id or (proposer is not None and proposer.unit == seat.post.unit)
    recorder = bool(power and power.outside and seat.has(Role.DUTY_OFFICER, Role.OFFICE_DIRECTOR))
    titles = [post.title for item in power.posts if (post := seat.directory.post(item))] if power else []
    return {
        "titles": titles,
        "may_decide": state.is_open and (named or stands_in),
        "stands_in": stands_in and not named,
        "may_record": state.is_open and recorder,
        "may_answer": state.status.value == "questioned" and seat.has(*_PROPOSERS),
        "may_withdraw": state.is_open and own_side and seat.has(*_PROPOSERS),
    }


def _turns(state: ProposalState, found: Picture) -> list[Turn]:
    """The approvers, then who stands in, in order; those asked by now with their moment."""
    wait = found.incident.waits.get(state.proposed.proposal_id)
    turns = [Turn(post, None, state.at, state.proposed.source) for post in state.proposed.approvers]
    if wait is None:
        return turns
    for number, item in enumerate(wait.substitutes):
        since = wait.passed[number].at if number < len(wait.passed) else None
        turns.append(Turn(item.post, item.basis, since, item.source))
    return turns


def _due(proposal_id: str, found: Picture) -> Any:
    """The moment at which it goes on, None when it does not."""
    return next((item for item in found.situation.deadlines if item.ref == proposal_id), None)


def _consulted(proposal_id: str, found: Picture) -> list[ConsultationState]:
    return [item for item in found.incident.consultations.values() if proposal_id in item.proposals]


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
    seat, given = seat_of(request), request.POST
    here = reverse("approval", args=[incident_id, proposal_id])
    desk, text, verb = wiring.desk(), given.get("text", ""), given.get("answer", "")
    if verb == "answer":
        use.answer_question(desk, seat.actor, incident_id, proposal_id, text, command_id=once(request))
        return pages.done(request, "answered", here)
    if verb == "withdraw":
        use.withdraw_proposal(desk, seat.actor, incident_id, proposal_id, text, command_id=once(request))
        return pages.done(request, "withdrawn", to_room(incident_id))
    try:
        answer = use.Answer(verb)
    except ValueError as problem:
        raise InputError("text_missing", field=word("web.approval", "decision", seat.language)) from problem
    outside = None
    if given.get("outside") == "1":
        outside = Outside(
            body=given.get("body", ""), document=given.get("document", ""), told_by=given.get("told_by", "")
        )
    signs = answer is use.Answer.APPROVE and outside is None
    use.answer_proposal(
        desk,
        seat.actor,
        incident_id,
        proposal_id,
        answer,
        text,
        outside=outside,
        factor=verify(request, given) if signs else None,
        factor_word=confirm_word(request) if signs else "",
        override=given.get("override", ""),
        command_id=once(request),
    )
    said = {"approve": "approved", "refuse": "refused", "ask": "asked"}[answer.value]
    return pages.done(request, said, here if answer is use.Answer.ASK else to_room(incident_id))


@pages.screen
def start(request: HttpRequest, incident_id: str) -> HttpResponse:
    """Start, or change the level, without a proposal from elsewhere."""
    seat = seat_of(request)
    given = request.POST if request.method == "POST" else request.GET
    plan_id, level = given.get("plan", ""), _level(given.get("level", ""))
    if request.method == "POST":
        use.start_directly(
            wiring.desk(),
            seat.actor,
            incident_id,
            plan_id=plan_id,
            level=level,
            reason=given.get("text", ""),
            factor=verify(request, given),
            factor_word=confirm_word(request),
            command_id=once(request),
        )
        return pages.done(request, "approved", to_room(incident_id))
    found = seen(seat, incident_id)
    view = found.situation.plan(plan_id)
    kind = ProposalKind.CHANGE if view.response else ProposalKind.ACTIVATE
    power = level_power(view, level, found)
    titles = [post.title for item in power.posts if (post := seat.directory.post(item))] if power else []
    context = {
        "here": "incidents",
        "plan_id": plan_id,
        "may_start": may_start(view, level, power, found, seat.post.id),
        "has_power": power is not None and seat.post.id in power.posts,
        "titles": titles,
        **_asked(found, view, kind, level, open_now=True),
        **factor_context(request),
        **room_context(seat, found),
    }
    return pages.page(request, "decisions/start.html", context)


def _level(roman: str) -> ResponseLevel:
    try:
        return ResponseLevel(roman)
    except ValueError as problem:
        raise InputError("level_missing") from problem
