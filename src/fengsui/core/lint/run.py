"""All chosen rules over one plan."""

from __future__ import annotations

from collections.abc import Iterable

from fengsui.core.lint.context import PlanContext
from fengsui.core.lint.finding import Finding, Hit, Rule, Severity, finding_of
from fengsui.core.lint.registry import Registered

UNREADABLE = Rule(code="F1", name="file-unreadable", severity=Severity.H)
"""A file that could not be read: the run reports it and goes on."""

FAILED = Rule(code="F2", name="rule-failed", severity=Severity.M)
"""A rule that broke on a plan: its result is unknown for that plan, which must not pass in silence."""


def run(context: PlanContext, rules: Iterable[Registered]) -> tuple[Finding, ...]:
    """What ``rules`` find in one plan, by line; a rule that raises gives one finding and stops no other."""
    found: list[Finding] = []
    title = context.content.title
    for item in rules:
        try:
            # In full before any is kept: half of the findings of a broken rule would mislead.
            hits = list(item.check(context))
        except Exception as problem:  # a rule is a plug-in: whatever it does, the others go on
            data = {"rule": item.rule.name, "problem": type(problem).__name__}
            hits = [Hit(at=context.whole(), mend="", data=data)]
            found.append(finding_of(FAILED, hits[0], title))
            continue
        found += [finding_of(item.rule, hit, title) for hit in hits]
    return tuple(sorted(found, key=lambda each: (each.line, each.rule.code, each.rule.name)))
