"""An official document as .docx, laid out by GB/T 9704-2012 (党政机关公文格式).

Type area 156 × 225 mm, 22 lines of 28 characters, page number at the outer corner. What was compiled from the
data stands in a content control that says so (like a table of contents), so that it is never taken for the
text of the plan when the file is read again.
"""

from __future__ import annotations

from typing import Any

from docx.document import Document as DocumentObject
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK, WD_LINE_SPACING
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

from fengsui.adapters.docx_paper import (
    FANG,
    HEI,
    KAI,
    PLAIN,
    RED,
    SONG,
    add_cell_styles,
    add_field,
    add_style,
    add_table,
    add_text,
    as_bytes,
    clean,
    element,
    face,
    mark_pages,
    name_stand_ins,
    new_document,
    set_fonts,
    styled,
)
from fengsui.core.plan.sheet import Block, HeadingBlock, OfficialDocument, TableBlock

PITCH = 28.95
"""Distance of lines in points: 22 of them fill 225 mm."""
SIZE = 16.0
"""3号, the size of the body."""
TIGHTER = -4
"""Twentieths of a point between letters: 28 letters of 16 pt fill 156 mm."""
TYPE_WIDTH = 156.0
TEXT_STYLE, LINE_STYLE = "PlanText", "PlanLine"
COMPILED = "Fengsui Compiled Contents"
"""Name of the content control; a reader leaves out what a machine compiled, as it does tables of contents."""


def write_docx(document: OfficialDocument) -> bytes:
    """The file of an official document."""
    paper = new_document(document.title)
    _page(paper)
    _styles(paper)
    name_stand_ins(paper)
    if document.issuer:
        _red_head(paper, document.issuer, document.number, document.signer)
    _line(paper, document.title, SONG, 22, pitch=34, bold=False)
    _line(paper, "", FANG, SIZE)
    if document.addressed_to:
        # 主送机关: at the left edge, without an indent (7.3.2).
        add_text(paper.add_paragraph(), f"{document.addressed_to}：", FANG)
    for block in document.body:
        _block(paper, block)
    if document.date:
        _signature(paper, document)
    for annex in document.attached:
        paper.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
        for block in annex:
            _block(paper, block)
    mark_pages(paper, document.marks)
    _page_numbers(paper)
    _compiled(paper, document)
    return as_bytes(paper)


def _page(paper: DocumentObject) -> None:
    section = paper.sections[0]
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.header_distance, section.footer_distance = Mm(20), Mm(24)
    settings = paper.settings.element
    settings.insert(0, element("w:mirrorMargins"))
    paper.settings.odd_and_even_pages_header_footer = True


def _styles(paper: DocumentObject) -> None:
    normal: Any = paper.styles["Normal"]
    normal.font.size = Pt(SIZE)
    set_fonts(normal.element.get_or_add_rPr(), FANG)
    normal.element.get_or_add_rPr().append(element("w:spacing", val=TIGHTER))
    _spaced(normal.paragraph_format)
    add_cell_styles(paper, 12)
    text = add_style(paper, TEXT_STYLE, FANG, SIZE).paragraph_format
    text.first_line_indent, text.alignment = Pt(2 * SIZE), WD_ALIGN_PARAGRAPH.JUSTIFY
    add_style(paper, LINE_STYLE, KAI, SIZE).paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for style_name in (TEXT_STYLE, LINE_STYLE):
        _spaced(paper.styles[style_name].paragraph_format)
    for depth, name in ((1, HEI), (2, KAI), (3, FANG), (4, FANG), (5, FANG), (6, FANG)):
        style: Any = paper.styles[f"Heading {depth}"]
        properties = style.element.get_or_add_rPr()
        for old in list(properties):
            properties.remove(old)
        set_fonts(properties, name)
        style.font.size, style.font.bold = Pt(SIZE), depth == 3
        _spaced(style.paragraph_format)
        style.paragraph_format.keep_with_next = True
        style.paragraph_format.first_line_indent = Pt(2 * SIZE)


def _spaced(layout: Any) -> None:
    layout.space_before = layout.space_after = Pt(0)
    layout.line_spacing_rule, layout.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(PITCH)


def _line(
    paper: DocumentObject,
    text: str,
    name: str,
    size: float,
    *,
    pitch: float = PITCH,
    bold: bool | None = None,
) -> Paragraph:
    """A line in the middle."""
    paragraph = paper.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.line_spacing = Pt(pitch)
    add_text(paragraph, text, name, size, bold=bold)
    return paragraph


def _red_head(paper: DocumentObject, issuer: str, number: str | None, signer: str = "") -> None:
    size = min(44.0, 440.0 / max(1, len(issuer)))
    name = _line(paper, issuer, SONG, size, pitch=max(PITCH, size * 1.3), bold=True)
    name.runs[0].font.color.rgb = RED
    name.paragraph_format.space_before = Mm(35)
    _line(paper, "", FANG, SIZE)
    last = _line(paper, number or "", FANG, SIZE)
    if signer:
        _signer(last, signer)
    border = element("w:pBdr")
    border.append(element("w:bottom", val="single", sz=12, space=11, color="D7000F"))
    last._p.get_or_add_pPr().insert_element_before(
        border, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )
    for _ in range(2):
        _line(paper, "", FANG, SIZE)


