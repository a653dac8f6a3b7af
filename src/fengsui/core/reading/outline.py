"""The outline: a tree of sections built by scope, holding every paragraph exactly once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from fengsui.core.citation import Citation
from fengsui.core.plan.model import Numbering
from fengsui.core.reading.blocks import Notice, Paragraph
from fengsui.core.reading.script import Printed
from fengsui.core.reading.sought import Sought

_OWN_CLAUSE = re.compile(r"(\d{1,2}(?:\.\d{1,2}){1,4})(?![\d%％])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A heading with what stands under it.

    ``number`` as printed, normalised in width ("1.5", "（七）", "第三章", "附件8.3"; "" for the text before
    the first heading); ``clause`` the number by which the section is cited and which is unique in the
    plan where the plan's own numbering restarts ("五（七）1"). ``paragraphs`` are those directly
    under the heading, in order, the heading line itself excluded; a sentence that stands on the heading
    line after the title (（一）统一领导。在…) is the first paragraph. List items such as
    （1）, 1., ① that are whole sentences stay paragraphs, their label kept in the text.
    """

    number: str
    title: str
    clause: str
    depth: int
    line: int
    last_line: int
    paragraphs: tuple[Paragraph, ...] = ()
    children: tuple[Section, ...] = ()

    def walk(self) -> Iterator[Section]:
        """This section and all below it, in document order."""
        waiting = [self]
        while waiting:
            section = waiting.pop()
            yield section
            waiting.extend(reversed(section.children))

    def all_paragraphs(self) -> Iterator[tuple[Section, Paragraph]]:
        """Every paragraph at or below this section with the section it stands in."""
        waiting = [self]
        while waiting:
            section = waiting.pop()
            for paragraph in section.paragraphs:
                yield section, paragraph
            if section.children:
                waiting.extend(reversed(section.children))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Outline:
    """One plan of a document as a tree; compared by identity, for what is found in it is kept by outline.

    ``root`` has depth 0 and an empty number; its paragraphs stand before the first heading (title
    page, table of contents left out). ``parents`` of a section are found with ``path_to``. ``notices`` are
    those of its lines, each with the place it is about. ``printed`` is there where the text was read in
    other characters than it was printed in.
    """

    document: str
    title: str
    first_line: int
    last_line: int
    numbering: Numbering
    root: Section
    notices: tuple[tuple[Notice, Citation], ...] = ()
    printed: Printed | None = None

    def sections(self) -> Iterator[Section]:
        """All sections but the root, in document order."""
        return iter(_sections(self))

    def paragraphs(self) -> tuple[tuple[Section, Paragraph], ...]:
        """Every paragraph of the plan with its section; a dozen extractors ask, the tree is walked once."""
        return _paragraphs(self)

    def paragraphs_having(self, words: re.Pattern[str]) -> Iterator[tuple[Section, Paragraph]]:
        """The paragraphs in which ``words`` stands (see ``Sought``), each with its section, in order."""
        return _sought(self).having(words)

    def path_to(self, target: Section) -> tuple[Section, ...]:
        """The sections from below the root down to ``target``, both ends included."""
        return _paths(self).get(id(target), ())

    def cite(
        self, section: Section, paragraph: Paragraph, start: int = 0, end: int | None = None
    ) -> Citation:
        """Cite ``paragraph.text[start:end]`` under the clause of ``section``.

        A sentence that carries a clause number of its own (7.7.2 组织…) is cited by that.
        """
        own = _OWN_CLAUSE.match(paragraph.text) if paragraph.text[:1].isdigit() else None
        clause = own[1] if own and own[1].startswith(f"{section.clause}.") else section.clause
        return paragraph.cite(self.document, clause, start, end)


@lru_cache(maxsize=2)
def _sections(outline: Outline) -> tuple[Section, ...]:
    return tuple(outline.root.walk())[1:]


@lru_cache(maxsize=2)
def _paragraphs(outline: Outline) -> tuple[tuple[Section, Paragraph], ...]:
    return tuple(outline.root.all_paragraphs())


@lru_cache(maxsize=2)
def _sought(outline: Outline) -> Sought[tuple[Section, Paragraph]]:
    pairs = _paragraphs(outline)
    return Sought(pairs, [paragraph.text for _, paragraph in pairs])


@lru_cache(maxsize=2)
def _paths(outline: Outline) -> dict[int, tuple[Section, ...]]:
    """The path of every section, in one walk; the outline keeps the sections alive, so ids stay theirs."""
    found: dict[int, tuple[Section, ...]] = {}

    def walk(section: Section, path: tuple[Section, ...]) -> None:
        for child in section.children:
            found[id(child)] = (*path, child)
            walk(child, found[id(child)])

    walk(outline.root, ())
    return found
