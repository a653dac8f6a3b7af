"""What both writers of .docx need: an A4 paper, faces by name, marks on every page, tables.

Faces are those of the standard by their usual names; a machine without them shows what stands in for them.
"""

from __future__ import annotations

import io
import re
from datetime import UTC, datetime
from typing import Any

from docx import Document
from docx.document import Document as DocumentObject
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.table import CT_Tbl
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from fengsui.core.plan.sheet import TableBlock

FANG, HEI, KAI, SONG, PLAIN = "仿宋_GB2312", "黑体", "楷体_GB2312", "方正小标宋简体", "宋体"
STAND_INS = {FANG: "仿宋", KAI: "楷体", SONG: "华文中宋"}
VIOLET, RED = RGBColor(0x6D, 0x28, 0xD9), RGBColor(0xD7, 0x00, 0x0F)
_NOT_XML = re.compile("[^\t\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_EPOCH = datetime(2026, 1, 1, tzinfo=UTC)


def new_document(title: str) -> DocumentObject:
    """An empty document on A4 with the title in its properties."""
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    # Set only when opened and changed by a person: the same plan gives the same file.
    core = document.core_properties
    core.title, core.author, core.comments = clean(title)[:255], "", ""
    core.created = core.modified = _EPOCH
    for language in document.styles.element.iter(qn("w:lang")):
        # Else punctuation is set as in Japanese.
        language.set(qn("w:eastAsia"), "zh-CN")
    return document


def as_bytes(document: DocumentObject) -> bytes:
    """The file."""
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def clean(text: str) -> str:
    """``text`` without signs that XML forbids."""
    return _NOT_XML.sub("", text)


def face(run: Run, name: str, size: float | None = None, *, bold: bool | None = None) -> Run:
    """Set the face of Chinese and of Latin letters; ``size`` in points."""
    properties = run._r.get_or_add_rPr()
    set_fonts(properties, name)
    if size is not None:
        run.font.size = Pt(size)
    run.bold = bold
    return run


def set_fonts(properties: Any, name: str) -> None:
    """Name the face in run properties, those of a style too."""
    fonts = properties.find(qn("w:rFonts"))
    if fonts is None:
        fonts = OxmlElement("w:rFonts")
        properties.insert(0, fonts)
    for kind in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{kind}"), None)
    for kind in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{kind}"), name if kind == "eastAsia" else "Times New Roman")
    fonts.set(qn("w:hint"), "eastAsia")


def add_text(paragraph: Paragraph, text: str, name: str, size: float | None = None, **look: Any) -> Run:
    """Add ``text`` in the face ``name``; line feeds become breaks."""
    run = paragraph.add_run()
    for at, line in enumerate(clean(text).split("\n")):
        if at:
            run.add_break()
        run.add_text(line)
    return face(run, name, size, **look)


def element(tag: str, **attributes: str | int) -> Any:
    """An element of the word processing language, ``element("w:ind", firstLine=640)``."""
    made = OxmlElement(tag)
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), str(value))
    return made


def name_stand_ins(document: DocumentObject) -> None:
    """Say in the font table what may stand in for a face that a machine lacks."""
    from docx.opc.constants import RELATIONSHIP_TYPE as REL
    from lxml import etree

    part = document.part.part_related_by(REL.FONT_TABLE)
    root = etree.fromstring(part.blob)
    for name, other in STAND_INS.items():
        font = etree.SubElement(root, qn("w:font"), {qn("w:name"): name})
        etree.SubElement(font, qn("w:altName"), {qn("w:val"): other})
    part._blob = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def mark_pages(document: DocumentObject, marks: tuple[str, ...]) -> None:
    """Print ``marks`` (草稿, 演练) at the head of every page, odd and even."""
    if not marks:
        return
    section = document.sections[0]
    for header in (section.header, section.even_page_header):
        header.is_linked_to_previous = False
        paragraph = header.paragraphs[0]
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        paragraph.paragraph_format.first_line_indent = Pt(0)
        add_text(paragraph, "　".join(marks), HEI, 14, bold=True).font.color.rgb = VIOLET


def add_field(paragraph: Paragraph, code: str, name: str, size: float) -> None:
    """A field such as the page number."""
    for kind in ("begin", "instr", "end"):
        run = face(paragraph.add_run(), name, size)
        if kind == "instr":
            instruction = element("w:instrText")
            instruction.set(qn("xml:space"), "preserve")
            instruction.text = f" {code} "
            run._r.append(instruction)
        else:
            run._r.append(element("w:fldChar", fldCharType=kind))


def add_table(document: DocumentObject, block: TableBlock, width_mm: float, *, shade: bool = False) -> None:
    """A ruled table at the end of the document; its head comes again on every page.

    Works on elements: asking the library for rows, cells and styles walks the document each time.
    """
    whole = sum(block.widths) or 1.0
    widths = [Mm(width_mm * width / whole) for width in block.widths]
    table = CT_Tbl.new_tbl(len(block.rows), len(widths), Mm(width_mm))
    document.element.body.insert_element_before(table, "w:sectPr")
    table.tblPr.style, table.tblPr.autofit = "TableGrid", False
    for column, width in zip(table.tblGrid.gridCol_lst, widths, strict=True):
        column.w = width
    for number, (row, texts) in enumerate(zip(table.tr_lst, block.rows, strict=True)):
        head = block.head and number == 0 and len(block.rows) > 1
        properties = row.get_or_add_trPr()
        properties.append(element("w:cantSplit"))
        if head:
            properties.append(element("w:tblHeader"))
        for item, text, width in zip(row.tc_lst, texts, widths, strict=True):
            item.width = width
            _fill(item, text, head=head, shade=shade and head)


def _fill(cell: Any, text: str, *, head: bool, shade: bool) -> None:
    for at, line in enumerate(clean(text).split("\n")):
        paragraph = cell.p_lst[0] if at == 0 else cell.add_p()
        styled(paragraph, HEAD_STYLE if head else CELL_STYLE)
        run = paragraph.add_r()
        run.text = line
    if shade:
        cell.get_or_add_tcPr().append(element("w:shd", val="clear", color="auto", fill="E6EAEE"))


CELL_STYLE, HEAD_STYLE = "PlanTable", "PlanTableHead"


def add_style(document: DocumentObject, name: str, face_name: str, size: float) -> Any:
    """A paragraph style of ours: what many paragraphs share is written once."""
    style: Any = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    set_fonts(style.element.get_or_add_rPr(), face_name)
    style.font.size = Pt(size)
    return style


def add_cell_styles(document: DocumentObject, size: float) -> None:
    """The styles of cells in tables; before the first table."""
    for name, face_name in ((CELL_STYLE, FANG), (HEAD_STYLE, HEI)):
        layout = add_style(document, name, face_name, size).paragraph_format
        layout.first_line_indent, layout.line_spacing = Pt(0), Pt(size * 1.35)
        layout.space_before = layout.space_after = Pt(1.5)
        layout.alignment = WD_ALIGN_PARAGRAPH.CENTER if name == HEAD_STYLE else WD_ALIGN_PARAGRAPH.LEFT


def styled(paragraph: Any, style: str) -> None:
    """Give the paragraph element the style of that id; looking it up by name each time is slow."""
    paragraph.get_or_add_pPr().get_or_add_pStyle().set(qn("w:val"), style)
