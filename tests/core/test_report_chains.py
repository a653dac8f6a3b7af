"""Report edges whose parts stand apart: titled items, receivers said before, notices, work without a doer."""

from __future__ import annotations

import pytest
from clock_outline import plan

from fengsui.core.plan.reporting import Deadline
from fengsui.core.reading.extract.deadlines import extract_deadlines


def read(*texts: str, title: str = "信息报告") -> tuple[Deadline, ...]:
    return extract_deadlines(plan(("4", title, list(texts)))).items


def test_an_item_of_a_list_is_told_by_its_title_and_reports_to_whom_the_list_reports() -> None:
    outline = plan(
        (
            "4",
            "报告内容",
            [
                "凡发生一般以上事故的，必须上报县应急局、北沙镇人民政府。",
                "首次报告。知悉后30分钟内上报。首次报告的内容包括时间、地点、单位和伤亡人数。",
                "总结报告。处置结束后7日内上报。",
            ],
        )
    )
    found = extract_deadlines(outline)
    assert [(item.what, item.to, item.within) for item in found.items] == [
        ("首次报告", ("县应急局", "北沙镇人民政府"), "30分钟"),
        ("总结报告", ("县应急局", "北沙镇人民政府"), "7日"),
    ]
    assert [doubt.why for doubt in found.doubts] == ["receiver_said_before"] * 2
    assert found.items[0].contents[0] == "时间"


def test_who_acts_in_the_sentence_before_reports_in_this_one() -> None:
    found = read("接到电话后，镇值班室派人到场。核实情况并及时向县政府报告。", title="先期处置")
    assert [(item.who, item.to, item.within) for item in found] == [("镇值班室", ("县政府",), "及时")]


def test_important_matters_go_to_whom_the_daily_report_goes() -> None:
    found = read("各镇每日17时前向县指挥部办公室报告一次，重要情况随时报告。", title="响应措施")
    assert [(item.who, item.to, item.within or item.every) for item in found] == [
        ("各镇", ("县指挥部办公室",), "1日"),
        ("各镇", ("县指挥部办公室",), "随时"),
    ]


def test_a_notice_in_a_section_on_reporting_is_an_edge() -> None:
    (item,) = read("县农业局核实后，应当立即通报县卫健局和县应急局。", title="事件报告")
    assert (item.who, item.to) == ("县农业局", ("县卫健局", "县应急局"))


def test_a_notice_among_the_measures_is_a_measure() -> None:
    assert read("县农业局及时通报县卫健局。", title="响应措施") == ()


def test_a_bulletin_goes_to_whom_it_is_sent_and_to_whom_it_is_shown() -> None:
    (item,) = read("县减灾办每日12时前编发《灾情简报》报县委、县政府，并向市减灾办通报。", title="响应措施")
    assert item.to == ("县委", "县政府", "市减灾办")


def test_work_that_is_the_subject_of_its_sentence_is_nobodys_named_before() -> None:
    found = read("县应急局组织调查。事故的调查和评估工作原则上在响应结束后60天内完成。", title="调查评估")
    (item,) = [one for one in found if one.within == "60天"]
    assert (item.who, item.after, item.modal) == (None, "响应结束后", "原则上")
    assert "调查和评估工作" in item.what


@pytest.mark.parametrize(
    "reporter", ["北沙中学", "第二小学", "东河幼儿园", "云州炼油厂", "东河水库", "食品生产经营者"]
)
def test_schools_works_and_reservoirs_report(reporter: str) -> None:
    (item,) = read(f"{reporter}应当在1小时内向县应急局报告。")
    assert (item.who, item.to) == (reporter, ("县应急局",))


def test_whoever_an_event_befell_reports_it() -> None:
    (item,) = read("发生可能与饮水有关的群体不适的单位，应当在2小时内向县卫健局报告。")
    assert item.who == "发生可能与饮水有关的群体不适的单位"
