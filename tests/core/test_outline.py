"""The outline: headings by scope, every line kept once."""

import pytest

from fengsui.core.plan.model import Numbering
from fengsui.core.reading.blocks import TextLine
from fengsui.core.reading.build_outline import build_outlines
from fengsui.core.reading.draft import headings_of
from fengsui.core.reading.outline import Outline


def outlines(text: str) -> tuple[Outline, ...]:
    lines = tuple(TextLine(number=n, text=line) for n, line in enumerate(text.split("\n"), start=1))
    return build_outlines(lines, "test")


def outline(text: str) -> Outline:
    (only,) = outlines(text)
    return only


def headings(text: str) -> list[tuple[str, str]]:
    return [(heading.number, heading.title) for heading in headings_of(outline(text))]


DECIMAL = """东河县防汛应急预案

1 总则
1.1 编制目的
为了做好防汛工作。
1.2适用范围
本预案适用于东河县。
2 组织体系
2.1 县指挥部
（1）领导机构
县长任指挥长。
1. 值班制度
实行昼夜值班。
2.1.1 指挥部职责
（1）统一指挥防汛工作；
（2）调度队伍。
2.2 办公室
设在县应急管理局。
3 附则
3.1 预案解释
本预案由县应急管理局负责解释。"""


def test_decimal_numbers_nest_by_their_parts() -> None:
    plan = outline(DECIMAL)
    assert plan.title == "东河县防汛应急预案"
    assert plan.numbering is Numbering.DECIMAL
    assert headings(DECIMAL) == [
        ("1", "总则"),
        ("1.1", "编制目的"),
        ("1.2", "适用范围"),
        ("2", "组织体系"),
        ("2.1", "县指挥部"),
        ("2.2", "办公室"),
        ("3", "附则"),
        ("3.1", "预案解释"),
    ]
    assert "2.1.1" in [section.clause for section in plan.sections()]


def test_a_table_of_contents_is_left_out_with_leaders_and_without() -> None:
    with_leaders = "目 录\n1 总则……1\n1.1 编制目的....1\n1.2 适用范围\t2\n2 组织体系……3\n" + DECIMAL
    assert headings(with_leaders) == headings(DECIMAL)
    entries = "\n".join(f"{number} {title}" for number, title in headings(DECIMAL))
    assert headings(f"东河县防汛应急预案\n{entries}\n{DECIMAL}") == headings(DECIMAL)


CHINESE = """北沙镇燃气事故应急预案
（城建办）
一、总则
二、工作原则
（一）统一领导。在镇党委的领导下开展工作，各负其责。
（二）事件等级
分为四级。
三、组织机构
（一）指挥部
总指挥：镇长
1.指挥部职责
统一指挥。
2.组织抢修，恢复供气，并向县指挥部报告。
（二）办公室
设在城建办。"""


def test_chinese_numbers_restart_and_take_the_outer_number_before_them() -> None:
    plan = outline(CHINESE)
    assert plan.numbering is Numbering.CHINESE
    assert headings(CHINESE) == [
        ("一", "总则"),
        ("二", "工作原则"),
        ("二（二）", "事件等级"),
        ("三", "组织机构"),
        ("三（一）", "指挥部"),
        ("三（二）", "办公室"),
    ]
    assert "三（一）1" in [section.clause for section in plan.sections()]


def test_a_numbered_sentence_stays_a_paragraph_with_its_number() -> None:
    plan = outline(CHINESE)
    texts = [paragraph.text for _, paragraph in plan.root.all_paragraphs()]
    assert any(text.startswith("（一）统一领导。") for text in texts)
    assert any(text.startswith("2.组织抢修") for text in texts)


def test_figures_are_the_second_level_where_no_bracketed_numbers_are() -> None:
    text = "一、预警分级\n1．蓝色预警\n雨量较大。\n2．红色预警\n雨量极大。\n二、应急响应\n1．四级响应\n值班。"
    assert headings(text)[1:3] == [("一.1", "蓝色预警"), ("一.2", "红色预警")]


