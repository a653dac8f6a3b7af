"""An inbox of calls in memory beside the desk of ``response_builders``."""

from __future__ import annotations

from datetime import timedelta

from fengsui.adapters.memory_watch import MemoryCalls
from fengsui.application.calls import Received, take_call
from fengsui.application.watch_ports import CallDesk, CallRecord, Means
from response_builders import COUNTY, Bench, actor


def call_desk(at: Bench) -> CallDesk:
    return CallDesk(desk=at.desk, calls=MemoryCalls(at.store))


def taken(
    desk: CallDesk,
    text: str,
    place: str = "北沙镇",
    *,
    ago: int = 0,
    means: Means = Means.PHONE,
    **more: object,
) -> CallRecord:
    """A call received ``ago`` minutes before now."""
    received = desk.desk.clock.now() - timedelta(minutes=ago)
    given = Received(means=means, text=text, place=place, place_code=COUNTY, received_at=received, **more)
    return take_call(desk, actor("duty"), given)
