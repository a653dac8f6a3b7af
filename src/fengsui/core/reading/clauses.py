"""A plan cut into clauses: every heading with the text directly under it (for search and comparison)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from fengsui.core.plan.text_diff import Clause
from fengsui.core.reading.blocks import TextLine
from fengsui.core.reading.draft import plan_outlines
from fengsui.core.reading.outline import Outline, Section

LONGEST = 1200
"""Signs of one clause; a longer section without headings is cut at its paragraphs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedClause(Clause):
    """A clause with the chapter (title of the outermost heading) it stands in."""

    chapter: str


def plan_clauses(lines: Sequence[TextLine], document: str) -> tuple[tuple[PlacedClause, ...], ...]:
    """The clauses of every plan of a document, in order. Raises InputError as ``read_plans`` does."""
    return tuple(clauses_of(outline) for outline in plan_outlines(lines, document))


def clauses_of(outline: Outline) -> tuple[PlacedClause, ...]:
    """Every section of a plan with its own text; what stands before the first heading comes first."""
    found = [*_cut(outline.root, "")]
    for top in outline.root.children:
        for section in top.walk():
            found += _cut(section, top.title)
    return tuple(found)


def _cut(section: Section, chapter: str) -> Iterator[PlacedClause]:
    """The section as one clause, or as several where it is long."""
    text, line = "", section.line
    first = True
    for paragraph in section.paragraphs:
        if text and len(text) + len(paragraph.text) > LONGEST:
            yield _clause(section, chapter, text, line)
            text, line, first = "", paragraph.first_line, False
        text += ("\n" if text else "") + paragraph.text
    if text or (first and section.title):
        yield _clause(section, chapter, text, line)


def _clause(section: Section, chapter: str, text: str, line: int) -> PlacedClause:
    return PlacedClause(number=section.clause, title=section.title, line=line, text=text, chapter=chapter)
