"""Lines become pieces, pieces become paragraphs."""

from fengsui.core.reading.blocks import TextLine
from fengsui.core.reading.build_outline import paragraphs_of
from fengsui.core.reading.glyphs import cell_form, key, reading_form, squeeze
from fengsui.core.reading.mend import pieces_of, wrap_width


def lines(text: str) -> tuple[TextLine, ...]:
    return tuple(TextLine(number=n, text=line) for n, line in enumerate(text.split("\n"), start=1))


def paragraphs(text: str) -> list[str]:
    pieces = pieces_of(lines(text))
    return [paragraph.text for paragraph in paragraphs_of(pieces, wrap_width(pieces))]


def test_blanks_inside_chinese_words_go_and_blanks_between_latin_words_stay() -> None:
    assert squeeze("总 指 挥: 镇  长") == "总指挥:镇长"
    assert squeeze("使用 CAP alert 格式 3 人以上") == "使用CAP alert格式3人以上"


def test_a_figure_spread_out_by_layout_comes_together() -> None:
    assert reading_form("倒塌房屋3 0 0 0间") == "倒塌房屋3000间"


def test_private_glyphs_for_punctuation_are_mended() -> None:
    assert reading_form("值班员报告ꎬ 主任决定ꎮ") == "值班员报告，主任决定。"


def test_marks_of_markdown_and_html_are_taken_off() -> None:
    assert reading_form("- **先报告**，<b>后处置</b>") == "先报告，后处置"


def test_a_table_cell_keeps_the_blank_between_a_post_and_a_name() -> None:
    assert cell_form("局 长 赵某某") == "局长 赵某某"


def test_the_key_of_a_text_ignores_width_blanks_and_punctuation() -> None:
    assert key("１.２ 编制 依据（试行）") == key("1．2编制依据试行")


def test_a_sentence_broken_over_blank_lines_is_one_paragraph_that_knows_its_lines() -> None:
    text = (
        "北沙镇发生险情后，值班室应当立即核实情况并向镇应急\n\n"
        "指挥部办公室报告，同时通知沿河各村、学校、企业和有关\n\n单位做好准备。"
    )
    pieces = pieces_of(lines(text))
    (paragraph,) = paragraphs_of(pieces, wrap_width(pieces))
    assert paragraph.text.endswith("镇应急指挥部办公室报告，同时通知沿河各村、学校、企业和有关单位做好准备。")
    assert [line for _, line in paragraph.starts] == [1, 3, 5]
    assert paragraph.line_at(paragraph.text.index("单位做好")) == 5


def test_short_lines_of_a_roster_stay_apart() -> None:
    assert paragraphs("指挥长：镇长\n副指挥长：分管副镇长\n镇派出所负责人") == [
        "指挥长：镇长",
        "副指挥长：分管副镇长",
        "镇派出所负责人",
    ]


def test_a_line_that_begins_with_a_number_begins_a_paragraph() -> None:
    assert len(paragraphs("（1）核实情况，通知各村做好转移的一切准备工作并且\n（2）开放避难场所")) == 2


def test_an_indented_line_begins_a_paragraph() -> None:
    text = "　　值班室收到险情报告以后立即核实并通知沿河各村\n　　水利站派人查看堤防"
    assert len(paragraphs(text)) == 2


def test_a_row_of_tabs_becomes_cells_of_one_table() -> None:
    pieces = pieces_of(lines("单位\t职务\t电话\n水利站\t站 长 钱某\t1234"))
    assert [(p.cell.table, p.cell.row, p.cell.column) for p in pieces if p.cell] == [
        (0, 0, 0),
        (0, 0, 1),
        (0, 0, 2),
        (0, 1, 0),
        (0, 1, 1),
        (0, 1, 2),
    ]
    assert pieces[4].text == "站长 钱某"


def test_markdown_and_html_tables_become_cells_too() -> None:
    markdown = pieces_of(lines("| 等级 | 雨量 |\n|---|---|\n| 红色 | 100毫米 |"))
    assert [p.text for p in markdown] == ["等级", "雨量", "红色", "100毫米"]
    html = pieces_of(lines("<table><tr><td>等级</td><td><p>雨量</p><p>时长</p></td></tr></table>"))
    assert [(p.text, p.cell.column) for p in html if p.cell] == [("等级", 0), ("雨量", 1), ("时长", 1)]


def test_a_full_line_goes_on_past_a_page_break_but_a_labelled_list_does_not() -> None:
    full = "北沙镇发生险情后，值班室应当立即核实情况并向镇应急"
    roster = "成员：水利站、农技站、派出所、卫生院、各村书记、村"
    for first, count in ((full, 1), (roster, 2)):
        pieces = pieces_of(lines(first + "\n" * 6 + "指挥部办公室报告情况。"))
        assert len(paragraphs_of(pieces, 20.0)) == count


def test_lines_broken_at_a_number_of_characters_are_put_together_whatever_they_hold() -> None:
    long = (
        "云州应急局接到报告后应在2小时内核实情况并于20分钟内报告云州政府和省应急厅"
        "同时通报有关县区政府并根据需要派出工作组到现场指导救援工作"
    )
    text = "".join(f"{'甲乙丙丁戊己庚辛壬癸'[n]}{long}。\n" for n in range(10))
    broken = "\n".join(line[at : at + 20] for line in text.splitlines() for at in range(0, len(line), 20))
    assert paragraphs(broken) == text.splitlines()


def test_a_line_that_ends_in_a_number_goes_on_with_its_unit() -> None:
    assert paragraphs("造成或可能造成人员死亡3\n人以上的事故。") == ["造成或可能造成人员死亡3人以上的事故。"]
    assert paragraphs("接到报告后应当立即报告云州政府和\n省应急厅。") == [
        "接到报告后应当立即报告云州政府和省应急厅。"
    ]


def test_a_four_that_recognition_read_as_a_letter_is_a_four_again() -> None:
    assert reading_form("启动N级应急响应") == "启动Ⅳ级应急响应"
    assert reading_form("使用PLAN级别和N95口罩") == "使用PLAN级别和N95口罩"
