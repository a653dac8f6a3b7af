"""Messages that go out with an event: to whom, and the line they read. Words in Chinese, as on the desk.

Ids are derived from the record, so the same event never makes a second message.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta, timezone
from typing import Any

from fengsui.application import (
    messages_aftermath,
    messages_dispatch,
    messages_release,
    messages_reporting,
)
from fengsui.application.matter_words import matter_words
from fengsui.application.messages_decisions import OF_DECISIONS, unanswered
from fengsui.application.messages_notify import OF_RESPONSE
from fengsui.application.ports import OutboxRow
from fengsui.application.wording import word
from fengsui.core.directory import Directory
from fengsui.core.response import events as ev
from fengsui.core.response.events import Recorded
from fengsui.core.response.incident import DirectiveStatus, Incident

CHANNEL = "internal"
"""The in-house inbox; other channels (SMS, voice) are chosen by the installation."""

BEIJING = timezone(timedelta(hours=8))
"""Times in messages are Beijing time, the only civil time in China."""

Line = tuple[Sequence[str], str, dict[str, Any], str]
"""Addressees (post or unit ids), wording code, its data, reference."""


def messages_for(
    recorded: Iterable[Recorded], incident: Incident, directory: Directory
) -> tuple[OutboxRow, ...]:
    """The outbox rows of ``recorded``; none to the post that acted."""
    recorded = tuple(recorded)
    rows: list[OutboxRow] = messages_dispatch.bundled(recorded, incident, directory, CHANNEL)
    for item in recorded:
        make = _LINES.get(type(item.event))
        if make is None:
            continue
        to, code, data, ref = make(item.event, incident)
        for target in dict.fromkeys(to):
            if target and target != item.by:
                rows.append(_row(item, incident, directory, target, code, data, ref))
    return tuple(rows)


def _row(
    item: Recorded,
    incident: Incident,
    directory: Directory,
    target: str,
    code: str,
    data: dict[str, Any],
    ref: str,
) -> OutboxRow:
    mark = word("message", "exercise_mark") if incident.opened.exercise else ""
    kind = "post" if directory.post(target) else "unit" if directory.unit(target) else "external"
    return OutboxRow(
        message_id=f"{item.incident_id}/{item.seq}/{target}",
        incident_id=item.incident_id,
        to_kind=kind,
        to=target,
        channel=CHANNEL,
        subject=mark + word("message", f"{code}_subject", title=incident.opened.title, **data),
        body=mark + word("message", f"{code}_body", place=incident.opened.place, **data),
        ref=ref,
        kind=code,
        exercise=incident.opened.exercise,
    )


def _proposed(event: ev.Proposed, _incident: Incident) -> Line:
    data = {
        "kind": word("proposal_kind", event.kind.value),
        "level": word("response_level", event.level.value) if event.level else "",
        "reason": event.reason,
    }
    return event.approvers, "proposed", data, event.proposal_id


def _questioned(event: ev.ProposalQuestioned, incident: Incident) -> Line:
    asked = incident.proposals[event.proposal_id]
    return (asked.by,), "questioned", {"question": event.question}, event.proposal_id


def _answered(event: ev.ProposalAnswered, incident: Incident) -> Line:
    to = incident.proposals[event.proposal_id].proposed.approvers
    return to, "answered", {"answer": event.answer}, event.proposal_id


def _approved(event: ev.ProposalApproved, incident: Incident) -> Line:
    return (
        (incident.proposals[event.proposal_id].by,),
        "approved",
        {"reason": event.reason},
        event.proposal_id,
    )


def _refused(event: ev.ProposalRefused, incident: Incident) -> Line:
    return (incident.proposals[event.proposal_id].by,), "refused", {"reason": event.reason}, event.proposal_id


def _directive(event: ev.DirectiveIssued, _incident: Incident) -> Line:
    data = {"text": event.text, "due": _time(event.due)}
    return event.to, "directive", data, event.directive_id


def _time(due: datetime | None) -> str:
    return f"{due.astimezone(BEIJING):%m-%d %H:%M}" if due else word("message", "no_due")


def _withdrawn(event: ev.DirectiveWithdrawn, incident: Incident) -> Line:
    issued = incident.directives[event.directive_id].issued
    data = {"text": issued.text, "reason": word("reason", event.reason)}
    return issued.to, "directive_withdrawn", data, event.directive_id


def _help(event: ev.HelpAsked, incident: Incident) -> Line:
    state = incident.directives[event.directive_id]
    return (
        (state.by, incident.opened_by),
        "help",
        {"who": state.issued.to_name, "text": event.text},
        event.directive_id,
    )


def _done(event: ev.DirectiveDone, incident: Incident) -> Line:
    state = incident.directives[event.directive_id]
    return (state.by,), "done", {"who": state.issued.to_name, "result": event.result}, event.directive_id


def _passed(event: ev.DeadlinePassed, incident: Incident) -> Line:
    if event.kind is ev.DeadlineKind.PROPOSAL:
        return unanswered(event, incident)
    if event.kind is ev.DeadlineKind.REPORT:
        started = incident.clocks[event.ref].started
        to: tuple[str, ...] = (incident.opened_by, *((started.who_id,) if started.who_id else ()))
        return to, "overdue", {"who": started.who, "what": started.what}, event.ref
    if event.kind is ev.DeadlineKind.MATTER:
        matter = incident.aftermath.matters[event.ref]
        data = {"who": matter.opened.owner_name, "what": matter_words(matter.opened.kind, matter.opened.text)}
        return (
            ("" if matter.by == ev.TIMER else matter.by, incident.opened_by, matter.opened.owner),
            "overdue",
            data,
            event.ref,
        )
    state = incident.directives[event.ref]
    issued = state.issued
    # A unit that returned the order is not chased for it: whoever gave it is.
    late = (state.by,) if state.status is DirectiveStatus.DECLINED else issued.to
    return (
        (incident.opened_by, *late),
        "overdue",
        {"who": issued.to_name, "what": issued.text},
        event.ref,
    )


_LINES: dict[type, Callable[[Any, Incident], Line]] = {
    ev.Proposed: _proposed,
    ev.ProposalQuestioned: _questioned,
    ev.ProposalAnswered: _answered,
    ev.ProposalApproved: _approved,
    ev.ProposalRefused: _refused,
    ev.DirectiveIssued: _directive,
    ev.DirectiveWithdrawn: _withdrawn,
    ev.HelpAsked: _help,
    ev.DirectiveDone: _done,
    ev.DeadlinePassed: _passed,
    **OF_DECISIONS,
    **messages_dispatch.LINES,
    **messages_reporting.LINES,
    **messages_release.LINES,
    **messages_aftermath.LINES,
    **OF_RESPONSE,
}
