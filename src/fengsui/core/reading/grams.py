"""Text as pairs of neighbouring signs, for an index that finds short words (应急) as well as long.

One function for what is stored and what is asked, so both sides fold alike: Ⅲ and III, ５ and 5, 1．5
and 1.5.
Punctuation within a sentence does not part a phrase (防汛、抗旱 is found by 防汛抗旱).
"""

from __future__ import annotations

import re
import unicodedata
from operator import add

POINT = "点"
"""Stands for the point of 1.5, which the index would take for the end of a word."""
_POINT = re.compile(r"(?<=\d)[.．](?=\d)")
_BREAK = re.compile(r"[。；！？!?;\n]")
_SIGN = re.compile(r"[^\W_]")
_NO_SIGN = re.compile(r"(?:[^\w。；！？!?;\n]|_)+")
"""What neither counts nor ends a sentence."""
_SKIP = r"[\s，、,：:（）()“”\"‘’'《》〈〉〔〕·—\-]*"
_ROMAN = {"iii": "Ⅲⅲ", "ii": "Ⅱⅱ", "iv": "Ⅳⅳ", "i": "Ⅰⅰ", "v": "Ⅴⅴ"}


def signs(text: str) -> str:
    """The signs of ``text`` that count: width unified, lower case, no blanks and punctuation."""
    folded = unicodedata.normalize("NFKC", _POINT.sub(POINT, text)).lower()
    return "".join(_SIGN.findall(_POINT.sub(POINT, folded)))


def grams(text: str) -> list[str]:
    """The pairs of ``text``, sentence by sentence, in order."""
    found: list[str] = []
    for bare in _sentences(text):
        found += map(add, bare, bare[1:])
    return found


def index_words(text: str) -> list[str]:
    """What a text is indexed under: its pairs in order, then each of its signs once."""
    found: list[str] = []
    met: set[str] = set()
    for bare in _sentences(text):
        met.update(bare)
        found += map(add, bare, bare[1:])
    return [*found, *sorted(met)]


def _sentences(text: str) -> list[str]:
    """The signs of each sentence."""
    folded = _POINT.sub(POINT, unicodedata.normalize("NFKC", text).lower())
    return _BREAK.split(_NO_SIGN.sub("", folded))


def words(asked: str) -> tuple[str, ...]:
    """The words of a question, folded; those without any sign are left out."""
    return tuple(dict.fromkeys(bare for part in asked.split() if (bare := signs(part))))


def phrase(word: str) -> tuple[str, ...]:
    """The pairs of a folded word, in order; a single sign as it is."""
    return tuple(word[place : place + 2] for place in range(len(word) - 1)) or (word,)


def finder(word: str) -> re.Pattern[str]:
    """A pattern that finds a folded word in the text as printed, whatever its width and commas."""
    parts: list[str] = []
    place = 0
    while place < len(word):
        roman = next((each for each in _ROMAN if word.startswith(each, place)), None)
        if roman:
            ascii_form = "".join(f"[{sign}{sign.upper()}{_wide(sign + sign.upper())}]" for sign in roman)
            parts.append(f"(?:{ascii_form}|[{_ROMAN[roman]}])")
            place += len(roman)
            continue
        parts.append(_one(word[place], inside=0 < place < len(word) - 1))
        place += 1
    # No IGNORECASE: with it, the search for the first sign is not done in one go.
    return re.compile(_SKIP.join(parts))


def _wide(text: str) -> str:
    return "".join(chr(ord(sign) + 0xFEE0) for sign in text)


def _one(sign: str, inside: bool) -> str:
    if sign == POINT:
        return "[点.．]" if inside else POINT
    if "!" <= sign <= "~":
        return f"[{re.escape(sign)}{sign.upper()}{_wide(sign)}{_wide(sign.upper())}]"
    return re.escape(sign)
