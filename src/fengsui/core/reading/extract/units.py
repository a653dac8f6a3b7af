"""Member bodies (成员单位) and the duties (职责) that a plan gives to single bodies."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from fengsui.core.plan.authority import Duty, PlanUnit
from fengsui.core.plan.model import Doubt
from fengsui.core.reading.extract import Extracted
from fengsui.core.reading.extract.body_duties import DutyLine, acting_bodies
from fengsui.core.reading.extract.body_fields import Field, Label
from fengsui.core.reading.extract.body_map import BodyMap, body_map
from fengsui.core.reading.extract.body_names import (
    PERSON,
    BodyList,
    are_persons,
    is_body,
    split_bodies,
)
from fengsui.core.reading.extract.body_scope import split_by_scope
from fengsui.core.reading.extract.body_text import Passage
from fengsui.core.reading.outline import Outline

_MEMBERS = (
    re.compile(r"成员(?:单位)?(?:主要)?(?:由|包括|有(?!关))：?(?P<who>[^。：]+?)(?:组成|构成|(?=。|$))"),
    re.compile(r"成员(?:单位)?为：?(?P<who>[^。：]+?)(?=。|$)"),
    re.compile(
        r"(?:^|[，。；])(?:由)?(?P<who>[^，。；：]+?)(?:等[^，。；、（]{0,8})?（以下(?:统|简)*称[^（）]*(?:成员|保障)单位[^（）]*）"
    ),
    re.compile(
        r"(?:^|[，。；])(?P<who>[^，。；：]+?)(?:等[^，。；、]{0,8})?(?:为|担任|(?<!主)任)"
        r"(?:[^，。；：、]{0,14}?(?:指挥部|领导小组|委员会|[防安灾]委|应急委|防指))?的?(?:领导)?成员(?:单位)?(?=[，。；]|的|$)"
    ),
)
_COMPOSED = re.compile(
    r"(?:指挥部|领导小组|委员会|[防安灾]委|防指|应急委)(?:（[^（）]*）)?(?:成员)?(?:主要)?由(?P<who>[^。：；]+?)(?:组成|构成)"
)
# 相关部门为成员单位 names nobody.
_GENERIC = re.compile(
    r"^(?:由)?(?:相关|有关|各(?:相关|有关|成员)?|其他|应急保障|单位领导|上述)(?:部门|单位|成员|班子)"
)
_ON_SCENE = re.compile(r"现场(?:应急|救援|处置|抢险)*指挥部|前线指挥部|现场处置领导|基层单位成立")
_ALIAS = re.compile(r"^（(?:以下)?(?:统)?简?称[：:]?[“”\"‘’《]*(?P<alias>[^“”\"‘’（）]+)[“”\"‘’》]*）$")
_BRACKET = re.compile(r"（([^（）]*)）$")


@dataclass(frozen=True, slots=True)
class _Listing:
    """A printed list of members: the passage, where the list begins in it, and its text."""

    passage: Passage
    begin: int
    text: str
    bodies: BodyList


def extract_units(outline: Outline) -> Extracted[PlanUnit]:
    """The member bodies as printed, then bodies that only have duties (``member`` False).

    A plan without a list of members has only the latter; where it lists no duties either, the bodies
    that act in its response measures are given. Doubts: ``unit_list_unsplit``, ``members_are_persons``,
    ``no_member_list``.
    """
    bodies = body_map(outline)
    listings, doubts = _member_listing(bodies)
    units: list[PlanUnit] = []
    for listing in listings or _composition(bodies):
        names = {unit.name for unit in units}
        units += [unit for unit in _members(listing) if unit.name not in names]
    known = _Known(units)
    for line in bodies.lines:
        _add_others(units, known, line)
    if not units:
        for line in acting_bodies(bodies.stream):
            _add_others(units, known, line)
        if units:
            doubts.append(
                Doubt(about="unit", why="no_member_list", text=outline.title, source=units[0].source)
            )
    return Extracted(tuple(units), tuple(doubts))


def extract_duties(outline: Outline) -> Extracted[Duty]:
    """What the plan tells each body to do, one item a line; a line shared by bodies gives one for each.

    Clauses about watching people or opinion are items of their own, ``out_of_scope``. Doubt
    ``duty_without_body`` where a paragraph among duties begins with nobody that is known as a body.
    """
    bodies = body_map(outline)
    duties = [duty for line in bodies.lines for duty in _duties_of(line)]
    doubts = [
        Doubt(about="unit", why="duty_without_body", text=passage.text[:60], source=passage.cite())
        for passage in bodies.unread
    ]
    return Extracted(tuple(duties), tuple(doubts))


def _duties_of(line: DutyLine) -> list[Duty]:
    duties = []
    for body in line.bodies:
        for passage, begin, end in line.texts:
            text = passage.text[begin:end]
            for low, high, out in split_by_scope(text):
                source = passage.cite(begin + low, begin + high)
                duties.append(Duty(unit=body.name, text=text[low:high], out_of_scope=out, source=source))
    return duties


def _composition(bodies: BodyMap) -> list[_Listing]:
    """指挥部由A、B、C等部门组成: who sits in the headquarters, where no list calls them members."""
    for passage in bodies.stream:
        if passage.is_heading or id(passage) in bodies.in_groups or "成" not in passage.text:
            continue
        for match in _COMPOSED.finditer(passage.text):
            if _ON_SCENE.search(passage.text[: match.start("who")]):
                continue
            bodies_in = split_bodies(match["who"])
            if sum(is_body(name) for name in bodies_in.names) >= _LEAST_COMPOSED:
                return [_Listing(passage, match.start("who"), match["who"], bodies_in)]
    return []


_LEAST_COMPOSED = 3
"""Bodies in 指挥部由…组成 that make it a list of members; fewer may be posts or parts of the headquarters."""


def _one_a_line(stream: tuple[Passage, ...], index: int) -> list[_Listing]:
    """The lines after 成员：甲局 that hold one body each."""
    found: list[_Listing] = []
    for passage in stream[index + 1 :]:
        name = passage.body.rstrip("。；，、")
        if (
            passage.is_heading
            or passage.cell
            or not 2 < len(name) <= _LONGEST_NAME
            or re.search("[，。；：、]", name)
        ):
            break
        if not is_body(name) or passage.start:
            break
        found.append(_Listing(passage, passage.start, name, split_bodies(name)))
    return found


_LONGEST_NAME = 20


def _member_listing(bodies: BodyMap) -> tuple[list[_Listing], list[Doubt]]:
    doubts: list[Doubt] = []
    stream = bodies.stream
    for index, passage in enumerate(stream):
        if passage.is_heading or id(passage) in bodies.in_groups:
            continue
        for begin, text in _candidates(passage, bodies.fields[index]):
            listing = _listing(stream, index, begin, text)
            if are_persons(listing.bodies):
                source = passage.cite(begin)
                doubts.append(
                    Doubt(about="unit", why="members_are_persons", text=passage.text[:40], source=source)
                )
            elif not _GENERIC.match(text) and (len(listing.bodies.pieces) > 1 or listing.bodies.sure):
                more = _one_a_line(stream, index) if len(listing.bodies.pieces) == 1 else []
                return [listing, *more], doubts + _unsplit(listing)
    return [], doubts


def _unsplit(listing: _Listing) -> list[Doubt]:
    if listing.bodies.sure:
        return []
    source = listing.passage.cite(listing.begin)
    return [Doubt(about="unit", why="unit_list_unsplit", text=listing.text, source=source)]


def _candidates(passage: Passage, labelled: tuple[Field, ...]) -> list[tuple[int, str]]:
    text = passage.text
    found = [
        (field.begin, text[field.begin : field.end].split("。")[0])
        for field in labelled
        if field.kind is Label.MEMBERS
    ]
    for pattern in _MEMBERS if "成员" in text or "保障单位" in text else ():
        for match in pattern.finditer(text):
            sentence = text[text.rfind("。", 0, match.start()) + 1 : match.start("who")]
            if not _ON_SCENE.search(sentence):
                found.append((match.start("who"), _with_tail(match)))
    return found


def _with_tail(match: re.Match[str]) -> str:
    return match.string[match.start("who") : match.end()].split("（以下")[0].rstrip("。")


def _listing(stream: tuple[Passage, ...], index: int, begin: int, text: str) -> _Listing:
    return _Listing(stream[index], begin, text, split_bodies(text))


def _members(listing: _Listing) -> list[PlanUnit]:
    units: list[PlanUnit] = []
    known: set[str] = set()
    for piece in listing.bodies.pieces:
        # One character is what a broken line left of a name.
        if len(piece.name) < 2 or piece.name in known or PERSON.match(piece.name):
            continue
        name, aliases = _aliases(piece.name)
        source = listing.passage.cite(listing.begin + piece.begin, listing.begin + piece.end)
        units.append(PlanUnit(name=name, aliases=aliases, source=source))
        known.add(name)
    return units


def _aliases(name: str) -> tuple[str, tuple[str, ...]]:
    bracket = _BRACKET.search(name)
    if not bracket:
        return name, ()
    alias = _ALIAS.match(bracket.group())
    if alias:
        return name[: bracket.start()], (alias["alias"],)
    inner = bracket.group(1)
    # 工会办（妇联）: two signs on one door.
    return name, ((name[: bracket.start()], inner) if is_body(inner) else ())


class _Known:
    """The names of the bodies so far.

    州公安局 and 公安局 are one body here: a plan is written for one place. Asked by look-up, because a list
    of bodies may be as long as a document.
    """

    def __init__(self, units: Iterable[PlanUnit]) -> None:
        self._names: set[str] = set()
        self._ends: set[str] = set()
        for unit in units:
            self.add(unit.name, *unit.aliases)

    def add(self, *names: str) -> None:
        self._names.update(names)
        self._ends.update(name[at:] for name in names for at in range(len(name) + 1))

    def __contains__(self, name: str) -> bool:
        """Whether a known name ends with ``name`` or ``name`` with a known one."""
        return name in self._ends or any(name[at:] in self._names for at in range(len(name)))


def _add_others(units: list[PlanUnit], known: _Known, line: DutyLine) -> None:
    passage, _ = line.head
    for body in line.bodies:
        name, aliases = _aliases(body.name)
        if not any(mine in known for mine in (name, *aliases)):
            source = passage.cite(body.begin, body.end)
            units.append(PlanUnit(name=name, aliases=aliases, member=False, source=source))
            known.add(name, *aliases)
