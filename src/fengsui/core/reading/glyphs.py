"""Glyphs: what a character stands for once layout and damage are taken away.

Texts copied out of PDF files and web pages carry blanks inside words, private glyphs for punctuation
and marks of the mark-up they passed through. ``reading_form`` removes those and nothing else, so a quote of
the reading form is found again in the original when blanks are ignored.
"""

from __future__ import annotations

import re
import unicodedata

_DAMAGED = str.maketrans(
    {
        "ꎬ": "，",
        "ꎮ": "。",
        "ꎻ": "；",
        "ꎺ": "：",
        "ꎥ": "？",
        "ꎤ": "！",
        "\ufeff": None,
        "\u200b": None,
        "\u200c": None,
        "\u200d": None,
        "\u2060": None,
        "\u00ad": None,
        "\u00a0": " ",
        "\u3000": " ",
        "\t": " ",
        "\f": " ",
        "\v": " ",
        "\x00": None,
    }
)
_EMPHASIS = re.compile(r"\*{2,3}|(?<![A-Za-z0-9])__(?=\S)|(?<=\S)__(?![A-Za-z0-9])")
_TAG = re.compile(r"</?[A-Za-z][^<>]{0,300}>")
_BULLET = re.compile(r"^\s*[-*+•●◆■]\s+(?=\S)")
_PRIVATE_POINT = re.compile(r"(?<=\d)\s?[\ue000-\uf8ff]\s?(?=\d)")
_SPREAD_FIGURE = re.compile(r"(?<=[^\d.\s])\s*(\d(?: \d){1,8})(?=\s*[\u4e00-\u9fff%％])")
_BLANKS = re.compile(r"\s+")
TERMINAL = "。；！？：;!?:…"
"""A paragraph may end with one of these."""
OPENING = "（(《“‘「『【〔[〈"
CLOSING = "）)》”’」』】〕]〉"


def is_wide(char: str) -> bool:
    """Whether ``char`` is Chinese writing or its punctuation (no blank belongs beside it)."""
    return ord(char) > 0x2E7F or char in "“”‘’…—·" or 0x2150 <= ord(char) <= 0x24FF


def width(text: str) -> float:
    """Printed width in Chinese characters: an ASCII character counts half."""
    return sum(1.0 if ord(c) > 0x7F else 0.5 for c in text)


def mend_damage(text: str) -> str:
    """``text`` with private glyphs and invisible characters replaced, blanks still in place."""
    return _PRIVATE_POINT.sub(".", text.translate(_DAMAGED))


def without_markup(text: str) -> str:
    """``text`` without emphasis marks, HTML tags and a leading list bullet."""
    return _BULLET.sub("", _EMPHASIS.sub("", _TAG.sub("", text)))


def squeeze(text: str) -> str:
    """Drop every blank next to a wide character; keep one between two words or figures in ASCII.

    The digits of a figure that was spread out (5 0人) come together again.
    """

    def keep(match: re.Match[str]) -> str:
        before, after = match.string[: match.start()][-1:], match.string[match.end() :][:1]
        if not before or not after or is_wide(before) or is_wide(after):
            return ""
        if before in "([,;:" or after in ")],;:.%":
            return ""
        return " "

    return _BLANKS.sub(keep, _SPREAD_FIGURE.sub(lambda m: m[1].replace(" ", ""), text))


def reading_form(text: str) -> str:
    """The line as it is to be read: glyphs mended, mark-up and stray blanks gone."""
    return squeeze(without_markup(mend_damage(text)))


def cell_form(text: str) -> str:
    """Like ``reading_form``, but a blank between two words of a table cell stays (a post and a name).

    Single characters spread out for looks (单 位) are still one word.
    """
    result: list[str] = []
    single = False
    for part in without_markup(mend_damage(text)).split():
        alone = len(part) == 1 and is_wide(part)
        if alone and single and result:
            result[-1] += part
        else:
            result.append(part)
        single = alone
    return " ".join(result)


def key(text: str) -> str:
    """``text`` for comparing: width unified, blanks and punctuation gone, lower case."""
    folded = unicodedata.normalize("NFKC", text)
    return "".join(c for c in folded if c.isalnum()).lower()
