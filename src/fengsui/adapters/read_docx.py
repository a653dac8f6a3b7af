"""Reading .docx: an own OOXML reader, because numbering must not be lost.

Kept: automatic numbers (第一章, （一）, 1.1), tables with each merged cell once, inserted text, text boxes
once, heading depth by style. Left out: deleted text (with a notice),
headers, footers, comments, notes, contents tables.
Guarantees: each ``TextLine`` is a whole paragraph (or a line of one broken by hand), numbered from 1.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from lxml import etree

from fengsui.adapters.ooxml_numbering import Numbering
from fengsui.adapters.ooxml_package import Package, attribute, child, is_on, local, value, whole
from fengsui.adapters.read_limits import DEEPEST_DOCX as DEEPEST
from fengsui.core.errors import InputError
from fengsui.core.reading.blocks import Cell, Notice, TextLine

_SKIPPED = frozenset(
    (
        *(
            "del",
            "moveFrom",
            "instrText",
            "delText",
            "rPr",
            "pPr",
            "sectPr",
            "tblPr",
            "tblGrid",
            "trPr",
            "tcPr",
        ),
        *("footnoteReference", "endnoteReference", "commentReference", "rt"),
    )
)
_BOXES = frozenset(("txbxContent",))
_STYLE_TYPES = (None, "paragraph", "numbering")


def read_docx(data: bytes) -> tuple[TextLine, ...]:
    """The paragraphs of a .docx in reading order.

    Raises InputError ``damaged_file``, ``password_protected``, ``unsafe_file``, ``empty_file``.
    """
    package = Package(data)
    return read_parts(package, package.xml("word/document.xml") if data else None)


def read_parts(
    package: Package, document: etree._Element | None, places: list[Place] | None = None
) -> tuple[TextLine, ...]:
    """The paragraphs of ``document``, the main part of ``package``; ``places`` receives where each line
    stands in it. Raises as ``read_docx`` does.
    """
    body = child(document, "body")
    if body is None:
        raise InputError("damaged_file")
    styles = _Styles(package.xml("word/styles.xml"))
    numbering = Numbering(package.xml("word/numbering.xml"), styles.numbers())
    lines = _Reader(styles, numbering, places).read(body)
    if not lines:
        raise InputError("empty_file")
    return tuple(lines)


Piece = tuple[str, etree._Element]
"""Text and the element it stands in (``w:t``, ``w:tab``, …)."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a line stands: its paragraph, the pieces of that text, and how far into them the line begins.

    The first ``label`` signs of the line are an automatic number, which no piece holds.
    """

    paragraph: etree._Element
    pieces: tuple[Piece, ...]
    start: int
    label: int


@dataclass(frozen=True, slots=True)
class _Style:
    name: str
    based_on: str | None
    outline: int | None
    number: str | None
    depth: int | None


class _Styles:
    """Paragraph styles, with what they inherit."""

    def __init__(self, part: etree._Element | None) -> None:
        self._styles: dict[str, _Style] = {}
        self.default: str | None = None
        for element in part if part is not None else ():
            if local(element) != "style" or attribute(element, "type") not in (
                None,
                "paragraph",
                "numbering",
            ):
                continue
            name = attribute(element, "styleId") or ""
            self._styles[name] = _read_style(element)
            if attribute(element, "default") in ("1", "true"):
                self.default = name

    def numbers(self) -> dict[str, str]:
        """Numbering instance by style id, for every style that names one."""
        return {name: style.number for name, style in self._styles.items() if style.number}

    def chain(self, name: str | None) -> Iterator[tuple[str, _Style]]:
        """The style and those it is based on."""
        seen: set[str] = set()
        while name and name in self._styles and name not in seen:
            seen.add(name)
            style = self._styles[name]
            yield name, style
            name = style.based_on

    def heading(self, name: str | None) -> int | None:
        """The heading depth (1 …) the style declares, None for body text."""
        for _, style in self.chain(name):
            if style.outline is not None:
                return style.outline + 1 if 0 <= style.outline < 9 else None
            match = re.fullmatch(r"(?:heading|标题) ?([1-9])", style.name, re.IGNORECASE)
            if match:
                return int(match[1])
        return None

    def is_contents(self, name: str | None) -> bool:
        """Whether the style is that of entries of a table of contents."""
        return any(
            re.match(r"(?:toc|目录) ?\d|toc heading|table of figures", style.name, re.IGNORECASE)
            for _, style in self.chain(name)
        )


def _read_style(element: etree._Element) -> _Style:
    return _Style(
        name=value(element, "name") or "",
        based_on=value(element, "basedOn"),
        outline=whole(value(element, "pPr", "outlineLvl")),
        number=value(element, "pPr", "numPr", "numId"),
        depth=whole(value(element, "pPr", "numPr", "ilvl")),
    )


@dataclass(slots=True)
class _Text:
    """Text of one paragraph while it is gathered, and the text boxes anchored in it."""

    parts: list[Piece] = field(default_factory=list)
    deleted: list[str] = field(default_factory=list)
    boxes: list[etree._Element] = field(default_factory=list)

    def leave(self, name: str, element: etree._Element) -> None:
        """Keep what is no text of the paragraph, but must be read or told of."""
        if name in _BOXES:
            self.boxes.append(element)
        elif name == "del":
            self.deleted.append(_words_of(element))

    def string(self) -> str:
        return "".join(part for part, _ in self.parts)


class _Reader:
    def __init__(self, styles: _Styles, numbering: Numbering, places: list[Place] | None = None) -> None:
        self.places = places
        self.styles = styles
        self.numbering = numbering
        self.lines: list[TextLine] = []
        self.tables = 0
        self.deleted: list[str] = []  # deletions not yet told of
        self.carried: list[Piece] = []  # text of a paragraph whose end mark was deleted

    def read(self, body: etree._Element) -> list[TextLine]:
        self._blocks(body, None, 0)
        if self.deleted and self.lines:
            self.lines[-1] = replace(self.lines[-1], notices=self.lines[-1].notices + self._notices())
        return self.lines

    def _notices(self) -> tuple[Notice, ...]:
        """What was deleted since the last line, for the next one to tell of."""
        told = tuple(Notice(code="tracked_deletion", text=text) for text in self.deleted)
        self.deleted.clear()
        return told

    def _blocks(self, parent: etree._Element, cell: Cell | None, depth: int) -> None:
        if depth > DEEPEST:
            raise InputError("damaged_file")
        for element in parent:
            name = local(element)
            if name == "p":
                self._paragraph(element, cell, depth)
            elif name == "tbl":
                self._table(element, depth)
            elif name == "sdt":
                if not _is_contents_block(element):
                    content = child(element, "sdtContent")
                    if content is not None:
                        self._blocks(content, cell, depth + 1)
            elif name == "AlternateContent":
                self._blocks(_chosen(element), cell, depth + 1)
            elif name in ("ins", "moveTo", "customXml", "smartTag"):
                self._blocks(element, cell, depth + 1)

    def _table(self, table: etree._Element, depth: int) -> None:
        every = [(row, child(row, "trPr", "del") is not None) for row in _through(table, "tr")]
        rows = [row for row, gone in every if not gone]
        single = len(rows) == 1 and sum(1 for _ in _through(rows[0], "tc")) == 1
        number = self.tables
        self.tables += 1
        row_number = -1
        for row, gone in every:
            if gone:
                self._delete(_words_of(row))
                continue
            row_number += 1
            column = 0
            for cell in _through(row, "tc"):
                merge = child(cell, "tcPr", "vMerge")
                goes_on = merge is not None and attribute(merge, "val") in (None, "continue")
                span = whole(value(cell, "tcPr", "gridSpan"))
                place = None if single else Cell(table=number, row=row_number, column=column)
                if not goes_on:
                    self._blocks(cell, place, depth + 1)
                column += span if span and span > 0 else 1

    def _paragraph(self, paragraph: etree._Element, cell: Cell | None, depth: int) -> None:
        properties = child(paragraph, "pPr")
        style = value(properties, "pStyle") or self.styles.default
        text = _Text(self.carried)
        self.carried = []
        _gather(paragraph, text, depth)
        self._delete("".join(text.deleted))
        if child(properties, "rPr", "del") is not None:
            self.carried = text.parts
            return
        label = self._label(properties, style)  # an empty paragraph is counted too
        if not self.styles.is_contents(style):
            before = len(self.lines)
            starts = self._add(text.string(), label, self._depth(properties, style), cell)
            if self.places is not None:
                pieces = tuple(text.parts)
                self.places += [
                    Place(paragraph, pieces, start, len(line.text) - size)
                    for line, (start, size) in zip(self.lines[before:], starts, strict=True)
                ]
        for box in text.boxes:
            self._blocks(box, None, depth + 1)

    def _delete(self, text: str) -> None:
        if text.strip():
            self.deleted.append(text.strip())

    def _add(
        self, text: str, label: str | None, heading: int | None, cell: Cell | None
    ) -> list[tuple[int, int]]:
        """Add the lines of a paragraph; where in ``text`` each begins, and how long it is there."""
        starts, offset = [], 0
        for place, line in enumerate(text.split("\n")):
            own = label if place == 0 else None
            kept = line.strip() if own else line.strip(" \r\n")
            if kept.strip():
                starts.append((offset + line.index(kept), len(kept)))
                self.lines.append(
                    TextLine(
                        number=len(self.lines) + 1,
                        text=f"{own}{_gap(own)}{kept}" if own else kept,
                        label=own,
                        heading=heading if cell is None else None,
                        cell=cell,
                        complete=True,
                        notices=self._notices() if self.deleted else (),
                    )
                )
            offset += len(line) + 1
        return starts

    def _depth(self, properties: etree._Element | None, style: str | None) -> int | None:
        own = whole(value(properties, "outlineLvl"))
        if own is not None:
            return own + 1 if 0 <= own < 9 else None
        return self.styles.heading(style)

    def _label(self, properties: etree._Element | None, style: str | None) -> str | None:
        number = value(properties, "numPr", "numId")
        level = whole(value(properties, "numPr", "ilvl"))
        if number is None:
            number, of_style = self._numbering_of_style(style)
            level = level if level is not None else of_style
        if number is None or number == "0":
            return None
        return self.numbering.next_label(number, level or 0)

    def _numbering_of_style(self, style: str | None) -> tuple[str | None, int | None]:
        """Numbering instance and level that a style gives its paragraphs."""
        for name, inherited in self.styles.chain(style):
            if inherited.number is not None:
                tied = self.numbering.level_of_style(inherited.number, name)
                return inherited.number, tied if tied is not None else inherited.depth
        return None, None


def _gap(label: str) -> str:
    """A blank after a label that would run into the words; none after 一、 or （一）."""
    return "" if label[-1] in "、）)．。" else " "


def _is_contents_block(element: etree._Element) -> bool:
    gallery = value(element, "sdtPr", "docPartObj", "docPartGallery")
    return gallery is not None and "contents" in gallery.lower()


def _chosen(element: etree._Element) -> etree._Element:
    """The branch to read of mc:AlternateContent: one of them, or text boxes would come twice."""
    branch = child(element, "Choice")
    if branch is None:
        branch = child(element, "Fallback")
    return branch if branch is not None else element


def _through(parent: etree._Element, wanted: str) -> Iterator[etree._Element]:
    """Rows or cells, also those inside content controls and tracked insertions."""
    for element in parent:
        name = local(element)
        if name == wanted:
            yield element
        elif name in ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag"):
            yield from _through(element, wanted)


def _gather(element: etree._Element, text: _Text, depth: int) -> None:
    """Append the visible text below ``element``."""
    if depth > DEEPEST:
        raise InputError("damaged_file")
    for item in element:
        name = local(item)
        if name in _SKIPPED or name in _BOXES:
            text.leave(name, item)
        elif name == "t":
            text.parts.append((item.text or "", item))
        elif name in _SIGNS:
            text.parts.append((_SIGNS[name], item))
        elif name == "br":
            broken = attribute(item, "type") in (None, "textWrapping")
            text.parts.append(("\n" if broken else "", item))
        elif name == "AlternateContent":
            _gather(_chosen(item), text, depth + 1)
        elif name != "r" or not is_on(child(item, "rPr", "vanish")):
            _gather(item, text, depth + 1)


def _words_of(element: etree._Element) -> str:
    """All words below an element, deleted ones included."""
    return "".join(item.text or "" for item in element.iter() if local(item) in ("t", "delText"))


_SIGNS = {"tab": "\t", "cr": "\n", "noBreakHyphen": "-", "ptab": "\t"}
