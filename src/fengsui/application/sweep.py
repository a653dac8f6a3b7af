"""What the runner does: record deadlines gone by, and hand messages to their channels."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from fengsui.application.commit import load, scene_of, write
from fengsui.application.desk import Desk
from fengsui.application.duty import roster_at
from fengsui.application.ports import ManyChannel, OutboxRow, TimerRow
from fengsui.core.errors import Conflict, InputError, Permanent, Retryable
from fengsui.core.response.decisions.orders import pass_deadlines
from fengsui.core.response.decisions.ring import ring
from fengsui.core.response.events import TIMER

LEASE = timedelta(seconds=30)
RETRY_AFTER = timedelta(seconds=20)
MANY = 500
"""Messages handed over in one transaction: the four hundred orders of an activation arrive together."""


def sweep_timers(desk: Desk, now: datetime, *, limit: int = 100) -> int:
    """Record every deadline that has passed; return how many timers were dealt with.

    Safe to run twice: a deadline recorded as passed is not recorded again, a kept one has no timer.
    """
    rows = desk.timers.take_due(now, limit, LEASE)
    by_incident: dict[str, list[TimerRow]] = {}
    for row in rows:
        by_incident.setdefault(row.incident_id, []).append(row)
    return sum(_sweep_one(desk, incident_id, of_one, now) for incident_id, of_one in by_incident.items())


def _sweep_one(desk: Desk, incident_id: str, rows: Iterable[TimerRow], now: datetime) -> int:
    listed = list(rows)
    refs = frozenset(row.timer_id.split("/", 1)[1] for row in listed)
    try:
        with desk.transactions.begin():
            incident = load(desk, incident_id)
            scene = scene_of(desk, incident, max(now, incident.last.at), TIMER)
            passed, rung = pass_deadlines(scene, refs), ring(scene, roster_at(desk, now), refs)
            write(desk, scene, (*passed, *rung), None)
            for row in listed:
                desk.timers.finish(row.timer_id)
    except Conflict:
        # A person acted in the same moment: the lease runs out and the timer is looked at again.
        return 0
    except InputError:
        for row in listed:
            desk.timers.finish(row.timer_id)
    return len(listed)


def deliver_outbox(desk: Desk, now: datetime, *, limit: int = MANY) -> int:
    """Send waiting messages; return how many were handed over."""
    by_channel: dict[str, list[OutboxRow]] = {}
    for row in desk.outbox.take_due(now, limit, LEASE):
        by_channel.setdefault(row.channel, []).append(row)
    return sum(_deliver_all(desk, name, rows, now) for name, rows in by_channel.items())


def _deliver_all(desk: Desk, name: str, rows: list[OutboxRow], now: datetime) -> int:
    """Many at once where the channel takes many: one transaction, and all are handed over or none is."""
    many: ManyChannel | None = desk.many_channels.get(name)
    if many is None:
        return sum(_deliver(desk, row, now) for row in rows)
    try:
        with desk.transactions.begin():
            many.send_many(tuple(rows))
            desk.outbox.finish(*(row.message_id for row in rows))
    except Retryable as error:
        for row in rows:
            desk.outbox.fail(row.message_id, str(error), now + RETRY_AFTER)
        return 0
    return len(rows)


def _deliver(desk: Desk, row: OutboxRow, now: datetime) -> int:
    channel = desk.channels.get(row.channel)
    if channel is None:
        desk.outbox.fail(row.message_id, f"no channel {row.channel}", None)
        return 0
    try:
        channel.send(row)
    except Retryable as error:
        desk.outbox.fail(row.message_id, str(error), now + RETRY_AFTER)
        return 0
    except Permanent as error:
        desk.outbox.fail(row.message_id, str(error), None)
        return 0
    desk.outbox.finish(row.message_id)
    return 1
