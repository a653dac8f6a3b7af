"""Values that go from one process to another arrive as they were."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import FrozenInstanceError, fields, is_dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import get_args, get_origin, get_type_hints

import pytest

from fengsui.adapters.packing import packed, unpacked
from fengsui.application.plan_import_ports import ReadText
from fengsui.bench.plan_texts import plan_text
from fengsui.core.citation import Citation
from fengsui.core.plan.model import DraftPlan
from fengsui.core.reading.blocks import TextLine
from fengsui.core.reading.draft import read_plans


def test_a_plan_as_read_arrives_as_it_was() -> None:
    lines = tuple(
        TextLine(number=number, text=text) for number, text in enumerate(plan_text(7, 6_000).split("\n"), 1)
    )
    drafts = read_plans(lines, "0123456789abcdef")
    assert unpacked(packed((lines, drafts))) == (lines, drafts)


def test_what_arrives_is_frozen_again() -> None:
    made = unpacked(packed(Citation(document="d", clause="一", line=1, quote="云州")))
    with pytest.raises(FrozenInstanceError):
        made.line = 2


def test_no_value_of_a_reading_is_a_key_or_an_element_of_a_set() -> None:
    """Such a value would be asked for its hash before its fields have arrived."""
    seen: set[type] = set()

    def hashed_in(annotation: object, inside: bool = False) -> list[type]:
        kind = get_origin(annotation)
        if kind is None and isinstance(annotation, type) and is_dataclass(annotation):
            if annotation in seen:
                return [annotation] if inside else []
            seen.add(annotation)
            hints = get_type_hints(annotation)
            within = [one for field in fields(annotation) for one in hashed_in(hints[field.name])]
            return [annotation, *within] if inside else within
        keys = isinstance(kind, type) and issubclass(kind, Set | Mapping)
        return [one for part in get_args(annotation) for one in hashed_in(part, inside or keys)]

    assert hashed_in(ReadText) == []
    assert DraftPlan in seen
    assert TextLine in seen


def test_what_is_no_dataclass_goes_as_ever() -> None:
    mixed = {"when": datetime(2026, 1, 1, tzinfo=UTC), "span": timedelta(hours=2), "n": (Decimal(1), None)}
    assert unpacked(packed(mixed)) == mixed
