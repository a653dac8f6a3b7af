"""Where the losses of an incident stand: what departments gave, what was agreed, what is open (核定)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from fengsui.core.fact import Figure
from fengsui.core.losses import LossItem, facts_from, items, same
from fengsui.core.response.events_reporting import LossGiven
from fengsui.core.response.incident import Incident
from fengsui.core.response.state_reporting import AgreedLoss


class Gap(StrEnum):
    """Why the figure of an item cannot stand in a final report."""

    NOT_AGREED = "not_agreed"
    CHANGED_SINCE = "changed_since"
    FACT_DIFFERS = "fact_differs"


@dataclass(frozen=True, slots=True, kw_only=True)
class LossStanding:
    """One item: the total of the ledger, the figure of each department, the agreed one."""

    item: LossItem
    total: Figure | None = None
    rows: int = 0
    given: tuple[LossGiven, ...] = ()
    agreed: AgreedLoss | None = None
    gap: Gap | None = None

    @property
    def differs(self) -> bool:
        """Whether the departments, or a department and the ledger, do not say the same."""
        values = [one.value for one in self.given]
        return not same([*values, self.total] if self.total is not None else values)

    @property
    def is_known(self) -> bool:
        return self.total is not None or any(one.value is not None for one in self.given)


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerSums:
    """What the tables hold: total and number of rows by item, and what departments gave."""

    totals: Mapping[str, Figure]
    rows: Mapping[str, int]
    given: Mapping[str, tuple[LossGiven, ...]]

    @staticmethod
    def empty() -> LedgerSums:
        return LedgerSums(totals={}, rows={}, given={})


def loss_standings(incident: Incident, sums: LedgerSums) -> tuple[LossStanding, ...]:
    """Every item of the register as it stands."""
    facts = incident.current_facts()
    fed = facts_from({name: state.value for name, state in incident.agreed.items()})
    found = []
    for name, item in items().items():
        given = sums.given.get(name, ())
        agreed = incident.agreed.get(name)
        known = item.fact is not None and item.fact in facts
        wanted = known or name in sums.totals or any(one.value is not None for one in given)
        gap = _gap(item, agreed, given, facts, fed) if wanted or agreed else None
        found.append(
            LossStanding(
                item=item,
                total=sums.totals.get(name),
                rows=sums.rows.get(name, 0),
                given=given,
                agreed=agreed,
                gap=gap,
            )
        )
    return tuple(found)


def _gap(
    item: LossItem,
    agreed: AgreedLoss | None,
    given: Iterable[LossGiven],
    facts: Mapping[str, Figure | bool],
    fed: Mapping[str, Figure],
) -> Gap | None:
    if agreed is None:
        return Gap.NOT_AGREED
    if _by_body(agreed.agreed.given) != _by_body(given):
        return Gap.CHANGED_SINCE
    fact = item.fact or item.part_of
    if fact is not None and facts.get(fact) != fed.get(fact):
        return Gap.FACT_DIFFERS
    return None


def _by_body(given: Iterable[LossGiven]) -> dict[str, Figure | None]:
    return {one.body: one.value for one in given}


def open_losses(incident: Incident, sums: LedgerSums) -> tuple[LossStanding, ...]:
    """Items that a final report has to wait for."""
    return tuple(one for one in loss_standings(incident, sums) if one.gap is not None)
