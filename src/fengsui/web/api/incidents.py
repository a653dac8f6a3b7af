"""Incidents: take a call, tie plans, enter facts, judge, note, close; where it stands; its log."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from ninja import Field, Router

from fengsui.application import incidents as use
from fengsui.application.access import Action, require
from fengsui.application.views import applicable_plans, export_log, situation
from fengsui.core.facts_input import parse_facts
from fengsui.core.response.decisions.record import Call, Reported
from fengsui.store import selectors
from fengsui.web import wiring
from fengsui.web.api.door import caller, once
from fengsui.web.api.forms import Body, Done, done
from fengsui.web.api.standing import standing_data
from fengsui.web.seat import seat_of

router = Router(tags=["incidents"])
PAGE = 100


class NewCall(Body):
    """A call: what happened and where is all that is needed.

    ``caller`` (name, phone) is kept apart from the log. ``facts`` as in FACTS of ``fengsui grade``.
    ``plans`` None: the plans in force that fit are attached, each with the reason.
    """

    what: str
    place: str
    place_code: str
    title: str = ""
    learned_at: datetime | None = None
    occurred_at: datetime | None = None
    caller: dict[str, str] | None = None
    facts: dict[str, Any] = Field(default_factory=dict)
    said_by: str = ""
    plans: list[str] | None = None


class Facts(Body):
    """Facts as they were said: a number, a range ``{"min", "max"}``, yes or no; null: unknown now."""

    facts: dict[str, Any]
    said_by: str = ""
    as_of: datetime | None = None


class Judgement(Body):
    """The answer to a criterion without a figure (its words as printed); null takes it back."""

    text: str
    answer: bool | None
    said_by: str = ""


class PlanTie(Body):
    """A plan that applies, and why."""

    plan: str
    why: str


class Words(Body):
    """A reason or a note."""

    text: str


@router.get("/incidents")
def listing(request: HttpRequest, state: str = "", q: str = "", offset: int = 0) -> dict[str, Any]:
    """Incidents of the area of the post, the latest first; ``state`` open or closed."""
    seat = seat_of(request)
    require(seat.actor, Action.SEE_INCIDENT)
    is_open = {"open": True, "closed": False}.get(state)
    lines, total = selectors.incidents(
        jurisdiction=seat.area, is_open=is_open, search=q[:100], limit=PAGE, offset=max(0, offset)
    )
    return {
        "total": total,
        "incidents": [
            {
                "id": line.incident_id,
                "title": line.title,
                "place": line.place,
                "learned_at": line.learned_at,
                "open": line.is_open,
                "level": line.level or None,
                "grade": line.grade or None,
            }
            for line in lines
        ],
    }


@router.post("/incidents", response=Done)
def open_incident(request: HttpRequest, call: NewCall) -> Done:
    """Open an incident from a call; its report clocks begin with it."""
    desk = wiring.desk()
    if call.plans is None:
        found = applicable_plans(desk, f"{call.title} {call.what}", call.place_code)
        ties = [(item.plan.id, item.why) for item in found]
    else:
        ties = [(plan, call.what) for plan in call.plans]
    outcome = use.open_incident(
        desk,
        caller(request),
        Call(
            what=call.what,
            place=call.place,
            place_code=call.place_code,
            title=call.title,
            learned_at=call.learned_at,
            occurred_at=call.occurred_at,
        ),
        caller=call.caller,
        plans=ties,
        facts=_reported(call.facts, call.said_by, None),
        command_id=once(request),
    )
    return done(outcome)


@router.get("/incidents/{incident_id}")
def incident(request: HttpRequest, incident_id: str) -> dict[str, Any]:
    """Where the incident stands and what is next."""
    actor = caller(request)
    require(actor, Action.SEE_INCIDENT)
    found = situation(wiring.desk(), incident_id)
    require(actor, Action.SEE_INCIDENT, found.incident.opened.place_code)
    return standing_data(found, seat_of(request).language)


@router.get("/incidents/{incident_id}/log")
def log(request: HttpRequest, incident_id: str) -> dict[str, Any]:
    """The sealed log, as ``fengsui verify`` reads it."""
    return export_log(wiring.desk(), incident_id, caller(request))


@router.post("/incidents/{incident_id}/facts", response=Done)
def report_facts(request: HttpRequest, incident_id: str, given: Facts) -> Done:
    """Enter facts; grades follow at once."""
    facts = _reported(given.facts, given.said_by, given.as_of)
    return done(
        use.report_facts(wiring.desk(), caller(request), incident_id, facts, command_id=once(request))
    )


@router.post("/incidents/{incident_id}/judgements", response=Done)
def judge(request: HttpRequest, incident_id: str, given: Judgement) -> Done:
    """Answer a criterion that has no figure."""
    outcome = use.judge(
        wiring.desk(),
        caller(request),
        incident_id,
        given.text,
        given.answer,
        given.said_by,
        command_id=once(request),
    )
    return done(outcome)


@router.post("/incidents/{incident_id}/plans", response=Done)
def attach_plan(request: HttpRequest, incident_id: str, given: PlanTie) -> Done:
    """Take a plan as applying."""
    desk, actor = wiring.desk(), caller(request)
    return done(use.attach_plan(desk, actor, incident_id, given.plan, given.why, command_id=once(request)))


@router.post("/incidents/{incident_id}/plans/{plan_id}/detach", response=Done)
def detach_plan(request: HttpRequest, incident_id: str, plan_id: str, given: Words) -> Done:
    """The plan does not apply after all."""
    desk, actor = wiring.desk(), caller(request)
    return done(use.detach_plan(desk, actor, incident_id, plan_id, given.text, command_id=once(request)))


@router.post("/incidents/{incident_id}/notes", response=Done)
def add_note(request: HttpRequest, incident_id: str, given: Words) -> Done:
    """Write a line in the duty log."""
    return done(
        use.add_note(wiring.desk(), caller(request), incident_id, given.text, command_id=once(request))
    )


@router.post("/incidents/{incident_id}/close", response=Done)
def close(request: HttpRequest, incident_id: str, given: Words) -> Done:
    """Nothing more to do; refused while a response runs."""
    return done(
        use.close_incident(wiring.desk(), caller(request), incident_id, given.text, command_id=once(request))
    )


def _reported(facts: dict[str, Any], said_by: str, as_of: datetime | None) -> list[Reported]:
    """Facts of a request. Raises InputError, one sentence that names the fact."""
    known = parse_facts({"facts": {name: value for name, value in facts.items() if value is not None}})
    values = {name: known.facts.get(name) for name in facts}
    return [Reported(fact=name, value=value, said_by=said_by, as_of=as_of) for name, value in values.items()]
