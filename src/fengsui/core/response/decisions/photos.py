"""Erasing a photo: which order it stood with, and why it goes."""

from __future__ import annotations

from fengsui.core.errors import Conflict, InputError
from fengsui.core.response.decisions.scene import Scene, check_text
from fengsui.core.response.events import Event
from fengsui.core.response.events_photos import PhotoErased


def erase(digest: str, reason: str, scene: Scene) -> tuple[Event, ...]:
    """The file goes, the hash in the log stays. Raises InputError for a photo no order was reported with."""
    if digest in scene.incident.erased_photos:
        raise Conflict("photo_erased_already")
    for directive_id, state in scene.incident.directives.items():
        done = state.handling.done
        if done is not None and digest in done.photos:
            why = check_text(reason, "reason")
            return (PhotoErased(digest=digest, directive_id=directive_id, reason=why),)
    raise InputError("photo_unknown", photo=digest)