def test_chapters_hold_sections_and_articles() -> None:
    text = (
        "云州消防应急预案\n第一章 总则\n第一条 为了规范处置，制定本预案。\n第二条 本预案适用于云州。\n"
        "第二章 组织体系\n第一节 指挥部\n第三条 州长任总指挥。\n第二节 办公室\n第四条 办公室设在州消防局。"
    )
    plan = outline(text)
    assert plan.numbering is Numbering.CHAPTER
    assert headings(text) == [
        ("第一章", "总则"),
        ("第二章", "组织体系"),
        ("第二章第一节", "指挥部"),
        ("第二章第二节", "办公室"),
    ]
    (article,) = [section for section in plan.sections() if section.clause == "第三条"]
    assert article.paragraphs[0].text == "州长任总指挥。"


def test_articles_alone_number_a_plan() -> None:
    articles = "\n".join(f"第{n}条 值班室应当做好第{n}项工作，不得迟误。" for n in "一二三四五")
    assert outline(articles).numbering is Numbering.ARTICLE


def test_decimals_that_restart_in_each_chapter_take_its_number_before_them() -> None:
    text = (
        "一、总则\n1.1 目的\n规范处置。\n1.2 依据\n有关法律。\n"
        "二、组织\n1.1 指挥部\n镇长任指挥长。\n1.2 办公室\n"
        "设在镇政府。"
    )
    assert ("二1.1", "指挥部") in headings(text)


def test_decimals_below_chinese_chapters_make_a_mixed_plan() -> None:
    text = "一、总则\n1.1 目的\n规范处置。\n1.2 依据\n有关法律。\n二、组织\n2.1 指挥部\n镇长任指挥长。"
    assert outline(text).numbering is Numbering.MIXED
    assert [number for number, _ in headings(text)] == ["一", "1.1", "1.2", "二", "2.1"]


def test_figures_above_bracketed_numbers_are_the_chapters() -> None:
    text = (
        "1. 总则\n（一）编制目的\n规范处置。\n（二）适用范围\n适用于本镇。\n2. 组织机构\n（一）指挥部\n"
        "镇长任指挥长。\n3. 附则\n（一）解释\n由镇政府解释。"
    )
    assert headings(text)[:4] == [
        ("1", "总则"),
        ("1（一）", "编制目的"),
        ("1（二）", "适用范围"),
        ("2", "组织机构"),
    ]


def test_a_number_and_its_title_may_stand_on_two_lines() -> None:
    text = (
        "1\n总则\n1.1\n编制目的\n规范处置。\n1.2\n编制依据\n"
        "有关法律。\n2\n组织体系\n2.1\n指挥部\n县长任指挥长。"
    )
    assert headings(text) == [
        ("1", "总则"),
        ("1.1", "编制目的"),
        ("1.2", "编制依据"),
        ("2", "组织体系"),
        ("2.1", "指挥部"),
    ]


def test_text_on_the_heading_line_becomes_the_first_paragraph() -> None:
    text = (
        "1 总则\n1.1 编制目的：为了规范处置，减少损失。\n"
        "1.2 编制依据。依照有关法律，制定本预案。\n1.3 范围\n本县。"
    )
    plan = outline(text)
    section = next(section for section in plan.sections() if section.clause == "1.1")
    assert section.title == "编制目的"
    assert section.paragraphs[0].text == "为了规范处置，减少损失。"


def test_a_figure_with_a_unit_at_the_front_of_a_line_is_no_number() -> None:
    text = (
        "1 总则\n1.1 目的\n规范处置。\n1.2 启动条件\n本县及相邻地区发生的地震震级达到\n"
        "7.0 级以上\n时启动。\n2 附则\n2.1 解释\n本县。"
    )
    assert [number for number, _ in headings(text)] == ["1", "1.1", "1.2", "2", "2.1"]


def test_page_numbers_and_repeated_titles_are_not_text() -> None:
    text = DECIMAL.replace("\n2 组织", "\n— 2 —\n东河县防汛应急预案\n2 组织").replace(
        "\n3 附则", "\n- 3 -\n3 附则"
    )
    plan = outline(text)
    assert headings(text) == headings(DECIMAL)
    assert not [p for _, p in plan.root.all_paragraphs() if "—" in p.text]


