"""Bundles and headings of the source papers; numbers and places only, no sentence of theirs."""

import pytest
from papers import extracted, gold, needs_papers, parts, read_for, scorer, source

from fengsui.adapters.read_document import load_document
from fengsui.core.errors import InputError
from fengsui.core.reading.draft import read_plans

pytestmark = [pytest.mark.papers, needs_papers]


def test_the_bundle_falls_into_its_plans() -> None:
    found = [(table["title"], *table["lines"]) for table in extracted(source("003"))]
    assert found == [(title, first, last) for _, title, first, last in parts()]


@pytest.mark.parametrize("prefix", ["002", "004"])
def test_a_five_year_programme_is_no_emergency_plan(prefix: str) -> None:
    document = load_document(source(prefix))
    with pytest.raises(InputError, match="no_plan"):
        read_plans(document.lines, document.id)


def test_the_overall_plan_is_one_plan_numbered_in_decimals() -> None:
    (table,) = extracted(source("000"))
    assert table["numbering"] == "decimal"
    assert [number for number, _ in table["headings"] if "." not in number] == ["1", "2", "3", "4", "5", "6"]


@pytest.mark.parametrize("folder", ["gold", "gold-sources"])
def test_headings_and_numbering_are_those_of_the_right_answers(folder: str) -> None:
    key = scorer().heading_key
    for name, answer in gold(folder).items():
        table = read_for(folder, name)
        if table is None:
            continue
        assert table["numbering"] == answer["numbering"], name
        assert [key(h) for h in table["headings"]] == [key(h) for h in answer["headings"]], name


def test_every_item_says_where_it_stands() -> None:
    for prefix in ("000", "001", "003"):
        for table in extracted(source(prefix)):
            first, last = table["lines"]
            for kind in ("levels", "activation", "termination", "deadlines", "groups", "drills", "revision"):
                for item in table[kind]:
                    assert first <= item["line"] <= last, (prefix, kind, item["line"])
                    assert item["quote"], (prefix, kind, item["line"])
