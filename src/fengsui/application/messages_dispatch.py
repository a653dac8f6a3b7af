"""Messages of command and dispatch. Alarms of one moment to one post are one message, not ten."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from fengsui.application.ports import OutboxRow
from fengsui.application.wording import word
from fengsui.core.directory import Directory
from fengsui.core.response import events_dispatch as dv
from fengsui.core.response.events import Recorded
from fengsui.core.response.incident import Incident

Line = tuple[Sequence[str], str, dict[str, Any], str]


def _order(incident: Incident, directive_id: str) -> dict[str, Any]:
    issued = incident.directives[directive_id].issued
    return {"who": issued.to_name, "text": issued.text}


def _giver(incident: Incident, directive_id: str) -> tuple[str, ...]:
    """Who gave an order: a person, else (given by a plan) whoever decided its response, and the desk."""
    state = incident.directives[directive_id]
    return (state.by, incident.opened_by)


def _released(event: dv.DirectiveReleased, incident: Incident) -> Line:
    to = incident.directives[event.directive_id].issued.to
    return to, "released", _order(incident, event.directive_id), event.directive_id


def _declined(event: dv.DirectiveDeclined, incident: Incident) -> Line:
    data = {**_order(incident, event.directive_id), "reason": event.reason}
    return _giver(incident, event.directive_id), "declined", data, event.directive_id


def _asked(event: dv.DirectiveQuestioned, incident: Incident) -> Line:
    data = {**_order(incident, event.directive_id), "question": event.question}
    return _giver(incident, event.directive_id), "unit_asked", data, event.directive_id


def _answered(event: dv.DirectiveAnswered, incident: Incident) -> Line:
    data = {**_order(incident, event.directive_id), "answer": event.answer}
    return incident.directives[event.directive_id].issued.to, "unit_answered", data, event.directive_id


def _helped(event: dv.HelpAnswered, incident: Incident) -> Line:
    names = [incident.directives[key].issued.to_name for key in event.by_directive]
    answer = word("message", "help_comes", who="、".join(names)) if names else event.answer
    data = {**_order(incident, event.directive_id), "answer": answer}
    return incident.directives[event.directive_id].issued.to, "help_answered", data, event.directive_id


def _undone(event: dv.TapUndone, incident: Incident) -> Line:
    data = {**_order(incident, event.directive_id), "tap": word("tap", event.tap.value)}
    return _giver(incident, event.directive_id), "tap_undone", data, event.directive_id


def _assigned(event: dv.PostAssigned, incident: Incident) -> Line:
    data = {"role": word("staff_role", event.role.value), "group": event.group or "", "name": event.name}
    return (event.post,), "assigned", data, event.group or ""


def _overdue(event: dv.RescuersOverdue, incident: Incident) -> Line:
    entry = incident.entries[event.entry_id]
    data = {"team": entry.event.team, "people": entry.inside, "zone": entry.event.zone}
    return _on_the_scene(incident), "rescuers_overdue", data, event.entry_id


def _withdrawal(event: dv.WithdrawalOrdered, incident: Incident) -> Line:
    inside = [entry for entry in incident.entries.values() if entry.inside]
    units = tuple(entry.event.unit for entry in inside if entry.event.unit)
    enterers = tuple(entry.by for entry in inside)
    data = {"reason": event.reason, "people": sum(entry.inside for entry in inside), "signal": event.signal}
    return (*units, *enterers, *_on_the_scene(incident)), "withdrawal", data, event.order_id


def _suspended(event: dv.RescueSuspended, incident: Incident) -> Line:
    return (*_at_scene(incident), *_on_the_scene(incident)), "suspended", {"reason": event.reason}, ""


def _resumed(event: dv.RescueResumed, incident: Incident) -> Line:
    return (*_at_scene(incident), *_on_the_scene(incident)), "resumed", {"reason": event.reason}, ""


def _at_scene(incident: Incident) -> tuple[str, ...]:
    return tuple(
        item.event.unit for item in incident.checkins.values() if item.event.unit and not item.left_at
    )


def _on_the_scene(incident: Incident) -> tuple[str, ...]:
    """Those who look after the rescuers: on-scene commander and safety officers, and the desk."""
    wanted = (dv.StaffRole.ON_SCENE, dv.StaffRole.SAFETY)
    named = (item.post for of in incident.staffing.values() for item in of if item.role in wanted)
    return tuple(post for post in (*named, incident.opened_by) if post)


LINES: dict[type, Any] = {
    dv.DirectiveReleased: _released,
    dv.DirectiveDeclined: _declined,
    dv.DirectiveQuestioned: _asked,
    dv.DirectiveAnswered: _answered,
    dv.HelpAnswered: _helped,
    dv.TapUndone: _undone,
    dv.PostAssigned: _assigned,
    dv.RescuersOverdue: _overdue,
    dv.WithdrawalOrdered: _withdrawal,
    dv.RescueSuspended: _suspended,
    dv.RescueResumed: _resumed,
}

SHOWN = 5
"""Orders named in one message of alarms; the rest is counted."""


def bundled(
    recorded: Iterable[Recorded], incident: Incident, directory: Directory, channel: str
) -> list[OutboxRow]:
    """One message a post for all reminders, and one for all orders brought to it, of this moment."""
    groups: dict[tuple[str, str], list[Recorded]] = {}
    for item in recorded:
        event = item.event
        if isinstance(event, dv.DirectiveReminded | dv.DirectiveEscalated) and event.post:
            kind = "reminder" if isinstance(event, dv.DirectiveReminded) else "escalated"
            groups.setdefault((kind, event.post), []).append(item)
    groups.update(_staffed(recorded))
    return [_bundle(kind, post, items, incident, channel) for (kind, post), items in groups.items() if items]


def _staffed(recorded: Iterable[Recorded]) -> dict[tuple[str, str], list[Recorded]]:
    found: dict[tuple[str, str], list[Recorded]] = {}
    for item in recorded:
        if isinstance(item.event, dv.GroupStaffed):
            for place in item.event.appointments:
                if place.post and place.post != item.by:
                    found.setdefault(("staffed", place.post), []).append(item)
    return found


def _bundle(kind: str, post: str, items: list[Recorded], incident: Incident, channel: str) -> OutboxRow:
    lines = [_line(kind, post, item, incident) for item in items[:SHOWN]]
    more = word("message", "and_more", n=len(items)) if len(items) > SHOWN else ""
    mark = word("message", "exercise_mark") if incident.opened.exercise else ""
    first = items[0]
    return OutboxRow(
        message_id=f"{first.incident_id}/{first.seq}/{kind}/{post}",
        incident_id=first.incident_id,
        to_kind="post",
        to=post,
        channel=channel,
        subject=mark + word("message", f"{kind}_subject", title=incident.opened.title, n=len(items)),
        body=mark + "；".join(dict.fromkeys(lines)) + more,
        ref=getattr(first.event, "directive_id", ""),
        kind=kind,
        exercise=incident.opened.exercise,
    )


def _line(kind: str, post: str, item: Recorded, incident: Incident) -> str:
    event = item.event
    if isinstance(event, dv.GroupStaffed):
        roles = [word("staff_role", place.role.value) for place in event.appointments if place.post == post]
        return word(
            "message",
            "staffed_line",
            group=event.group or word("message", "headquarters"),
            role="、".join(roles),
        )
    assert isinstance(event, dv.DirectiveReminded | dv.DirectiveEscalated)
    data = _order(incident, event.directive_id)
    if isinstance(event, dv.DirectiveEscalated):
        return word("message", f"escalated_{event.phase.value}", **data)
    return word("message", "reminder_line", **data)
