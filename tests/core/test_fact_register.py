"""The register of facts."""

from __future__ import annotations

from fengsui.core.fact import UNREGISTERED, register, spec_of


def test_every_fact_has_words_in_both_languages_and_a_question() -> None:
    for spec in register().values():
        assert all((spec.zh, spec.en)), spec.name
        assert spec.question.endswith("？"), spec.name


def test_sums_are_of_registered_facts_of_the_same_unit() -> None:
    for spec in register().values():
        assert all(register()[part].unit == spec.unit for part in spec.sum_of), spec.name


def test_the_facts_asked_first_are_the_harm_done() -> None:
    common = {spec.name for spec in register().values() if spec.common}
    assert common == {
        "deaths",
        "missing",
        "injured_serious",
        "poisoned",
        "people_endangered",
        "evacuated",
        "economic_loss_cny",
    }


def test_a_fact_of_the_plans_own_words_has_a_question_too() -> None:
    spec = spec_of(f"{UNREGISTERED}损毁桥梁", "座")
    assert (spec.zh, spec.unit) == ("损毁桥梁", "座")
    assert "损毁桥梁" in spec.question
    assert spec_of("deaths") is register()["deaths"]
