"""Streams of incidents in the database (port ``IncidentStore``).

One ``append`` is one transaction: events, timers, messages, the command and the projections stand or
fall together. Writers of one incident take turns: on PostgreSQL by the lock on its row, on SQLite because
every writing transaction begins IMMEDIATE.
"""

from __future__ import annotations

from collections.abc import Sequence
from operator import attrgetter

from django.db import IntegrityError, transaction
from django.utils import timezone

from fengsui.application import ports
from fengsui.core.errors import Conflict, Permanent
from fengsui.core.response.chain import canonical, event_data, export, verify
from fengsui.core.response.events import Recorded
from fengsui.store import bulk
from fengsui.store.failures import told_plainly
from fengsui.store.models import CommandRow, EventRow, IncidentRow, OutboxRow, TimerRow
from fengsui.store.projection import project
from fengsui.store.streams import stored_events, stream

_MESSAGE = (
    *("message_id", "incident_id", "to_kind", "to", "channel", "kind", "exercise"),
    *("subject", "body", "ref"),
)
_message = attrgetter(*_MESSAGE)


class _DoneAlready(Exception):
    """The command was done by somebody else meanwhile: undo what was begun, report success."""


class DjangoIncidents:
    """``IncidentStore`` on the tables of ``store.models.incidents``."""

    def load(self, incident_id: str) -> tuple[Recorded, ...]:
        """The whole stream in order; empty for an unknown incident."""
        with told_plainly():
            return stream(incident_id)

    def read(self, incident_id: str) -> tuple[Recorded, ...]:
        """The whole stream from the tables, nothing of it kept from before."""
        with told_plainly():
            return stored_events(incident_id)

    def append(
        self,
        incident_id: str,
        expected_seq: int,
        recorded: tuple[Recorded, ...],
        *,
        set_timers: tuple[ports.TimerRow, ...] = (),
        cancel_timers: tuple[str, ...] = (),
        outbox: tuple[ports.OutboxRow, ...] = (),
        command_id: str | None = None,
    ) -> None:
        """Write all of it or nothing. Raises Conflict("changed_meanwhile"), Retryable."""
        try:
            with told_plainly(), transaction.atomic():
                if command_id is not None and CommandRow.objects.filter(pk=command_id).exists():
                    return
                row = _locked(incident_id, expected_seq, command_id)
                _claim(command_id, row, expected_seq, recorded)
                _write_events(row, recorded)
                _write_timers(row, set_timers, cancel_timers)
                _write_outbox(row, recorded, outbox)
                project(row, recorded)
                row.save()
        except _DoneAlready:
            return

    def answered(self, command_id: str) -> tuple[Recorded, ...] | None:
        """What the command ``command_id`` recorded; None when it is new."""
        with told_plainly():
            command = CommandRow.objects.filter(pk=command_id).first()
            if command is None:
                return None
            return stored_events(command.incident_id, command.first_seq, command.last_seq)

    def list_open(self) -> tuple[ports.OpenIncident, ...]:
        """Incidents not closed, the latest first."""
        with told_plainly():
            rows = IncidentRow.objects.filter(is_open=True, seq__gt=0).order_by("-learned_at", "-id")
            return tuple(
                ports.OpenIncident(
                    incident_id=row.id,
                    title=row.title,
                    place=row.place,
                    place_code=row.place_code,
                    learned_at=row.learned_at,
                    exercise=row.exercise,
                    seq=row.seq,
                )
                for row in rows
                if row.learned_at is not None
            )


def verify_all() -> int:
    """Hold every stream against its chain; how many there are. Raises Permanent("log_fails_check")."""
    with told_plainly():
        ids = list(IncidentRow.objects.filter(seq__gt=0).order_by("id").values_list("id", flat=True))
        for incident_id in ids:
            problems = verify(export(stored_events(incident_id)))
            if problems:
                raise Permanent("log_fails_check", incident=incident_id, seq=problems[0].seq)
    return len(ids)


def _locked(incident_id: str, expected_seq: int, command_id: str | None) -> IncidentRow:
    """The row of the incident, ours until the transaction ends; made if the stream is new."""
    if expected_seq == 0:
        # Two openings of one stream meet here: the second waits, does nothing, and finds seq changed.
        IncidentRow.objects.bulk_create([IncidentRow(id=incident_id)], ignore_conflicts=True)
    row = IncidentRow.objects.select_for_update().filter(pk=incident_id).first()
    if row is None or row.seq != expected_seq:
        if command_id is not None and CommandRow.objects.filter(pk=command_id).exists():
            raise _DoneAlready
        raise Conflict("changed_meanwhile", incident=incident_id)
    return row


def _claim(command_id: str | None, row: IncidentRow, expected: int, recorded: Sequence[Recorded]) -> None:
    """Note the command as done. Raises _DoneAlready when another incident took it meanwhile."""
    if command_id is None:
        return
    try:
        with transaction.atomic():
            CommandRow.objects.create(
                command_id=command_id,
                incident=row,
                first_seq=expected + 1,
                last_seq=expected + len(recorded),
            )
    except IntegrityError:
        raise _DoneAlready from None


def _write_events(row: IncidentRow, recorded: Sequence[Recorded]) -> None:
    for place, item in enumerate(recorded, start=row.seq + 1):
        if item.seq != place or item.incident_id != row.id:
            raise ValueError(
                f"record {item.seq} of {item.incident_id} does not follow {place - 1} of {row.id}"
            )
    bulk.insert(
        EventRow,
        ("incident_id", "seq", "at", "by", "type", "data", "previous_hash", "hash"),
        (
            (
                row.id,
                item.seq,
                item.at,
                item.by,
                type(item.event).__name__,
                canonical(event_data(item.event)),
                item.previous_hash,
                item.hash,
            )
            for item in recorded
        ),
    )


def _write_timers(row: IncidentRow, to_set: Sequence[ports.TimerRow], to_cancel: Sequence[str]) -> None:
    if to_cancel:
        TimerRow.objects.filter(timer_id__in=to_cancel).delete()
    last_word = {timer.timer_id: timer for timer in to_set}
    if not last_word:
        return
    # A timer set again loses its lease, so that the runner holding the old one cannot finish the new one.
    bulk.insert(
        TimerRow,
        ("timer_id", "incident_id", "kind", "ref", "due_at", "since", "leased_until"),
        (
            (timer.timer_id, timer.incident_id, timer.kind, timer.ref, timer.due_at, timer.since, None)
            for timer in last_word.values()
        ),
        unless=("timer_id",),
        update=("incident_id", "kind", "ref", "due_at", "leased_until"),
    )


def _write_outbox(row: IncidentRow, recorded: Sequence[Recorded], outbox: Sequence[ports.OutboxRow]) -> None:
    if not outbox:
        return
    created = recorded[-1].at if recorded else timezone.now()
    first = row.seq * 100_000
    # The same message id is the same message: the first one stands.
    bulk.insert(
        OutboxRow,
        (*_MESSAGE, "number", "created_at"),
        ((*_message(message), first + place, created) for place, message in enumerate(outbox)),
        unless=bulk.IGNORE,
    )
