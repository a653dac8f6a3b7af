"""``fengsui respond run``: a whole response in memory, by the same use cases as the live desk.

Every body the plan names is taken to exist, with a post that acts for it; a duty officer is added.
Nothing is stored and nothing is sent.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from fengsui.application.desk import Actor, Desk
from fengsui.application.incidents import judge, open_incident
from fengsui.application.proposals import Answer, answer_proposal, propose
from fengsui.application.views import Situation, situation
from fengsui.application.wording import word
from fengsui.bootstrap import desk_in_memory
from fengsui.core.directory import Directory, Post, Role, Unit
from fengsui.core.errors import InputError
from fengsui.core.fact import Figure, register
from fengsui.core.facts_input import Knowledge, spec_of
from fengsui.core.grading.evaluate import walk
from fengsui.core.plan.binding import DRY_RUN_CODE, directory_from_plan, suggest_bindings
from fengsui.core.plan.criterion import Condition
from fengsui.core.plan.level import ResponseLevel
from fengsui.core.plan.model import Plan, PlanContent, PlanKind
from fengsui.core.response.decisions.propose import Outside
from fengsui.core.response.decisions.record import Call, Reported
from fengsui.core.response.power import Power, activation_power

DUTY = Post(
    id="duty",
    title="值班员",
    unit="desk",
    jurisdiction=DRY_RUN_CODE,
    roles=frozenset({Role.DUTY_OFFICER}),
)
PLAN_ID = "plan"


@dataclass(frozen=True, slots=True, kw_only=True)
class DryRun:
    """What came out: the situation at the end, how the level was found, who decided."""

    plan: Plan
    situation: Situation
    level: ResponseLevel
    power: Power
    approved_by: str
    outside: bool


def plan_of(content: PlanContent) -> tuple[Plan, Directory]:
    """The plan as if in force, with a directory made of the bodies it names."""
    # The area is named after the plan; a text without a title has none to give.
    named = directory_from_plan(replace(content, title=content.title or DUTY.title), DRY_RUN_CODE)
    suggested = suggest_bindings(content, named, DRY_RUN_CODE)
    plan = Plan(
        id=PLAN_ID,
        version=1,
        kind=PlanKind.SPECIAL,
        jurisdiction=DRY_RUN_CODE,
        content=content,
        bindings=tuple((item.printed, item.ids) for item in suggested if item.ids),
    )
    desk_unit = Unit(id=DUTY.unit, name=DUTY.title, jurisdiction=DRY_RUN_CODE)
    return plan, replace(named, units=(*named.units, desk_unit), posts=(*named.posts, DUTY))


def dry_run(
    content: PlanContent,
    knowledge: Knowledge,
    at: datetime,
    *,
    level: ResponseLevel | None = None,
    approve_as: str | None = None,
) -> DryRun:
    """Run the plan on what is known at ``at``.

    Raises InputError("no_level_certain") when the facts settle no level and none is given, and Refusal as
    the live desk does: nobody may start the level, or ``approve_as`` has not the power.
    """
    plan, directory = plan_of(content)
    desk = desk_in_memory(plan, directory, at)
    duty = Actor.of(DUTY)
    said_by = word("dry_run", "said_by")
    call = Call(what=content.title, place=word("dry_run", "place"), place_code=DRY_RUN_CODE, occurred_at=None)
    opened = open_incident(
        desk,
        duty,
        call,
        plans=[(plan.id, word("dry_run", "why"))],
        facts=tuple(
            Reported(fact=name, value=value, said_by=said_by) for name, value in given(content, knowledge)
        ),
    )
    for text, answer in judged(content, knowledge):
        judge(desk, duty, opened.incident_id, text, answer, said_by)
    chosen = level or _suggested(situation(desk, opened.incident_id))
    reason = word("dry_run", "reason")
    propose(desk, duty, opened.incident_id, plan_id=plan.id, level=chosen, reason=reason)
    power = activation_power(plan, chosen, directory)
    approved_by, outside = _approve(desk, opened.incident_id, power, directory, approve_as)
    return DryRun(
        plan=plan,
        situation=situation(desk, opened.incident_id),
        level=chosen,
        power=power,
        approved_by=approved_by,
        outside=outside,
    )


def _suggested(seen: Situation) -> ResponseLevel:
    view = seen.plan(PLAN_ID)
    if view.suggestion.level is None:
        if not view.asks:
            raise InputError("no_level_to_reach", plan=view.plan.content.title)
        raise InputError("no_level_certain", asks="；".join(ask.question for ask in view.asks[:3]))
    return view.suggestion.level


def _approve(
    desk: Desk, incident_id: str, power: Power, directory: Directory, approve_as: str | None
) -> tuple[str, bool]:
    if approve_as is None and not power.posts:
        told = Outside(
            body=power.outside[0], document=word("dry_run", "document"), told_by=word("dry_run", "said_by")
        )
        answer_proposal(desk, Actor.of(DUTY), incident_id, "p1", Answer.APPROVE, outside=told)
        return power.outside[0], True
    post = post_named(approve_as, directory) if approve_as else directory.post(power.posts[0])
    assert post is not None
    answer_proposal(desk, Actor.of(post), incident_id, "p1", Answer.APPROVE)
    return name_of(post, directory), False


def name_of(post: Post, directory: Directory) -> str:
    """How the plan speaks of a post of the dry run: by the name of its body."""
    unit = directory.unit(post.unit)
    return unit.name if unit is not None else post.title


def post_named(name: str, directory: Directory) -> Post:
    """The post meant by ``name``: id, body or title, exact before part. Raises InputError("post_unknown")."""
    wanted = "".join(name.split())
    by_name = [(post, {post.id, post.title, name_of(post, directory)}) for post in directory.posts]
    for post, names in by_name:
        if wanted in names:
            return post
    for post, names in by_name:
        if any(wanted in known for known in names):
            return post
    raise InputError("post_unknown", post=name)


def conditions(content: PlanContent) -> tuple[Condition, ...]:
    """Every criterion of the plan that has no figure."""
    return tuple(
        item
        for level in content.levels
        for criterion in (*level.criteria, *((level.condition,) if level.condition else ()))
        for item in walk(criterion)
        if isinstance(item, Condition)
    )


def given(content: PlanContent, knowledge: Knowledge) -> Sequence[tuple[str, Figure | bool]]:
    """The facts to enter: those given, and zeros and noes where the input says that it is complete."""
    facts: dict[str, Figure | bool] = dict(knowledge.facts)
    if knowledge.complete:
        for level in content.levels:
            for criterion in (*level.criteria, *((level.condition,) if level.condition else ())):
                for item in walk(criterion):
                    if item.fact is not None and item.fact not in knowledge.unknown:
                        facts.setdefault(item.fact, _nothing(item.fact))
    elif knowledge.no_other_judgement:
        for condition in conditions(content):
            if condition.fact is not None:
                facts.setdefault(condition.fact, False)
    return tuple(facts.items())


def _nothing(fact: str) -> Figure | bool:
    spec = spec_of(fact, register())
    return False if spec is not None and not spec.is_figure else Figure.exact(Decimal(0))


def judged(content: PlanContent, knowledge: Knowledge) -> Sequence[tuple[str, bool]]:
    """The judgements to enter, in the words of the plan."""
    answers: dict[str, bool] = dict(knowledge.judgements)
    if knowledge.complete or knowledge.no_other_judgement:
        for condition in conditions(content):
            if condition.fact is None and not condition.out_of_scope:
                answers.setdefault(condition.text, False)
    return tuple(answers.items())
