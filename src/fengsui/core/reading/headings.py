"""Which labelled lines are headings: by shape, by the numbering of the document, by their place.

Whole sentences that begin with a number are items, not headings, and stay paragraphs.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from fengsui.core.plan.model import Numbering
from fengsui.core.reading.bare_titles import bare_title_rank
from fengsui.core.reading.glyphs import CLOSING, squeeze, width
from fengsui.core.reading.labels import Label, Style
from fengsui.core.reading.memo import remembered
from fengsui.core.reading.mend import DEFAULT_WRAP, Piece

LONGEST_TITLE = 34.0
LONGEST_ITEM_TITLE = 20.0
MOST_OF_TITLE = 400
"""Characters looked at for a title; a longer line is a sentence, whatever comes further on."""
LOWEST_RANK = 90
FULL_LINE = 1.15
"""How much wider than ``wrap`` (four fifths of the usual width) a line is that fills its row."""
LIST_STYLES = (Style.DIGIT, Style.DIGIT_PAREN, Style.CIRCLED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A heading found: at piece ``index``, covering ``length`` pieces; ``rest`` is what follows the title
    on its own line (offset in the raw line, or None)."""

    index: int
    length: int
    label: Label | None
    title: str
    rank: int
    rest: int | None = None


_SENTENCE = re.compile(r"[。；;！？!?]")
_COMMA = re.compile(r"[，,：:]")
_CHINESE_WORD = re.compile(r"[\u4e00-\u9fff]")
_RUN_IN = re.compile(
    r"([^，。；：、,;:\s]{2,14})[。．：:](?=\s*\S)|([^，。；：,;:\s]{2,14})[ \u3000]{1,4}(?=\S{8})"
)
_USUAL_END = re.compile(
    r"(?:目的|依据|范围|原则|分级|体系|职责|机构|机制|报告|响应|保障|处置|终止|预警|监测|评估|演练|培训|解释|时间|管理|措施|程序|"
    r"启动|调整|修订|宣传|奖惩|责任|善后|要求|条件|标准|发布|结束|救援|总结|保险|术语)$"
)
_STATEMENT = re.compile(r"^本(?:预案|方案|办法|规定).*(?:由|自|适用|包括|是指|所称)")

# 瞒报险情的； 一次死亡3人以上或重伤…: a case in a list, though its line ends without a stop.
_LISTED_CASE = re.compile(r"[^目]的$|\d(?:人|户|间|万?元|公顷)以[上下](?=或|且|，|,|、)")


@lru_cache(maxsize=2048)
def title_shape(title: str, *, longest: float, commas: bool = False) -> bool:
    """Whether ``title`` (reading form, label taken off) looks like a title and not like a sentence."""
    text = title.rstrip("：:")
    if not text or len(text) > 2 * longest or width(text) > longest:
        return False
    if _SENTENCE.search(text) or text[-1] in "，,、":
        return False
    if text[0] in CLOSING + "，,、。；;：:%％":
        return False
    if _STATEMENT.match(text) or ((text[-1] == "的" or "以" in text) and _LISTED_CASE.search(text)):
        return False
    if not commas and _COMMA.search(text):
        return False
    return _CHINESE_WORD.search(text) is not None or text.isalpha()


def title_of(piece: Piece, label: Label) -> str:
    """The words after the label, in reading form; no more of them than a title may have."""
    return _squeezed(piece.raw[label.end : label.end + MOST_OF_TITLE])


_squeezed = remembered(1024)(squeeze)


def scheme(pieces: Sequence[Piece]) -> Numbering:
    """How the headings of ``pieces`` (contents lines left out) are numbered."""
    counts: dict[Style, int] = {}
    first: Style | None = None
    for piece in pieces:
        label = piece.label
        if label is None or piece.cell is not None:
            continue
        title = title_of(piece, label)
        number_only = not title
        sentence = not number_only and not title_shape(title, longest=LONGEST_TITLE)
        if sentence and label.style is not Style.ARTICLE:
            continue
        counts[label.style] = counts.get(label.style, 0) + 1
        if first is None and label.style not in (Style.ANNEX, Style.DIGIT_PAREN, Style.CIRCLED):
            first = label.style
    return _decide(counts, first)


