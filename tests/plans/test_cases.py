"""Cases with right answers: what a correct engine says about them, and what this one says."""

from __future__ import annotations

from typing import Any

import pytest

from fengsui.core.facts_input import parse_facts
from fengsui.core.grading.grade import SchemeGrade, grade_plan
from fengsui.core.plan.level import Level
from plans.case_levels import CASES, SHARED, levels_of, load, specs

pytestmark = [
    pytest.mark.papers,
    pytest.mark.skipif(not CASES.exists(), reason="the source papers are not beside the checkout"),
]

_ALL = load(CASES) if CASES.exists() else []


def _gold(plan: str) -> dict[str, Any]:
    (path,) = (SHARED / "plans" / "gold-sources").glob(f"{plan}_*.json")
    found: dict[str, Any] = load(path)
    return found


def asked_scheme(case: dict[str, Any], levels: tuple[Level, ...]) -> SchemeGrade:
    """Grade the case by the ladder it asks for."""
    document = {key: case[key] for key in ("facts", "complete", "unknown", "judgements") if key in case}
    knowledge = parse_facts(document, specs=specs())
    wanted = (case["kind"], case.get("hazard"), case.get("subtype"))
    (found,) = [
        each
        for each in grade_plan(levels, knowledge, specs())
        if (each.scheme[0].value, *each.scheme[1:]) == wanted
    ]
    return found


def is_right(case: dict[str, Any], found: SchemeGrade) -> bool:
    grade = found.grade.value if found.grade else None
    possible = sorted(level.value for level in found.possible)
    expect = case["expect"]
    literal = grade == expect["grade"] and possible == sorted(expect["possible"])
    return literal or any(grade == other["grade"] for other in expect.get("accept", ()))


@pytest.mark.parametrize("case", _ALL, ids=[case["id"] for case in _ALL])
def test_the_engine_answers_every_case_on_the_worked_levels(case: dict[str, Any]) -> None:
    found = asked_scheme(case, levels_of(_gold(case["plan"])))
    assert is_right(case, found), (found.grade, found.possible, case["expect"])
