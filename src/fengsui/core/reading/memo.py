"""A cache for what is asked again and again of short texts, which long ones must not fill."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import TypeVar

LONGEST_KEPT = 1_000
"""Characters of a text that is worth keeping; a longer one is hardly ever met again."""
_Answer = TypeVar("_Answer")


def remembered(most: int) -> Callable[[Callable[[str], _Answer]], Callable[[str], _Answer]]:
    """Keep the last ``most`` answers of a function of a text; texts over ``LONGEST_KEPT`` are not kept.

    Plans share sentences word for word, so that a cache spares work from one plan to the next; what one
    document of five megabytes in a single paragraph leaves behind would stay for as long as the process.
    """

    def put(function: Callable[[str], _Answer]) -> Callable[[str], _Answer]:
        kept = lru_cache(maxsize=most)(function)

        @wraps(function)
        def answer(text: str) -> _Answer:
            return kept(text) if len(text) <= LONGEST_KEPT else function(text)

        return answer

    return put
