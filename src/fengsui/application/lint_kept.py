"""Findings as data to keep, and back."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cache
from typing import Any

from fengsui.core.citation import Citation
from fengsui.core.lint.finding import Elsewhere, Finding, Rule, Severity
from fengsui.core.lint.registry import all_rules
from fengsui.core.lint.reviewed import REVIEW
from fengsui.core.lint.run import FAILED, UNREADABLE


def findings_to(findings: Iterable[Finding]) -> str:
    """``findings`` as JSON; the words are not in it, only what fills them."""
    rows = [
        {
            "rule": found.rule.name,
            "severity": found.severity.value,
            "plan": found.plan,
            "clause": found.clause,
            "line": found.line,
            "lines": found.lines,
            "say": found.say,
            "data": dict(found.data),
            "evidence": found.evidence,
            "suggestion": found.suggestion,
            "elsewhere": [_place(each) for each in found.elsewhere],
        }
        for found in findings
    ]
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":"))


def findings_from(text: str) -> tuple[Finding, ...]:
    """The findings of ``findings_to``; those of a rule that is no more are left out."""
    rules = _rules()
    return tuple(_finding(row, rules[row["rule"]]) for row in json.loads(text) if row["rule"] in rules)


@cache
def _rules() -> dict[str, Rule]:
    return {rule.name: rule for rule in (*(item.rule for item in all_rules()), FAILED, UNREADABLE, REVIEW)}


def _finding(row: dict[str, Any], rule: Rule) -> Finding:
    return Finding(
        rule=rule,
        severity=Severity(row["severity"]),
        plan=row["plan"],
        clause=row["clause"],
        line=row["line"],
        lines=tuple(row["lines"]),
        say=row["say"],
        data=row["data"],
        evidence=row["evidence"],
        suggestion=row["suggestion"],
        elsewhere=tuple(_elsewhere(*place) for place in row["elsewhere"]),
    )


def _elsewhere(plan: str, key: str, document: str, clause: str, line: int, quote: str) -> Elsewhere:
    at = Citation(document=document, clause=clause, line=line, quote=quote)
    return Elsewhere(plan=plan, key=key, at=at)


def _place(each: Elsewhere) -> tuple[str, str, str, str, int, str]:
    at = each.at
    return each.plan, each.key, at.document, at.clause, at.line, at.quote
