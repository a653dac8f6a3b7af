"""Boxes and lines of a drawing, and how wide a text is.

Text is measured without a font: a full-width character is one em, others are rated by kind and rather too
wide than too narrow, so that what fits here fits in any Chinese typeface. Units are those of the drawing
(SVG user units); y grows downwards.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from fengsui.core.citation import Citation
from fengsui.core.plan.model import Heading, PlanContent

Say = Callable[..., str]
"""Words for a code: ``say("commander", name="…")``; given by the caller, for the core knows no language."""

PAD = 10.0
"""Blank between the edge of a box and its text."""
TITLE_SIZE, BODY_SIZE = 15.0, 13.0
TITLE_STEP, BODY_STEP = 21.0, 19.0
"""Size of letters and distance of lines, for the title and the body of a box."""
_NOT_FIRST = "，。、；：！？）》」』】〉”’…—％%)]},.;:!?·"
_NOT_LAST = "（《「『【〈“‘([{"
_WIDE = frozenset("mwMW@%&—…")


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A box with its text, already broken into lines that fit.

    ``kind`` says what it stands for (and how it is drawn), ``full`` the whole text where lines were cut.
    """

    kind: str
    x: float
    y: float
    width: float
    height: float
    title: tuple[str, ...]
    body: tuple[str, ...] = ()
    clause: str = ""
    full: str = ""
    source: Citation | None = None

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def bottom(self) -> float:
        return self.y + self.height

    @property
    def middle(self) -> float:
        return self.x + self.width / 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """A captioned border around boxes of one kind."""

    x: float
    y: float
    width: float
    height: float
    caption: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line through ``points``; ``arrow``: it has a head at its end."""

    points: tuple[tuple[float, float], ...]
    arrow: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A whole drawing; ``title`` and ``desc`` are read aloud to who cannot see it."""

    name: str
    title: str
    desc: str
    width: float
    height: float
    boxes: tuple[Box, ...]
    lines: tuple[Line, ...] = ()
    frames: tuple[Frame, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What a box is to say before it has a place; ``body`` one entry a paragraph."""

    kind: str
    title: str
    body: tuple[str, ...] = ()
    source: Citation | None = None


def em_width(text: str) -> float:
    """The width of ``text`` in em, never less than it takes in a usual Chinese typeface."""
    return sum(_rate(sign) for sign in text)


def _rate(sign: str) -> float:
    if unicodedata.east_asian_width(sign) in "WFA" or sign in _WIDE:
        return 1.0
    if unicodedata.combining(sign):
        return 0.0
    return 0.75 if sign.isupper() else 0.6


def wrap(text: str, room: float, most: int) -> tuple[str, ...]:
    """Break ``text`` into at most ``most`` lines of ``room`` em; what does not fit ends in an ellipsis.

    No line begins with a closing mark or ends with an opening one; figures and Latin words stay whole where
    they can.
    """
    lines: list[str] = []
    line, used = "", 0.0
    for piece in _pieces(" ".join(text.split()), room):
        width = em_width(piece)
        if line and used + width > room:
            carried = _carried(line, piece)
            lines.append(line[: len(line) - len(carried)].rstrip())
            line = carried
            used = em_width(line)
        if not line:
            piece = piece.lstrip()
            width = em_width(piece)
        line, used = line + piece, used + width
    if line.strip():
        lines.append(line.rstrip())
    if len(lines) <= most:
        return tuple(lines)
    return (*lines[: most - 1], clip(lines[most - 1] + "……", room))


def clip(text: str, room: float) -> str:
    """``text`` in ``room`` em, cut with an ellipsis where it is longer or ends in one already."""
    body = text.rstrip("…")
    if body == text and em_width(text) <= room:
        return text
    while body and em_width(body) + 1 > room:
        body = body[:-1]
    return body.rstrip("，、；： ") + "…"


def _pieces(text: str, room: float) -> Iterable[str]:
    """What is not broken: a full-width character, or a run of others shorter than a line."""
    run = ""
    for sign in text:
        narrow = _rate(sign) < 1.0 and sign != " "
        if narrow and em_width(run + sign) <= room:
            run += sign
            continue
        if run:
            yield run
        run = sign if narrow else ""
        if not narrow:
            yield sign
    if run:
        yield run


def _carried(line: str, following: str) -> str:
    """The end of ``line`` that has to go to the next line with ``following``."""
    count = 0
    if following[0] in _NOT_FIRST:
        count = 1
        while count < 3 and count < len(line) and line[-count] in _NOT_FIRST:
            count += 1
    while count < min(4, len(line)) and line[-count - 1] in _NOT_LAST:
        count += 1
    return line[len(line) - count :] if 0 < count < len(line) else ""


def place(content: Content, x: float, y: float, width: float, *, lines: int = 6, clause: str = "") -> Box:
    """A box as high as its text needs; each paragraph of the body takes at most ``lines`` lines."""
    room = width - 2 * PAD
    title = wrap(content.title, room / TITLE_SIZE, 3)
    body = tuple(line for part in content.body for line in wrap(part, room / BODY_SIZE, lines))
    mark = clip(clause, room / BODY_SIZE) if clause else ""
    height = 2 * PAD + TITLE_STEP * len(title) + BODY_STEP * (len(body) + bool(mark))
    full = "\n".join((content.title, *content.body))
    return Box(
        kind=content.kind,
        x=x,
        y=y,
        width=width,
        height=height,
        title=title,
        body=body,
        clause=mark,
        full=full,
        source=content.source,
    )


def stretch(boxes: Sequence[Box]) -> tuple[Box, ...]:
    """The boxes of a row, all as high as the highest."""
    height = max((box.height for box in boxes), default=0.0)
    return tuple(replace(box, height=height) for box in boxes)


def grid(
    contents: Sequence[Content],
    x: float,
    y: float,
    width: float,
    columns: int,
    say: Say,
    *,
    gap: float = 14.0,
    lines: int = 6,
) -> tuple[tuple[Box, ...], float]:
    """Boxes in rows of ``columns`` across ``width``, and the y below the last row."""
    columns = max(1, min(columns, len(contents)))
    each = (width - gap * (columns - 1)) / columns
    boxes: list[Box] = []
    for start in range(0, len(contents), columns):
        row = [
            place(item, x + at * (each + gap), y, each, lines=lines, clause=clause_mark(item.source, say))
            for at, item in enumerate(contents[start : start + columns])
        ]
        boxes.extend(stretch(row))
        y = boxes[-1].bottom + gap
    return tuple(boxes), y - gap if contents else y


def clause_mark(source: Citation | None, say: Say) -> str:
    """The words that name the clause of a box; empty without a clause."""
    return say("clause", clause=source.clause) if source is not None and source.clause else ""


def heading_citation(content: PlanContent, heading: Heading) -> Citation:
    """The place of a heading, for what rests on a whole section."""
    return Citation(document=content.document, clause=heading.number, line=heading.line, quote=heading.title)
