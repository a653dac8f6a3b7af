"""Grading criteria (分级标准): thresholds on figures, conditions, and their combinations."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from fengsui.core.citation import Citation

FactName = str
"""Name of a fact in the fact register, e.g. ``deaths_or_missing``; the register gives unit and words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Threshold:
    """``low`` 以上 ``high`` 以下 of one fact, e.g. 10人以上30人以下死亡.

    Figures are in the unit of ``fact`` in the register (persons, CNY, hours, mm); 万 and 亿 are
    multiplied out. ``low_included``/``high_included`` None: the plan does not say (no closing clause),
    so the exact number stays undecided. ``positive``: an upper bound alone that presupposes some
    (造成3人以下死亡), so 0 does not meet it. ``window_h``/``window_d``: period the figure is measured
    over. ``potential``: 可能, 预计, 研判. ``cause_fact``: the figure counts only under this cause.
    """

    fact: FactName
    unit: str
    low: Decimal | None = None
    high: Decimal | None = None
    low_included: bool | None = True
    high_included: bool | None = False
    positive: bool = False
    window_h: int | None = None
    window_d: int | None = None
    potential: bool = False
    cause_fact: FactName | None = None
    text: str
    source: Citation


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """A criterion without a figure (超出…处置能力): a judgement of a person.

    ``fact`` names a registered yes/no fact when the phrase is a known one, else None and the ``text``
    itself is the question. ``out_of_scope``: on people's conduct or speech; shown, never evaluated.
    ``signal``: colour of the public warning signal that suffices (气象台发布暴雨红色预警 → 红色).
    """

    text: str
    fact: FactName | None = None
    out_of_scope: bool = False
    potential: bool = False
    signal: str | None = None
    source: Citation


@dataclass(frozen=True, slots=True, kw_only=True)
class AllOf:
    """All ``parts`` together."""

    parts: tuple[Criterion, ...]
    text: str
    source: Citation


@dataclass(frozen=True, slots=True, kw_only=True)
class AnyOf:
    """Any one of ``parts``."""

    parts: tuple[Criterion, ...]
    text: str
    source: Citation


Criterion = Threshold | Condition | AllOf | AnyOf
