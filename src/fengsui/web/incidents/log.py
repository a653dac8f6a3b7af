"""The duty log of an incident (值班记录): every record, whether the chain holds, and the export."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from fengsui.application.access import Action, may
from fengsui.application.views import export_log
from fengsui.core.response import chain
from fengsui.web import pages, wiring
from fengsui.web.incidents.room import room_context, seen
from fengsui.web.seat import seat_of


@pages.screen
def log(request: HttpRequest, incident_id: str) -> HttpResponse:
    """The whole log, the first record first."""
    seat = seat_of(request)
    found = seen(seat, incident_id)
    # Held against the chain as it is stored, not as this process remembers it.
    problems = chain.verify(chain.export(wiring.desk().incidents.read(incident_id)))
    context = {
        "here": "incidents",
        "records": found.situation.log,
        "problems": problems,
        "head": found.situation.log[-1].hash,
        "may_export": may(seat.actor, Action.EXPORT_LOG, found.incident.opened.place_code) is None,
        **room_context(seat, found),
    }
    return pages.page(request, "incidents/log.html", context)


@pages.screen
def export(request: HttpRequest, incident_id: str) -> HttpResponse:
    """The log as a sealed file, as ``fengsui verify`` reads it."""
    text = chain.render(export_log(wiring.desk(), incident_id, seat_of(request).actor))
    answer = HttpResponse(text, content_type="application/json; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="fengsui-log-{incident_id[:12]}.json"'
    return answer
