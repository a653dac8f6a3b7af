"""Grading criteria as rows of a form, and back: a fact with bounds, or a judgement in words. Pure.

A level holds several criteria; each is one row, or several rows that hold together (all of them, any of
them). What is nested deeper is shown as its phrase and kept as it is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any

from fengsui.core.errors import InputError
from fengsui.core.fact import register, spec_of
from fengsui.web import parse, show

Faults = dict[str, str]
"""What is wrong, by field of the form; the code of a sentence of the table ``form_fault``."""

JOINS = {"one": "", "all": "AllOf", "any": "AnyOf"}
INCLUDED = {"yes": True, "no": False}
NUMBERS = ("low", "high", "window_h", "window_d")
KEPT = ("AllOf", "AnyOf")


@dataclass(frozen=True, slots=True)
class Row:
    """One criterion as typed: ``at`` its place in the form ("c.0.1"), ``was`` its place in the item read."""

    at: str
    was: str = ""
    fact: str = ""
    low: str = ""
    low_in: str = "yes"
    high: str = ""
    high_in: str = "no"
    window_h: str = ""
    window_d: str = ""
    potential: bool = False
    text: str = ""
    unit: str = ""
    nested: bool = False
    faults: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """Rows that make one criterion together; ``join`` one, all or any."""

    at: str
    join: str
    rows: tuple[Row, ...]


@cache
def fact_names() -> dict[str, str]:
    """Facts of the register by their Chinese words."""
    return {spec.zh: name for name, spec in register().items()}


def groups(data: list[Any], typed: Mapping[str, Any] | None, faults: Faults) -> tuple[Group, ...]:
    """The criteria of a level as groups of rows, as read or as typed; with an empty one to add another."""
    if typed is not None:
        return _typed_groups(data, typed, faults)
    found = []
    for number, criterion in enumerate(data):
        parts = criterion.get("parts") if criterion.get("type") in KEPT else None
        join = {"AllOf": "all", "AnyOf": "any"}.get(criterion.get("type", ""), "one")
        rows = [
            _row(f"c.{number}.{place}", f"{number}.{place}" if parts else str(number), part)
            for place, part in enumerate(parts or [criterion])
        ]
        found.append(Group(f"c.{number}", join, tuple(rows)))
    found.append(Group(f"c.{len(data)}", "one", (Row(at=f"c.{len(data)}.0"),)))
    return tuple(found)


def condition_row(data: Any, typed: Mapping[str, Any] | None, faults: Faults) -> Row:
    """What must hold besides, as one row."""
    if typed is not None:
        return _typed_row("x.0.0", data, typed, faults)
    return _row("x.0.0", "0", data) if data else Row(at="x.0.0")


def _row(at: str, was: str, data: Mapping[str, Any]) -> Row:
    kind, text = data.get("type"), str(data.get("text", ""))
    if kind in KEPT:
        return Row(at=at, was=was, text=text, nested=True)
    fact = str(data.get("fact") or "")
    words = spec_of(fact, str(data.get("unit", ""))).zh if fact else ""
    if kind != "Threshold":
        return Row(at=at, was=was, fact=words, text=text, potential=bool(data.get("potential")))
    unit = str(data.get("unit", ""))
    return Row(
        at=at,
        was=was,
        fact=words,
        low=_number(data.get("low"), unit),
        low_in=_included(data.get("low_included")),
        high=_number(data.get("high"), unit),
        high_in=_included(data.get("high_included")),
        window_h=str(data.get("window_h") or ""),
        window_d=str(data.get("window_d") or ""),
        potential=bool(data.get("potential")),
        text=text,
        unit=unit,
    )


def _number(value: Any, unit: str) -> str:
    if value is None:
        return ""
    shown = show.number(Decimal(str(value)), unit)
    # What is shown is saved again: rounded figures must not be.
    return shown if parse.number(shown) == Decimal(str(value)) else str(value)


def _included(value: Any) -> str:
    return "unsaid" if value is None else ("yes" if value else "no")


def values(typed: Mapping[str, Any], name: str) -> list[str]:
    """Everything typed under ``name``, whether the form is a QueryDict or a plain mapping."""
    getlist = getattr(typed, "getlist", None)
    if getlist is not None:
        return [str(one) for one in getlist(name)]
    given = typed.get(name, [])
    return [str(one) for one in given] if isinstance(given, list | tuple) else [str(given)]


def _one(typed: Mapping[str, Any], name: str) -> str:
    given = values(typed, name)
    return given[0].strip() if given else ""


def _places(typed: Mapping[str, Any]) -> dict[int, list[int]]:
    """The rows that were sent: group number → row numbers."""
    found: dict[int, set[int]] = {}
    for name in typed:
        match = re.match(r"c\.(\d{1,4})\.(\d{1,4})\.", name)
        if match:
            found.setdefault(int(match.group(1)), set()).add(int(match.group(2)))
    return {group: sorted(rows) for group, rows in sorted(found.items())}


def _typed_groups(data: list[Any], typed: Mapping[str, Any], faults: Faults) -> tuple[Group, ...]:
    return tuple(
        Group(
            f"c.{group}",
            _one(typed, f"c.{group}.join") or "one",
            tuple(
                _typed_row(f"c.{group}.{row}", _at(data, _one(typed, f"c.{group}.{row}.was")), typed, faults)
                for row in rows
            ),
        )
        for group, rows in _places(typed).items()
    )


def _typed_row(at: str, data: Any, typed: Mapping[str, Any], faults: Faults) -> Row:
    def said(name: str) -> str:
        return _one(typed, f"{at}.{name}")

    return Row(
        at=at,
        was=said("was"),
        fact=said("fact"),
        low=said("low"),
        low_in=said("low_in"),
        high=said("high"),
        high_in=said("high_in"),
        window_h=said("window_h"),
        window_d=said("window_d"),
        potential=said("potential") == "yes",
        text=said("text"),
        nested=isinstance(data, dict) and data.get("type") in KEPT and said("keep") != "",
        faults=tuple(sorted({code for name, code in faults.items() if name.startswith(f"{at}.")})),
    )


def _at(data: list[Any], was: str) -> Any:
    """The criterion that a row was made of; None for a new row."""
    group, _, part = was.partition(".")
    if not group.isdigit() or int(group) >= len(data):
        return None
    found = data[int(group)]
    if not part:
        return found
    parts = found.get("parts") or []
    return parts[int(part)] if part.isdigit() and int(part) < len(parts) else None


def read(data: list[Any], typed: Mapping[str, Any], source: Mapping[str, Any], faults: Faults) -> list[Any]:
    """The criteria as typed, in codec form; empty rows are left out, faults are added."""
    result = []
    for group, rows in _places(typed).items():
        parts = [
            part
            for row in rows
            if (part := _criterion(f"c.{group}.{row}", data, typed, source, faults)) is not None
        ]
        join = JOINS.get(_one(typed, f"c.{group}.join"), "")
        if len(parts) > 1 and not join:
            faults[f"c.{group}.join"] = "no_join"
        if len(parts) > 1 and join:
            result.append(_joined(join, parts, _same_parent(data, typed, group, rows), source))
        else:
            result += parts
    return result


def _same_parent(data: list[Any], typed: Mapping[str, Any], group: int, rows: list[int]) -> Mapping[str, Any]:
    was = next((_one(typed, f"c.{group}.{row}.was") for row in rows), "")
    parent = _at(data, was.partition(".")[0]) if "." in was else None
    return parent if isinstance(parent, dict) else {}


def _joined(
    join: str, parts: list[Any], before: Mapping[str, Any], source: Mapping[str, Any]
) -> dict[str, Any]:
    text = str(before.get("text") or "，".join(str(part.get("text", "")) for part in parts))
    return {"type": join, "parts": parts, "text": text, "source": before.get("source") or dict(source)}


def read_condition(
    data: Any, typed: Mapping[str, Any], source: Mapping[str, Any], faults: Faults
) -> dict[str, Any] | None:
    """What must hold besides, as typed."""
    return _criterion("x.0.0", [data] if data else [], typed, source, faults)


def _criterion(
    at: str, data: list[Any], typed: Mapping[str, Any], source: Mapping[str, Any], faults: Faults
) -> dict[str, Any] | None:
    before = _at(data, _one(typed, f"{at}.was"))
    base: dict[str, Any] = dict(before) if isinstance(before, dict) else {}
    if base.get("type") in KEPT:
        return base if _one(typed, f"{at}.keep") else None
    words, text = _one(typed, f"{at}.fact"), _one(typed, f"{at}.text")
    figures = {name: _figure(typed, f"{at}.{name}", faults) for name in NUMBERS}
    bounded = figures["low"] is not None or figures["high"] is not None
    if not words and not text and not bounded:
        return None
    base.setdefault("source", dict(source))
    base["text"] = text or str(base.get("text") or source.get("quote", ""))
    base["potential"] = _one(typed, f"{at}.potential") == "yes"
    fact = _fact(words, base)
    if words and fact is None:
        faults[f"{at}.fact"] = "no_such_fact"
        return base
    if not bounded:
        return _judgement(at, base, fact, faults)
    if fact is None:
        faults[f"{at}.fact"] = "no_fact"
        return base
    return _threshold(at, base, fact, figures, typed, faults)


def _judgement(at: str, base: dict[str, Any], fact: str | None, faults: Faults) -> dict[str, Any]:
    if fact is not None and spec_of(fact, str(base.get("unit", ""))).is_figure:
        faults[f"{at}.low"] = "no_bound"
    result = {"type": "Condition", "out_of_scope": False}
    result |= {name: base[name] for name in ("text", "potential", "out_of_scope", "source") if name in base}
    return result if fact is None else {**result, "fact": fact}


def _threshold(
    at: str,
    base: dict[str, Any],
    fact: str,
    figures: Mapping[str, str | None],
    typed: Mapping[str, Any],
    faults: Faults,
) -> dict[str, Any]:
    spec = spec_of(fact, str(base.get("unit", "")))
    if not spec.is_figure:
        faults[f"{at}.fact"] = "fact_without_figure"
    low, high = figures["low"], figures["high"]
    if low is not None and high is not None and Decimal(low) > Decimal(high):
        faults[f"{at}.high"] = "bounds_crossed"
    keep = ("text", "potential", "positive", "cause_fact", "source")
    result = {"type": "Threshold", "positive": low is None}
    result |= {name: base[name] for name in keep if name in base}
    result |= {"fact": fact, "unit": spec.unit}
    result |= {name: value for name, value in (("low", low), ("high", high)) if value is not None}
    # The codec leaves out None, which then means the usual bound: an unsaid one must be written.
    result["low_included"] = INCLUDED.get(_one(typed, f"{at}.low_in"))
    result["high_included"] = INCLUDED.get(_one(typed, f"{at}.high_in"))
    result |= {name: int(Decimal(str(figures[name]))) for name in ("window_h", "window_d") if figures[name]}
    return result


def _figure(typed: Mapping[str, Any], name: str, faults: Faults) -> str | None:
    text = _one(typed, name)
    if not text:
        return None
    try:
        return format(parse.number(text), "f")
    except InputError:
        faults[name] = "not_a_number"
        return None


def _fact(words: str, base: Mapping[str, Any]) -> str | None:
    """The name of a fact by its words; a fact the register lacks stays what it was."""
    if not words:
        return None
    before = str(base.get("fact") or "")
    if before and spec_of(before, str(base.get("unit", ""))).zh == words:
        return before
    known = fact_names().get(words)
    if known is None and words in register():
        return words
    return known
