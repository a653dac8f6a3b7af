"""How a record changes the headquarters, the scene and the danger zone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from fengsui.core.response import events_dispatch as dv
from fengsui.core.response.events import Recorded
from fengsui.core.response.incident import Incident
from fengsui.core.response.state_dispatch import CheckIn, Entry, Halt, Withdrawal

Changes = dict[str, Any]

ONE_HOLDER = (dv.StaffRole.COMMANDER, dv.StaffRole.OFFICE, dv.StaffRole.ON_SCENE, dv.StaffRole.LEAD)
"""Places that one post holds at a time."""


def _staffed(incident: Incident, _recorded: Recorded, event: dv.GroupStaffed) -> Changes:
    key = (event.plan_id, event.group or "")
    # Older records do not say who was named by hand; what a person named before says it.
    named = {(item.role, item.post) for item in incident.staffing.get(key, ()) if item.by_hand}
    places = tuple(
        replace(item, by_hand=True) if (item.role, item.post) in named else item
        for item in event.appointments
    )
    return {"staffing": {**incident.staffing, key: places}}


def _assigned(incident: Incident, _recorded: Recorded, event: dv.PostAssigned) -> Changes:
    key = (event.plan_id or "", event.group or "")
    before = incident.staffing.get(key, ())
    named = dv.Appointment(role=event.role, name=event.name, post=event.post, by_hand=True)
    places = [
        place
        for place, item in enumerate(before)
        if item.role is event.role and (item.name == event.name or event.role in ONE_HOLDER)
    ]
    if not places:
        return {"staffing": {**incident.staffing, key: (*before, named)}}
    after = tuple(named if place == places[0] else item for place, item in enumerate(before))
    return {"staffing": {**incident.staffing, key: after}}


def _waits_set(_incident: Incident, _recorded: Recorded, event: dv.WaitsSet) -> Changes:
    return {"order_waits": event.waits}


def _checked_in(incident: Incident, recorded: Recorded, event: dv.SceneCheckedIn) -> Changes:
    return {"checkins": {**incident.checkins, event.checkin_id: CheckIn(event=event, by=recorded.by)}}


def _checked_out(incident: Incident, recorded: Recorded, event: dv.SceneCheckedOut) -> Changes:
    left = replace(incident.checkins[event.checkin_id], left_at=recorded.at, reason=event.reason)
    return {"checkins": {**incident.checkins, event.checkin_id: left}}


def _entered(incident: Incident, recorded: Recorded, event: dv.RescuersEntered) -> Changes:
    entry = Entry(event=event, by=recorded.by, inside=event.people)
    return {"entries": {**incident.entries, event.entry_id: entry}}


def _exited(incident: Incident, recorded: Recorded, event: dv.RescuersExited) -> Changes:
    entry = incident.entries[event.entry_id]
    inside = max(0, entry.inside - event.people)
    entry = replace(entry, inside=inside, out_at=recorded.at if inside == 0 else None)
    return {"entries": {**incident.entries, event.entry_id: entry}}


def _overdue(incident: Incident, _recorded: Recorded, event: dv.RescuersOverdue) -> Changes:
    entry = replace(incident.entries[event.entry_id], overdue=True)
    return {"entries": {**incident.entries, event.entry_id: entry}}


def _withdrawal(incident: Incident, recorded: Recorded, event: dv.WithdrawalOrdered) -> Changes:
    inside = tuple(key for key, entry in incident.entries.items() if entry.inside)
    ordered = Withdrawal(event=event, at=recorded.at, by=recorded.by, entries=inside)
    return {"withdrawals": (*incident.withdrawals, ordered)}


def _suspended(_incident: Incident, recorded: Recorded, event: dv.RescueSuspended) -> Changes:
    return {"halt": Halt(reason=event.reason, decided_by=event.decided_by, at=recorded.at)}


def _resumed(_incident: Incident, _recorded: Recorded, _event: dv.RescueResumed) -> Changes:
    return {"halt": None}


CHANGES: Mapping[type, Callable[[Incident, Recorded, Any], Changes]] = {
    dv.GroupStaffed: _staffed,
    dv.PostAssigned: _assigned,
    dv.WaitsSet: _waits_set,
    dv.SceneCheckedIn: _checked_in,
    dv.SceneCheckedOut: _checked_out,
    dv.RescuersEntered: _entered,
    dv.RescuersExited: _exited,
    dv.RescuersOverdue: _overdue,
    dv.WithdrawalOrdered: _withdrawal,
    dv.RescueSuspended: _suspended,
    dv.RescueResumed: _resumed,
}
