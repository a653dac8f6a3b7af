"""Facts by their words: which fact of the register a figure or a phrase speaks of."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from fengsui.core.fact import FactSpec, register
from fengsui.core.reading.memo import LONGEST_KEPT

_GAP = "[^,;。:]{0,12}?"

_ACCEPTED: dict[str, tuple[str, ...]] = {
    # unit of the fact: units as printed that can be turned into it
    "小时": ("小时", "天", "分钟"),
    "天": ("天",),
    "℃": ("℃",),
    "度": ("℃",),
    "-": ("",),
    "厘米": ("厘米",),
    "米": ("米", "厘米"),
    "辆": ("辆", "台"),
}


@dataclass(frozen=True, slots=True)
class Words:
    """A fact with the pattern of its words and what the figure's unit may be.

    ``heads`` are the beginnings of its words: where none stands in a text, the pattern need not be tried.
    """

    spec: FactSpec
    pattern: re.Pattern[str]
    units: tuple[str, ...]
    heads: tuple[str, ...]

    def may_stand_in(self, text: str) -> bool:
        """A cheap look before the pattern."""
        return any(map(text.__contains__, self.heads))


@dataclass(frozen=True, slots=True)
class Mention:
    """A fact mentioned at ``start``–``end`` of a folded text."""

    spec: FactSpec
    start: int
    end: int


def word_pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    """A pattern for any of ``words``, the longest first; "…" matches up to twelve characters."""
    ordered = sorted(words, key=len, reverse=True)
    return re.compile("|".join(_GAP.join(map(re.escape, word.split("…"))) for word in ordered))


def _heads(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word.split("…")[0] for word in words))


@cache
def figure_words() -> tuple[Words, ...]:
    """The facts with figures, in the order of the register."""
    return tuple(
        Words(spec, word_pattern(spec.words), _ACCEPTED.get(spec.unit, (spec.unit,)), _heads(spec.words))
        for spec in register().values()
        if spec.is_figure and spec.words
    )


@cache
def _words_with(unit: str) -> tuple[Words, ...]:
    """The facts whose figures may be printed in ``unit``."""
    return tuple(words for words in figure_words() if unit in words.units)


@cache
def _by_first_sign(unit: str) -> dict[str, tuple[int, ...]]:
    """Which of ``_words_with`` have a word that begins with a sign: few of them, for most signs none."""
    places: dict[str, list[int]] = {}
    for place, words in enumerate(_words_with(unit)):
        for sign in {head[0] for head in words.heads}:
            places.setdefault(sign, []).append(place)
    return {sign: tuple(found) for sign, found in places.items()}


def _words_that_may_stand_in(text: str, unit: str) -> list[Words]:
    """The facts of ``unit`` whose words may stand in ``text``, in the order of the register."""
    by_sign, words = _by_first_sign(unit), _words_with(unit)
    places = {place for sign in by_sign.keys() & text for place in by_sign[sign]}
    return [words[place] for place in sorted(places) if words[place].may_stand_in(text)]


@cache
def yes_no_words() -> tuple[Words, ...]:
    """The yes/no facts, in the order of the register."""
    return tuple(
        Words(spec, word_pattern(spec.words), (), _heads(spec.words))
        for spec in register().values()
        if not spec.is_figure and spec.words
    )


def mentions(text: str, unit: str, context: str) -> list[Mention]:
    """Facts whose figures come in ``unit`` and whose words stand in folded ``text``.

    ``context`` is the whole criterion, for facts that need a word elsewhere. Of mentions that overlap
    the longest stays; of equally long ones the fact with the narrower meaning (``within``).
    """
    # The criteria of the law stand in plan after plan, word for word.
    said = _said if len(text) <= LONGEST_KEPT else _said.__wrapped__
    found = [mention for mention in said(text, unit) if _allowed(mention.spec, context)]
    found.sort(key=lambda m: (-(m.end - m.start), not m.spec.within, m.spec.unit != unit))
    kept: list[Mention] = []
    for mention in found:
        if all(mention.end <= k.start or mention.start >= k.end for k in kept):
            kept.append(mention)
    return sorted(kept, key=lambda m: m.start)


@lru_cache(maxsize=2048)
def _said(text: str, unit: str) -> tuple[Mention, ...]:
    """Every fact of ``unit`` whose words stand in ``text``, whatever else they need."""
    return tuple(
        Mention(words.spec, match.start(), match.end())
        for words in _words_that_may_stand_in(text, unit)
        for match in words.pattern.finditer(text)
    )


def _allowed(spec: FactSpec, context: str) -> bool:
    return not spec.within or any(word in context for word in spec.within)


def yes_no_fact(text: str) -> FactSpec | None:
    """The registered yes/no fact that folded ``text`` speaks of; None when it is no known one."""
    return next(
        (words.spec for words in yes_no_words() if words.may_stand_in(text) and words.pattern.search(text)),
        None,
    )
