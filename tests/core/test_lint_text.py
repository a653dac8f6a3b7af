"""Rules on text copied from elsewhere."""

from __future__ import annotations

from clean_plan import CLEAN, names, planted


def test_a_zone_that_a_town_cannot_have_is_found() -> None:
    assert planted("由总指挥决定启动应急响应。", "由高新区指挥部负责发布预警。") == ["foreign-place"]


def test_a_division_that_a_town_does_not_have_is_found() -> None:
    assert planted("负责堵口。", "负责堵口。\n有关科室派人修堤。") == ["foreign-office"]


def test_a_body_in_place_of_the_area_is_found() -> None:
    text = CLEAN.replace("镇财政所", "镇服务中心").replace("及时抢险，", "掌握全服务中心汛情，")
    assert names(text) == ["replaced-word"]


def test_writing_the_plan_one_level_up_is_found() -> None:
    assert planted("负责巡查堤防，提出预警建议。", "负责巡查堤防，修订市防汛应急预案。") == [
        "plan-of-other-level"
    ]


def test_carrying_out_the_plan_one_level_up_is_no_fault() -> None:
    assert planted("负责巡查堤防，提出预警建议。", "负责巡查堤防，按照市防汛应急预案提出建议。") == []
