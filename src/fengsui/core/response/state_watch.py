"""What an incident knows of its calls and of the incidents it was split into or from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CallLink:
    """A call about this incident; ``moved_to`` the incident it went to when this one was split."""

    call_id: str
    means: str
    received_at: datetime
    at: datetime
    by: str
    why: str = ""
    moved_to: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sibling:
    """An incident that this one was split into or from."""

    incident_id: str
    title: str
    reason: str
    at: datetime
    by: str
    is_origin: bool = False
