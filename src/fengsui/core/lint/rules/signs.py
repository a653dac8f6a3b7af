"""Rules on single signs (S5): what a search, a copy or a machine misreads; all are mended by ``--fix``.

One finding a plan, because the same habit of typing runs through all of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from fengsui.core.citation import Citation
from fengsui.core.lint.context import PlanContext
from fengsui.core.lint.finding import Hit, Severity
from fengsui.core.lint.registry import rule
from fengsui.core.lint.signs import Slip, look_alikes, mixed_brackets, wide_figures


def _told(context: PlanContext, slips: Callable[[str], Iterator[Slip]]) -> Iterator[Hit]:
    places: list[Citation] = []
    first: Slip | None = None
    count = 0
    for line in context.lines:
        found = list(slips(line.text))
        if not found:
            continue
        first = first or found[0]
        count += len(found)
        quote = line.text.strip() if found[0].old in "()（）" else found[0].old
        places.append(Citation(document=context.outline.document, clause="", line=line.number, quote=quote))
    if first is not None:
        data = {"old": first.old, "new": first.new, "count": str(count)}
        yield Hit(at=places[0], others=tuple(places[1:]), data=data)


@rule(code="S5", name="figures-full-width", severity=Severity.L)
def figures_full_width(context: PlanContext) -> Iterator[Hit]:
    """Figures or Latin letters are typed in full width."""
    yield from _told(context, wide_figures)


@rule(code="S5", name="sign-look-alike", severity=Severity.L)
def sign_look_alike(context: PlanContext) -> Iterator[Hit]:
    """A level or a figure is written with a sign that only looks like it."""
    yield from _told(context, look_alikes)


@rule(code="S5", name="brackets-mixed", severity=Severity.L)
def brackets_mixed(context: PlanContext) -> Iterator[Hit]:
    """A bracket is opened in one width and closed in the other."""
    yield from _told(context, mixed_brackets)
