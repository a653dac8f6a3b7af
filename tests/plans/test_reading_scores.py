"""What is read out of the source papers, measured against the right answers."""

import pytest
from papers import f1, needs_papers, pooled

pytestmark = [pytest.mark.papers, needs_papers]

THRESHOLDS = {
    "headings": 0.95,
    "values": 0.95,
    "criteria": 0.90,
    "activation": 0.80,
    "units": 0.85,
    "groups": 0.85,
}


@pytest.mark.parametrize(("section", "least"), THRESHOLDS.items())
def test_the_source_plans_are_read_well_enough(section: str, least: float) -> None:
    counts = pooled("gold-sources")[section]
    assert f1(counts) >= least, counts


def test_headings_of_plans_of_other_places_are_read_as_well() -> None:
    assert f1(pooled("gold")["headings"]) >= 0.97
