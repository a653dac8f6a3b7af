"""Who may start and end: plans of an invented place with one fault each."""

from __future__ import annotations

import pytest
from lint_plans import names, read

PLAN = """云州防汛应急预案
一、总则
本预案适用于云州行政区域内的洪水。
二、组织体系
州人民政府设立云州防汛指挥部（以下简称州指挥部）。
总指挥：州长
副总指挥：分管水利工作的副州长
州指挥部办公室设在州水利局，办公室主任由州水利局局长担任。
总指挥因故不在时，由副总指挥代行职责。
三、响应分级
（一）Ⅰ级响应
紧急转移安置人口1万人以上。
（二）Ⅱ级响应
紧急转移安置人口3000人以上1万人以下。
（三）Ⅲ级响应
紧急转移安置人口500人以上3000人以下。
四、响应启动
{start}
五、响应终止
{end}
六、附则
本预案所称“以上”含本数，“以下”不含本数。
"""
START = (
    "Ⅰ级响应由州指挥部办公室提出建议，报总指挥批准后启动。\n"
    "Ⅱ级响应由州指挥部办公室提出建议，报总指挥批准后启动。\n"
    "Ⅲ级响应由州指挥部办公室提出建议，报副总指挥批准后启动。"
)
END = "险情排除后，由州指挥部办公室提出建议，经原批准人批准后终止响应。"


def faults(start: str = START, end: str = END) -> set[str]:
    return names(read(PLAN.format(start=start, end=end)), "A", "G3")


def test_a_plan_that_names_every_starter_has_no_fault() -> None:
    assert faults() == set()


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        (START.splitlines()[1] + "\n", "", "level-nobody-may-start"),
        ("报副总指挥批准", "报常务副总指挥批准", "post-not-in-organisation"),
        (
            "由州指挥部办公室提出建议，报副总指挥批准后启动",
            "由州人民政府或者省水利厅决定启动",
            "two-who-may-start",
        ),
    ],
)
def test_a_fault_planted_in_the_start_is_found_alone(old: str, new: str, fault: str) -> None:
    assert old in START
    assert faults(start=START.replace(old, new)) == {fault}


def test_a_response_nobody_may_start_is_found() -> None:
    assert faults(start="各成员单位按照职责开展抢险救援。") == {"level-nobody-may-start"}


def test_an_end_by_another_body_is_found() -> None:
    assert faults(end="险情排除后，由省水利厅宣布终止响应。") == {"started-and-ended-by-others"}


def test_an_end_by_a_body_without_a_name_is_found() -> None:
    assert faults(end="险情排除后，由相关部门宣布终止响应。") == {"started-and-ended-by-others"}


def test_a_commander_without_a_substitute_is_found() -> None:
    text = PLAN.format(start=START, end=END).replace("总指挥因故不在时，由副总指挥代行职责。\n", "")
    assert names(read(text), "A") == {"no-substitute"}


def test_a_headquarters_to_be_told_must_be_known() -> None:
    end = END + "\n州指挥部办公室接到报告后30分钟内报告州维护指挥部。"
    assert faults(end=end) == {"headquarters-told-but-unknown"}
