"""A note to be put beside a place of a document."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """``line`` of the document as read (0: none), the words of it relied on, and what the note says."""

    line: int
    evidence: str
    paragraphs: tuple[str, ...]
