"""Chinese, Roman and enclosed numerals as whole numbers (数字识读).

Only what numbering and counting in plans need; figures with 万 and 亿 are read by the phrase grammar.
"""

from __future__ import annotations

import unicodedata

_DIGITS = {
    **{c: i for i, c in enumerate("零一二三四五六七八九")},
    **{c: i for i, c in enumerate("〇壹贰叁肆伍陆柒捌玖")},
    "○": 0,
    "两": 2,
}
_SCALES = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50}

CHINESE_DIGITS = "零〇○一二三四五六七八九十百千两廿"
"""Characters a Chinese whole number below ten thousand is written with."""


def chinese_integer(text: str) -> int | None:
    """The value of a Chinese whole number below 10,000 ("二十一" → 21, "二〇" → 20); None if it is none."""
    text = text.replace("廿", "二十")
    if not text or any(c not in _DIGITS and c not in _SCALES for c in text):
        return None
    if not any(c in _SCALES for c in text):
        if len(text) == 1:
            return _DIGITS[text]
        value = 0
        for char in text:
            value = value * 10 + _DIGITS[char] % 10
        return value
    total, pending = 0, 0
    for char in text:
        if char in _SCALES:
            total += (pending or 1) * _SCALES[char]
            pending = 0
        else:
            pending = _DIGITS[char]
    return total + pending


def roman_integer(text: str) -> int | None:
    """The value of a Roman numeral, also of the single signs Ⅰ … Ⅻ; None if it is none."""
    plain = unicodedata.normalize("NFKC", text).upper()
    if not plain or any(c not in _ROMAN for c in plain):
        return None
    values = [_ROMAN[c] for c in plain]
    pairs = zip(values, [*values[1:], 0], strict=True)
    return sum(-value if value < after else value for value, after in pairs)


def whole_number(text: str) -> int | None:
    """The value of a whole number in Arabic (either width), Chinese, Roman or enclosed (③) form."""
    plain = unicodedata.normalize("NFKC", text).strip()
    if plain.isascii() and plain.isdigit():
        return int(plain[:9])
    value = chinese_integer(plain)
    return value if value is not None else roman_integer(plain)


def chinese_text(number: int) -> str:
    """A whole number from 0 to 9,999 in Chinese counting form (21 → "二十一").

    Raises ValueError outside that range.
    """
    if not 0 <= number <= 9999:
        raise ValueError(f"{number} is not between 0 and 9999")
    if number == 0:
        return "零"
    text, rest, gap = "", number, False
    for scale, sign in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, rest = divmod(rest, scale)
        if digit:
            text += ("零" if gap and text else "") + "零一二三四五六七八九"[digit] + sign
            gap = False
        elif text:
            gap = True
    return text[1:] if text.startswith("一十") else text
