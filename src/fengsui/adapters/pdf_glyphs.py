"""Glyphs of a PDF page: the printed characters with their places, as a page shows them.

Guarantees: every character is given once (bold made by printing twice is undone), upright as a person reads
the page, with code points of ordinary text (radicals and private bullets replaced).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from pdfminer.layout import LTChar, LTComponent, LTContainer, LTCurve, LTImage, LTLine, LTPage

from fengsui.core.reading.glyphs import is_wide

UNREADABLE = "□"
"""Stands for a character whose font does not say what it is."""
BULLET = "●"
NARROWEST_WIDE = 0.6
"""Least width of a Chinese character, as a share of its height, that can be true."""
MOST_CIRCLES = 500
Box = tuple[float, float, float, float]
"""Left, top, right, bottom in points; the top of the page is 0."""


@dataclass(frozen=True, slots=True)
class Glyph:
    """One printed character; ``spaced`` says that the file has a blank before it."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    size: float
    spaced: bool = False

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2

    @property
    def centre(self) -> float:
        return (self.x0 + self.x1) / 2


@dataclass(slots=True)
class PageContent:
    """What stands on a page: ``shapes`` are the boxes of drawn lines and figures, ``pictures`` of images.

    ``turn`` is the direction in which most of its text runs: 0 as usual, 90 upwards, 270 downwards; all
    places are already turned so that the text runs as usual.
    """

    width: float
    height: float
    turn: int = 0
    glyphs: list[Glyph] = field(default_factory=list)
    shapes: list[Box] = field(default_factory=list)
    pictures: list[Box] = field(default_factory=list)

    def turned(self, box: Box) -> Box:
        """``box``, given on the page as printed, on the page turned."""
        return _turn(box, self.turn, *self._printed_size())

    def _printed_size(self) -> tuple[float, float]:
        return (self.height, self.width) if self.turn else (self.width, self.height)


def content_of(page: LTPage) -> PageContent:
    """The glyphs, shapes and pictures of a page as pdfminer laid it out."""
    chars: list[LTChar] = []
    shapes: list[Box] = []
    pictures: list[Box] = []
    for item in _leaves(page):
        if isinstance(item, LTChar):
            chars.append(item)
        elif isinstance(item, LTImage):
            pictures.append(_box(item, page.height))
        elif isinstance(item, (LTLine, LTCurve)):
            shapes.append(_box(item, page.height))
    turn = _direction(chars)
    width, height = (page.height, page.width) if turn else (page.width, page.height)
    content = PageContent(width=width, height=height, turn=turn)
    content.shapes = [content.turned(box) for box in shapes]
    content.pictures = [content.turned(box) for box in pictures]
    content.glyphs = _circled(list(_once(_glyphs(chars, content, page.height))), content.shapes)
    return content


def _leaves(container: Iterable[LTComponent]) -> Iterator[LTComponent]:
    for item in container:
        if isinstance(item, LTContainer):
            yield from _leaves(item)
        else:
            yield item


def _box(item: LTComponent, height: float) -> Box:
    return item.x0, height - item.y1, item.x1, height - item.y0


def _turn(box: Box, turn: int, width: float, height: float) -> Box:
    x0, top, x1, bottom = box
    if turn == 90:
        return height - bottom, x0, height - top, x1
    if turn == 270:
        return top, width - x1, bottom, width - x0
    return box


def _angle(char: LTChar) -> int | None:
    """0, 90 or 270 degrees; None for text that runs aslant (a watermark) or upside down."""
    a, b, _, d = char.matrix[:4]
    if abs(b) <= 0.05 * abs(a):
        return 0 if a * d >= 0 else None
    if abs(a) <= 0.05 * abs(b):
        return 90 if b > 0 else 270
    return None


def _direction(chars: list[LTChar]) -> int:
    counts = {90: 0, 270: 0}
    for char in chars:
        angle = _angle(char)
        if angle:
            counts[angle] += 1
    best = max(counts, key=lambda angle: counts[angle])
    return best if counts[best] > len(chars) / 2 else 0


