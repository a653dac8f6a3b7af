"""The command body of a plan (指挥部、领导小组、减灾委员会) with its posts and its office."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property

from fengsui.core.plan.authority import Headquarters
from fengsui.core.plan.model import Doubt
from fengsui.core.reading.extract import Extracted
from fengsui.core.reading.extract.body_fields import Field, Label
from fengsui.core.reading.extract.body_map import body_map
from fengsui.core.reading.extract.body_names import is_body
from fengsui.core.reading.extract.body_text import Passage, in_brackets
from fengsui.core.reading.outline import Outline

_KIND = (
    r"(?:指挥部|领导小组|工作领导组|处置领导组|领导组|指挥小组|(?:减灾|救灾|抗旱|安全)委员会|指挥中心|减灾委)"
)
_SHORT = r"(?:（(?:以下)?(?:统)?简?称[：:]?[“”\"‘’]*(?P<alias>[^“”\"‘’（）]+)[“”\"‘’]*）)?"
_FOUNDED = re.compile(rf"(?:成立|设立|组建|组成)(?:了)?(?P<name>[^，。；：（）、]{{2,32}}?{_KIND}){_SHORT}")
_DEFINED = re.compile(
    rf"^(?P<name>[^，。；：（）、]{{1,32}}?{_KIND}){_SHORT}(?=是|为|由|总指挥|指挥长|主任|设|负责|下设)"
)
_HAS_OFFICE = re.compile(rf"^(?P<name>[^，。；：（）、]{{2,24}}?{_KIND}){_SHORT}下设")
_MENTION = re.compile(rf"(?:(?!简称)[\u4e00-\u9fff]){{2,18}}?{_KIND}")
_HEADING = re.compile(
    rf"^(?P<name>[^，。；：（）]{{0,28}}?{_KIND})(?:（[^（）]*）)?(?:$|及|的?(?:组成|成员|职责|设置|构成))"
)
_NOT_NAME = re.compile(
    r"^(?:承办|协助|配合|完成|负责|通知|组织|启动|成立|设立|报告|省长|市长|县长|州长|团长|各级|上级|市县|根据|向|由|在|经|报|按|当|或|及|和|与|各|国务院|师市|国家|同级|本级|原|地方|部分)|[由向在报经]|现场|办公室"
)
_ON_SCENE = re.compile(r"现场|前线|前方")

_BY = r"(?P<who>[^，。；：]{1,60}?)"
_IS = r"(?:同志)?(?:担任|兼任|(?<!主)任)"
_COMMANDER = (
    re.compile(rf"(?<!副)(?<!第一)(?:总指挥长?|指挥长|组长|(?<![室副会])主任)由{_BY}{_IS}"),
    re.compile(rf"由{_BY}(?:同志)?(?:担任|兼任|(?<!主)任)(?:总指挥长?|指挥长|组长|主任)(?!室)"),
    re.compile(rf"(?<!副)第一(?:总指挥长?|指挥长|组长|主任)由{_BY}{_IS}"),
)
_DEPUTIES = (
    re.compile(rf"副(?:总指挥长?|指挥长|组长|主任)(?:分别)?由(?P<who>[^。；：]{{1,120}}?){_IS}"),
    re.compile(
        r"[，；]由?(?P<who>[^。；：，]{1,60}?)(?:分别)?(?:担任|兼任|(?<!主)任)副(?:总指挥长?|指挥长|组长|主任)"
    ),
)
_OFFICE = (
    re.compile(r"办公室(?:（[^（）]*）)?[^。；]{0,24}?设在(?P<who>[^，。；（）]{2,30})"),
    re.compile(r"(?:日常)?(?:办事|工作|管理)机构[，]?(?:设在|为)(?P<who>[^，。；（）]{2,30})"),
    re.compile(
        r"(?:设立|设)(?P<who>[^，。；：（）]{2,24})(?:（[^（）]*）)?，作为[^。；]{0,20}(?:日常管理|日常办事|办事)机构"
    ),
    re.compile(
        r"(?:^|[。；，])(?:由)?(?P<who>[^，。；：]{2,20}?)(?:具体)?承担[^，。；]{0,16}(?:日常工作|办公室(?:工作|职责))"
    ),
    re.compile(r"设在(?P<who>[^，。；（）]{2,30})，[^。]{0,4}办公室主任"),
)
_DIRECTOR = (
    re.compile(rf"办公室主任(?:分别)?由{_BY}(?:同志)?(?:担任|兼任|(?<!主)任)"),
    re.compile(
        r"(?:^|[。；，])(?:由)?(?P<who>[^，。；：]{2,24}?)(?:同志)?(?:兼任|担任|(?<!主)任|兼)办公室主任"
    ),
    re.compile(rf"办公室设在[^。；，]{{2,24}}，主任由{_BY}(?:同志)?(?:担任|兼任)"),
    re.compile(
        r"设在[^。；，]{2,24}，由?(?P<who>[^，。；：]{2,24}?)(?:同志)?(?:兼任|担任|(?<!主)任)(?:办公室)?主任"
    ),
    re.compile(r"办公室，(?:由)?(?P<who>[^，。；：]{2,20}?)(?:同志)?(?:兼任|担任|(?<!主)任)主任"),
)
# What every pattern of an office, of its head needs.
_OFFICE_HINT = re.compile("办公室|机构|日常工作")
_DIRECTOR_HINT = re.compile("主任")
# What every pattern of a post needs: a cheap look before the dear ones.
_POST = re.compile("指挥|组长|主任")
_POST_GIVEN = re.compile("[由任]")
_SENTENCES = re.compile(r"[^。]+。?")
_TITLES = re.compile(r"(?:常委|党组成员|党委委员|委员)$")


@dataclass
class _Found:
    """A command body being put together."""

    name: str
    aliases: tuple[str, ...]
    at: int
    passage: Passage
    commander: str | None = None
    deputies: list[str] = field(default_factory=list)
    last: Label | None = None

    @property
    def on_scene(self) -> bool:
        return bool(_ON_SCENE.search(self.name))


class _Stream(tuple[Passage, ...]):
    """The passages of a plan; what all of them are asked for is worked out once, however many bodies ask."""

    @cached_property
    def most_spoken_of(self) -> str:
        """The command body named most often, where the place names none."""
        counts: Counter[str] = Counter()
        for passage in self:
            said = (
                re.sub(r"^.*?(?:的|按照|向|由|承办)", "", name) for name in _MENTION.findall(passage.text)
            )
            counts.update(name for name in said if not _NOT_NAME.search(name) and len(name) > 4)
        if not counts:
            any_name = next(
                (found.group() for passage in self if (found := re.search(_KIND, passage.text))), None
            )
            return any_name or "指挥部"
        return max(counts.items(), key=lambda pair: (pair[1] * min(len(pair[0]), 10), len(pair[0])))[0]


def extract_command(outline: Outline) -> Extracted[Headquarters]:
    """The plan's command bodies, its own headquarters first, then others (on the scene).

    Doubts: ``no_headquarters``, ``headquarters_without_commander``.
    """
    bodies = body_map(outline)
    stream, in_groups, labelled = _Stream(bodies.stream), bodies.in_groups, bodies.fields
    found: list[_Found] = []
    for index, passage in enumerate(stream):
        if id(passage) in in_groups:
            continue
        if labelled[index] or found:
            _take_fields(stream, index, labelled[index], found)
        if _POST.search(passage.text) and _POST_GIVEN.search(passage.text):
            _take_sentences(stream, index, found)
    if not found:
        found = _only_named(stream, in_groups)
    own = sorted(found, key=lambda item: (item.on_scene, item.at))
    items = tuple(_headquarters(item, stream, position == 0) for position, item in enumerate(own))
    return Extracted(items, _doubts(outline, stream, items))


def _doubts(
    outline: Outline, stream: tuple[Passage, ...], items: tuple[Headquarters, ...]
) -> tuple[Doubt, ...]:
    if not items:
        if not stream:
            return ()
        return (Doubt(about="command", why="no_headquarters", text=outline.title, source=stream[0].cite()),)
    if items[0].commander is None:
        first = items[0]
        return (
            Doubt(
                about="command", why="headquarters_without_commander", text=first.name, source=first.source
            ),
        )
    return ()


def _take_fields(stream: _Stream, index: int, labelled: tuple[Field, ...], found: list[_Found]) -> None:
    passage = stream[index]
    given = [item for item in labelled if item.kind in (Label.COMMANDER, Label.DEPUTY, Label.MEMBERS)]
    if not given:
        _take_continuation(passage, index, found)
    for item in given:
        value = passage.text[item.begin : item.end].split("。")[0].strip("；，。")
        if item.kind is Label.COMMANDER:
            body = _body_at(stream, index, found, nearby=True)
            if body.commander is None:
                body.commander = value or None
            elif value and value not in body.commander:
                body.commander += "、" + value
        elif item.kind is Label.DEPUTY and found:
            found[-1].deputies.extend(_officers(value))
        if found:
            found[-1].last, found[-1].at = item.kind, index


def _take_continuation(passage: Passage, index: int, found: list[_Found]) -> None:
    # One deputy a line under the label.
    if not found or found[-1].last is not Label.DEPUTY or found[-1].at != index - 1:
        return
    if passage.is_heading or passage.cell:
        return
    text = passage.body
    if (
        len(text) <= 40
        and not re.search(r"[。；：]", text)
        and re.search(r"负责人|领导|[长任委记员席]$", text)
    ):
        found[-1].deputies.extend(_officers(text))
        found[-1].at = index


def _take_sentences(stream: _Stream, index: int, found: list[_Found]) -> None:
    passage = stream[index]
    for sentence in _SENTENCES.findall(passage.text):
        if not _POST.search(sentence):
            continue
        commander = _first(_COMMANDER, sentence) if "由" in sentence else None
        deputies = _first(_DEPUTIES, sentence) if "副" in sentence else None
        if commander is None or len(commander) > 40 or re.search(r"批准|决定|授权发布", sentence):
            if deputies and found and found[-1].passage is passage:
                found[-1].deputies.extend(_officers(deputies))
            continue
        body = _body_at(stream, index, found, nearby=False)
        if body.commander is None:
            body.commander = commander
        if deputies:
            body.deputies.extend(_officers(deputies))


def _first(patterns: tuple[re.Pattern[str], ...], text: str) -> str | None:
    for pattern in patterns:
        match = pattern.search(text)
        if match:
            return re.sub(r"^.*[，、](?=由)|^由", "", match["who"])
    return None


def _officers(text: str) -> list[str]:
    """Deputies as printed, one a person: 县水利局、县公安局主要负责人 are two heads of bodies."""
    # The closing mark keeps the shared words 主要负责人 from being cut as the tail of a list.
    end = re.search(r"(?:主要|分管)?(?:负责人|负责同志|领导(?:同志)?)[。；，]?$", text)
    tail = end.group().rstrip("。；，") if end else ""
    names: list[str] = []
    for name in _persons(text.rstrip("。；，")):
        if names and _TITLES.search(names[-1]):
            names[-1] += "、" + name
        else:
            names.append(name)
    return [name + tail if is_body(name) and not name.endswith(tail) else name for name in names]


def _persons(text: str) -> list[str]:
    flags = in_brackets(text)
    pieces, first = [], 0
    for index, char in enumerate(text):
        if char in "、，；" and not flags[index]:
            pieces.append(text[first:index])
            first = index + 1
    pieces.append(text[first:])
    names: list[str] = []
    for piece in pieces:
        parts = re.split(
            r"(?<=[长任记席])和(?=[\u4e00-\u9fff]{3,})|(?<=[局委办部所厅处])和(?=[\u4e00-\u9fff]{2,}[局委办部所厅处心])",
            piece,
        )
        names.extend(re.sub(r"等.{0,4}(?:部门|单位)", "", part) for part in parts if part)
    return names


def _body_at(stream: _Stream, index: int, found: list[_Found], *, nearby: bool) -> _Found:
    """The command body whose posts stand at ``index``: the running one, or the one named just before."""
    passage = stream[index]
    name, aliases, where = _name_near(stream, index)
    for item in found:
        if item.name == name or (nearby and found[-1] is item and _runs(stream, item.at, index)):
            return item
    body = _Found(name=name, aliases=aliases, at=index, passage=where or passage)
    found.append(body)
    return body


def _runs(stream: tuple[Passage, ...], last: int, index: int) -> bool:
    """Whether the lines of one form go on from ``last`` to ``index``: near, and no heading between."""
    return index - last <= 2 and not any(passage.is_heading for passage in stream[last + 1 : index + 1])


def _name_near(stream: _Stream, index: int) -> tuple[str, tuple[str, ...], Passage | None]:
    for back in range(index, max(index - 12, -1), -1):
        passage = stream[back]
        for pattern in (_FOUNDED, _DEFINED) if not passage.is_heading else (_FOUNDED, _HEADING):
            matches = [item for item in pattern.finditer(passage.body) if not _bad_name(item["name"])]
            if matches:
                match = matches[-1] if pattern is _FOUNDED else matches[0]
                alias = match.groupdict().get("alias")
                return re.sub(r"^.*的", "", match["name"]), (alias,) if alias else (), passage
        if passage.is_heading and back != index and passage.section.depth == 1:
            break
    for ahead in range(index, min(index + 8, len(stream))):
        below = _HAS_OFFICE.match(stream[ahead].body)
        if below and not _bad_name(below["name"]) and len(below["name"]) > 5:
            return below["name"], (), stream[ahead]
    return stream.most_spoken_of, (), None


def _bad_name(name: str) -> bool:
    return len(name) <= 4 or bool(re.search(r"^(?:各级|上级|市县|师市|国务院|本级|同级)|办公室", name))


def _only_named(stream: tuple[Passage, ...], in_groups: frozenset[int]) -> list[_Found]:
    """A command body that is defined but whose posts the plan does not name."""
    for index, passage in enumerate(stream):
        if id(passage) in in_groups:
            continue
        for pattern in (_DEFINED, _FOUNDED):
            match = pattern.search(passage.body)
            if match and not _bad_name(match["name"]) and not _ON_SCENE.search(match["name"]):
                alias = match["alias"]
                aliases = (alias,) if alias else ()
                return [_Found(name=match["name"], aliases=aliases, at=index, passage=passage)]
    return []


def _headquarters(item: _Found, stream: tuple[Passage, ...], own: bool) -> Headquarters:
    office = director = None
    if own:
        start = next(index for index, passage in enumerate(stream) if passage is item.passage)
        near = [passage.text for passage in stream[start : max(item.at, start) + 60]]
        office, director = _nearest(_OFFICE, _OFFICE_HINT, near), _nearest(_DIRECTOR, _DIRECTOR_HINT, near)
    return Headquarters(
        name=item.name,
        aliases=item.aliases,
        commander=item.commander,
        deputies=tuple(dict.fromkeys(item.deputies)),
        office=office,
        office_director=director,
        source=item.passage.cite(),
    )


def _nearest(patterns: tuple[re.Pattern[str], ...], hint: re.Pattern[str], texts: list[str]) -> str | None:
    for text in filter(hint.search, texts):
        for pattern in patterns:
            for match in pattern.finditer(text):
                who = re.sub(r"^(?:由|为)", "", match["who"])
                if not re.search(r"专家|联动|现场", text[max(0, match.start() - 8) : match.start("who")]):
                    return who
    return None
