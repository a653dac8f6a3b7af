"""Streams of incidents that were read lately, so that each look reads only what came since.

A stream only ever grows, and each record holds the hash of the one before: when the last record kept still
stands in the tables, so do all before it. One that was written and undone again is found missing, and the
stream is read anew.
"""

from __future__ import annotations

import json
from collections import OrderedDict
from functools import lru_cache

from fengsui.core.response.chain import event_from_data
from fengsui.core.response.events import Event, Recorded
from fengsui.store.models import EventRow

KEPT_EVENTS = 20_000
"""Decoded events kept in memory by their text: the same text is the same event, so none is ever stale."""
KEPT_STREAMS = 64

_streams: OrderedDict[str, tuple[Recorded, ...]] = OrderedDict()


@lru_cache(maxsize=KEPT_EVENTS)
def _event(data: str) -> Event:
    return event_from_data(json.loads(data))


def stored_events(incident_id: str, first: int = 1, last: int | None = None) -> tuple[Recorded, ...]:
    """Records of a stream as they stand in the tables, all or from ``first`` to ``last``."""
    rows = EventRow.objects.filter(incident_id=incident_id, seq__gte=first)
    if last is not None:
        rows = rows.filter(seq__lte=last)
    return tuple(
        Recorded(
            incident_id=incident_id,
            seq=seq,
            at=at,
            by=by,
            event=_event(data),
            previous_hash=previous_hash,
            hash=own_hash,
        )
        for seq, at, by, data, previous_hash, own_hash in rows.order_by("seq").values_list(
            "seq", "at", "by", "data", "previous_hash", "hash"
        )
    )


def stream(incident_id: str) -> tuple[Recorded, ...]:
    """The whole stream, of which only the end is read where the beginning is known."""
    known = _streams.get(incident_id, ())
    found = stored_events(incident_id, known[-1].seq if known else 1)
    if known and found and found[0].hash == known[-1].hash:
        whole = (*known, *found[1:]) if len(found) > 1 else known
    else:
        whole = stored_events(incident_id) if known else found
    _keep(incident_id, whole)
    return whole


def _keep(incident_id: str, whole: tuple[Recorded, ...]) -> None:
    _streams.pop(incident_id, None)
    if whole:
        _streams[incident_id] = whole
    while len(_streams) > KEPT_STREAMS:
        try:
            _streams.popitem(last=False)
        except KeyError:  # another thread took the last one
            return
