"""Ending step by step (终止、逐步停止): conditions as a checklist, orders that go on, bodies dissolved.

A condition is looked at by a person, with evidence. While one is not shown to be met, ending is refused with
the conditions; the post that decides may end all the same, and its reason stands in the log.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from fengsui.core.citation import Citation
from fengsui.core.errors import InputError, Refusal
from fengsui.core.plan.level import ResponseLevel, WarningLevel
from fengsui.core.plan.model import Plan
from fengsui.core.response.decisions.matters import (
    Wanted,
    check_sha,
    must_not_be_archived,
    open_matters,
)
from fengsui.core.response.decisions.scene import Scene, check_text
from fengsui.core.response.events import Event
from fengsui.core.response.events_aftermath import (
    BodyDissolved,
    ConditionAnswer,
    ConditionChecked,
    DirectiveContinued,
    EndOverridden,
    MatterKind,
)
from fengsui.core.response.incident import Incident


@dataclass(frozen=True, slots=True, kw_only=True)
class EndCondition:
    """One condition for ending the response, as printed."""

    text: str
    source: Citation


def end_conditions(plan: Plan, level: ResponseLevel | None = None) -> tuple[EndCondition, ...]:
    """The conditions under which the response of ``plan`` (at ``level``) may end, each once."""
    found: dict[str, EndCondition] = {}
    for item in plan.content.termination:
        if isinstance(item.level, WarningLevel):
            continue
        if level is not None and item.level is not None and item.level.value != level.value:
            continue
        for text in item.conditions:
            found.setdefault(text, EndCondition(text=text, source=item.source))
    return tuple(found.values())


def unmet(plan: Plan, incident: Incident) -> tuple[EndCondition, ...]:
    """The conditions that nobody has shown to be met, or not to apply."""
    running = incident.responses.get(plan.id)
    open_ones: list[EndCondition] = []
    for condition in end_conditions(plan, running.level if running else None):
        state = incident.aftermath.conditions.get((plan.id, condition.text))
        # An answer from before the response began says nothing of its end.
        stale = state is not None and running is not None and state.at < running.since
        if state is None or stale or state.checked.answer is ConditionAnswer.NOT_MET:
            open_ones.append(condition)
    return tuple(open_ones)


def check_conditions(plan: Plan, proposal_id: str, override: str, scene: Scene) -> tuple[Event, ...]:
    """Nothing when all are met, the record of the override when it has a reason.

    Raises Refusal("conditions_unmet") that names them.
    """
    open_ones = unmet(plan, scene.incident)
    if not open_ones:
        return ()
    texts = tuple(item.text for item in open_ones)
    if not override.strip():
        raise Refusal("conditions_unmet", source=open_ones[0].source, conditions="；".join(texts))
    return (EndOverridden(plan_id=plan.id, proposal_id=proposal_id, unmet=texts, reason=override.strip()),)


def answer_condition(
    plan_id: str, text: str, answer: ConditionAnswer, evidence: str, sha: str, scene: Scene
) -> tuple[Event, ...]:
    """Somebody looked at one condition. Raises InputError for a condition the plan does not have."""
    scene.must_be_open()
    plan = scene.plan(plan_id)
    condition = next((item for item in end_conditions(plan) if item.text == text), None)
    if condition is None:
        raise InputError("condition_unknown", condition=text[:40])
    checked = ConditionChecked(
        plan_id=plan_id,
        condition=condition.text,
        answer=answer,
        evidence=check_text(evidence, "evidence"),
        evidence_sha=check_sha(sha),
        source=condition.source,
    )
    return (checked,)


def continue_directive(directive_id: str, reason: str, scene: Scene) -> tuple[Event, ...]:
    """An order is to go on when the response ends. Raises InputError, Conflict for one that is settled."""
    scene.must_be_open()
    scene.directive(directive_id)
    if directive_id in scene.incident.aftermath.continued:
        return ()
    return (DirectiveContinued(directive_id=directive_id, reason=check_text(reason, "reason")),)


def dissolve(name: str, on_scene: bool, text: str, scene: Scene) -> tuple[Event, ...]:
    """A work group, or the headquarters on the scene, is dissolved; one at a time, once."""
    must_not_be_archived(scene)
    words = check_text(name, "name")
    if words in scene.incident.aftermath.dissolved:
        return ()
    group = next((item for item in scene.incident.groups if item.name == words), None)
    plan_id = group.plan_id if group is not None else None
    return (BodyDissolved(name=words, plan_id=plan_id, on_scene=on_scene, text=text.strip()),)


def watch(until: datetime, owner: str, text: str, scene: Scene) -> tuple[Event, ...]:
    """The scene is watched for recurrence until a day."""
    words = text.strip() or MatterKind.WATCH.value
    return open_matters((Wanted(kind=MatterKind.WATCH, text=words, owner=owner, due=until),), scene)
