"""A plan as rows of a few tables, for checking millions at once by queries. Pure.

What takes reading words is settled here, row by row (the plain name of a body, its rank, whether a sentence
points elsewhere); what takes comparing rows is left to the queries. ``COLUMNS`` is the layout of the tables.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from fengsui.core.fact import spec_of
from fengsui.core.lint.bodies import POINTER, UNDIVIDED, VAGUE, inner_rank, organ, plain, rank
from fengsui.core.lint.context import PlanContext
from fengsui.core.lint.ladders import Band, Ladder, ladders, thresholds_in
from fengsui.core.lint.rules.authority import ended_elsewhere, starting_place
from fengsui.core.plan.criterion import Threshold
from fengsui.core.plan.level import AnyLevel, Level
from fengsui.core.plan.model import PlanContent
from fengsui.core.plan.reporting import Deadline

Value = str | int | float | bool | Decimal | None
Row = tuple[Value, ...]
Rows = dict[str, list[Row]]
"""Rows by table; the first value of each is the number of the plan."""

PLACE = "line:INTEGER clause:VARCHAR"
COLUMNS: dict[str, tuple[tuple[str, str], ...]] = {
    table: tuple((name, kind) for name, _, kind in (each.partition(":") for each in text.split()))
    for table, text in {
        "plans": "plan:BIGINT id:VARCHAR title:VARCHAR declared:BOOLEAN hq:VARCHAR hq_rank:TINYINT "
        f"ended_elsewhere:VARCHAR {PLACE}",
        "levels": "plan:BIGINT ladder:SMALLINT pos:SMALLINT nth:SMALLINT kind:VARCHAR hazard:VARCHAR "
        "subtype:VARCHAR level:VARCHAR rank:TINYINT name:VARCHAR logic:VARCHAR criteria:SMALLINT "
        f"facts:VARCHAR fact_count:SMALLINT {PLACE}",
        "thresholds": "plan:BIGINT ladder:SMALLINT pos:SMALLINT seq:SMALLINT band:SMALLINT fact:VARCHAR "
        "unit:VARCHAR whole:BOOLEAN window_h:INTEGER window_d:INTEGER cause:VARCHAR low:DECIMAL(18,4) "
        "high:DECIMAL(18,4) low_included:BOOLEAN high_included:BOOLEAN positive:BOOLEAN potential:BOOLEAN "
        f"together:BOOLEAN bound_words:BOOLEAN {PLACE} text:VARCHAR",
        "authorities": "plan:BIGINT seq:SMALLINT kind:VARCHAR scale:VARCHAR level:VARCHAR rank:TINYINT "
        "who:VARCHAR plain:VARCHAR organ:VARCHAR body_rank:TINYINT pointer:BOOLEAN proposer:VARCHAR "
        "proposer_plain:VARCHAR approver:VARCHAR hazard:VARCHAR colours:BOOLEAN undivided:BOOLEAN "
        f"{PLACE}",
        "endings": "plan:BIGINT seq:SMALLINT scale:VARCHAR level:VARCHAR who:VARCHAR plain:VARCHAR "
        f"organ:VARCHAR body_rank:TINYINT pointer:BOOLEAN vague:BOOLEAN warning:BOOLEAN {PLACE}",
        "measures": "plan:BIGINT level:VARCHAR hazard:VARCHAR",
        "doubts": f"plan:BIGINT seq:SMALLINT grave:BOOLEAN {PLACE}",
        "deadlines": "plan:BIGINT seq:SMALLINT who:VARCHAR receiver:VARCHAR term:VARCHAR hours:DOUBLE "
        f"start:VARCHAR form:VARCHAR report:BOOLEAN {PLACE}",
    }.items()
}
"""Every table as (column, type). ``plans`` holds the place where who starts a level is to be looked for.

