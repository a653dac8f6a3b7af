"""Cases with right answers: what a correct engine says about them, and what this one says."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest

from fengsui.adapters.read_document import load_document
from fengsui.core.facts_input import parse_facts
from fengsui.core.grading.grade import SchemeGrade, grade_plan
from fengsui.core.plan.level import Level
from fengsui.core.plan.model import PlanContent
from fengsui.core.reading.draft import read_plans
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


@cache
def _read(stem: str) -> tuple[PlanContent, ...]:
    (path,) = (SHARED / "sources").glob(f"{stem}_*.txt")
    document = load_document(path)
    return tuple(draft.content for draft in read_plans(document.lines, document.id))


def _read_plan(plan: str) -> PlanContent:
    """The plan as read, found in a bundle by the lines that the list of its parts gives."""
    stem = plan.split("-")[0]
    if plan == stem:
        return _read(stem)[0]
    rows = (SHARED / "sources" / f"{stem}_parts.tsv").read_text("utf-8").splitlines()
    (row,) = [each.split("\t") for each in rows if each.startswith(f"{plan}\t")]
    first, last = int(row[2]), int(row[3])
    return max(_read(stem), key=lambda each: min(last, each.last_line) - max(first, each.first_line))


def asked_scheme(case: dict[str, Any], levels: tuple[Level, ...], *, only_worked: bool) -> SchemeGrade | None:
    """Grade the case by the ladder it asks for; None when the plan has no ladder of that kind."""
    document = {key: case[key] for key in ("facts", "complete", "unknown", "judgements") if key in case}
    names = specs() if only_worked else None
    graded = grade_plan(levels, parse_facts(document, specs=names), names)
    of_kind = [each for each in graded if each.scheme[0].value == case["kind"]]
    exact = [each for each in of_kind if each.scheme[1:] == (case.get("hazard"), case.get("subtype"))]
    found = exact or (of_kind if len(of_kind) == 1 else [])
    return found[0] if found else None


def is_right(case: dict[str, Any], found: SchemeGrade) -> bool:
    grade = found.grade.value if found.grade else None
    possible = sorted(level.value for level in found.possible)
    expect = case["expect"]
    literal = grade == expect["grade"] and possible == sorted(expect["possible"])
    return literal or any(grade == other["grade"] for other in expect.get("accept", ()))


_EVERY = pytest.mark.parametrize("case", _ALL, ids=[case["id"] for case in _ALL])


@_EVERY
def test_the_engine_answers_every_case_on_the_worked_levels(case: dict[str, Any]) -> None:
    found = asked_scheme(case, levels_of(_gold(case["plan"])), only_worked=True)
    assert found is not None
    assert is_right(case, found), (found.grade, found.possible, case["expect"])


@_EVERY
def test_every_case_is_answered_on_the_levels_as_read(case: dict[str, Any]) -> None:
    found = asked_scheme(case, _read_plan(case["plan"]).levels, only_worked=False)
    assert found is not None, "the ladder was not read"
    assert is_right(case, found), (found.grade, found.possible, case["expect"])
