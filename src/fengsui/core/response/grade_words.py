"""Words for the grades of an event in running text: 特别重大、重大、较大、一般."""

from __future__ import annotations

import re

from fengsui.core.plan.level import Grade

_ROMAN_OF = {"特别重大": "I", "特大": "I", "重大": "II", "较大": "III", "一般": "IV"}
_WORD = re.compile("|".join(_ROMAN_OF))
_EVENT = r"(?:事故|事件|灾害|灾情|险情|火灾|疫情)"
_NAMES_ONE = (
    rf"(?:{_WORD.pattern})[^，。；、造社影伤损]{{0,12}}?(?:{_EVENT}|(?=[、或和及]))"
    r"(?:[（(][^）)]*[）)])?(?:(?:及其|及|或|和)?以上)?"
)
_ONLY_NAMES = re.compile(
    rf"(?:发生|出现|达到|初判为|判定为|确认为|属于)?(?:{_NAMES_ONE}[、或者和及]*)+"
    r"(?:发生|标准|级别|的|时|后)*[，。；]?"
)


def grade_words(text: str) -> tuple[Grade, ...]:
    """The grades named in ``text`` in order (特别重大 is one word, not 重大)."""
    return tuple(Grade(_ROMAN_OF[found.group()]) for found in _WORD.finditer(text))


def named_grades(text: str) -> tuple[Grade, ...]:
    """The grades of a phrase that says nothing else (较大事故, 重大以上事故); nothing for 重大社会影响."""
    bare = "".join(text.split())
    return grade_words(bare) if _ONLY_NAMES.fullmatch(bare) else ()
