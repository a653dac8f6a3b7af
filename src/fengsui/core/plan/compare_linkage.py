"""Whether a plan fits the plan above it (上下衔接): only what matters between two levels.

A lower plan may be stricter; it is told where it is looser, slower, lacks a level that the upper plan
names, gives a decision to another kind of organ, or has nobody for the work of a unit of the upper plan.
Local names are matched by what the body is for: 市应急管理局 and 县应急局.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterator, Sequence
from functools import lru_cache
from typing import Protocol

from fengsui.core.plan.body_match import is_general
from fengsui.core.plan.compare import SECTIONS
from fengsui.core.plan.compare_clocks import edge_words, length_of, limit_of
from fengsui.core.plan.compare_fields import Pair
from fengsui.core.plan.compare_ladders import alternatives, figure_key, ladders, paired_ladders
from fengsui.core.plan.compare_names import function_of, place_words, same_function
from fengsui.core.plan.compare_types import Change, Difference, Effect, Side, Weight
from fengsui.core.plan.criterion import Threshold
from fengsui.core.plan.level import Level
from fengsui.core.plan.model import PlanContent
from fengsui.core.plan.named_bodies import OFFICER, parts_of

_ORGANS = (
    ("office", r"(?:指挥部|委员会|减灾委|安委会|领导小组|防办|组)办公室"),
    ("on_scene", r"现场.{0,6}指挥"),
    ("hq", r"指挥部|指挥机构|领导小组|总指挥|指挥长|减灾委|安委会|组长"),
    ("party", r"党委|常委"),
    ("government", r"政府|[省州市县区乡镇师团]长$|管委会|街道办|办事处"),
    ("department", r"[局委办厅]$|[局委办厅](?:长|主任)$|部门$"),
)
_LOCAL = re.compile(r"^(?:各|下级|所属|所辖|[省市县区]（[市县区]）|县[（(]市|乡[镇（]|镇[（(])|各.*政府")


def link(upper: PlanContent, lower: PlanContent) -> tuple[Difference, ...]:
    """What does not fit; ``before`` is the upper plan's side, ``after`` the lower's."""
    found = [*_levels(upper, lower), *_powers(upper, lower), *_clocks(upper, lower), *_units(upper, lower)]
    found = list(dict.fromkeys(found))
    found.sort(key=lambda difference: SECTIONS.index(difference.section))
    return tuple(found)


def _levels(upper: PlanContent, lower: PlanContent) -> Iterator[Difference]:
    above, below = ladders(upper.levels), ladders(lower.levels)
    for one, other in paired_ladders(above, below).pairs:
        for step, level in above[one].items():
            mine = below[other].get(step)
            if mine is None:
                yield _missing(level)
            else:
                yield from _looser(level, mine)


def _missing(level: Level) -> Difference:
    return Difference(
        section="levels",
        code="link_level_missing",
        change=Change.GONE,
        weight=Weight.FIGURE,
        about=" ".join(part for part in (level.hazard, level.subtype) if part),
        kind=level.kind.value,
        level=level.level.value,
        before=Side(text=level.name, source=level.source),
    )


def _looser(above: Level, below: Level) -> Iterator[Difference]:
    """Figures that reach the level later in the lower plan than in the upper."""
    mine = reached_alone(below)
    for key, theirs in reached_alone(above).items():
        own = mine.get(key)
        if own is None or own.low is None or theirs.low is None or own.low <= theirs.low:
            continue
        yield Difference(
            section="levels",
            code="link_threshold",
            change=Change.CHANGED,
            weight=Weight.FIGURE,
            kind=above.kind.value,
            level=above.level.value,
            before=Side(text=theirs.text, source=theirs.source, value=theirs),
            after=Side(text=own.text, source=own.source, value=own),
            effects=(Effect.LOOSER,),
        )


def reached_alone(level: Level) -> dict[object, Threshold]:
    """The figures that reach the level alone, the lowest bound of each."""
    found: dict[object, Threshold] = {}
    for way in alternatives(level.criteria, level.logic):
        if len(way) == 1 and isinstance(way[0], Threshold) and way[0].low is not None:
            key = figure_key(way[0])
            best = found.get(key)
            if best is None or (best.low is not None and way[0].low < best.low):
                found[key] = way[0]
    return found


def organ_of(name: str) -> str:
    """What kind of organ a body or an office is: "hq", "office", "government", …; "" where unknown."""
    return next((kind for kind, words in _ORGANS if re.search(words, name)), "")


def _powers(upper: PlanContent, lower: PlanContent) -> Iterator[Difference]:
    for theirs in upper.activation:
        if theirs.level is None:
            continue
        same = [own for own in lower.activation if own.kind is theirs.kind and own.level is theirs.level]
        kinds = {kind for name in _each(theirs.authority) if (kind := organ_of(name))}
        others = {kind for own in same for name in _each(own.authority) if (kind := organ_of(name))}
        if not kinds or not others or kinds & others or any(own.delegated for own in same):
            continue
        pair = Pair(
            section="activation",
            about="",
            kind=theirs.kind.value,
            level=theirs.level.value,
            before=theirs.source,
            after=same[0].source,
        )
        yield pair.differs("link_authority", theirs.authority, same[0].authority, Weight.WHO)


@lru_cache(maxsize=16384)
def _each(phrase: str | None) -> tuple[str, ...]:
    return parts_of(phrase or "") or ((phrase,) if phrase else ())


def _clocks(upper: PlanContent, lower: PlanContent) -> Iterator[Difference]:
    """Edges that run slower below: the same kind of body reports to the same kind, from the same event."""
    for theirs in upper.deadlines:
        limit = length_of(theirs)
        if limit is None:
            continue
        own = [edge for edge in lower.deadlines if same_edge(theirs, upper.title, edge, lower.title)]
        lengths = [(length, edge) for edge in own if (length := length_of(edge)) is not None]
        # One edge quick enough will do: another may be that of a later report.
        if not lengths or min(length for length, _ in lengths) <= limit:
            continue
        edge = min(lengths, key=lambda pair: pair[0])[1]
        pair = Pair(section="deadlines", about=edge_words(edge), before=theirs.source, after=edge.source)
        texts = limit_of(theirs), limit_of(edge)
        yield pair.differs("link_deadline", *texts, Weight.FIGURE, effects=(Effect.LONGER,))


class ReportEdge(Protocol):
    """What tells whether two edges are one: a ``Deadline``, or as much of it as a digest keeps."""

    @property
    def who(self) -> str | None: ...
    @property
    def to(self) -> tuple[str, ...]: ...
    @property
    def every(self) -> str | None: ...
    @property
    def start(self) -> str: ...
    @property
    def form(self) -> str | None: ...
    @property
    def levels(self) -> Sequence[Hashable]: ...
    @property
    def is_report(self) -> bool: ...


def same_edge(one: ReportEdge, title_one: str, other: ReportEdge, title_other: str) -> bool:
    """Whether the same kind of body reports to the same kind, from the same event, at a common level."""
    if one.is_report != other.is_report or one.start != other.start or bool(one.every) != bool(other.every):
        return False
    if one.levels and other.levels and not {*one.levels} & {*other.levels}:
        return False
    if one.form and other.form and one.form != other.form:
        return False
    if not one.is_report or not one.to or not other.to:
        return False
    return _meet(one.to, title_one, other.to, title_other) and (
        not (one.who and other.who) or _meet((one.who,), title_one, (other.who,), title_other)
    )


def _meet(ones: tuple[str, ...], title_one: str, others: tuple[str, ...], title_other: str) -> bool:
    return any(
        same_function(one, title_one, other, title_other)
        or "department" != organ_of(one) == organ_of(other) != ""
        for phrase in ones
        for one in _each(phrase)
        for other_phrase in others
        for other in _each(other_phrase)
    )


def _units(upper: PlanContent, lower: PlanContent) -> Iterator[Difference]:
    """Member units of the upper plan for whose work the lower plan names nobody."""
    if not lower.units:
        return
    mine = [name for unit in lower.units for name in (unit.name, *unit.aliases)]
    functions = {function_of(name, lower.title) for name in mine}
    for unit in upper.units:
        names = (unit.name, *unit.aliases)
        if not unit.member or _passes(unit.name, upper):
            continue
        if functions & {function_of(name, upper.title) for name in names}:
            continue
        if any(same_function(a, upper.title, b, lower.title) for a in names for b in mine):
            continue
        yield Difference(
            section="units",
            code="link_unit_missing",
            change=Change.GONE,
            weight=Weight.WHO,
            about=unit.name,
            before=Side(text=unit.name, source=unit.source),
        )


def _passes(name: str, upper: PlanContent) -> bool:
    """Names that need no counterpart: governments of the level below, kinds of bodies, persons."""
    return bool(
        _LOCAL.search(name)
        or is_general(name, place_words(upper.title))
        or OFFICER.match(name)
        or organ_of(name) == "government"
    )
