"""Several plans in one file; and what is no plan."""

import pytest

from fengsui.core.errors import InputError
from fengsui.core.reading.blocks import TextLine
from fengsui.core.reading.build_outline import build_outlines
from fengsui.core.reading.bundle import is_plan
from fengsui.core.reading.draft import plan_outlines


def lines(text: str) -> tuple[TextLine, ...]:
    return tuple(TextLine(number=n, text=line) for n, line in enumerate(text.split("\n"), start=1))


def plan(title: str, opening: str = "一、总则") -> str:
    return (
        f"{title}\n（应急办）\n{opening}\n二、适用范围\n"
        "本预案适用于本镇。\n三、响应\n（一）报告\n立即报告。\n"
    )


def parts(text: str) -> list[tuple[str, int, int]]:
    return [(o.title, o.first_line, o.last_line) for o in build_outlines(lines(text), "test")]


def test_each_title_before_a_new_numbering_begins_a_plan() -> None:
    text = "网站首页\n" + plan("北沙镇燃气事故应急预案") + plan("北沙镇防汛应急预案")
    assert parts(text) == [("北沙镇燃气事故应急预案", 2, 9), ("北沙镇防汛应急预案", 10, 18)]


def test_a_title_broken_over_lines_is_put_together() -> None:
    text = plan("北沙镇燃气事故应急预案") + "接报\n值守\n" + plan("北沙镇自然灾害\n\n救助应急预案")
    assert parts(text)[1][:2] == ("北沙镇自然灾害救助应急预案", 11)


def test_a_title_that_lost_its_last_character_gets_it_back() -> None:
    text = plan("北沙镇燃气事故应急预案") + plan("北沙镇防汛应急预")
    assert parts(text)[1][0] == "北沙镇防汛应急预案"


def test_a_sentence_may_stand_between_title_and_first_heading() -> None:
    text = plan("北沙镇燃气事故应急预案") + plan(
        "北沙镇地震应急预案\n为做好防震减灾工作，结合本镇实际，制定本预案。"
    )
    assert len(parts(text)) == 2


def test_the_name_of_a_plan_inside_a_flow_chart_begins_nothing() -> None:
    text = plan("北沙镇燃气事故应急预案") + "接报\n启动应急预案\n1.核实\n2.报告\n"
    assert len(parts(text)) == 1


def test_a_title_printed_twice_is_one_plan() -> None:
    text = "北沙镇防汛应急预案\n一、总则\n二、适用范围\n" + plan("北沙镇防汛应急预案")
    assert len(parts(text)) == 1


def test_a_plan_is_known_by_its_title_or_by_what_it_calls_itself() -> None:
    assert is_plan("北沙镇防汛应急预案", ["立即报告。"])
    assert is_plan("", ["本预案适用于本镇。"])
    assert not is_plan("", ["本规划是十五五时期的依据。", "修订应急预案，本规划五年。"])


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("第一章 基础\n本规划期为五年。\n第二章 目标\n到期末建成体系。", "no_plan"),
        ("The plan of the county\nis not in Chinese at all.", "not_chinese"),
        ("123\n456", "empty_file"),
    ],
)
def test_a_text_without_a_plan_is_refused_with_its_reason(text: str, code: str) -> None:
    with pytest.raises(InputError) as refused:
        plan_outlines(lines(text), "test")
    assert refused.value.code == code


def test_the_name_of_the_area_above_a_title_belongs_to_it() -> None:
    assert parts("东河县\n煤矿事故应急预案\n一、总则\n二、适用范围\n本县。")[0][0] == "东河县煤矿事故应急预案"


def test_a_school_plan_without_a_title_is_known_by_what_it_arranges() -> None:
    text = "一、应急小组\n组长：校长\n二、职责\n发生事故立即报告，组织疏散和救援，统一指挥。"
    assert len(plan_outlines(lines(text), "test")) == 1
