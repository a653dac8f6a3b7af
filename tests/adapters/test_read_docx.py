"""The .docx reader keeps numbers, tables and edits as the word processor shows them."""

import zipfile
from io import BytesIO

import pytest
from docx_files import cell, docx, heading_style, levels, num, p, package, run, table

from fengsui.adapters.ooxml_numbering import formatted
from fengsui.adapters.read_docx import read_docx
from fengsui.core.errors import InputError
from fengsui.core.reading.build_outline import build_outlines
from fengsui.core.reading.draft import headings_of


def texts(data: bytes) -> list[str]:
    return [line.text for line in read_docx(data)]


def test_automatic_numbers_are_part_of_the_text() -> None:
    definition = levels(("chineseCounting", "第%1章"), ("chineseCounting", "（%2）"), ("decimal", "%3."))
    body = (
        p("总则", number="1")
        + p("目的", number="1", level=1)
        + p("依据", number="1", level=1)
        + p("有关法律", number="1", level=2)
        + p("组织", number="1")
        + p("指挥部", number="1", level=1)
    )
    assert texts(docx(body, numbering=definition + num("1"))) == [
        "第一章 总则",
        "（一）目的",
        "（二）依据",
        "1. 有关法律",
        "第二章 组织",
        "（一）指挥部",
    ]


def test_decimal_levels_count_below_each_other() -> None:
    definition = levels(("decimal", "%1"), ("decimal", "%1.%2"), ("decimal", "%1.%2.%3"))
    body = p("总则", number="1") + p("目的", number="1", level=1) + p("组织", number="1")
    body += p("指挥部", number="1", level=1) + p("职责", number="1", level=2)
    assert texts(docx(body, numbering=definition + num("1"))) == [
        "1 总则",
        "1.1 目的",
        "2 组织",
        "2.1 指挥部",
        "2.1.1 职责",
    ]


def test_instances_of_one_definition_count_on_unless_they_restart() -> None:
    definition = levels(("decimal", "%1."))
    restart = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    numbering = definition + num("1") + num("2") + num("3", inner=restart)
    body = p("甲", number="1") + p("乙", number="2") + p("丙", number="3") + p("丁", number="3")
    assert texts(docx(body, numbering=numbering)) == ["1. 甲", "2. 乙", "1. 丙", "2. 丁"]


def test_a_level_started_without_its_parents_shows_them_as_begun() -> None:
    definition = levels(("decimal", "%1"), ("decimal", "%1.%2"))
    assert texts(docx(p("目的", number="1", level=1), numbering=definition + num("1"))) == ["1.1 目的"]


def test_legal_numbering_prints_every_level_in_figures() -> None:
    definition = levels(("chineseCounting", "%1"), ("decimal", "%1.%2"), extra="<w:isLgl/>")
    body = p("总则", number="1") + p("目的", number="1", level=1)
    assert texts(docx(body, numbering=definition + num("1"))) == ["1 总则", "1.1 目的"]


def test_numbers_and_depth_come_from_styles_also_by_inheritance() -> None:
    styles = heading_style("H1", 1, "1", 0) + (
        '<w:style w:type="paragraph" w:styleId="Own"><w:name w:val="own"/><w:basedOn w:val="H1"/></w:style>'
    )
    definition = levels(("chineseCounting", "%1、"))
    data = docx(
        p("总则", style="H1") + p("组织", style="Own"), numbering=definition + num("1"), styles=styles
    )
    assert [(line.text, line.label, line.heading) for line in read_docx(data)] == [
        ("一、总则", "一、", 1),
        ("二、组织", "二、", 1),
    ]


def test_an_empty_numbered_paragraph_is_counted_and_not_printed() -> None:
    definition = levels(("decimal", "%1."))
    body = p("甲", number="1") + p("", number="1") + p("乙", number="1")
    assert texts(docx(body, numbering=definition + num("1"))) == ["1. 甲", "3. 乙"]


def test_a_definition_may_name_the_style_of_each_level() -> None:
    tied = (
        '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
        '<w:pStyle w:val="H1"/><w:lvlText w:val="%1"/></w:lvl><w:lvl w:ilvl="1"><w:start w:val="1"/>'
        '<w:numFmt w:val="decimal"/><w:pStyle w:val="H2"/><w:lvlText w:val="%1.%2"/></w:lvl></w:abstractNum>'
    )
    styles = heading_style("H1", 1, "1", 0) + heading_style("H2", 2, "1", 0)
    body = p("总则", style="H1") + p("目的", style="H2")
    assert texts(docx(body, numbering=tied + num("1"), styles=styles)) == ["1 总则", "1.1 目的"]


