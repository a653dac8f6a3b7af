"""A call saved and settled in one step, as the officer with the telephone in hand does it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from fengsui.application.calls import Received, join_call, open_from_call, take_call
from fengsui.application.commit import Outcome, load
from fengsui.application.desk import Actor
from fengsui.application.watch_ports import CallDesk
from fengsui.core.response.decisions.record import Call, Reported


def take_and_open(
    watch_desk: CallDesk,
    actor: Actor,
    given: Received,
    opening: Call,
    *,
    caller: Mapping[str, Any] | None = None,
    plans: Sequence[tuple[str, str]] = (),
    facts: Sequence[Reported] = (),
    command_id: str,
) -> Outcome:
    """Save the call and open an incident from it; the same command twice is one call and one incident."""
    with watch_desk.desk.transactions.begin():
        call = take_call(watch_desk, actor, given, caller=caller, call_id=f"call-{command_id}")
        return open_from_call(
            watch_desk, actor, call.call_id, opening, plans=plans, facts=facts, command_id=command_id
        )


def take_and_join(
    watch_desk: CallDesk,
    actor: Actor,
    given: Received,
    incident_id: str,
    *,
    caller: Mapping[str, Any] | None = None,
    command_id: str,
) -> Outcome:
    """Save the call and join it to an incident that runs."""
    with watch_desk.desk.transactions.begin():
        call = take_call(watch_desk, actor, given, caller=caller, call_id=f"call-{command_id}")
        if call.incident_id == incident_id:
            incident = load(watch_desk.desk, incident_id)
            return Outcome(incident_id=incident_id, recorded=(), incident=incident, repeated=True)
        return join_call(watch_desk, actor, call.call_id, incident_id)
