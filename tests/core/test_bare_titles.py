"""Headings without a number: a short line of usual words, alone, with text below it."""

from fengsui.core.plan.model import Numbering
from fengsui.core.reading.blocks import TextLine
from fengsui.core.reading.build_outline import build_outlines
from fengsui.core.reading.outline import Outline

PLAN = """北沙镇防汛应急预案
总则
编制目的
为了做好防汛工作，保护群众安全，制定本预案。
适用范围
本预案适用于北沙镇。
组织机构
镇长任指挥长，分管副镇长任副指挥长。
应急响应
响应启动
接到暴雨红色预警后由指挥长决定启动响应。
物资保障
水利站备足沙袋
附则
本预案由镇应急办负责解释。"""


def outline(text: str) -> Outline:
    lines = [TextLine(number=number, text=line) for number, line in enumerate(text.split("\n"), 1)]
    (only,) = build_outlines(lines, "test")
    return only


def titles(text: str) -> list[tuple[int, str]]:
    return [(section.depth, section.title) for section in outline(text).sections()]


def test_usual_titles_without_number_are_headings_of_two_levels() -> None:
    assert outline(PLAN).numbering is Numbering.NONE
    assert titles(PLAN) == [
        (1, "总则"),
        (2, "编制目的"),
        (2, "适用范围"),
        (1, "组织机构"),
        (1, "应急响应"),
        (2, "响应启动"),
        (1, "附则"),
    ]


def test_the_text_stands_under_its_title() -> None:
    section = next(section for section in outline(PLAN).sections() if section.title == "适用范围")
    assert [paragraph.text for paragraph in section.paragraphs] == ["本预案适用于北沙镇。"]


def test_lines_of_a_list_and_words_in_a_sentence_are_no_titles() -> None:
    listed = "北沙镇防汛应急预案\n本预案规定：\n信息报告\n应急救援\n物资保障\n等事项"
    assert titles(listed) == []
    broken = "北沙镇防汛应急预案\n各村接到通知后应当立即开展人员转移，按照规定做好信息\n报告\n并且登记。"
    assert titles(broken) == []


def test_a_numbered_plan_is_read_by_its_numbers_alone() -> None:
    text = "北沙镇防汛应急预案\n一、总则\n编制目的\n为了防汛。\n二、组织\n镇长任指挥长。"
    assert [title for _, title in titles(text)] == ["总则", "组织"]
