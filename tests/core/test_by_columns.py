"""Frozen values made by columns are those that are made one by one."""

from __future__ import annotations

from dataclasses import FrozenInstanceError

import pytest

from fengsui.core.by_columns import made
from fengsui.core.reading.blocks import TextLine


def test_values_by_columns_are_those_made_one_by_one() -> None:
    texts = ["第一章 总则", "", "1.1 目的"]
    lines = made(TextLine, 3, number=range(1, 4), text=texts)
    assert lines == tuple(TextLine(number=at, text=text) for at, text in enumerate(texts, 1))
    assert made(TextLine, 0, number=[], text=[]) == ()


def test_they_are_frozen() -> None:
    (line,) = made(TextLine, 1, number=[1], text=["总则"])
    with pytest.raises(FrozenInstanceError):
        line.number = 2  # type: ignore[misc]
