"""Folded text: one spelling for what plans spell in many ways, each character knowing where it came from."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from fengsui.core.reading.at_once import at_once
from fengsui.core.reading.memo import remembered

_SPECIAL = {
    "Ш": "III",  # Cyrillic letters that stand for Roman numerals in texts copied out of PDF files
    "І": "I",
    "〇": "零",
    "﹣": "-",
    "－": "-",
    "–": "-",
    "—": "-",
    "―": "-",
    "─": "-",
    "～": "~",
    "〜": "~",
    "“": '"',
    "”": '"',
    "〔": "(",
    "〕": ")",
    "〈": "<",
    "〉": ">",
    "∽": "~",
    "﹪": "%",
}
_DROPPED = frozenset("$\\\u200b\ufeff")


@dataclass(slots=True, eq=False)
class Folded:
    """``text`` in folded form; ``at[i]`` is the offset in the original of character ``i``.

    Width is unified (（ becomes "("), signs become letters (Ⅲ → III), blanks and mark-up residue are gone.
    Never changed once made; not frozen, because hundreds are made for each plan and that costs thrice.
    """

    text: str
    at: Sequence[int]
    size: int

    def original(self, start: int, end: int) -> tuple[int, int]:
        """The span of the original text that ``text[start:end]`` was folded from."""
        if start >= len(self.at):
            return self.size, self.size
        last = self.at[end - 1] + 1 if end > start else self.at[start]
        return self.at[start], last

    def part(self, start: int, end: int) -> Folded:
        """The folded form of a part; offsets keep pointing into the whole original."""
        return Folded(self.text[start:end], self.at[start:end], self.size)


@remembered(2048)
def fold(text: str) -> Folded:
    """Fold ``text``; see ``Folded``."""
    plain, uneven = _folded(text)
    if not uneven:  # one character for one, as nearly every paragraph
        return Folded(plain, range(len(text)), len(text))
    at: list[int] = []
    for offset, char in enumerate(text):
        if char in uneven:
            at.extend([offset] * uneven[char])
        else:
            at.append(offset)
    return Folded(plain, tuple(at), len(text))


def fold_all(texts: Sequence[str]) -> list[Folded]:
    """``fold`` of each text, the signs of all of them folded at once."""
    forms = {char: _fold_char(char) for char in set(_OTHERS.findall("".join(texts)))}
    even = [(char, form) for char, form in forms.items() if len(form) == 1]
    uneven = [char for char, form in forms.items() if len(form) != 1]

    def one_for_one(text: str) -> str:
        for char, form in even:
            text = text.replace(char, form)
        return text

    return [
        fold(text) if any(map(text.__contains__, uneven)) else Folded(plain, range(len(plain)), len(plain))
        for text, plain in zip(texts, at_once(one_for_one, texts), strict=True)
    ]


def folded_text(text: str) -> str:
    """``fold(text).text`` alone: for whole plans, where nobody asks where a character came from."""
    return _folded(text)[0]


def _folded(text: str) -> tuple[str, dict[str, int]]:
    """The folded text, and the characters that become none or several."""
    uneven: dict[str, int] = {}
    for char in set(_OTHERS.findall(text)):
        folded = _fold_char(char)
        text = text.replace(char, folded)  # safe one after another: what comes out folds to itself
        if len(folded) != 1:
            uneven[char] = len(folded)
    return text, uneven


_OTHERS = re.compile(r"[^\u4e00-\u9fff、。0-9A-Za-z,.;:()%/\-]")
"""Characters that may fold to something else; the rest is nearly all of every plan."""


@lru_cache(maxsize=1024)
def _fold_char(char: str) -> str:
    if char.isspace() or char in _DROPPED:
        return ""
    if char in _SPECIAL:
        return _SPECIAL[char]
    if 0x2460 <= ord(char) <= 0x24FF:  # circled numbers are labels, not figures
        return char
    plain = unicodedata.normalize("NFKC", char)
    return "".join(_SPECIAL.get(c, c) for c in plain if not c.isspace() and c not in _DROPPED)
