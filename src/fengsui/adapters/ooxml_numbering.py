"""Automatic numbering of .docx: what the word processor prints before a paragraph and the text lacks.

Follows ECMA-376 part 1, 17.9: a paragraph names a numbering instance (w:num) and a level; the instance
names an abstract definition with formats; instances of one definition count together unless they restart.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from lxml import etree

from fengsui.adapters.ooxml_package import attribute, child, is_on, local, value, whole
from fengsui.core.reading.numerals import chinese_text

LEVELS = 9


@dataclass(slots=True)
class _Level:
    format: str = "decimal"
    text: str = ""
    start: int = 1
    legal: bool = False
    restart: int | None = None
    style: str | None = None


@dataclass(slots=True)
class _Definition:
    levels: dict[int, _Level] = field(default_factory=dict)
    style_link: str | None = None
    counters: list[int | None] = field(default_factory=lambda: [None] * LEVELS)


@dataclass(slots=True)
class _Instance:
    definition: str
    overrides: dict[int, _Level] = field(default_factory=dict)
    starts: dict[int, int] = field(default_factory=dict)
    used: bool = False


class Numbering:
    """The numbering part with its running counters; ask for labels in document order."""

    def __init__(self, part: etree._Element | None, style_numbers: dict[str, str]) -> None:
        """``style_numbers``: numbering instance by style id, for definitions that point to a style."""
        self._definitions: dict[str, _Definition] = {}
        self._instances: dict[str, _Instance] = {}
        self._style_numbers = style_numbers
        for element in part if part is not None else ():
            if local(element) == "abstractNum":
                self._definitions[attribute(element, "abstractNumId") or ""] = _definition(element)
            elif local(element) == "num":
                self._instances[attribute(element, "numId") or ""] = _instance(element)

    def level_of_style(self, number: str, style: str) -> int | None:
        """The level a definition ties to a paragraph style, None if it ties none."""
        definition = self._definition_of(number)
        if definition is None:
            return None
        return next((i for i, level in definition.levels.items() if level.style == style), None)

    def next_label(self, number: str, depth: int) -> str | None:
        """Count one paragraph of instance ``number`` at ``depth`` (0-based) and return its printed label.

        None for an unknown instance, a bullet, or a level that prints nothing.
        """
        instance, definition = self._instances.get(number), self._definition_of(number)
        if instance is None or definition is None or not 0 <= depth < LEVELS:
            return None
        self._restart(instance, definition)
        counters = definition.counters
        level = self._level(instance, definition, depth)
        counters[depth] = level.start if counters[depth] is None else (counters[depth] or 0) + 1
        for above in range(depth):
            if counters[above] is None:
                counters[above] = self._level(instance, definition, above).start
        for below in range(depth + 1, LEVELS):
            limit = self._level(instance, definition, below).restart
            if limit != 0 and (limit is None or depth < limit):
                counters[below] = None
        return self._print(instance, definition, level)

    def _definition_of(self, number: str) -> _Definition | None:
        for _ in range(4):  # a chain of style links is one step in practice
            instance = self._instances.get(number)
            definition = self._definitions.get(instance.definition) if instance else None
            if definition is None or definition.style_link is None or definition.levels:
                return definition
            number = self._style_numbers.get(definition.style_link, "")
        return None

    def _restart(self, instance: _Instance, definition: _Definition) -> None:
        if instance.used:
            return
        instance.used = True
        for depth, start in instance.starts.items():
            definition.counters[depth] = start - 1
            for below in range(depth + 1, LEVELS):
                definition.counters[below] = None

    def _level(self, instance: _Instance, definition: _Definition, depth: int) -> _Level:
        return instance.overrides.get(depth) or definition.levels.get(depth) or _Level()

    def _print(self, instance: _Instance, definition: _Definition, level: _Level) -> str | None:
        if level.format == "bullet" or not level.text:
            return None

        def counted(match: re.Match[str]) -> str:
            depth = int(match[1]) - 1
            count = definition.counters[depth] if 0 <= depth < LEVELS else None
            own = self._level(instance, definition, depth)
            number = own.start if count is None else count
            return formatted(number, "decimal" if level.legal else own.format)

        return re.sub(r"%([1-9])", counted, level.text).strip() or None


def _definition(element: etree._Element) -> _Definition:
    result = _Definition(style_link=value(element, "numStyleLink"))
    for item in element:
        if local(item) == "lvl":
            result.levels[whole(attribute(item, "ilvl")) or 0] = _read_level(item)
    return result


def _read_level(element: etree._Element) -> _Level:
    number_format = child(element, "numFmt")
    if number_format is None:
        # Word wraps newer formats in mc:AlternateContent with a plain fallback.
        number_format = next((item for item in element.iter() if local(item) == "numFmt"), None)
    return _Level(
        format=attribute(number_format, "val") or "decimal",
        text=value(element, "lvlText") or "",
        start=_or(whole(value(element, "start")), 1),
        legal=is_on(child(element, "isLgl")),
        restart=whole(value(element, "lvlRestart")),
        style=value(element, "pStyle"),
    )


def _instance(element: etree._Element) -> _Instance:
    result = _Instance(definition=value(element, "abstractNumId") or "")
    for item in element:
        if local(item) != "lvlOverride":
            continue
        depth = whole(attribute(item, "ilvl")) or 0
        if not 0 <= depth < LEVELS:
            continue
        start = value(item, "startOverride")
        if start is not None:
            result.starts[depth] = _or(whole(start), 1)
        level = child(item, "lvl")
        if level is not None:
            result.overrides[depth] = _read_level(level)
    return result


def _or(number: int | None, default: int) -> int:
    return default if number is None else number


def formatted(number: int, style: str) -> str:
    """``number`` in a numbering format of OOXML; an unknown format counts in decimal."""
    if number < 0 or number > 9999:
        return str(number)
    return _FORMATS.get(style, str)(number)


def _roman(number: int) -> str:
    text = ""
    for size, sign in zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        ("M", "CM", "D", "CD", "C", "XC", "L", "XL", "X", "IX", "V", "IV", "I"),
        strict=True,
    ):
        text += sign * (number // size)
        number %= size
    return text


def _letters(number: int) -> str:
    # After z come aa, bb, cc: the letter is repeated.
    if number == 0:
        return ""
    turns, place = divmod(number - 1, 26)
    return chr(ord("A") + place) * (turns + 1)


def _range(first: int, last: int, base: int, fallback: Callable[[int], str]) -> Callable[[int], str]:
    return lambda number: chr(base + number - first) if first <= number <= last else fallback(number)


def _digits(signs: str) -> Callable[[int], str]:
    return lambda number: "".join(signs[int(digit)] for digit in str(number))


def _cycle(signs: str) -> Callable[[int], str]:
    return lambda number: signs[(number - 1) % len(signs)] if number else ""


def _legal(number: int) -> str:
    plain = chinese_text(number)
    plain = "一" + plain if plain.startswith("十") else plain
    return plain.translate(str.maketrans("一二三四五六七八九十百千", "壹贰叁肆伍陆柒捌玖拾佰仟"))


_FORMATS: dict[str, Callable[[int], str]] = {
    "none": lambda number: "",
    "decimalZero": lambda number: f"{number:02d}",
    "decimalFullWidth": _digits("０１２３４５６７８９"),
    "decimalFullWidth2": _digits("０１２３４５６７８９"),
    "upperRoman": _roman,
    "lowerRoman": lambda number: _roman(number).lower(),
    "upperLetter": _letters,
    "lowerLetter": lambda number: _letters(number).lower(),
    "numberInDash": lambda number: f"- {number} -",
    "chineseCounting": chinese_text,
    "chineseCountingThousand": chinese_text,
    "japaneseCounting": chinese_text,
    "taiwaneseCounting": chinese_text,
    "taiwaneseCountingThousand": chinese_text,
    "koreanCounting": chinese_text,
    "japaneseDigitalTenThousand": _digits("〇一二三四五六七八九"),
    "ideographDigital": _digits("〇一二三四五六七八九"),
    "taiwaneseDigital": _digits("〇一二三四五六七八九"),
    "chineseLegalSimplified": _legal,
    "japaneseLegal": _legal,
    "ideographTraditional": _cycle("甲乙丙丁戊己庚辛壬癸"),
    "ideographZodiac": _cycle("子丑寅卯辰巳午未申酉戌亥"),
    "decimalEnclosedCircle": _range(1, 20, 0x2460, str),
    "decimalEnclosedCircleChinese": _range(1, 20, 0x2460, str),
    "decimalEnclosedParen": _range(1, 20, 0x2474, lambda number: f"({number})"),
    "decimalEnclosedFullstop": _range(1, 20, 0x2488, lambda number: f"{number}."),
    "ideographEnclosedCircle": _range(1, 10, 0x3280, chinese_text),
}
