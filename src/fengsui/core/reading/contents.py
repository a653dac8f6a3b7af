"""What is on the page but not of the text: tables of contents, page numbers.

Leaving them out is safe: a contents line is dropped only when it looks like one or when the same headings
come again with text under them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from fengsui.core.reading.glyphs import key, squeeze, width
from fengsui.core.reading.labels import Label, Style
from fengsui.core.reading.mend import Piece

_PAGE_NUMBER = re.compile(
    r"[-—–_~·.\s]{0,6}(?:第\s*)?(?:\d{1,4}|[ivxIVX]{1,5})(?:\s*页)?(?:\s*[/／]?\s*共\s*\d{1,4}\s*页|\s*/\s*\d{1,4})?[-—–_~·.\s]{0,6}"
)
_LEADER = re.compile(r"(?:[.．·•…⋯]\s?){3,}\s*[-—]?\s*\d{0,4}\s*[-—]?\s*$|…+\s*\d{0,4}\s*$")
_PAGE_AT_END = re.compile(r"(?:\t|\s{2,})[-—(（]?\s*\d{1,3}\s*[-—)）]?\s*$")
_PAGED = re.compile(r"\s[-—(（]?\d{1,3}[-—)）]?$")
_BARE_NUMBER = re.compile(r"[1-9]\d?")
_CONTENTS_HEADING = re.compile(r"^(?:目录|目次|contents)$", re.IGNORECASE)
_TRAILING_PAGE = re.compile(r"[.．·•…⋯\s]*[-—]?\s*\d{0,4}\s*[-—]?\s*$")
_ENTRY_ENDS = ".．·•…⋯-—)）"
"""What an entry may end with, if not with the figures of its page."""
LONGEST_ENTRY = 60
LEAST_REPEATED = 4
LONGEST_REPEATED = 80
MOST_CONTENTS = 40
"""Tables of contents one file may have: a bundle has one for each plan."""


def is_page_number(piece: Piece) -> bool:
    """Whether the line holds nothing but a page number or a rule."""
    if piece.cell is not None or piece.label is not None:
        return False
    text = piece.raw
    if "\u3400" <= text[0] <= "\u9fff" and text[0] != "第":
        return False  # a word, as on most lines
    return _PAGE_NUMBER.fullmatch(text) is not None or not any(map(str.isalnum, text))


def is_contents_line(piece: Piece) -> bool:
    """Whether the line by itself is an entry of a table of contents (dot leaders, or a tab and a page)."""
    last = piece.raw[-1]
    if piece.cell is not None or not (last in _ENTRY_ENDS or last.isdigit()):
        return False
    if width(piece.text) > LONGEST_ENTRY:
        return False
    if len(piece.text) > 3 and _LEADER.search(piece.raw):
        return True
    return "\t" in piece.raw and _PAGE_AT_END.search(piece.raw) is not None


def contents_indexes(pieces: Sequence[Piece]) -> frozenset[int]:
    """Indexes of the pieces that belong to tables of contents."""
    found = {i for i, piece in enumerate(pieces) if is_contents_line(piece)}
    found |= _between_entries(pieces, found)
    titles = [i for i, piece in enumerate(pieces) if len(piece.text) <= 12 and _is_contents_heading(piece)]
    found.update(titles)
    for i in titles[:MOST_CONTENTS]:
        found |= _region_after(pieces, i) or _paged_after(pieces, i)
    found |= _repeated_run(pieces, found)
    return frozenset(found)


def _is_contents_heading(piece: Piece) -> bool:
    return _CONTENTS_HEADING.match(squeeze(piece.text)) is not None


def _between_entries(pieces: Sequence[Piece], found: set[int]) -> set[int]:
    """Short lines in the middle of entries (the title of an annex whose page stands a line below)."""
    result: set[int] = set()
    for a, b in pairwise(sorted(found)):
        between = range(a + 1, b)
        if len(between) <= 3 and all(_may_be_entry(pieces[i]) for i in between):
            result.update(between)
    return result


def _may_be_entry(piece: Piece) -> bool:
    return width(piece.text) <= 40 and piece.text[-1] not in "。；;"


def _entry_key(piece: Piece) -> str:
    if piece.label is None:
        return key(piece.text)
    raw = piece.raw
    return key(_TRAILING_PAGE.sub("", raw) if raw[-1].isdigit() or raw[-1] in _ENTRY_ENDS else raw)


def _region_after(pieces: Sequence[Piece], heading: int) -> set[int]:
    """Entries after a line 目录: up to where the first entry comes again."""
    first = heading + 1
    if first >= len(pieces):
        return set()
    wanted = key(pieces[first].text)
    for j in range(first + 2, min(len(pieces), first + 400)):
        if pieces[j].text[-1] in "。；":
            return set()  # the text has begun: it was no list of entries
        own = key(pieces[j].text)
        if len(own) >= 3 and wanted.startswith(own) and (pieces[j].label or pieces[j].marked):
            last = j - 1
            while last > first and not _entry_like(pieces[last]):
                last -= 1
            return set(range(first, last + 1))
    return set()


def _paged_after(pieces: Sequence[Piece], heading: int) -> set[int]:
    """Entries right after a line 目录 that end in a page number."""
    result: set[int] = set()
    for i in range(heading + 1, min(len(pieces), heading + 300)):
        if width(pieces[i].text) > LONGEST_ENTRY or not _PAGED.search(pieces[i].raw):
            break
        result.add(i)
    return result


def _entry_like(piece: Piece) -> bool:
    return (piece.label is not None and width(piece.text) <= 40) or piece.raw[-1:].isdigit()


def _repeated_run(pieces: Sequence[Piece], known: set[int]) -> set[int]:
    """A run of headings without text at the front, all of which come again later."""
    texts = (
        i
        for i, piece in enumerate(pieces)
        if i not in known and piece.cell is None and not is_page_number(piece)
    )
    run, start, end = _up_to_first_sentence(pieces, texts)
    if end - start < LEAST_REPEATED:
        return set()
    wanted = {_entry_key(pieces[run[n]]) for n in range(start, end)}
    run += texts
    later: dict[str, list[int]] = {}
    for n, i in enumerate(run):
        if len(pieces[i].text) <= LONGEST_REPEATED and (own := _entry_key(pieces[i])) in wanted:
            later.setdefault(own, []).append(n)
    result: list[int] = []
    misses = 0
    for n in range(start, end):
        places = later[_entry_key(pieces[run[n]])]
        if result and places[0] < n and places[0] >= start:
            break
        if len(places) > 1 and places[-1] > n:
            result.append(n)
            misses = 0
        else:
            misses += 1
            if misses > 2:
                break
    if len(result) < LEAST_REPEATED:
        return set()
    return {run[n] for n in range(start, result[-1] + 1)}


def _up_to_first_sentence(pieces: Sequence[Piece], texts: Iterator[int]) -> tuple[list[int], int, int]:
    """The first of ``texts``, and where in them the first label and the first sentence after it stand.

    A table of contents holds no sentences: it ends at the first one, if not before.
    """
    run: list[int] = []
    start = None
    for i in texts:
        if start is None and pieces[i].label is not None:
            start = len(run)
        run.append(i)
        if start is not None and not _may_be_entry(pieces[i]):
            return run, start, len(run) - 1
    return run, len(run) if start is None else start, len(run)


def running_heads(pieces: Sequence[Piece], title: str) -> frozenset[int]:
    """Indexes of the plan's title printed again on page after page."""
    wanted = key(title)
    if not wanted:
        return frozenset()
    longest = 2 * len(title) + 8
    loose = (i for i, p in enumerate(pieces) if p.cell is None and p.label is None and len(p.text) <= longest)
    same = [i for i in loose if key(pieces[i].text) == wanted]
    return frozenset(same[1:]) if len(same) >= 4 else frozenset()


def with_bare_numbers(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """``pieces`` with labels for figures that stand alone above the title they number.

    Such a line looks like a page number; that 1.1 follows the next line tells them apart.
    """
    result = list(pieces)
    for i in range(len(result) - 2):
        piece, below = result[i], result[i + 2].label
        if len(piece.raw) > 2 or piece.label is not None or piece.cell is not None:
            continue
        if not _BARE_NUMBER.fullmatch(piece.raw):
            continue
        number = int(piece.raw)
        if below is not None and below.style is Style.DECIMAL and below.parts == (number, 1):
            label = Label(Style.DIGIT, (number,), str(number), " ", len(piece.raw))
            result[i] = replace(piece, label=label)
    return tuple(result)
