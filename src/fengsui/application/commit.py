"""The one way in which an incident changes: load, decide, let follow what follows, append once."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from fengsui.application import access
from fengsui.application.access import Action
from fengsui.application.desk import Actor, Desk
from fengsui.application.duty import roster_at
from fengsui.application.messages import messages_for
from fengsui.application.ports import TimerRow
from fengsui.core.errors import Conflict, InputError
from fengsui.core.plan.model import Plan
from fengsui.core.response import chain
from fengsui.core.response.alarms import watched
from fengsui.core.response.decisions.ring import release
from fengsui.core.response.decisions.scene import Scene, without_shifts
from fengsui.core.response.due import Obligation
from fengsui.core.response.escalation import Roster
from fengsui.core.response.events import DirectiveIssued, Event, Recorded
from fengsui.core.response.events_dispatch import WaitsSet
from fengsui.core.response.evolve import evolve
from fengsui.core.response.follow_up import regrade, start_clocks
from fengsui.core.response.incident import Incident
from fengsui.core.response.release_rules import start_release_clocks

Decide = Callable[[Scene], Sequence[Event]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a command did: the records it added (none: nothing to change) and the state after them.

    ``repeated``: the command had been carried out before; ``recorded`` is what it did then.
    """

    incident_id: str
    recorded: tuple[Recorded, ...]
    incident: Incident
    repeated: bool = False

    def first(self, kind: type) -> object | None:
        """The first recorded event of ``kind``, e.g. to learn the id of a proposal."""
        return next((item.event for item in self.recorded if isinstance(item.event, kind)), None)


def load(desk: Desk, incident_id: str) -> Incident:
    """The state of one incident. Raises InputError("incident_unknown")."""
    incident = folded(desk.incidents.load(incident_id))
    if incident is None:
        raise InputError("incident_unknown", incident=incident_id)
    return incident


KEPT_STATES = 64
_states: OrderedDict[str, Incident] = OrderedDict()


def folded(stream: Sequence[Recorded]) -> Incident | None:
    """The fold of ``stream``, going on from where it was folded last: a hash covers all records before it."""
    if not stream:
        return None
    known = _states.get(stream[0].incident_id)
    if known is None or known.seq > len(stream) or stream[known.seq - 1].hash != known.last.hash:
        known = None
    for item in stream[known.seq if known else 0 :]:
        known = evolve(known, item)
    assert known is not None
    _states.pop(known.incident_id, None)
    _states[known.incident_id] = known
    if len(_states) > KEPT_STATES:
        _states.pop(next(iter(_states), ""), None)
    return known


def attached_plans(desk: Desk, incident: Incident) -> dict[str, Plan]:
    """The plans attached to the incident, in the version attached."""
    return {item.plan_id: desk.plans.plan(item.plan_id, item.version) for item in incident.plans.values()}


def scene_of(
    desk: Desk, incident: Incident, now: datetime, by: str = "", *, roster: Roster = without_shifts
) -> Scene:
    """What a decision looks at: the incident, its plans, the directory; nobody acts where ``by`` is ""."""
    return Scene(
        incident=incident,
        plans=attached_plans(desk, incident),
        directory=desk.directory.directory(),
        now=now,
        by=by,
        roster=roster,
    )


def change(
    desk: Desk,
    actor: Actor,
    incident_id: str,
    action: Action,
    decide: Decide,
    *,
    command_id: str | None = None,
    expected_seq: int | None = None,
) -> Outcome:
    """Carry out one command on one incident in one transaction.

    ``expected_seq``: the sequence the person saw; given, a stream that has moved on raises Conflict.
    """
    with desk.transactions.begin():
        done = already_done(desk, command_id)
        if done is not None:
            return done
        incident = load(desk, incident_id)
        access.require(actor, action, incident.opened.place_code)
        _check_seen(incident, expected_seq)
        now = max(desk.clock.now(), incident.last.at)
        scene = scene_of(desk, incident, now, actor.post_id, roster=roster_at(desk, now))
        return write(desk, scene, tuple(decide(scene)), command_id)


def _check_seen(incident: Incident, expected_seq: int | None) -> None:
    if expected_seq is not None and expected_seq != incident.seq:
        raise Conflict("changed_meanwhile", incident=incident.incident_id)


