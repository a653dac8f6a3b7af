"""Days as plans print them: 2024年12月16日, 二〇二〇年七月一日, 2025-9-24."""

from __future__ import annotations

import re
from datetime import date

from fengsui.core.reading.numerals import chinese_integer

_YEAR = r"(?:(?:19|20)\d\d|[二一][〇○零0OoОО九][〇○零0OoОО一二三四五六七八九]{2})"
_PART = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
DAY = rf"{_YEAR}\s*(?:年|[-.／/])\s*{_PART}\s*(?:月|[-.／/])\s*{_PART}(?:\s*日)?"
"""A whole day: year, month and day; a month alone is no day."""

_DAY = re.compile(
    rf"(?P<y>{_YEAR})\s*(?:年|[-.／/])\s*(?P<m>{_PART})\s*(?:月|[-.／/])\s*(?P<d>{_PART})(?!\d)"
)
_ZERO = str.maketrans({sign: "〇" for sign in "○零0OoОО"})


def day_of(text: str) -> date | None:
    """The first day printed in ``text``; None where there is none or it is in no calendar."""
    match = _DAY.search(text)
    if match is None:
        return None
    year = match["y"] if match["y"].isdigit() and match["y"].isascii() else match["y"].translate(_ZERO)
    numbers = [
        int(each) if each.isascii() and each.isdigit() else chinese_integer(each)
        for each in (year, match["m"], match["d"])
    ]
    if None in numbers:
        return None
    try:
        return date(*(each for each in numbers if each is not None))
    except ValueError:
        return None