def _decide(counts: dict[Style, int], first: Style | None) -> Numbering:
    def many(style: Style, least: int) -> bool:
        return counts.get(style, 0) >= least

    if many(Style.CHAPTER, 2) or many(Style.PART, 2):
        return Numbering.CHAPTER
    if many(Style.ARTICLE, 4):
        return Numbering.ARTICLE
    decimal = many(Style.DECIMAL, 3)
    chinese = many(Style.CHINESE, 2)
    if decimal and chinese and first is Style.CHINESE:
        return Numbering.MIXED
    if decimal:
        return Numbering.DECIMAL
    if first is Style.DIGIT and not chinese and many(Style.CHINESE_PAREN, 2) and many(Style.DIGIT, 3):
        return Numbering.MIXED
    if chinese or many(Style.CHINESE_PAREN, 2):
        return Numbering.CHINESE
    if many(Style.DIGIT, 3):
        return Numbering.DECIMAL
    return Numbering.NONE


class Ranks:
    """Depth order of label styles in one document; a smaller rank stands higher."""

    def __init__(self, numbering: Numbering, pieces: Sequence[Piece]) -> None:
        self.numbering = numbering
        order = [piece.label.style for piece in pieces if piece.label is not None and piece.cell is None]
        outer = next((style for style in order if style in (Style.CHINESE, Style.DIGIT, Style.DECIMAL)), None)
        self.decimal_first = numbering is Numbering.DECIMAL or (
            numbering is Numbering.MIXED and outer is not Style.CHINESE
        )
        base = {
            Style.PART: 0,
            Style.CHAPTER: 10,
            Style.SECTION: 20,
            Style.ARTICLE: 30,
            Style.CHINESE: 40,
            Style.CHINESE_PAREN: 50,
            Style.DIGIT: 60,
            Style.DIGIT_PAREN: 70,
            Style.CIRCLED: 80,
        }
        self._base = base
        self._decimal = 30
        if numbering in (Numbering.MIXED, Numbering.CHINESE) and not self.decimal_first:
            inner = Style.CHINESE_PAREN in order and (
                Style.DECIMAL not in order or order.index(Style.CHINESE_PAREN) < order.index(Style.DECIMAL)
            )
            self._decimal = 60 if inner else 40

    def of(self, label: Label, *, top_digit: bool = False) -> int:
        """The rank of ``label``; ``top_digit``: a single figure that numbers a chapter."""
        if label.style is Style.ANNEX:
            return 5
        if label.style is Style.DECIMAL:
            return self._decimal + len(label.parts)
        if label.style is Style.DIGIT and top_digit:
            return self._decimal + 1
        return self._base[label.style]


def find_headings(pieces: Sequence[Piece], numbering: Numbering, wrap: float) -> tuple[Found, ...]:
    """The headings among ``pieces`` in order."""
    return _Finder(pieces, numbering, wrap).run()


_ANNEX_END = re.compile("(?:图|表|名单|通讯录|清单|小组|指挥部|办公室)$")
_LONGEST_REST = 10.0
"""Of a title that a line was too short for, as much may stand below."""


