"""A .docx opened to be written again: runs cut where a mark must stand, every other part kept as it was.

Nothing that is seen changes by a cut: both halves of a run keep its properties, and blanks are preserved.
"""

from __future__ import annotations

import zipfile
from bisect import bisect_right
from collections.abc import Iterable
from copy import deepcopy
from io import BytesIO
from itertools import accumulate

from lxml import etree

from fengsui.adapters.ooxml_package import OLE_HEADER, Package, local
from fengsui.adapters.read_docx import Place, read_parts
from fengsui.adapters.read_office import as_docx
from fengsui.core.errors import InputError
from fengsui.core.reading.blocks import TextLine

MAIN = "word/document.xml"
CONTENT_TYPES = "[Content_Types].xml"
_FIRST_DAY = (1980, 1, 1, 0, 0, 0)
_XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_BOX = "txbxContent"
_AROUND_RUNS = frozenset(
    ("p", "hyperlink", "ins", "moveTo", "smartTag", "sdtContent", "customXml", "fldSimple")
)
"""What may hold a run and a mark beside it."""

Boundary = tuple[etree._Element, int]
"""An element with text, and how many of its signs stand before the boundary."""


def as_word(data: bytes, name: str) -> bytes:
    """The file as .docx, converted where it is .doc or .wps.

    Raises InputError ``not_word_file`` for any other, and as ``read_office`` does.
    """
    if data.startswith(b"PK\x03\x04"):
        return data
    if data.startswith(OLE_HEADER):
        return as_docx(data, "WPS" if name.lower().endswith(".wps") else "DOC")
    raise InputError("not_word_file", name=name)


class EditedDocx:
    """One document with the places of its lines."""

    def __init__(self, data: bytes) -> None:
        """Raises InputError as ``read_docx`` does."""
        package = Package(data)
        root = package.xml(MAIN) if data else None
        if root is None:
            raise InputError("damaged_file")
        places: list[Place] = []
        self.lines: tuple[TextLine, ...] = read_parts(package, root, places)
        self.root = root
        self.places = tuple(places)
        self.space: str = etree.QName(root).namespace or ""
        self._data = data
        self._cuts: dict[etree._Element, list[etree._Element]] = {}

    def name(self, tag: str) -> str:
        """``tag`` in the namespace of this document (transitional or strict)."""
        return f"{{{self.space}}}{tag}"

    def span(self, number: int, start: int, length: int) -> tuple[Boundary, Boundary] | None:
        """The text ``start`` … ``start + length`` of line ``number`` as boundaries; None where none of it is
        text (an automatic number only)."""
        place = self.places[number - 1]
        first = max(start - place.label, 0)
        last = max(start + length - place.label, 0)
        if last <= first:
            return None
        ends = list(accumulate(len(text) for text, _ in place.pieces))
        return _at(place, ends, place.start + first), _at(place, ends, place.start + last - 1, after=True)

    def in_box(self, number: int) -> etree._Element | None:
        """The outermost text box around line ``number``: its text is there twice, in two forms."""
        boxes = [box for box in self.places[number - 1].paragraph.iterancestors() if local(box) == _BOX]
        return boxes[-1] if boxes else None

    def run_before(self, boundary: Boundary) -> etree._Element:
        """The run that ends at the boundary, after cutting; or what holds it and may stand beside a mark."""
        element, offset = boundary
        run = _run_of(element)
        if run is None or not self.is_plain(element):
            return _beside(element if run is None else run)
        piece, inside = self._piece(element, offset - 1)
        self._cut_text(element, piece, inside + 1)
        return _beside(_split_run(piece, before=False)[0])

    def run_after(self, boundary: Boundary) -> etree._Element:
        """The run that begins at the boundary, after cutting; or what holds it."""
        element, offset = boundary
        run = _run_of(element)
        if run is None or not self.is_plain(element):
            return _beside(element if run is None else run)
        piece, inside = self._piece(element, offset)
        return _beside(_split_run(self._cut_text(element, piece, inside), before=True)[1])

    def is_plain(self, element: etree._Element) -> bool:
        """Whether the sign stands directly in a run of text (not of a formula), which may be cut."""
        parent = element.getparent()
        return parent is not None and parent.tag == self.name("r")

    def _piece(self, element: etree._Element, offset: int) -> tuple[etree._Element, int]:
        """Which part of the once whole ``element`` holds the sign at ``offset``, and at what offset."""
        pieces = self._cuts.get(element, [element])
        for piece in pieces[:-1]:
            size = len(piece.text or "")
            if offset < size:
                return piece, offset
            offset -= size
        return pieces[-1], offset

    def _cut_text(self, element: etree._Element, piece: etree._Element, inside: int) -> etree._Element:
        """Cut ``piece``, a part of ``element``, before the sign at ``inside``; what begins there."""
        if local(piece) != "t" or not 0 < inside < len(piece.text or ""):
            return piece
        rest = _split_text(piece, inside)
        pieces = self._cuts.setdefault(element, [element])
        pieces.insert(pieces.index(piece) + 1, rest)
        return rest

    def save(self, parts: dict[str, bytes] | None = None) -> bytes:
        """The file with the main part as it is now, and ``parts`` put in the place of others or added."""
        changed = {MAIN: serialise(self.root), **(parts or {})}
        made = BytesIO()
        with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
            seen: set[str] = set()
            for entry, content in Package(self._data).parts():
                if entry.filename in seen:
                    continue
                seen.add(entry.filename)
                content = changed.get(entry.filename, content)
                archive.writestr(_entry(entry.filename, entry.date_time), content)
            for name in changed.keys() - seen:
                archive.writestr(_entry(name, _FIRST_DAY), changed[name])
        return made.getvalue()


