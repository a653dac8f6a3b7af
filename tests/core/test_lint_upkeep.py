"""Rules on drills and evaluation."""

from __future__ import annotations

from clean_plan import CLEAN, names, planted


def test_a_plan_without_drills_is_found() -> None:
    text = CLEAN.replace("（一）演练\n镇水利站每年至少组织一次演练。\n（二）", "（一）").replace(
        "（三）解释", "（二）解释"
    )
    assert names(text) == ["drill-missing"]


def test_drills_without_an_interval_are_found() -> None:
    assert planted("镇水利站每年至少组织一次演练。", "镇水利站组织演练。") == ["drill-without-interval"]


def test_evaluation_without_an_interval_is_found() -> None:
    assert planted("本预案每三年评估一次，情况变化时及时修订。", "情况变化时，镇水利站及时修订本预案。") == [
        "evaluation-without-interval"
    ]


def test_drills_that_nobody_is_bound_to_hold_are_found() -> None:
    assert planted("镇水利站每年至少组织一次演练。", "加强演练，提高能力。") == ["drill-without-interval"]
