"""The check measured: faults of the source papers that it finds, and silence on plans written to be clean."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from lint_scores import ALL, recall, shared_findings
from papers import needs_papers

from fengsui.adapters.read_document import load_document
from fengsui.application.lint_words import message, suggestion
from fengsui.application.linting import lint_lines
from fengsui.application.wording import LANGUAGES
from fengsui.core.lint.finding import Severity
from fengsui.core.lint.law import laws
from fengsui.core.lint.registry import choose

DEMO = Path(__file__).resolve().parents[2] / "demo" / "yunzhou" / "plans"
LEAST = {"H": 0.90, "M": 0.65, "L": 0.40}
"""Share of the listed faults that must be found."""


@pytest.mark.papers
@needs_papers
@pytest.mark.parametrize("severity", LEAST)
def test_the_faults_of_the_reviewed_plans_are_found(severity: str) -> None:
    found, listed = recall(ALL)[severity]
    assert found / listed >= LEAST[severity], (found, listed)


def test_plans_written_to_be_clean_have_no_grave_fault_and_few_others() -> None:
    rules = choose()
    found = []
    for path in sorted(DEMO.glob("*.docx")):
        document = load_document(path)
        found += lint_lines(document.lines, document.id, rules)
    assert [each.rule.name for each in found if each.severity is Severity.H] == []
    assert len([each for each in found if each.severity is Severity.M]) <= 2


@pytest.mark.papers
@needs_papers
def test_no_finding_names_an_article_that_is_not_verified() -> None:
    known = {
        f"{law.cited(each, language)}"
        for law in laws().values()
        for each in law.sets
        for language in LANGUAGES
        if each.article
    }
    article = re.compile(r"《[^《》]+》(?:（[^（）]+）)?(?:第\s*\d+\s*条| art\. \d+)")
    for found in shared_findings():
        for language in LANGUAGES:
            said = f"{message(found, language)} {suggestion(found, language)}"
            said = said.replace(found.evidence, "") if found.evidence else said
            if found.rule.name == "law-article-wrong":
                continue  # it repeats the number of the plan, to say that there is none
            assert {each.group() for each in article.finditer(said)} <= known, said


@pytest.mark.papers
@needs_papers
def test_no_rule_breaks_on_a_paper() -> None:
    assert [each for each in shared_findings() if each.rule.code in ("F1", "F2")] == []
