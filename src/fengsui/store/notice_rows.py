"""Notices and deliveries between rows and the values of ``notify_ports``."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime
from operator import attrgetter
from typing import Any

from fengsui.application import notify_ports as ports
from fengsui.application.notify_ports import DeliveryState
from fengsui.core.errors import FengsuiError
from fengsui.core.notify.ladder import GROUPS, INSIDE, Means
from fengsui.store import bulk
from fengsui.store.models import DeliveryRow, NoticeRow

KEPT = (
    *("message_id", "event", "incident_id", "kind", "to_kind", "to", "post_id", "person_id"),
    *("subject", "body", "ref", "exercise", "created_at", "next_at"),
)
TOLD = (*KEPT, "id", "step", "acknowledged_at", "how")
_TOLD_AS = (*KEPT, "notice_id", "step", "acknowledged_at", "how")
kept, _told_values = attrgetter(*KEPT), attrgetter(*TOLD)


def trouble_text(why: FengsuiError) -> str:
    """A failure as kept: its code and the few words of data it carries, never a number or an answer."""
    return json.dumps({"code": why.code, "data": {name: str(value) for name, value in why.data.items()}})


def delivery(
    notice: ports.Notice, means: Means, channel: str, urgent: bool, now: datetime
) -> dict[str, object]:
    once = f"{notice.notice_id}/{channel}"
    if means in GROUPS:
        once = f"event/{notice.event}/{channel}"
    # What stays in the house is where it is meant to be as soon as it is written.
    inside = means in INSIDE
    return {
        "notice_id": notice.notice_id,
        "channel": channel,
        "means": means.value,
        "once": once,
        "urgent": urgent,
        "state": (DeliveryState.DELIVERED if inside else DeliveryState.QUEUED).value,
        "queued_at": now,
        "sent_at": now if inside else None,
    }


def queue(made: Iterable[dict[str, object]]) -> None:
    """Write deliveries; one that stands already is left as it is."""
    rows = list(made)
    if rows:
        bulk.insert(DeliveryRow, tuple(rows[0]), (row.values() for row in rows), unless=bulk.IGNORE)


def notice_of(row: NoticeRow) -> ports.Notice:
    return told(_told_values(row))


def told(values: tuple[Any, ...]) -> ports.Notice:
    return ports.Notice(**dict(zip(_TOLD_AS, values, strict=True)))


def taken(row: DeliveryRow) -> ports.Delivery:
    return ports.Delivery(
        delivery_id=row.pk,
        notice_id=row.notice_id,
        channel=row.channel,
        attempts=row.attempts,
        maybe_repeated=row.maybe_repeated,
        gateway_ref=row.gateway_ref,
    )
