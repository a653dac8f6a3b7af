"""Where each character read stands in a line as it came, so that a quote can be marked there."""

from __future__ import annotations

import unicodedata

from fengsui.core.reading.glyphs import damaged_spans

Placed = tuple[str, list[int]]


def plain_with_places(text: str) -> Placed:
    """``text`` without blanks, mark-up and damage, of one width, and for each character its offset.

    Quotes put through it too are found in lines put through it, whatever reading has mended.
    """
    chars: list[str] = []
    places: list[int] = []
    at = 0
    for begin, end, instead in [*damaged_spans(text), (len(text), len(text), "")]:
        for offset in range(at, begin):
            char = text[offset]
            usual = char.isascii() or "\u4e00" <= char <= "\u9fff"
            for one in char if usual else unicodedata.normalize("NFKC", char):
                if not one.isspace():
                    chars.append(one)
                    places.append(offset)
        for one in unicodedata.normalize("NFKC", instead):
            chars.append(one)
            places.append(begin)
        at = end
    return "".join(chars), places
