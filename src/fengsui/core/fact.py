"""Facts (事实) and what is known of them.

Early figures are rarely exact: a ``Figure`` is a range with the manner in which it was said. A fact not
given is unknown; nothing defaults to zero. The register (``facts.toml``) names every fact with its
unit, words and the question that asks for it.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cache
from importlib.resources import files


class Manner(StrEnum):
    """How a figure was said."""

    KNOWN = "known"  # 8
    AT_LEAST = "at_least"  # 至少8
    ABOUT = "about"  # 约8
    RANGE = "range"  # 100至400
    UNKNOWN = "unknown"  # 未知


ABOUT_SPREAD = Decimal("0.2")
"""约8 is kept open by a fifth to either side: an estimate must not settle a level near a bound."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A figure as a closed range in the unit of its fact; None is an open end."""

    low: Decimal | None = None
    high: Decimal | None = None
    manner: Manner = Manner.KNOWN

    @staticmethod
    def exact(value: Decimal | int) -> Figure:
        return Figure(low=Decimal(value), high=Decimal(value))

    @staticmethod
    def at_least(value: Decimal | int) -> Figure:
        return Figure(low=Decimal(value), high=None, manner=Manner.AT_LEAST)

    @staticmethod
    def about(value: Decimal | int) -> Figure:
        around = Decimal(value)
        return Figure(low=around * (1 - ABOUT_SPREAD), high=around * (1 + ABOUT_SPREAD), manner=Manner.ABOUT)

    @staticmethod
    def between(low: Decimal | int | None, high: Decimal | int | None) -> Figure:
        return Figure(
            low=None if low is None else Decimal(low),
            high=None if high is None else Decimal(high),
            manner=Manner.RANGE,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class FactSpec:
    """One entry of the register.

    ``sum_of``: the fact is the sum of these facts (死亡和重伤合计); ``unit`` "" marks a yes/no fact.
    ``integral``: counts whole things. ``words``: how plans say it ("…" is a gap); ``within``: words one of
    which must stand elsewhere in the same criterion. ``windowed``: measured over a period, which the
    threshold carries.
    """

    name: str
    unit: str
    zh: str
    en: str
    question: str = ""
    integral: bool = False
    words: tuple[str, ...] = ()
    sum_of: tuple[str, ...] = ()
    common: bool = False
    within: tuple[str, ...] = ()
    windowed: bool = False

    @property
    def is_figure(self) -> bool:
        return self.unit != ""


@cache
def register() -> dict[str, FactSpec]:
    """The fact register, read once from ``facts.toml`` (package data, not a user's file)."""
    data = tomllib.loads(files(__package__).joinpath("facts.toml").read_text("utf-8"))
    return {
        name: FactSpec(
            name=name,
            unit=entry.get("unit", ""),
            zh=entry["zh"],
            en=entry["en"],
            question=entry.get("question", ""),
            integral=entry.get("integral", False),
            words=tuple(entry.get("words", ())),
            sum_of=tuple(entry.get("sum_of", ())),
            common=entry.get("common", False),
            within=tuple(entry.get("within", ())),
            windowed=entry.get("windowed", False),
        )
        for name, entry in data.items()
    }


UNREGISTERED = "other:"
"""Prefix of a fact the register lacks: ``other:<words of the plan>``. Such a threshold comes with a doubt."""


def spec_of(name: str, unit: str = "") -> FactSpec:
    """The entry for ``name``; one made up from the plan's own words when the register lacks it.

    ``unit`` is used for the latter only (that of the threshold).
    """
    known = register().get(name)
    if known is not None:
        return known
    words = name.removeprefix(UNREGISTERED)
    return FactSpec(
        name=name, unit=unit, zh=words, en=words, question=f"{words}是多少？" if unit else f"{words}？"
    )
