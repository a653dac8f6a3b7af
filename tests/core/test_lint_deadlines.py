"""Reports and their clocks: plans of an invented place with one fault each."""

from __future__ import annotations

import pytest
from lint_plans import names, read

PLAN = """云州防汛应急预案
一、总则
本预案适用于云州行政区域内的洪水。
二、信息报告
{report}
三、后期处置
{after}
四、附则
本预案自发布之日起施行。
"""
REPORT = (
    "乡镇人民政府发现险情后，应当在30分钟内电话报告县防汛指挥部。\n"
    "县防汛指挥部接到报告后，应当在1小时内向州防汛指挥部办公室报告。"
)
AFTER = "响应终止后30日内，州水利局形成评估报告，报州人民政府。"


def faults(report: str = REPORT, after: str = AFTER) -> set[str]:
    return names(read(PLAN.format(report=report, after=after)), "R")


def test_reports_with_clock_and_receiver_have_no_fault() -> None:
    assert faults() == set()


@pytest.mark.parametrize(
    ("report", "fault"),
    [
        ("乡镇人民政府发现险情后，应当及时报告县防汛指挥部。", "no-report-deadline"),
        ("各单位做好防汛值班工作。", "no-report-deadline"),
        (REPORT + "\n重要险情信息由指挥长签署意见后，再上报省防汛指挥部。", "gate-before-report"),
        (REPORT + "\n州水利局应当在2小时内将灾情会商审核、经领导同意后，报告省水利厅。", "gate-inside-clock"),
        (REPORT.replace("县防汛指挥部接到报告后，", "县防汛指挥部"), "clock-without-event"),
        (REPORT.replace("1小时", "3日"), "report-slower-than-law"),
    ],
)
def test_a_fault_planted_in_the_reports_is_found(report: str, fault: str) -> None:
    assert fault in faults(report=report)


def test_a_summary_due_at_no_time_is_found() -> None:
    assert faults(after="响应终止后，州水利局形成评估报告。") == {"summary-without-deadline"}


def test_a_gate_before_the_end_of_a_response_is_no_gate_before_a_report() -> None:
    text = REPORT + "\n险情排除后，经总指挥同意后终止响应，并报告州人民政府。"
    assert "gate-before-report" not in faults(report=text)
