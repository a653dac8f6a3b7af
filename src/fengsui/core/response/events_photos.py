"""Events of photos: they stand beside the stream, which holds their hash; erasing one stands in it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class PhotoErased:
    """The file of a photo was removed for good, and why; ``directive_id`` the order it was reported with."""

    digest: str
    directive_id: str
    reason: str
