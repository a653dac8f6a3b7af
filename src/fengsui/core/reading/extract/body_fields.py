"""Label and value (总指挥：团长), wherever a paragraph holds them, and short lists after a label."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

from fengsui.core.reading.extract.body_names import is_body_or_post, split_bodies
from fengsui.core.reading.extract.body_text import Passage


class Label(StrEnum):
    """What a label announces."""

    COMMANDER = "commander"
    DEPUTY = "deputy"
    MEMBERS = "members"
    LEAD = "lead"
    DUTIES = "duties"


_WORDS: tuple[tuple[Label, str], ...] = (
    (Label.DEPUTY, r"(?:常务|第一|执行)?副(?:总指挥长?|指挥长?|组长|主任|领队)(?:单位)?"),
    (
        Label.COMMANDER,
        r"(?:第一)?(?:总指挥长?|指挥长)|(?:第一)?组长(?:单位)?|(?<!室)主任|(?<![\u4e00-\u9fff])指挥(?=：)",
    ),
    (
        Label.MEMBERS,
        r"(?:主要|其他|指挥部|领导小组|委员会)?(?:成员(?:单位|部门|名单)?|组员)|(?:组成|参加|参与|配合|协助|协同|协办)(?:单位|部门)",
    ),
    (Label.LEAD, r"(?:牵头|负责|主责|责任|主办)(?:单位|部门)"),
    (Label.DUTIES, r"(?:主要)?(?:工作)?(?:职责|任务)(?:任务|分工)?(?:是|为|包括)?"),
)
_ANYWHERE = re.compile("|".join(f"(?P<{kind}>{words})" for kind, words in _WORDS))
# The last character of every label, before its colon.
_HINT = re.compile(r"[长挥任位队员门单责务工是为括]：")
_NO_COLON = re.compile(
    r"^(?:(?P<deputy>(?:常务|第一)?副(?:总指挥|指挥长|组长))|(?P<commander>(?:第一)?(?:总指挥|指挥长|组长))|(?P<members>(?:主要)?成员单位))"
    r"(?![：由的和及或为是在下宣职主要可应根，。；办、])"
)


@dataclass(frozen=True, slots=True)
class Field:
    """A label with the span of its value in the passage's text."""

    kind: Label
    begin: int
    end: int


def fields_of(stream: tuple[Passage, ...]) -> tuple[tuple[Field, ...], ...]:
    """The labelled values of every passage, a form's column of labels matched with its column of values."""
    found = [
        fields(passage) if "：" in passage.text or passage.body[:1] in _FIRST else () for passage in stream
    ]
    _of_rows(stream, found)
    index = 0
    while index < len(stream):
        if stream[index].body[:1] not in _FIRST:
            index += 1
            continue
        kinds, after = _label_run(stream, index)
        values = stream[after : after + len(kinds)]
        fits = len(kinds) > 1 and len(values) == len(kinds) and not any(item.is_heading for item in values)
        if fits and not any(found[after + place] for place in range(len(kinds))):
            for place, kind in enumerate(kinds):
                if kind is not None:
                    found[after + place] = (Field(kind, values[place].start, len(values[place].text)),)
        index = max(after, index + 1)
    return tuple(found)


_BARE = re.compile(
    r"(?P<deputy>(?:常务)?副(?:总指挥长?|指挥长|组长))|(?P<other>现场(?:总)?指挥长?)|(?P<commander>(?:第一)?(?:总指挥长?|指挥长|组长))"
    r"|(?P<members>(?:主要)?成员(?:单位)?)"
)


# How a bare label may begin.
_FIRST = frozenset("常副现第总指组主成")


