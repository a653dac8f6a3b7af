"""Folded text: one spelling for what plans spell in many ways, each character knowing where it came from."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache

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


@dataclass(frozen=True, slots=True)
class Folded:
    """``text`` in folded form; ``at[i]`` is the offset in the original of character ``i``.

    Width is unified (（ becomes "("), signs become letters (Ⅲ → III), blanks and mark-up residue are gone.
    """

    text: str
    at: tuple[int, ...]
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


def fold(text: str) -> Folded:
    """Fold ``text``; see ``Folded``."""
    folded = [_fold_char(char) for char in text]
    at = [offset for offset, plain in enumerate(folded) for _ in plain]
    return Folded("".join(folded), tuple(at), len(text))


@cache
def _fold_char(char: str) -> str:
    if char.isspace() or char in _DROPPED:
        return ""
    if char in _SPECIAL:
        return _SPECIAL[char]
    if 0x2460 <= ord(char) <= 0x24FF:  # circled numbers are labels, not figures
        return char
    return "".join(c for c in unicodedata.normalize("NFKC", char) if not c.isspace())