def serialise(root: etree._Element) -> bytes:
    """A part as bytes."""
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def keep_blanks(text: etree._Element) -> None:
    """Tell Word not to drop the blanks at either end."""
    text.set(_XML_SPACE, "preserve")


def new_run(like: etree._Element) -> etree._Element:
    """An empty run with the properties of ``like``."""
    made = etree.Element(like.tag)
    properties = next((item for item in like if local(item) == "rPr"), None)
    if properties is not None:
        made.append(deepcopy(properties))
    return made


def _entry(name: str, date: tuple[int, int, int, int, int, int]) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, date)
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry


def _at(place: Place, ends: list[int], offset: int, *, after: bool = False) -> Boundary:
    """The boundary before (or after) the sign at ``offset`` of the text of the paragraph."""
    index = min(bisect_right(ends, offset), len(ends) - 1)
    text, element = place.pieces[index]
    return element, offset - (ends[index] - len(text)) + after


def _run_of(element: etree._Element) -> etree._Element | None:
    return next((item for item in element.iterancestors() if local(item) == "r"), None)


def _split_text(text: etree._Element, offset: int) -> etree._Element:
    """Cut a ``w:t`` in two; returns the second."""
    rest = etree.Element(text.tag)
    rest.text, text.text = (text.text or "")[offset:], (text.text or "")[:offset]
    for half in (text, rest):
        keep_blanks(half)
    text.addnext(rest)
    return rest


def _split_run(child: etree._Element, *, before: bool) -> tuple[etree._Element, etree._Element]:
    """The runs on either side of the boundary before or after ``child``; one run is cut in two for it."""
    run = child.getparent()
    assert run is not None
    items = [item for item in run if local(item) != "rPr"]
    place = items.index(child) + (not before)
    if place in (0, len(items)):
        return run, run
    rest = new_run(run)
    rest.attrib.update(run.attrib)
    _move(items[place:], rest)
    run.addnext(rest)
    return run, rest


def _move(items: Iterable[etree._Element], target: etree._Element) -> None:
    for item in items:
        target.append(item)


def _beside(run: etree._Element) -> etree._Element:
    """``run``, or what holds it (ruby text) up to where a mark may stand beside it."""
    parent = run.getparent()
    while parent is not None and local(parent) not in _AROUND_RUNS:
        run, parent = parent, parent.getparent()
    return run
