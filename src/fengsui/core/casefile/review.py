"""The after-action review (复盘): what the plan asked, what happened, when, and the gap, clause by clause."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from fengsui.core.casefile.asked import BAD, AskedLine, asked_lines
from fengsui.core.casefile.figures import CaseFigures, case_figures
from fengsui.core.citation import Citation
from fengsui.core.response.events import Recorded
from fengsui.core.response.events_aftermath import MatterKind
from fengsui.core.response.incident import Incident


@dataclass(frozen=True, slots=True, kw_only=True)
class ClauseGroup:
    """What one clause of one plan asked; ``clause`` "" for what nobody's clause asked."""

    plan_id: str
    clause: str
    lines: tuple[AskedLine, ...]

    @property
    def source(self) -> Citation | None:
        """A citation of the clause."""
        return next((line.source for line in self.lines if line.source is not None), None)

    @property
    def bad(self) -> int:
        """Lines with a gap that a review looks at."""
        return sum(line.gap in BAD for line in self.lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class AfterActionReview:
    """A case as its review shows it, as of ``at``."""

    at: datetime
    figures: CaseFigures
    groups: tuple[ClauseGroup, ...]
    actions: tuple[AskedLine, ...]

    @property
    def gaps(self) -> int:
        """Lines with a gap, over all clauses."""
        return sum(group.bad for group in self.groups)


def review(incident: Incident, stream: Sequence[Recorded], now: datetime) -> AfterActionReview:
    """The review of one incident; what was agreed to be mended stands apart from what was asked."""
    lines = asked_lines(incident, now)
    actions = tuple(line for line in lines if line.kind_of is MatterKind.CORRECTIVE)
    asked = [line for line in lines if line.kind_of is not MatterKind.CORRECTIVE]
    return AfterActionReview(
        at=now,
        figures=case_figures(incident, stream, asked),
        groups=_grouped(asked),
        actions=actions,
    )


def _grouped(lines: Sequence[AskedLine]) -> tuple[ClauseGroup, ...]:
    found: dict[tuple[str, str], list[AskedLine]] = {}
    for line in lines:
        key = (line.plan_id or "", line.source.clause) if line.source is not None else ("", "")
        found.setdefault(key, []).append(line)
    groups = [
        ClauseGroup(plan_id=plan_id, clause=clause, lines=tuple(sorted(listed, key=_by_gap)))
        for (plan_id, clause), listed in found.items()
    ]
    return tuple(sorted(groups, key=_by_place))


def _by_gap(line: AskedLine) -> tuple[bool, datetime]:
    return line.gap not in BAD, line.since


def _by_place(group: ClauseGroup) -> tuple[bool, str, int]:
    """Plan by plan in the order of the text; what no clause asked comes last."""
    source = group.source
    return source is None, group.plan_id, source.line if source is not None else 0
