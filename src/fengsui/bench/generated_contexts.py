"""Drawn plans as the rules look at them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from fengsui.bench.generated_plans import NAMES, QUOTES, ROMAN, Made, Power, Scale, Step, name_of
from fengsui.core.citation import Citation
from fengsui.core.lint.context import PlanContext
from fengsui.core.plan.authority import ActivationAuthority, Headquarters, Measure, Termination
from fengsui.core.plan.criterion import AllOf, Criterion, Threshold
from fengsui.core.plan.level import STEP_OF, AnyLevel, BoundaryRule, LadderKind, Level, Logic
from fengsui.core.plan.model import Doubt, Numbering, PlanContent
from fengsui.core.plan.reporting import ClockStart, Deadline
from fengsui.core.reading.outline import Outline, Section

_Cite = Callable[..., Citation]


def context_of(plan: Made) -> PlanContext:
    """The plan as the rules look at it."""
    document = name_of(plan.number)

    def cite(clause: str, line: int, quote: str = "") -> Citation:
        return Citation(document=document, clause=clause, line=line, quote=quote)

    rule = BoundaryRule(text="", above_included=True, below_included=False, source=cite("9", 900))
    content = PlanContent(
        title=plan.title,
        document=document,
        first_line=1,
        last_line=999,
        numbering=Numbering.DECIMAL,
        boundary_rule=rule if plan.declared else None,
        levels=tuple(_level(scale, step, cite) for scale in plan.scales for step in scale.steps),
        activation=tuple(_authority(power, cite("4", power.line, power.quote)) for power in plan.powers),
        termination=tuple(
            Termination(
                authority=end.who,
                level=_step(LadderKind.RESPONSE, end.roman),
                source=cite("6", end.line, end.quote),
            )
            for end in plan.ends
        ),
        command=Headquarters(name=plan.hq, source=cite("2", 50)) if plan.hq else None,
        measures=tuple(
            Measure(
                text="转移群众", levels=(STEP_OF[LadderKind.RESPONSE](ROMAN[roman]),), source=cite("8", at)
            )
            for roman, at in plan.measures
        ),
        deadlines=tuple(_deadline(hours, cite("5", line)) for hours, line in plan.hours),
    )
    doubts = tuple(
        Doubt(
            about="activation",
            why="no_authority",
            text="",
            source=cite("7", line, "启动响应" if grave else "另行规定"),
        )
        for line, grave in plan.doubts
    )
    root = Section(number="", title="", clause="", depth=0, line=1, last_line=999)
    outline = Outline(
        document=document,
        title=plan.title,
        first_line=1,
        last_line=999,
        numbering=Numbering.DECIMAL,
        root=root,
    )
    return PlanContext(content=content, outline=outline, doubts=doubts)


def _step(kind: LadderKind, roman: int | None) -> AnyLevel | None:
    return None if roman is None else STEP_OF[kind](ROMAN[roman])


def _level(scale: Scale, step: Step, cite: _Cite) -> Level:
    bounds: list[Criterion] = [
        Threshold(
            fact=each.fact,
            unit=each.unit,
            low=each.low,
            high=each.high,
            low_included=each.low_included,
            high_included=each.high_included,
            positive=each.positive,
            window_h=each.hours,
            text="甲以上",
            source=cite("3", each.line, QUOTES[each.quote]),
        )
        for each in step.bounds
    ]
    if step.wrapped:
        both = AllOf(parts=tuple(bounds[:2]), text="", source=cite("3", step.line))
        bounds = [both, *bounds[2:]]
    return Level(
        kind=scale.kind,
        level=STEP_OF[scale.kind](ROMAN[step.roman]),
        name=NAMES[scale.kind][step.roman],
        hazard=scale.hazard,
        logic=Logic.ALL if step.every else Logic.ANY,
        criteria=tuple(bounds),
        source=cite("3", step.line),
    )


def _authority(power: Power, source: Citation) -> ActivationAuthority:
    assert power.kind is not None
    return ActivationAuthority(
        kind=power.kind,
        level=_step(power.kind, power.roman),
        authority=power.who,
        proposer=power.proposer,
        approver=power.approver,
        hazard=power.hazard,
        source=source,
    )


def _deadline(hours: int, source: Citation) -> Deadline:
    return Deadline(
        what="报告",
        who="县应急管理局",
        to=("县人民政府",),
        within=f"{hours}小时",
        span=timedelta(hours=hours),
        start=ClockStart.RECEIVED,
        source=source,
    )
