"""Plans made from a seed, a million of them, as drawn: about half of them carry a fault.

``generated_rows`` and ``generated_contexts`` say the same of a drawn plan in two ways, as rows of tables and
as a plan the rules check; a test holds the rows to those that ``core/lint/flat.py`` makes of the plan.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from functools import cache
from random import Random
from typing import NamedTuple

from fengsui.core.plan.level import LadderKind

SEED = 20260401
ROMAN = ("I", "II", "III", "IV")
NAMES = {
    LadderKind.EVENT_GRADE: ("特别重大", "重大", "较大", "一般"),
    LadderKind.WARNING: ("红色预警", "橙色预警", "黄色预警", "蓝色预警"),
    LadderKind.RESPONSE: ("Ⅰ级响应", "Ⅱ级响应", "Ⅲ级响应", "Ⅳ级响应"),
}
_FACTS: tuple[tuple[str, str, int | None, tuple[int, ...]], ...] = (
    ("deaths", "人", None, (1, 3, 10, 30)),
    ("injured_serious", "人", None, (3, 10, 50, 100)),
    ("economic_loss_cny", "元", None, (1_000_000, 10_000_000, 50_000_000, 100_000_000)),
    ("evacuated", "人", None, (100, 1_000, 10_000, 50_000)),
    ("rainfall_mm", "毫米", 12, (15, 30, 70, 140)),
    ("rainfall_mm", "毫米", 24, (25, 50, 100, 250)),
    ("drought_crop_area_ratio_pct", "%", None, (10, 30, 50, 80)),
)
_BODIES = (
    *("州人民政府", "县人民政府", "县指挥部", "县指挥部总指挥", "县指挥部副总指挥", "县指挥部办公室主任"),
    *("州指挥部", "县应急管理局", "县人民政府或者州应急管理局", "总指挥或其授权的副总指挥", "省人民政府"),
    *("县防汛抗旱指挥部", "州森林防灭火指挥部", "镇人民政府", "县委或县人民政府"),
)
_ENDERS = (*_BODIES, "原批准启动的单位", "相应机构", "有关部门", "县指挥部")
QUOTES = ("甲以上乙以下的", "甲至乙的")
_ISSUES = ("发布预警", "红色、橙色、黄色、蓝色预警都由它发布", "根据预警信息启动预警响应")
ENDS = ("宣布响应终止", "宣布解除预警")
_PLACES = ("东河", "北沙", "云溪", "白石", "南湾", "金桥", "松林", "青台")
_HAZARDS = (None, "洪涝", "火灾", "干旱")


class Bound(NamedTuple):
    """One threshold: index of its fact, its ends and whether they count."""

    fact: str
    unit: str
    hours: int | None
    low: Decimal | None
    high: Decimal | None
    low_included: bool | None
    high_included: bool | None
    positive: bool
    line: int
    quote: int


class Step(NamedTuple):
    """One level; ``wrapped``: its first two thresholds are one criterion."""

    roman: int
    line: int
    every: bool
    wrapped: bool
    bounds: tuple[Bound, ...]


class Scale(NamedTuple):
    """One ladder, its levels as printed."""

    kind: LadderKind
    hazard: str | None
    steps: tuple[Step, ...]


class Power(NamedTuple):
    """Who starts, or ends where ``kind`` is None; ``roman`` None: any level."""

    kind: LadderKind | None
    roman: int | None
    who: str
    proposer: str | None
    approver: str | None
    hazard: str | None
    line: int
    quote: str


class Made(NamedTuple):
    """A plan as drawn."""

    number: int
    title: str
    declared: bool
    hq: str | None
    scales: tuple[Scale, ...]
    powers: tuple[Power, ...]
    ends: tuple[Power, ...]
    measures: tuple[tuple[int, int], ...]
    doubts: tuple[tuple[int, bool], ...]
    hours: tuple[tuple[int, int], ...]


@cache
def _decimal(number: int) -> Decimal:
    return Decimal(number)


def made(number: int, seed: int = SEED) -> Made:
    """The plan of that number; the same for the same seed."""
    chance = Random(seed * 1_000_003 + number)
    draw = chance.random
    declared = draw() < 0.7
    scales = []
    line = 10
    for kind, share in ((LadderKind.EVENT_GRADE, 0.8), (LadderKind.WARNING, 0.5), (LadderKind.RESPONSE, 0.6)):
        if draw() < share:
            hazard = _HAZARDS[int(draw() * 4)] if draw() < 0.2 else None
            scales.append(_scale(chance, kind, hazard, line, declared))
            line += 40
    ends = []
    for turn in range(1 if draw() < 0.8 else 3 if draw() < 0.5 else 0):
        roman = int(draw() * 4) if draw() < 0.2 else None
        who = _ENDERS[int(draw() * len(_ENDERS))] if draw() < 0.4 else "县指挥部"
        ends.append(Power(None, roman, who, None, None, None, 300 + turn // 2, ENDS[draw() < 0.1]))
    return Made(
        number=number,
        title=f"{_PLACES[number % 8]}县{_HAZARDS[1 + number % 3]}应急预案",
        declared=declared,
        hq=("云州东河县北沙镇指挥部", "云州东河县指挥部", "指挥部")[int(draw() * 3)]
        if draw() < 0.8
        else None,
        scales=tuple(scales),
        powers=tuple(_powers(chance)),
        ends=tuple(ends),
        measures=tuple((roman, 200 + roman) for roman in range(4) if draw() < 0.3),
        doubts=((int(draw() * 60), draw() < 0.5),) if draw() < 0.02 else (),
        hours=tuple((1 + int(draw() * 24), 400 + turn) for turn in range(int(draw() * 4))),
    )


def _scale(chance: Random, kind: LadderKind, hazard: str | None, line: int, declared: bool) -> Scale:
    draw = chance.random
    first = int(draw() * 4)
    facts = _FACTS[first : first + 1 + int(draw() * 4)]
    whole = draw()
    absent = int(draw() * 4) if draw() < 0.03 else None
    steps = []
    for roman in range(4):
        if roman == absent:
            continue
        line += 5
        bounds = []
        for turn, fact in enumerate(facts):
            if draw() > 0.03:
                bounds.append(_bound(chance, fact, roman, line + turn // 2, declared, kind))
        if bounds and draw() < 0.004:
            bounds.append(bounds[0])
        every = whole < 0.05 or draw() < 0.01
        steps.append(Step(roman, line, every, len(bounds) > 2 and draw() < 0.02, tuple(bounds)))
    return Scale(kind, hazard, tuple(steps))


def _bound(
    chance: Random,
    fact: tuple[str, str, int | None, tuple[int, ...]],
    roman: int,
    line: int,
    declared: bool,
    kind: LadderKind,
) -> Bound:
    """The threshold of one figure for one level: in order, or with one of the faults that plans have."""
    name, unit, hours, base = fact
    at = 3 - roman
    low: int | None = base[at]
    high: int | None = base[at + 1] if at < 3 else None
    included = False if declared else None
    positive = False
    if at == 0 and kind is LadderKind.EVENT_GRADE:
        low, positive = None, True
    luck = chance.random()
    if luck < 0.06:
        if luck < 0.015 and high is not None:
            high -= 1
        elif luck < 0.025 and high is not None:
            high += max(1, high // 5)
        elif luck < 0.03:
            high = None
        elif luck < 0.04:
            low, positive = None, luck < 0.035
        elif luck < 0.045 and low is not None:
            low = low * 10 if at else low
        else:
            included = luck < 0.055
    if name == "deaths" and chance.random() < 0.1:
        name = "deaths_or_missing"
    return Bound(
        name,
        unit,
        hours,
        None if low is None else _decimal(low),
        None if high is None else _decimal(high),
        chance.random() > 0.01,
        included,
        positive,
        line,
        int(chance.random() < 0.1),
    )


def _powers(chance: Random) -> Iterable[Power]:
    draw = chance.random
    bodies = ("县人民政府", "县人民政府", "县指挥部总指挥", "县指挥部副总指挥")
    if draw() < 0.08:
        bodies = ("省人民政府", "省人民政府", "州人民政府", "州人民政府")
    if draw() < 0.08:
        who = _BODIES[int(draw() * len(_BODIES))]
        yield Power(LadderKind.RESPONSE, None, who, None, None, None, 98 + int(draw() * 4), "决定启动")
    if draw() < 0.9:
        hazard = _HAZARDS[int(draw() * 4)] if draw() < 0.1 else None
        for roman in range(4):
            if draw() < 0.03:
                continue
            who = _BODIES[int(draw() * len(_BODIES))] if draw() < 0.05 else bodies[roman]
            proposer = (who if draw() < 0.1 else "县应急管理局") if draw() < 0.2 else None
            approver = "县委" if draw() < 0.1 else None
            yield Power(
                LadderKind.RESPONSE, roman, who, proposer, approver, hazard, 100 + roman, "决定启动响应"
            )
    warns = draw()
    if warns < 0.15:
        who = _BODIES[int(draw() * len(_BODIES))]
        yield Power(LadderKind.WARNING, None, who, None, None, None, 110, _ISSUES[int(draw() * 3)])
    elif warns < 0.6:
        for roman in range(4):
            if draw() > 0.03:
                yield Power(
                    LadderKind.WARNING,
                    roman,
                    "县指挥部",
                    None,
                    None,
                    None,
                    110 + roman,
                    _ISSUES[draw() < 0.05],
                )


def name_of(number: int) -> str:
    """The name of the plan of that number in the tables."""
    return f"made-{number}"
