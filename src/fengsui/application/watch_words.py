"""Why two reports may be one, in words."""

from __future__ import annotations

from fengsui.application.wording import word
from fengsui.core.response.likeness import Likeness


def reasons(like: Likeness, language: str = "zh") -> str:
    """Place, time and words that speak for it, as one line."""
    quote = ("“{}”" if language == "zh" else '"{}"').format
    comma = "、" if language == "zh" else ", "
    parts = []
    if like.place_words:
        said = comma.join(quote(text) for text in like.place_words[:3])
        parts.append(word("likeness", "place_words", language, words=said))
    elif like.same_area:
        parts.append(word("likeness", "same_area", language))
    parts.append(word("likeness", "minutes" if like.minutes else "at_once", language, n=like.minutes))
    if like.words:
        parts.append(
            word("likeness", "words", language, words=comma.join(quote(text) for text in like.words))
        )
    return ("；" if language == "zh" else "; ").join(parts)