def test_a_covering_notice_does_not_mix_its_points_into_the_plan() -> None:
    notice = (
        "关于印发预案的通知\n各村：\n一、认真学习。\n"
        "二、抓好落实\n请于月底前报告。\n附件：北沙镇防汛应急预案\n"
        "北沙镇人民政府\n"
    )
    assert headings(notice + CHINESE) == headings(CHINESE)


def test_an_annex_has_numbers_of_its_own() -> None:
    text = DECIMAL + "\n附件1 通讯录\n一、值班电话\n1234\n附件2\n流程图\n接报"
    plan = outline(text)
    assert headings(text) == headings(DECIMAL)
    assert [section.clause for section in plan.sections()][-3:] == ["附件1", "附件1一", "附件2"]


def test_annexes_numbered_below_a_chapter_belong_to_it() -> None:
    text = DECIMAL + "\n4 附件\n附件4.1\n组织图\n附件 4.2 通讯录\n值班电话1234。"
    assert headings(text)[-3:] == [("4", "附件"), ("附件4.1", "组织图"), ("附件4.2", "通讯录")]


def test_markdown_headings_without_numbers_nest_by_their_marks() -> None:
    text = "# 总则\n规范处置。\n## 目的\n减少损失。\n# 组织\n镇长任指挥长。"
    plan = outline(text)
    assert [(s.title, s.depth) for s in plan.sections()] == [("总则", 1), ("目的", 2), ("组织", 1)]
    assert headings(text) == [("", "总则"), ("", "目的"), ("", "组织")]


def test_a_clause_that_is_a_whole_sentence_is_cited_by_its_own_number() -> None:
    text = DECIMAL.replace(
        "\n2 组织体系", "\n1.2.1 上级预案另有规定的，从其规定，并报告县人民政府。\n2 组织体系"
    )
    plan = outline(text)
    section, paragraph = next(pair for pair in plan.root.all_paragraphs() if "另有规定" in pair[1].text)
    assert section.clause == "1.2"
    assert plan.cite(section, paragraph).clause == "1.2.1"


@pytest.mark.parametrize(
    "text", ["", "\n\n", "1", "（", "第", "附件", "一、", "1.", "1.1.1.1.1.1", "|||", "<p>", "#"]
)
def test_scraps_do_not_break_reading(text: str) -> None:
    assert len(outlines(text)) <= 1


def test_a_contents_page_may_hold_a_single_entry() -> None:
    text = DECIMAL.replace("\n1 总则", "\n目 录\n2.1 县指挥部 20\n1 总则", 1)
    assert headings(text) == headings(DECIMAL)


def test_items_below_a_chapter_are_no_second_level_where_decimals_are() -> None:
    text = DECIMAL.replace("\n2.1 县指挥部", "\n（1）综合组\n负责协调。\n2.1 县指挥部")
    assert headings(text) == headings(DECIMAL)


def test_a_date_in_chinese_figures_is_no_heading() -> None:
    assert headings("二 〇二 六 年 三 月\n" + CHINESE) == headings(CHINESE)


def test_a_chapter_of_a_larger_plan_shows_its_own_two_top_levels() -> None:
    text = "3.2 落水事故专项应急预案\n3.2.1 适用范围\n渡口。\n3.2.2 处置程序\n救人。\n3.2.2.1 报警\n打电话。"
    assert headings(text) == [
        ("3.2", "落水事故专项应急预案"),
        ("3.2.1", "适用范围"),
        ("3.2.2", "处置程序"),
    ]


def test_cases_in_a_list_are_no_headings_though_their_lines_end_without_a_stop() -> None:
    text = "一、追究\n（一）瞒报的\n（二）死亡3人以上或受伤\n5人以上的\n二、总则\n（一）目的\n为了防汛。"
    assert headings(text) == [("一", "追究"), ("二", "总则"), ("二（一）", "目的")]


def test_chapters_may_skip_repeat_and_stand_out_of_order() -> None:
    text = (
        "1 总则\n1.1 目的\n规范处置。\n1.3 范围\n本县。\n1.3 依据\n有关法律。\n"
        "4 响应\n4.1 启动\n县长决定。\n2 组织\n2.1 机构\n县指挥部。"
    )
    assert [number for number, _ in headings(text)] == ["1", "1.1", "1.3", "1.3", "4", "4.1", "2", "2.1"]
