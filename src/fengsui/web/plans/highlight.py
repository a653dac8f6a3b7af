"""Quotes found again in the text as read, across its line breaks. Pure."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from fengsui.core.reading.blocks import TextLine


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of characters of a line, marked or not."""

    text: str
    marked: bool


@dataclass(frozen=True, slots=True)
class MarkedLine:
    """A line ready to be shown."""

    number: int
    pieces: tuple[Piece, ...]
    hit: bool
    heading: bool = False


def mark(lines: Sequence[TextLine], start: int, quote: str) -> list[MarkedLine]:
    """``lines`` with ``quote`` marked where it begins at line ``start``; else the whole line is the hit.

    Width, blanks and line breaks do not count: reading mends them, the text as it came keeps them.
    """
    spans = _find([line for line in lines if line.number >= start], _plain(quote)) if quote else {}
    return [
        MarkedLine(
            number=line.number,
            pieces=_pieces(line.text, spans.get(line.number)),
            hit=line.number in spans or (not spans and line.number == start),
            heading=line.heading is not None,
        )
        for line in lines
    ]


def _plain(text: str) -> str:
    return "".join(char for char in unicodedata.normalize("NFKC", text) if not char.isspace())


def _find(lines: Sequence[TextLine], wanted: str) -> dict[int, tuple[int, int]]:
    chars: list[str] = []
    places: list[tuple[int, int]] = []
    for line in lines:
        for offset, char in enumerate(line.text):
            for one in unicodedata.normalize("NFKC", char):
                if not one.isspace():
                    chars.append(one)
                    places.append((line.number, offset))
    found = "".join(chars).find(wanted) if wanted else -1
    spans: dict[int, tuple[int, int]] = {}
    for number, offset in places[found : found + len(wanted)] if found >= 0 else []:
        begin, _ = spans.get(number, (offset, 0))
        spans[number] = (begin, offset + 1)
    return spans


def _pieces(text: str, span: tuple[int, int] | None) -> tuple[Piece, ...]:
    if span is None:
        return (Piece(text, False),)
    begin, end = span
    parts = (Piece(text[:begin], False), Piece(text[begin:end], True), Piece(text[end:], False))
    return tuple(part for part in parts if part.text)
