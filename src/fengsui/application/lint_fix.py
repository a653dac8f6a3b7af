"""Mending what is safe: the findings of a document → fixes, the mended lines, and a diff to look at."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import date
from difflib import unified_diff

from fengsui.application.linting import contexts
from fengsui.core.lint.dismissal import Dismissal, split
from fengsui.core.lint.finding import Finding
from fengsui.core.lint.fix import MENDABLE, Fix, fixes_of
from fengsui.core.lint.registry import Registered
from fengsui.core.lint.run import run
from fengsui.core.reading.blocks import TextLine

Keep = Callable[[Sequence[Finding]], Sequence[Finding]]
"""Of the findings of a document those to mend (not what somebody has put aside)."""


def fixes(
    lines: Sequence[TextLine], document: str, rules: Iterable[Registered], keep: Keep | None = None
) -> tuple[Fix, ...]:
    """What can be mended of all plans of a document, by line. Raises InputError as ``read_plans`` does."""
    chosen = tuple(item for item in rules if item.rule.name in MENDABLE)
    found = [(each, run(each, chosen)) for each in contexts(lines, document)]
    every = [finding for _, findings in found for finding in findings]
    # By identity: equal findings of two plans with one title may have been judged apart.
    kept = {id(finding) for finding in (every if keep is None else keep(every))}
    made = [
        fix
        for each, findings in found
        for fix in fixes_of(each, [finding for finding in findings if id(finding) in kept])
    ]
    return tuple(sorted(made, key=lambda fix: (fix.line, fix.start)))


def not_put_aside(dismissals: Collection[Dismissal], on: date) -> Keep:
    """Keeps the findings nobody answers for on the day ``on``."""
    return lambda findings: split(findings, dismissals, on).shown


def mended(text: str, fixes: Sequence[Fix]) -> str:
    """One line with its fixes made; ``fixes`` are those of this line, by place."""
    for fix in reversed(fixes):
        text = text[: fix.start] + fix.new + text[fix.end :]
    return text


def mended_lines(lines: Sequence[TextLine], fixes: Sequence[Fix]) -> list[str]:
    """The text of every line with the fixes made."""
    by_line: dict[int, list[Fix]] = {}
    for fix in fixes:
        by_line.setdefault(fix.line, []).append(fix)
    return [mended(line.text, by_line.get(line.number, ())) for line in lines]


def diff(file: str, lines: Sequence[TextLine], fixes: Sequence[Fix]) -> str:
    """What would change, as a unified diff; "" where nothing would."""
    before = [line.text for line in lines]
    changes = unified_diff(before, mended_lines(lines, fixes), file, file, n=1, lineterm="")
    return "".join(f"{change}\n" for change in changes)
