"""Joining calls to an incident and splitting an incident that turns out to be two."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from fengsui.core.errors import Conflict, InputError, Refusal
from fengsui.core.plan.reporting import ClockStart
from fengsui.core.response.decisions.scene import Scene, check_instant, check_text
from fengsui.core.response.events import Event, ReportClockStopped
from fengsui.core.response.events_watch import CallJoined, IncidentSplit, SplitFrom
from fengsui.core.response.follow_up import LEARNED_EARLIER
from fengsui.core.response.incident import Incident

FROM_LEARNING = (ClockStart.LEARNED, ClockStart.RECEIVED)


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenCall:
    """A call as the stream may know it."""

    call_id: str
    means: str
    received_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Split:
    """What goes away into the incident ``into``."""

    into: str
    title: str
    call_ids: tuple[str, ...]
    reason: str


def join_call(call: TakenCall, why: str, scene: Scene) -> tuple[Event, ...]:
    """The call is about this incident. Raises Conflict when the incident is closed.

    A call received earlier than the incident was learned of moves that instant back: report clocks that run
    from learning, on which nothing was sent, stop and begin again from the earlier call.
    """
    scene.must_be_open()
    check_instant(call.received_at, scene.now, "received_at")
    known = scene.incident.calls.get(call.call_id)
    if known is not None and known.moved_to is None:
        return ()
    joined = CallJoined(call_id=call.call_id, means=call.means, received_at=call.received_at, why=why.strip())
    if call.received_at >= scene.incident.opened.learned_at:
        return (joined,)
    stopped = (
        ReportClockStopped(clock_id=clock_id, reason=LEARNED_EARLIER)
        for clock_id, clock in scene.incident.clocks.items()
        if clock.running and not clock.sent and clock.started.start in FROM_LEARNING
    )
    return (*stopped, joined)


def split(order: Split, scene: Scene) -> tuple[IncidentSplit, ...]:
    """Part of the incident goes its own way; everything recorded here stays.

    Raises InputError for a call that is not of this incident, Refusal when no call would be left here.
    """
    scene.must_be_open()
    ours = {key for key, link in scene.incident.calls.items() if link.moved_to is None}
    unknown = [key for key in order.call_ids if key not in scene.incident.calls]
    if unknown:
        raise InputError("call_not_of_incident", call=unknown[0])
    gone = [key for key in order.call_ids if key not in ours]
    if gone:
        raise Conflict("call_moved_already", call=gone[0])
    if ours and ours == set(order.call_ids):
        raise Refusal("split_leaves_nothing")
    return (
        IncidentSplit(
            into=order.into,
            title=order.title,
            call_ids=order.call_ids,
            reason=check_text(order.reason, "reason"),
        ),
    )


def split_from(order: Split, origin: Incident) -> SplitFrom:
    """The other end of ``split``, for the stream of the new incident."""
    return SplitFrom(
        origin=origin.incident_id,
        title=origin.opened.title,
        call_ids=order.call_ids,
        reason=order.reason.strip(),
    )
