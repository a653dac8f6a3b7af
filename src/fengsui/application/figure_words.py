"""Figures in words: 8人, ≥8人, 约8人, 未知; money in 万 and 亿. For screens, reports, messages."""

from __future__ import annotations

from decimal import Decimal

from fengsui.application.wording import word
from fengsui.core.fact import Figure, Manner, register
from fengsui.core.facts_input import spec_of


def number(value: Decimal, unit: str = "", language: str = "zh") -> str:
    """A number without needless zeros; money in 万 or 亿 where that is shorter to read."""
    if unit == "元" and language == "zh":
        for size, name in ((Decimal(10) ** 8, "亿"), (Decimal(10) ** 4, "万")):
            if abs(value) >= size:
                return f"{(value / size).normalize():f}{name}"
    shown = value.quantize(Decimal("0.01")) if value != value.to_integral() else value.to_integral()
    text = f"{shown:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def figure(value: Figure | bool | None, fact: str, language: str) -> str:
    """8人 · ≥8人 · 约8人 · 100至400人 · 未知 · 是 · 否."""
    if value is None:
        return word("web.figure", "unknown", language)
    if isinstance(value, bool):
        return word("web.figure", "yes" if value else "no", language)
    spec = spec_of(fact, register())
    return in_unit(value, spec.unit if spec else "", language)


def in_unit(value: Figure, unit: str, language: str) -> str:
    """A figure with the unit given."""
    tail = unit if language == "zh" else word("web.unit", unit, language) if unit else ""
    low, high = value.low, value.high
    if value.manner is Manner.ABOUT and low is not None and high is not None:
        return word("web.figure", "about", language, n=number((low + high) / 2, unit, language), unit=tail)
    shown_low = "" if low is None else number(low, unit, language)
    shown_high = "" if high is None else number(high, unit, language)
    if low is None and high is None:
        return word("web.figure", "unknown", language)
    if low == high:
        return word("web.figure", "known", language, n=shown_low, unit=tail)
    if high is None:
        return word("web.figure", "at_least", language, n=shown_low, unit=tail)
    if low is None:
        return word("web.figure", "at_most", language, n=shown_high, unit=tail)
    return word("web.figure", "range", language, low=shown_low, high=shown_high, unit=tail)
