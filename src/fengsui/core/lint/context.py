"""What a rule may look at."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from fengsui.core.citation import Citation
from fengsui.core.plan.model import Doubt, PlanContent
from fengsui.core.reading.blocks import Paragraph, TextLine
from fengsui.core.reading.outline import Outline, Section


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanContext:
    """One plan: what was read (``content``), its tree, what was unsure, and the lines of the document.

    ``lines`` are those of this plan only; ``lines[i].number`` is the line number of the document.
    """

    content: PlanContent
    outline: Outline
    doubts: tuple[Doubt, ...] = ()
    lines: tuple[TextLine, ...] = ()

    def paragraphs(self) -> Iterator[tuple[Section, Paragraph]]:
        """Every paragraph with its section, in order; the title page included."""
        return iter(self.outline.paragraphs())

    def heading(self, section: Section) -> Citation:
        """The heading of ``section`` as a place."""
        quote = f"{section.number} {section.title}".strip()
        return Citation(document=self.outline.document, clause=section.clause, line=section.line, quote=quote)

    def whole(self) -> Citation:
        """The plan itself as a place: for what stands nowhere in it."""
        return Citation(
            document=self.outline.document,
            clause="",
            line=self.content.first_line,
            quote=self.content.title,
        )
