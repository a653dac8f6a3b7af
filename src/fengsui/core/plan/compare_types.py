"""What a comparison of two plans says: differences, each with the clauses of both sides."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from fengsui.core.citation import Citation


class Change(StrEnum):
    """What became of an item."""

    ADDED = "added"  # 新增
    GONE = "gone"  # 删去
    CHANGED = "changed"  # 改动
    RENAMED = "renamed"  # 更名


class Weight(StrEnum):
    """How much hangs on it: a hint for the order of reading, no judgement of the change."""

    FIGURE = "figure"  # 数字、时限、级别变了
    WHO = "who"  # 由谁决定、由谁去做变了
    WORDING = "wording"  # 文字变了


class Effect(StrEnum):
    """Which way a figure moved; those with a counterpart swap when the sides are swapped."""

    STRICTER = "stricter"  # 门槛降低，更早达到该级
    LOOSER = "looser"  # 门槛提高，更晚达到该级
    NARROWER = "narrower"  # 上限降低
    WIDER = "wider"  # 上限提高
    OPENS_GAP = "opens_gap"  # 与上一级之间出现空档
    CLOSES_GAP = "closes_gap"  # 原有空档补上
    SHORTER = "shorter"  # 时限缩短、间隔变密
    LONGER = "longer"  # 时限放长、间隔变疏


_OPPOSITE = {
    Effect.STRICTER: Effect.LOOSER,
    Effect.NARROWER: Effect.WIDER,
    Effect.OPENS_GAP: Effect.CLOSES_GAP,
    Effect.SHORTER: Effect.LONGER,
}
_OPPOSITE |= {other: one for one, other in _OPPOSITE.items()}
_TURNED = {Change.ADDED: Change.GONE, Change.GONE: Change.ADDED}


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """What one of the two plans says: in its words (``text``), where (``source``).

    ``value`` is the item behind the words where a screen renders it better (a Threshold), else None.
    """

    text: str
    source: Citation
    value: Any = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One difference of meaning.

    ``section`` is a field of ``PlanContent`` ("levels", "deadlines", …), ``code`` the kind of difference,
    whose words are in ``application/wording`` group ``compare_code`` (``<code>_added``, ``<code>_gone``
    where that is the change). ``about`` names the thing in words of the plan (a unit, a group, an edge),
    ``level`` and ``kind`` the step of a scale where it is one.
    ``before`` is None for what was added, ``after`` None for what is gone.
    """

    section: str
    code: str
    change: Change
    weight: Weight
    about: str = ""
    kind: str | None = None
    level: str | None = None
    before: Side | None = None
    after: Side | None = None
    effects: tuple[Effect, ...] = ()

    @property
    def sources(self) -> tuple[Citation | None, Citation | None]:
        """The clauses of both sides."""
        return (self.before.source if self.before else None, self.after.source if self.after else None)


def mirrored(difference: Difference) -> Difference:
    """The same difference seen from the other side."""
    return replace(
        difference,
        change=_TURNED.get(difference.change, difference.change),
        before=difference.after,
        after=difference.before,
        effects=tuple(_OPPOSITE[effect] for effect in difference.effects),
    )
