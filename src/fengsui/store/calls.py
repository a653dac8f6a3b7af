"""The inbox of calls in the database (port ``CallStore``)."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q

from fengsui.application.watch_ports import CallRecord, CallState, KnownIncident, Means
from fengsui.core.directory import significant
from fengsui.core.errors import Conflict
from fengsui.core.response.likeness import Told
from fengsui.store.failures import told_plainly
from fengsui.store.models import CallRow, EventRow, IncidentRow

MOST_KNOWN = 60
_SAME = (
    "received_at",
    "taken_at",
    "taken_by",
    "text",
    "place",
    "place_code",
    "caller_ref",
    "exercise",
    "source",
    "source_key",
    "incident_id",
    "dismissed_as",
    "reason",
    "settled_at",
    "settled_by",
)
"""Columns named as in the record."""


class DjangoCalls:
    """``CallStore`` on ``CallRow``."""

    def add(self, call: CallRecord) -> CallRecord:
        with told_plainly():
            try:
                with transaction.atomic():
                    CallRow.objects.create(id=call.call_id, **_columns(call))
            except IntegrityError:
                kept = CallRow.objects.filter(source_key=call.source_key).first()
                if call.source_key is None or kept is None:
                    raise
                return _record(kept)
            return call

    def get(self, call_id: str) -> CallRecord | None:
        with told_plainly():
            row = CallRow.objects.filter(pk=call_id).first()
            return None if row is None else _record(row)

    def change(self, call: CallRecord, expected: CallState) -> None:
        with told_plainly():
            rows = CallRow.objects.filter(pk=call.call_id, state=expected.value)
            if not rows.update(**_columns(call)):
                raise Conflict("call_settled", call=call.call_id)

    def listed(
        self, area: str, states: Iterable[CallState], *, limit: int = 50, offset: int = 0
    ) -> tuple[tuple[CallRecord, ...], int]:
        rows = CallRow.objects.filter(_within(area), state__in=[state.value for state in states])
        with told_plainly():
            page = rows.order_by("-received_at", "-id")[offset : offset + limit]
            return tuple(_record(row) for row in page), rows.count()

    def of_incident(self, incident_id: str) -> tuple[CallRecord, ...]:
        with told_plainly():
            rows = CallRow.objects.filter(incident_id=incident_id).order_by("received_at", "id")
            return tuple(_record(row) for row in rows)

    def of_source(self, means: Means, source: str) -> tuple[CallRecord, ...]:
        rows = CallRow.objects.filter(means=means.value, source=source)
        with told_plainly():
            return tuple(_record(row) for row in rows.order_by("received_at", "id"))

    def between(self, area: str, first: datetime, last: datetime) -> tuple[CallRecord, ...]:
        rows = CallRow.objects.filter(_within(area), received_at__gte=first, received_at__lt=last)
        with told_plainly():
            return tuple(_record(row) for row in rows.order_by("received_at", "id")[:2000])

    def count_since(self, means: Means, source: str | None, since: datetime) -> int:
        rows = CallRow.objects.filter(means=means.value, taken_at__gt=since)
        if source is not None:
            rows = rows.filter(source=source)
        with told_plainly():
            return rows.count()

    def known(self, area: str, since: datetime) -> tuple[KnownIncident, ...]:
        rows = IncidentRow.objects.filter(_within(area), is_open=True, seq__gt=0, learned_at__gte=since)
        with told_plainly():
            page = list(rows.order_by("-learned_at")[:MOST_KNOWN])
            ids = [row.id for row in page]
            openings = dict(
                EventRow.objects.filter(incident_id__in=ids, seq=1).values_list("incident_id", "data")
            )
            told: dict[str, list[Told]] = {}
            for call in CallRow.objects.filter(incident_id__in=ids):
                told.setdefault(call.incident_id, []).append(_record(call).told)
        found = []
        for row in page:
            opened: dict[str, Any] = json.loads(openings.get(row.id, "{}"))
            learned = row.learned_at or since
            first = Told(
                text=f"{row.title}。{opened.get('what', '')}",
                place=row.place,
                place_code=row.place_code,
                at=learned,
            )
            found.append(
                KnownIncident(
                    incident_id=row.id,
                    title=row.title,
                    place=row.place,
                    learned_at=learned,
                    told=(first, *told.get(row.id, ())),
                )
            )
        return tuple(found)


def _within(area: str) -> Q:
    return Q(place_code__startswith=significant(area)) | Q(place_code="")


def _columns(call: CallRecord) -> dict[str, Any]:
    same = {name: getattr(call, name) for name in _SAME}
    return {**same, "means": call.means.value, "state": call.state.value}


def _record(row: CallRow) -> CallRecord:
    same = {name: getattr(row, name) for name in _SAME}
    return CallRecord(call_id=row.id, means=Means(row.means), state=CallState(row.state), **same)
