"""Drills and revision."""

from __future__ import annotations

import pytest
from clock_outline import plan

from fengsui.core.reading.extract.upkeep import extract_drills, extract_revision


@pytest.mark.parametrize(
    ("text", "every"),
    [
        ("县指挥部办公室每年至少组织一次综合演练。", "1年"),
        ("各镇至少每两年进行一次应急演练。", "2年"),
        ("救援队每季度组织1次演练。", "3个月"),
        ("学校每半年开展一次疏散演练。", "半年"),
        ("各单位要定期组织应急演练。", None),
    ],
)
def test_the_interval_of_a_drill_is_read(text: str, every: str | None) -> None:
    (drill,) = extract_drills(plan(("8", "培训与演练", [text]))).items
    assert drill.every == every
    assert drill.scope


def test_what_follows_a_drill_is_no_drill() -> None:
    outline = plan(("8", "演练", ["演练结束后，应当形成书面总结。", "演练经费列入年度预算。"]))
    assert extract_drills(outline).items == ()


def test_revision_keeps_its_period_its_body_and_the_listed_occasions() -> None:
    rules = extract_revision(
        plan(
            (
                "9",
                "附则",
                [
                    "县应急局原则上每三年组织一次预案评估。",
                    "有下列情形之一的，应当及时修订本预案：",
                    "（1）指挥机构发生调整的；",
                    "（2）面临的风险发生重大变化的。",
                ],
            )
        )
    ).items
    assert (rules[0].every, rules[0].who) == ("3年", "县应急局")
    assert [rule.text for rule in rules][2:] == ["指挥机构发生调整的", "面临的风险发生重大变化的"]


def test_a_law_that_was_revised_is_no_revision_rule() -> None:
    outline = plan(("1", "编制依据", ["根据《防洪条例》（2016年修订）制定本预案。"]))
    assert extract_revision(outline).items == ()
