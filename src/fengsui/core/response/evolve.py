"""How one record changes the state: one small function an event type."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, TypeVar

from fengsui.core.response import events as ev
from fengsui.core.response import (
    evolve_aftermath,
    evolve_directives,
    evolve_dispatch,
    evolve_photos,
    evolve_release,
    evolve_reporting,
    evolve_watch,
)
from fengsui.core.response.events import Recorded
from fengsui.core.response.evolve_decisions import CHANGES as _OF_DECISIONS
from fengsui.core.response.incident import (
    ActiveResponse,
    ClockState,
    EndedResponse,
    FactEntry,
    Incident,
    JudgementEntry,
    ProposalState,
    ProposalStatus,
    Said,
)

Key = TypeVar("Key")
Value = TypeVar("Value")


def evolve(incident: Incident | None, recorded: Recorded) -> Incident:
    """The state after ``recorded``. Raises ValueError when the stream does not begin with its opening."""
    if incident is None:
        if not isinstance(recorded.event, ev.IncidentOpened):
            raise ValueError("a stream begins with IncidentOpened")
        return Incident(
            incident_id=recorded.incident_id,
            seq=recorded.seq,
            last=recorded,
            opened=recorded.event,
            opened_by=recorded.by,
            opened_at=recorded.at,
        )
    changes = _CHANGES[type(recorded.event)](incident, recorded, recorded.event)
    return replace(incident, seq=recorded.seq, last=recorded, **changes)


Changes = dict[str, Any]


def _put(mapping: Mapping[Key, Value], key: Key, value: Value) -> dict[Key, Value]:
    return {**mapping, key: value}


def _without(mapping: Mapping[Key, Value], key: Key) -> dict[Key, Value]:
    return {name: value for name, value in mapping.items() if name != key}


def _opened(_incident: Incident, _recorded: Recorded, _event: ev.IncidentOpened) -> Changes:
    raise ValueError("an incident is opened once")


def _attached(incident: Incident, recorded: Recorded, event: ev.PlanAttached) -> Changes:
    return {
        "plans": _put(incident.plans, event.plan_id, event),
        "attached_at": _put(incident.attached_at, event.plan_id, recorded.at),
    }


def _detached(incident: Incident, _recorded: Recorded, event: ev.PlanDetached) -> Changes:
    grades = {key: value for key, value in incident.grades.items() if key[0] != event.plan_id}
    return {"plans": _without(incident.plans, event.plan_id), "grades": grades}


def _fact(incident: Incident, recorded: Recorded, event: ev.FactReported) -> Changes:
    entry = FactEntry(
        value=event.value,
        said_by=event.said_by,
        as_of=event.as_of,
        at=recorded.at,
        by=recorded.by,
        seq=recorded.seq,
    )
    return {"facts": _put(incident.facts, event.fact, (*incident.facts.get(event.fact, ()), entry))}


def _judgement(incident: Incident, recorded: Recorded, event: ev.JudgementMade) -> Changes:
    entry = JudgementEntry(answer=event.answer, said_by=event.said_by, at=recorded.at, by=recorded.by)
    return {"judgements": _put(incident.judgements, event.text, entry)}


def _graded(incident: Incident, recorded: Recorded, event: ev.Graded) -> Changes:
    scheme = (event.plan_id, event.kind, event.hazard, event.subtype)
    return {
        "grades": _put(incident.grades, scheme, event),
        "graded_at": _put(incident.graded_at, scheme, recorded.at),
    }


def _proposed(incident: Incident, recorded: Recorded, event: ev.Proposed) -> Changes:
    state = ProposalState(proposed=event, by=recorded.by, at=recorded.at)
    return {"proposals": _put(incident.proposals, event.proposal_id, state)}


def _questioned(incident: Incident, recorded: Recorded, event: ev.ProposalQuestioned) -> Changes:
    state = incident.proposals[event.proposal_id]
    said = Said(kind="question", text=event.question, at=recorded.at, by=recorded.by)
    state = replace(state, status=ProposalStatus.QUESTIONED, exchange=(*state.exchange, said))
    return {"proposals": _put(incident.proposals, event.proposal_id, state)}


def _answered(incident: Incident, recorded: Recorded, event: ev.ProposalAnswered) -> Changes:
    state = incident.proposals[event.proposal_id]
    said = Said(kind="answer", text=event.answer, at=recorded.at, by=recorded.by)
    state = replace(state, status=ProposalStatus.OPEN, exchange=(*state.exchange, said))
    return {"proposals": _put(incident.proposals, event.proposal_id, state)}


def _settle(status: ProposalStatus) -> Callable[[Incident, Recorded, Any], Changes]:
    def settled(incident: Incident, recorded: Recorded, event: Any) -> Changes:
        state = replace(
            incident.proposals[event.proposal_id],
            status=status,
            decided_by=recorded.by,
            decided_at=recorded.at,
            reason=event.reason,
        )
        return {"proposals": _put(incident.proposals, event.proposal_id, state)}

    return settled


def _activated(incident: Incident, recorded: Recorded, event: ev.ResponseActivated) -> Changes:
    response = ActiveResponse(
        plan_id=event.plan_id,
        level=event.level,
        since=recorded.at,
        level_since=recorded.at,
        proposal_id=event.proposal_id,
        decided_by=recorded.by,
    )
    return {"responses": _put(incident.responses, event.plan_id, response)}


def _changed(incident: Incident, recorded: Recorded, event: ev.LevelChanged) -> Changes:
    response = replace(
        incident.responses[event.plan_id],
        level=event.after,
        level_since=recorded.at,
        proposal_id=event.proposal_id,
        decided_by=recorded.by,
    )
    return {"responses": _put(incident.responses, event.plan_id, response)}


def _terminated(incident: Incident, recorded: Recorded, event: ev.ResponseTerminated) -> Changes:
    ended = EndedResponse(
        response=incident.responses[event.plan_id], at=recorded.at, proposal_id=event.proposal_id
    )
    return {"responses": _without(incident.responses, event.plan_id), "ended": (*incident.ended, ended)}


def _group(incident: Incident, _recorded: Recorded, event: ev.GroupFormed) -> Changes:
    return {"groups": (*incident.groups, event)}


def _clock(incident: Incident, recorded: Recorded, event: ev.ReportClockStarted) -> Changes:
    state = ClockState(started=event, at=recorded.at, due=event.due)
    return {"clocks": _put(incident.clocks, event.clock_id, state)}


def _clock_stopped(incident: Incident, _recorded: Recorded, event: ev.ReportClockStopped) -> Changes:
    state = replace(incident.clocks[event.clock_id], running=False, due=None, stopped_reason=event.reason)
    return {"clocks": _put(incident.clocks, event.clock_id, state)}


def _passed(incident: Incident, _recorded: Recorded, event: ev.DeadlinePassed) -> Changes:
    return {"passed": incident.passed | {event.deadline_id}}


def _note(incident: Incident, recorded: Recorded, event: ev.NoteAdded) -> Changes:
    said = Said(kind="note", text=event.text, at=recorded.at, by=recorded.by)
    return {"notes": (*incident.notes, said)}


def _closed(_incident: Incident, recorded: Recorded, event: ev.IncidentClosed) -> Changes:
    return {"closed_at": recorded.at, "closed_reason": event.reason}


_CHANGES: dict[type, Callable[[Incident, Recorded, Any], Changes]] = {
    ev.IncidentOpened: _opened,
    ev.PlanAttached: _attached,
    ev.PlanDetached: _detached,
    ev.FactReported: _fact,
    ev.JudgementMade: _judgement,
    ev.Graded: _graded,
    ev.Proposed: _proposed,
    ev.ProposalQuestioned: _questioned,
    ev.ProposalAnswered: _answered,
    ev.ProposalApproved: _settle(ProposalStatus.APPROVED),
    ev.ProposalRefused: _settle(ProposalStatus.REFUSED),
    ev.ProposalWithdrawn: _settle(ProposalStatus.WITHDRAWN),
    ev.ResponseActivated: _activated,
    ev.LevelChanged: _changed,
    ev.ResponseTerminated: _terminated,
    ev.GroupFormed: _group,
    ev.ReportClockStarted: _clock,
    ev.ReportClockStopped: _clock_stopped,
    ev.DeadlinePassed: _passed,
    ev.NoteAdded: _note,
    ev.IncidentClosed: _closed,
    **_OF_DECISIONS,
    **evolve_watch.CHANGES,
    **evolve_directives.CHANGES,
    **evolve_dispatch.CHANGES,
    **evolve_release.CHANGES,
    **evolve_aftermath.CHANGES,
    **evolve_reporting.CHANGES,
    **evolve_photos.CHANGES,
}
