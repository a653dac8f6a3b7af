"""What the timer does around a deadline: remind before it, bring it up the chain, count rescuers out.

Derived from the state alone like the deadlines themselves, so a restart loses none.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from fengsui.core.response.due import Obligation, obligations
from fengsui.core.response.escalation import Rung, Stage, ladder
from fengsui.core.response.events import DeadlineKind
from fengsui.core.response.events_dispatch import Phase
from fengsui.core.response.incident import DirectiveState, DirectiveStatus, Incident

LEAST_WAIT = timedelta(minutes=2)
"""However short a deadline, a rung gets this long to answer."""


def watched(incident: Incident) -> tuple[Obligation, ...]:
    """Everything a timer is set for: the deadlines, and what leads up to and follows them."""
    return (*obligations(incident), *alarms(incident))


def alarms(incident: Incident) -> tuple[Obligation, ...]:
    """What the timer is to do next for each order and each team inside; one of a kind at a time."""
    if not incident.is_open:
        return ()
    found: list[Obligation] = []
    for directive_id, state in incident.directives.items():
        found.extend(_of_directive(directive_id, state))
    for entry_id, entry in incident.entries.items():
        if entry.inside and not entry.overdue and entry.out_by is not None:
            since = entry.event.entered_at
            found.append(_alarm(f"rescuers:{entry_id}", DeadlineKind.RESCUERS, entry_id, entry.out_by, since))
    return tuple(found)


def _alarm(key: str, kind: DeadlineKind, ref: str, at: datetime, since: datetime) -> Obligation:
    return Obligation(deadline_id=key, kind=kind, ref=ref, due_at=at, since=since)


def _of_directive(directive_id: str, state: DirectiveState) -> Iterator[Obligation]:
    handling = state.handling
    if handling.waiting or not state.issued.to or state.status not in _WITH_THE_UNIT:
        return
    at = remind_at(state)
    if at is not None and handling.reminded_at is None:
        key = f"remind:{directive_id}"
        yield _alarm(key, DeadlineKind.REMINDER, directive_id, at, state.since)
    phase = phase_of(state)
    stages = stages_left(state, phase) if phase is not None else ()
    answered = handling.taken_care or handling.question or state.unanswered_help
    if phase is not None and stages and not answered:
        begun = _begun(state, phase)
        key = f"climb:{directive_id}:{phase.value}:{len(handling.climbed(phase)) + 1}"
        at = begun + stages[0].wait
        yield _alarm(key, DeadlineKind.ESCALATION, directive_id, at, state.since)


def _begun(state: DirectiveState, phase: Phase) -> datetime:
    """From when a chain waits: the order or its deadline; anew once the command answered the unit."""
    handling = state.handling
    answered = [*(item.at for item in handling.exchange), *(item.at for item in handling.replies)]
    base = state.due if phase is Phase.OVERDUE and state.due is not None else state.since
    return max([base, *answered])


_WITH_THE_UNIT = (DirectiveStatus.ISSUED, DirectiveStatus.ACCEPTED)


def remind_at(state: DirectiveState) -> datetime | None:
    """When to remind: a fifth of the time before the deadline, within the bounds that are set."""
    if state.due is None or state.due <= state.since:
        return None
    least, most = (timedelta(minutes=item) for item in (state.waits.remind_least, state.waits.remind_most))
    notice = min(max((state.due - state.since) / 5, least), most)
    return max(state.due - notice, state.since)


def phase_of(state: DirectiveState) -> Phase | None:
    """Why an order climbs: nobody took it, or it was taken and its deadline passes."""
    if state.status is DirectiveStatus.ISSUED:
        return Phase.UNACCEPTED
    return Phase.OVERDUE if state.due is not None else None


def stages_left(state: DirectiveState, phase: Phase) -> tuple[Stage, ...]:
    """The rungs not reached yet, with their waits; none once nobody was left to tell."""
    climbs = state.handling.climbed(phase)
    if climbs and climbs[-1].event.rung is None:
        return ()
    chain = ladder_of(state, phase)
    reached = Rung(climbs[-1].event.rung) if climbs and climbs[-1].event.rung else None
    rungs = [stage.rung for stage in chain]
    left = chain[rungs.index(reached) + 1 :] if reached in rungs else chain
    if phase is Phase.OVERDUE:
        return left
    share, first = _share(state), rungs.index(left[0].rung) if left else 0
    return tuple(
        Stage(stage.rung, max(stage.wait * share, LEAST_WAIT * (place + 1)))
        for place, stage in enumerate(left, start=first)
    )


def ladder_of(state: DirectiveState, phase: Phase) -> tuple[Stage, ...]:
    """The chain of an order; one without a deadline is not worth the commander's night."""
    chain = ladder(state.waits, phase)
    if state.due is None:
        return tuple(stage for stage in chain if stage.rung is not Rung.COMMANDER)
    return chain


def _share(state: DirectiveState) -> float:
    """A short deadline leaves less time to wait for an answer; without one there is more."""
    if state.due is None or state.due <= state.since:
        return float(state.waits.undated_times)
    return min(1.0, (state.due - state.since) / timedelta(minutes=state.waits.short_order))
