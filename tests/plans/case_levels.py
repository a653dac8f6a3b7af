"""Helper of the case tests: worked answers (gold) as levels, so that grading is tested without reading."""

from __future__ import annotations

import json
import os
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from fengsui.core.citation import Citation
from fengsui.core.fact import FactSpec, register
from fengsui.core.plan.criterion import AllOf, AnyOf, Condition, Criterion, Threshold
from fengsui.core.plan.level import LadderKind, Level, Logic, step

ROOT = Path(__file__).parents[2]
SHARED = Path(os.environ.get("FENGSUI_SHARED", ROOT.parent / "shared"))
CASES = SHARED / "plans" / "cases-sources.json"

_COUNTED = {"人", "间", "户", "个"}
_SUMS = {
    "deaths_or_missing": ("deaths", "missing"),
    "injured_serious_or_poisoned": ("injured_serious", "poisoned"),
    "deaths_and_injured_serious": ("deaths", "injured_serious"),
}


def load(path: Path) -> Any:
    return json.loads(path.read_text("utf-8"), parse_float=Decimal)


@cache
def specs() -> dict[str, FactSpec]:
    """The register, completed with what the worked answers use where it has no entry yet."""
    found = dict(register())
    for path in sorted((SHARED / "plans" / "gold-sources").glob("*.json")):
        for level in load(path).get("levels", []):
            for item in level["criteria"]:
                _complete(found, item)
    for name in ("missing", "poisoned", *_SUMS):
        found.setdefault(name, _spec(name, "人"))
    return found


def _complete(found: dict[str, FactSpec], item: dict[str, Any]) -> None:
    if "metric" in item:
        found.setdefault(item["metric"], _spec(item["metric"], item["unit"]))
    elif item.get("fact"):
        found.setdefault(item["fact"], _spec(item["fact"], ""))
    for part in (*item.get("and_", ()), *item.get("alternatives", ())):
        _complete(found, part)


def _spec(name: str, unit: str) -> FactSpec:
    return FactSpec(
        name=name, unit=unit, zh=name, en=name, integral=unit in _COUNTED, sum_of=_SUMS.get(name, ())
    )


def levels_of(gold: dict[str, Any]) -> tuple[Level, ...]:
    """The worked levels of one plan as ``Level`` objects."""
    undecided = not gold.get("boundary_rule")
    return tuple(_level(item, undecided) for item in gold.get("levels", []))


def _level(item: dict[str, Any], undecided: bool) -> Level:
    kind = LadderKind(item["kind"])
    return Level(
        kind=kind,
        level=step(kind, item["level"]),
        name=item["name"],
        color=item.get("color"),
        hazard=item.get("hazard"),
        subtype=item.get("subtype"),
        logic=Logic(item["logic"]),
        criteria=tuple(_criterion(each, undecided) for each in item["criteria"]),
        source=_cite(item["name"]),
    )


def _cite(text: str) -> Citation:
    return Citation(document="gold", clause="1", line=1, quote=text)


def _criterion(item: dict[str, Any], undecided: bool) -> Criterion:
    text = item["text"]
    own = {key: value for key, value in item.items() if key not in ("and_", "alternatives")}
    if item.get("and_"):
        parts = (_criterion(own, undecided), *(_criterion(each, undecided) for each in item["and_"]))
        return AllOf(parts=parts, text=text, source=_cite(text))
    if item.get("alternatives"):
        parts = (_criterion(own, undecided), *(_criterion(each, undecided) for each in item["alternatives"]))
        return AnyOf(parts=parts, text=text, source=_cite(text))
    if item.get("qualitative"):
        return Condition(
            text=text,
            fact=item.get("fact"),
            out_of_scope=item.get("out_of_scope", False),
            source=_cite(text),
        )
    return _threshold(item, undecided and "以下" in text)


def _threshold(item: dict[str, Any], undecided: bool) -> Threshold:
    low = high = None
    low_included, high_included = True, bool(item.get("hi_inclusive"))
    value = item.get("value")
    match item.get("op"):
        case ">=" | ">":
            low, low_included = value, item["op"] == ">="
        case "<=" | "<":
            high, high_included = value, item["op"] == "<="
        case "==":
            low = high = value
            high_included = True
        case None:
            low, high = item.get("lo"), item.get("hi")
    return Threshold(
        fact=item["metric"],
        unit=item["unit"],
        low=None if low is None else Decimal(low),
        high=None if high is None else Decimal(high),
        low_included=low_included,
        high_included=None if undecided and not high_included else high_included,
        positive=item.get("positive", False),
        window_h=item.get("window_h"),
        window_d=item.get("window_d"),
        cause_fact=item.get("cause_fact"),
        text=item["text"],
        source=_cite(item["text"]),
    )
