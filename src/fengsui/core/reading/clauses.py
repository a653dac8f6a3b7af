"""A plan cut into clauses: every heading with the text directly under it (for search and comparison)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from fengsui.core.plan.text_diff import Clause
from fengsui.core.reading.blocks import Paragraph, TextLine
from fengsui.core.reading.draft import plan_outlines
from fengsui.core.reading.outline import Outline, Section

LONGEST = 1200
"""Signs of one clause; a longer section without headings is cut at its paragraphs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedClause(Clause):
    """A clause with its chapter (title of the outermost heading) and the line of each of its paragraphs."""

    chapter: str
    lines: tuple[int, ...] = ()


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
    line, size, part = section.line, 0, list[Paragraph]()
    for paragraph in section.paragraphs:
        if part and size + len(paragraph.text) > LONGEST:
            yield _clause(section, chapter, part, line)
            line, size, part = paragraph.first_line, 0, []
        part.append(paragraph)
        size += len(paragraph.text)
    if part or (section.title and not section.paragraphs):
        yield _clause(section, chapter, part, line)


def _clause(section: Section, chapter: str, part: list[Paragraph], line: int) -> PlacedClause:
    return PlacedClause(
        number=section.clause,
        title=section.title,
        line=line,
        text="\n".join([paragraph.text for paragraph in part]),
        chapter=chapter,
        lines=tuple([paragraph.first_line for paragraph in part]),
    )
