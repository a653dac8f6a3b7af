"""Reports that run slower below, and drills that are held more rarely than the upper plan asks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fengsui.core.lint.across.context import AcrossContext, Linked, PlanHit, elsewhere
from fengsui.core.lint.across.digest import Edge
from fengsui.core.lint.finding import Hit, Severity
from fengsui.core.lint.registry import across_rule
from fengsui.core.plan.compare_linkage import same_edge

_BELOW = re.compile(r"各|下级|所属|县|区|乡|镇|部门|单位|预案")


@across_rule(code="X1", name="report-slower-than-upper", severity=Severity.H, basis="plan_management")
def check_reports(across: AcrossContext) -> Iterator[PlanHit]:
    """A report for which the plan above gives less time."""
    for pair in across.linked:
        for own, theirs in _slower(pair):
            data = {
                "who": own.who or "",
                "to": "、".join(own.to),
                "own": own.words,
                "theirs": theirs.words,
                "other": pair.upper.title,
            }
            places = (elsewhere(pair.upper, theirs.at),)
            yield PlanHit(pair.lower, Hit(at=pair.lower.cite(own.at), data=data, elsewhere=places))


def _slower(pair: Linked) -> Iterator[tuple[Edge, Edge]]:
    told: set[int] = set()
    most: dict[tuple[str, bool], float] = {}
    for edge in pair.lower.edges:
        key = (edge.start, bool(edge.every))
        most[key] = max(most.get(key, 0.0), edge.limit)
    for theirs in pair.upper.edges:
        if theirs.limit <= 0 or most.get((theirs.start, bool(theirs.every)), 0.0) <= theirs.limit:
            continue  # at once, or nothing below that starts alike is slower
        own = [x for x in pair.lower.edges if same_edge(theirs, pair.upper.title, x, pair.lower.title)]
        if not own:
            continue
        # One edge quick enough will do: another may be that of a later report.
        quickest = min(own, key=lambda edge: edge.limit)
        if quickest.limit > theirs.limit and quickest.at.line not in told:
            told.add(quickest.at.line)
            yield quickest, theirs


@across_rule(code="X1", name="drills-rarer-than-upper", severity=Severity.L, basis="plan_management")
def check_drills(across: AcrossContext) -> Iterator[PlanHit]:
    """Drills or evaluations further apart than the plan above allows its own and those below."""
    for pair in across.linked:
        for what in ("drill", "evaluation"):
            own = [turn for turn in pair.lower.turns if turn.what == what]
            theirs = [turn for turn in pair.upper.turns if turn.what == what and _asked(turn.who, pair)]
            if not own or not theirs:
                continue
            mine, wanted = min(own, key=lambda x: x.days), min(theirs, key=lambda x: x.days)
            if mine.days > wanted.days:
                data = {"own": mine.words, "theirs": wanted.words, "other": pair.upper.title}
                say = None if what == "drill" else "evaluated-rarer-than-upper"
                places = (elsewhere(pair.upper, wanted.at),)
                hit = Hit(at=pair.lower.cite(mine.at), say=say, mend=say, data=data, elsewhere=places)
                yield PlanHit(pair.lower, hit)


def _asked(who: str | None, pair: Linked) -> bool:
    """Whether an interval is meant for those below too."""
    return who is None or pair.upper.subject == pair.lower.subject or bool(_BELOW.search(who))
