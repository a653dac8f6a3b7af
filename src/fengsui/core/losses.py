"""Losses (损失): what a ledger counts, sums of figures, and whether departments say the same.

Pure. A row without a figure is unknown, so a sum over it is a lower bound and never counts it as zero.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files

from fengsui.core.fact import Figure, Manner


@dataclass(frozen=True, slots=True, kw_only=True)
class LossItem:
    """One item of the register; ``fact`` is fed by its total, ``part_of`` by several of them."""

    name: str
    kind: str
    unit: str
    zh: str
    en: str
    fact: str | None = None
    part_of: str | None = None


@cache
def items() -> dict[str, LossItem]:
    """The register of items, read once from ``losses.toml`` (package data)."""
    data = tomllib.loads(files(__package__).joinpath("losses.toml").read_text("utf-8"))
    return {name: LossItem(name=name, **entry) for name, entry in data.items()}


def total(values: Iterable[Figure | None]) -> Figure | None:
    """The sum; None when nothing at all is known of any of them."""
    listed = tuple(values)
    known = [value for value in listed if value is not None and value.low is not None]
    if not known:
        return None
    low = sum((value.low for value in known if value.low is not None), Decimal(0))
    ends = [value.high for value in known]
    if len(known) < len(listed) or None in ends:
        return Figure(low=low, high=None, manner=Manner.AT_LEAST)
    high = sum((end for end in ends if end is not None), Decimal(0))
    if low == high:
        return Figure(low=low, high=high)
    about = all(value.manner in (Manner.ABOUT, Manner.KNOWN) for value in known)
    return Figure(low=low, high=high, manner=Manner.ABOUT if about else Manner.RANGE)


def facts_from(totals: Mapping[str, Figure]) -> dict[str, Figure]:
    """The facts that totals by item amount to.

    Those moved and those in need may be the same people: together they are at least the larger number and at
    most the sum. Rooms and households are counted once in each class of damage, so these are added.
    """
    found: dict[str, Figure] = {}
    parts: dict[str, list[Figure | None]] = {}
    for name, item in items().items():
        if item.fact is not None and name in totals:
            found[item.fact] = totals[name]
        if item.part_of is not None:
            parts.setdefault(item.part_of, []).append(totals.get(name))
    for fact, values in parts.items():
        known = [value for value in values if value is not None]
        if known:
            found[fact] = _union(known, values) if fact == "evacuated" else total(values) or known[0]
    return found


def _union(known: list[Figure], values: list[Figure | None]) -> Figure:
    if len(known) == 1 and len(values) == 1:
        return known[0]
    low = max(value.low or Decimal(0) for value in known)
    added = total(values)
    high = added.high if added is not None else None
    if high is None:
        return Figure(low=low, high=None, manner=Manner.AT_LEAST)
    return Figure(low=low, high=high, manner=Manner.KNOWN if low == high else Manner.RANGE)


def same(values: Iterable[Figure | None]) -> bool:
    """Whether all of them say the same."""
    return len({(value.low, value.high) if value else None for value in values}) <= 1
