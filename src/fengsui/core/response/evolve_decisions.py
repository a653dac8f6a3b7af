"""How the events around decisions change the state: one small function an event type."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, TypeVar

from fengsui.core.response import events_decisions as ev
from fengsui.core.response.events import Recorded
from fengsui.core.response.incident import Incident
from fengsui.core.response.state_decisions import (
    ConsultationState,
    FollowState,
    MarkState,
    Opinion,
    PassedOn,
    TransferState,
    Wait,
)

Changes = dict[str, Any]
Value = TypeVar("Value")


def _put(mapping: Mapping[str, Value], key: str, value: Value) -> dict[str, Value]:
    return {**mapping, key: value}


def _marked(incident: Incident, recorded: Recorded, event: ev.SensitivityMarked) -> Changes:
    state = MarkState(marked=event, by=recorded.by, at=recorded.at)
    return {"marks": _put(incident.marks, event.mark_id, state)}


def _lifted(incident: Incident, recorded: Recorded, event: ev.SensitivityLifted) -> Changes:
    state = replace(incident.marks[event.mark_id], lifted_at=recorded.at, lifted_reason=event.reason)
    return {"marks": _put(incident.marks, event.mark_id, state)}


def _opened(incident: Incident, recorded: Recorded, event: ev.ConsultationOpened) -> Changes:
    state = ConsultationState(opened=event, by=recorded.by, at=recorded.at, asked=event.asked)
    return {"consultations": _put(incident.consultations, event.consultation_id, state)}


def _consulting(incident: Incident, consultation_id: str, **changes: Any) -> Changes:
    state = replace(incident.consultations[consultation_id], **changes)
    return {"consultations": _put(incident.consultations, consultation_id, state)}


def _widened(incident: Incident, _recorded: Recorded, event: ev.ConsultationWidened) -> Changes:
    state = incident.consultations[event.consultation_id]
    return _consulting(incident, event.consultation_id, asked=(*state.asked, *event.asked))


def _linked(incident: Incident, _recorded: Recorded, event: ev.ConsultationLinked) -> Changes:
    state = incident.consultations[event.consultation_id]
    proposals = tuple(dict.fromkeys((*state.proposals, event.proposal_id)))
    return _consulting(incident, event.consultation_id, proposals=proposals)


def _opinion(incident: Incident, recorded: Recorded, event: ev.OpinionGiven) -> Changes:
    state = incident.consultations[event.consultation_id]
    said = Opinion(given=event, by=recorded.by, at=recorded.at)
    return _consulting(incident, event.consultation_id, opinions=(*state.opinions, said))


def _concluded(incident: Incident, recorded: Recorded, event: ev.ConsultationConcluded) -> Changes:
    return _consulting(
        incident,
        event.consultation_id,
        conclusion=event.conclusion,
        concluded_by=recorded.by,
        concluded_at=recorded.at,
    )


def _awaited(incident: Incident, recorded: Recorded, event: ev.AnswerAwaited) -> Changes:
    wait = Wait(limit=event.limit, since=recorded.at, substitutes=event.substitutes)
    return {"waits": _put(incident.waits, event.proposal_id, wait)}


def _passed_on(incident: Incident, recorded: Recorded, event: ev.ProposalPassedOn) -> Changes:
    wait = incident.waits[event.proposal_id]
    passed = (*wait.passed, PassedOn(event=event, at=recorded.at))
    return {"waits": _put(incident.waits, event.proposal_id, replace(wait, since=recorded.at, passed=passed))}


def _factor(incident: Incident, _recorded: Recorded, event: ev.FactorUsed) -> Changes:
    return {"factors": _put(incident.factors, event.proposal_id, event.factor)}


def _directly(incident: Incident, _recorded: Recorded, event: ev.DirectlyDecided) -> Changes:
    return {"direct": incident.direct | {event.proposal_id}}


def _transferred(incident: Incident, recorded: Recorded, event: ev.CommandTransferred) -> Changes:
    state = TransferState(transferred=event, by=recorded.by, at=recorded.at)
    return {"transfers": _put(incident.transfers, event.transfer_id, state)}


def _accepted(incident: Incident, recorded: Recorded, event: ev.CommandAccepted) -> Changes:
    state = replace(
        incident.transfers[event.transfer_id],
        accepted_at=recorded.at,
        accepted_by=recorded.by,
        note=event.note,
    )
    return {"transfers": _put(incident.transfers, event.transfer_id, state)}


def _declined(incident: Incident, recorded: Recorded, event: ev.CommandDeclined) -> Changes:
    state = replace(incident.transfers[event.transfer_id], declined_at=recorded.at, note=event.reason)
    return {"transfers": _put(incident.transfers, event.transfer_id, state)}


def _followed(incident: Incident, recorded: Recorded, event: ev.UpperResponseFollowed) -> Changes:
    state = FollowState(followed=event, by=recorded.by, at=recorded.at)
    return {"follows": _put(incident.follows, event.follow_id, state)}


def _upper_ended(incident: Incident, recorded: Recorded, event: ev.UpperResponseEnded) -> Changes:
    state = replace(incident.follows[event.follow_id], ended_at=recorded.at)
    return {"follows": _put(incident.follows, event.follow_id, state)}


CHANGES: dict[type, Callable[[Incident, Recorded, Any], Changes]] = {
    ev.SensitivityMarked: _marked,
    ev.SensitivityLifted: _lifted,
    ev.ConsultationOpened: _opened,
    ev.ConsultationWidened: _widened,
    ev.ConsultationLinked: _linked,
    ev.OpinionGiven: _opinion,
    ev.ConsultationConcluded: _concluded,
    ev.AnswerAwaited: _awaited,
    ev.ProposalPassedOn: _passed_on,
    ev.FactorUsed: _factor,
    ev.DirectlyDecided: _directly,
    ev.CommandTransferred: _transferred,
    ev.CommandAccepted: _accepted,
    ev.CommandDeclined: _declined,
    ev.UpperResponseFollowed: _followed,
    ev.UpperResponseEnded: _upper_ended,
}
