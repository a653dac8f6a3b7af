"""Findings of the check against the faults that a person found in the source papers.

A listed fault counts as found when a finding of one of its classes stands on one of its lines (a line to
either side: a sentence is wrapped over several).

    python tests/plans/lint_scores.py                       recall, and the listed faults that are missed
    python tests/plans/lint_scores.py sample PAPER… -n 50   findings that match no listed fault, drawn by seed
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from papers import SHARED, parts, source

from fengsui.adapters.read_document import load_document
from fengsui.application.lint_words import message
from fengsui.application.linting import lint_lines
from fengsui.core.errors import InputError
from fengsui.core.lint.finding import Finding
from fengsui.core.lint.registry import all_rules

NEAR = 1
ALL = "GAROCSTLXPV"
"""The families of rules."""
REVIEWED = ("001", "003-01", "003-03", "003-04", "003-07", "003-08", "003-12")
"""The plans whose faults are listed."""
SEED = 4


@dataclass(frozen=True)
class Fault:
    """One listed fault."""

    id: str
    plan: str
    classes: frozenset[str]
    severity: str
    lines: tuple[int, ...]


@cache
def findings_of(path: Path) -> tuple[Finding, ...]:
    """All findings in one file; none where it holds no plan."""
    try:
        document = load_document(path)
        return lint_lines(document.lines, document.id, all_rules())
    except InputError as problem:
        if problem.code == "no_plan":
            return ()
        raise


def findings_in(prefix: str) -> tuple[Finding, ...]:
    """All findings in one source paper."""
    return findings_of(source(prefix))


def shared_findings() -> Iterator[Finding]:
    """The findings in every paper beside the checkout."""
    for path in sorted((SHARED / "sources").glob("0*_*.txt")):
        yield from findings_of(path)
    for path in sorted((SHARED / "plans").glob("[0-9]*_*.*")):
        yield from findings_of(path)


@cache
def faults(families: str = ALL) -> tuple[Fault, ...]:
    """The listed faults with a class of these families."""
    rows = json.loads((SHARED / "plans" / "defects-sources.json").read_text("utf-8"))
    return tuple(
        Fault(row["id"], row["plan"], frozenset(row["classes"]), row["severity"], tuple(row["lines"]))
        for row in rows
        if any(name[0] in families for name in row["classes"])
    )


def matches(fault: Fault, found: Finding) -> bool:
    """Whether the finding is that fault: a class in common, and a line."""
    near = any(abs(line - other) <= NEAR for line in fault.lines for other in found.lines)
    return near and found.rule.code in fault.classes


def recall(families: str = ALL) -> dict[str, tuple[int, int]]:
    """Found and listed faults by severity."""
    counts: dict[str, tuple[int, int]] = {}
    for fault in faults(families):
        hit = any(matches(fault, each) for each in findings_in(fault.plan[:3]))
        found, listed = counts.get(fault.severity, (0, 0))
        counts[fault.severity] = (found + hit, listed + 1)
    return counts


def findings_of_paper(name: str) -> list[Finding]:
    """The findings in a paper, or in one part of a bundle (003-07), by the begin of its file name."""
    if "-" in name:
        spans = [(first, last) for part, _, first, last in parts() if part[:6] == name]
        return [each for each in findings_in(name[:3]) if any(a <= each.line <= b for a, b in spans)]
    folder = "sources" if len(name) == 3 else "plans"
    path = next((SHARED / folder).glob(f"{name}_*"))
    return list(findings_of(path))


def unlisted(names: Sequence[str]) -> list[tuple[str, Finding]]:
    """The findings in these papers that match no listed fault, in order."""
    return [
        (name, found)
        for name in names
        for found in findings_of_paper(name)
        if not any(matches(fault, found) for fault in faults() if fault.plan[:3] == name[:3])
    ]


def sample(names: Sequence[str], count: int, seed: int = SEED) -> list[tuple[str, Finding]]:
    """``count`` of them drawn by ``seed`` (all when there are no more), in order."""
    every = unlisted(names)
    if len(every) <= count:
        return every
    drawn = sorted(random.Random(seed).sample(range(len(every)), count))
    return [every[index] for index in drawn]


def _main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("what", nargs="?", choices=("recall", "sample"), default="recall")
    options.add_argument("papers", nargs="*", default=list(REVIEWED))
    options.add_argument("-n", type=int, default=50)
    options.add_argument("--seed", type=int, default=SEED)
    chosen = options.parse_args()
    if chosen.what == "recall":
        for fault in faults():
            if not any(matches(fault, each) for each in findings_in(fault.plan[:3])):
                print("missed", fault.severity, fault.id, sorted(fault.classes), fault.lines)
        print(recall())
        return
    for name, found in sample(chosen.papers, chosen.n, chosen.seed):
        place = found.clause or "-"
        print(name, found.line, place, found.severity.value, found.rule.code, found.rule.name, message(found))


if __name__ == "__main__":
    _main()
