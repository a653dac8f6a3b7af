"""The check measured: faults of the source papers that it finds, and silence on plans written to be clean."""

from __future__ import annotations

from pathlib import Path

import pytest
from lint_scores import recall
from papers import needs_papers

from fengsui.adapters.read_document import load_document
from fengsui.application.linting import lint_lines
from fengsui.core.lint.finding import Severity
from fengsui.core.lint.registry import choose

DEMO = Path(__file__).resolve().parents[2] / "demo" / "yunzhou" / "plans"
LEAST = {"H": 0.85, "M": 0.65}
"""Share of the listed faults on thresholds, authority and deadlines; a little below what is reached."""


@pytest.mark.papers
@needs_papers
@pytest.mark.parametrize("severity", LEAST)
def test_the_faults_of_the_reviewed_plans_are_found(severity: str) -> None:
    found, listed = recall()[severity]
    assert found / listed >= LEAST[severity], (found, listed)


def test_plans_written_to_be_clean_have_no_grave_fault_and_few_others() -> None:
    rules = choose(("G", "A", "R"))
    found = []
    for path in sorted(DEMO.glob("*.docx")):
        document = load_document(path)
        found += lint_lines(document.lines, document.id, rules)
    assert [each.rule.name for each in found if each.severity is Severity.H] == []
    assert len([each for each in found if each.severity is Severity.M]) <= 2
