"""At once: one change of signs for all texts of a plan, laid end to end.

Ten signs sought in three hundred paragraphs are three thousand searches that take longer to begin than to
look; in the texts laid end to end they are ten.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import accumulate, pairwise


def at_once(change: Callable[[str], str], texts: Sequence[str]) -> list[str]:
    """``change`` of each of ``texts``; it must put one sign for one, whatever stands beside it."""
    whole = change("".join(texts))
    ends = accumulate(map(len, texts), initial=0)
    return [whole[start:end] for start, end in pairwise(ends)]
