"""Mending what is safe: the findings of a document → fixes, the mended lines, and a diff to look at."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import unified_diff

from fengsui.application.linting import contexts
from fengsui.core.lint.fix import MENDABLE, Fix, fixes_of
from fengsui.core.lint.registry import Registered
from fengsui.core.lint.run import run
from fengsui.core.reading.blocks import TextLine


def fixes(lines: Sequence[TextLine], document: str, rules: Iterable[Registered]) -> tuple[Fix, ...]:
    """What can be mended of all plans of a document, by line. Raises InputError as ``read_plans`` does."""
    chosen = tuple(item for item in rules if item.rule.name in MENDABLE)
    found = [fix for each in contexts(lines, document) for fix in fixes_of(each, run(each, chosen))]
    return tuple(sorted(found, key=lambda fix: (fix.line, fix.start)))


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