def _signer(line: Paragraph, signer: str) -> None:
    """The number at the left and who signs at the right, a character from either edge (7.2.6)."""
    line.alignment = WD_ALIGN_PARAGRAPH.LEFT
    line.paragraph_format.left_indent = Pt(SIZE)
    tabs = element("w:tabs")
    tabs.append(element("w:tab", val="right", pos=int((TYPE_WIDTH - 6) / 25.4 * 1440)))
    line._p.get_or_add_pPr().insert_element_before(
        tabs, "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )
    line.add_run().add_tab()
    add_text(line, signer, FANG)


def _block(paper: DocumentObject, block: Block) -> None:
    if isinstance(block, TableBlock):
        add_table(paper, block, TYPE_WIDTH)
    elif isinstance(block, HeadingBlock):
        _heading(paper, block)
    else:
        _paragraph(paper, LINE_STYLE if block.centred else TEXT_STYLE, block.text)


def _paragraph(paper: DocumentObject, style: str, text: str) -> Any:
    """A paragraph at the end, in the style of that id."""
    paragraph = element("w:p")
    styled(paragraph, style)
    paper.element.body.insert_element_before(paragraph, "w:sectPr")
    for at, line in enumerate(clean(text).split("\n")):
        run = paragraph.add_r()
        if at:
            run.add_br()
        run.add_t(line)
    return paragraph


def _heading(paper: DocumentObject, block: HeadingBlock) -> None:
    if not block.rest:
        _paragraph(paper, f"Heading{min(block.depth, 6)}", block.text)
        return
    # A heading that goes on as a sentence is a paragraph: a style of headings would hold all of it.
    name = {1: HEI, 2: KAI}.get(block.depth, FANG)
    paragraph = Paragraph(_paragraph(paper, TEXT_STYLE, block.text), paper._body)
    face(paragraph.runs[0], name, bold=block.depth == 3 or None)
    paragraph.add_run(clean(block.rest))


def _signature(paper: DocumentObject, document: OfficialDocument) -> None:
    paper.add_paragraph()
    for text in (document.issuer or "", document.date):
        if text:
            paragraph = paper.add_paragraph()
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            paragraph.paragraph_format.right_indent = Pt(4 * SIZE)
            add_text(paragraph, text, FANG)


def _page_numbers(paper: DocumentObject) -> None:
    section = paper.sections[0]
    sides = ((section.footer, WD_ALIGN_PARAGRAPH.RIGHT), (section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT))
    for footer, side in sides:
        footer.is_linked_to_previous = False
        paragraph = footer.paragraphs[0]
        paragraph.alignment = side
        # One character from the edge, as the standard has it.
        paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Pt(14)
        add_text(paragraph, "— ", PLAIN, 14)
        add_field(paragraph, "PAGE", PLAIN, 14)
        add_text(paragraph, " —", PLAIN, 14)


def _compiled(paper: DocumentObject, document: OfficialDocument) -> None:
    """The compiled annex and the imprint, inside their content control."""
    body = paper.element.body
    before = len(body)
    if document.compiled:
        first = paper.add_paragraph()
        first.add_run().add_break(WD_BREAK.PAGE)
        add_text(first, document.compiled_label, HEI)
        _line(paper, "", FANG, SIZE)
        _line(paper, document.compiled_title, SONG, 22, pitch=34)
        _line(paper, "", FANG, SIZE)
        for block in document.compiled:
            _block(paper, block)
    if document.imprint is not None:
        _imprint(paper, document.imprint, document.copied_to)
    # The properties of the section stay last.
    made = [item for item in body[before - 1 :] if item.tag != qn("w:sectPr")]
    if not made:
        return
    control, properties = element("w:sdt"), element("w:sdtPr")
    properties.append(element("w:alias", val=document.compiled_title or COMPILED))
    gallery = element("w:docPartObj")
    gallery.append(element("w:docPartGallery", val=COMPILED))
    gallery.append(element("w:docPartUnique"))
    properties.append(gallery)
    content = element("w:sdtContent")
    control.extend((properties, content))
    made[0].addprevious(control)
    content.extend(made)


def _imprint(paper: DocumentObject, imprint: tuple[str, str], copied_to: str = "") -> None:
    paper.add_paragraph()
    if copied_to:
        _copied(paper, copied_to)
    paragraph = paper.add_paragraph()
    properties = paragraph._p.get_or_add_pPr()
    border = element("w:pBdr")
    border.append(element("w:top", val="single", sz=8, space=2, color="auto"))
    border.append(element("w:bottom", val="single", sz=8, space=2, color="auto"))
    tabs = element("w:tabs")
    tabs.append(element("w:tab", val="right", pos=int((TYPE_WIDTH - 5) / 25.4 * 1440)))
    later = ("w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:rPr")
    properties.insert_element_before(tabs, *later)
    properties.insert_element_before(border, "w:shd", "w:tabs", *later)
    paragraph.paragraph_format.left_indent = Pt(14)
    add_text(paragraph, imprint[0], FANG, 14).add_tab()
    add_text(paragraph, imprint[1], FANG, 14)


def _copied(paper: DocumentObject, copied_to: str) -> None:
    """抄送: over the line of the printing body, under a thick line of its own (7.4.2)."""
    paragraph = paper.add_paragraph()
    border = element("w:pBdr")
    border.append(element("w:top", val="single", sz=8, space=2, color="auto"))
    later = ("w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:rPr")
    paragraph._p.get_or_add_pPr().insert_element_before(border, *later)
    # The second line stands under the first sign after 抄送：.
    paragraph.paragraph_format.left_indent = Pt(14 * 4)
    paragraph.paragraph_format.right_indent = Pt(14)
    paragraph.paragraph_format.first_line_indent = Pt(-14 * 3)
    add_text(paragraph, f"抄送：{copied_to}。", FANG, 14)