class _Finder:
    def __init__(self, pieces: Sequence[Piece], numbering: Numbering, wrap: float) -> None:
        self.pieces = pieces
        self.ranks = Ranks(numbering, pieces)
        self.numbering = numbering
        self.wrap = wrap
        self.last_top = 0
        self.last_chapter = 0  # first number of the last decimal heading
        self.top_mark: str | None = None
        self.running = 0  # last ordinal of a list 1. 2. 3. that is going on
        self.next_decimal = self._upcoming_chapters()
        self.in_annex = False
        self.seen = False  # whether a heading of the main text has come
        self.marked_ranks = self._ranks_of_marks()
        self.marked = any(piece.marked is not None for piece in pieces)

    def _ranks_of_marks(self) -> dict[int, set[int]]:
        """The ranks that labelled headings have at each depth the mark-up declares."""
        result: dict[int, set[int]] = {}
        for piece in self.pieces:
            if piece.marked is None or piece.label is None or piece.label.style in LIST_STYLES[1:]:
                continue
            rank = self.ranks.of(piece.label, top_digit=self.ranks.decimal_first)
            result.setdefault(piece.marked, set()).add(rank)
        return result

    def run(self) -> tuple[Found, ...]:
        found: list[Found] = []
        skip = 0
        for index, piece in enumerate(self.pieces):
            if index < skip:
                continue
            heading = self._heading(index, piece)
            if heading is not None:
                found.append(heading)
                skip = index + heading.length
        return tuple(found)

    def _upcoming_chapters(self) -> list[int | None]:
        """For each piece the chapter (first number) of the next decimal heading after it."""
        result: list[int | None] = [None] * len(self.pieces)
        coming: int | None = None
        for index in range(len(self.pieces) - 1, -1, -1):
            result[index] = coming
            piece = self.pieces[index]
            if piece.label is None or piece.label.style is not Style.DECIMAL or piece.cell is not None:
                continue
            if title_shape(title_of(piece, piece.label), longest=LONGEST_TITLE, commas=True):
                coming = piece.label.parts[0]
        return result

    def _heading(self, index: int, piece: Piece) -> Found | None:
        if piece.cell is not None:
            return None
        label = piece.label
        if label is None:
            return self._unlabelled(index, piece)
        title, length = title_of(piece, label), 1
        if not title:
            if index + 1 >= len(self.pieces):
                return None
            after = self.pieces[index + 1]
            if after.label is not None or after.cell or not title_shape(after.text, longest=LONGEST_TITLE):
                if label.style is not Style.ANNEX:
                    return None
            else:
                title, length = after.text, 2
        elif self._breaks_off(index, piece, title):
            title, length = title + self.pieces[index + 1].text, 2
        return self._by_style(index, piece, label, title, length)

    def _breaks_off(self, index: int, piece: Piece, title: str) -> bool:
        """Whether a title fills its line and ends on the next (…应急指挥部 / 及职责)."""
        if not piece.full or index + 1 >= len(self.pieces) or piece.label is None:
            return False
        after = self.pieces[index + 1]
        if after.label is not None or after.cell or after.full or width(after.text) > _LONGEST_REST:
            return False
        whole = title + after.text
        return bool(_USUAL_END.search(whole) or _ANNEX_END.search(whole)) and title_shape(whole, longest=45)

    def _by_style(self, index: int, piece: Piece, label: Label, title: str, length: int) -> Found | None:
        style = label.style
        if style is Style.DIGIT:
            return self._digit(index, piece, label, title, length)
        if style in LIST_STYLES:
            return self._item(index, piece, label, title, length)
        if style is Style.ARTICLE:
            return self._article(index, label, title, length)
        if style is Style.ANNEX:
            if not self.seen or (title and not title_shape(title, longest=45, commas=True)):
                return None
            self.in_annex = True
            return self._found(index, length, label, title)
        return self._titled(index, piece, label, title, length)

    def _titled(self, index: int, piece: Piece, label: Label, title: str, length: int) -> Found | None:
        style = label.style
        commas = style in (Style.DECIMAL, Style.CHAPTER, Style.SECTION) or piece.marked is not None
        longest = 45.0 if piece.marked is not None or style is Style.DECIMAL else LONGEST_TITLE
        if self._wrapped_sentence(index, piece):
            return None
        if title_shape(title, longest=longest, commas=commas):
            if style is Style.DECIMAL and not self.in_annex:
                self.last_chapter = label.parts[0]
            if style in (Style.CHINESE, Style.CHAPTER):
                self.running = 0
            return self._found(index, length, label, title)
        if style in (Style.DECIMAL, Style.CHINESE) and length == 1:
            return self._run_in(piece, index, label)
        return None

    def _wrapped_sentence(self, index: int, piece: Piece) -> bool:
        """An unfinished line of full width with its continuation below is no title."""
        if piece.complete or piece.marked is not None or self.wrap == DEFAULT_WRAP:
            return False
        if width(piece.text) < FULL_LINE * self.wrap or piece.text[-1] in CLOSING + "：:":
            return False
        after = self.pieces[index + 1] if index + 1 < len(self.pieces) else None
        return after is not None and after.label is None and after.cell is None

    def _run_in(self, piece: Piece, index: int, label: Label) -> Found | None:
        """A title followed by its text on the same line (1.5 工作原则。坚持…)."""
        body = piece.raw[label.end :]
        match = _RUN_IN.match(body)
        if match is None:
            return None
        title = match[1] or match[2]
        if not title_shape(title, longest=16) or (match[2] and not _USUAL_END.search(title)):
            return None
        return replace(self._found(index, 1, label, title), rest=label.end + match.end())

    def _article(self, index: int, label: Label, title: str, length: int) -> Found | None:
        if title_shape(title, longest=16) and length == 1:
            return self._found(index, 1, label, title)
        return replace(self._found(index, 1, label, ""), rest=label.end)

    def _digit(self, index: int, piece: Piece, label: Label, title: str, length: int) -> Found | None:
        if self.ranks.decimal_first and not self.in_annex and self._is_top(index, piece, label, title):
            self.last_top = label.ordinal
            self.top_mark = label.mark
            self.running = 0
            return self._found(index, length, label, title, top=True)
        self.running = label.ordinal
        return self._item(index, piece, label, title, length)

    def _is_top(self, index: int, piece: Piece, label: Label, title: str) -> bool:
        """Whether a single figure numbers a chapter of a decimal plan and not an item of a list."""
        number = label.ordinal
        if not title_shape(title, longest=28):
            return False
        if self._has_first_section(index, number):
            return True  # whatever came before: numbers skip, repeat and stand out of order
        if number != max(self.last_top, self.last_chapter - 1) + 1:
            return False
        coming = self.next_decimal[index]
        if number <= self.last_chapter or (coming is not None and coming < number):
            return False
        if coming == number:
            return True
        if self.running and self.running == number - 1:
            return False
        return self.top_mark is None or label.mark == self.top_mark or piece.marked is not None

    def _has_first_section(self, index: int, number: int) -> bool:
        below = self.pieces[index + 1].label if index + 1 < len(self.pieces) else None
        return below is not None and below.style is Style.DECIMAL and below.parts == (number, 1)

    def _item(self, index: int, piece: Piece, label: Label, title: str, length: int) -> Found | None:
        """A short noun phrase with text under it heads a small section; else it is an item of a list."""
        if not title_shape(title, longest=LONGEST_ITEM_TITLE) or length == 2:
            return None
        if self._wrapped_sentence(index, piece):
            return None
        after = self.pieces[index + 1] if index + 1 < len(self.pieces) else None
        if after is None:
            return None
        if label.style is not Style.DIGIT and after.label is not None and after.label.style is label.style:
            return None
        return self._found(index, length, label, title)

    def _unlabelled(self, index: int, piece: Piece) -> Found | None:
        if piece.marked is None:
            return self._bare(index, piece) if self.numbering is Numbering.NONE else None
        if not title_shape(piece.text, longest=LONGEST_TITLE, commas=True):
            return None
        return Found(
            index=index,
            length=1,
            label=None,
            title=piece.text.rstrip("：:"),
            rank=self._rank_of_mark(piece.marked),
        )

    def _bare(self, index: int, piece: Piece) -> Found | None:
        rank = None if self.marked else bare_title_rank(self.pieces, index)
        if rank is None:
            return None
        return Found(index=index, length=1, label=None, title=piece.text, rank=rank)

    def _rank_of_mark(self, depth: int) -> int:
        if self.numbering is Numbering.NONE:
            return depth
        ranks = self.marked_ranks.get(depth, set())
        # Several ranks at one depth: the marks say nothing (text recognition marks every heading alike).
        return next(iter(ranks)) if len(ranks) == 1 else LOWEST_RANK

    def _found(self, index: int, length: int, label: Label, title: str, *, top: bool = False) -> Found:
        self.seen = True
        return Found(
            index=index,
            length=length,
            label=label,
            title=title.rstrip("：:"),
            rank=self.ranks.of(label, top_digit=top),
        )
