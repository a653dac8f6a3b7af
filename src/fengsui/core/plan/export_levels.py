"""Levels as items of the flat table that ``fengsui extract`` prints (see the command contract)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from fengsui.core.plan.criterion import AllOf, AnyOf, Condition, Criterion, Threshold
from fengsui.core.plan.level import BoundaryRule, Level


def level_to_json(level: Level) -> dict[str, Any]:
    """One level; keys that say nothing are left out, except those every level has."""
    item: dict[str, Any] = {
        "kind": level.kind.value,
        "level": level.level.value,
        "name": level.name,
        "color": level.color,
        "hazard": level.hazard,
        "logic": level.logic.value,
        "criteria": [criterion_to_json(criterion) for criterion in level.criteria],
    }
    if level.subtype is not None:
        item["subtype"] = level.subtype
    if level.condition is not None:
        item["and_"] = [criterion_to_json(level.condition)]
    return item | level.source.as_row()


def criterion_to_json(criterion: Criterion) -> dict[str, Any]:
    """One criterion; parts that must hold as well go to ``and_``, other ways to ``alternatives``."""
    if isinstance(criterion, Threshold):
        return _threshold(criterion)
    if isinstance(criterion, Condition):
        return _condition(criterion)
    return _combined(criterion)


def boundary_to_text(rule: BoundaryRule | None) -> str | None:
    """The plan's rule for 以上 and 以下 as printed; None where it states none."""
    return None if rule is None else rule.text


def _combined(criterion: AllOf | AnyOf) -> dict[str, Any]:
    key = "and_" if isinstance(criterion, AllOf) else "alternatives"
    parts = list(criterion.parts)
    # The flat table hangs everything on one figure; conditions follow it.
    first = next((part for part in parts if not isinstance(part, Condition)), parts[0])
    item = criterion_to_json(first)
    rest = [criterion_to_json(part) for part in parts if part is not first]
    return item | {key: [*item.get(key, []), *rest]}


def _threshold(threshold: Threshold) -> dict[str, Any]:
    item: dict[str, Any] = {"metric": threshold.fact}
    low, high = threshold.low, threshold.high
    if low is not None and low == high:
        item |= {"op": "==", "value": _number(low)}
    elif low is not None and high is not None:
        item |= {"lo": _number(low), "hi": _number(high)}
        if threshold.low_included is False:
            item["lo_inclusive"] = False
        item["hi_inclusive"] = bool(threshold.high_included)
    elif low is not None:
        item |= {"op": ">" if threshold.low_included is False else ">=", "value": _number(low)}
    elif high is not None:
        # An end the plan leaves undecided is printed as not included; the draft keeps it undecided.
        item |= {"op": "<=" if threshold.high_included else "<", "value": _number(high)}
    item["unit"] = threshold.unit
    item["text"] = threshold.text
    for key in ("potential", "positive", "window_h", "window_d", "cause_fact"):
        value = getattr(threshold, key)
        if value:
            item[key] = value
    return item | threshold.source.as_row()


def _condition(condition: Condition) -> dict[str, Any]:
    if condition.signal is not None:
        # A signal issued by an office is a value that can be looked up, no judgement.
        named = {"metric": "warning_signal", "op": "==", "value": condition.signal}
        return named | {"text": condition.text} | condition.source.as_row()
    item: dict[str, Any] = {"qualitative": True, "text": condition.text}
    if condition.fact is not None:
        item["fact"] = condition.fact
    if condition.out_of_scope:
        item["out_of_scope"] = True
    return item | condition.source.as_row()


def _number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)
