"""The same threshold tables in engines that others use, in the same run: zen-engine and json-logic.

They know neither ranges nor unknown facts, so the comparison is on exact, complete facts and on criteria
that are figures; answers must agree before a time is reported.
"""

from __future__ import annotations

import importlib
import json
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from functools import cache
from typing import Any

from fengsui.bench.registry import Samples, Scale, Skipped, bench, once, quantile
from fengsui.bench.varied import Plan, varied_incidents, varied_plans
from fengsui.core.fact import Figure, register
from fengsui.core.facts_input import Knowledge
from fengsui.core.grading.evaluate import READINGS, accepted, figure_name
from fengsui.core.grading.grade import by_scheme
from fengsui.core.grading.index import GradingIndex
from fengsui.core.grading.ranges import is_integral
from fengsui.core.plan.criterion import FactName, Threshold
from fengsui.core.plan.level import Level, Logic

_INCIDENTS = 5
Row = tuple[str, Threshold]
"""A level in Roman and one band that reaches it."""
World = dict[FactName, float]


@cache
def tables(plans: int) -> tuple[list[Plan], list[list[Row]]]:
    """Ladders of figures alone: as levels for Fengsui and as rows, gravest first, for the others."""
    ladders = [
        kept
        for plan in varied_plans(plans)
        for levels in by_scheme(plan).values()
        if (kept := tuple(map(_figures_only, levels))) and all(each.criteria for each in kept)
    ]
    rows = [
        [
            (level.level.value, item)
            for level in sorted(levels, key=lambda each: each.level.rank)
            for item in level.criteria
            if isinstance(item, Threshold)
        ]
        for levels in ladders
    ]
    return ladders, rows


def _figures_only(level: Level) -> Level:
    kept = tuple(
        replace(item, low_included=True, high_included=bool(item.high_included), cause_fact=None)
        for item in level.criteria
        if isinstance(item, Threshold)
    )
    return replace(level, criteria=kept, condition=None, logic=Logic.ANY)


@cache
def worlds(plans: int) -> tuple[tuple[Knowledge, World], ...]:
    """Exact facts, as Fengsui takes them and with every figure of the tables spelt out for the others."""
    _, rows = tables(plans)
    names = {figure_name(item) for table in rows for _, item in table}
    return tuple(
        (Knowledge(facts=facts, complete=True), _spelt(facts, names))
        for facts in ({**_exact(each)} for each in varied_incidents(_INCIDENTS))
    )


def _exact(facts: dict[str, Figure | bool]) -> dict[FactName, Figure | bool]:
    return {
        name: Figure.exact((value.low or Decimal(0)).to_integral_value())
        for name, value in facts.items()
        if isinstance(value, Figure)
    }


def _spelt(facts: dict[str, Figure | bool], names: set[FactName]) -> World:
    def number(name: FactName) -> float:
        value = facts.get(name)
        if isinstance(value, Figure):
            return float(value.low or 0)
        spec = register().get(name)
        return sum(map(number, spec.sum_of)) if spec and spec.sum_of else 0.0

    return {name: number(name) for name in sorted(names)}


def _ours(plans: int) -> tuple[list[float], list[list[str | None]]]:
    ladders, _ = tables(plans)
    index = GradingIndex(ladders)
    times: list[float] = []
    answers: list[list[str | None]] = []
    for facts in varied_incidents(2 * _INCIDENTS)[_INCIDENTS:]:
        index.grade(Knowledge(facts=facts, complete=True))
    for knowledge, _world in worlds(plans):
        times.append(once(lambda knowledge=knowledge: index.grade(knowledge), "ms"))  # type: ignore[misc]
        found = index.grade(knowledge).outcomes
        answers.append([each.grade.value if each.grade else None for each in found])
    return times, answers