def _glyphs(chars: list[LTChar], content: PageContent, height: float) -> Iterator[Glyph]:
    spaced = False
    for char in chars:
        if _angle(char) != content.turn:
            continue
        text = _text(char.get_text())
        if not text.strip():
            spaced = spaced or bool(text)
            continue
        x0, top, x1, bottom = content.turned(_box(char, height))
        inside = 0 <= (x0 + x1) / 2 <= content.width and 0 <= (top + bottom) / 2 <= content.height
        if inside and bottom - top > 1:
            size = bottom - top
            if is_wide(text[0]) and x1 - x0 < NARROWEST_WIDE * size and text.isalnum():
                x1 = x0 + size  # the font states no width for this character
            yield Glyph(text, x0, top, x1, bottom, size, spaced)
        spaced = False


def _text(raw: str) -> str:
    """The code points of ordinary text; empty for control characters."""
    if raw.startswith("(cid:"):
        return UNREADABLE
    return "".join(_common(char) for char in raw if char >= " " and char != "\x7f")


def _common(char: str) -> str:
    if char == "\ufffd":
        return UNREADABLE
    if "\u2e80" <= char <= "\u2fdf" or "\uf900" <= char <= "\ufaff" or "\ufb00" <= char <= "\ufb06":
        return unicodedata.normalize("NFKC", _RADICALS.get(char, char))
    if "\uf020" <= char <= "\uf0ff":
        return BULLET  # Wingdings and Symbol: their only use in running text is as bullets
    return char


_RADICALS = dict(
    zip(
        "⺟⻅⻆⻉⻋⻓⻔⻘⻚⻛⻜⻝⻢⻥⻦⻩⻬⻮⻰⺠⻄⻁",
        "母见角贝车长门青页风飞食马鱼鸟黄齐齿龙民西虎",
        strict=True,
    )
)
"""Radicals that office fonts give in place of the word, without a mapping in Unicode."""


def _once(glyphs: Iterable[Glyph]) -> Iterator[Glyph]:
    """Without the second print of the same character at almost the same place."""
    printed: dict[tuple[str, int, int], Glyph] = {}
    for glyph in glyphs:
        near = min(0.15 * glyph.size, 0.5 * (glyph.x1 - glyph.x0)) + 0.01
        column, row = int(glyph.x0 // 4), int(glyph.top // 4)
        places = [(glyph.text, column + right, row + down) for right in (-1, 0, 1) for down in (-1, 0, 1)]
        others = [printed[place] for place in places if place in printed]
        if any(abs(other.x0 - glyph.x0) < near and abs(other.top - glyph.top) < near for other in others):
            continue
        printed[glyph.text, column, row] = glyph
        yield glyph


def _circled(glyphs: list[Glyph], shapes: list[Box]) -> list[Glyph]:
    """Figures with a circle drawn round them (as office programs make them) become ① and so on."""
    circles = [
        box for box in shapes if box[2] - box[0] < 40 and abs((box[2] - box[0]) - (box[3] - box[1])) < 2
    ]
    if not circles or len(circles) > MOST_CIRCLES:
        return glyphs
    result = []
    for glyph in glyphs:
        circle = _circle_round(glyph, circles) if glyph.text in "123456789" else None
        if circle is not None:
            sign = chr(ord("①") + int(glyph.text) - 1)
            glyph = Glyph(sign, circle[0], glyph.top, circle[2], glyph.bottom, glyph.size, glyph.spaced)
        result.append(glyph)
    return result


def _circle_round(glyph: Glyph, circles: list[Box]) -> Box | None:
    for box in circles:
        fits = 0.9 * glyph.size < box[2] - box[0] < 1.8 * glyph.size
        middle = abs((box[1] + box[3]) / 2 - glyph.middle) < 0.4 * glyph.size
        if fits and middle and box[0] <= glyph.centre <= box[2]:
            return box
    return None
