"""Powers, clocks, drills and measures as rows of the command contract (EXTRACT)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from fengsui.core.plan.authority import ActivationAuthority, LevelChange, Measure, Termination
from fengsui.core.plan.reporting import Deadline, Drill, RevisionRule

Row = dict[str, Any]
ANY_LEVEL = "any"
"""Printed for a sentence that speaks of no level in particular."""


def activation_to_json(item: ActivationAuthority) -> Row:
    """Who starts one level; ``level`` "any" where the plan names none."""
    row: Row = {
        "level": item.level.value if item.level else ANY_LEVEL,
        "kind": item.kind.value,
        "authority": item.authority,
        "proposer": item.proposer,
    }
    row |= _given(approver=item.approver, report_to=list(item.report_to), hazard=item.hazard)
    return row | _given(delegated=item.delegated) | item.source.as_row()


def change_to_json(item: LevelChange) -> Row:
    """Who raises or lowers a level; ``of_conditions`` true: who adapts what it takes to start one."""
    row: Row = {
        "level": item.level.value if item.level else ANY_LEVEL,
        "kind": item.kind.value,
        "direction": item.direction.value,
        "authority": item.authority,
        "proposer": item.proposer,
        "conditions": list(item.conditions),
    }
    return row | _given(of_conditions=item.of_conditions) | item.source.as_row()


def termination_to_json(item: Termination) -> Row:
    """Who ends the response and when it may end."""
    return {
        "level": item.level.value if item.level else ANY_LEVEL,
        "authority": item.authority,
        "proposer": item.proposer,
        "conditions": list(item.conditions),
    } | item.source.as_row()


def deadline_to_json(item: Deadline) -> Row:
    """One edge: who reports what to whom, within, every or by when; levels by numeral, else as printed."""
    levels = [level.value for level in item.levels] or list(item.level_names)
    row: Row = {"what": item.what, "who": item.who, "to": list(item.to)}
    row |= _given(within=item.within, every=item.every, by=item.by)
    row |= {"after": item.after, "form": item.form.value if item.form else None, "levels": levels or None}
    row |= _given(condition=item.condition, modal=item.modal, until=item.until)
    row |= _given(at=list(item.at), contents=list(item.contents))
    row |= {"start": item.start.value, "is_report": item.is_report}
    if item.span is not None:
        row["minutes"] = int(item.span.total_seconds() // 60)
    return row | item.source.as_row()


def deadlines_to_json(items: Iterable[Deadline]) -> list[Row]:
    """One row for an order that the plan repeats word for word under each level: ``levels`` holds them all,
    ``also`` the further places (clause, line, quote)."""
    rows: list[Row] = []
    same: dict[str, Row] = {}
    for item in items:
        row = deadline_to_json(item)
        first = same.setdefault(_order(item, row), row) if item.levels else row
        if first is row or set(row["levels"]) <= set(first["levels"]):
            rows.append(row)
            continue
        first["levels"] = [*first["levels"], *(one for one in row["levels"] if one not in first["levels"])]
        first.setdefault("also", []).append(item.source.as_row())
    return rows


def _order(item: Deadline, row: Row) -> str:
    """What tells one order from another, wherever it stands and whatever its level."""
    apart = ("levels", "clause", "line", "quote", "also")
    ladder = type(item.levels[0]).__name__
    return ladder + repr(sorted((name, value) for name, value in row.items() if name not in apart))


def drill_to_json(item: Drill) -> Row:
    """A drill; ``every`` null where the plan gives no interval."""
    return {"every": item.every, "scope": item.scope} | _given(kind=item.kind) | item.source.as_row()


def revision_to_json(item: RevisionRule) -> Row:
    """When the plan is to be revised."""
    return (
        {"text": item.text, "every": item.every}
        | _given(who=item.who, triggers=list(item.triggers))
        | item.source.as_row()
    )


def measure_to_json(item: Measure) -> Row:
    """One step of a response; ``out_of_scope`` true: shown as text, never executed."""
    row: Row = {"text": item.text, "who": item.who, "levels": [level.value for level in item.levels]}
    return row | _given(hazard=item.hazard, out_of_scope=item.out_of_scope) | item.source.as_row()


def _given(**fields: Any) -> Row:
    return {name: value for name, value in fields.items() if value not in (None, False, "", [])}