def test_number_zero_takes_the_number_of_the_style_away() -> None:
    styles = heading_style("H1", 1, "1", 0)
    body = p("总则", style="H1", number="0")
    assert texts(docx(body, numbering=levels(("decimal", "%1")) + num("1"), styles=styles)) == ["总则"]


@pytest.mark.parametrize(
    ("style", "number", "printed"),
    [
        ("chineseCountingThousand", 21, "二十一"),
        ("japaneseCounting", 10, "十"),
        ("upperRoman", 4, "IV"),
        ("lowerLetter", 27, "aa"),
        ("decimalEnclosedCircle", 3, "③"),
        ("decimalEnclosedCircleChinese", 21, "21"),
        ("chineseLegalSimplified", 12, "壹拾贰"),
        ("ideographTraditional", 2, "乙"),
        ("decimalZero", 7, "07"),
        ("decimalFullWidth", 12, "１２"),
        ("unheardOf", 5, "5"),
    ],
)
def test_numbers_are_printed_in_the_format_of_the_level(style: str, number: int, printed: str) -> None:
    assert formatted(number, style) == printed


def test_bullets_print_nothing() -> None:
    assert texts(docx(p("通知各村", number="1"), numbering=levels(("bullet", "●")) + num("1"))) == [
        "通知各村"
    ]


def test_inserted_text_stays_and_deleted_text_goes() -> None:
    body = (
        f"<w:p>{run('值班室')}<w:ins>{run('立即')}</w:ins><w:del><w:r><w:delText>尽快</w:delText></w:r></w:del>"
        f"{run('报告')}<w:moveFrom>{run('镇长')}</w:moveFrom><w:moveTo>{run('。')}</w:moveTo></w:p>"
    )
    assert texts(docx(body)) == ["值班室立即报告。"]


def test_a_paragraph_whose_end_was_deleted_runs_on() -> None:
    body = p("值班室立即", more="<w:rPr><w:del/></w:rPr>") + p("报告镇长。")
    assert texts(docx(body)) == ["值班室立即报告镇长。"]


def test_hidden_text_and_field_codes_are_not_text() -> None:
    body = (
        "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>密</w:t></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>"
        f"{run('值班')}</w:p>"
    )
    assert texts(docx(body)) == ["值班"]


