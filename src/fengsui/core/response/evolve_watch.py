"""How the events of duty watch change the state."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from fengsui.core.response.events import Recorded
from fengsui.core.response.events_watch import CallJoined, IncidentSplit, SplitFrom
from fengsui.core.response.incident import Incident
from fengsui.core.response.state_watch import CallLink, Sibling

Changes = dict[str, Any]


def _joined(incident: Incident, recorded: Recorded, event: CallJoined) -> Changes:
    link = CallLink(
        call_id=event.call_id,
        means=event.means,
        received_at=event.received_at,
        at=recorded.at,
        by=recorded.by,
        why=event.why,
    )
    changes: Changes = {"calls": {**incident.calls, event.call_id: link}}
    if event.received_at < incident.opened.learned_at:
        # The desk knew from the earlier call: clocks that run from learning run from there.
        changes["opened"] = replace(incident.opened, learned_at=event.received_at)
    return changes


def _split(incident: Incident, recorded: Recorded, event: IncidentSplit) -> Changes:
    moved = {
        key: replace(link, moved_to=event.into) if key in event.call_ids else link
        for key, link in incident.calls.items()
    }
    return {"calls": moved, "siblings": (*incident.siblings, _sibling(recorded, event.into, event))}


def _split_from(incident: Incident, recorded: Recorded, event: SplitFrom) -> Changes:
    sibling = replace(_sibling(recorded, event.origin, event), is_origin=True)
    return {"siblings": (*incident.siblings, sibling)}


def _sibling(recorded: Recorded, incident_id: str, event: IncidentSplit | SplitFrom) -> Sibling:
    return Sibling(
        incident_id=incident_id, title=event.title, reason=event.reason, at=recorded.at, by=recorded.by
    )


CHANGES: dict[type, Callable[[Incident, Recorded, Any], Changes]] = {
    CallJoined: _joined,
    IncidentSplit: _split,
    SplitFrom: _split_from,
}
