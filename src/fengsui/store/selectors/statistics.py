"""How many plans there are of what, and which of them ask for something to be done."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from fengsui.core.plan.plan_figures import age_band, drill_band, evaluation_due
from fengsui.store.failures import told_plainly
from fengsui.store.models import PlanDraft

_COLUMNS = (
    *("id", "title", "state", "kind", "hazard_class", "jurisdiction", "issuer", "issued", "in_force_on"),
    *("open_doubts", "filing_due", "filed_on"),
    *("figures__levels", "figures__evaluate_days", "figures__drill_days"),
)
Row = dict[str, Any]

DIMENSIONS: dict[str, Callable[[Row, date], str]] = {
    "state": lambda row, today: row["state"],
    "kind": lambda row, today: row["kind"],
    "hazard": lambda row, today: row["hazard_class"],
    "levels": lambda row, today: str(row["figures__levels"] or 0),
    "area": lambda row, today: row["jurisdiction"],
    "issuer": lambda row, today: row["issuer"],
    "age": lambda row, today: age_band(_since(row), today),
    "drill": lambda row, today: drill_band(row["figures__drill_days"]),
}
"""What plans are counted by; "" is what is not known."""


def _since(row: Row) -> date | None:
    found: date | None = row["issued"] or row["in_force_on"]
    return found


def _evaluation_overdue(row: Row, today: date) -> bool:
    due = evaluation_due(_since(row), row["figures__evaluate_days"])
    return row["state"] == "in_force" and due is not None and due < today


ATTENTION: dict[str, Callable[[Row, date], bool]] = {
    "overdue_evaluation": _evaluation_overdue,
    "overdue_filing": lambda row, today: (
        row["state"] == "in_force"
        and row["filed_on"] is None
        and row["filing_due"] is not None
        and row["filing_due"] < today
    ),
    "open_doubts": lambda row, today: row["open_doubts"] > 0 and row["state"] in ("draft", "confirmed"),
    "no_drill": lambda row, today: row["state"] == "in_force" and row["figures__drill_days"] is None,
}
"""What asks for something to be done."""


@dataclass(frozen=True, slots=True)
class Statistics:
    """Numbers of plans and drafts: by value of each dimension, and those to be dealt with."""

    total: int
    in_force: int
    counts: dict[str, dict[str, int]]
    attention: dict[str, int]


@dataclass(frozen=True, slots=True)
class ListedPlan:
    """A plan as a number of the statistics leads to it."""

    draft_id: str
    title: str
    state: str
    kind: str
    jurisdiction: str
    issued: date | None


def statistics(today: date, jurisdiction: str = "") -> Statistics:
    """Everything counted in one query; ``jurisdiction`` a prefix of the division code."""
    rows = _rows(jurisdiction)
    counts = {}
    for name, value in DIMENSIONS.items():
        found = Counter(value(row, today) for row in rows)
        counts[name] = dict(sorted(found.items(), key=lambda pair: (-pair[1], pair[0])))
    return Statistics(
        total=len(rows),
        in_force=sum(row["state"] == "in_force" for row in rows),
        counts=counts,
        attention={name: sum(test(row, today) for row in rows) for name, test in ATTENTION.items()},
    )


def plans_counted(
    today: date, dimension: str, value: str, jurisdiction: str = "", *, limit: int = 50, offset: int = 0
) -> tuple[list[ListedPlan], int]:
    """The plans behind one number: of DIMENSIONS a value, of "attention" a code of ATTENTION."""
    rows = _rows(jurisdiction)
    if dimension == "attention" and value in ATTENTION:
        found = [row for row in rows if ATTENTION[value](row, today)]
    elif dimension in DIMENSIONS:
        found = [row for row in rows if DIMENSIONS[dimension](row, today) == value]
    else:
        found = []
    page = found[offset : offset + limit]
    return [
        ListedPlan(row["id"], row["title"], row["state"], row["kind"], row["jurisdiction"], _since(row))
        for row in page
    ], len(found)


def _rows(jurisdiction: str) -> list[Row]:
    with told_plainly():
        rows = PlanDraft.objects.filter(jurisdiction__startswith=jurisdiction)
        return list(rows.order_by("title", "id").values(*_COLUMNS))
