"""Sought: texts searched all at once for a word that few of them hold.

A dozen extractors ask every sentence of a plan for a word that a handful of sentences have. One search
over the texts laid end to end meets only that handful; in each by itself it takes longer to begin than to
look.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import Generic, TypeVar

_Item = TypeVar("_Item")


class Sought(Generic[_Item]):
    """``items`` with the text of each.

    A line end stands between two texts: a pattern to seek them by may neither match one nor ask for a
    beginning or an end (``^``, ``$``).
    """

    def __init__(self, items: Sequence[_Item], texts: Sequence[str]) -> None:
        self._items = items
        self._whole = "\n".join(texts)
        self._starts = list(accumulate([len(text) + 1 for text in texts], initial=0))

    def having(self, words: re.Pattern[str]) -> Iterator[_Item]:
        """The items in whose text ``words`` stands, in order."""
        found = words.search(self._whole)
        while found is not None:
            index = bisect_right(self._starts, found.start()) - 1
            yield self._items[index]
            found = words.search(self._whole, self._starts[index + 1])
