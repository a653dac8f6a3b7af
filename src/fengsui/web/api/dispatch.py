"""Command and dispatch: the board, staffing, what becomes of an order, the scene and the danger zone."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from ninja import Router

from fengsui.application import dispatch
from fengsui.application import dispatch_board as show
from fengsui.application.dispatch import Arrival, Team
from fengsui.application.dispatch_board import BoardRow
from fengsui.core.plan.codec import to_data
from fengsui.core.response.decisions.safety import inside, pending
from fengsui.core.response.events_dispatch import StaffRole
from fengsui.web import wiring
from fengsui.web.api.door import caller, once
from fengsui.web.api.forms import Body, Done, done
from fengsui.web.api.incidents import Words
from fengsui.web.dispatch.seen import seen
from fengsui.web.seat import seat_of

router = Router(tags=["dispatch"])


class Place(Body):
    """A post named for a place of the headquarters, a group or the scene."""

    role: StaffRole
    post: str
    name: str = ""
    plan: str | None = None
    group: str | None = None


class CheckIn(Body):
    """A force at the scene; ``leader`` (name, phone) is kept apart from the log."""

    unit: str | None = None
    unit_name: str = ""
    people: int
    equipment: str = ""
    contact: str | None = None
    leader: dict[str, str] | None = None
    place: str = ""
    arrived_at: datetime | None = None
    lon: float | None = None
    lat: float | None = None


class Entry(Body):
    """A team going into the danger zone."""

    team: str
    people: int
    unit: str | None = None
    zone: str = ""
    entered_at: datetime | None = None
    expected_out: datetime | None = None
    air_minutes: int | None = None


class Exit(Body):
    """How many came out; null: all."""

    people: int | None = None
    note: str = ""


class Stop(Body):
    """Why, and by what signal."""

    reason: str
    signal: str = ""


@router.get("/incidents/{incident_id}/board")
def board(request: HttpRequest, incident_id: str) -> dict[str, Any]:
    """Every order with what is the matter with it, and the counts."""
    found = seen(seat_of(request), incident_id)
    rows = show.board(found.incident, found.now)
    return {"counts": show.counts(rows), "orders": [_row(row) for row in rows]}


def _row(row: BoardRow) -> dict[str, Any]:
    state, handling = row.state, row.state.handling
    return {
        "directive": row.directive_id,
        "state": row.code,
        "to": list(state.issued.to),
        "to_name": state.issued.to_name,
        "text": state.issued.text,
        "due": state.due,
        "since": state.since,
        "waits_for": [key for key, _ in row.waits_for],
        "stuck": row.stuck,
        "helps": state.issued.helps,
        "replaced_by": handling.replaced_by,
        "question": handling.question.text if handling.question else None,
        "help": [said.text for said in state.unanswered_help],
        "declined": handling.declined.text if handling.declined and row.code == "declined" else None,
        "done": to_data(handling.done) if handling.done else None,
        "escalated": to_data(row.climb.event) if row.climb else None,
    }


@router.get("/incidents/{incident_id}/command")
def command(request: HttpRequest, incident_id: str) -> dict[str, Any]:
    """Headquarters and groups: as recorded, and as posts and roster would fill them now."""
    found = seen(seat_of(request), incident_id)
    recorded = [
        {"plan": plan or None, "group": group or None, "places": [to_data(item) for item in places]}
        for (plan, group), places in found.incident.staffing.items()
    ]
    suggested = dispatch.suggested_staffing(wiring.desk(), incident_id)
    return {
        "recorded": recorded,
        "suggested": [to_data(group) for groups in suggested.values() for group in groups],
    }


@router.post("/incidents/{incident_id}/command/{plan_id}", response=Done)
def staff(request: HttpRequest, incident_id: str, plan_id: str) -> Done:
    """Record headquarters and groups of a plan as posts and roster fill them now."""
    desk, actor = wiring.desk(), caller(request)
    return done(dispatch.staff_command(desk, actor, incident_id, plan_id, command_id=once(request)))


@router.post("/incidents/{incident_id}/posts", response=Done)
def assign(request: HttpRequest, incident_id: str, given: Place) -> Done:
    """Name a post for one place."""
    outcome = dispatch.assign_post(
        wiring.desk(),
        caller(request),
        incident_id,
        role=given.role,
        post_id=given.post,
        name=given.name,
        plan_id=given.plan,
        group=given.group,
        command_id=once(request),
    )
    return done(outcome)


@router.get("/incidents/{incident_id}/scene")
def scene(request: HttpRequest, incident_id: str) -> dict[str, Any]:
    """Forces at the scene, who is inside, withdrawal and suspension."""
    incident = seen(seat_of(request), incident_id).incident
    return {
        "inside": inside(incident),
        "not_out": sum(incident.entries[key].inside for key in pending(incident)),
        "suspended": incident.halt.reason if incident.halt else None,
        "entries": [
            {**to_data(item.event), "inside": item.inside, "out_by": item.out_by, "out_at": item.out_at}
            for item in incident.entries.values()
        ],
        "forces": [{**to_data(item.event), "left_at": item.left_at} for item in incident.checkins.values()],
    }


@router.post("/incidents/{incident_id}/scene/checkins", response=Done)
def check_in(request: HttpRequest, incident_id: str, given: CheckIn) -> Done:
    """A force is at the scene."""
    data = given.dict(exclude={"leader"})
    outcome = dispatch.check_in(
        wiring.desk(),
        caller(request),
        incident_id,
        Arrival(**data),
        contact=given.leader,
        command_id=once(request),
    )
    return done(outcome)


@router.post("/incidents/{incident_id}/scene/checkins/{checkin_id}/out", response=Done)
def check_out(request: HttpRequest, incident_id: str, checkin_id: str, given: Words) -> Done:
    """A force leaves the scene."""
    desk, actor, mark = wiring.desk(), caller(request), once(request)
    return done(dispatch.check_out(desk, actor, incident_id, checkin_id, given.text, command_id=mark))


@router.post("/incidents/{incident_id}/scene/entries", response=Done)
def enter(request: HttpRequest, incident_id: str, given: Entry) -> Done:
    """A team goes in."""
    data = given.dict(exclude={"team"})
    desk, actor, mark = wiring.desk(), caller(request), once(request)
    return done(dispatch.enter_zone(desk, actor, incident_id, Team(name=given.team, **data), command_id=mark))


@router.post("/incidents/{incident_id}/scene/entries/{entry_id}/out", response=Done)
def leave(request: HttpRequest, incident_id: str, entry_id: str, given: Exit) -> Done:
    """People of a team came out."""
    outcome = dispatch.leave_zone(
        wiring.desk(),
        caller(request),
        incident_id,
        entry_id,
        people=given.people,
        note=given.note,
        command_id=once(request),
    )
    return done(outcome)


@router.post("/incidents/{incident_id}/scene/withdrawal", response=Done)
def withdrawal(request: HttpRequest, incident_id: str, given: Stop) -> Done:
    """Everybody out."""
    desk, actor, mark = wiring.desk(), caller(request), once(request)
    return done(
        dispatch.order_withdrawal(desk, actor, incident_id, given.reason, given.signal, command_id=mark)
    )


@router.post("/incidents/{incident_id}/scene/suspension", response=Done)
def suspension(request: HttpRequest, incident_id: str, given: Words) -> Done:
    """Suspend the rescue."""
    desk, actor, mark = wiring.desk(), caller(request), once(request)
    return done(dispatch.suspend_rescue(desk, actor, incident_id, given.text, command_id=mark))


@router.post("/incidents/{incident_id}/scene/resumption", response=Done)
def resumption(request: HttpRequest, incident_id: str, given: Words) -> Done:
    """Resume the rescue; refused to all but the commander and the commander on the scene."""
    desk, actor, mark = wiring.desk(), caller(request), once(request)
    return done(dispatch.resume_rescue(desk, actor, incident_id, given.text, command_id=mark))
