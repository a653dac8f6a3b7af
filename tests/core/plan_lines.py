"""Plans for tests, written as plain lines and read the way a text file is."""

from __future__ import annotations

from fengsui.core.plan.criterion import AllOf, AnyOf, Condition, Criterion, Threshold
from fengsui.core.plan.level import Level
from fengsui.core.reading.blocks import TextLine
from fengsui.core.reading.build_outline import build_outlines
from fengsui.core.reading.extract import Extracted
from fengsui.core.reading.extract.levels import extract_levels
from fengsui.core.reading.outline import Outline

HEAD = (
    "云州突发事件应急预案\n1 总则\n1.1 编制目的\n为做好应急工作，制定本预案。\n"
    "1.2 编制依据\n依据有关规定，制定本预案。\n"
    "1.3 适用范围\n本预案适用于云州。\n"
)


def outline_of(text: str) -> Outline:
    """The outline of a plan that begins with an invented title and first chapter."""
    lines = [TextLine(number=i, text=line) for i, line in enumerate((HEAD + text).split("\n"), 1)]
    (outline,) = build_outlines(lines, "test")
    return outline


def levels_of(text: str) -> Extracted[Level]:
    """The levels of such a plan."""
    return extract_levels(outline_of(text))


def shown(criterion: Criterion) -> object:
    """A criterion in short: (fact, low, high), the fact or words of a condition, or a tuple of parts."""
    if isinstance(criterion, Threshold):
        low = None if criterion.low is None else float(criterion.low)
        high = None if criterion.high is None else float(criterion.high)
        return criterion.fact, low, high
    if isinstance(criterion, Condition):
        return criterion.fact or criterion.text
    kind = "all" if isinstance(criterion, AllOf) else "any"
    assert isinstance(criterion, AllOf | AnyOf)
    return kind, *[shown(part) for part in criterion.parts]


def summary(found: Extracted[Level]) -> dict[tuple[str, str], list[object]]:
    """{(kind, level): criteria in short} of the levels found."""
    return {
        (level.kind.value, level.level.value): [shown(criterion) for criterion in level.criteria]
        for level in found.items
    }
