"""A plan with something in every section, for tests of comparing; and small changes to plant in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

from fengsui.core.citation import Citation
from fengsui.core.plan.authority import (
    ActivationAuthority,
    Contact,
    Duty,
    Headquarters,
    Measure,
    PlanUnit,
    Termination,
    WorkGroup,
)
from fengsui.core.plan.criterion import AllOf, AnyOf, Condition, Threshold
from fengsui.core.plan.level import BoundaryRule, Grade, LadderKind, Level, Logic, ResponseLevel
from fengsui.core.plan.model import Numbering, PlanContent, Statement
from fengsui.core.plan.reporting import ClockStart, Deadline, Drill, RevisionRule
from fengsui.core.plan.surroundings import PromisedResource, Reference, ReferenceKind


def at(line: int, clause: str = "一") -> Citation:
    return Citation(document="made", clause=clause, line=line, quote=f"第{line}行")


def deaths(low: int | None, high: int | None, line: int) -> Threshold:
    return Threshold(
        fact="deaths",
        unit="人",
        low=None if low is None else Decimal(low),
        high=None if high is None else Decimal(high),
        text=f"{low}人以上{high}人以下死亡",
        source=at(line),
    )


def level(step: Grade, name: str, *criteria: Any) -> Level:
    return Level(kind=LadderKind.EVENT_GRADE, level=step, name=name, criteria=criteria, source=at(10))


def _command() -> Headquarters:
    return Headquarters(
        name="云州防汛指挥部",
        aliases=("州指挥部",),
        commander="副州长",
        deputies=("州水利局局长", "州应急局局长"),
        office="州防汛办公室",
        source=at(30),
    )


def _deadlines() -> tuple[Deadline, ...]:
    return (
        Deadline(
            what="报告灾情",
            who="东河县人民政府",
            to=("州指挥部",),
            within="2小时",
            span=timedelta(hours=2),
            start=ClockStart.LEARNED,
            after="获悉后",
            source=at(40),
        ),
        Deadline(
            what="续报灾情进展",
            who="州指挥部",
            to=("州人民政府",),
            every="24小时",
            span=timedelta(hours=24),
            start=ClockStart.PREVIOUS,
            source=at(41),
        ),
    )


PLAN = PlanContent(
    title="云州防汛应急预案",
    document="made",
    first_line=1,
    last_line=99,
    numbering=Numbering.CHINESE,
    boundary_rule=BoundaryRule(
        text="以上含本数，以下不含本数", above_included=True, below_included=False, source=at(90)
    ),
    levels=(
        level(Grade.II, "重大", deaths(10, 30, 11), Condition(text="超出州级应对能力", source=at(11))),
        level(
            Grade.III, "较大", deaths(3, 10, 12), Condition(text="州指挥部认为需要的其他情形", source=at(12))
        ),
        level(Grade.IV, "一般", deaths(None, 3, 13)),
    ),
    activation=(
        ActivationAuthority(
            kind=LadderKind.RESPONSE,
            level=ResponseLevel.II,
            authority="州人民政府",
            proposer="州防汛办公室",
            source=at(20),
        ),
        ActivationAuthority(
            kind=LadderKind.RESPONSE, level=ResponseLevel.III, authority="州指挥部", source=at(21)
        ),
    ),
    termination=(Termination(authority="州指挥部", conditions=("险情排除",), source=at(25)),),
    deadlines=_deadlines(),
    command=_command(),
    units=(
        PlanUnit(name="州水利局", source=at(31)),
        PlanUnit(name="州应急管理局", aliases=("州应急局",), source=at(31)),
        PlanUnit(name="州气象台", source=at(31)),
    ),
    groups=(
        WorkGroup(
            name="抢险组", lead="州水利局", members=("州应急局", "州气象台"), duties="封堵决口", source=at(35)
        ),
        WorkGroup(name="安置组", lead="州应急局", members=("州水利局",), duties="安置群众", source=at(36)),
    ),
    duties=(
        Duty(unit="州水利局", text="负责水库调度和堤防巡查", source=at(50)),
        Duty(unit="州应急管理局", text="负责组织抢险队伍，调运物资", source=at(51)),
        Duty(unit="州气象台", text="负责雨情监测和预报", source=at(52)),
    ),
    measures=(
        Measure(text="加密雨情会商", who="州气象台", levels=(ResponseLevel.III,), source=at(60)),
        Measure(text="转移低洼地带群众", who="州指挥部", levels=(ResponseLevel.II,), source=at(61)),
    ),
    drills=(Drill(every="1年", scope="全州", source=at(70)),),
    revision=(RevisionRule(text="本预案每三年评估一次", every="3年", source=at(71)),),
    contacts=(Contact(unit="州防汛办公室", post=None, phone="0000-1234567", source=at(80)),),
    references=(
        Reference(
            kind=ReferenceKind.LAW, title="云州防汛条例", version="2020年修订", basis=True, source=at(5)
        ),
    ),
    resources=(PromisedResource(name="冲锋舟", quantity=Decimal(12), unit="艘", source=at(85)),),
    scope=(Statement(text="适用于云州境内洪水的应对", source=at(6)),),
)

Change = Callable[[PlanContent], PlanContent]


def with_item(section: str, place: int, **fields: Any) -> Change:
    """Change fields of one item of a list."""

    def change(plan: PlanContent) -> PlanContent:
        items = list(getattr(plan, section))
        items[place] = replace(items[place], **fields)
        return replace(plan, **{section: tuple(items)})

    return change


def without(section: str, place: int) -> Change:
    """Take one item of a list away."""

    def change(plan: PlanContent) -> PlanContent:
        items = list(getattr(plan, section))
        del items[place]
        return replace(plan, **{section: tuple(items)})

    return change


def with_command(**fields: Any) -> Change:
    """Change fields of the headquarters."""
    return lambda plan: replace(plan, command=replace(_command(), **fields))


def criteria(place: int, *items: Any) -> Change:
    """Give a level other criteria."""
    return with_item("levels", place, criteria=items)


_SAME_III = PLAN.levels[1].criteria[1]
PLANTED: dict[str, tuple[Change, str]] = {
    "a bound moved": (criteria(1, deaths(5, 10, 12), _SAME_III), "threshold_changed"),
    "a threshold gone": (criteria(1, _SAME_III), "threshold"),
    "a condition reworded": (
        criteria(1, PLAN.levels[1].criteria[0], replace(_SAME_III, text="州指挥部认为需要的特殊情形")),
        "condition_changed",
    ),
    "a level gone": (without("levels", 2), "level"),
    "another rule on bounds": (
        lambda plan: replace(
            plan,
            boundary_rule=BoundaryRule(
                text="均含本数", above_included=True, below_included=True, source=at(90)
            ),
            levels=tuple(
                replace(
                    each,
                    criteria=tuple(
                        replace(one, high_included=True) if isinstance(one, Threshold) else one
                        for one in each.criteria
                    ),
                )
                for each in plan.levels
            ),
        ),
        "boundary_rule",
    ),
    "another decides": (with_item("activation", 0, authority="州委"), "activation_authority"),
    "another proposes": (with_item("activation", 0, proposer="州水利局"), "activation_proposer"),
    "a power gone": (without("activation", 1), "activation"),
    "ended by another": (with_item("termination", 0, authority="州人民政府"), "termination_authority"),
    "a limit shortened": (
        with_item("deadlines", 0, within="1小时", span=timedelta(hours=1)),
        "deadline_limit",
    ),
    "a report to another": (with_item("deadlines", 0, to=("州人民政府",)), "deadline_to"),
    "an edge gone": (without("deadlines", 1), "deadlines"),
    "another commander": (with_command(commander="州长"), "command_commander"),
    "one deputy less": (with_command(deputies=("州水利局局长",)), "command_deputies"),
    "a unit gone": (without("units", 2), "units"),
    "another lead": (with_item("groups", 0, lead="州气象台"), "group_lead"),
    "one member less": (with_item("groups", 0, members=("州应急局",)), "group_members"),
    "a group gone": (without("groups", 1), "groups"),
    "a duty changed": (with_item("duties", 0, text="负责水库调度和险工巡查"), "duty_text"),
    "a duty to another": (with_item("duties", 2, unit="州水利局"), "duty_unit"),
    "a duty gone": (without("duties", 1), "duties"),
    "a measure at other levels": (
        with_item("measures", 0, levels=(ResponseLevel.II, ResponseLevel.III)),
        "measure_levels",
    ),
    "a measure by another": (with_item("measures", 0, who="州水利局"), "measure_who"),
    "drills less often": (with_item("drills", 0, every="2年"), "drill_every"),
    "revised less often": (
        with_item("revision", 0, text="本预案每五年评估一次", every="5年"),
        "revision_every",
    ),
    "another number": (with_item("contacts", 0, phone="0000-7654321"), "contact_phone"),
    "another version of a law": (with_item("references", 0, version="2024年修订"), "reference_version"),
    "fewer boats": (with_item("resources", 0, quantity=Decimal(8)), "resource_quantity"),
    "a wider scope": (
        with_item("scope", 0, text="适用于云州境内洪水和干旱的应对"),
        "scope_text",
    ),
}
"""Changes by name, each with the code of the one difference it makes."""

EQUAL: dict[str, Change] = {
    "clauses renumbered and moved": lambda plan: replace(
        plan,
        duties=tuple(
            replace(duty, source=at(duty.source.line + 30, "九（二）")) for duty in reversed(plan.duties)
        ),
        levels=tuple(reversed(plan.levels)),
    ),
    "punctuation and item labels": with_item("duties", 0, text="（1）负责水库调度，和堤防巡查。"),
    "an alias instead of the name": with_item("duties", 1, unit="州应急局"),
    "the short name of the headquarters": with_item("activation", 1, authority="云州防汛指挥部"),
    "members in another order": with_item("groups", 0, members=("州气象台", "州应急管理局")),
    "alternatives written as one criterion": lambda plan: with_item(
        "levels",
        1,
        criteria=(AnyOf(parts=plan.levels[1].criteria, text="之一", source=at(12)),),
    )(plan),
    "a single condition that all are needed of": with_item(
        "levels",
        2,
        criteria=(AllOf(parts=PLAN.levels[2].criteria, text="同时", source=at(13)),),
        logic=Logic.ALL,
    ),
    "the limit in other words": with_item("deadlines", 0, within="两小时"),
}
"""Changes that mean nothing."""
