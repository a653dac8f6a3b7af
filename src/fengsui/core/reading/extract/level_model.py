"""What the search for levels collects: blocks, their parts, the listings of levels."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from fengsui.core.citation import Citation
from fengsui.core.plan.level import LadderKind
from fengsui.core.reading.extract.level_forms import Opening, kind_of
from fengsui.core.reading.extract.level_names import Listing
from fengsui.core.reading.extract.level_stream import Passage
from fengsui.core.reading.outline import Section


class How(StrEnum):
    """By what a level was opened."""

    HEADING = "heading"
    LABEL = "label"
    LEAD = "lead"
    TRIGGER = "trigger"
    MAPPING = "mapping"


@dataclass(frozen=True, slots=True)
class Part:
    """A span of a passage that holds criteria; ``prefix``: words of the table header that belong to it.

    ``said``: the one condition meant, where the span speaks of several levels at once.
    """

    passage: Passage
    start: int
    end: int
    prefix: str = ""
    said: str = ""

    @property
    def text(self) -> str:
        return self.passage.text.text[self.start : self.end]


@dataclass(slots=True)
class Block:
    """A level being collected; ``stated``: the text itself says that these are its criteria.

    ``every``: the lead asks for all of them together (同时满足以下条件). ``also``: further levels that
    the same heading names (Ⅰ、Ⅱ级响应), with the same criteria.
    """

    kind: LadderKind
    level: str
    name: str
    colour: str | None
    how: How
    section: Section
    titles: tuple[str, ...]
    source: Citation
    parts: list[Part] = field(default_factory=list)
    stated: bool = False
    potential: bool = False
    every: bool = False
    also: tuple[str, ...] = ()
    subtype: str | None = None
    _looked_at: int = 0
    _labelled: bool = False

    def has_labelled(self) -> bool:
        """Whether a part begins with the number of a list; each part is looked at once."""
        while not self._labelled and self._looked_at < len(self.parts):
            part = self.parts[self._looked_at]
            self._labelled = bool(part.passage.label) and part.start == 0
            self._looked_at += 1
        return self._labelled


@dataclass(frozen=True, slots=True)
class ListingAt:
    """A listing of levels with its place."""

    listing: Listing
    passage: Passage
    kind: LadderKind


def open_block(
    opening: Opening, how: How, passage: Passage, titles: tuple[str, ...], context: str = ""
) -> Block:
    """A block for ``opening``; ``titles`` from the section outward and ``context`` decide its ladder."""
    folded = passage.text
    at = folded.text.find(opening.name)
    name = opening.name
    if at >= 0:
        name = passage.cite(*folded.original(at, at + len(name))).quote
    return Block(
        kind=kind_of(opening.name, context, titles),
        level=opening.level.level,
        name=name,
        colour=opening.level.colour,
        how=how,
        section=passage.section,
        titles=titles,
        source=passage.cite_all(),
    )
