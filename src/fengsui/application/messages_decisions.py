"""Messages that go out with the events around a decision; see ``messages``."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from fengsui.application.wording import word
from fengsui.core.response import events as ev
from fengsui.core.response import events_decisions as of
from fengsui.core.response.incident import Incident

Line = tuple[Sequence[str], str, dict[str, Any], str]


def _asked_for(proposal_id: str, incident: Incident) -> dict[str, Any]:
    proposed = incident.proposals[proposal_id].proposed
    return {
        "kind": word("proposal_kind", proposed.kind.value),
        "level": word("response_level", proposed.level.value) if proposed.level else "",
        "reason": proposed.reason,
    }


def unanswered(event: ev.DeadlinePassed, incident: Incident) -> Line:
    """Nobody answered and nobody else stands in: whoever asked, and all who may decide, are told."""
    state, wait = incident.proposals[event.ref], incident.waits[event.ref]
    to = (state.by, incident.opened_by, *state.proposed.approvers, *wait.standing_in)
    return to, "unanswered", _asked_for(event.ref, incident), event.ref


def _passed_on(event: of.ProposalPassedOn, incident: Incident) -> Line:
    data = {**_asked_for(event.proposal_id, incident), "minutes": int(event.limit.total_seconds() // 60)}
    return (*event.to, incident.proposals[event.proposal_id].by), "passed_on", data, event.proposal_id


def _opened(event: of.ConsultationOpened, _incident: Incident) -> Line:
    to = tuple(item.post for item in event.asked if item.post)
    return to, "consulted", {"topic": event.topic}, event.consultation_id


def _widened(event: of.ConsultationWidened, incident: Incident) -> Line:
    to = tuple(item.post for item in event.asked if item.post)
    topic = incident.consultations[event.consultation_id].opened.topic
    return to, "consulted", {"topic": topic}, event.consultation_id


def _concluded(event: of.ConsultationConcluded, incident: Incident) -> Line:
    state = incident.consultations[event.consultation_id]
    to = (state.by, *(item.post for item in state.asked if item.post))
    data = {"topic": state.opened.topic, "conclusion": event.conclusion}
    return to, "concluded", data, event.consultation_id


def _transferred(event: of.CommandTransferred, _incident: Incident) -> Line:
    data = {"from_name": event.from_name, "reason": event.reason}
    return event.to, "command_offered", data, event.transfer_id


def _accepted(event: of.CommandAccepted, incident: Incident) -> Line:
    state = incident.transfers[event.transfer_id]
    data = {"to_name": state.transferred.to_name}
    return (state.by, incident.opened_by), "command_taken", data, event.transfer_id


def _declined(event: of.CommandDeclined, incident: Incident) -> Line:
    state = incident.transfers[event.transfer_id]
    data = {"to_name": state.transferred.to_name, "reason": event.reason}
    return (state.by, *state.transferred.to), "command_declined", data, event.transfer_id


def _followed(event: of.UpperResponseFollowed, incident: Incident) -> Line:
    deciders = tuple(item.decided_by for item in incident.responses.values())
    data = {"body": event.body, "upper_level": event.upper_level, "document": event.document}
    return (incident.opened_by, *deciders), "upper_followed", data, event.follow_id


OF_DECISIONS: dict[type, Callable[[Any, Incident], Line]] = {
    of.ProposalPassedOn: _passed_on,
    of.ConsultationOpened: _opened,
    of.ConsultationWidened: _widened,
    of.ConsultationConcluded: _concluded,
    of.CommandTransferred: _transferred,
    of.CommandAccepted: _accepted,
    of.CommandDeclined: _declined,
    of.UpperResponseFollowed: _followed,
}
