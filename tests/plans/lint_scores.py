"""Findings of the check against the faults that a person found in the source papers.

A listed fault counts as found when a finding of one of its classes stands on one of its lines (a line to
either side: a sentence is wrapped over several).
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache

from papers import SHARED, parts, source

from fengsui.adapters.read_document import load_document
from fengsui.application.linting import lint_lines
from fengsui.core.lint.finding import Finding
from fengsui.core.lint.registry import all_rules

NEAR = 1
FAMILIES = "GAR"
"""The families measured here: thresholds, authority, deadlines."""


@dataclass(frozen=True)
class Fault:
    """One listed fault."""

    id: str
    plan: str
    classes: frozenset[str]
    severity: str
    lines: tuple[int, ...]


@cache
def findings_in(prefix: str) -> tuple[Finding, ...]:
    """All findings in one source paper."""
    document = load_document(source(prefix))
    return lint_lines(document.lines, document.id, all_rules())


def faults(families: str = FAMILIES) -> list[Fault]:
    """The listed faults with a class of these families."""
    rows = json.loads((SHARED / "plans" / "defects-sources.json").read_text("utf-8"))
    return [
        Fault(row["id"], row["plan"], frozenset(row["classes"]), row["severity"], tuple(row["lines"]))
        for row in rows
        if any(name[0] in families for name in row["classes"])
    ]


def matches(fault: Fault, found: Finding) -> bool:
    """Whether the finding is that fault: a class in common, and a line."""
    near = any(abs(line - other) <= NEAR for line in fault.lines for other in found.lines)
    return near and found.rule.code in fault.classes


def reviewed() -> list[Finding]:
    """The findings of the rules of these families in the seven reviewed plans."""
    spans = [(first, last) for name, _, first, last in parts() if name[-2:] in REVIEWED_PARTS]
    inside = [each for each in findings_in("003") if any(a <= each.line <= b for a, b in spans)]
    return [each for each in (*findings_in("001"), *inside) if each.rule.family in FAMILIES]


REVIEWED_PARTS = ("01", "03", "04", "07", "08", "12")


def recall(families: str = FAMILIES) -> dict[str, tuple[int, int]]:
    """Found and listed faults by severity."""
    counts: dict[str, tuple[int, int]] = {}
    for fault in faults(families):
        hit = any(matches(fault, each) for each in findings_in(fault.plan[:3]))
        found, listed = counts.get(fault.severity, (0, 0))
        counts[fault.severity] = (found + hit, listed + 1)
    return counts


if __name__ == "__main__":
    from fengsui.application.lint_words import message

    for fault in faults():
        hits = [each for each in findings_in(fault.plan[:3]) if matches(fault, each)]
        print(
            "ok  " if hits else "MISS", fault.severity, fault.id, sorted(fault.classes), fault.lines, end=" "
        )
        print([each.rule.name for each in hits])
    for each in reviewed():
        listed = [fault.id for fault in faults("GAROCSTLXPV") if matches(fault, each)]
        print(each.severity.value, each.rule.code, each.rule.name, each.lines, listed, message(each))
    print(recall(), "with all families", recall("GAROCSTLXPV"))
