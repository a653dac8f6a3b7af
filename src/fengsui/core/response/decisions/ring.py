"""What the timer records when an alarm comes: a reminder, a step up the chain, rescuers not out in time."""

from __future__ import annotations

from datetime import datetime

from fengsui.core.response.alarms import alarms, phase_of, stages_left
from fengsui.core.response.decisions.scene import Scene
from fengsui.core.response.dependencies import unsettled
from fengsui.core.response.due import Obligation
from fengsui.core.response.escalation import Roster, Rung, climb, pick, standing_on
from fengsui.core.response.events import DeadlineKind, Event
from fengsui.core.response.events_dispatch import (
    DirectiveEscalated,
    DirectiveHeld,
    DirectiveReleased,
    DirectiveReminded,
    RescuersOverdue,
)
from fengsui.core.response.incident import DirectiveStatus, Incident


def ring(scene: Scene, roster: Roster, refs: frozenset[str] | None = None) -> tuple[Event, ...]:
    """One event for every alarm that has come (of ``refs`` only, where given)."""
    rung: list[Event] = []
    for item in alarms(scene.incident):
        if item.due_at > scene.now or (refs is not None and item.deadline_id not in refs):
            continue
        rung.append(_event(item, scene, roster))
    return tuple(rung)


def _event(item: Obligation, scene: Scene, roster: Roster) -> Event:
    if item.kind is DeadlineKind.RESCUERS:
        entry = scene.incident.entries[item.ref]
        return RescuersOverdue(entry_id=item.ref, air=entry.air_until == entry.out_by)
    if item.kind is DeadlineKind.REMINDER:
        picked = pick(_on(Rung.LIAISON, item.ref, scene), roster)
        return DirectiveReminded(directive_id=item.ref, post=picked.post if picked else None)
    return escalate(item.ref, scene, roster)


def _on(rung: Rung, directive_id: str, scene: Scene) -> tuple[str, ...]:
    state = scene.incident.directives[directive_id]
    return standing_on(rung, state, scene.incident, scene.directory, scene.plans)


def escalate(directive_id: str, scene: Scene, roster: Roster) -> DirectiveEscalated:
    """The next step up the chain for one order."""
    state = scene.incident.directives[directive_id]
    phase = phase_of(state)
    assert phase is not None
    climbs = state.handling.climbed(phase)
    told = frozenset(step.event.post for step in climbs if step.event.post)
    found = climb(stages_left(state, phase), told, lambda rung: _on(rung, directive_id, scene), roster)
    return DirectiveEscalated(
        directive_id=directive_id,
        phase=phase,
        step=len(climbs) + 1,
        rung=found.rung.value if found.rung else None,
        post=found.picked.post if found.picked else None,
        stand_in_for=found.picked.stand_in_for if found.picked else None,
        gaps=tuple(rung.value for rung in found.gaps),
    )


def release(incident: Incident, now: datetime) -> tuple[Event, ...]:
    """Orders whose predecessors are settled begin; those whose predecessor is open again wait."""
    moved: list[Event] = []
    for key, state in incident.directives.items():
        if not state.is_open:
            continue
        open_before = unsettled(incident.directives, state.handling.after)
        if state.handling.waiting and not open_before:
            within = state.issued.within
            moved.append(DirectiveReleased(directive_id=key, due=now + within if within else None))
        elif open_before and not state.handling.waiting and state.status is DirectiveStatus.ISSUED:
            moved.append(DirectiveHeld(directive_id=key))
    return tuple(moved)
