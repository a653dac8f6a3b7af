"""How alike two texts are, and which items of two lists belong together. Pure and symmetric.

Everything here gives the same answer when the sides are swapped, so that a comparison read backwards says
the same thing backwards.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Generic, TypeVar

T = TypeVar("T")

_LABEL = re.compile(
    r"^(?:\s*(?:[(][一二三四五六七八九十百\d]{1,4}[)]|[一二三四五六七八九十]{1,3}[、.是]"
    r"|\d{1,2}(?:\.\d{1,2}){1,4}(?![\d%.人万亿米毫小元级])|\d{1,2}(?:[、)]|\.(?!\d))|[①-⑳]))+\s*"
)
_KEPT = re.compile(r"[^\w.%℃<>≥≤~+-]|(?<!\d)\.|\.(?!\d)|_")
_FIGURE = re.compile(
    r"\d+(?:\.\d+)?|[一二两三四五六七八九十百千万亿]+(?=[个名人天日小分户万亿元米级倍周年月次台辆])"
)


@lru_cache(maxsize=16384)
def plain(text: str) -> str:
    """``text`` for comparing: width unified, item label, blanks and punctuation gone; 1.5 stays 1.5."""
    # ① must go as a label before width is unified, which would make it a figure.
    folded = unicodedata.normalize("NFKC", re.sub(r"^\s*[①-⑳]", "", text))
    return _KEPT.sub("", _LABEL.sub("", folded)).lower()


@lru_cache(maxsize=16384)
def bigrams(text: str) -> frozenset[str]:
    """The pairs of neighbouring signs of ``plain(text)``; the sign itself where there is one alone."""
    bare = plain(text)
    return frozenset(bare[i : i + 2] for i in range(max(1, len(bare) - 1))) if bare else frozenset()


def likeness(one: str, other: str) -> float:
    """0 … 1: the share of pairs of signs in common (Dice); 1 for texts equal but for punctuation."""
    if plain(one) == plain(other):
        return 1.0
    a, b = bigrams(one), bigrams(other)
    if not a or not b:
        return 0.0
    # Equal sets in another order are not the same text.
    return min(0.999, 2 * len(a & b) / (len(a) + len(b)))


def figures(text: str) -> tuple[str, ...]:
    """The figures in ``text``, sorted: a change in them is more than one of wording."""
    return tuple(sorted(_FIGURE.findall(unicodedata.normalize("NFKC", plain(text)))))


@dataclass(frozen=True, slots=True)
class Matched(Generic[T]):
    """Items that belong together, and those left alone on either side, in their order."""

    pairs: tuple[tuple[T, T], ...]
    gone: tuple[T, ...]
    added: tuple[T, ...]


def match(
    left: Sequence[T],
    right: Sequence[T],
    key: Callable[[T], Hashable],
    score: Callable[[T, T], float] | None = None,
    least: float = 0.5,
) -> Matched[T]:
    """Pair items of equal ``key`` in order, then the rest by ``score`` (at least ``least``), best first."""
    waiting: dict[Hashable, list[int]] = {}
    for place, item in enumerate(right):
        waiting.setdefault(key(item), []).append(place)
    pairs: list[tuple[int, int]] = []
    for place, item in enumerate(left):
        same = waiting.get(key(item))
        if same:
            pairs.append((place, same.pop(0)))
    if score is not None:
        pairs += _by_score(left, right, pairs, score, least)
    pairs.sort()
    lefts, rights = {i for i, _ in pairs}, {j for _, j in pairs}
    return Matched(
        pairs=tuple((left[i], right[j]) for i, j in pairs),
        gone=tuple(item for i, item in enumerate(left) if i not in lefts),
        added=tuple(item for j, item in enumerate(right) if j not in rights),
    )


def _by_score(
    left: Sequence[T],
    right: Sequence[T],
    paired: list[tuple[int, int]],
    score: Callable[[T, T], float],
    least: float,
) -> list[tuple[int, int]]:
    lefts, rights = {i for i, _ in paired}, {j for _, j in paired}
    ranked = sorted(
        # Places break ties in a way that does not change when the sides are swapped.
        (-worth, i + j, abs(i - j), i, j)
        for i, one in enumerate(left)
        if i not in lefts
        for j, other in enumerate(right)
        if j not in rights and (worth := score(one, other)) >= least
    )
    found = []
    for *_, i, j in ranked:
        if i not in lefts and j not in rights:
            lefts.add(i)
            rights.add(j)
            found.append((i, j))
    return found