def _of_rows(stream: tuple[Passage, ...], found: list[tuple[Field, ...]]) -> None:
    """A table of posts: 副总指挥 in one cell, who holds it in the last cell of the row."""
    cells = [(index, passage.cell) for index, passage in enumerate(stream) if passage.cell is not None]
    for _, row in groupby(cells, lambda pair: (pair[1].table, pair[1].row)):
        indexes = [index for index, _ in row]
        label = _BARE.fullmatch(stream[indexes[0]].body)
        last = stream[indexes[-1]]
        if len(indexes) < 2 or not label or label.lastgroup == "other" or found[indexes[-1]]:
            continue
        if not any(_BARE.fullmatch(stream[index].body) for index in indexes[1:]):
            kind = Label(label.lastgroup or "")
            found[indexes[-1]] = (Field(kind, last.start, len(last.text)),)


def _label_run(stream: tuple[Passage, ...], index: int) -> tuple[list[Label | None], int]:
    kinds: list[Label | None] = []
    while index < len(stream) and not stream[index].is_heading:
        if stream[index].body[:1] not in _FIRST or _is_beside(stream, index):
            break
        text, at, here = stream[index].body, 0, list[Label | None]()
        while found := _BARE.match(text, at):
            here.append(None if found.lastgroup == "other" else Label(found.lastgroup or ""))
            at = found.end()
        if not here or at != len(text):
            break
        kinds.extend(here)
        index += 1
    return kinds, index


def _is_beside(stream: tuple[Passage, ...], index: int) -> bool:
    """Whether the passage is a cell of a row of several: a header row is no column of labels."""
    cell = stream[index].cell
    if cell is None:
        return False
    near = [stream[at].cell for at in (index - 1, index + 1) if 0 <= at < len(stream)]
    return any(other is not None and (other.table, other.row) == (cell.table, cell.row) for other in near)


def fields(passage: Passage) -> tuple[Field, ...]:
    """The labelled values in ``passage``, in order; each value ends where the next label begins."""
    text = passage.text
    if "：" not in text or not _HINT.search(text):
        return _without_colon(passage)
    marks: list[tuple[Label, int, int]] = []
    for found in _ANYWHERE.finditer(text):
        kind = Label(found.lastgroup or "")
        if not _is_label(passage, found.start(), found.end(), bool(marks)):
            continue
        marks.append((kind, found.start(), found.end() + 1))
    if not marks:
        return _without_colon(passage)
    ends = [start for _, start, _ in marks[1:]] + [len(text)]
    return tuple(
        Field(kind, begin, _closed(text, begin, end))
        for (kind, _, begin), end in zip(marks, ends, strict=True)
    )


# 治安组 组长单位：…: the blank after the name of the group was lost.
_GROUP_BEFORE = re.compile(r"^[^，。；：（）]{2,12}组$")


def _closed(text: str, begin: int, end: int) -> int:
    """Where a value ends that stands in a bracket with its label: （组长：某某，成员：某某）."""
    close = text.find("）", begin, end)
    return close if close >= 0 and "（" not in text[begin:close] else end


def _is_label(passage: Passage, begin: int, end: int, after_another: bool) -> bool:
    text = passage.text
    if end >= len(text) or text[end] != "：":
        return False
    if _GROUP_BEFORE.match(text[passage.start : begin]):
        return True
    if after_another or begin <= passage.start or text[begin - 1] in "。；，：、）（":
        return True
    # 组长：某某 副组长：某某 on one line: a blank stood before the label.
    return passage.paragraph is not None and passage.places[begin] > passage.places[begin - 1] + 1


def _without_colon(passage: Passage) -> tuple[Field, ...]:
    # 总 指 挥  团长: a column of a form that lost its colon.
    found = _NO_COLON.match(passage.body) if passage.body[:1] in _FIRST else None
    if not found or len(passage.body) > 90 or "。" in passage.body[:-1] or passage.is_heading:
        return ()
    begin = passage.start + found.end()
    if not is_body_or_post(passage.text[begin:].rstrip("。")) or not split_bodies(passage.text[begin:]).sure:
        return ()
    return (Field(Label(found.lastgroup or ""), begin, len(passage.text)),)
