"""Photos of what was done: sent before the report that names them by hash, and erased with a reason."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import File, Router, UploadedFile

from fengsui.application.photos import Upload, erase_photo, keep_photo
from fengsui.web import wiring
from fengsui.web.api.door import caller, once
from fengsui.web.api.forms import Done, done
from fengsui.web.api.incidents import Words

router = Router(tags=["photos"])


@router.post("/incidents/{incident_id}/photos")
def send_photo(request: HttpRequest, incident_id: str, photo: File[UploadedFile]) -> dict[str, str]:
    """Keep a photo (JPEG, PNG, WebP); its hash names it in a report."""
    upload = Upload(name=photo.name or "", data=photo.read())
    return {"photo": keep_photo(wiring.photos(), caller(request), incident_id, upload)}


@router.post("/incidents/{incident_id}/photos/{digest}/erase", response=Done)
def erase(request: HttpRequest, incident_id: str, digest: str, given: Words) -> Done:
    """Remove the file for good, with the reason; the hash stays in the log."""
    photos, actor, mark = wiring.photos(), caller(request), once(request)
    return done(erase_photo(photos, actor, incident_id, digest, given.text, command_id=mark))
