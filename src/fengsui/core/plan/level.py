"""Levels (级别) and the ladders they form.

The grade of an event, the colour of a warning and the level of a response are three types on
purpose: "Ⅱ级" of one is never "Ⅱ级" of another, and the mapping is read from the plan.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, StrEnum

from fengsui.core.citation import Citation
from fengsui.core.plan.criterion import Criterion


class LadderKind(StrEnum):
    """Which of the three scales a level belongs to."""

    EVENT_GRADE = "event_grade"
    WARNING = "warning"
    RESPONSE = "response"


class _Step(Enum):
    """A step of a scale; the value is the Roman numeral of the contract, I the highest."""

    @property
    def rank(self) -> int:
        """1 for I … 5 for V: smaller is graver."""
        return _RANK[self.value]

    def is_at_least(self, other: _Step) -> bool:
        """Whether this is as grave as ``other`` or graver. Raises TypeError across scales."""
        if type(self) is not type(other):
            raise TypeError(f"{type(self).__name__} and {type(other).__name__} are different scales")
        return self.rank <= other.rank


_RANK = {"I": 1, "II": 2, "III": 3, "IV": 4, "V": 5}


class Grade(_Step):
    """Grade of the event (事件分级): 特别重大, 重大, 较大, 一般 (V: 关注级 of some plans)."""

    I = "I"  # noqa: E741
    II = "II"
    III = "III"
    IV = "IV"
    V = "V"


class WarningLevel(_Step):
    """Level of a public warning (预警): 红, 橙, 黄, 蓝."""

    I = "I"  # noqa: E741
    II = "II"
    III = "III"
    IV = "IV"
    V = "V"


class ResponseLevel(_Step):
    """Level of the response (响应级别)."""

    I = "I"  # noqa: E741
    II = "II"
    III = "III"
    IV = "IV"
    V = "V"


AnyLevel = Grade | WarningLevel | ResponseLevel

STEP_OF: dict[LadderKind, type[Grade] | type[WarningLevel] | type[ResponseLevel]] = {
    LadderKind.EVENT_GRADE: Grade,
    LadderKind.WARNING: WarningLevel,
    LadderKind.RESPONSE: ResponseLevel,
}


def step(kind: LadderKind, roman: str) -> AnyLevel:
    """Return the step ``roman`` ("I" … "V") of the scale ``kind``."""
    return STEP_OF[kind](roman)


class Logic(StrEnum):
    """Whether one criterion suffices or all are needed (下列情况之一 / 同时)."""

    ANY = "any"
    ALL = "all"


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """One step of one ladder of a plan, with what reaches it.

    ``hazard`` and ``subtype`` (险情/灾情, 事故/事件) separate ladders of one kind within a plan.
    ``condition`` must hold besides the criteria (a lead sentence over the whole level).
    """

    kind: LadderKind
    level: AnyLevel
    name: str
    color: str | None = None
    hazard: str | None = None
    subtype: str | None = None
    logic: Logic = Logic.ANY
    criteria: tuple[Criterion, ...] = ()
    condition: Criterion | None = None
    source: Citation

    @property
    def scheme(self) -> tuple[LadderKind, str | None, str | None]:
        """The ladder this level belongs to."""
        return self.kind, self.hazard, self.subtype


@dataclass(frozen=True, slots=True, kw_only=True)
class BoundaryRule:
    """The plan's own closing clause on 以上/以下, e.g. 以上含本数，以下不含本数.

    None for a word the clause does not speak of.
    """

    text: str
    above_included: bool | None
    below_included: bool | None
    source: Citation
