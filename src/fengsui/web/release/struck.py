"""A statement with the words that were corrected struck through; nothing is ever left out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of the text; ``by`` is the place of the correction that strikes it, None: it holds."""

    text: str
    by: int | None = None


def pieces(text: str, wrong: Iterable[str]) -> tuple[Piece, ...]:
    """``text`` cut where words of ``wrong`` stand in it, all of it kept in order."""
    found = [Piece(text)]
    for place, words in enumerate(wrong):
        if words:
            found = [part for piece in found for part in _cut(piece, words, place)]
    return tuple(piece for piece in found if piece.text)


def _cut(piece: Piece, words: str, place: int) -> list[Piece]:
    if piece.by is not None or words not in piece.text:
        return [piece]
    parts: list[Piece] = []
    for number, part in enumerate(piece.text.split(words)):
        if number:
            parts.append(Piece(words, place))
        parts.append(Piece(part))
    return parts
