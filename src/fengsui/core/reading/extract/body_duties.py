"""Duty lines: one body, or several, and what it is to do."""

from __future__ import annotations

import re
from dataclasses import dataclass

from fengsui.core.reading.extract.body_names import Piece, is_body, split_bodies
from fengsui.core.reading.extract.body_tables import Column, Row
from fengsui.core.reading.extract.body_text import Passage, label_length

_VERB = (
    r"(?:负责|组织|协助|协调|配合|指导|参与|承担|做好|按照?|根据|会同|统一|统筹|统计|及时|开展|保障|保证|提供|加强|落实|实施|监督|督促|承办"
    r"|立即|迅速|适时|牵头|调配|调动|调度|建立|受理|制定|收集|汇总|发布|履行|贯彻|支持|宣传|依法|密切|优先|强化|支援|管理|下达|启动|紧急|优化|要|应当|将|在|为|对|分别|率|每)"
)
_COLON = re.compile(
    rf"^(?P<who>[^：。；—]{{2,60}}?)(?:的?(?:主要|工作)*(?:职责|任务)(?:是|为)?)?(?:：|—+|。(?={_VERB}))(?P<text>.*)$"
)
_FIRST_MARK = re.compile("[：。；—]")
_LONGEST_HEAD = 100
"""Characters within which the mark of ``_COLON`` stands, if it stands at all."""
_VERBS = re.compile(_VERB)
_ACTS = re.compile(rf".{{0,14}}{_VERB}")
# 市城市|管理局, 市委|宣传部: a verb inside a name.
_IN_NAME = re.compile(
    rf"^(?:管理|宣传|保障|监督|协调|指导|统计|支援|发布|建立|优化|提供|服务|组织(?=部)|在|为|对|要)[\u4e00-\u9fff]{{0,4}}?(?:办公室|部门|中心|大队|支队|[局部委办厅处所站队会])(?={_VERB}|[，。、等和与及（：]|$)"
)
# Chapters about who does what; elsewhere a name and a colon may be anything.
_CHAPTER = re.compile(
    r"职责|组织(?:机构|体系|指挥|领导|架构)|指挥(?:体系|机构|部)|领导机构|机构(?:设置|组成)|分工|任务"
)
_NOT_BODY = re.compile(
    r"指挥部$|指挥部办公室|领导小组|指挥长$|总指挥$|组长$|主任$|成员|组员|(?:委员会|减灾委|安委)办公室(?:主任)?$|^办公室$|现场指挥"
    r"|[由将须]|下设|指挥部|工作应|事故$|如下$|流程$|^(?:一|二|三|四|五|主要|其他|其它|各|有关|相关|本)+(?:部门|单位)?$|职责|任务|机构$|^(?:其他|其它)|图$|预案"
)
_SENTENCE = re.compile(r"(?:^|(?<=[。；]))(?:（[0-9一二三四五六七八九十]+）|[0-9]{1,2}[．.、])?")
_RESPONSE = re.compile(r"响应措施|级响应|应急响应|应急处置|处置措施|成员单位")


@dataclass(frozen=True, slots=True)
class DutyLine:
    """The bodies named at the head of a duty (places in the head passage) and the texts of the duty.

    ``texts`` are passages with the offsets where the duty begins and ends in each.
    """

    head: tuple[Passage, int]
    bodies: tuple[Piece, ...]
    texts: tuple[tuple[Passage, int, int], ...]


def duty_lines(
    stream: tuple[Passage, ...],
    regions: tuple[bool, ...],
    in_groups: frozenset[int],
    rows: tuple[Row, ...],
) -> tuple[DutyLine, ...]:
    """The duty lines of a plan in document order, a line's later paragraphs joined to it; tables last."""
    lines: list[DutyLine] = []
    running = False
    chapters: dict[int, bool] = {}
    for index, passage in enumerate(stream):
        inside, place = regions[index], id(passage.section)
        if place not in chapters:
            chapters[place] = _in_chapter(passage)
        if passage.cell is not None or id(passage) in in_groups or not (inside or chapters[place]):
            running = False
            continue
        line = _opened(passage, inside)
        if line is not None:
            lines.extend(_parted(line) if inside else [line])
            running = True
        elif inside and names_nobody_known(passage):
            running = False
        elif running and _continues(lines[-1], passage):
            last = lines[-1]
            lines[-1] = DutyLine(last.head, last.bodies, (*last.texts, _whole(passage)))
        else:
            running = False
    lines.extend(_of_tables(rows))
    return tuple(line for line in lines if line.texts)


