"""Many plans and incidents, made by varying a few.

Levels are those of the demo plans where the checkout has them, else an invented ladder; each copy has its
own bounds, as counties set theirs. A seed makes every run the same.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from functools import cache
from pathlib import Path
from random import Random

from fengsui.adapters.read_document import load_document
from fengsui.core.citation import Citation
from fengsui.core.fact import Figure, register
from fengsui.core.plan.criterion import AllOf, AnyOf, Condition, Criterion, Threshold
from fengsui.core.plan.level import LadderKind, Level, step
from fengsui.core.reading.draft import read_plans

SEED = 20260101
Facts = dict[str, Figure | bool]
Plan = tuple[Level, ...]

_FACTORS = tuple(
    Decimal(text) for text in ("0.2", "0.3", "0.5", "0.6", "0.8", "1", "1", "1", "1.5", "2", "3")
)
_MOST = {
    "deaths": 40,
    "missing": 9,
    "injured_serious": 120,
    "economic_loss_cny": 120_000_000,
    "evacuated": 60_000,
}
_HERE = Citation(document="bench", clause="1.4", line=1, quote="")
_BOUNDS: dict[str, tuple[int, ...]] = {
    "deaths": (3, 10, 30),
    "injured_serious": (10, 50, 100),
    "economic_loss_cny": (10_000_000, 50_000_000, 100_000_000),
    "evacuated": (1_000, 10_000, 50_000),
}


@cache
def model_plans() -> tuple[Plan, ...]:
    """The levels of the demo plans that have criteria; an invented ladder where there are none."""
    found = []
    for folder in (Path.cwd(), *Path(__file__).parents):
        files = sorted((folder / "demo" / "yunzhou" / "plans").glob("*.docx"))
        if files:
            for path in files:
                document = load_document(path)
                found += [draft.content.levels for draft in read_plans(document.lines, document.id)]
            break
    plans = tuple(levels for levels in found if any(level.criteria for level in levels))
    return plans or (invented_plan(),)


def invented_plan() -> Plan:
    """Four levels, each reached by any of four figures or by a judgement."""
    levels = []
    for place, roman in enumerate(("IV", "III", "II", "I")):
        criteria: list[Criterion] = []
        for fact, bounds in _BOUNDS.items():
            low = Decimal(bounds[place - 1]) if place else None
            high = Decimal(bounds[place]) if place < len(bounds) else None
            criteria.append(
                Threshold(
                    fact=fact,
                    unit=register()[fact].unit,
                    low=low,
                    high=high,
                    positive=low is None,
                    text=f"{fact} {roman}",
                    source=_HERE,
                )
            )
        criteria.append(Condition(text=f"云州认为需要{roman}级处置", source=_HERE))
        levels.append(
            Level(
                kind=LadderKind.EVENT_GRADE,
                level=step(LadderKind.EVENT_GRADE, roman),
                name=roman,
                criteria=tuple(criteria),
                source=_HERE,
            )
        )
    return tuple(levels)


def varied_plans(count: int) -> list[Plan]:
    """``count`` plans: the model plans in turn, each copy with bounds of its own."""
    chance = Random(SEED)
    models = model_plans()
    return [varied_plan(models[number % len(models)], chance, number) for number in range(count)]


def varied_plan(plan: Plan, chance: Random, number: int) -> Plan:
    """The levels of ``plan`` with bounds of their own."""
    # One factor a fact and plan, so that the bands of a ladder still follow each other.
    factors: dict[str, Decimal] = {}

    def vary(item: Criterion) -> Criterion:
        if isinstance(item, AllOf | AnyOf):
            return replace(item, parts=tuple(map(vary, item.parts)))
        if isinstance(item, Condition):
            return item if item.fact else replace(item, text=f"{item.text}（{number}）")
        factor = factors.setdefault(item.fact, chance.choice(_FACTORS))
        return replace(item, low=_scaled(item.low, factor), high=_scaled(item.high, factor))

    return tuple(
        replace(
            level,
            criteria=tuple(map(vary, level.criteria)),
            condition=None if level.condition is None else vary(level.condition),
        )
        for level in plan
    )


def _scaled(bound: Decimal | None, factor: Decimal) -> Decimal | None:
    if bound is None:
        return None
    scaled = bound * factor
    return max(Decimal(1), scaled.to_integral_value()) if bound >= 1 else scaled


def varied_incidents(count: int) -> list[Facts]:
    """First reports as they come in: two to five facts, known, at least, about or within a range."""
    chance = Random(SEED + 1)
    return [_incident(chance) for _ in range(count)]


def _incident(chance: Random) -> Facts:
    most = {
        "deaths": 40,
        "injured_serious": 120,
        "economic_loss_cny": 120_000_000,
        "evacuated": 60_000,
        "missing": 9,
    }
    names = chance.sample(sorted(most), chance.randint(2, 5))
    facts: Facts = {name: _figure(chance, int(most[name] * chance.random() ** 3)) for name in names}
    if chance.random() < 0.3:
        facts["cross_county"] = chance.random() < 0.5
    return facts


def _figure(chance: Random, value: int) -> Figure:
    manner = chance.random()
    if manner < 0.5:
        return Figure.exact(value)
    if manner < 0.75:
        return Figure.at_least(value)
    return Figure.about(value) if manner < 0.9 else Figure.between(value, 2 * value)