def test_a_text_box_is_read_once_after_its_paragraph() -> None:
    box = f"<w:txbxContent>{p('现场指挥部')}</w:txbxContent>"
    body = (
        f"<w:p>{run('流程图')}<w:r><mc:AlternateContent><mc:Choice>{box}</mc:Choice>"
        f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    assert texts(docx(body)) == ["流程图", "现场指挥部"]


def test_table_cells_have_places_and_merged_cells_come_once() -> None:
    body = table(
        cell("等级", merge="restart") + cell("标准", span=2) + cell("备注"),
        cell("", merge="continue") + cell("雨量") + cell("水位") + cell("无"),
    )
    places = [(line.text, line.cell.row, line.cell.column) for line in read_docx(docx(body)) if line.cell]
    assert places == [
        ("等级", 0, 0),
        ("标准", 0, 1),
        ("备注", 0, 3),
        ("雨量", 1, 1),
        ("水位", 1, 2),
        ("无", 1, 3),
    ]


def test_a_frame_of_one_cell_is_no_table() -> None:
    assert [line.cell for line in read_docx(docx(table(cell("一、总则"))))] == [None]


def test_lines_broken_by_hand_are_lines_of_their_own() -> None:
    body = "<w:p><w:r><w:t>总指挥：镇长</w:t><w:br/><w:t>副总指挥：副镇长</w:t></w:r></w:p>"
    assert [(line.number, line.text) for line in read_docx(docx(body))] == [
        (1, "总指挥：镇长"),
        (2, "副总指挥：副镇长"),
    ]


def test_the_table_of_contents_of_the_word_processor_is_left_out() -> None:
    styles = '<w:style w:type="paragraph" w:styleId="C1"><w:name w:val="toc 1"/></w:style>'
    gallery = '<w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
    body = (
        p("1 总则 3", style="C1")
        + f"<w:sdt>{gallery}<w:sdtContent>{p('目录')}</w:sdtContent></w:sdt>"
        + f"<w:sdt><w:sdtContent>{p('正文')}</w:sdtContent></w:sdt>"
    )
    assert texts(docx(body, styles=styles)) == ["正文"]


def test_numbered_headings_of_a_document_become_the_outline() -> None:
    definition = levels(("decimal", "%1"), ("decimal", "%1.%2"))
    styles = heading_style("H1", 1, "1", 0) + heading_style("H2", 2, "1", 1)
    body = (
        p("东河县防汛应急预案")
        + p("总则", style="H1")
        + p("编制目的", style="H2")
        + p("规范处置。")
        + p("编制依据", style="H2")
        + p("有关法律。")
        + p("附则", style="H1")
        + p("解释", style="H2")
        + p("由县应急管理局负责解释。")
    )
    lines = read_docx(docx(body, numbering=definition + num("1"), styles=styles))
    (outline,) = build_outlines(lines, "test")
    assert [(h.number, h.title) for h in headings_of(outline)] == [
        ("1", "总则"),
        ("1.1", "编制目的"),
        ("1.2", "编制依据"),
        ("2", "附则"),
        ("2.1", "解释"),
    ]


def refused(data: bytes) -> str:
    with pytest.raises(InputError) as error:
        read_docx(data)
    return error.value.code


def test_a_damaged_file_is_refused() -> None:
    whole = docx(p("总则"))
    assert refused(whole[: len(whole) // 2]) == "damaged_file"
    assert refused(b"PK\x03\x04 nothing") == "damaged_file"
    assert refused(package({"word/document.xml": b"<w:document"})) == "damaged_file"
    assert refused(package({"other.xml": b"<a/>"})) == "damaged_file"


def test_a_document_without_words_is_empty() -> None:
    assert refused(docx(p(""))) == "empty_file"


def test_a_decompression_bomb_is_refused_before_it_unpacks() -> None:
    assert refused(docx("", more={"word/media/x.bin": b"\0" * (20 * 1024 * 1024)})) == "unsafe_file"


def test_a_bomb_that_lies_about_its_size_is_refused() -> None:
    whole = bytearray(docx(p("总则") + " " * (12 * 1024 * 1024)))
    with zipfile.ZipFile(BytesIO(bytes(whole))) as archive:
        size = archive.getinfo("word/document.xml").file_size
    lie = bytes(whole).replace(size.to_bytes(4, "little"), (100).to_bytes(4, "little"))
    assert refused(lie) in ("damaged_file", "unsafe_file")


def test_entities_are_neither_read_nor_expanded(tmp_path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("秘密", "utf-8")
    outside = f'<!DOCTYPE a [<!ENTITY e SYSTEM "{secret.as_uri()}">]>'.encode()
    inside = b'<!DOCTYPE a [<!ENTITY e "x">]>'
    for kind in (outside, inside):
        content = kind + docx_part("<w:p><w:r><w:t>&e;</w:t></w:r></w:p>")
        assert refused(package({"word/document.xml": content})) == "unsafe_file"


def docx_part(body: str) -> bytes:
    with zipfile.ZipFile(BytesIO(docx(body))) as archive:
        return archive.read("word/document.xml")


def test_an_encrypted_document_asks_for_its_password_to_be_removed() -> None:
    wrapper = bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 512 + "EncryptedPackage".encode("utf-16-le")
    assert refused(wrapper) == "password_protected"


@pytest.mark.parametrize("odd", ["x", "", "-1", "²", "99999999999999999999"])
def test_odd_numbers_in_the_mark_up_do_not_stop_reading(odd: str) -> None:
    numbering = levels(("decimal", "%1.")).replace('w:start w:val="1"', f'w:start w:val="{odd}"') + num(
        "1", inner=f'<w:lvlOverride w:ilvl="{odd}"><w:startOverride w:val="{odd}"/></w:lvlOverride>'
    )
    styles = f'<w:style w:styleId="H"><w:pPr><w:outlineLvl w:val="{odd}"/></w:pPr></w:style>'
    body = p("甲", style="H", number="1").replace('w:ilvl w:val="0"', f'w:ilvl w:val="{odd}"')
    cells = table(cell("乙", span=2).replace('"2"', f'"{odd}"') + cell("丙"))
    assert [text[-1] for text in texts(docx(body + cells, numbering=numbering, styles=styles))] == [
        "甲",
        "乙",
        "丙",
    ]
