"""The wall (大屏): read from six metres, no controls; one page for a screen that nobody touches."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from fengsui.application.access import Action, require
from fengsui.application.commit import load
from fengsui.application.wall import WallIncident, wall_incident
from fengsui.store import selectors
from fengsui.store.selectors.lines import IncidentLine
from fengsui.web import frame, pages, wiring
from fengsui.web.seat import Seat, seat_of

MOST = 4
"""Incidents with all their figures; of the others the number is told."""
DEADLINES = 8


@pages.screen
def wall(request: HttpRequest) -> HttpResponse:
    """The whole page."""
    seat = seat_of(request)
    require(seat.actor, Action.SEE_INCIDENT)
    context = {**frame.context(request, {}), "position": selectors.stream_position(), **_parts(seat)}
    return render(request, "duty/wall.html", context)


@pages.screen
def wall_parts(request: HttpRequest) -> HttpResponse:
    """What changes on it."""
    seat = seat_of(request)
    require(seat.actor, Action.SEE_INCIDENT)
    return pages.part(request, "duty/wall_parts.html", _parts(seat))


def _parts(seat: Seat) -> dict[str, Any]:
    now = timezone.now()
    lines = selectors.running_incidents(jurisdiction=seat.area, limit=50)
    deadlines = selectors.next_deadlines(jurisdiction=seat.area, limit=50)
    began: dict[tuple[str, datetime | None], datetime | None] = {
        (item.incident_id, item.due_at): item.since for item in deadlines
    }
    return {
        "cards": [(*_card(line), began.get((line.incident_id, line.next_due))) for line in lines[:MOST]],
        "others": len(lines) - MOST,
        "deadlines": deadlines[:DEADLINES],
        "channels": [item for item in selectors.channel_states(now) if item.channel != "log"],
        "shift": selectors.on_duty(now, jurisdiction=seat.area),
        "place_name": seat.actor.jurisdiction.name,
    }


def _card(line: IncidentLine) -> tuple[IncidentLine, WallIncident]:
    return line, wall_incident(load(wiring.desk(), line.incident_id), timezone.now())
