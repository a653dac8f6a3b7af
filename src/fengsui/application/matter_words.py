"""A matter in words: those of its author, or the usual ones for a kind that needs none."""

from __future__ import annotations

from fengsui.application.wording import word
from fengsui.core.response.events_aftermath import MatterKind


def matter_words(kind: MatterKind, text: str, language: str = "zh") -> str:
    """``text``, unless it is but the name of the kind."""
    return word("matter", kind.value, language) if text in ("", kind.value) else text
