"""The task lists after something became of a directive: brought up to the state that the stream says.

Taking back a tap restores what was, so a row cannot be moved step by step: it is read off the fold.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from fengsui.core.response import events as ev
from fengsui.core.response import events_dispatch as dv
from fengsui.core.response.decisions.replies import UNDO_WITHIN
from fengsui.core.response.dependencies import unsettled
from fengsui.core.response.events import Recorded
from fengsui.core.response.incident import DirectiveState, DirectiveStatus, Incident
from fengsui.store.models import TaskRow

_OF_A_DIRECTIVE = (
    ev.DirectiveAccepted,
    ev.DirectiveDone,
    ev.HelpAsked,
    ev.DirectiveWithdrawn,
    dv.DirectiveLinked,
    dv.DirectiveReleased,
    dv.DirectiveHeld,
    dv.DirectiveDeclined,
    dv.DirectiveQuestioned,
    dv.DirectiveAnswered,
    dv.HelpAnswered,
    dv.TapUndone,
    dv.DirectiveEscalated,
    dv.EscalationAnswered,
)


def touched(recorded: Sequence[Recorded]) -> set[str]:
    """The directives something became of, and those issued to wait."""
    found: set[str] = set()
    for item in recorded:
        event = item.event
        if isinstance(event, _OF_A_DIRECTIVE) or (isinstance(event, ev.DirectiveIssued) and _special(event)):
            found.add(event.directive_id)
    return found


def _special(event: ev.DirectiveIssued) -> bool:
    return bool(event.after or event.contact or event.place or event.helps or event.replaces)


def bring_up(incident_id: str, incident: Incident, directive_ids: set[str]) -> None:
    """Write the rows of ``directive_ids`` as the folded ``incident`` has them."""
    rows = list(TaskRow.objects.filter(incident_id=incident_id, directive_id__in=directive_ids))
    for row in rows:
        state = incident.directives[row.directive_id]
        row.state, row.due, row.since = state.status.value, state.due, state.handling.released_at
        row.waiting = state.handling.waiting and state.is_open
        row.help_asked = bool(state.unanswered_help)
        row.contact, row.place = state.issued.contact or "", state.issued.place or ""
        row.ended_at = ended_at(state, row.ended_at, incident.last.at)
        row.more = _more(state, incident)
    fields = ["state", "due", "since", "waiting", "help_asked", "contact", "place", "ended_at", "more"]
    # One statement for all of them: an alarm may touch hundreds, and others wait for the database meanwhile.
    TaskRow.objects.bulk_create(rows, update_conflicts=True, unique_fields=["id"], update_fields=fields)


def ended_at(state: DirectiveState, before: datetime | None, now: datetime) -> datetime | None:
    """When the order was over; None while somebody has it to do, or to give to another."""
    if state.status is DirectiveStatus.DONE:
        return state.done_at
    return (before or now) if state.status is DirectiveStatus.WITHDRAWN else None


def _more(state: DirectiveState, incident: Incident) -> dict[str, Any]:
    """What a card shows beside its columns; empty things are left out."""
    handling, found = state.handling, dict[str, Any]()
    waits = unsettled(incident.directives, handling.after) if handling.waiting else ()
    if waits:
        first = incident.directives[waits[0]].issued
        found["waits_for"] = f"{first.to_name}：{first.text}"
    if handling.waiting and state.issued.within:
        found["within"] = int(state.issued.within.total_seconds() // 60)
    if handling.exchange:
        found["exchange"] = [[item.kind, item.text] for item in handling.exchange[-4:]]
    if state.help:
        found["help"] = [item.text for item in state.help]
        found["replies"] = [_reply(reply.text, reply.orders, incident) for reply in handling.replies]
    if handling.declined and state.status is DirectiveStatus.DECLINED:
        found["declined"] = handling.declined.text
    if state.result:
        found["result"] = state.result
    if handling.last is not None:
        found["undo"] = {
            "until": (handling.last.at + UNDO_WITHIN).isoformat(),
            "by": handling.last.by,
            "tap": handling.last.tap.value,
        }
    if handling.climbs and state.status is not DirectiveStatus.DONE:
        found["climbed"] = handling.climbs[-1].event.rung or "none"
    return found


def _reply(text: str, orders: Sequence[str], incident: Incident) -> str:
    names = "、".join(incident.directives[key].issued.to_name for key in orders)
    return "：".join(part for part in (names, text) if part)
