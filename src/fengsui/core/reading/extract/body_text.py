"""Passages: headings and paragraphs of a plan as one stream, in a form that patterns can rely on.

Blanks are gone, brackets, colons, commas and semicolons have one width; every character still knows
its place in the paragraph, so that a match can be cited and printed as it stands in the plan.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice

from fengsui.core.citation import Citation
from fengsui.core.reading.at_once import at_once
from fengsui.core.reading.blocks import Cell, Paragraph
from fengsui.core.reading.memo import remembered
from fengsui.core.reading.outline import Outline, Section

_WIDTH = tuple(zip("():,;∶﹕ꎬꎮꎻ", "（）：，；：：，。；", strict=True))
# "1.", "（一）", "⑶", "第三章" before a title or an item.
_LABEL = re.compile(
    r"^(?:[-—•·]*)(?:（[0-9一二三四五六七八九十]{1,3}）|[①-⑳⑴-⒇⒈-⒛]|附件[0-9一二三四五六七八九十]+(?:[-.．][0-9]+)*"
    r"|第[0-9一二三四五六七八九十]+[章节条]|[0-9]{1,2}(?:[.．][0-9]{1,2})*[.．、）]?(?![0-9小天日年月个人]|级)"
    r"|[一二三四五六七八九十]{1,3}[、.．])[:：]?"
)


_LABEL_STARTS = frozenset("-—•·（附第0123456789一二三四五六七八九十") | frozenset(
    chr(code) for code in (*range(0x2460, 0x2488), *range(0x2488, 0x249C))
)


@dataclass(slots=True, eq=False)
class Passage:
    """A heading (``paragraph`` None) or a paragraph.

    Never changed once cut; not frozen, because hundreds are made for each plan and that costs thrice.
    ``text`` is the blank-free form, ``places`` the offset in the paragraph of each of its characters,
    ``start`` the length of the item label at its head, ``body`` the text after that label.
    """

    outline: Outline
    section: Section
    paragraph: Paragraph | None
    text: str
    places: Sequence[int]
    start: int
    body: str = field(init=False)
    is_heading: bool = field(init=False)
    cell: Cell | None = field(init=False)

    def __post_init__(self) -> None:
        # Asked for by every pattern of every extractor: found out once.
        self.body = self.text[self.start :] if self.start else self.text
        self.is_heading = self.paragraph is None
        self.cell = self.paragraph.cell if self.paragraph else None

    def cite(self, begin: int = 0, end: int | None = None) -> Citation:
        """Cite ``text[begin:end]`` of this passage."""
        if self.paragraph is None:
            return Citation(
                document=self.outline.document,
                clause=self.section.clause,
                line=self.section.line,
                quote=self.section.title,
            )
        if not self.places:
            return self.outline.cite(self.section, self.paragraph)
        stop = len(self.text) if end is None else min(end, len(self.text))
        first = self.places[min(begin, len(self.places) - 1)]
        last = self.places[max(stop - 1, 0)] + 1
        return self.outline.cite(self.section, self.paragraph, first, max(last, first))


# Private-use characters are the ornaments of a lost font.
_SOLID = re.compile(r"[^\s\ue000-\uf8ff]+")


def _is_solid(text: str) -> bool:
    return text.isprintable() and " " not in text  # other blanks and private characters are not printable


@remembered(2048)
def squeeze(text: str) -> tuple[str, Sequence[int]]:
    """``text`` without blanks and in one width, with the offset of every character that is left."""
    if _is_solid(text):
        return _wide(text), range(len(text))
    runs = [found.span() for found in _SOLID.finditer(text)]
    places = tuple(place for run in runs for place in range(*run))
    return _wide("".join([text[begin:end] for begin, end in runs])), places


def _wide(text: str) -> str:
    for narrow, wide in _WIDTH:  # several times as quick as str.translate, which looks at every character
        text = text.replace(narrow, wide)
    return text.translate(_HALF_DIGITS) if _FULL_DIGIT.search(text) else text


_FULL_DIGIT = re.compile("[\uff10-\uff19]")
_HALF_DIGITS = {0xFF10 + digit: ord(str(digit)) for digit in range(10)}
_DASHES = re.compile(r"^[—•·]{1,3}(?=[\u4e00-\u9fff])")


def label_length(text: str) -> int:
    """Length of the item label at the head of blank-free ``text`` (0: none)."""
    if text[:1] not in _LABEL_STARTS:
        return 0
    found = _LABEL.match(text) or _DASHES.match(text)
    return found.end() if found else 0


def passages(outline: Outline) -> tuple[Passage, ...]:
    """Everything in the plan in document order, headings among paragraphs; empty ones left out.

    Several extractors ask for it; it is cut once.
    """
    return _all_passages(outline)


@lru_cache(maxsize=2)
def _all_passages(outline: Outline) -> tuple[Passage, ...]:
    return tuple(_passages(outline))


def _passages(outline: Outline) -> Iterator[Passage]:
    squeezed = _squeezed([paragraph for _, paragraph in outline.paragraphs()])
    for section in (outline.root, *outline.sections()):
        if section is not outline.root and section.title:
            text, places = squeeze(section.title)
            yield Passage(outline, section, None, text, places, label_length(text))
        for paragraph, text, places in _joined(islice(squeezed, len(section.paragraphs))):
            if len(paragraph.starts) == 1:
                if text:
                    yield Passage(outline, section, paragraph, text, places, label_length(text))
                continue
            for begin, end in _pieces(paragraph, text, places):
                piece = text[begin:end]
                yield Passage(outline, section, paragraph, piece, places[begin:end], label_length(piece))


# A line that opens something of its own although it was joined to the line before.
_OPENS = re.compile(
    r"^(?:(?!别|[^：]*(?:的|如下))[\u4e00-\u9fff（）]{2,12}：|[^，。：；]{0,20}(?:下设|设立)办公室)"
)


_LIST_GOES_ON = re.compile(r"[^，。；：]{1,8}(?:、|等)")


_Squeezed = tuple[Paragraph, str, Sequence[int]]


def _squeezed(paragraphs: Sequence[Paragraph]) -> Iterator[_Squeezed]:
    """Each paragraph with what ``squeeze`` makes of its text, in one width all at once."""
    texts = [paragraph.text for paragraph in paragraphs]
    for paragraph, text, wide in zip(paragraphs, texts, at_once(_wide, texts), strict=True):
        if _is_solid(text):
            yield paragraph, wide, range(len(text))
        else:
            yield paragraph, *squeeze(text)


def _joined(paragraphs: Iterable[_Squeezed]) -> Iterator[_Squeezed]:
    """``paragraphs``, a list that a page break cut in two mended."""
    held: _Squeezed | None = None
    for paragraph, text, places in paragraphs:
        if held is not None:
            before = held[0]
            if not before.cell and not paragraph.cell and _runs_on(held[1], text):
                shift = len(before.text)
                starts = (*before.starts, *((offset + shift, line) for offset, line in paragraph.starts))
                whole = Paragraph(text=before.text + paragraph.text, starts=starts)
                held = (whole, *squeeze(whole.text))
                continue
            yield held
        held = paragraph, text, places
    if held is not None:
        yield held


def _runs_on(before: str, after: str) -> bool:
    """Whether a line goes on with the list that the line before breaks off."""
    if not before or not after:
        return False
    cut = before[-1] == "、"
    if not cut and not (len(before) > 40 and _LIST_GOES_ON.match(after) and _breaks_off_in_list(before)):
        return False
    return not label_length(after) and not _OPENS.match(after)


def _breaks_off_in_list(text: str) -> bool:
    """Whether a line ends in the midst of a list: 、 before, no mark after the last name."""
    names = text[max(map(text.rfind, "。；：")) + 1 :].split("、")
    return len(names) > 2 and 1 <= len(names[-1]) <= 16 and "，" not in names[-1]


def _pieces(paragraph: Paragraph, text: str, places: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Cut ``text`` where a line of the original begins with a label (总务处：…)."""
    begin = 0
    for offset, _ in paragraph.starts[1:]:
        at = bisect_left(places, offset)
        if begin < at < len(text) and text[at - 1] not in "、，（及和" and _OPENS.match(text[at:]):
            yield begin, at
            begin = at
    if begin < len(text):
        yield begin, len(text)


def in_brackets(text: str) -> list[bool]:
    """For every character whether it stands inside round brackets (the brackets included)."""
    if "（" not in text:
        return [False] * len(text)
    depth, flags = 0, []
    for char in text:
        depth += char == "（"
        flags.append(depth > 0)
        depth -= char == "）" and depth > 0
    return flags
