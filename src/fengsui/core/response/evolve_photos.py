"""How records about photos change the state."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from fengsui.core.response.events_photos import PhotoErased
from fengsui.core.response.state_photos import ErasedPhoto

if TYPE_CHECKING:
    from fengsui.core.response.events import Recorded
    from fengsui.core.response.incident import Incident

Changes = dict[str, Any]


def _erased(incident: Incident, recorded: Recorded, event: PhotoErased) -> Changes:
    state = ErasedPhoto(at=recorded.at, by=recorded.by, reason=event.reason)
    return {"erased_photos": {**incident.erased_photos, event.digest: state}}


CHANGES: dict[type, Callable[[Incident, Recorded, Any], Changes]] = {PhotoErased: _erased}