def _against(name: str, plans: int, judge: Callable[[World], list[str | None]]) -> Samples:
    ours, expected = _ours(plans)
    times: list[float] = []
    differ = 0
    for (_, world), answer in zip(worlds(plans), expected, strict=True):
        got: list[list[str | None]] = []
        times.append(once(lambda world=world, got=got: got.append(judge(world)), "ms"))  # type: ignore[misc]
        differ += sum(one != other for one, other in zip(got[0], answer, strict=True))
    return Samples(
        times,
        also=[
            (f"{name}-fengsui-same-tables", quantile(ours, 0.5), "ms"),
            (f"{name}-ratio", quantile(times, 0.5) / quantile(ours, 0.5), "times fengsui"),
            (f"{name}-answers-that-differ", float(differ), "ladders"),
        ],
    )


def _load(module: str, package: str) -> Any:
    try:
        return importlib.import_module(module)
    except ImportError:
        raise Skipped(f"{package} is not installed") from None


@bench("peer-zen-engine", "ms")
def zen_engine(scale: Scale) -> Samples:
    """zen-engine: one decision table a ladder, first hit wins."""
    zen = _load("zen", "zen-engine")
    engine = zen.ZenEngine()
    made = [(engine.create_decision(json.dumps(_zen_table(rows))), rows) for rows in tables(scale.plans)[1]]

    def judge(world: World) -> list[str | None]:
        return [(decision.evaluate(world)["result"] or {}).get("level") for decision, _ in made]

    return _against("peer-zen-engine", scale.plans, judge)


def _zen_table(rows: list[Row]) -> dict[str, Any]:
    names = sorted({figure_name(item) for _, item in rows})
    inputs = [{"id": name, "name": name, "field": name} for name in names]
    rules = [
        {
            "_id": str(number),
            **dict.fromkeys(names, ""),
            figure_name(item): _zen_cell(item),
            "o": f'"{level}"',
        }
        for number, (level, item) in enumerate(rows)
    ]
    table = {
        "hitPolicy": "first",
        "inputs": inputs,
        "outputs": [{"id": "o", "name": "level", "field": "level"}],
        "rules": rules,
    }
    nodes = [
        {"id": "in", "name": "in", "type": "inputNode", "content": {}},
        {"id": "table", "name": "table", "type": "decisionTableNode", "content": table},
        {"id": "out", "name": "out", "type": "outputNode", "content": {}},
    ]
    edges = [
        {"id": "a", "type": "edge", "sourceId": "in", "targetId": "table"},
        {"id": "b", "type": "edge", "sourceId": "table", "targetId": "out"},
    ]
    return {"contentType": "application/vnd.gorules.decision", "nodes": nodes, "edges": edges}


def _zen_cell(item: Threshold) -> str:
    return " and ".join(f"{sign} {number}" for sign, number in _comparisons(item))


def _comparisons(item: Threshold) -> list[tuple[str, float]]:
    low, high = accepted(item, READINGS[0], is_integral(item.fact, register()))
    found = []
    if low[0].is_finite():
        found.append((">=" if low[1] == 0 else ">", float(low[0])))
    if high[0].is_finite():
        found.append(("<=" if high[1] == 0 else "<", float(high[0])))
    return found


@bench("peer-json-logic", "ms")
def json_logic(scale: Scale) -> Samples:
    """json-logic: one rule a ladder, gravest level first."""
    logic = _load("json_logic", "json-logic-qubit").jsonLogic
    rules = [_json_rule(rows) for rows in tables(scale.plans)[1]]

    def judge(world: World) -> list[str | None]:
        return [logic(rule, world) for rule in rules]

    return _against("peer-json-logic", scale.plans, judge)


def _json_rule(rows: list[Row]) -> dict[str, Any]:
    branches: list[Any] = []
    for level, item in rows:
        tests = [{sign: [{"var": figure_name(item)}, number]} for sign, number in _comparisons(item)]
        branches += [{"and": tests}, level]
    return {"if": [*branches, None]}
