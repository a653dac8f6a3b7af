"""Tables of levels whose cells stand one a line: headers first, then level by level the figures.

Such a table is put together again only where its form proves it: as many headers as cells in each row, the
first header speaking of levels, at least two rows alike.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from fengsui.core.reading.extract.level_names import Listed, is_designation, level_name
from fengsui.core.reading.extract.level_stream import Passage
from fengsui.core.reading.phrases.figures import bounds_in

LONGEST_CELL = 24
MOST_COLUMNS = 8
_OF_LEVELS = re.compile(r"^(?:[^,;。:]{0,6})?(?:级别|等级|分级|类别|响应|预警|程度|级)(?:\([^()]*\))?$")
_MAY_NAME = re.compile("[级IV大般红橙黄蓝]")
_STOP = re.compile("[;。:]")

Rows = dict[int, tuple[Passage, ...]]
"""By the ``id`` of the passage that names a level: the headers of the cells that follow it, in order."""


def rows_of_lines(group: Sequence[Passage], listed: Listed) -> Rows:
    """The rows found among ``group``, passages that follow one another."""
    at = [index for index, passage in enumerate(group) if _level(passage, listed)]
    named = frozenset(at)
    rows: Rows = {}
    for place, first in enumerate(at[:-1]):
        width = at[place + 1] - first
        if id(group[first]) in rows or not 3 <= width <= MOST_COLUMNS or first < width:
            continue
        headers = group[first - width : first]
        if not _heads(headers):
            continue
        row = first
        while row in named and _filled(group[row + 1 : row + width], width - 1):
            rows[id(group[row])] = tuple(headers[1:])
            row += width
    return rows if len(rows) > 1 else {}


def _level(passage: Passage, listed: Listed) -> bool:
    text = passage.text.text.rstrip(":")
    if passage.heading or len(text) > LONGEST_CELL or not _MAY_NAME.search(text):
        return False
    return is_designation(text, listed) and level_name(text, listed) is not None


def _heads(headers: Sequence[Passage]) -> bool:
    texts = [header.text.text for header in headers]
    if any(header.heading for header in headers):
        return False
    plain = all(
        len(text) <= LONGEST_CELL and not _STOP.search(text) and not bounds_in(text) for text in texts
    )
    return plain and _OF_LEVELS.match(texts[0]) is not None


def _filled(cells: Sequence[Passage], count: int) -> bool:
    texts = [cell.text.text for cell in cells if not cell.heading]
    return len(texts) == count and all(
        len(text) <= LONGEST_CELL and (bool(bounds_in(text)) or text in ("/", "-", "—", "--", "无"))
        for text in texts
    )
