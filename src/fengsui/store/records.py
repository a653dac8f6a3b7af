"""Personal data, calls being typed, the inbox and transactions (small ports)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from operator import attrgetter
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.utils import timezone

from fengsui.application import ports
from fengsui.store import bulk
from fengsui.store.failures import told_plainly
from fengsui.store.models import AuditRow, CallDraft, InboxRow, PersonalRead, PersonalRecord

_SHOWN = ("message_id", "incident_id", "to_kind", "to", "subject", "body", "ref")
_shown = attrgetter(*_SHOWN)


class DjangoTransactions:
    """``Transactions``: everything inside stands or falls together."""

    @contextmanager
    def begin(self) -> Iterator[None]:
        with told_plainly(), transaction.atomic():
            yield


class DjangoPersonal:
    """``PersonalStore``: personal data under a reference, sealed or erased without touching the stream."""

    def keep(self, data: Mapping[str, Any], *, about: str = "") -> str:
        with told_plainly():
            ref = uuid4().hex
            text = json.dumps(dict(data), ensure_ascii=False)
            PersonalRecord.objects.create(ref=ref, data=text, about=about)
            return ref

    def read(self, ref: str, *, by: str, why: str, person: str = "") -> dict[str, Any]:
        """The data; empty when it was erased or is sealed. The reading itself is written down first."""
        with told_plainly(), transaction.atomic():
            row, now = PersonalRecord.objects.filter(pk=ref).first(), timezone.now()
            shown = row is not None and bool(row.data) and not _under_seal(row, now)
            PersonalRead.objects.create(
                at=now,
                by=by,
                person=person,
                ref=ref[:64],
                about=row.about if row is not None else "",
                why=why[:200],
                found=shown,
            )
            found: dict[str, Any] = json.loads(row.data) if row is not None and shown else {}
            return found

    def erase(self, ref: str, by: str) -> None:
        """Remove the data for good; the reference stays and the audit says who did it."""
        with told_plainly(), transaction.atomic():
            PersonalRecord.objects.filter(pk=ref).update(data="", erased_at=timezone.now())
            AuditRow.objects.create(by=by, register="personal", key=ref, change='{"erased": true}')


def _under_seal(row: PersonalRecord, now: datetime) -> bool:
    lifted = row.unsealed_until is not None and now < row.unsealed_until
    return row.sealed_at is not None and not lifted


class DjangoCallDrafts:
    """``CallDraftStore``: the call being typed, one a post."""

    def save(self, post_id: str, data: Mapping[str, Any]) -> None:
        with told_plainly():
            text = json.dumps(dict(data), ensure_ascii=False)
            CallDraft.objects.update_or_create(post_id=post_id, defaults={"data": text})

    def load(self, post_id: str) -> dict[str, Any] | None:
        with told_plainly():
            row = CallDraft.objects.filter(pk=post_id).first()
            return None if row is None else json.loads(row.data)

    def clear(self, post_id: str) -> None:
        with told_plainly():
            CallDraft.objects.filter(pk=post_id).delete()


class DjangoInbox:
    """A ``Channel`` that shows the message inside Fengsui; delivered twice, it stands there once."""

    def __init__(self, clock: ports.Clock) -> None:
        self._clock = clock

    def send(self, message: ports.OutboxRow) -> None:
        self.send_many((message,))

    def send_many(self, messages: tuple[ports.OutboxRow, ...]) -> None:
        """Show many at once."""
        now = self._clock.now()
        with told_plainly():
            bulk.insert(
                InboxRow,
                (*_SHOWN, "received_at"),
                ((*_shown(message), now) for message in messages),
                unless=bulk.IGNORE,
            )
