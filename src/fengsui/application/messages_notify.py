"""Messages that a response began, changed its level or ended, to all who act in it; see ``messages``."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from fengsui.application.wording import word
from fengsui.core.response import events as ev
from fengsui.core.response.incident import Incident

Line = tuple[Sequence[str], str, dict[str, Any], str]


def _involved(incident: Incident, plan_id: str) -> tuple[str, ...]:
    """The desk, and whoever has an order by this plan."""
    ordered = (
        target
        for state in incident.directives.values()
        if state.issued.plan_id == plan_id
        for target in state.issued.to
    )
    return (incident.opened_by, *dict.fromkeys(ordered))


def _activated(event: ev.ResponseActivated, incident: Incident) -> Line:
    data = {"plan": _title(incident, event.plan_id), "level": word("response_level", event.level.value)}
    return _involved(incident, event.plan_id), "activated", data, event.proposal_id


def _changed(event: ev.LevelChanged, incident: Incident) -> Line:
    data = {
        "plan": _title(incident, event.plan_id),
        "before": word("response_level", event.before.value),
        "after": word("response_level", event.after.value),
    }
    return _involved(incident, event.plan_id), "level_changed", data, event.proposal_id


def _terminated(event: ev.ResponseTerminated, incident: Incident) -> Line:
    data = {"plan": _title(incident, event.plan_id)}
    return _involved(incident, event.plan_id), "terminated", data, event.proposal_id


def _title(incident: Incident, plan_id: str) -> str:
    plan = incident.plans.get(plan_id)
    return plan.title if plan else ""


OF_RESPONSE: dict[type, Callable[[Any, Incident], Line]] = {
    ev.ResponseActivated: _activated,
    ev.LevelChanged: _changed,
    ev.ResponseTerminated: _terminated,
}
