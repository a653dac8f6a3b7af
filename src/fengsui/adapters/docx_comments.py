"""The user's own .docx with notes as Word comments, each at the words it is about; nothing else changes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from posixpath import dirname, join, normpath, relpath

from lxml import etree

from fengsui.adapters.docx_edit import CONTENT_TYPES, MAIN, EditedDocx, keep_blanks, serialise
from fengsui.adapters.ooxml_package import Package, attribute, local, whole
from fengsui.core.errors import InputError
from fengsui.core.lint.note import Note
from fengsui.core.lint.place import place_in

AUTHOR = "烽燧"
STAMP = "%Y-%m-%dT%H:%M:%SZ"
"""Word writes local time with this ending and shows it as it stands."""
_RELATIONS = "word/_rels/document.xml.rels"
_COMMENTS = "word/comments.xml"
_STRICT = "http://purl.oclc.org/ooxml/"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/"
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def with_comments(data: bytes, notes: Sequence[Note], at: datetime) -> bytes:
    """The document with ``notes`` as comments of Fengsui, dated ``at`` (local time).

    A note without a line stands at the first paragraph. Raises InputError as ``read_docx`` does.
    """
    document = EditedDocx(data)
    if not notes:
        return data
    parts = _Comments(Package(data), document.space)
    for note in notes:
        number = parts.add(note, at)
        _anchor(document, note, number)
    return document.save(parts.changed())


def _anchor(document: EditedDocx, note: Note, number: int) -> None:
    """Put the marks of comment ``number`` around the words, or around the whole line."""
    line = note.line if 1 <= note.line <= len(document.lines) else 1
    text = document.lines[line - 1].text
    evidence = note.evidence if line == note.line else text
    span = document.span(line, *place_in(text, evidence)) or document.span(line, 0, len(text))
    box = document.in_box(line)
    if box is not None or span is None:
        first = last = _outside(document, line, box)
    else:
        first = document.run_after(span[0])
        last = document.run_before(span[1])
    name = document.name
    first.addprevious(etree.Element(name("commentRangeStart"), {name("id"): str(number)}))
    end = etree.Element(name("commentRangeEnd"), {name("id"): str(number)})
    last.addnext(end)
    mark = etree.Element(name("r"))
    etree.SubElement(mark, name("commentReference"), {name("id"): str(number)})
    end.addnext(mark)


def _outside(document: EditedDocx, line: int, box: etree._Element | None) -> etree._Element:
    """What a comment can stand around when the words themselves are out of reach: the run that holds the
    text box, or the first run of the paragraph."""
    if box is None:
        place = document.places[line - 1]
        return document.run_after((place.pieces[0][1], 0))
    run = next((item for item in box.iterancestors() if local(item) == "r"), None)
    if run is None:
        raise InputError("damaged_file")
    return run


class _Comments:
    """The part with the comments: that of the document, or a new one made known to the package."""

    def __init__(self, package: Package, space: str) -> None:
        self._space = space
        strict = space.startswith(_STRICT)
        base = f"{_STRICT}officeDocument/" if strict else _OFFICE
        self._relation = f"{base}relationships/comments"
        self._relations = package.xml(_RELATIONS)
        self._types = package.xml(CONTENT_TYPES)
        self._part = self._known() or _COMMENTS
        self._new = self._known() is None
        root = package.xml(self._part)
        self._root = etree.Element(self._name("comments"), nsmap={"w": space}) if root is None else root
        numbers = [whole(attribute(item, "id")) or 0 for item in self._root]
        self._next = max(numbers, default=-1) + 1

    def _name(self, tag: str) -> str:
        return f"{{{self._space}}}{tag}"

    def _known(self) -> str | None:
        for relation in self._relations if self._relations is not None else ():
            if attribute(relation, "Type") == self._relation:
                target = attribute(relation, "Target") or ""
                return normpath(join(dirname(MAIN), target)).lstrip("/")
        return None

    def add(self, note: Note, at: datetime) -> int:
        """Add the words of a comment; its number."""
        number, self._next = self._next, self._next + 1
        name = self._name
        comment = etree.SubElement(self._root, name("comment"))
        for key, given in (("id", str(number)), ("author", AUTHOR), ("date", at.strftime(STAMP))):
            comment.set(name(key), given)
        comment.set(name("initials"), AUTHOR)
        for place, text in enumerate(note.paragraphs):
            self._paragraph(comment, text, first=place == 0)
        return number

    def _paragraph(self, comment: etree._Element, text: str, *, first: bool) -> None:
        """Small and without indent, because the body style of official documents is large and indented."""
        name = self._name
        paragraph = etree.SubElement(comment, name("p"))
        properties = etree.SubElement(paragraph, name("pPr"))
        spacing = {"before": "0", "after": "0", "line": "240", "lineRule": "auto"}
        etree.SubElement(properties, name("spacing"), {name(key): given for key, given in spacing.items()})
        indent = {"left": "0", "firstLineChars": "0", "firstLine": "0"}
        etree.SubElement(properties, name("ind"), {name(key): given for key, given in indent.items()})
        etree.SubElement(properties, name("jc"), {name("val"): "left"})
        if first:
            etree.SubElement(etree.SubElement(paragraph, name("r")), name("annotationRef"))
        run = etree.SubElement(paragraph, name("r"))
        style = etree.SubElement(run, name("rPr"))
        if first:
            etree.SubElement(style, name("b"))
        etree.SubElement(style, name("sz"), {name("val"): "20"})
        words = etree.SubElement(run, name("t"))
        words.text = _NOT_XML.sub("", text)
        keep_blanks(words)

    def changed(self) -> dict[str, bytes]:
        """The parts to write."""
        made = {self._part: serialise(self._root)}
        if self._new:
            made[_RELATIONS] = serialise(self._related())
            made[CONTENT_TYPES] = serialise(self._typed())
        return made

    def _related(self) -> etree._Element:
        space = f"{_PACKAGE}relationships"
        root = self._relations
        if root is None:
            root = etree.Element(f"{{{space}}}Relationships", nsmap={None: space})  # type: ignore[dict-item]
        taken = {attribute(item, "Id") for item in root}
        own = next(name for n in range(1, len(taken) + 2) if (name := f"rIdFengsui{n}") not in taken)
        given = {"Id": own, "Type": self._relation, "Target": relpath(self._part, dirname(MAIN))}
        etree.SubElement(root, f"{{{etree.QName(root).namespace}}}Relationship", given)
        return root

    def _typed(self) -> etree._Element:
        root = self._types
        if root is None:
            raise InputError("damaged_file")
        space = etree.QName(root).namespace
        name = f"{{{space}}}Override" if space else "Override"
        given = {"PartName": f"/{self._part}", "ContentType": _TYPE}
        if all(attribute(item, "PartName") != given["PartName"] for item in root):
            etree.SubElement(root, name, given)
        return root


_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/"