``levels.pos`` counts from the lowest of its ladder, ``nth`` through the plan as printed. ``thresholds.band``:
the figure along the ladder that the threshold belongs to, ``seq`` its turn; both as the rules walk. Figures
are in the unit of their fact.
"""

_BOUND_WORDS = re.compile(r"以上|以下|以内")
_COLOURS = re.compile(r"[红橙黄蓝]色.*[红橙黄蓝]色")
_GRAVE = re.compile(r"启动.*(?:响应|预案)")
_MOST = Decimal(10) ** 14
_FINEST = Decimal("0.0001")


class TooFine(ValueError):
    """A figure with more digits than the tables hold: the plan is checked one by one instead."""


def flat(context: PlanContext, number: int, name: str) -> Rows:
    """The rows of one plan, called ``name`` in the tables. Raises TooFine."""
    content = context.content
    rows: Rows = {table: [] for table in COLUMNS}
    at, _ = starting_place(context)
    hq = content.command.name if content.command else None
    rows["plans"].append(
        (
            number,
            name,
            content.title,
            content.boundary_rule is not None,
            hq,
            inner_rank(hq) if hq else 0,
            ",".join(sorted(ended_elsewhere(context))),
            at.line,
            at.clause,
        )
    )
    order = {id(level): nth for nth, level in enumerate(content.levels)}
    for index, ladder in enumerate(ladders(content)):
        rows["levels"] += [
            _level(level, (number, index, pos, order[id(level)])) for pos, level in enumerate(ladder.levels)
        ]
        rows["thresholds"] += _thresholds(ladder, number, index)
    rows["authorities"] += _authorities(content, number)
    rows["endings"] += _endings(content, number)
    found = dict.fromkeys(
        (level.value, measure.hazard)
        for measure in content.measures
        for level in measure.levels
        if type(level).__name__ == "ResponseLevel"
    )
    rows["measures"] += [(number, *each) for each in found]
    for seq, doubt in enumerate(each for each in context.doubts if each.why == "no_authority"):
        grave = bool(_GRAVE.search(re.sub(r"\s", "", doubt.source.quote)))
        rows["doubts"].append((number, seq, grave, doubt.source.line, doubt.source.clause))
    rows["deadlines"] += [_deadline(each, number, seq) for seq, each in enumerate(content.deadlines)]
    return rows


def merged(parts: Iterable[Rows]) -> Rows:
    """The rows of several plans together."""
    rows: Rows = {table: [] for table in COLUMNS}
    for part in parts:
        for table, found in part.items():
            rows[table] += found
    return rows


def _level(level: Level, place: tuple[int, int, int, int]) -> Row:
    facts = sorted({each.fact for item in level.criteria for each, _ in thresholds_in(item)})
    return (
        *place,
        level.kind.value,
        level.hazard,
        level.subtype,
        level.level.value,
        level.level.rank,
        level.name,
        level.logic.value,
        len(level.criteria),
        " ".join(facts),
        len(facts),
        level.source.line,
        level.source.clause,
    )


def _thresholds(ladder: Ladder, number: int, index: int) -> Iterator[Row]:
    """The thresholds of a ladder, those of one figure with one number."""
    place = {id(level): pos for pos, level in enumerate(ladder.levels)}
    of: dict[tuple[int, int], tuple[int, Band]] = {}
    for band, bands in enumerate(ladder.bands().values()):
        of.update({(id(each.level), id(each.threshold)): (band, each) for each in bands})
    walked = (
        (level, each) for level in ladder.levels for item in level.criteria for each, _ in thresholds_in(item)
    )
    for seq, (level, threshold) in enumerate(walked):
        band, held = of[id(level), id(threshold)]
        yield (
            number,
            index,
            place[id(level)],
            seq,
            band,
            *_figures(threshold),
            held.together,
            bool(_BOUND_WORDS.search(threshold.source.quote)),
            threshold.source.line,
            threshold.source.clause,
            threshold.text,
        )


def _figures(threshold: Threshold) -> Sequence[Value]:
    return (
        threshold.fact,
        threshold.unit,
        spec_of(threshold.fact, threshold.unit).integral,
        threshold.window_h,
        threshold.window_d,
        threshold.cause_fact,
        _held(threshold.low),
        _held(threshold.high),
        threshold.low_included,
        threshold.high_included,
        threshold.positive,
        threshold.potential,
    )


def _held(figure: Decimal | None) -> Decimal | None:
    if figure is not None and (abs(figure) >= _MOST or figure % _FINEST):
        raise TooFine(str(figure))
    return figure


def _step(level: AnyLevel | None) -> tuple[Value, Value]:
    return (None, None) if level is None else (type(level).__name__, level.value)


def _authorities(content: PlanContent, number: int) -> Iterator[Row]:
    for seq, power in enumerate(content.activation):
        name = plain(power.authority)
        yield (
            number,
            seq,
            power.kind.value,
            *_step(power.level),
            power.level.rank if power.level else None,
            power.authority,
            name,
            organ(name),
            rank(power.authority),
            bool(POINTER.search(name)),
            power.proposer,
            plain(power.proposer) if power.proposer else None,
            power.approver,
            power.hazard,
            bool(_COLOURS.search(power.source.quote)),
            bool(re.search(UNDIVIDED, re.sub(r"\s", "", power.source.quote))),
            power.source.line,
            power.source.clause,
        )


def _endings(content: PlanContent, number: int) -> Iterator[Row]:
    for seq, end in enumerate(content.termination):
        name = plain(end.authority or "")
        yield (
            number,
            seq,
            *_step(end.level),
            end.authority,
            name,
            organ(name),
            rank(name),
            bool(POINTER.search(name)),
            bool(VAGUE.search(name)),
            "预警" in end.source.quote,
            end.source.line,
            end.source.clause,
        )


def _deadline(deadline: Deadline, number: int, seq: int) -> Row:
    return (
        number,
        seq,
        deadline.who,
        "、".join(deadline.to),
        deadline.within or deadline.every or deadline.by,
        deadline.span.total_seconds() / 3600 if deadline.span else None,
        deadline.start.value,
        deadline.form.value if deadline.form else None,
        deadline.is_report,
        deadline.source.line,
        deadline.source.clause,
    )
