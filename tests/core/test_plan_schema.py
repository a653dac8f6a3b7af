"""The published schema of a plan, and plans of every shape through JSON and back."""

from __future__ import annotations

import json
import os
from dataclasses import fields, is_dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import Enum
from pathlib import Path
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fengsui.core.plan.codec import from_data, to_data
from fengsui.core.plan.criterion import AllOf, AnyOf, Condition, Threshold
from fengsui.core.plan.schema import PlanDocument, first_fault, plan_schema

PUBLISHED = Path(__file__).resolve().parents[2] / "docs" / "plan.schema.json"
SCHEMA = plan_schema()

PLAIN: dict[Any, st.SearchStrategy[Any]] = {
    str: st.text(alphabet='州县一二。1.Ⅳ"\\\n', max_size=6),
    bool: st.booleans(),
    int: st.integers(0, 9_999),
    Decimal: st.decimals(allow_nan=False, allow_infinity=False, min_value=-9, max_value=10**12, places=2),
    timedelta: st.integers(0, 10**6).map(lambda minutes: timedelta(minutes=minutes)),
    date: st.dates(),
}


def values(kind: Any, depth: int = 0) -> st.SearchStrategy[Any]:
    """Any value of a type of the plan; criteria nest twice at most."""
    origin, parts = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType):
        nested = {AllOf, AnyOf} if depth > 2 else set()
        return st.one_of(
            *(
                st.none() if part is type(None) else values(part, depth)
                for part in parts
                if part not in nested
            )
        )
    if origin is tuple and parts[-1] is Ellipsis:
        return st.lists(st.deferred(lambda: values(parts[0], depth + 1)), max_size=2).map(tuple)
    if origin is tuple:
        return st.tuples(*(values(part, depth) for part in parts))
    if isinstance(kind, type) and issubclass(kind, Enum):
        return st.sampled_from(kind)
    if is_dataclass(kind):
        hints = get_type_hints(kind)
        given_fields = {spec.name: values(hints[spec.name], depth) for spec in fields(kind)}
        return st.builds(kind, **given_fields)
    return PLAIN[kind]


def in_json(document: PlanDocument) -> Any:
    head = {"format": "fengsui-plan", "version": 1}
    return json.loads(json.dumps(head | to_data(document), ensure_ascii=False))


def test_the_published_schema_is_the_present_one() -> None:
    text = json.dumps(SCHEMA, ensure_ascii=False, indent=2) + "\n"
    if os.environ.get("FENGSUI_GOLDEN") == "write":
        PUBLISHED.write_text(text, "utf-8")
    assert PUBLISHED.read_text("utf-8") == text, "write it again: make golden"


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(values(PlanDocument))
def test_any_plan_keeps_to_the_schema_and_comes_back_as_it_was(document: PlanDocument) -> None:
    data = in_json(document)
    assert first_fault(SCHEMA, data) is None
    assert from_data(PlanDocument, data) == document


def test_the_schema_knows_every_kind_of_criterion() -> None:
    names = {kind.__name__ for kind in (Threshold, Condition, AllOf, AnyOf)}
    assert names <= SCHEMA["$defs"].keys()


EXAMPLE: dict[str, Any] = {
    "format": "fengsui-plan",
    "version": 1,
    "type": "PlanDocument",
    "draft": {
        "type": "DraftPlan",
        "content": {
            "type": "PlanContent",
            "title": "云州预案",
            "document": "d",
            "first_line": 1,
            "last_line": 9,
            "numbering": "decimal",
        },
    },
}


def changed(path: str, value: Any) -> Any:
    data = json.loads(json.dumps(EXAMPLE))
    *above, last = path.split(".")
    place = data
    for name in above:
        place = place[name]
    place[last] = value
    return data


@pytest.mark.parametrize(
    ("path", "value", "fault"),
    [
        ("draft.content.title", 5, "draft.content.title"),
        ("draft.content.first_line", True, "draft.content.first_line"),
        ("draft.content.numbering", "roman", "draft.content.numbering"),
        ("draft.content.units", [{"type": "PlanUnit", "name": "县应急局"}], "draft.content.units.0.source"),
        ("draft.content.levels", {"a": 1}, "draft.content.levels"),
        ("draft.content.unknown", 1, "draft.content.unknown"),
        ("draft.type", "Plan", "draft.type"),
        ("kind", "unheard", "kind"),
        ("bindings", [["县应急局"]], "bindings.0"),
        ("version", 2, "version"),
    ],
)
def test_what_breaks_the_schema_is_named_by_its_path(path: str, value: Any, fault: str) -> None:
    assert first_fault(SCHEMA, EXAMPLE) is None
    assert first_fault(SCHEMA, changed(path, value)) == fault


def test_a_wrong_figure_inside_a_criterion_is_named() -> None:
    source = {"type": "Citation", "clause": "1", "document": "d", "line": 1, "quote": "死亡"}
    threshold = {
        "type": "Threshold",
        "fact": "deaths",
        "unit": "人",
        "low": "三",
        "text": "死亡",
        "source": source,
    }
    level = {
        "type": "Level",
        "kind": "event_grade",
        "level": "Grade.I",
        "name": "特别重大",
        "criteria": [threshold],
        "source": source,
    }
    fault = first_fault(SCHEMA, changed("draft.content.levels", [level]))
    assert fault == "draft.content.levels.0.criteria.0.low"


def test_an_outside_validator_agrees_where_there_is_one() -> None:
    jsonschema = pytest.importorskip("jsonschema")
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    jsonschema.validate(EXAMPLE, SCHEMA)