def _of_tables(rows: tuple[Row, ...]) -> list[DutyLine]:
    lines = []
    for row in rows:
        named, told = row.cells.get(Column.UNIT, ()), row.cells.get(Column.DUTIES, ())
        if not named or not told:
            continue
        bodies = _bodies(named[0], len(named[0].body), strict=False)
        if bodies:
            texts = tuple((passage, 0, len(passage.text)) for passage in told)
            lines.append(DutyLine((named[0], named[0].start), bodies, texts))
    return lines


def _in_chapter(passage: Passage) -> bool:
    path = passage.outline.path_to(passage.section)
    return any(_CHAPTER.search(section.title) for section in path)


def _opened(passage: Passage, inside: bool) -> DutyLine | None:
    stop = _FIRST_MARK.search(passage.body, 0, _LONGEST_HEAD)
    found = _COLON.match(passage.body) if stop and stop[0] != "；" else None
    if found:
        bodies = _bodies(passage, found.end("who"), strict=not inside)
        acts = bool(_ACTS.match(found["text"]))
        if bodies and (acts or (inside and all(is_body(body.name) for body in bodies))):
            begin = passage.start + found.start("text")
            texts = ((passage, begin, len(passage.text)),) if found["text"] else ()
            return DutyLine((passage, passage.start), bodies, texts)
        return None
    if not inside:
        return None
    if len(passage.body) <= 24 and not re.search(r"[，。；]", passage.body):
        bodies = _bodies(passage, len(passage.body), strict=True)
        return DutyLine((passage, passage.start), bodies, ()) if bodies else None
    if passage.is_heading:
        return None
    for end in _subject_ends(passage.body):
        bodies = _bodies(passage, end, strict=True)
        if bodies:
            texts = ((passage, passage.start + end, len(passage.text)),)
            return DutyLine((passage, passage.start), bodies, texts)
    return None


def _whole(passage: Passage) -> tuple[Passage, int, int]:
    return passage, passage.start, len(passage.text)


_BRACKET = re.compile(r"（[^（）]*）")
_NEXT_BODY = re.compile(r"[；。](?=[^，。；：]{2,28}?(?:负责|承担|配合|协助))")


def _parted(line: DutyLine) -> list[DutyLine]:
    """县水利局负责…；县气象局负责…: a line in which further bodies follow, each with its own duty."""
    if not line.texts:
        return [line]
    passage, begin, end = line.texts[0]
    for mark in _NEXT_BODY.finditer(passage.text, begin):
        at = mark.end() + label_length(passage.text[mark.end() :])
        for stop in _subject_ends(passage.text[at:]):
            bodies = _bodies(passage, stop, strict=True, begin=at)
            if bodies:
                first = DutyLine(line.head, line.bodies, ((passage, begin, mark.end()),))
                rest = DutyLine((passage, at), bodies, ((passage, at + stop, end),))
                return [first, *_parted(rest)]
    return [line]


_NOBODY_NEW = re.compile(
    r"^(?:各有关|各相关|有关|相关|其他|其它|上述|以上|各成员|成员|指挥部|办公室|领导小组|主要|具体|工作|并|同时|必要时|根据|按照?|对|在|"
    r"定期|积极|不断|切实|认真|全力|随时|及时|一旦|当|如|凡|遇|平时|战时|事故|灾害|突发|应急|需要|总指挥|副?组长|主任|联络员)|，|指挥部|办公室|负责人$|的$|预案|信息|情况|工作$|职责|任务"
)


