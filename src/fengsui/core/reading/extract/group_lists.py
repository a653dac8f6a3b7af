"""Groups only named in a list (下设甲组、乙组), and those listed with who leads each in a bracket."""

from __future__ import annotations

import re
from dataclasses import dataclass

from fengsui.core.reading.extract.body_text import Passage

_LIST = re.compile(
    r"(?:下设|设立|设置|成立|建立|组建|分为|分设|设有|设(?=以下|如下|[0-9一二三四五六七八九十]+个))(?:以下|如下|了|：|[0-9一二三四五六七八九十]+个(?:工作)?组：?)*(?P<list>[^。；：]{0,200}?[、，][^。；：]{0,400}?)(?:等)?"
    r"(?:共|若干|[0-9一二三四五六七八九十]*)*个?(?:应急|专项|专业|工作)*(?:小组|工作组|组)(?:[，。；]|$)"
)
_NOT_ITEM = re.compile(
    r"部门|单位|人员|指挥部|领导小组|下设|成立|组成|发生|选定|[的从在由将]|^(?:以及|根据|并|以|其他)|^办公室$"
)
_ITEM = re.compile(r"^（?(?P<name>[^（）]{2,18})）?$")
_WITH_LEAD = re.compile(
    r"(?P<name>[^，。；：、（）]{2,24}组)（(?P<inner>[^（）]{0,80}?(?:牵头|组长|负责)[^（）]{0,80})）"
)
_SETS_UP = re.compile("设立|设置|下设|设有|设|成立|分为|包括|组建")


@dataclass(frozen=True, slots=True)
class NamedGroup:
    """A group that is only named in a list, with its place."""

    name: str
    passage: Passage
    begin: int
    end: int
    inner: str = ""
    """What the bracket behind the name says of who leads and takes part."""


def groups_of_lists(stream: tuple[Passage, ...]) -> list[NamedGroup]:
    named: list[NamedGroup] = []
    for passage in stream:
        if "组" not in passage.text:
            continue
        if "组（" in passage.text and len(bracketed := _bracketed(passage)) >= 2:
            named.extend(bracketed)
            continue
        for found in _LIST.finditer(passage.text):
            items = _items(passage, found.start("list"), found.end("list"))
            if len(items) >= 3 or (len(items) == 2 and all(item.name.endswith("组") for item in items)):
                named.extend(items)
    return named


def _items(passage: Passage, begin: int, end: int) -> list[NamedGroup]:
    items: list[NamedGroup] = []
    text, first = passage.text, begin
    if re.search(r"组[、，]", text[begin:end]):
        # Each item has its own 组: the last one, or 甲组和乙组, keeps it too.
        tail = re.match(r"(?:工作)?小?组", text[end:])
        end += tail.end() if tail else 0
    joints = {mark.end() - 1 for mark in re.finditer(r"组[和及与](?=[^、，]*组$)", text[begin:end])}
    cuts = [at for at in range(begin, end) if text[at] in "、，" or at - begin in joints] + [end]
    for cut in cuts:
        piece = _ITEM.match(text[first:cut])
        name = piece["name"] if piece else ""
        if name and not _NOT_ITEM.search(name):
            items.append(NamedGroup(name, passage, first + text[first:cut].find(name), cut))
        first = cut + 1
    return items


_LABELLED_LEAD = re.compile(
    r"(?<!副)(?:组长|牵头|负责|责任)(?:单位|部门|人)?(?:：|为|由)(?P<who>[^，。；：]{2,30}?)(?:担任|兼任)?(?=[，。；]|$)"
)


def lead_in_bracket(inner: str) -> str | None:
    """（组长：维修队队长）."""
    found = _LABELLED_LEAD.search(inner)
    return found["who"] if found else None


def leads_told(stream: tuple[Passage, ...]) -> dict[str, str]:
    """下设扑火组、保障组。扑火组由应急办负责，…: who leads each, told in a sentence after the list."""
    told: dict[str, str] = {}
    for passage in stream:
        if "组由" in passage.text:
            for found in _THEN_BY.finditer(passage.text):
                told.setdefault(found["name"], found["who"])
    return told


_THEN_BY = re.compile(
    r"(?:^|[，。；：])(?P<name>[^，。；：、（）]{2,18}组)由(?P<who>[^，。；：]{2,30}?)(?:共同|联合)?(?:负责|牵头|任组长|担任组长|承担)"
)


def _bracketed(passage: Passage) -> list[NamedGroup]:
    """抢险组（县水利局牵头，县应急局配合）、转移组（县民政局牵头）."""
    items = []
    for found in _WITH_LEAD.finditer(passage.text):
        name = _SETS_UP.split(found["name"])[-1]
        if len(name) >= 3 and "领导小组" not in name:
            begin = found.end("name") - len(name)
            items.append(NamedGroup(name, passage, begin, found.end(), found["inner"]))
    return items
