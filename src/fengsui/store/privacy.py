"""Sealing and erasing personal data (port ``Keeping``). Nothing here touches an event."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Max, Q, QuerySet

from fengsui.application.privacy import ERASE, SEAL, Ended
from fengsui.store import models
from fengsui.store.failures import told_plainly

_NUMBERS = re.compile(r"\d[\d\s-]{5,}\d")
GONE = "（号码已删除）"


class DjangoKeeping:
    """``Keeping`` on callers, casualties and people who hold no post any more."""

    def end(self, verb: str, before: datetime, now: datetime, by: str, *, dry: bool = False) -> Ended:
        with told_plainly(), transaction.atomic():
            # What two people opened for a time is read yet: its end waits as long.
            records = _over(_open_rows(verb).exclude(unsealed_until__gt=now), before)
            people = _left(verb, before)
            if not dry:
                _end_records(verb, records, now, by)
                _end_people(verb, people, now, by)
            return Ended(records=len(records), people=len(people))

    def end_one(self, verb: str, ref: str, now: datetime, by: str) -> bool:
        with told_plainly(), transaction.atomic():
            found = list(_open_rows(verb).filter(pk=ref))
            _end_records(verb, found, now, by)
            return bool(found)


def _open_rows(verb: str) -> QuerySet[models.PersonalRecord]:
    rows = models.PersonalRecord.objects.filter(erased_at__isnull=True).exclude(data="")
    return rows.filter(sealed_at__isnull=True) if verb == SEAL else rows


def _over(rows: QuerySet[models.PersonalRecord], before: datetime) -> list[models.PersonalRecord]:
    """Those whose matter ended before; what belongs to nothing ends when it was kept."""
    kept = list(rows.filter(kept_at__lt=before))
    calls = models.CallRow.objects.in_bulk([_after(row.about, "call/") for row in kept])
    named = {_after(row.about, "incident/") for row in kept} | {call.incident_id for call in calls.values()}
    incidents = models.IncidentRow.objects.in_bulk(list(named))

    def incident_over(incident_id: str) -> bool:
        found = incidents.get(incident_id)
        return found is not None and not found.is_open and (found.updated_at or before) < before

    def over(row: models.PersonalRecord) -> bool:
        call = calls.get(_after(row.about, "call/"))
        if call is not None and not call.incident_id:
            return call.settled_at is not None and call.settled_at < before
        incident_id = call.incident_id if call is not None else _after(row.about, "incident/")
        return incident_over(incident_id) if incident_id else True

    return [row for row in kept if over(row)]


def _after(text: str, prefix: str) -> str:
    return text.removeprefix(prefix) if text.startswith(prefix) else ""


def _end_records(verb: str, rows: Iterable[models.PersonalRecord], now: datetime, by: str) -> None:
    listed = list(rows)
    refs = [row.ref for row in listed]
    found = models.PersonalRecord.objects.filter(pk__in=refs)
    if verb == ERASE:
        found.update(data="", erased_at=now)
        _mask_calls([_after(row.about, "call/") for row in listed])
    else:
        found.update(sealed_at=now)
    _audit(verb, "personal", refs, by)


def _mask_calls(call_ids: Iterable[str]) -> None:
    """Numbers that were written into the words of a call go too; the rest of the words stays."""
    for call in models.CallRow.objects.filter(pk__in=[key for key in call_ids if key]):
        masked = _NUMBERS.sub(GONE, call.text)
        if masked != call.text:
            models.CallRow.objects.filter(pk=call.pk).update(text=masked)


def _left(verb: str, before: datetime) -> list[str]:
    """People who hold no post and stand in no coming shift, since before."""
    rows = models.PersonDetail.objects.exclude(name="", phone="")
    if verb == SEAL:
        rows = rows.filter(sealed_at__isnull=True)
    holding = models.Holding.objects.filter(Q(ends__isnull=True) | Q(ends__gte=before))
    rows = rows.exclude(person_id__in=holding.values("person_id"))
    rows = rows.exclude(person_id__in=models.Roster.objects.filter(ends__gte=before).values("person_id"))
    ended = rows.annotate(last=Max("person__holdings__ends")).filter(last__lt=before)
    return list(ended.values_list("person_id", flat=True))


def _end_people(verb: str, person_ids: list[str], now: datetime, by: str) -> None:
    rows = models.PersonDetail.objects.filter(pk__in=person_ids)
    if verb == ERASE:
        rows.filter(sealed_at__isnull=True).update(sealed_at=now)
        rows.update(name="", phone="", mobile="", email="")
    else:
        rows.update(sealed_at=now)
    models.Account.objects.filter(person_id__in=person_ids).update(is_active=False)
    _audit(verb, "people", person_ids, by)


def _audit(verb: str, register: str, keys: Iterable[str], by: str) -> None:
    change = json.dumps({"sealed" if verb == SEAL else "erased": True})
    models.AuditRow.objects.bulk_create(
        [models.AuditRow(by=by, register=register, key=key, change=change) for key in keys]
    )
