"""What is read out of the source papers, measured against the right answers."""

import pytest
from papers import f1, needs_papers, pooled
from silent_errors import of_shared_answers

pytestmark = [pytest.mark.papers, needs_papers]

THRESHOLDS = {
    "headings": 0.95,
    "values": 0.97,
    "criteria": 0.94,
    "judgements": 0.85,
    "activation": 0.90,
    "units": 0.85,
    "groups": 0.85,
}


@pytest.mark.parametrize(("section", "least"), THRESHOLDS.items())
def test_the_source_plans_are_read_well_enough(section: str, least: float) -> None:
    counts = pooled("gold-sources")[section]
    assert f1(counts) >= least, counts


def test_headings_of_plans_of_other_places_are_read_as_well() -> None:
    assert f1(pooled("gold")["headings"]) >= 0.97


@pytest.mark.parametrize(
    ("section", "least"),
    {"values": 0.97, "criteria": 0.94, "judgements": 0.85, "activation": 0.90}.items(),
)
def test_criteria_of_plans_of_other_places_are_read_as_well(section: str, least: float) -> None:
    counts = pooled("gold")[section]
    assert f1(counts) >= least, counts


def test_no_figure_is_wrong_or_missed_without_a_doubt(capsys: pytest.CaptureFixture[str]) -> None:
    figures, errors = of_shared_answers()
    with capsys.disabled():
        print(f"\nsilent errors: {len(errors)} of {figures} figures")
    assert not errors, "\n".join(map(str, errors))
