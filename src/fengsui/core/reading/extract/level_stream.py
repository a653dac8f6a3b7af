"""The plan as a stream of passages: headings and paragraphs in order, list labels read off."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from fengsui.core.citation import Citation
from fengsui.core.reading.blocks import Cell, Paragraph
from fengsui.core.reading.outline import Outline, Section
from fengsui.core.reading.phrases.folded import Folded, fold, fold_all

_LABEL = re.compile(
    r"^(?:\((?P<paren>\d{1,2})\)|(?P<half>\d{1,2})\)|(?P<dot>\d{1,2})(?:、|\.(?=\d{3}\D)|\.(?!\d))"
    r"|(?P<clause>\d{1,2}(?:\.\d{1,2}){2,4})(?![\d.%万亿])"
    r"|(?P<circle>[\u2460-\u2473])|(?P<letter>[a-hA-H])(?:\.|\))|\((?P<cn>[一二三四五六七八九十]{1,3})\)"
    r"|(?P<cnd>[一二三四五六七八九十]{1,3})、|[-·•●◆■*])[、.]?"
)
_INLINE = re.compile(
    # The sign comes first and is consumed: the engine then looks at nothing else.
    r"[;。:,.；](?:\d{0,2}(?=\(\d{1,2}\)|[\u2460-\u2473]|[a-h]\.(?!\d))|(?<=[;。:])(?=\d{1,2}(?:、|\.(?!\d))))"
)


_MAY_LABEL = re.compile(r"[(\u2460-\u2473a-h0-9]")


@dataclass(slots=True, eq=False)
class Passage:
    """A heading or (a labelled part of) a paragraph.

    Never changed once cut; not frozen, because hundreds are made for each plan and that costs thrice.
    ``text`` is folded, its label taken off; ``label`` is the kind of label ("paren", "dot", …, "" for
    none) and ``ordinal`` its number. ``heading``: the words are the title of ``section``.
    """

    section: Section
    text: Folded
    document: str
    paragraph: Paragraph | None = None
    label: str = ""
    ordinal: int = 0
    heading: bool = False

    @property
    def cell(self) -> Cell | None:
        return self.paragraph.cell if self.paragraph else None

    def cite(self, start: int, end: int) -> Citation:
        """Citation of a span of the original paragraph (or title)."""
        if self.paragraph is None:
            title = self.section.title
            return Citation(
                document=self.document,
                clause=self.section.clause,
                line=self.section.line,
                quote=title[start:end].strip(),
            )
        return self.paragraph.cite(self.document, self.section.clause, start, end)

    def cite_all(self) -> Citation:
        """Citation of the whole passage."""
        return self.cite(*self.text.original(0, len(self.text.text)))


def passages(outline: Outline) -> Iterator[Passage]:
    """All passages of the plan in document order; the heading of a section comes before its paragraphs."""
    texts = iter(fold_all([paragraph.text for _, paragraph in outline.paragraphs()]))
    for section in (outline.root, *outline.sections()):
        if section is not outline.root:
            yield Passage(section, fold(section.title), outline.document, heading=True)
        for paragraph, whole in zip(section.paragraphs, texts, strict=False):
            yield from _split(section, paragraph, whole, outline.document)


def _split(section: Section, paragraph: Paragraph, whole: Folded, document: str) -> list[Passage]:
    """The labelled parts of a paragraph (（1）…。（2）…), each a passage."""
    text = whole.text
    if not (_MAY_LABEL.search(text) and _INLINE.search(text)):
        return [_passage(section, whole, document, paragraph)] if text.strip(" ;。,") else []
    cuts = [0, *(m.end() for m in _INLINE.finditer(text)), len(text)]
    parts = (whole.part(start, end) for start, end in pairwise(cuts))
    return [_passage(section, part, document, paragraph) for part in parts if part.text.strip(" ;。,")]


def _passage(section: Section, part: Folded, document: str, paragraph: Paragraph) -> Passage:
    first = part.text[:1]
    word = "\u4e00" <= first <= "\u9fff" and first not in "一二三四五六七八九十"
    label = None if word else _LABEL.match(part.text)
    if label is None:
        return Passage(section, part, document, paragraph)
    kind = label.lastgroup or "bullet"
    printed = label[kind] if label.lastgroup else ""
    return Passage(
        section,
        part.part(label.end(), len(part.text)),
        document,
        paragraph,
        label=kind,
        ordinal=int(printed) if printed.isdecimal() else 0,
    )
