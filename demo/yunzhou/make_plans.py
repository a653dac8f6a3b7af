"""Build the demo plans (.docx with automatic numbering) from the texts beside this file.

Text form: ``!`` numbering scheme, ``%`` title page, ``#``/``##`` headings, ``*`` list items (restarting after
each break), ``|`` table rows, anything else a paragraph. Numbers are never typed: Word computes them, as
in the documents that offices really send, so that the demo exercises the reader. Run: ``make demo-plans``.
"""

from __future__ import annotations

import sys
import zipfile
from pathlib import Path

from docx import Document
from docx.document import Document as DocumentObject
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt
from docx.text.paragraph import Paragraph

HERE = Path(__file__).parent
HEADINGS = {
    "decimal": (("decimal", "%1"), ("decimal", "%1.%2")),
    "chinese": (("chineseCounting", "%1、"), ("chineseCounting", "（%2）")),
    "chapter": (("chineseCounting", "第%1章"), ("chineseCounting", "第%2节")),
}
HEADING_LIST, ITEM_LIST = 70, 71
FIXED_DATE = (2026, 1, 1, 0, 0, 0)


def _abstract(number: int, levels: tuple[tuple[str, str], ...]) -> str:
    body = "".join(
        f'<w:lvl w:ilvl="{i}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:suff w:val="space"/>'
        f'<w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/></w:lvl>'
        for i, (form, text) in enumerate(levels)
    )
    return f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{number}">{body}</w:abstractNum>'


class PlanWriter:
    """Writes one plan; keeps the numbering state that Word needs."""

    def __init__(self, scheme: str) -> None:
        self.document: DocumentObject = Document()
        self.numbering = self.document.part.numbering_part.element
        first_num = self.numbering.find(qn("w:num"))
        for number, levels in ((HEADING_LIST, HEADINGS[scheme]), (ITEM_LIST, (("decimal", "（%1）"),))):
            element = parse_xml(_abstract(number, levels))
            first_num.addprevious(element) if first_num is not None else self.numbering.append(element)
        self.next_num = 200
        self.heading_num = self._num(HEADING_LIST)
        self.item_num: int | None = None

    def _num(self, abstract: int, restart: bool = False) -> int:
        self.next_num += 1
        override = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>' if restart else ""
        points_to = f'<w:abstractNumId w:val="{abstract}"/>'
        self.numbering.append(
            parse_xml(f'<w:num {nsdecls("w")} w:numId="{self.next_num}">{points_to}{override}</w:num>')
        )
        return self.next_num

    @staticmethod
    def _number(paragraph: Paragraph, num: int, level: int) -> None:
        properties = paragraph._p.get_or_add_pPr()
        properties.append(
            parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="{num}"/></w:numPr>')
        )

    def title(self, text: str) -> None:
        paragraph = self.document.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        run = paragraph.add_run(text)
        run.bold, run.font.size = True, Pt(20)

    def heading(self, text: str, level: int) -> None:
        paragraph = self.document.add_heading(text, level=level)
        self._number(paragraph, self.heading_num, level - 1)

    def item(self, text: str) -> None:
        if self.item_num is None:
            self.item_num = self._num(ITEM_LIST, restart=True)
        self._number(self.document.add_paragraph(text), self.item_num, 0)

    def table(self, rows: list[list[str]]) -> None:
        table = self.document.add_table(rows=len(rows), cols=len(rows[0]))
        for row, texts in zip(table.rows, rows, strict=True):
            for cell, text in zip(row.cells, texts, strict=True):
                cell.text = text


def build(source: Path, target: Path) -> None:
    """Write ``target`` from ``source``; the same text always gives the same bytes."""
    lines = source.read_text("utf-8").splitlines()
    writer = PlanWriter(lines[0].removeprefix("!").strip())
    rows: list[list[str]] = []
    for line in [*lines[1:], ""]:
        if not line.startswith("|") and rows:
            writer.table(rows)
            rows = []
        if not line.startswith("* "):
            writer.item_num = None
        if line.startswith("|"):
            rows.append([cell.strip() for cell in line.strip("| ").split("|")])
        elif line.startswith("% "):
            writer.title(line[2:])
        elif line.startswith("## "):
            writer.heading(line[3:], 2)
        elif line.startswith("# "):
            writer.heading(line[2:], 1)
        elif line.startswith("* "):
            writer.item(line[2:])
        elif line:
            writer.document.add_paragraph(line)
    writer.document.core_properties.author = "云州人民政府"
    writer.document.save(str(target))
    _fix_dates(target)


def _fix_dates(path: Path) -> None:
    with zipfile.ZipFile(path) as archive:
        parts = [(info.filename, archive.read(info)) for info in archive.infolist()]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in parts:
            archive.writestr(zipfile.ZipInfo(name, FIXED_DATE), body, zipfile.ZIP_DEFLATED)


def main() -> int:
    """Rebuild every plan."""
    target = HERE / "plans"
    target.mkdir(exist_ok=True)
    for source in sorted((HERE / "text").glob("*.txt")):
        build(source, target / f"{source.stem}.docx")
        print(f"{source.stem}.docx")
    return 0


if __name__ == "__main__":
    sys.exit(main())
