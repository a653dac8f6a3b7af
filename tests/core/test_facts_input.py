"""Facts as entered: what is taken, and what is refused with one sentence."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest

from fengsui.application.wording import sentence
from fengsui.core.errors import InputError
from fengsui.core.fact import FactSpec, Figure
from fengsui.core.facts_input import Knowledge, parse_facts, plain_text, window_of

SPECS = {
    spec.name: spec
    for spec in (
        FactSpec(name="deaths", unit="人", zh="死亡人数", en="Deaths", integral=True),
        FactSpec(name="missing", unit="人", zh="失踪人数", en="Missing", integral=True),
        FactSpec(
            name="deaths_or_missing",
            unit="人",
            zh="死亡含失踪",
            en="Both",
            integral=True,
            sum_of=("deaths", "missing"),
        ),
        FactSpec(name="loss_cny", unit="元", zh="损失", en="Loss"),
        FactSpec(name="rainfall_mm", unit="毫米", zh="降水量", en="Rain"),
        FactSpec(name="temperature_c", unit="℃", zh="气温", en="Temperature"),
        FactSpec(name="toxic_leak", unit="", zh="有毒介质泄漏", en="Toxic leak"),
    )
}


def parse(data: Any) -> Knowledge:
    return parse_facts(data, specs=SPECS)


def test_numbers_ranges_and_answers_are_taken_as_said() -> None:
    known = parse(
        {
            "facts": {
                "deaths": 3,
                "missing": {"min": 2},
                "loss_cny": {"min": 100, "max": 400},
                "toxic_leak": True,
                "rainfall_mm_12h": 30.5,
            }
        }
    )
    assert known.facts["deaths"] == Figure.exact(3)
    assert known.facts["missing"] == Figure.at_least(2)
    assert known.facts["loss_cny"] == Figure.between(100, 400)
    assert known.facts["toxic_leak"] is True
    assert known.facts["rainfall_mm_12h"] == Figure.exact(Decimal("30.5"))
    assert not known.complete


def test_judgements_are_matched_without_blanks_and_width() -> None:
    known = parse({"judgements": {"超出 县（市）处置能力，": True}})
    assert known.judgements == {plain_text("超出县(市)处置能力"): True}
    assert parse({"judgements": False}).no_other_judgement


def test_a_temperature_may_lie_below_zero() -> None:
    assert parse({"facts": {"temperature_c": -12}}).facts["temperature_c"] == Figure.exact(-12)


def test_a_name_may_carry_the_period_it_is_measured_over() -> None:
    assert window_of("rainfall_mm_12h") == ("rainfall_mm", 12)
    assert window_of("rainfall_mm_20d") == ("rainfall_mm", 480)
    assert window_of("outage_600mw_h") is None


REFUSED: list[tuple[Any, str]] = [
    ([], "facts_not_object"),
    (None, "facts_not_object"),
    ({"facts": [1]}, "facts_not_object"),
    ({"deaths": 3}, "facts_unknown_key"),
    ({"facts": {"deaths": "3"}}, "fact_not_number"),
    ({"facts": {"deaths": "12:30"}}, "fact_not_number"),
    ({"facts": {"deaths": None}}, "fact_not_number"),
    ({"facts": {"deaths": True}}, "fact_not_number"),
    ({"facts": {"deaths": [3]}}, "fact_not_number"),
    ({"facts": {"deaths": float("nan")}}, "fact_not_number"),
    ({"facts": {"deaths": float("inf")}}, "fact_not_number"),
    ({"facts": {"deaths": -1}}, "fact_negative"),
    ({"facts": {"deaths": {"min": -1}}}, "fact_negative"),
    ({"facts": {"deaths": 2.5}}, "fact_not_whole"),
    ({"facts": {"loss_cny": 10**30}}, "fact_too_large"),
    ({"facts": {"loss_cny": Decimal("1e999999999")}}, "fact_too_large"),
    ({"facts": {"loss_cny": Decimal("1e-999999999")}}, "fact_too_large"),
    ({"facts": {"deaths": {"min": 5, "max": 2}}}, "fact_range_reversed"),
    ({"facts": {"deaths": {}}}, "fact_range_shape"),
    ({"facts": {"deaths": {"least": 2}}}, "fact_range_shape"),
    ({"facts": {"deaths": {"min": None}}}, "fact_range_shape"),
    ({"facts": {"toxic_leak": 1}}, "facts_not_yes_no"),
    ({"facts": {"death": 1}}, "fact_unknown"),
    ({"facts": {"死亡人数": 1}}, "fact_unknown"),
    ({"facts": {"qqqqqqqq": 1}}, "fact_unknown_no_near"),
    ({"facts": {"deaths": 5, "deaths_or_missing": 3}}, "facts_contradict"),
    ({"facts": {"deaths": 1, "missing": 1, "deaths_or_missing": 3}}, "facts_contradict"),
    ({"complete": "yes"}, "facts_not_yes_no"),
    ({"judgements": True}, "facts_judgements_shape"),
    ({"judgements": {"x": "yes"}}, "facts_judgements_shape"),
    ({"unknown": "deaths"}, "facts_unknown_not_list"),
]


@pytest.mark.parametrize(
    ("data", "code"), REFUSED, ids=[f"{code}-{i}" for i, (_, code) in enumerate(REFUSED)]
)
def test_bad_facts_are_refused_in_one_sentence(data: Any, code: str) -> None:
    with pytest.raises(InputError) as refused:
        parse(data)
    assert refused.value.code == code
    for language in ("zh", "en"):
        said = sentence(refused.value, language)
        assert said != code
        assert "\n" not in said


def test_a_misspelt_name_is_answered_with_the_nearest() -> None:
    with pytest.raises(InputError) as refused:
        parse({"facts": {"death": 1}})
    assert "deaths" in str(refused.value.data["near"])


def test_decimals_of_json_stay_exact() -> None:
    known = parse(json.loads('{"facts": {"loss_cny": 0.1}}', parse_float=Decimal))
    assert known.facts["loss_cny"] == Figure.exact(Decimal("0.1"))
