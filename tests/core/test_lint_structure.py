"""Rules on the tree of a plan and on its sentences."""

from __future__ import annotations

import pytest
from clean_plan import CLEAN, found, line_of, names, planted


def test_a_chapter_number_used_twice_is_found() -> None:
    assert "numbering-broken" in planted("四、附则", "三、附则")


def test_two_neighbouring_headings_alike_are_found() -> None:
    assert "heading-repeated" in planted("（三）响应终止\n", "（三）响应终止\n（四）响应终止\n")


def test_a_chapter_after_the_closing_one_is_found() -> None:
    text = CLEAN.replace("五、附件", "五、预案管理\n（一）备案\n本预案报县备案。\n六、附件")
    assert "chapter-after-closing" in names(text)


def test_a_list_that_begins_with_three_is_found() -> None:
    text = CLEAN.replace("下设以下工作组：", "下设以下3个工作组：")
    text = (
        text.replace("（1）抢险组", "（3）抢险组")
        .replace("（2）安置组", "（4）安置组")
        .replace("（3）医疗", "（5）医疗")
    )
    assert "list-starts-late" in names(text)


def test_a_response_without_an_end_is_found() -> None:
    text = CLEAN.replace("（三）响应终止\n险情消除后，由总指挥决定终止响应。\n", "")
    assert names(text) == ["ending-missing"]


def test_a_plan_that_informs_nobody_is_found() -> None:
    assert names(CLEAN.replace("（二）信息发布\n镇防汛指挥部统一发布汛情信息。\n（三）响", "（二）响")) == [
        "release-missing"
    ]


def test_a_plan_without_revision_or_interpretation_is_found() -> None:
    text = CLEAN.replace("（二）评估与修订\n本预案每三年评估一次，情况变化时及时修订。\n", "")
    text = text.replace("（三）解释与实施\n本预案由镇水利站负责解释，自印发之日起施行。\n", "")
    assert sorted(names(text)) == ["explanation-missing", "revision-missing"]


def test_a_chart_without_readable_words_is_found() -> None:
    assert "figure-missing" in names(CLEAN + "\n附件1 应急处置流程图\n报告\n指挥部")


def test_an_annex_that_does_not_exist_is_found_at_its_mention() -> None:
    text = CLEAN.replace("由总指挥决定启动应急响应。", "由总指挥决定启动应急响应，流程见附件7。")
    (finding,) = [each for each in found(text) if each.rule.name == "annex-missing"]
    assert finding.line == line_of("附件7", text)


def test_a_heading_with_nothing_below_is_found() -> None:
    assert "section-empty" in planted("镇防汛指挥部统一发布汛情信息。\n", "")


@pytest.mark.parametrize(
    ("words", "rule"),
    [
        ("承担全镇防汛工作的。", "sentence-cut"),
        ("组织专业抢险队伍及专业抢险队伍。", "words-doubled"),
        ("颜色分为红色、色、蓝色。", "words-lost"),
        ("开展风险辩识。", "word-mistyped"),
        ("由镇水利站（含各村巡查员负责巡查。", "bracket-open"),
    ],
)
def test_a_broken_sentence_is_found(words: str, rule: str) -> None:
    assert rule in planted("及时抢险，保护群众。", f"及时抢险，保护群众。\n{words}")


def test_pairs_of_grades_are_not_taken_for_doubled_words() -> None:
    assert planted("及时抢险，保护群众。", "应对特别重大洪水灾害、重大洪水灾害，保护群众。") == []
