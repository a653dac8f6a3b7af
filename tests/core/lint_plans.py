"""Plans made for the tests of the check: ladders of invented figures, plans of invented places."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from fengsui.application.linting import contexts
from fengsui.core.citation import Citation
from fengsui.core.lint.context import PlanContext
from fengsui.core.lint.finding import Finding
from fengsui.core.lint.registry import choose
from fengsui.core.lint.run import run
from fengsui.core.plan.criterion import Threshold
from fengsui.core.plan.level import BoundaryRule, Grade, LadderKind, Level
from fengsui.core.plan.model import Numbering, PlanContent
from fengsui.core.reading.blocks import TextLine
from fengsui.core.reading.outline import Outline, Section

TITLE = "云州灾害应急预案"
Band = tuple[int | None, int | None]


def cite(line: int, quote: str = "x人以上y人以下") -> Citation:
    return Citation(document="made", clause="一", line=line, quote=quote)


def ladder(bands: Sequence[Band], fact: str = "evacuated", first_line: int = 10) -> tuple[Level, ...]:
    """Levels from the lowest up, with one band each; 以上 includes, 以下 does not."""
    steps = (Grade.IV, Grade.III, Grade.II, Grade.I)
    names = ("一般灾害", "较大灾害", "重大灾害", "特别重大灾害")
    return tuple(
        Level(
            kind=LadderKind.EVENT_GRADE,
            level=step,
            name=name,
            criteria=(
                Threshold(
                    fact=fact,
                    unit="人",
                    low=None if low is None else Decimal(low),
                    high=None if high is None else Decimal(high),
                    text=f"转移{low}人以上{high}人以下",
                    source=cite(first_line + index),
                ),
            ),
            source=cite(first_line + index),
        )
        for index, (step, name, (low, high)) in enumerate(zip(steps, names, bands, strict=True))
    )


def context_of(levels: tuple[Level, ...], title: str = TITLE) -> PlanContext:
    """A plan that holds these levels and nothing else."""
    rule = BoundaryRule(text="", above_included=True, below_included=False, source=cite(90))
    content = PlanContent(
        title=title,
        document="made",
        first_line=1,
        last_line=99,
        numbering=Numbering.CHINESE,
        boundary_rule=rule,
        levels=levels,
    )
    root = Section(number="", title="", clause="", depth=0, line=1, last_line=99)
    outline = Outline(
        document="made", title=title, first_line=1, last_line=99, numbering=Numbering.CHINESE, root=root
    )
    return PlanContext(content=content, outline=outline)


def found(context: PlanContext, *select: str) -> tuple[Finding, ...]:
    """What the chosen rules find."""
    return run(context, choose(select))


def read(text: str) -> PlanContext:
    """The one plan of a text, as read."""
    lines = [TextLine(number=n, text=line) for n, line in enumerate(text.strip().splitlines(), 1)]
    (context,) = contexts(lines, "made")
    return context


def names(context: PlanContext, *select: str) -> set[str]:
    """The names of the rules that find something."""
    return {each.rule.name for each in found(context, *select)}
