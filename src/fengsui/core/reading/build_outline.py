"""Lines → outlines: one tree of sections for each plan of a document.

Guarantees: every line of a plan that is neither blank, nor a page number, nor of a table of contents is a
heading or part of exactly one paragraph, in document order.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from fengsui.core.citation import Citation
from fengsui.core.reading.blocks import Notice, Paragraph, TextLine
from fengsui.core.reading.bundle import Part, split_parts
from fengsui.core.reading.contents import (
    contents_indexes,
    is_page_number,
    running_heads,
    with_bare_numbers,
)
from fengsui.core.reading.glyphs import squeeze
from fengsui.core.reading.headings import Found, find_headings, scheme
from fengsui.core.reading.labels import Label, Style
from fengsui.core.reading.mend import Piece, continues, join, pieces_of, wrap_width
from fengsui.core.reading.outline import Outline, Section
from fengsui.core.reading.script import is_traditional, printed, simplified

LONGEST_NOTICED = 60
"""Characters of a line that are quoted where a notice is about the line as a whole."""


def build_outlines(lines: Sequence[TextLine], document: str) -> tuple[Outline, ...]:
    """The outlines of the plans in ``lines``; one where the text is a single plan, none for no text."""
    traditional = is_traditional(lines)
    read = [replace(line, text=simplified(line.text)) for line in lines] if traditional else lines
    pieces = with_bare_numbers(pieces_of(read))
    left_out = contents_indexes(pieces)
    kept = [p for i, p in enumerate(pieces) if i not in left_out and not is_page_number(p)]
    if not kept:
        return ()
    parts = split_parts(kept, last_line=lines[-1].number)
    at = [piece.line for piece in kept]
    outlines = tuple(
        _outline(part, kept[bisect_left(at, part.first_line) : bisect_right(at, part.last_line)], document)
        for part in parts
    )
    lost = [piece for piece in kept if piece.lost]
    noticed = [*(line for line in lines if line.notices), *_lost_marks(lost, lines)]
    if noticed:
        outlines = tuple(_with_notices(outline, noticed) for outline in outlines)
    if traditional or lost:
        source = printed(lines)
        outlines = tuple(replace(outline, printed=source) for outline in outlines)
    return outlines


def _lost_marks(lost: Sequence[Piece], lines: Sequence[TextLine]) -> list[TextLine]:
    """A line for each pair of names between which a mark was put back, told of once."""
    first: dict[str, Piece] = {}
    for piece in lost:
        before, _, after = piece.lost.partition(" ")
        first.setdefault(f"{before[-2:]} {after[:2]}", piece)
    return [
        replace(lines[piece.line - lines[0].number], notices=(Notice(code="lost_mark", text=piece.lost),))
        for piece in first.values()
    ]


def _outline(part: Part, pieces: Sequence[Piece], document: str) -> Outline:
    """The outline of one plan from its ``pieces``."""
    heads = running_heads(pieces, part.title)
    own = [piece for i, piece in enumerate(pieces) if i not in heads]
    # A covering notice numbers its points too; headings are sought from the title of the plan on.
    start = bisect_left(own, part.body_line, key=_line)
    notice, body = own[:start], own[start:]
    numbering = scheme(body)
    wrap = wrap_width(own)
    found = find_headings(body, numbering, wrap)
    root = _Tree(body, wrap, part).build(found, notice)
    if _decimals_restart(root):
        root = _Tree(body, wrap, part, restart=True).build(found, notice)
    return Outline(
        document=document,
        title=part.title,
        first_line=part.first_line,
        last_line=part.last_line,
        numbering=numbering,
        root=root,
    )


def _with_notices(outline: Outline, noticed: Sequence[TextLine]) -> Outline:
    """``outline`` with what its lines have to tell, each tied to the clause the line stands in."""
    sections = list(outline.sections())
    notices: list[tuple[Notice, Citation]] = []
    for line in noticed:
        if outline.first_line <= line.number <= outline.last_line:
            above = bisect_right(sections, line.number, key=lambda section: section.line)
            clause = sections[above - 1].clause if above else ""
            quote = line.text.strip()[:LONGEST_NOTICED]
            place = Citation(document=outline.document, clause=clause, line=line.number, quote=quote)
            notices.extend((notice, place) for notice in line.notices)
    return replace(outline, notices=tuple(notices))


def _line(piece: Piece) -> int:
    return piece.line


@dataclass(slots=True)
class _Node:
    """A section while it is being built."""

    number: str
    title: str
    clause: str
    rank: int
    depth: int
    line: int
    style: Style | None = None
    last_line: int = 0
    paragraphs: list[Paragraph] = field(default_factory=list)
    children: list[_Node] = field(default_factory=list)

    def freeze(self) -> Section:
        children = tuple(child.freeze() for child in self.children)
        return Section(
            number=self.number,
            title=self.title,
            clause=self.clause,
            depth=self.depth,
            line=self.line,
            last_line=max([self.last_line, self.line, *(child.last_line for child in children)]),
            paragraphs=tuple(self.paragraphs),
            children=children,
        )


class _Tree:
    def __init__(self, pieces: Sequence[Piece], wrap: float, part: Part, *, restart: bool = False) -> None:
        self.restart = restart
        self.pieces = pieces
        self.wrap = wrap
        self.root = _Node("", "", "", -1, 0, part.first_line)
        self.root.last_line = part.first_line
        self.stack = [self.root]
        self.last_line = part.last_line

    def build(self, found: Sequence[Found], notice: Sequence[Piece]) -> Section:
        self._paragraphs(notice)
        place = 0
        starts = frozenset(heading.index for heading in found)
        for heading in found:
            self._paragraphs(self.pieces[place : heading.index])
            self._open(heading)
            place = heading.index + heading.length
            if heading.rest is not None:
                place = self._run_in(heading, starts)
        self._paragraphs(self.pieces[place:])
        return self.root.freeze()

    def _run_in(self, heading: Found, starts: frozenset[int]) -> int:
        """The text on the heading line and its continuation become the first paragraph."""
        piece = self.pieces[heading.index]
        body = squeeze(piece.raw[heading.rest :]).strip()
        end = heading.index + 1
        if not body:
            return end
        group = [replace(piece, text=body, label=None)]
        while end < len(self.pieces) and end not in starts:
            if not continues(group[-1], self.pieces[end], self.wrap):
                break
            group.append(self.pieces[end])
            end += 1
        self._add(join(group))
        return end

    def _paragraphs(self, pieces: Sequence[Piece]) -> None:
        for paragraph in paragraphs_of(pieces, self.wrap):
            self._add(paragraph)

    def _add(self, paragraph: Paragraph) -> None:
        self.stack[-1].paragraphs.append(paragraph)
        self.stack[-1].last_line = max(self.stack[-1].last_line, paragraph.last_line)

    def _open(self, heading: Found) -> None:
        label, rank = heading.label, heading.rank
        if label is not None and label.style is Style.ANNEX and len(label.parts) > 1:
            top = next((n for n in self.stack if n.number == str(label.parts[0])), None)
            if top is not None:
                rank = top.rank + 1
        while self.stack[-1].rank >= rank:
            self.stack.pop()
        parent = self.stack[-1]
        first, last = self.pieces[heading.index], self.pieces[heading.index + heading.length - 1]
        node = _Node(
            number=label.printed if label else "",
            title=heading.title,
            clause=_clause(parent, label, restart=self.restart),
            rank=rank,
            depth=parent.depth + 1,
            line=first.line,
            style=label.style if label else None,
        )
        node.last_line = last.line
        parent.children.append(node)
        self.stack.append(node)


def _decimals_restart(root: Section) -> bool:
    """Whether 1.1 stands under more than one chapter of the main text."""
    owners: dict[str, int] = {}
    doubled = 0
    for place, top in enumerate(root.children):
        for section in top.children:
            if "." in section.number and not (top.number + section.number).count("附"):
                doubled += owners.setdefault(section.number, place) != place
    return doubled >= 2


_SELF_SUFFICIENT = (Style.PART, Style.CHAPTER, Style.ARTICLE, Style.DECIMAL, Style.ANNEX)


def _clause(parent: _Node, label: Label | None, *, restart: bool) -> str:
    if label is None:
        return parent.clause
    if restart and label.style is Style.DECIMAL:
        nested = parent.style is Style.DECIMAL
        return f"{parent.clause}.{label.ordinal}" if nested else parent.clause + label.printed
    if label.style in _SELF_SUFFICIENT or not parent.clause:
        return label.printed
    if label.style is Style.DIGIT and parent.style is Style.CHINESE:
        return f"{parent.clause}.{label.printed}"
    if label.style is Style.DIGIT and parent.clause[-1:].isdigit():
        return f"{parent.clause}-{label.printed}"
    return parent.clause + label.printed


def paragraphs_of(pieces: Iterable[Piece], wrap: float) -> tuple[Paragraph, ...]:
    """Paragraphs mended from body pieces."""
    result: list[Paragraph] = []
    group: list[Piece] = []
    for piece in pieces:
        if group and not continues(group[-1], piece, wrap):
            result.append(join(group))
            group = []
        group.append(piece)
    if group:
        result.append(join(group))
    return tuple(result)