def already_done(desk: Desk, command_id: str | None) -> Outcome | None:
    """What the command did when it came before; None for a new one."""
    recorded = desk.incidents.answered(command_id) if command_id else None
    return _repeated(desk, recorded) if recorded else None


def _repeated(desk: Desk, recorded: tuple[Recorded, ...]) -> Outcome:
    incident_id = recorded[0].incident_id
    return Outcome(
        incident_id=incident_id, recorded=recorded, incident=load(desk, incident_id), repeated=True
    )


def write(
    desk: Desk,
    scene: Scene,
    events: Sequence[Event],
    command_id: str | None,
    *,
    opening: tuple[Recorded, ...] = (),
) -> Outcome:
    """Chain and store ``events`` and what follows from them, with timers and messages.

    ``opening``: the records that begin a new stream, already folded into the incident of ``scene``.
    """
    before = scene.incident
    if not events and not opening:
        return Outcome(incident_id=before.incident_id, recorded=(), incident=before)
    followed, after = follow(desk, scene, (*_waits_for(desk, before, events), *events))
    recorded = (*opening, *followed)
    set_timers, cancel_timers = timer_changes(watched(before), watched(after), before.incident_id)
    desk.incidents.append(
        before.incident_id,
        before.seq - len(opening),
        recorded,
        set_timers=set_timers,
        cancel_timers=cancel_timers,
        outbox=messages_for(recorded, after, scene.directory),
        command_id=command_id,
    )
    if command_id is not None:
        # The same command on another line in the same moment: what it recorded is the answer.
        stored = desk.incidents.answered(command_id)
        if stored and stored[0].hash != recorded[0].hash:
            return _repeated(desk, stored)
    return Outcome(incident_id=before.incident_id, recorded=recorded, incident=after)


def _waits_for(desk: Desk, incident: Incident, events: Sequence[Event]) -> tuple[WaitsSet, ...]:
    """The waits of the office, where orders are given under others than those recorded last."""
    if not any(isinstance(event, DirectiveIssued) for event in events):
        return ()
    waits = desk.waits.current()
    return (WaitsSet(waits=waits),) if waits != incident.order_waits else ()


def follow(desk: Desk, scene: Scene, events: Sequence[Event]) -> tuple[tuple[Recorded, ...], Incident]:
    """Records for ``events``, then orders set free, new grades, and report clocks that begin."""
    incident, recorded = scene.incident, list[Recorded]()

    def add(more: Sequence[Event]) -> None:
        nonlocal incident
        made = chain.record(incident.incident_id, more, by=scene.by, at=scene.now, last=incident.last)
        for item in made:
            incident = evolve(incident, item)
        recorded.extend(made)

    add(events)
    if incident.is_open:
        add(release(incident, scene.now))
        plans = _plans_now(desk, incident, scene.plans)
        add(regrade(plans.values(), incident, desk.grader))
        for plan in plans.values():
            add(start_clocks(plan, incident, scene.directory, scene.now))
        add(start_release_clocks(plans.values(), incident))
    return tuple(recorded), incident


def _plans_now(desk: Desk, incident: Incident, known: Mapping[str, Plan]) -> dict[str, Plan]:
    plans: dict[str, Plan] = {}
    for item in incident.plans.values():
        plan = known.get(item.plan_id)
        if plan is None or plan.version != item.version:
            plan = desk.plans.plan(item.plan_id, item.version)
        plans[item.plan_id] = plan
    return plans


def timer_changes(
    before: Sequence[Obligation], after: Sequence[Obligation], incident_id: str
) -> tuple[tuple[TimerRow, ...], tuple[str, ...]]:
    """Timers to set and ids of timers to cancel between two sets of deadlines."""
    old = {timer_id(incident_id, item): item for item in before}
    new = {timer_id(incident_id, item): item for item in after}
    rows = tuple(
        TimerRow(
            timer_id=key,
            incident_id=incident_id,
            kind=item.kind.value,
            ref=item.ref,
            due_at=item.due_at,
            since=item.since,
        )
        for key, item in new.items()
        if old.get(key) != item
    )
    return rows, tuple(key for key in old if key not in new)


def timer_id(incident_id: str, obligation: Obligation) -> str:
    """The id of the timer of a deadline."""
    return f"{incident_id}/{obligation.deadline_id}"
