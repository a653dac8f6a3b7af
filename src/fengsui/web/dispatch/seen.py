"""What every screen of dispatch starts from: the folded incident, who may see it, names in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse

from fengsui.application.access import Action, may, require
from fengsui.application.commit import attached_plans, load
from fengsui.core.directory import Unit
from fengsui.core.plan.model import Plan
from fengsui.core.response.incident import Incident
from fengsui.web import frame, wiring
from fengsui.web.seat import Seat


@dataclass(frozen=True, slots=True)
class Seen:
    """An incident as the screens of dispatch look at it."""

    incident: Incident
    plans: Mapping[str, Plan]
    now: datetime


def seen(seat: Seat, incident_id: str) -> Seen:
    """The incident, for a post that may see it or was given something to do in it. Raises Refusal."""
    require(seat.actor, Action.SEE_INCIDENT)
    desk = wiring.desk()
    incident = load(desk, incident_id)
    if not _helps(seat, incident):
        require(seat.actor, Action.SEE_INCIDENT, incident.opened.place_code)
    return Seen(incident, attached_plans(desk, incident), desk.clock.now())


def _helps(seat: Seat, incident: Incident) -> bool:
    """Whether an order or a check-in brings the unit of this post here from another area."""
    mine = {seat.post.id, seat.post.unit}
    ordered = any(mine & set(state.issued.to) for state in incident.directives.values())
    return ordered or any(item.event.unit in mine for item in incident.checkins.values())


def _units(seat: Seat, incident: Incident) -> list[Unit]:
    """The units one may give an order to: those already in it first, then those of the own area."""
    bodies = {target for state in incident.directives.values() for target in state.issued.to}
    bodies |= {item.event.unit for item in incident.checkins.values() if item.event.unit}
    bodies |= {post.unit for post in seat.directory.posts if post.id in bodies}

    def order(unit: Unit) -> tuple[bool, bool, str, str]:
        return unit.id not in bodies, unit.jurisdiction != seat.area, unit.jurisdiction, unit.name

    return sorted(seat.directory.units, key=order)


def base(seat: Seat, found: Seen) -> dict[str, Any]:
    """What every template of dispatch needs."""
    incident = found.incident
    code = incident.opened.place_code
    directives = {
        key: f"{item.issued.to_name} · {item.issued.text[:30]}" for key, item in incident.directives.items()
    }
    teams = {key: item.event.team for key, item in incident.entries.items()}
    forces = {key: item.event.unit_name for key, item in incident.checkins.items()}
    titles = {key: item.title for key, item in incident.plans.items()}
    return {
        "here": "incidents",
        "incident": incident,
        "exercise": incident.opened.exercise or wiring.is_exercise(),
        "names": frame.names_of(seat, titles, {**directives, **teams, **forces}),
        "position": incident.seq,
        "room_url": reverse("room", args=[incident.incident_id]),
        "pick_units": _units(seat, incident),
        "mine": (seat.post.id, seat.post.unit),
        "can": {
            action.value: incident.is_open and may(seat.actor, action, code) is None for action in Action
        },
        "at": found.now,
    }
