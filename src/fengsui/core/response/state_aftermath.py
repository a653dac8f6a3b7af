"""What an incident knows of its end and what comes after."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from fengsui.core.response.events_aftermath import (
    CaseArchived,
    CompensationPaid,
    CompensationSet,
    ConditionChecked,
    EndOverridden,
    GoodsReturned,
    GoodsTaken,
    MatterKind,
    MatterOpened,
)


class MatterStatus(StrEnum):
    """Where a matter stands."""

    OPEN = "open"
    DONE = "done"
    EXCUSED = "excused"


@dataclass(frozen=True, slots=True, kw_only=True)
class MatterState:
    """A matter with what became of it; ``due`` is the day that holds now."""

    opened: MatterOpened
    at: datetime
    by: str
    due: datetime | None
    status: MatterStatus = MatterStatus.OPEN
    text: str = ""
    evidence_sha: str = ""
    ended_at: datetime | None = None
    ended_by: str = ""
    moved: int = 0

    @property
    def is_open(self) -> bool:
        return self.status is MatterStatus.OPEN


@dataclass(frozen=True, slots=True, kw_only=True)
class ConditionState:
    """The last answer to one condition."""

    checked: ConditionChecked
    at: datetime
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GoodsEntry:
    """One requisition from taking to paying."""

    taken: GoodsTaken
    at: datetime
    by: str
    returned: GoodsReturned | None = None
    returned_at: datetime | None = None
    due: CompensationSet | None = None
    paid: tuple[CompensationPaid, ...] = ()

    @property
    def paid_cny(self) -> Decimal:
        return sum((item.amount_cny for item in self.paid), Decimal(0))

    @property
    def is_open(self) -> bool:
        """Not back, or what is due not settled or not paid."""
        if self.returned is None or self.due is None:
            return True
        return self.paid_cny < self.due.amount_cny


@dataclass(frozen=True, slots=True, kw_only=True)
class Dissolved:
    """When and by whom a body was dissolved."""

    at: datetime
    by: str
    text: str
    on_scene: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AftermathState:
    """Matters, conditions (by plan and words), orders that go on, bodies dissolved, the requisitions."""

    matters: Mapping[str, MatterState] = field(default_factory=dict)
    conditions: Mapping[tuple[str, str], ConditionState] = field(default_factory=dict)
    continued: Mapping[str, str] = field(default_factory=dict)
    dissolved: Mapping[str, Dissolved] = field(default_factory=dict)
    goods: Mapping[str, GoodsEntry] = field(default_factory=dict)
    overridden: tuple[EndOverridden, ...] = ()
    archived: CaseArchived | None = None
    archived_at: datetime | None = None

    def open_matters(self, *kinds: MatterKind) -> dict[str, MatterState]:
        """Matters still to be seen to, of ``kinds`` (none: all)."""
        return {
            key: item
            for key, item in self.matters.items()
            if item.is_open and (not kinds or item.opened.kind in kinds)
        }

    @property
    def open_goods(self) -> int:
        return sum(1 for item in self.goods.values() if item.is_open)
