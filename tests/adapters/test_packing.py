"""Values that go from one process to another arrive as they were."""

from __future__ import annotations

from dataclasses import FrozenInstanceError
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from fengsui.adapters.packing import packed, unpacked
from fengsui.bench.plan_texts import plan_text
from fengsui.core.citation import Citation
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


def test_what_is_no_dataclass_goes_as_ever() -> None:
    mixed = {"when": datetime(2026, 1, 1, tzinfo=UTC), "span": timedelta(hours=2), "n": (Decimal(1), None)}
    assert unpacked(packed(mixed)) == mixed
