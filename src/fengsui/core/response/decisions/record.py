"""Taking the call, tying plans to it, and entering what becomes known."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from fengsui.core.errors import InputError, Refusal
from fengsui.core.fact import FactSpec, Figure, Manner, register
from fengsui.core.facts_input import MOST_DIGITS, SIGNED_UNITS, spec_of
from fengsui.core.plan.criterion import AllOf, AnyOf, Criterion
from fengsui.core.plan.model import Plan, PlanContent
from fengsui.core.response.decisions.scene import Scene, check_instant, check_text
from fengsui.core.response.events import (
    Event,
    FactReported,
    IncidentClosed,
    IncidentOpened,
    JudgementMade,
    NoteAdded,
    PlanAttached,
    PlanDetached,
    ReportClockStopped,
)
from fengsui.core.response.follow_up import DETACHED

MAX_TITLE = 40
"""Characters of "what" taken for a title when none was given."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A call as taken: only what, where and when it was learned are needed."""

    what: str
    place: str
    place_code: str
    title: str = ""
    learned_at: datetime | None = None
    occurred_at: datetime | None = None
    exercise: bool = False
    caller_ref: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reported:
    """A fact as entered; ``value`` None says it is unknown, ``as_of`` None means now."""

    fact: str
    value: Figure | bool | None
    said_by: str = ""
    as_of: datetime | None = None


def open_incident(call: Call, *, now: datetime) -> tuple[IncidentOpened]:
    """The incident begins. Raises InputError for missing words or a time in the future."""
    what = check_text(call.what, "what")
    learned = call.learned_at or now
    check_instant(learned, now, "learned_at")
    check_instant(call.occurred_at, now, "occurred_at")
    if call.occurred_at is not None and call.occurred_at > learned:
        raise InputError("occurred_after_learned", at=call.occurred_at.isoformat())
    if not call.place_code.isdigit():
        raise InputError("place_code_wrong", place_code=call.place_code)
    opened = IncidentOpened(
        title=call.title.strip() or what[:MAX_TITLE],
        what=what,
        place=check_text(call.place, "place"),
        place_code=call.place_code,
        learned_at=learned,
        occurred_at=call.occurred_at,
        exercise=call.exercise,
        caller_ref=call.caller_ref,
    )
    return (opened,)


def attach_plan(plan: Plan, why: str, scene: Scene) -> tuple[PlanAttached, ...]:
    """The plan applies; nothing happens when it is attached already."""
    scene.must_be_open()
    attached = scene.incident.plans.get(plan.id)
    if attached is not None and attached.version == plan.version:
        return ()
    if attached is not None and plan.id in scene.incident.responses:
        raise Refusal("response_runs_on_older_version", plan=plan.content.title)
    return (PlanAttached(plan_id=plan.id, version=plan.version, title=plan.content.title, why=why),)


def detach_plan(plan_id: str, reason: str, scene: Scene) -> tuple[Event, ...]:
    """The plan does not apply: its report clocks stop. Refused while its response or a proposal is open."""
    scene.must_be_open()
    plan = scene.plan(plan_id)
    if plan_id in scene.incident.responses:
        raise Refusal("response_runs", plan=plan.content.title)
    if scene.incident.open_proposal(plan_id) is not None:
        raise Refusal("proposal_waits", plan=plan.content.title)
    stopped = tuple(
        ReportClockStopped(clock_id=clock_id, reason=DETACHED)
        for clock_id, clock in scene.incident.clocks.items()
        if clock.running and clock.started.plan_id == plan_id
    )
    return (PlanDetached(plan_id=plan_id, reason=reason), *stopped)


def report_facts(reported: Sequence[Reported], scene: Scene) -> tuple[FactReported, ...]:
    """Facts as said. Raises InputError for an unknown fact, a wrong type or sign, a time in the future."""
    scene.must_be_open()
    if not reported:
        raise InputError("no_facts")
    events: list[FactReported] = []
    also_known = {name for plan in scene.plans.values() for name in fact_names_of(plan.content)}
    for item in reported:
        check_value(item.fact, item.value, also_known)
        check_instant(item.as_of, scene.now, "as_of")
        events.append(
            FactReported(
                fact=item.fact, value=item.value, said_by=item.said_by, as_of=item.as_of or scene.now
            )
        )
    return tuple(events)


def fact_names_of(content: PlanContent) -> Iterable[str]:
    """Names of all facts that the criteria of a plan speak of."""
    for level in content.levels:
        for criterion in (*level.criteria, *((level.condition,) if level.condition else ())):
            yield from _names(criterion)


def _names(criterion: Criterion) -> Iterable[str]:
    if isinstance(criterion, AllOf | AnyOf):
        for part in criterion.parts:
            yield from _names(part)
    elif criterion.fact is not None:
        yield criterion.fact


def check_value(fact: str, value: Figure | bool | None, also_known: Collection[str] = ()) -> None:
    """Raises InputError when ``value`` cannot be one of ``fact``."""
    spec = spec_of(fact, register())
    if spec is None:
        if fact not in also_known:
            raise InputError("fact_unknown_no_near", fact=fact)
        return
    if value is None:
        return
    if isinstance(value, bool):
        if spec.is_figure:
            raise InputError("fact_not_number", fact=spec.zh, value="是" if value else "否")
        return
    if not spec.is_figure:
        raise InputError("facts_not_yes_no", fact=spec.zh, value=value.low or value.high)
    _check_figure(value, spec)


def _check_figure(value: Figure, spec: FactSpec) -> None:
    bounds = [bound for bound in (value.low, value.high) if bound is not None]
    if not bounds or any(not bound.is_finite() for bound in bounds):
        raise InputError("fact_not_number", fact=spec.zh, value="")
    if any(bound < 0 for bound in bounds) and spec.unit not in SIGNED_UNITS:
        raise InputError("fact_negative", fact=spec.zh, value=bounds[0])
    if any(bound.adjusted() >= MOST_DIGITS for bound in bounds):
        raise InputError("fact_too_large", fact=spec.zh)
    if value.low is not None and value.high is not None and value.low > value.high:
        raise InputError("fact_range_reversed", fact=spec.zh, low=value.low, high=value.high)
    said_exactly = value.manner is not Manner.ABOUT
    if spec.integral and said_exactly and any(bound != bound.to_integral_value() for bound in bounds):
        raise InputError("fact_not_whole", fact=spec.zh, value=bounds[0])


def judge(text: str, answer: bool | None, said_by: str, scene: Scene) -> tuple[JudgementMade, ...]:
    """A person answers a criterion that has no figure; ``text`` is the criterion as printed."""
    scene.must_be_open()
    return (JudgementMade(text=check_text(text, "text"), answer=answer, said_by=said_by),)


def add_note(text: str, scene: Scene) -> tuple[NoteAdded, ...]:
    """A line in the duty log; allowed after closing too, the log is never finished."""
    return (NoteAdded(text=check_text(text, "text")),)


def close_incident(reason: str, scene: Scene) -> tuple[IncidentClosed, ...]:
    """Nothing more to do. Refused while a response runs or a proposal is open."""
    scene.must_be_open()
    if scene.incident.responses:
        raise Refusal("response_runs", plan="、".join(_titles(scene)))
    if any(state.is_open for state in scene.incident.proposals.values()):
        raise Refusal("proposal_waits", plan="")
    return (IncidentClosed(reason=check_text(reason, "reason")),)


def _titles(scene: Scene) -> list[str]:
    return [scene.incident.plans[plan_id].title for plan_id in scene.incident.responses]
