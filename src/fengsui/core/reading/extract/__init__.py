"""Extractors: one module per thing sought.

Each offers ``extract_<thing>(outline: Outline, …) -> Extracted[...]``: items with citations, and doubts.
No rule names a document, a place or a line number.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

from fengsui.core.plan.model import Doubt

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Extracted(Generic[Item]):
    """What one extractor found, and what it was unsure of."""

    items: tuple[Item, ...] = ()
    doubts: tuple[Doubt, ...] = ()
