"""A plan written back: the text, its tables and annexes, and the same meaning when it is read again."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pypdf
import pytest
from docx import Document
from docx.shared import Mm

from fengsui.adapters.read_document import load_document, read_document
from fengsui.adapters.write_docx import write_docx
from fengsui.adapters.write_docx_card import write_card_docx
from fengsui.adapters.write_pdf import write_card_pdf, write_pdf
from fengsui.application.cards import as_plan, card_for, card_sheet
from fengsui.application.documents import heading_text, official_document, outline_of
from fengsui.core.plan.export import extract_table
from fengsui.core.plan.model import DraftPlan, Numbering
from fengsui.core.plan.sheet import (
    CardSheet,
    HeadingBlock,
    OfficialDocument,
    TableBlock,
    TextBlock,
)
from fengsui.core.plan.surroundings import PlanIdentity
from fengsui.core.reading.blocks import TextLine
from fengsui.core.reading.draft import plan_outlines, read_plan

DEMO = sorted((Path(__file__).resolve().parents[2] / "demo" / "yunzhou" / "plans").glob("*.docx"))
MEANING = (
    *("title", "headings", "levels", "activation", "termination", "deadlines", "command"),
    *("units", "groups", "measures", "duties", "drills", "contacts", "boundary_rule"),
)
IDENTITY = PlanIdentity(number="云政办发〔2026〕3号", issuer="云州人民政府办公室", issued=date(2026, 3, 1))
NASTY = '#set page() $x^2$ *b* _i_ \\ " @ref <label> [c] `code` // 注 /* 注 */ ~ = 题 ' + "W" * 400


def read_first(data: bytes, name: str) -> tuple[DraftPlan, Any, tuple[TextLine, ...]]:
    lines = read_document(data, name).lines
    outline = plan_outlines(lines, "x")[0]
    return read_plan(outline), outline, lines


def meaning(draft: DraftPlan) -> dict[str, Any]:
    """What was read without the place it was read at."""
    table = extract_table(draft)
    return {part: bare(table[part]) for part in MEANING}


def bare(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: bare(item) for name, item in value.items() if name not in ("line", "lines", "quote")}
    return [bare(item) for item in value] if isinstance(value, list) else value


def paper_of(path: Path, **given: Any) -> tuple[DraftPlan, OfficialDocument]:
    document = load_document(path)
    outlines = plan_outlines(document.lines, document.id)
    draft = read_plan(outlines[0])
    content = replace(draft.content, identity=given.pop("identity", None))
    options = {"in_force": True, **given}
    return draft, official_document(content, outline_of(outlines, content), document.lines, **options)


def pdf_text(data: bytes) -> str:
    pages = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages]
    return re.sub(r"\s", "", "".join(pages))


@pytest.mark.parametrize("path", DEMO, ids=lambda path: path.stem)
def test_a_demo_plan_written_as_docx_reads_back_with_the_same_meaning(path: Path) -> None:
    draft, paper = paper_of(path, identity=IDENTITY)
    again, _, _ = read_first(write_docx(paper), "again.docx")
    assert meaning(again) == meaning(draft)


def test_what_was_compiled_stands_in_the_file_and_is_not_read_as_text() -> None:
    _, paper = paper_of(DEMO[0])
    data = write_docx(paper)
    xml = Document(io.BytesIO(data)).element.xml
    assert "分级标准、权限和时限汇编" in xml
    assert not [line for line in read_document(data, "a.docx").lines if "汇编" in line.text]


def test_the_page_is_that_of_the_standard() -> None:
    _, paper = paper_of(DEMO[0], identity=IDENTITY)
    document = Document(io.BytesIO(write_docx(paper)))
    section = document.sections[0]
    assert abs(section.top_margin - Mm(37)) < Mm(0.1)
    assert abs(section.left_margin - Mm(28)) < Mm(0.1)
    assert abs(section.page_width - section.left_margin - section.right_margin - Mm(156)) < Mm(0.1)
    assert abs(section.page_height - section.top_margin - section.bottom_margin - Mm(225)) < Mm(0.1)
    normal: Any = document.styles["Normal"]
    assert 22 * normal.paragraph_format.line_spacing.mm <= 225
    assert 23 * normal.paragraph_format.line_spacing.mm > 225
    assert "PAGE" in section.footer._element.xml
    assert "PAGE" in section.even_page_footer._element.xml


def test_a_full_page_of_the_pdf_holds_22_lines_of_28_characters() -> None:
    text = TextBlock(text="组织抢险救援" * 400)
    data = write_pdf(OfficialDocument(title="云州预案", body=(text,)))
    lines = pypdf.PdfReader(io.BytesIO(data)).pages[1].extract_text().splitlines()
    full = [line for line in lines if "抢" in line]
    assert len(full) == 22
    assert {len(re.sub(r"\s", "", line)) for line in full} == {28}


def test_a_red_head_stands_where_the_issuer_is_known_and_nowhere_else() -> None:
    _, with_issuer = paper_of(DEMO[0], identity=IDENTITY)
    _, without = paper_of(DEMO[0])
    assert "D7000F" in Document(io.BytesIO(write_docx(with_issuer))).element.xml
    assert "D7000F" not in Document(io.BytesIO(write_docx(without))).element.xml
    text = pdf_text(write_pdf(with_issuer))
    assert text.startswith("云州人民政府办公室云政办发〔2026〕3号")
    assert "2026年3月1日印发" in text


def test_a_draft_and_an_exercise_are_marked_on_every_page() -> None:
    _, paper = paper_of(DEMO[0], in_force=False, exercise=True)
    assert paper.marks == ("草稿", "未施行", "演练")
    for page in pypdf.PdfReader(io.BytesIO(write_pdf(paper))).pages:
        assert "草稿" in page.extract_text()
        assert "演练" in page.extract_text()
    section = Document(io.BytesIO(write_docx(paper))).sections[0]
    for header in (section.header, section.even_page_header):
        assert "草稿" in header.paragraphs[0].text
    _, in_force = paper_of(DEMO[0])
    assert in_force.marks == ()


def test_no_sign_in_a_text_means_anything_to_the_typesetter() -> None:
    blocks = (
        HeadingBlock(text=NASTY, depth=1),
        TextBlock(text=NASTY),
        TextBlock(text="\x00\x08\x1b控制\ufffe符\x7f"),
        TableBlock(rows=(("头", "#let"), (NASTY, "]]})"), ("{", "}")), widths=(1, 2)),
    )
    paper = OfficialDocument(
        title=NASTY, issuer="#x", number="$", body=blocks, compiled=blocks, marks=("#m",)
    )
    text = pdf_text(write_pdf(paper))
    for piece in ("#setpage()", "$x^2$", "*b*", "_i_", "<label>", "`code`", "//注", "]]})"):
        assert piece in text, piece
    card = CardSheet(title=NASTY, name="$", lead=(NASTY,), body=blocks, foot="#", marks=("*",))
    assert "#setpage()" in pdf_text(write_card_pdf(card))
    for data in (write_docx(paper), write_card_docx(card)):
        assert any("#set page()" in paragraph.text for paragraph in Document(io.BytesIO(data)).paragraphs)


def test_a_very_long_word_stays_on_the_page() -> None:
    data = write_pdf(OfficialDocument(title="预案", body=(TextBlock(text="A" * 300),)))
    lines = pypdf.PdfReader(io.BytesIO(data)).pages[0].extract_text().splitlines()
    assert max(len(line) for line in lines) < 80


def test_tables_stay_tables_and_annexes_stand_by_themselves() -> None:
    text = """北沙镇防汛应急预案
