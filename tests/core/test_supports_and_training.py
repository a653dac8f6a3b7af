"""Principles, supports, training, and the occasions of revision."""

from __future__ import annotations

import pytest
from clock_outline import plan

from fengsui.core.reading.extract.framing import extract_principles
from fengsui.core.reading.extract.supports import extract_supports
from fengsui.core.reading.extract.trainings import extract_trainings
from fengsui.core.reading.extract.upkeep import extract_revision


def test_principles_are_the_paragraphs_under_their_heading() -> None:
    outline = plan(
        ("1.4", "工作原则", ["（1）生命至上。", "（2）属地为主。"]), ("4.1", "报告原则", ["逐级上报。"])
    )
    assert [each.text for each in extract_principles(outline).items] == ["（1）生命至上。", "（2）属地为主。"]


def test_a_principle_with_a_heading_of_its_own_begins_with_it() -> None:
    outline = plan(("1.4", "工作原则", [("1.4.1", "快速反应", ["险情一到，队伍先到。"])]))
    (principle,) = extract_principles(outline).items
    assert (principle.text, principle.source.clause) == ("快速反应。险情一到，队伍先到。", "1.4.1")


def test_without_a_heading_the_sentence_that_names_them_is_taken_from_the_first_chapter() -> None:
    outline = plan(
        ("1", "总则", ["应对工作坚持以人为本、分级负责的原则。其他略。"]),
        ("5", "保障", ["按照就近调用的原则保障。"]),
    )
    assert [each.text for each in extract_principles(outline).items] == [
        "应对工作坚持以人为本、分级负责的原则。"
    ]


def test_each_heading_of_the_chapter_on_support_is_one_support_with_who_provides_it() -> None:
    outline = plan(
        (
            "6",
            "应急保障",
            [
                ("6.1", "队伍保障", ["由县消防救援大队牵头组建突击队。", "各镇应当组建基层队伍。"]),
                ("6.2", "避难场所", ["县住建局负责建设避难场所。"]),
                ("6.3", "宣传培训", ["县应急局组织宣传。"]),
            ],
        ),
        ("3.2", "后勤保障组", ["由县政府办负责。"]),
    )
    assert [(each.kind, each.who) for each in extract_supports(outline).items] == [
        ("队伍保障", ("县消防救援大队", "各镇")),
        ("避难场所", ("县住建局",)),
    ]


def test_a_chapter_without_headings_is_cut_at_the_lines_that_name_a_support() -> None:
    outline = plan(("七", "保障措施", ["资金保障", "县财政局安排经费。", "物资保障：县商务局储备粮油。"]))
    assert [(each.kind, each.text) for each in extract_supports(outline).items] == [
        ("资金保障", "县财政局安排经费。"),
        ("物资保障", "县商务局储备粮油。"),
    ]


@pytest.mark.parametrize(
    ("text", "who", "audience", "every"),
    [
        ("县应急局每年至少组织一次对镇村干部的业务培训。", "县应急局", "镇村干部", "1年"),
        ("值守人员每两年应至少接受一次专业培训。", None, "值守人员", "2年"),
        ("县教育局应当向学生宣传避险常识。", "县教育局", "学生", None),
        ("由县融媒体中心负责开展防灾知识宣传。", "县融媒体中心", None, None),
        ("县应急局定期组织培训，每年开展一次演练。", "县应急局", None, None),
    ],
)
def test_training_says_who_for_whom_and_how_often(
    text: str, who: str | None, audience: str | None, every: str | None
) -> None:
    (training,) = extract_trainings(plan(("8", "宣传和培训", [text]))).items
    assert (training.who, training.audience, training.every) == (who, audience, every)


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("新闻宣传组", "负责宣传报道和舆论引导工作。"),
        ("工作原则", "做好预案演练、宣传和培训工作。"),
        ("资金保障", "培训所需经费列入年度预算。"),
        ("信息发布", "宣传部门组织发布权威信息。"),
    ],
)
def test_press_work_principles_and_budgets_are_no_training(title: str, text: str) -> None:
    assert extract_trainings(plan(("8", title, [text]))).items == ()


def test_the_occasions_of_revision_are_triggers_of_the_rule_that_announces_them() -> None:
    first, *rest = extract_revision(
        plan(
            (
                "9",
                "预案修订",
                [
                    "有下列情形之一的，应当及时修订本预案：",
                    "（1）指挥机构发生调整的；",
                    "（2）原则上每两年组织修订本预案；",
                    "（3）重要资源发生重大变化的。",
                ],
            )
        )
    ).items
    assert first.triggers == ("指挥机构发生调整的", "原则上每两年组织修订本预案", "重要资源发生重大变化的")
    assert [rule.triggers for rule in rest] == [(), (), ()]


def test_an_interval_without_the_word_every_is_read() -> None:
    (rule,) = extract_revision(
        plan(("9", "预案管理", ["县应急局原则上三年评估一次本预案，及时修订。"]))
    ).items
    assert rule.every == "3年"