def names_nobody_known(passage: Passage) -> bool:
    """Whether a paragraph among duties begins with what may be a body, but none that is known as one.

    It belongs to no line before it; whoever it speaks of would be lost in silence.
    """
    text = passage.body
    if passage.is_heading or passage.start or _VERBS.match(text) or not re.search("[，。；]", text):
        return False
    ends = _subject_ends(passage.body)
    subject = passage.body[: ends[0]] if ends else ""
    return 2 <= len(subject) <= 24 and not _NOBODY_NEW.search(subject)


_STOP = re.compile("[：。；]")


def _subject_ends(text: str) -> list[int]:
    """Where the subject of a sentence may end: before a verb that is no part of a name."""
    stop = _STOP.search(text)
    window = text[: min(stop.start() if stop else len(text), 60)]
    ends = []
    for verb in _VERBS.finditer(window):
        if verb.start() >= 2 and not _IN_NAME.match(text[verb.start() :]):
            ends.append(verb.start())
    return ends[:3]


def _bodies(passage: Passage, length: int, *, strict: bool, begin: int | None = None) -> tuple[Piece, ...]:
    start = passage.start if begin is None else begin
    text = passage.text[start : start + length]
    listed = split_bodies(text.rstrip("，"))
    if not listed.pieces or any(_NOT_BODY.search(_plain(name)) or len(name) > 24 for name in listed.names):
        return ()
    known = [is_body(name) for name in listed.names]
    # 学校食堂、养老机构: a short list that holds a body is a list of bodies.
    loose = not strict or (any(known) and "、" in text)
    if not all(sure or (loose and len(name) <= 12) for sure, name in zip(known, listed.names, strict=True)):
        return ()
    if len(text) > 16 and not listed.sure:
        return ()
    return tuple(Piece(p.name, p.begin + start, p.end + start) for p in listed.pieces)


def _plain(name: str) -> str:
    return _BRACKET.sub("", name) if "（" in name else name


def _continues(line: DutyLine, passage: Passage) -> bool:
    if passage.is_heading:
        return False
    head = line.head[0]
    if head.is_heading:
        return any(item is head.section for item in passage.outline.path_to(passage.section))
    if passage.section is not head.section or "：" in passage.body[:20]:
        return False
    if _OF_ALL.search(passage.body[:24]):
        return False
    return passage.start == 0 or head.start == 0


# A paragraph that speaks of all of them, or of the headquarters, ends the line before it.
_OF_ALL = re.compile(
    r"成员单位|指挥部下设|指挥部各|^(?:各|其他|其它|需要|上述|以上)|办公室(?:设在|与)|有关部门"
)


def acting_bodies(stream: tuple[Passage, ...]) -> tuple[DutyLine, ...]:
    """The bodies that begin a sentence of the response measures (市公安局组织…), each with that sentence."""
    lines: list[DutyLine] = []
    for passage in stream:
        path = passage.outline.path_to(passage.section)
        if passage.is_heading or not any(_RESPONSE.search(section.title) for section in path):
            continue
        starts = {passage.start, *(mark.end() for mark in _SENTENCE.finditer(passage.text) if mark.end())}
        lines.extend(line for start in sorted(starts) if (line := _acting(passage, start)))
    return tuple(lines)


def _acting(passage: Passage, begin: int) -> DutyLine | None:
    text = passage.text[begin:]
    for end in _subject_ends(text):
        listed = split_bodies(text[:end])
        if listed.pieces and all(_is_named_body(name) for name in listed.names):
            bodies = tuple(Piece(p.name, p.begin + begin, p.end + begin) for p in listed.pieces)
            return DutyLine((passage, begin), bodies, ((passage, begin + end, len(passage.text)),))
    return None


def _is_named_body(name: str) -> bool:
    """A body of its own (市公安局), not a kind of body (有关部门, 保险企业)."""
    if not is_body(name) or _NOT_BODY.search(name) or len(name) > 16:
        return False
    return not re.search(
        r"^(?:有关|相关|各|其他|其它|受灾|灾区)|等|[的后时要]|报告|迅速|立即|^(?:公司|集团|项目部)$|(?:部门|机关|企业|单位|部队|政府|机构|组织)$",
        name,
    )
