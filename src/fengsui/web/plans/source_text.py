"""The text of a plan with all that was read from it marked by kind, to compare both sides. Pure."""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise

from fengsui.core.citation import Citation
from fengsui.core.plan.model import PlanContent
from fengsui.core.reading.blocks import TextLine

KINDS: dict[str, tuple[str, ...]] = {
    "levels": ("levels", "boundary_rule"),
    "power": ("activation", "level_changes", "termination"),
    "deadlines": ("deadlines",),
    "bodies": ("command", "units", "groups", "contacts"),
    "duties": ("duties",),
    "measures": ("measures",),
    "supports": ("resources", "supports"),
    "references": ("references", "attachments", "scope", "legal_basis", "principles"),
    "upkeep": ("drills", "revision", "trainings"),
    "doubt": ("doubt",),
}
"""Kinds of highlights, each with the sections of a plan it stands for; the same as the tabs of its page."""

FAULTS = ("fault_H", "fault_M", "fault_L")
"""Kinds of highlights of the check, by severity; they have a page of their own."""

KIND_OF = {section: kind for kind, sections in KINDS.items() for section in sections}
KIND_OF |= {fault: fault for fault in FAULTS}

ON_ONE_MARK = 12
"""Items named on one mark; what rests on the same words beyond that is found on the right."""

REACH = 400
"""Characters behind its line within which a quote must begin."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """Something that rests on a quote: ``id`` its name on the page, ``section`` its list, or "doubt"."""

    id: str
    section: str
    source: Citation


class SourceText:
    """The lines of one plan, with places found by line and quote; width, blanks and breaks do not count."""

    def __init__(self, lines: Sequence[TextLine], content: PlanContent) -> None:
        self.lines = [
            line
            for line in lines
            if content.first_line <= line.number <= content.last_line and line.text.strip()
        ]
        self._headings = {heading.line: heading for heading in content.headings}
        self._heading_lines = sorted(self._headings)
        self._starts: list[int] = []
        self._offsets: list[Sequence[int]] = []
        parts: list[str] = []
        length = 0
        for line in self.lines:
            plain, offsets = _plain(line.text)
            self._starts.append(length)
            self._offsets.append(offsets)
            parts.append(plain)
            length += len(plain)
        self._whole = "".join(parts)
        self._index = {line.number: place for place, line in enumerate(self.lines)}

    def clause_at(self, line: int) -> str:
        """The printed number of the innermost heading at or before ``line``; "" before the first."""
        place = bisect_right(self._heading_lines, line)
        return self._headings[self._heading_lines[place - 1]].number if place else ""

    def find(self, quote: str, near: int) -> int | None:
        """The line on which ``quote`` begins, the nearest to line ``near``; None if it stands nowhere."""
        wanted, _ = _plain(quote)
        found = []
        at = self._whole.find(wanted) if wanted else -1
        while at >= 0:
            found.append(self.lines[bisect_right(self._starts, at) - 1].number)
            at = self._whole.find(wanted, at + 1)
        return min(found, key=lambda line: abs(line - near)) if found else None

    def text_of(self, line: int) -> str:
        """The text of one line as it came; "" if it is not of this plan."""
        place = self._index.get(line)
        return "" if place is None else self.lines[place].text.strip()

    def html(self, anchors: Iterable[Anchor]) -> str:
        """The text as paragraphs with marks; safe to show."""
        marks: dict[int, list[tuple[int, int, Anchor]]] = {}
        whole: dict[int, list[Anchor]] = {}
        for anchor in anchors:
            spans = self._spans(anchor.source)
            for place, begin, end in spans:
                marks.setdefault(place, []).append((begin, end, anchor))
            if not spans and anchor.source.line in self._index:
                whole.setdefault(self._index[anchor.source.line], []).append(anchor)
        return "".join(
            self._paragraph(place, line, marks.get(place, []), whole.get(place, []))
            for place, line in enumerate(self.lines)
        )

    def _spans(self, source: Citation) -> list[tuple[int, int, int]]:
        """Line by line, the characters of the original that ``source`` quotes."""
        first = self._index.get(source.line)
        wanted, _ = _plain(source.quote)
        if first is None or not wanted:
            return []
        start = self._starts[first]
        at = self._whole.find(wanted, start, start + REACH + len(wanted))
        if at < 0:
            # A number on a line of its own, or made by the format, is joined to the sentence when it is read.
            wanted = wanted.removeprefix(_plain(source.clause)[0]).lstrip(".、．")
            at = self._whole.find(wanted, start, start + REACH + len(wanted)) if wanted else -1
        if at < 0:
            return []
        spans = []
        end = at + len(wanted)
        place = bisect_right(self._starts, at) - 1
        while place < len(self.lines) and self._starts[place] < end:
            offsets = self._offsets[place]
            inner = max(at - self._starts[place], 0), min(end - self._starts[place], len(offsets))
            if inner[0] < inner[1]:
                spans.append((place, offsets[inner[0]], offsets[inner[1] - 1] + 1))
            place += 1
        return spans

    def _paragraph(
        self, place: int, line: TextLine, marks: list[tuple[int, int, Anchor]], whole: list[Anchor]
    ) -> str:
        names = " ".join(
            [anchor.id for anchor in whole] + [anchor.id for _, _, anchor in marks][:ON_ONE_MARK]
        )
        classes = [
            name for name, on in (("heading", line.number in self._headings), ("has-items", names)) if on
        ]
        classes += sorted({f"w-{KIND_OF.get(anchor.section, 'measures')}" for anchor in whole})
        held = f' data-at="{escape(names)}"' if names else ""
        return (
            f'<p id="L{line.number}" data-line="{line.number}" class="{" ".join(classes)}"{held}>'
            f"{_marked(line.text, marks)}</p>"
        )


def _marked(text: str, marks: list[tuple[int, int, Anchor]]) -> str:
    if not marks:
        return escape(text)
    cuts = sorted({0, len(text), *(at for begin, end, _ in marks for at in (begin, end))})
    parts = []
    for begin, end in pairwise(cuts):
        over = [anchor for low, high, anchor in marks if low <= begin and end <= high]
        piece = escape(text[begin:end])
        if over:
            kinds = dict.fromkeys(KIND_OF.get(anchor.section, "measures") for anchor in over)
            names = " ".join(dict.fromkeys(anchor.id for anchor in over[:ON_ONE_MARK]))
            classes = " ".join(f"k-{kind}" for kind in kinds)
            piece = f'<mark class="{classes}" data-at="{escape(names)}">{piece}</mark>'
        parts.append(piece)
    return "".join(parts)


def _plain(text: str) -> tuple[str, Sequence[int]]:
    """``text`` without blanks in normal width, and where each of its characters stood."""
    wide = unicodedata.normalize("NFKC", text)
    if len(wide) == len(text):
        # Nearly every line: one sign stays one sign, so only blanks move the rest.
        if not any(map(str.isspace, wide)):
            return wide, range(len(wide))
        offsets = [offset for offset, char in enumerate(wide) if not char.isspace()]
        return "".join([wide[offset] for offset in offsets]), offsets
    pairs = [
        (one, offset)
        for offset, char in enumerate(text)
        for one in unicodedata.normalize("NFKC", char)
        if not one.isspace()
    ]
    return "".join(one for one, _ in pairs), [offset for _, offset in pairs]
