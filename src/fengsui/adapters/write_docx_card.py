"""An action card as .docx: big letters on one or two sides of A4, for an office to change by hand."""

from __future__ import annotations

from typing import Any

from docx.document import Document as DocumentObject
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt, RGBColor

from fengsui.adapters.docx_paper import (
    HEI,
    add_cell_styles,
    add_field,
    add_table,
    add_text,
    as_bytes,
    element,
    mark_pages,
    new_document,
)
from fengsui.core.plan.sheet import Block, CardSheet, HeadingBlock, TableBlock

WIDTH = 180.0
SIZE = 12.0
DARK = RGBColor(0x12, 0x32, 0x4C)


def write_card_docx(card: CardSheet) -> bytes:
    """The file of an action card."""
    paper = new_document(f"{card.title} {card.name}")
    section = paper.sections[0]
    section.left_margin = section.right_margin = Mm(15)
    section.top_margin, section.bottom_margin = Mm(14), Mm(14)
    section.header_distance, section.footer_distance = Mm(7), Mm(7)
    normal: Any = paper.styles["Normal"]
    normal.paragraph_format.space_after = Pt(3)
    add_cell_styles(paper, 14 if card.large else 11.5)
    _title(paper, card)
    for text in card.lead:
        add_text(paper.add_paragraph(), text, HEI, 11)
    for block in card.body:
        _block(paper, block)
    mark_pages(paper, card.marks)
    _foot(paper, card)
    return as_bytes(paper)


def _title(paper: DocumentObject, card: CardSheet) -> None:
    paragraph = paper.add_paragraph()
    properties = paragraph._p.get_or_add_pPr()
    border = element("w:pBdr")
    border.append(element("w:bottom", val="single", sz=16, space=3, color="auto"))
    tabs = element("w:tabs")
    tabs.append(element("w:tab", val="right", pos=int(WIDTH / 25.4 * 1440)))
    later = ("w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:rPr")
    properties.insert_element_before(tabs, *later)
    properties.insert_element_before(border, "w:shd", "w:tabs", *later)
    add_text(paragraph, card.name, HEI, 22, bold=True).add_tab()
    add_text(paragraph, card.title, HEI, 15, bold=True)


def _block(paper: DocumentObject, block: Block) -> None:
    if isinstance(block, TableBlock):
        add_table(paper, block, WIDTH, shade=True)
        return
    paragraph = paper.add_paragraph()
    if isinstance(block, HeadingBlock):
        paragraph.paragraph_format.keep_with_next = True
        paragraph.paragraph_format.space_before = Pt(6 if block.depth == 1 else 4)
        run = add_text(paragraph, block.text, HEI, 15 if block.depth == 1 else 13, bold=True)
        if block.depth > 1:
            run.font.color.rgb = DARK
    else:
        paragraph.paragraph_format.space_before = Pt(4)
        add_text(paragraph, block.text, HEI, SIZE)


def _foot(paper: DocumentObject, card: CardSheet) -> None:
    paragraph = paper.sections[0].footer.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    add_text(paragraph, f"{card.foot}　", HEI, 9)
    add_field(paragraph, "PAGE", HEI, 9)
