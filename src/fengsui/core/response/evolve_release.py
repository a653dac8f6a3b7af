"""How records about statements and enquiries change the state."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from fengsui.core.response import events_release as ev
from fengsui.core.response.state_release import (
    EnquiryState,
    ReleaseState,
    Signature,
    StatementState,
    StatementStatus,
)

if TYPE_CHECKING:
    from fengsui.core.response.events import Recorded
    from fengsui.core.response.incident import Incident

Changes = dict[str, Any]


def _statement(incident: Incident, statement_id: str, state: StatementState) -> Changes:
    statements = {**incident.release.statements, statement_id: state}
    return {"release": replace(incident.release, statements=statements)}


def _drafted(incident: Incident, recorded: Recorded, event: ev.StatementDrafted) -> Changes:
    before = incident.release.statements.get(event.statement_id)
    written = (Signature(at=recorded.at, by=recorded.by, person=event.person),)
    state = StatementState(
        draft=event,
        written=(*before.written, *written) if before else written,
        versions=(*before.versions, event) if before else (event,),
    )
    return _statement(incident, event.statement_id, state)


def _approved(incident: Incident, recorded: Recorded, event: ev.StatementApproved) -> Changes:
    state = incident.release.statements[event.statement_id]
    signed = Signature(at=recorded.at, by=recorded.by, person=event.person, factor=event.factor)
    return _statement(incident, event.statement_id, replace(state, approvals=(*state.approvals, signed)))


def _returned(incident: Incident, recorded: Recorded, event: ev.StatementReturned) -> Changes:
    state = incident.release.statements[event.statement_id]
    state = replace(state, status=StatementStatus.RETURNED, reason=event.reason, approvals=())
    return _statement(incident, event.statement_id, state)


def _published(incident: Incident, recorded: Recorded, event: ev.StatementPublished) -> Changes:
    state = replace(
        incident.release.statements[event.statement_id],
        status=StatementStatus.PUBLISHED,
        number=event.number,
        published_at=recorded.at,
    )
    return _statement(incident, event.statement_id, state)


def _dropped(incident: Incident, recorded: Recorded, event: ev.StatementDropped) -> Changes:
    state = incident.release.statements[event.statement_id]
    state = replace(state, status=StatementStatus.DROPPED, reason=event.reason)
    return _statement(incident, event.statement_id, state)


def _enquiry(release: ReleaseState, enquiry_id: str, state: EnquiryState) -> Changes:
    return {"release": replace(release, enquiries={**release.enquiries, enquiry_id: state})}


def _noted(incident: Incident, recorded: Recorded, event: ev.EnquiryNoted) -> Changes:
    state = EnquiryState(noted=event, at=recorded.at, by=recorded.by)
    return _enquiry(incident.release, event.enquiry_id, state)


def _answered(incident: Incident, recorded: Recorded, event: ev.EnquiryAnswered) -> Changes:
    state = replace(
        incident.release.enquiries[event.enquiry_id],
        answered=event,
        answered_at=recorded.at,
        answered_by=recorded.by,
    )
    return _enquiry(incident.release, event.enquiry_id, state)


CHANGES: dict[type, Callable[[Incident, Recorded, Any], Changes]] = {
    ev.StatementDrafted: _drafted,
    ev.StatementApproved: _approved,
    ev.StatementReturned: _returned,
    ev.StatementPublished: _published,
    ev.StatementDropped: _dropped,
    ev.EnquiryNoted: _noted,
    ev.EnquiryAnswered: _answered,
}
