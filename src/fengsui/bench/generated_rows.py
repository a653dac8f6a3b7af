"""Drawn plans as rows of tables, straight from the draw: a million in minutes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from fengsui.bench.generated_plans import ENDS, NAMES, ROMAN, Made, Scale, name_of
from fengsui.core.fact import spec_of
from fengsui.core.lint.bodies import POINTER, UNDIVIDED, VAGUE, inner_rank, organ, plain, rank
from fengsui.core.lint.flat import COLUMNS, Row, Rows
from fengsui.core.plan.level import STEP_OF


def rows_of(plans: Iterable[Made], base: int) -> Rows:
    """The rows of plans, numbered from ``base`` on."""
    rows: Rows = {table: [] for table in COLUMNS}
    for number, each in enumerate(plans, base):
        _put(rows, each, number)
    return rows


def _put(rows: Rows, plan: Made, number: int) -> None:
    clause, line = ("8", plan.measures[0][1]) if plan.measures else ("", 1)
    hq_rank = _inner(plan.hq) if plan.hq else 0
    rows["plans"].append(
        (number, name_of(plan.number), plan.title, plan.declared, plan.hq, hq_rank, "", line, clause)
    )
    nth = 0
    for index, scale in enumerate(plan.scales):
        _put_scale(rows, scale, number, index, nth)
        nth += len(scale.steps)
    for seq, power in enumerate(plan.powers):
        assert power.kind is not None
        step: Row = (None, None, None)
        if power.roman is not None:
            step = (STEP_OF[power.kind].__name__, ROMAN[power.roman], power.roman + 1)
        proposer = None if power.proposer is None else _body(power.proposer)[0]
        rows["authorities"].append(
            (
                number,
                seq,
                power.kind.value,
                *step,
                power.who,
                *_body(power.who)[:4],
                power.proposer,
                proposer,
                power.approver,
                power.hazard,
                *_issue(power.quote),
                power.line,
                "4",
            )
        )
    for seq, end in enumerate(plan.ends):
        level: Row = (None, None) if end.roman is None else ("ResponseLevel", ROMAN[end.roman])
        said = (*_body(end.who), end.quote == ENDS[1], end.line, "6")
        rows["endings"].append((number, seq, *level, end.who, *said))
    rows["measures"] += [(number, ROMAN[roman], None) for roman, _ in plan.measures]
    rows["doubts"] += [(number, seq, grave, line, "7") for seq, (line, grave) in enumerate(plan.doubts)]
    rows["deadlines"] += [
        (
            number,
            seq,
            "县应急管理局",
            "县人民政府",
            f"{hours}小时",
            float(hours),
            "received",
            None,
            True,
            line,
            "5",
        )
        for seq, (hours, line) in enumerate(plan.hours)
    ]


def _put_scale(rows: Rows, scale: Scale, number: int, index: int, nth: int) -> None:
    names = NAMES[scale.kind]
    last = len(scale.steps) - 1
    bands = _bands(scale)
    seq = 0
    for pos, step in enumerate(reversed(scale.steps)):
        facts = sorted({each.fact for each in step.bounds})
        count = len(step.bounds) - (1 if step.wrapped else 0)
        rows["levels"].append(
            (
                number,
                index,
                pos,
                nth + last - pos,
                scale.kind.value,
                scale.hazard,
                None,
                ROMAN[step.roman],
                step.roman + 1,
                names[step.roman],
                "all" if step.every else "any",
                count,
                " ".join(facts),
                len(facts),
                step.line,
                "3",
            )
        )
        every = step.every and count > 1
        for turn, each in enumerate(step.bounds):
            rows["thresholds"].append(
                (
                    number,
                    index,
                    pos,
                    seq,
                    bands[each.fact, each.hours],
                    each.fact,
                    each.unit,
                    _whole(each.fact),
                    each.hours,
                    None,
                    None,
                    each.low,
                    each.high,
                    each.low_included,
                    each.high_included,
                    each.positive,
                    False,
                    every or (step.wrapped and turn < 2),
                    each.quote == 0,
                    each.line,
                    "3",
                    "甲以上",
                )
            )
            seq += 1


def _bands(scale: Scale) -> dict[tuple[str, int | None], int]:
    """The number of each figure along the ladder; the dead join the dead and missing of other levels."""
    held: dict[tuple[str, int | None], set[int]] = {}
    for step in reversed(scale.steps):
        for each in step.bounds:
            held.setdefault((each.fact, each.hours), set()).add(step.roman)
    total, part = ("deaths_or_missing", None), ("deaths", None)
    joined = part in held and total in held and not held[part] & held[total]
    numbers = {key: turn for turn, key in enumerate(key for key in held if not (joined and key == part))}
    if joined:
        numbers[part] = numbers[total]
    return numbers


@cache
def _whole(fact: str) -> bool:
    return spec_of(fact).integral


@cache
def _inner(hq: str) -> int:
    return inner_rank(hq)


@cache
def _body(name: str) -> tuple[str, str, int, bool, bool]:
    bare = plain(name)
    return bare, organ(bare), rank(name), bool(POINTER.search(bare)), bool(VAGUE.search(bare))


@cache
def _issue(quote: str) -> tuple[bool, bool]:
    return bool(re.search(r"[红橙黄蓝]色.*[红橙黄蓝]色", quote)), bool(re.search(UNDIVIDED, quote))
