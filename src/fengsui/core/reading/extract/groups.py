"""Work groups (工作组): lead, coordinator, members and duties, as the plan prints them."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import lru_cache

from fengsui.core.plan.authority import WorkGroup
from fengsui.core.plan.model import Doubt
from fengsui.core.reading.extract import Extracted
from fengsui.core.reading.extract.body_blocks import GroupBlock
from fengsui.core.reading.extract.body_fields import Label, fields
from fengsui.core.reading.extract.body_map import body_map
from fengsui.core.reading.extract.body_names import (
    BODY_END,
    POST_END,
    are_persons,
    is_body_or_post,
    split_bodies,
)
from fengsui.core.reading.extract.body_scope import is_control_group
from fengsui.core.reading.extract.body_tables import Column, Row
from fengsui.core.reading.extract.body_text import Passage, label_length
from fengsui.core.reading.extract.group_lists import NamedGroup, groups_of_lists, lead_in_bracket, leads_told
from fengsui.core.reading.outline import Outline

_WHO = r"(?P<who>[^，。；：]{1,60}?)"
_LEADS = (
    re.compile(rf"(?:牵头|负责|责任|主责|组长)(?:单位|部门)(?:为|是|由|：)?(?!）){_WHO}(?=[，。；]|$)"),
    re.compile(rf"由{_WHO}(?:同志)?(?:共同|联合)?(?:牵头(?!处室|单位|部门|科室)|任组长|担任组长|为组长)"),
    re.compile(rf"组长(?:由|：){_WHO}(?:同志)?(?:担任|兼任|(?<![主聘])任|承担)"),
    re.compile(rf"(?:^|[。；，]){_WHO}(?:共同|联合)?牵头(?!处室|单位|部门|科室)"),
    re.compile(rf"由{_WHO}(?:共同|联合)?(?:负责(?!人|同志|干部)|统一指挥|承担)"),
    re.compile(rf"(?:^|[。；，]){_WHO}(?:同志)?(?:兼?任|担任|为|兼)组长"),
    re.compile(rf"(?<!可)(?<!以)由{_WHO}(?:同志)?带队"),
    re.compile(rf"(?:^|[。；，])(?!必要时)(?:由)?{_WHO}(?:同志)?带队(?![前赴赶到伍])"),
    re.compile(
        r"由(?P<who>[^，。；：、]{2,20}?)(?:负责)?(?:组织|组建|抽调|聘请|邀请|选派)[^。；：]{2,80}?组成"
    ),
)
_COORDINATOR = re.compile(rf"由{_WHO}(?:统一|综合|总体)?协调(?=[，。；])")
_MEMBERS = (
    re.compile(
        r"(?:任|担任|为)副组长[，；](?:由|成员包括|成员由|成员有)?(?P<who>[^。；：]+?)(?:组成|参加|为成员|担任成员|任成员)"
    ),
    re.compile(
        r"(?:牵头|任组长|担任组长)[，；](?:会同|由|成员包括|成员由)?(?!主要|具体|负责|组织|做好|统一|协调|开展|承担|[^。；]*联络员)(?P<who>[^。；：]+?)(?:组成|参加|参与|配合|协助|协同|协办|为成员|(?=。|$))"
    ),
    re.compile(
        r"(?:由[^，。；：]{2,30}(?:负责|牵头))[，；、](?P<who>[^，。；：]{2,80}?)(?:参加|参与|配合|协助|协同|协办)"
    ),
    re.compile(r"成员(?:单位)?(?:由|包括|为|有)(?P<who>[^。；：]+?)(?:组成|参加|(?=。|$))"),
    re.compile(
        r"(?:^|[，。；])由(?:[^，。；：、]{2,20}?(?:负责)?(?:组织|抽调|聘请|邀请|选派))?(?P<who>[^。；：]+?)组成"
    ),
    re.compile(r"牵头，包括(?P<who>[^。；：]+)"),
)
_DUTIES = (
    re.compile(r"(?:^|[。；，的])(?:主要|具体|工作)*(?:职责|任务)(?:是|为|包括|如下|：)+(?=(?P<who>[^：]))"),
    re.compile(r"(?:^|[。；，])(?=(?P<who>(?:主要|具体)负责))"),
    re.compile(r"(?:^|[。；，])(?=(?P<who>负责(?!单位|人|[，。；])))"),
)
# 县应急局（牵头）、县医院, or 牵头：县应急局；成员：县医院 in one cell.
_MARKED_LEAD = re.compile(
    r"(?P<one>[^，。；：、（）]{2,20})（(?:牵头|组长|负责)(?:单位|部门)?）|牵头(?:单位|部门)?：(?P<other>[^，。；：、]{2,20})"
)
_MARK = re.compile(r"（(?:牵头|组长|负责)(?:单位|部门)?）|(?:牵头|成员|配合|参加|责任)(?:单位|部门)?：")
_ONLY_BODIES = re.compile(
    r"^由[^。；：]{2,80}?(?:牵头|参加|参与|配合|组成|协助|为成员)。(?=.)|"
    r"(?:(?<=^)|(?<=。))(?:牵头|负责|责任|主责|配合|参加|参与|协助|成员|组成)(?:单位|部门)：[^。]*。"
)
_NAME = rf"(?:{BODY_END}|{POST_END})(?:（[^（）]*）)?"
_ACTS = r"(?:接到|负责|布置|组织|立即|第一时间|及时|做好|开展|承担|全力|迅速)"
_SUBJECT = re.compile(
    rf"^(?:接到[^，。；]*，)?(?P<who>(?:各|[^，。；：、由]{{1,16}}?){_NAME}(?:[、和及][^，。；：、由]{{0,16}}?{_NAME})*?)(?={_ACTS})"
)


class _Known:
    """Where in the list of groups a name stands, by look-up: a broken text may hold thousands of groups.

    A group may be put in the place of another; what stood there is then no longer found.
    """

    def __init__(self) -> None:
        self._places: defaultdict[tuple[str, str], list[int]] = defaultdict(list)

    def add(self, name: str, place: int) -> None:
        self._places["core", _core(name)].append(place)
        for at in range(len(name) + 1):
            self._places["end", name[at:]].append(place)

    def first(self, name: str, groups: list[WorkGroup]) -> int | None:
        """The first group that goes by ``name``, shared words aside, or by a name that ends so."""
        alike = (place for place in self._places.get(("core", _core(name)), ()))
        alike_now = (place for place in alike if _same(groups[place].name, name))
        ending = (place for place in self._places.get(("end", name), ()))
        ending_now = (place for place in ending if groups[place].name.endswith(name))
        return min((*alike_now, *ending_now), default=None)

    def has_alike(self, name: str, groups: list[WorkGroup]) -> bool:
        """Whether a group goes by ``name``, shared words aside."""
        return any(_same(groups[place].name, name) for place in self._places.get(("core", _core(name)), ()))


def extract_groups(outline: Outline) -> Extracted[WorkGroup]:
    """The plan's work groups in order: those described, then those only named in a list.

    Doubts: ``group_without_lead``, ``group_members_unsplit``, ``group_out_of_scope``.
    """
    bodies = body_map(outline)
    groups: list[WorkGroup] = []
    known = _Known()
    doubts: list[Doubt] = []
    for block in bodies.blocks:
        group, unsure = _described(block)
        earlier = known.first(group.name, groups)
        if earlier is None:
            groups.append(group)
            known.add(group.name, len(groups) - 1)
            doubts.extend(unsure)
        elif _weight(group) > _weight(groups[earlier]):
            groups[earlier] = group
            known.add(group.name, earlier)
    for row in bodies.rows:
        tabled = _tabled(row)
        if tabled is not None and not known.has_alike(tabled.name, groups):
            groups.append(tabled)
            known.add(tabled.name, len(groups) - 1)
    cores = {_core(item.name) for item in groups}
    told = leads_told(bodies.stream)
    for named in groups_of_lists(bodies.stream):
        if _core(named.name) not in cores:
            cores.add(_core(named.name))
            groups.append(_from_list(named, told))
    groups = [group for group in groups if not _is_heading_of_all(group, len(groups))]
    doubts.extend(_doubts_of(groups))
    return Extracted(tuple(groups), tuple(doubts))


_ALL_GROUPS = frozenset(
    ("", "现场", "救援", "救援队伍", "处置", "现场处置", "现场救援", "救灾", "主要", "专业")
)


def _is_heading_of_all(group: WorkGroup, count: int) -> bool:
    """Whether this is the title above the groups (现场工作组) and no group of its own."""
    return count > 2 and not group.lead and not group.members and _core(group.name) in _ALL_GROUPS


def _tabled(row: Row) -> WorkGroup | None:
    named = row.cells.get(Column.GROUP)
    if not named:
        return None
    first, name, duties = named[0], row.text(Column.GROUP), row.text(Column.DUTIES)
    name = name[label_length(name) :]
    listed, lead = row.text(Column.MEMBERS), row.text(Column.LEAD).strip("。；，") or None
    marked = _MARKED_LEAD.search(listed)
    if lead is None and marked:
        lead = marked["one"] or marked["other"]
        listed = _MARK.sub("", listed)
    return WorkGroup(
        name=name,
        lead=lead,
        members=split_bodies(listed).names if listed else (),
        duties=duties,
        out_of_scope=is_control_group(name, duties),
        source=first.cite(),
    )


def _weight(group: WorkGroup) -> int:
    return 2 * bool(group.lead) + 2 * bool(group.members) + bool(group.duties)


def _same(one: str, other: str) -> bool:
    return _core(one) == _core(other)


_SHARED = re.compile("应急|工作|专项|、|小组|组")


@lru_cache(maxsize=1024)
def _core(name: str) -> str:
    return _SHARED.sub("", name)


def _doubts_of(groups: list[WorkGroup]) -> list[Doubt]:
    doubts = []
    for group in groups:
        if group.out_of_scope:
            doubts.append(
                Doubt(about="group", why="group_out_of_scope", text=group.name, source=group.source)
            )
        elif group.lead is None:
            doubts.append(
                Doubt(about="group", why="group_without_lead", text=group.name, source=group.source)
            )
    return doubts


def _described(block: GroupBlock) -> tuple[WorkGroup, list[Doubt]]:
    first = block.passages[0]
    rest = "" if first.is_heading else first.text[block.end :].lstrip("：。")
    behind = "" if first.is_heading else first.text[block.begin + len(block.name) : block.end].strip("（）：")
    aside = behind if "牵头" in behind or "负责" in behind else ""
    texts = [rest, *(item.body for item in block.passages[1:] if not item.is_heading)]
    joined = "".join(_closed(text) for text in texts if text)
    labelled = _labelled(block.passages)
    lead = labelled.get(Label.COMMANDER) or labelled.get(Label.LEAD) or _lead([aside, *texts])
    listed = labelled.get(Label.MEMBERS) or _first(_MEMBERS, aside) or _first(_MEMBERS, joined)
    if listed is None and lead is None and _MARKED_LEAD.search(opening := re.split("[。；]", rest)[0]):
        listed = opening  # 综合组：县应急局（组长单位）、县政府办。
    if listed is None and not aside and "、" in behind and split_bodies(behind).sure:
        listed = behind  # 监测组（县气象局、县水利局）负责…
    if listed is not None and "组由" in listed:
        listed = None  # 综合组由甲牵头，救治组由乙牵头: what follows is another group
    marked = _MARKED_LEAD.search(listed or "")
    if lead is None and marked and listed:
        lead, listed = marked["one"] or marked["other"], _MARK.sub("", listed)
    # A body that leads is not met again as 由X组成 of the same words.
    members = split_bodies(listed) if listed else None
    persons = members is not None and are_persons(members)
    duties = _duties(joined, labelled)
    source = first.cite(block.begin)
    group = WorkGroup(
        name=block.name,
        lead=lead,
        coordinator=_first((_COORDINATOR,), joined),
        members=members.names if members and not persons else (),
        duties=duties,
        out_of_scope=is_control_group(block.name, duties),
        source=source,
    )
    if persons:
        return group, [Doubt(about="group", why="members_are_persons", text=block.name, source=source)]
    if members is not None and not members.sure and listed:
        return group, [Doubt(about="group", why="group_members_unsplit", text=listed, source=source)]
    return group, []


def _closed(text: str) -> str:
    return text if text[-1] in "。；：，、" else text + "。"


def _labelled(block: tuple[Passage, ...]) -> dict[Label, str]:
    found: dict[Label, str] = {}
    for passage in block:
        for field in fields(passage):
            value = re.split(
                r"。|(?<=[^，。；]{4})(?:主要)?(?:职责|任务)", passage.text[field.begin : field.end]
            )[0]
            if value and field.kind is not Label.DUTIES:
                found.setdefault(field.kind, value.strip("。；，"))
            elif value:
                found.setdefault(field.kind, passage.text[field.begin : field.end])
    return found


def _first(patterns: tuple[re.Pattern[str], ...], text: str) -> str | None:
    for pattern in patterns:
        found = pattern.search(text)
        if found and found["who"] and "副组长" not in found["who"]:
            return found["who"].strip("，、：")
    return None


def _lead(texts: list[str]) -> str | None:
    for pattern in _LEADS:
        for text in texts:
            found = pattern.search(text)
            if found and _is_who(found["who"]):
                return _bare(found["who"])
    for text in texts:
        found = _SUBJECT.match(text)
        if found and _is_who(found["who"]):
            return found["who"]
    return None


def _is_who(text: str) -> bool:
    who = _bare(text)
    return bool(who) and (is_body_or_post(who) or len(who) <= 4 or who.endswith(("人员", "指挥")))


def _bare(text: str) -> str:
    # 补种工作由农技站牵头: the body is what stands after the last 由.
    return re.sub(r"^.*由", "", text).strip("，、：")


def _duties(joined: str, labelled: dict[Label, str]) -> str:
    given = labelled.get(Label.DUTIES)
    if given and given in joined:
        return _before_members(joined[joined.find(given) :])
    for pattern in _DUTIES:
        found = pattern.search(joined)
        if found:
            return _before_members(joined[found.end() :])
    # What only names who leads and who takes part tells no duty.
    return _before_members(_ONLY_BODIES.sub("", joined))


def _before_members(text: str) -> str:
    # The members may be told after the duties.
    return re.split(r"(?:成员(?:单位)?|组员|(?:副)?组长)：", text)[0] or text


def _from_list(named: NamedGroup, told: dict[str, str]) -> WorkGroup:
    listed = _first(_MEMBERS, named.inner)
    lead = lead_in_bracket(named.inner) or _lead([named.inner]) if named.inner else told.get(named.name)
    return WorkGroup(
        name=named.name,
        lead=lead,
        members=split_bodies(listed).names if listed else (),
        out_of_scope=is_control_group(named.name, ""),
        source=named.passage.cite(named.begin, named.end),
    )
