"""What one does about matters: done, dropped, moved."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from fengsui.application import matters as use
from fengsui.core.errors import InputError
from fengsui.web import pages, parse, wiring
from fengsui.web.incidents.commands import once
from fengsui.web.seat import seat_of

BACK = ("release", "aftermath", "review")
"""Pages that one comes from, by name of their address."""


def back_to(request: HttpRequest, incident_id: str) -> str:
    """The page the form stood on."""
    wanted = request.POST.get("back", "")
    return reverse(wanted if wanted in BACK else "aftermath", args=[incident_id])


@pages.command
def matter(request: HttpRequest, incident_id: str, matter_id: str) -> HttpResponse:
    """A matter is done, dropped or moved."""
    desk, actor, given, mark = wiring.desk(), seat_of(request).actor, request.POST, once(request)
    to, text, verb = back_to(request, incident_id), given.get("text", ""), given.get("verb", "")
    if verb == "done":
        sha = given.get("sha", "")
        use.finish_matter(desk, actor, incident_id, matter_id, text, evidence_sha=sha, command_id=mark)
        return pages.done(request, "matter_done", to)
    if verb == "excuse":
        use.excuse_matter(desk, actor, incident_id, matter_id, text, command_id=mark)
        return pages.done(request, "matter_excused", to)
    due = parse.moment(given.get("due", ""), timezone.now())
    if due is None:
        raise InputError("text_missing", field="due")
    use.move_matter(desk, actor, incident_id, matter_id, due, text, command_id=mark)
    return pages.done(request, "matter_moved", to)
