"""All chosen rules over one plan."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from fengsui.core.lint.context import PlanContext
from fengsui.core.lint.finding import Finding, Hit, Rule, Severity, finding_of
from fengsui.core.lint.registry import Registered

UNREADABLE = Rule(code="F1", name="file-unreadable", severity=Severity.H)
"""A file that could not be read: the run reports it and goes on."""

FAILED = Rule(code="F2", name="rule-failed", severity=Severity.M)
"""A rule that broke on a plan: its result is unknown for that plan, which must not pass in silence."""

MOST_LINES = 12
"""A quote longer than this many lines is a paragraph, and highlighting all of it would point at nothing."""


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
        found += [_with_lines(finding_of(item.rule, hit, title), hit, context) for hit in hits]
    return tuple(sorted(found, key=lambda each: (each.line, each.rule.code, each.rule.name)))


def _with_lines(finding: Finding, hit: Hit, context: PlanContext) -> Finding:
    """The finding with every line its sentence is wrapped over, so that all of it is highlighted."""
    wanted = len("".join(hit.at.quote.split()))
    lines = set(finding.lines)
    start = hit.at.line - context.lines[0].number if context.lines else 0
    for line in context.lines[max(start, 0) : max(start, 0) + MOST_LINES]:
        if wanted <= 0:
            break
        text = "".join(line.text.split())
        if text:
            lines.add(line.number)
        wanted -= len(text)
    return replace(finding, lines=tuple(sorted(lines)))
