"""Texts in traditional characters are read like others and quoted as printed; so are names without a mark."""

from fengsui.core.plan.model import DraftPlan
from fengsui.core.reading.blocks import TextLine
from fengsui.core.reading.draft import read_plans
from fengsui.core.reading.script import is_traditional, simplified

SIMPLE = """东河县防汛应急预案
第一章 总则
第一节 编制目的
为了做好防汛应急工作，保护人民生命财产，制定本预案。
第二节 适用范围
本预案适用于东河县行政区域内的洪涝灾害。
第二章 组织体系
第一节 指挥机构
县防汛指挥部由县长任总指挥，成员单位：县应急管理局、县水利局、县公安局。
第三章 应急响应
第一节 信息报告
事发单位应当在接到报告后1小时内向县应急管理局报告。
第二节 响应启动
启动Ⅰ级应急响应由总指挥决定。"""

PAIRS = (
    "东東县縣应應预預总總则則编編为為护護财財产產适適围圍于於内內灾災组組织織体體挥揮"
    "机機构構长長单單处處级級报報启啟动動决決时時间間责責响響务務信信发發后後业業区區"
)
TRADITIONAL = SIMPLE.translate(str.maketrans(dict(zip(PAIRS[::2], PAIRS[1::2], strict=True))))


def draft(text: str) -> DraftPlan:
    lines = [TextLine(number=number, text=line) for number, line in enumerate(text.split("\n"), 1)]
    (only,) = read_plans(lines, "test")
    return only


def test_each_character_keeps_its_place() -> None:
    assert simplified(TRADITIONAL) == SIMPLE
    assert len(simplified(TRADITIONAL)) == len(TRADITIONAL)


def test_a_plan_in_traditional_characters_is_read_like_one_in_simplified_ones() -> None:
    plain, old = draft(SIMPLE).content, draft(TRADITIONAL).content
    assert [heading.title for heading in old.headings][:2] == ["總則", "編制目的"]
    assert [heading.depth for heading in old.headings] == [heading.depth for heading in plain.headings]
    assert [len(old.units), len(old.deadlines), len(old.activation)] == [
        len(plain.units),
        len(plain.deadlines),
        len(plain.activation),
    ]
    assert len(old.deadlines) >= 1
    assert len(old.units) >= 3


def test_what_is_quoted_and_named_is_as_printed() -> None:
    content = draft(TRADITIONAL).content
    text = TRADITIONAL.replace("\n", "")
    for items in (content.units, content.deadlines, content.activation, content.scope):
        assert all(item.source.quote in text for item in items)
    assert "縣應急管理局" in [unit.name for unit in content.units]
    assert content.title == "東河縣防汛應急預案"


def test_a_few_traditional_forms_make_no_traditional_text() -> None:
    assert not is_traditional([TextLine(number=1, text=SIMPLE + "應預")])
    assert is_traditional([TextLine(number=1, text=TRADITIONAL)])


def test_a_blank_between_two_names_is_read_as_the_mark_it_stands_for_and_doubted() -> None:
    text = SIMPLE.replace("向县应急管理局报告", "向县委 县政府报告")
    found = draft(text)
    (edge,) = [item for item in found.content.deadlines if "1小时" in item.source.quote]
    assert edge.to == ("县委", "县政府")
    assert "向县委 县政府报告" in edge.source.quote
    (doubt,) = [doubt for doubt in found.doubts if doubt.why == "lost_mark"]
    assert (doubt.source.line, "县委 县政府" in doubt.text) == (12, True)


def test_a_blank_inside_a_name_or_beside_other_words_is_still_dropped() -> None:
    text = SIMPLE.replace("向县应急管理局报告", "向县应急 管理 局报告").replace("县长任", "县 长 任")
    found = draft(text)
    assert not [doubt for doubt in found.doubts if doubt.why == "lost_mark"]
    assert any(item.to == ("县应急管理局",) for item in found.content.deadlines)
