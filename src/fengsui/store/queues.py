"""Timers and messages handed to runners under a lease (ports ``TimerStore``, ``OutboxStore``).

A runner that dies keeps nothing: its lease ends and another takes the row. On PostgreSQL several runners
take different rows at once (SKIP LOCKED); on SQLite they take turns.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F

from fengsui.application import ports
from fengsui.store.failures import told_plainly
from fengsui.store.leases import free, rested
from fengsui.store.models import OutboxRow, TimerRow


class DjangoTimers:
    """``TimerStore`` on ``TimerRow``."""

    def take_due(self, now: datetime, limit: int, lease: timedelta) -> tuple[ports.TimerRow, ...]:
        """Rows due at ``now`` and not leased, the earliest first, leased until ``now + lease``."""
        due = TimerRow.objects.filter(free(now), due_at__lte=now).order_by("due_at", "timer_id")
        with told_plainly():
            if not due.exists():  # a look costs no write lock
                return ()
            with transaction.atomic():
                rows = list(due.select_for_update(skip_locked=True)[:limit])
                TimerRow.objects.filter(pk__in=[row.pk for row in rows]).update(leased_until=now + lease)
        return tuple(
            ports.TimerRow(
                timer_id=row.timer_id,
                incident_id=row.incident_id,
                kind=row.kind,
                ref=row.ref,
                due_at=row.due_at,
                since=row.since,
            )
            for row in rows
        )

    def finish(self, timer_id: str) -> None:
        """The row is dealt with; one that was set again meanwhile (no lease) stays."""
        with told_plainly():
            TimerRow.objects.filter(timer_id=timer_id, leased_until__isnull=False).delete()


class DjangoOutbox:
    """``OutboxStore`` on ``OutboxRow``; sent rows stay, so that screens can show what went out."""

    def __init__(self, clock: ports.Clock) -> None:
        self._clock = clock

    def take_due(self, now: datetime, limit: int, lease: timedelta) -> tuple[ports.OutboxRow, ...]:
        """Messages not sent and not leased, in the order written, leased until ``now + lease``."""
        waiting = OutboxRow.objects.filter(
            free(now),
            rested(now),
            sent_at__isnull=True,
            gave_up_at__isnull=True,
        ).order_by("created_at", "number")
        with told_plainly():
            if not waiting.exists():
                return ()
            with transaction.atomic():
                rows = list(waiting.select_for_update(skip_locked=True)[:limit])
                OutboxRow.objects.filter(pk__in=[row.pk for row in rows]).update(
                    leased_until=now + lease, attempts=F("attempts") + 1
                )
        return tuple(
            ports.OutboxRow(
                message_id=row.message_id,
                incident_id=row.incident_id,
                to_kind=row.to_kind,
                to=row.to,
                channel=row.channel,
                kind=row.kind,
                exercise=row.exercise,
                subject=row.subject,
                body=row.body,
                ref=row.ref,
            )
            for row in rows
        )

    def finish(self, *message_ids: str) -> None:
        """The messages are sent; unknown ids are no error."""
        with told_plainly():
            OutboxRow.objects.filter(
                message_id__in=message_ids, sent_at__isnull=True, gave_up_at__isnull=True
            ).update(sent_at=self._clock.now(), leased_until=None, reason="")

    def fail(self, message_id: str, reason: str, again_at: datetime | None) -> None:
        """Sending failed; ``again_at`` None: it is given up."""
        changes = {"reason": reason, "leased_until": None, "again_at": again_at}
        if again_at is None:
            changes["gave_up_at"] = self._clock.now()
        with told_plainly():
            OutboxRow.objects.filter(message_id=message_id, sent_at__isnull=True).update(**changes)