一、总则
本预案适用于北沙镇。
二、组织体系
镇防汛指挥部统一指挥。
附件1
值班电话"""
    lines = [TextLine(number=at, text=line) for at, line in enumerate(text.split("\n"), 1)]
    from fengsui.core.reading.blocks import Cell

    cells = [("镇水利站", "0000-2200001"), ("镇卫生院", "0000-2200003")]
    for row, texts in enumerate(cells):
        for column, text in enumerate(texts):
            place = Cell(table=0, row=row, column=column)
            lines.append(TextLine(number=len(lines) + 1, text=text, cell=place))
    outline = plan_outlines(lines, "x")[0]
    paper = official_document(read_plan(outline).content, outline, lines, in_force=True)
    (annex,) = paper.attached
    assert annex[0] == HeadingBlock(text="附件1", depth=1)
    assert annex[-1].rows == tuple(cells)  # type: ignore[union-attr]
    assert not [block for block in paper.body if isinstance(block, TableBlock)]


def test_headings_are_printed_by_their_kind_of_number() -> None:
    chinese, decimal = Numbering.CHINESE, Numbering.DECIMAL
    assert heading_text("一", "总则", chinese) == "一、总则"
    assert heading_text("（二）", "依据", chinese) == "（二）依据"
    assert heading_text("1", "总则", decimal) == "1 总则"
    assert heading_text("1", "总则", chinese) == "1.总则"
    assert heading_text("第三章", "组织", chinese) == "第三章 组织"
    assert heading_text("", "组织", chinese) == "组织"


def test_a_sentence_that_goes_on_after_a_heading_stays_in_its_line() -> None:
    sentence = "（一）统一领导。镇指挥部统一指挥全镇抢险工作，各站所服从调度。"
    text = f"北沙镇防汛应急预案\n一、工作原则\n{sentence}\n二、附则"
    lines = [TextLine(number=at, text=line) for at, line in enumerate(text.split("\n"), 1)]
    outline = plan_outlines(lines, "x")[0]
    paper = official_document(read_plan(outline).content, outline, lines, in_force=True)
    run_in = [block for block in paper.body if isinstance(block, HeadingBlock) and block.rest]
    assert [block.text for block in run_in] in (["（一）统一领导。"], [])


def test_the_annex_says_so_where_the_plan_says_nothing() -> None:
    lines = [
        TextLine(number=at, text=t)
        for at, t in enumerate(("北沙镇应急预案", "一、总则", "本预案适用于北沙镇。"), 1)
    ]
    outline = plan_outlines(lines, "x")[0]
    paper = official_document(read_plan(outline).content, outline, lines, in_force=True)
    assert [block.text for block in paper.compiled if isinstance(block, TextBlock)].count(
        "预案没有写明。"
    ) == 3


def test_a_card_fits_two_sides_of_paper_however_many_plans_name_the_body() -> None:
    plans = [as_plan(paper_of(path)[0].content, path.stem) for path in DEMO]
    sheet = card_sheet(card_for(plans, "州应急管理局"), marks=("演练",))
    reader = pypdf.PdfReader(io.BytesIO(write_card_pdf(sheet)))
    assert len(reader.pages) <= 2
    text = pdf_text(write_card_pdf(sheet))
    assert "州应急管理局" in text
    assert "演练" in text
    assert "4.1" in text
    assert "州应急管理局" in Document(io.BytesIO(write_card_docx(sheet))).paragraphs[0].text
