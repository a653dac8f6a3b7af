"""Margins of PDF pages: page numbers and running heads, which are no words of the document."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from statistics import median

from fengsui.adapters.pdf_lines import Row

MARGIN = 0.13
"""Share of the page height, at the top and at the bottom, in which heads and feet stand."""
FEWEST_PAGES = 3
REPEATED_SHARE = 0.4
"""Heads may differ between left and right pages, so each stands on half of them, less the first pages."""
SAME_HEIGHT = 8.0
_DASH = r"[-—–－─·•~～.\s]*"
_PAGE_NUMBER = re.compile(
    rf"{_DASH}(?:\d{{1,4}}|[ivxlcIVXLCⅠ-ⅿ]{{1,7}}|(?:第\s*)(?:\d{{1,4}}|[一二三四五六七八九十百〇零]{{1,5}})\s*页"
    r"(?:[,，、/\s]*共\s*[\d一二三四五六七八九十百〇零]{1,5}\s*页)?|\d{1,4}\s*[/／]\s*\d{1,4}|[Pp]age\s*\d+(?:\s*of\s*\d+)?"
    rf"|\d{{1,4}}\s*页){_DASH}"
)


def without_margins(pages: Sequence[Sequence[Row]], heights: Sequence[float]) -> list[list[Row]]:
    """The lines of each page (top to bottom) without page numbers and without what repeats in the margins."""
    repeated = _repeated(pages, heights)
    return [
        [row for row in rows if not _is_margin(row, _side(row, rows, height), height, repeated)]
        for rows, height in zip(pages, heights, strict=True)
    ]


def _is_margin(row: Row, side: str | None, height: float, repeated: dict[str, list[float]]) -> bool:
    return side is not None and (_is_page_number(row) or _is_repeated(row, height, repeated))


def _side(row: Row, rows: Sequence[Row], height: float) -> str | None:
    """The margin a line stands in; only the three outermost lines of a page count."""
    if row.bottom <= height * MARGIN and row in rows[:3]:
        return "top"
    if row.top >= height * (1 - MARGIN) and row in rows[-3:]:
        return "bottom"
    return None


def _is_page_number(row: Row) -> bool:
    return _PAGE_NUMBER.fullmatch(row.text.strip()) is not None


def _key(row: Row) -> str:
    return re.sub(r"\d+", "#", re.sub(r"\s+", "", row.text))


def _is_repeated(row: Row, height: float, repeated: dict[str, list[float]]) -> bool:
    return any(abs(place - row.top / height) * height <= SAME_HEIGHT for place in repeated.get(_key(row), ()))


def _repeated(pages: Sequence[Sequence[Row]], heights: Sequence[float]) -> dict[str, list[float]]:
    """Texts that stand at the same height of many pages, with that height as a share of the page."""
    found: dict[tuple[str, str], list[float]] = defaultdict(list)
    for rows, height in zip(pages, heights, strict=True):
        for row in rows:
            side = _side(row, rows, height)
            if side is not None:
                found[side, _key(row)].append(row.top / height)
    enough = max(FEWEST_PAGES, REPEATED_SHARE * len(pages))
    result: dict[str, list[float]] = defaultdict(list)
    for (_, key), places in found.items():
        middle = median(places)
        if sum(abs(place - middle) * max(heights) <= SAME_HEIGHT for place in places) >= enough:
            result[key].append(middle)
    return result
