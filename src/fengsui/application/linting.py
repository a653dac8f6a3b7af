"""Checking a document: its lines → one context per plan → findings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from fengsui.core.lint.context import PlanContext
from fengsui.core.lint.finding import Finding
from fengsui.core.lint.registry import Registered
from fengsui.core.lint.run import run
from fengsui.core.reading.blocks import TextLine
from fengsui.core.reading.draft import plan_outlines, read_plan


def contexts(lines: Sequence[TextLine], document: str) -> tuple[PlanContext, ...]:
    """What the rules look at, for every plan of the document. Raises InputError as ``read_plans`` does."""
    found = []
    for outline in plan_outlines(lines, document):
        draft = read_plan(outline)
        own = tuple(line for line in lines if outline.first_line <= line.number <= outline.last_line)
        found.append(PlanContext(content=draft.content, outline=outline, doubts=draft.doubts, lines=own))
    return tuple(found)


def lint_lines(lines: Sequence[TextLine], document: str, rules: Iterable[Registered]) -> tuple[Finding, ...]:
    """Findings of every plan of the document, in order. Raises InputError as ``read_plans`` does."""
    chosen = tuple(rules)
    return tuple(finding for context in contexts(lines, document) for finding in run(context, chosen))
