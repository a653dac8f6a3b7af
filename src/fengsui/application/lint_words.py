"""Findings of the check in words, and the page that lists the rules."""

from __future__ import annotations

from typing import Any

from fengsui.application.wording import word
from fengsui.core.lint.finding import Finding, Rule
from fengsui.core.lint.registry import all_rules


def message(finding: Finding, language: str = "zh") -> str:
    """The sentence that says what is wrong."""
    return word("lint_say", finding.say, language, **finding.data)


def suggestion(finding: Finding, language: str = "zh") -> str | None:
    """How to mend it, None where there is nothing to suggest."""
    if finding.suggestion is None:
        return None
    return word("lint_mend", finding.suggestion, language, **finding.data)


MOST_PLACES = 6
"""Places in other plans that are told with a finding."""


def see_also(finding: Finding, language: str = "zh") -> list[str]:
    """The places in other plans that a finding between plans rests on, in words."""
    told = []
    for each in finding.elsewhere[:MOST_PLACES]:
        code = "elsewhere" if each.at.clause else "elsewhere_whole"
        told.append(
            word("lint", code, language, plan=each.plan, clause=each.at.clause, line=str(each.at.line))
        )
    return told


def finding_table(finding: Finding, file: str, language: str = "zh") -> dict[str, Any]:
    """One finding by the command contract; ``others`` only where places in other plans belong to it."""
    others = [{"plan": each.plan, **each.at.as_row()} for each in finding.elsewhere]
    return {
        "file": file,
        "plan": finding.plan,
        "rule": finding.rule.code,
        "name": finding.rule.name,
        "severity": finding.severity.value,
        "clause": finding.clause,
        "line": finding.line,
        "lines": list(finding.lines),
        "message": message(finding, language),
        "evidence": finding.evidence,
        "suggestion": suggestion(finding, language),
        **({"others": others} if others else {}),
    }


def explained(rule: Rule, language: str = "zh") -> list[str]:
    """What a rule means, why it matters, a faulty and a mended example, and what demands it."""
    lines = [
        f"{rule.code} {rule.name}  [{word('lint', f'severity_{rule.severity.value}', language)}]",
        word("lint_rule", rule.name, language),
        word("lint_why", rule.name, language),
        word("lint", "bad", language, text=word("lint_bad", rule.name, language)),
        word("lint", "good", language, text=word("lint_good", rule.name, language)),
    ]
    if rule.basis is not None:
        lines.append(word("lint", "basis", language, text=word("lint_basis", rule.basis, language)))
    return lines


def rules_page(language: str = "zh") -> str:
    """The page ``docs/lint-rules.md``: every rule with meaning and examples, by class."""
    lines = [f"# {word('lint', 'page_title', language)}", "", word("lint", "page_lead", language)]
    for item in all_rules():
        head, meaning, why, *rest = explained(item.rule, language)
        lines += ["", f"## {head}", "", meaning, "", why, "", *(f"- {each}" for each in rest)]
    return "\n".join(lines) + "\n"
