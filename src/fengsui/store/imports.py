"""Batches of files to import (port ``ImportStore``), handed to readers under a lease.

``attempts`` is the mark of the taker: whoever took a file last may finish it, and nobody else.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import Count, F, Max, Q

from fengsui.application.plan_import_ports import (
    OPEN_ENTRIES,
    Counts,
    EntryResult,
    EntryState,
    ImportBatch,
    Packed,
    TakenEntry,
)
from fengsui.core.plan.model import PlanKind
from fengsui.store import models
from fengsui.store.failures import told_plainly
from fengsui.store.leases import free

_OPEN = tuple(state.value for state in OPEN_ENTRIES)
_IMPORT_LOCK = 0x66656E67
"""Number of the advisory lock (PostgreSQL) that imports take while they write."""


class DjangoImports:
    """``ImportStore`` on ``ImportBatch`` and ``ImportEntry``."""

    def open_batch(self, key: str, created_by: str) -> ImportBatch | None:
        """The latest batch of this source and post that still has files to read."""
        with told_plainly():
            row = (
                models.ImportBatch.objects.filter(key=key, created_by=created_by, entries__state__in=_OPEN)
                .order_by("-created_at")
                .first()
            )
        return None if row is None else _batch(row)

    def batch(self, batch_id: str) -> ImportBatch | None:
        """One batch, None if unknown."""
        with told_plainly():
            row = models.ImportBatch.objects.filter(pk=batch_id).first()
        return None if row is None else _batch(row)

    def save_batch(self, batch: ImportBatch) -> None:
        """Keep a new batch."""
        with told_plainly():
            models.ImportBatch.objects.create(
                id=batch.batch_id,
                key=batch.key,
                source=batch.source,
                jurisdiction=batch.jurisdiction,
                kind=batch.kind.value if batch.kind else "",
                hazards=json.dumps(batch.hazards, ensure_ascii=False),
                created_at=batch.created_at,
                created_by=batch.created_by,
            )

    def add(self, batch_id: str, files: Iterable[Packed]) -> int:
        """Keep files in one transaction; return how many are new or to be read anew."""
        given = {file.name[:500]: file for file in files}
        entries = models.ImportEntry.objects.filter(batch_id=batch_id)
        with told_plainly(), transaction.atomic():
            known = {
                row.name: row
                for row in entries.filter(name__in=list(given)).defer("data").select_for_update()
            }
            position = (entries.aggregate(last=Max("position"))["last"] or 0) + 1
            new = [
                _row(batch_id, position + number, name, file)
                for number, (name, file) in enumerate(given.items())
                if name not in known
            ]
            models.ImportEntry.objects.bulk_create(new)
            again = 0
            for name, row in known.items():
                fresh = _row(batch_id, row.position, name, given[name])
                if row.state == EntryState.FAILED.value or row.sha256 != fresh.sha256:
                    fresh.pk = row.pk
                    fresh.save()
                    again += 1
        return len(new) + again

    def waiting(self) -> bool:
        """Whether any file waits or is being read."""
        with told_plainly():
            return models.ImportEntry.objects.filter(state__in=_OPEN).exists()

    def take(
        self, now: datetime, limit: int, lease: timedelta, batch_id: str | None = None
    ) -> tuple[TakenEntry, ...]:
        """Files waiting, or whose lease has ended, in their order; leased until ``now + lease``."""
        open_now = models.ImportEntry.objects.filter(
            Q(state=EntryState.WAITING.value) | (Q(state=EntryState.READING.value) & free(now))
        )
        if batch_id is not None:
            open_now = open_now.filter(batch_id=batch_id)
        with told_plainly():
            if not open_now.exists():  # a look costs no write lock
                return ()
            with transaction.atomic():
                ordered = open_now.order_by("batch_id", "position").select_for_update(
                    skip_locked=True, of=("self",)
                )
                ids = list(ordered.values_list("pk", flat=True)[:limit])
                models.ImportEntry.objects.filter(pk__in=ids).update(
                    state=EntryState.READING.value, leased_until=now + lease, attempts=F("attempts") + 1
                )
            rows = models.ImportEntry.objects.filter(pk__in=ids).select_related("batch").order_by("pk")
            return tuple(
                TakenEntry(
                    entry_id=row.pk,
                    batch=_batch(row.batch),
                    name=row.name,
                    data=bytes(row.data),
                    attempt=row.attempts,
                )
                for row in rows
            )

    def keep(self, entries: Iterable[TakenEntry], until: datetime) -> None:
        """Lengthen the lease of files still being read."""
        wanted = _of_taker(entries)
        if wanted:
            with told_plainly():
                models.ImportEntry.objects.filter(wanted).update(leased_until=until)

    def give_back(self, entries: Iterable[TakenEntry]) -> None:
        """Files taken and not read wait again, as if they had not been taken."""
        wanted = _of_taker(entries)
        if wanted:
            with told_plainly():
                models.ImportEntry.objects.filter(wanted).update(
                    state=EntryState.WAITING.value, leased_until=None, attempts=F("attempts") - 1
                )

    def hold(self, entry: TakenEntry) -> bool:
        """Inside a transaction: whether ``entry`` is still this taker's."""
        with told_plainly():
            if connection.vendor == "postgresql":
                with connection.cursor() as cursor:
                    cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_IMPORT_LOCK])
            mine = models.ImportEntry.objects.select_for_update().filter(
                pk=entry.entry_id, attempts=entry.attempt, state=EntryState.READING.value
            )
            return bool(mine.values_list("pk", flat=True).first())

    def finish(self, entry_id: int, result: EntryResult, at: datetime) -> None:
        """Keep the result and let go of the bytes; those of a failed file stay for another try."""
        changes: dict[str, Any] = {
            "state": result.state.value,
            "code": result.code[:40],
            "words": json.dumps(result.words, ensure_ascii=False),
            "drafts": json.dumps(result.drafts),
            "leased_until": None,
            "finished_at": at,
        }
        if result.state is not EntryState.FAILED:
            changes["data"] = b""
        with told_plainly():
            models.ImportEntry.objects.filter(pk=entry_id).update(**changes)

    def retry(self, batch_id: str) -> int:
        """Let the failed files whose bytes are kept wait again; return how many."""
        with told_plainly():
            failed = models.ImportEntry.objects.filter(batch_id=batch_id, state=EntryState.FAILED.value)
            return failed.exclude(data=b"").update(
                state=EntryState.WAITING.value, attempts=0, code="", words="{}", finished_at=None
            )

    def counts(self, batch_id: str) -> Counts:
        """How many files of the batch stand where."""
        with told_plainly():
            rows = models.ImportEntry.objects.filter(batch_id=batch_id).order_by().values_list("state")
            by_state = dict(rows.annotate(n=Count("pk")))
        return Counts(total=sum(by_state.values()), **by_state)


def _of_taker(entries: Iterable[TakenEntry]) -> Q:
    wanted = Q()
    for entry in entries:
        wanted |= Q(pk=entry.entry_id, attempts=entry.attempt, state=EntryState.READING.value)
    return wanted


def _row(batch_id: str, position: int, name: str, file: Packed) -> models.ImportEntry:
    row = models.ImportEntry(
        batch_id=batch_id,
        position=position,
        name=name,
        size=len(file.data),
        sha256=hashlib.sha256(file.data).hexdigest(),
        state=EntryState.WAITING.value,
        data=file.data,
    )
    if file.problem is not None:
        words = {key: str(value) for key, value in file.problem.data.items()}
        row.state, row.code = EntryState.FAILED.value, file.problem.code
        row.words = json.dumps(words, ensure_ascii=False)
    return row


def _batch(row: models.ImportBatch) -> ImportBatch:
    return ImportBatch(
        batch_id=row.id,
        key=row.key,
        source=row.source,
        jurisdiction=row.jurisdiction,
        kind=PlanKind(row.kind) if row.kind else None,
        hazards=tuple(json.loads(row.hazards)),
        created_at=row.created_at,
        created_by=row.created_by,
    )
