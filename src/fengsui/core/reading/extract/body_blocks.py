"""Where a plan speaks of work groups, and where of the duties of single bodies.

Both are shown by the same forms (a name and a colon), so the two are told apart once, here: groups
are blocks of passages opened by a group's name, duty regions are opened by words like 成员单位职责.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from fengsui.core.reading.extract.body_text import Passage

_GROUP = r"(?P<name>[^，。；：（）“”]{1,20}?(?:小组|工作专班|专班|组))"
_AFTER = (
    r"(?:（[^（）]*）)?(?:$|：|(?=由(?!于))|(?:的)?(?:组成|人员组成)?(?:及|和|与)?(?:其|的)?(?:主要|工作)*(?:职责|任务|构成|组成)(?:$|：|是|为)"
    r"|(?=负责|牵头|是由|组长(?:由|单位|：))|，(?=(?:牵头|责任|负责|组长)(?:单位|部门)?：)|，(?=由[^。；]{2,160}?(?:组成|牵头|负责)|[^，。；]{2,20}牵头)|。(?=由|主要|负责|牵头|职责|组长|[^。]{2,40}(?:牵头|负责|组成)))"
)
_SITE = re.compile(f"^(?:（)?{_GROUP}(?:）)?{_AFTER}")
# 甲组下设乙组，组长由…
_SUBGROUP = re.compile(r"^[^，。；：]{2,14}组下设(?P<name>[^，。；：、]{2,14}组)(?=[，。：])")
# Command bodies and speech about groups, not groups with a task.
_NOT_GROUP = re.compile(
    r"领导小组$|领导组$|指挥小组$|指挥组织|[与和及、](?:应急|专项|现场)*工作组$|指挥(?:部|机构)?[与和及]|指挥部(?:的|各)?工作组$|[的各其和或该本每]组$|^(?:各|本|每|工作|应急工作|专项工作|应急救援工作)?(?:小|工作)?组$|工作小组$(?<!.{6})"
    r"|下设|设立|视情|以下|如下|下列|如遇|派出|根据|办公室各|^(?:由|成立|组成|设立|下设|组建|派出|指导|报告|根据|按照|在)|[由将]|负责|牵头|应当|调查组成|联合(?:调查|工作)组$|上级|国务院|通知|协调[各救]"
)
_DUTY_REGION = re.compile(
    r"(?:成员|部门|单位|(?<!组织)(?<!指挥)(?<!领导)(?<!管理)(?<!办事)(?<!应急)机构|科室|处室|各方)(?:单位|部门)?(?:（[^）]*）)?的?(?:及|和)?(?:各自|主要|工作|具体|相关|应急|其)*(?:职责|分工|任务)(?:分工|任务|如下|清单|一览表|表)*(?:：|。)?$"
    r"|(?:职责|任务)分工(?:如下)?：?$"
)


@dataclass(frozen=True, slots=True)
class GroupBlock:
    """A group's name where it is defined, and the passages that speak of it (the first holds the name)."""

    name: str
    begin: int
    end: int
    passages: tuple[Passage, ...]


def group_name_at(passage: Passage) -> re.Match[str] | None:
    """The group that ``passage`` defines, matched on ``passage.body``; None if it defines none."""
    if "组" not in passage.body and "专班" not in passage.body:
        return None
    found = _SITE.match(passage.body) or _SUBGROUP.match(passage.body)
    if not found or _NOT_GROUP.search(found["name"]):
        return None
    if passage.is_heading and found.end() < len(passage.body) and "：" not in passage.body:
        return found if re.search(r"(?:职责|任务|组成|构成)$", passage.body) else None
    return found


def duty_regions(stream: tuple[Passage, ...]) -> tuple[bool, ...]:
    """For every passage whether it stands where bodies are listed with their duties."""
    flags, inside, anchor = [], False, None
    for passage in stream:
        opens = len(passage.body) <= 40 and (
            bool(_DUTY_REGION.search(passage.body)) or _heads_bodies(passage)
        )
        if opens:
            inside, anchor = True, passage
        elif inside and anchor is not None and _leaves(passage, anchor):
            inside = False
        flags.append(inside and not opens)
    return tuple(flags)


def _heads_bodies(passage: Passage) -> bool:
    """2.2 成员单位 above 2.2.1 州公安局: each body is a heading of its own."""
    return passage.is_heading and passage.body.endswith("成员单位") and bool(passage.section.children)


def _leaves(passage: Passage, anchor: Passage) -> bool:
    if re.search(r"下设[^。；]*组", passage.body):
        return True
    if passage.section is anchor.section:
        return bool(re.search(r"(?:职责|任务)：?$", passage.body)) and len(passage.body) <= 30
    if anchor.is_heading:
        return not _within(passage, anchor)
    return passage.is_heading and passage.section.depth <= anchor.section.depth


def _within(passage: Passage, anchor: Passage) -> bool:
    # Looked for among the few sections around the passage, not among all below the anchor.
    path = passage.outline.path_to(passage.section)
    return any(section is anchor.section for section in path)


def group_blocks(stream: tuple[Passage, ...], regions: tuple[bool, ...]) -> tuple[GroupBlock, ...]:
    """The groups that the plan defines one by one, in order."""
    sites = [
        (index, found)
        for index, passage in enumerate(stream)
        if passage.cell is None
        and (found := group_name_at(passage))
        and not (regions[index] and _only_duty(passage, found))
    ]
    blocks = []
    for place, (index, found) in enumerate(sites):
        stop = sites[place + 1][0] if place + 1 < len(sites) else len(stream)
        end = _end_of_block(stream, index, stop)
        first = stream[index]
        blocks.append(
            GroupBlock(
                found["name"], first.start + found.start("name"), first.start + found.end(), stream[index:end]
            )
        )
    return tuple(blocks)


def _only_duty(passage: Passage, found: re.Match[str]) -> bool:
    # 音乐组：排练的调整 in a list of bodies is a body, unless it is given a lead.
    rest = passage.body[found.end() :]
    return bool(rest) and not re.search(r"牵头|组长|组成|参加|由[^，。；]{1,20}负责", rest)


def _end_of_block(stream: tuple[Passage, ...], index: int, stop: int) -> int:
    first = stream[index]
    end = index + 1
    while end < stop and _goes_on(first, stream[end], stream[index:end]):
        end += 1
    return end


_CONTINUES = re.compile(
    r"^(?:负责|具体负责|协助|组织|主要|组长|副组长|成员|组员|牵头|参加|配合|职责|任务|由|接到|做好|协调|承办|承担|完成|参与|开展|指导|收集)"
)
_GIVEN = re.compile(r"职责|任务|主要负责|负责")


def _goes_on(first: Passage, passage: Passage, so_far: tuple[Passage, ...]) -> bool:
    if passage.is_heading:
        return first.is_heading and _within(passage, first)
    if first.is_heading:
        return _within(passage, first)
    if passage.section is not first.section:
        return False
    if so_far[-1].text.endswith("：") or re.search(r"如下：$", so_far[0].text):
        return True
    if passage.start == 0 and len(first.body) <= 24 and len(so_far) < 12:
        return True
    if _CONTINUES.match(passage.body) or _CONTINUES.match(passage.text):
        return True
    return not any(_GIVEN.search(item.text) for item in so_far)
