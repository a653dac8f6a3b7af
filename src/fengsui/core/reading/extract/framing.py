"""Scope (适用范围), legal basis (编制依据) and principles (工作原则), kept as text with their place."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fengsui.core.plan.model import Statement
from fengsui.core.reading.extract import Extracted
from fengsui.core.reading.outline import Outline, Section

_SCOPE = re.compile(r"适用范围|适用情形|^适用$")
_BASIS = re.compile(r"编制依据|制定依据|法律依据|^依据$")
_APPLIES = re.compile("适用于")
_SCOPE_SENTENCE = re.compile(r"本(?:预案|方案|办法)[^。]{0,8}适用于")
_NAMED = re.compile("《")
_BASIS_SENTENCE = re.compile(r"(?:根据|依据|依照|按照)[^。]{0,20}《")
_PRINCIPLE = re.compile(
    r"^(?:和|与|及|、|(?:应急|救援|处置|救助|防控|防治|防御|工作|基本|总体|指导|主要|方针|要求|思想|应对|管理))*原则(?:[和与及、]要求)?$"
)
_PRINCIPLE_SENTENCE = re.compile(r"(?:坚持|遵循|贯彻|按照|本着)[^。；]{4,120}原则")


def extract_scope(outline: Outline) -> Extracted[Statement]:
    """Every paragraph under a heading on scope; else the sentence that says to what the plan applies."""
    return _extract(outline, _SCOPE, _APPLIES, _SCOPE_SENTENCE)


def extract_legal_basis(outline: Outline) -> Extracted[Statement]:
    """Every paragraph under a heading on legal basis; else the sentence that names the laws."""
    return _extract(outline, _BASIS, _NAMED, _BASIS_SENTENCE)


def extract_principles(outline: Outline) -> Extracted[Statement]:
    """Every paragraph under a heading on principles; else the sentences of the first chapter that name them.

    Where each principle is a heading of its own, its text begins with that heading.
    """
    found = [
        statement
        for section in outline.sections()
        if "则" in section.title and _PRINCIPLE.match(re.sub(r"\s", "", section.title))
        for statement in _principles_below(outline, section)
    ]
    return Extracted(tuple(found or _principle_sentences(outline)))


def _principles_below(outline: Outline, section: Section) -> Iterator[Statement]:
    for paragraph in section.paragraphs:
        yield Statement(text=paragraph.text, source=outline.cite(section, paragraph))
    if section.paragraphs or any(child.children for child in section.children):
        return  # what follows a list of principles with headings of its own is of something else
    for child in section.children:
        for order, paragraph in enumerate(child.paragraphs):
            text = paragraph.text if order or not child.title else f"{child.title}。{paragraph.text}"
            yield Statement(text=text, source=outline.cite(child, paragraph))


def _principle_sentences(outline: Outline) -> Iterator[Statement]:
    chapters = (outline.root, *outline.root.children[:1])
    pairs = [(outline.root, each) for each in outline.root.paragraphs]
    if len(chapters) > 1:
        pairs.extend(chapters[1].all_paragraphs())
    for section, paragraph in pairs:
        if "原则" not in paragraph.text:
            continue
        for match in re.finditer(r"[^。；]+[。；]?", paragraph.text):
            if _PRINCIPLE_SENTENCE.search(match.group()):
                source = outline.cite(section, paragraph, *match.span())
                yield Statement(text=match.group().strip(), source=source)


def _extract(
    outline: Outline, title: re.Pattern[str], said: re.Pattern[str], sentence: re.Pattern[str]
) -> Extracted[Statement]:
    """``said`` is what every match of ``sentence`` holds."""
    under = [
        (section, paragraph)
        for section in outline.sections()
        if title.search(section.title)
        for paragraph in section.paragraphs
    ]
    if not under:
        under = [
            (section, paragraph)
            for section, paragraph in outline.paragraphs_having(said)
            if sentence.search(paragraph.text)
        ][:1]
    cited = ((paragraph.text, outline.cite(section, paragraph)) for section, paragraph in under)
    return Extracted(items=tuple(Statement(text=text, source=source) for text, source in cited))
