"""Levels that a grade reaches by the way they are listed or started, and who starts a warning response."""

from __future__ import annotations

from clock_outline import plan
from plan_lines import levels_of, summary

from fengsui.core.plan.level import LadderKind, WarningLevel
from fengsui.core.reading.extract.activation import extract_activation


def test_colours_that_stand_for_events_have_them_as_their_criterion() -> None:
    found = levels_of(
        "2 监测预警\n2.1 预警分级\n"
        "停水事件预警由高到低用红色、橙色、黄色和蓝色表示，分别对应可能发生特别重大、重大、较大和一般停水事件。\n"
    )
    told = summary(found)
    assert told["warning", "I"] == ["可能发生特别重大停水事件"]
    assert told["warning", "IV"] == ["可能发生一般停水事件"]
    assert not found.doubts


def test_a_paragraph_titled_by_a_grade_that_starts_its_level_is_the_criterion() -> None:
    found = levels_of(
        "3 应急响应\n3.1 分级响应\n"
        "较大停水事件。接到报告后，县水利局立即派人核实，提请县政府启动Ⅲ级响应。\n"
        "一般停水事件。接到报告后，镇政府立即处置，难以控制的请求县政府启动Ⅲ级响应。\n"
    )
    assert summary(found) == {("response", "III"): ["较大停水事件"]}


def test_the_fitting_plan_under_the_heading_of_a_warning_is_that_warning() -> None:
    found = extract_activation(
        plan(
            ("3.1", "预警发布", ["县应急办负责发布黄色预警。"]),
            ("3.2", "黄色预警响应", ["县值班室启动相应应急预案，做好准备。"]),
        )
    ).items
    assert [(item.kind, item.level, item.authority) for item in found] == [
        (LadderKind.WARNING, WarningLevel.III, "县应急办"),
        (LadderKind.WARNING, WarningLevel.III, "县值班室"),
    ]


def test_the_fitting_plan_of_some_unit_is_no_power_of_this_plan() -> None:
    found = extract_activation(plan(("3.1", "先期处置", ["事发单位立即启动相应应急预案。"]))).items
    assert found == ()


def test_whom_somebody_works_with_does_not_propose() -> None:
    (item,) = extract_activation(
        plan(
            (
                "3.1",
                "分级响应",
                ["核实情况，同时与县卫健局配合进行调查，并提请县政府启动Ⅲ级响应。"],
            )
        )
    ).items
    assert (item.authority, item.proposer) == ("县政府", None)


def test_a_period_before_a_figure_that_is_not_counted_over_time_is_asked_about() -> None:
    for said in ("48小时内死亡7人以上", "48小时内，死亡7人以上"):
        found = levels_of(f"2 分级\n2.1 事件分级\n重大事件：{said}。\n一般事件：死亡1人以上。\n")
        assert summary(found)["event_grade", "II"] == [("deaths", 7.0, None)]
        assert [doubt.why for doubt in found.doubts] == ["period_left_out"]


def test_the_period_of_rain_is_kept_and_nobody_is_asked() -> None:
    found = levels_of("2 分级\n2.1 事件分级\n重大事件：24小时内降雨量90毫米以上。\n")
    assert not found.doubts
