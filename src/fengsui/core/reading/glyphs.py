"""Glyphs: what a character stands for once layout and damage are taken away.

Texts copied out of PDF files and web pages carry blanks inside words, private glyphs for punctuation
and marks of the mark-up they passed through. ``reading_form`` removes those and nothing else, so a quote of
the reading form is found again in the original when blanks are ignored.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from fengsui.core.reading.at_once import at_once

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
_N_LEVEL = "N级"
_FOUR = re.compile("(?<![A-Za-z0-9])N(?=级)")
"""How recognition of scanned pages reads Ⅳ级."""
_EMPHASIS = re.compile(r"\*{2,3}|(?<![A-Za-z0-9])__(?=\S)|(?<=\S)__(?![A-Za-z0-9])")
_TAG = re.compile(r"</?[A-Za-z][^<>]{0,300}>")
_BULLET = re.compile(r"^\s*[-*+•●◆■]\s+(?=\S)")
_PRIVATE = re.compile(r"[\ue000-\uf8ff]")
_PRIVATE_POINT = re.compile(r"(?<=\d)\s?[\ue000-\uf8ff]\s?(?=\d)")
_SPREAD = re.compile(r"[0-9０-９] [0-9０-９]")
_SPREAD_FIGURE = re.compile(r"(?<=[^\d.\s])\s*(\d(?: \d){1,8})(?=\s*[\u4e00-\u9fff%％])")
_SIGNS = "".join(chr(code) for code in _DAMAGED)
_UNUSUAL = re.compile(f"[{_SIGNS}]")
LONGEST_GAP = 8
"""Blanks in a row that are kept of a longer gap: what tells columns and pages apart needs no more."""
_LONG_GAP = re.compile(rf"\s{{{LONGEST_GAP + 1},}}")
_GAP = " " * (LONGEST_GAP + 1)
_YI_MARK = re.compile("[\ua3a0-\ua3bf]")
_UNEVEN = re.compile(rf"[{_SIGNS.replace(chr(9), '')}\ue000-\uf8ff]|\s{{{LONGEST_GAP + 1},}}")
# What is neither Chinese writing nor its punctuation (see ``is_wide``) nor a blank.
_NARROW = r"\u0000-\u0008\u000e-\u001b!-\u0084\u0086-\u009f\u00a1-\u00b6\u00b8-\u167f\u1681-\u1fff"
_NARROW += r"\u200b-\u2013\u2015-\u2017\u201a\u201b\u201e-\u2025\u2027\u202a-\u202e\u2030-\u205e"
_NARROW += r"\u2060-\u214f\u2500-\u2e7f"
_KEPT_BLANK = re.compile(rf"(?<=[{_NARROW}])(?<![(\[,;:])\s+(?![)\],;:.%])(?=[{_NARROW}])")
_ORGAN = (
    r"委员会|办公室|指挥部|领导小组|人民政府|政府|省委|市委|县委|区委|州委|党委|团委|管委会|办事处|委|厅|局|部队|支队|大队|中队"
    r"|队|公司|中心|院|站"
)
_NAME_BEFORE = re.compile(rf"[\u4e00-\u9fff]{{1,12}}(?:{_ORGAN})$")
_NAME_AFTER = re.compile(
    rf"(?:(?:省|市|县|区|州|旗|盟|乡|镇|师|团|国家|国务院|自治区|兵团)[\u4e00-\u9fff]{{0,9}}?(?:{_ORGAN})(?![员长门分])"
    r"|武警|民兵|街道办事处|村委会|驻军)"
)
_NAME_ENDS = "会室部组府委处厅局队司心院站"
_NAME_STARTS = "省市县区州旗盟乡镇师团国自兵武民街村驻"
_LOST_MARK = re.compile(r"(?<=[\u4e00-\u9fff]) (?=[\u4e00-\u9fff])")
TERMINAL = "。；！？：;!?:…"
"""A paragraph may end with one of these."""
OPENING = "（(《“‘「『【〔[〈"
CLOSING = "）)》”’」』】〕]〉"


WIDE_FROM = "\u2e80"


def is_wide(char: str) -> bool:
    """Whether ``char`` is Chinese writing or its punctuation (no blank belongs beside it)."""
    return char >= WIDE_FROM or char in "“”‘’…—·" or 0x2150 <= ord(char) <= 0x24FF


def width(text: str) -> float:
    """Printed width in Chinese characters: an ASCII character counts half."""
    return len(text) - 0.5 * len(text.encode("ascii", "ignore"))


def mend_damage(text: str) -> str:
    """``text`` with private glyphs and invisible characters replaced, blanks still in place."""
    if _UNUSUAL.search(text):
        text = text.translate(_DAMAGED)
    if _N_LEVEL in text:
        text = _FOUR.sub("Ⅳ", text)
    return _PRIVATE_POINT.sub(".", text) if _PRIVATE.search(text) else text


def even_forms(lines: Sequence[str]) -> list[str]:
    """``even_form`` of each line."""
    plain = at_once(_usual_blanks, lines)
    if _is_even("".join(plain)):
        return plain
    return list(map(even_form, lines))


def _usual_blanks(text: str) -> str:
    return text.replace("\u3000", " ").replace("\xa0", " ")


def _is_even(plain: str) -> bool:
    # What is invisible or private is never printable.
    return plain.isprintable() and _N_LEVEL not in plain and _GAP not in plain and not _YI_MARK.search(plain)


def even_form(line: str) -> str:
    """``line`` mended, its tabs kept and overlong gaps cut short, so that no pattern runs wild on them."""
    plain = _usual_blanks(line)
    if _is_even(plain):
        return plain  # as most lines are
    if _N_LEVEL not in plain and not _UNEVEN.search(line):
        return line
    text = "\t".join(map(mend_damage, line.split("\t")))
    return _LONG_GAP.sub(lambda gap: "\t" if "\t" in gap[0] else gap[0][:LONGEST_GAP], text)


def without_markup(text: str) -> str:
    """``text`` without emphasis marks, HTML tags and a leading list bullet."""
    plain = "<" not in text and "*" not in text and "_" not in text
    if plain and (text[:1] >= WIDE_FROM or not _BULLET.match(text)):
        return text
    return _BULLET.sub("", _EMPHASIS.sub("", _TAG.sub("", text)))


def damaged_spans(text: str) -> list[tuple[int, int, str]]:
    """The parts of ``text`` that reading takes away or puts another sign for: begin, end, what it reads."""
    spans = [(found.start(), found.end(), "") for found in _TAG.finditer(text)]
    spans += [(found.start(), found.end(), "") for found in _EMPHASIS.finditer(text)]
    spans += [(found.start(), found.end(), ".") for found in _PRIVATE_POINT.finditer(text)]
    spans += [(found.start(), found.end(), "Ⅳ") for found in _FOUR.finditer(text)]
    for found in _UNUSUAL.finditer(text):
        spans.append((found.start(), found.end(), (_DAMAGED[ord(found[0])] or "").strip()))
    result: list[tuple[int, int, str]] = []
    for span in sorted(spans):
        if not result or span[0] >= result[-1][1]:
            result.append(span)
    return result


def squeeze(text: str) -> str:
    """Drop every blank next to a wide character; keep one between two words or figures in ASCII.

    The digits of a figure that was spread out (5 0人) come together again.
    """
    words = text.split()
    if len(words) < 2:
        return words[0] if words else ""
    for word in words:
        if word[-1] < WIDE_FROM:
            break
    else:
        return _joined(words)  # no blank to keep, no figure spread out
    if _SPREAD.search(text):
        text = _SPREAD_FIGURE.sub(lambda m: m[1].replace(" ", ""), text)
    return " ".join(_joined(part.split()) for part in _KEPT_BLANK.split(text))


def _joined(words: Sequence[str]) -> str:
    """Words without the blanks between them, but for one that stands where 、 was lost between two names."""
    text = words[0] if words else ""
    for before, after in pairwise(words):
        lost = after[0] in _NAME_STARTS and before[-1] in _NAME_ENDS and is_lost_mark(before, after)
        text += f" {after}" if lost else after
    return text


def with_lost_marks(text: str) -> tuple[str, str]:
    """``text`` with 、 for each blank ``squeeze`` kept between two names, and those names as printed."""
    found = _LOST_MARK.search(text)
    if found is None:
        return text, ""
    return _LOST_MARK.sub("、", text), text[max(0, found.start() - 6) : found.end() + 6]


def is_lost_mark(before: str, after: str) -> bool:
    """Whether two texts with a blank between them end and begin with the whole name of a body each."""
    return _NAME_BEFORE.search(before[-16:]) is not None and _NAME_AFTER.match(after) is not None


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


LONGEST_CACHED = 120
"""Longer texts are compared once and would only fill the cache."""


def key(text: str) -> str:
    """``text`` for comparing: width unified, blanks and punctuation gone, lower case."""
    return _short_key(text) if len(text) <= LONGEST_CACHED else _key(text)


_MARKS = re.compile("[，。、；：？！（）《》“”]+")
"""Marks that no form of Unicode makes letters of."""


def _key(text: str) -> str:
    # Without its marks nearly every text is in the normal form already, and to see that is quick.
    bare = _MARKS.sub("", text)
    if not unicodedata.is_normalized("NFKC", bare):
        bare = unicodedata.normalize("NFKC", text)
    return "".join(filter(str.isalnum, bare)).lower()


_short_key = lru_cache(maxsize=4096)(_key)
