"""What the live streams ask of the database and of the session. Runs in the watcher's own thread."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user
from django.db import close_old_connections
from django.http import HttpRequest

from fengsui.application.access import Action, may
from fengsui.core.errors import FengsuiError
from fengsui.store import selectors
from fengsui.web.seat import open_seat


def glance() -> selectors.Glance:
    """Tells whether anything was written since; for the watcher's thread alone."""
    return selectors.Glance()


def moved(glance: selectors.Glance, streams: tuple[str, ...]) -> dict[str, int]:
    """Where these streams end, if anything was written since the last look; else nothing."""
    close_old_connections()
    return selectors.stream_positions(streams) if glance.changed() and streams else {}


def positions(streams: tuple[str, ...]) -> dict[str, int]:
    """Where these streams end."""
    close_old_connections()
    return selectors.stream_positions(streams)


def may_follow(session_key: str, incident_id: str) -> bool:
    """Whether the session is signed in and its post may see the incident ("": the desk)."""
    close_old_connections()
    request = HttpRequest()
    store: Any = import_module(settings.SESSION_ENGINE).SessionStore
    request.session = store(session_key or None)
    try:
        request.user = get_user(request)
        seat = open_seat(request) if request.user.is_authenticated else None
        if seat is None:
            return False
        line = selectors.incident(incident_id) if incident_id else None
    except FengsuiError:
        return False
    if not incident_id:
        return may(seat.actor, Action.SEE_INCIDENT) is None
    return line is not None and may(seat.actor, Action.SEE_INCIDENT, line.place_code) is None
