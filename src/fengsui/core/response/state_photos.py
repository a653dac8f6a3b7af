"""What an incident knows of photos that are gone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ErasedPhoto:
    """When, by which post and why the file of a photo was removed."""

    at: datetime
    by: str
    reason: str
