"""The course of a response as the plan orders it (响应流程图): from the first report to the end."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from fengsui.core.plan.authority import ActivationAuthority, Measure, Termination
from fengsui.core.plan.chart.shapes import Box, Chart, Content, Line, Say, grid, heading_citation, place
from fengsui.core.plan.level import AnyLevel, LadderKind, Level
from fengsui.core.plan.model import PlanContent
from fengsui.core.plan.reporting import Deadline

WIDTH = 1120.0
MARGIN = 16.0
STAGE_WIDTH, GAP, STEP = 172.0, 30.0, 38.0
MOST_EDGES, MOST_MEASURES = 12, 4
"""Report edges drawn, and measures told in one box; the rest is counted and named as left out."""
_ADJUST = re.compile(
    r"(?:响应|级别|等级).{0,8}(?:调整|变更|升降)|调整.{0,8}(?:响应|级别|等级)|(?:提高|降低|提升)响应"
)


@dataclass(frozen=True, slots=True)
class _Stage:
    """One step of the course with the boxes that say who does what and when."""

    code: str
    boxes: tuple[Content, ...]
    columns: int


def flow_chart(content: PlanContent, say: Say) -> Chart:
    """Report, grade, decide, act, adjust, end: each step with its bodies, limits and clauses."""
    stages = (
        _Stage("report", _reports(content.deadlines, say), 3),
        _Stage("grade", _grades(content.levels, say), 4),
        _Stage("decide", _decisions(content.activation, say), 4),
        _Stage("act", _measures(content.measures, say), 3),
        _Stage("adjust", _adjustments(content, say), 3),
        _Stage("end", _ends(content.termination, say), 3),
    )
    boxes: list[Box] = []
    lines: list[Line] = []
    y, above = MARGIN, None
    for stage in stages:
        head, found, y = _lay(stage, y, say)
        lines.append(Line(points=((head.right, head.y + 18), (found[0].x, head.y + 18))))
        if above is not None:
            lines.append(Line(points=((above.middle, above.bottom), (head.middle, head.y))))
        boxes += [head, *found]
        above, y = head, y + STEP
    return Chart(
        name="flow",
        title=say("flow_title", title=content.title),
        desc=say(
            "flow_desc",
            reports=sum(1 for item in content.deadlines if item.is_report),
            levels=len(content.activation),
        ),
        width=WIDTH,
        height=y - STEP + MARGIN,
        boxes=tuple(boxes),
        lines=tuple(lines),
    )


def _lay(stage: _Stage, y: float, say: Say) -> tuple[Box, tuple[Box, ...], float]:
    """The box of a stage with its own boxes at the right, and the y below both."""
    contents = stage.boxes or (Content(kind="missing", title=say(f"no_{stage.code}")),)
    left = MARGIN + STAGE_WIDTH + GAP
    found, bottom = grid(contents, left, y, WIDTH - left - MARGIN, stage.columns, say, lines=4)
    title = Content(kind="stage", title=say(f"stage_{stage.code}"))
    head = place(title, MARGIN, y, STAGE_WIDTH)
    return head, found, max(bottom, head.bottom)


def _reports(deadlines: Sequence[Deadline], say: Say) -> tuple[Content, ...]:
    edges = [item for item in deadlines if item.is_report]
    found = [_edge(item, say) for item in edges[:MOST_EDGES]]
    if len(edges) > MOST_EDGES:
        found.append(Content(kind="more", title=say("more_edges", count=len(edges) - MOST_EDGES)))
    return tuple(found)


def _edge(item: Deadline, say: Say) -> Content:
    who, to = item.who or say("unnamed"), "、".join(item.to) or say("unnamed")
    body = [limit_words(item, say)]
    if item.what and item.what not in (who, to):
        body.append(item.what)
    if item.levels or item.level_names:
        body.append(say("only_levels", levels="、".join(item.level_names) or levels_words(item.levels, say)))
    return Content(kind="report", title=say("edge", who=who, to=to), body=tuple(body), source=item.source)


def limit_words(item: Deadline, say: Say) -> str:
    """When a report or a task is due, in the words of the plan."""
    after = item.after or ""
    if item.every:
        return say("every", every=item.every)
    if item.by:
        return say("by", by=item.by)
    if item.within:
        return say("within_after" if after else "within", within=item.within, after=after)
    return say("no_limit")


def levels_words(levels: Sequence[AnyLevel], say: Say) -> str:
    """Levels of any scale in short words."""
    return "、".join(say(f"level_{level.value}") for level in levels)


def _grades(levels: Sequence[Level], say: Say) -> tuple[Content, ...]:
    own = [level for level in levels if level.kind is LadderKind.EVENT_GRADE]
    own = own or [level for level in levels if level.kind is LadderKind.RESPONSE]
    return tuple(_grade(level, say) for level in sorted(own, key=lambda each: each.level.rank))


def _grade(level: Level, say: Say) -> Content:
    kind = say(f"ladder_{level.kind.value}")
    roman = say(f"level_{level.level.value}")
    title = say("grade_name", level=roman, name=level.name) if level.name and level.name != roman else roman
    which = "、".join(part for part in (level.hazard, level.subtype) if part)
    first = level.criteria[0].text if level.criteria else say("no_criteria")
    body = [kind + (f"（{which}）" if which else ""), first]
    if len(level.criteria) > 1:
        body.append(say("more_criteria", count=len(level.criteria)))
    return Content(kind=f"level-{level.level.value}", title=title, body=tuple(body), source=level.source)


def _decisions(powers: Sequence[ActivationAuthority], say: Say) -> tuple[Content, ...]:
    own = [power for power in powers if power.kind is LadderKind.RESPONSE] or list(powers)
    own.sort(key=lambda power: power.level.rank if power.level else 0)
    return tuple(_decision(power, say) for power in own)


def _decision(power: ActivationAuthority, say: Say) -> Content:
    level = say(f"level_{power.level.value}") if power.level else say("any_level")
    body = [say("proposes", name=power.proposer)] if power.proposer else [say("no_proposer")]
    body.append(say("delegated_to" if power.delegated else "decides", name=power.authority))
    if power.approver:
        body.append(say("approves", name=power.approver))
    if power.report_to:
        body.append(say("told", names="、".join(power.report_to)))
    kind = f"level-{power.level.value}" if power.level else "power"
    return Content(kind=kind, title=say("response_of", level=level), body=tuple(body), source=power.source)


def _measures(measures: Sequence[Measure], say: Say) -> tuple[Content, ...]:
    """One box for each set of levels; a measure shown as text only is counted with the others."""
    sets: dict[tuple[AnyLevel, ...], list[Measure]] = {}
    for measure in measures:
        sets.setdefault(measure.levels, []).append(measure)
    order = sorted(sets.items(), key=lambda pair: min((level.rank for level in pair[0]), default=9))
    found = []
    for levels, items in order:
        name = levels_words(levels, say) if levels else say("any_level")
        shown = [f"· {item.text}" for item in items[:MOST_MEASURES]]
        rest = len(items) - len(shown)
        more = (say("more_measures", count=rest),) if rest > 0 else ()
        title = say("measures_of", level=name, count=len(items))
        kind = f"level-{levels[0].value}" if len(levels) == 1 else "measure"
        found.append(Content(kind=kind, title=title, body=(*shown, *more), source=items[0].source))
    return tuple(found)


def _adjustments(content: PlanContent, say: Say) -> tuple[Content, ...]:
    named = [measure for measure in content.measures if _ADJUST.search(measure.text)][:3]
    if named:
        return tuple(
            Content(kind="adjust", title=item.who or say("unnamed"), body=(item.text,), source=item.source)
            for item in named
        )
    headings = [heading for heading in content.headings if _ADJUST.search(heading.title)][:3]
    return tuple(
        Content(
            kind="adjust",
            title=f"{heading.number} {heading.title}".strip(),
            body=(say("see_clause"),),
            source=heading_citation(content, heading),
        )
        for heading in headings
    )


def _ends(ends: Sequence[Termination], say: Say) -> tuple[Content, ...]:
    found = []
    for end in ends:
        level = say(f"level_{end.level.value}") if end.level else say("any_level")
        body = [say("proposes", name=end.proposer)] if end.proposer else []
        body += [f"· {condition}" for condition in end.conditions[:3]]
        who = end.authority or say("unnamed")
        found.append(
            Content(
                kind="end", title=say("ended_by", level=level, name=who), body=tuple(body), source=end.source
            )
        )
    return tuple(found)
