"""What surrounds the plans of the papers: every item is printed where it is said to stand."""

from __future__ import annotations

from typing import Any

import pytest
from papers import SHARED, extracted, needs_papers, source

pytestmark = [pytest.mark.papers, needs_papers]


def tables() -> list[dict[str, Any]]:
    files = [source("000"), source("001"), source("003"), *(SHARED / "plans").glob("[01]6_*.md")]
    return [table for path in files for table in extracted(path)]


def bare(text: str) -> str:
    return "".join(text.split())


def test_every_title_name_and_figure_is_in_the_words_it_rests_on() -> None:
    for table in tables():
        for row in table["references"]:
            assert row["kind"] in ("clause", "annex") or bare(row["title"]) in bare(row["quote"])
        for row in table["resources"]:
            assert bare(row["name"].removesuffix("人员")) in bare(row["quote"])
        for row in table["trainings"]:
            assert bare(row["audience"] or "") in bare(row["quote"])


def test_a_law_of_the_legal_basis_stands_in_its_section() -> None:
    named = [row for table in tables() for row in table["references"] if row["basis"]]
    assert len(named) > 60
    assert {row["kind"] for row in named} <= {"law", "plan", "standard", "document"}


def test_the_plans_above_are_references_of_the_same_plan() -> None:
    for table in tables():
        titles = {row["title"] for row in table["references"]}
        assert set((table["identity"] or {}).get("upper", ())) <= titles
