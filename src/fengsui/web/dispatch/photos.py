"""Photos of what was done, to be looked at."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from fengsui.application.photos import Upload, erase_photo, see_photo
from fengsui.core.response.events_photos import PhotoErased
from fengsui.web import pages, wiring
from fengsui.web.incidents.commands import once
from fengsui.web.seat import seat_of


def uploads(request: HttpRequest) -> list[Upload]:
    """The files of a form, empty fields left out."""
    given: Any = request.FILES
    return [Upload(name=item.name or "", data=item.read()) for item in given.getlist("photo") if item.size]


@pages.screen
def photo(request: HttpRequest, incident_id: str, digest: str) -> HttpResponse:
    """One photo; its bytes never change, so a browser may keep it, but for this person alone."""
    found = see_photo(wiring.photos(), seat_of(request).actor, incident_id, digest)
    answer = HttpResponse(found.data, content_type=f"image/{found.kind}")
    answer.headers["Cache-Control"] = "private, max-age=3600, immutable"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Content-Disposition"] = f'inline; filename="{digest[:12]}.{found.kind}"'
    return answer


@pages.command
def erase(request: HttpRequest, incident_id: str, digest: str) -> HttpResponse:
    """Remove a photo for good; why stands where it stood."""
    given = request.POST
    outcome = erase_photo(
        wiring.photos(),
        seat_of(request).actor,
        incident_id,
        digest,
        given.get("reason", ""),
        command_id=once(request),
    )
    erased = outcome.first(PhotoErased)
    assert isinstance(erased, PhotoErased)
    return pages.done(request, "photo_erased", reverse("directive", args=[incident_id, erased.directive_id]))
