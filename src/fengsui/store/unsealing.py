"""Lifting seals in the database (port ``UnsealStore``)."""

from __future__ import annotations

import json
from dataclasses import fields
from datetime import datetime
from typing import Any

from django.db import transaction

from fengsui.application.unsealing import Register, Sealed, Unsealing, UnsealState
from fengsui.core.errors import Conflict
from fengsui.store import models
from fengsui.store.failures import told_plainly

_NAMES = [item.name for item in fields(Unsealing) if item.name != "unseal_id"]


class DjangoUnsealing:
    """``UnsealStore`` on the rows apart from the streams and ``UnsealRow``."""

    def target(self, register: Register, ref: str) -> Sealed | None:
        with told_plainly():
            if register is Register.PERSON:
                return _person(ref)
            row = models.PersonalRecord.objects.filter(pk=ref).exclude(data="").first()
            if row is None:
                return None
            code = places_of([row.about]).get(row.about, "")
            sealed = row.sealed_at is not None
            return Sealed(register=register, ref=ref, about=row.about, place_code=code, sealed=sealed)

    def waiting(self, register: Register, ref: str) -> bool:
        rows = models.UnsealRow.objects.filter(register=register.value, ref=ref, state="asked")
        with told_plainly():
            return rows.exists()

    def add(self, request: Unsealing) -> None:
        with told_plainly():
            columns = {name: getattr(request, name) for name in _NAMES}
            models.UnsealRow.objects.create(id=request.unseal_id, **columns)

    def get(self, unseal_id: str) -> Unsealing | None:
        with told_plainly():
            row = models.UnsealRow.objects.filter(pk=unseal_id).first()
        return None if row is None else unsealing_of(row)

    def settle(self, request: Unsealing, before: UnsealState) -> None:
        rows = models.UnsealRow.objects.filter(pk=request.unseal_id, state=before.value)
        with told_plainly(), transaction.atomic():
            if not rows.update(**{name: getattr(request, name) for name in _NAMES}):
                raise Conflict("unseal_settled")
            if request.state is not UnsealState.ALLOWED:
                return
            if request.register is Register.RECORD:
                models.PersonalRecord.objects.filter(pk=request.ref).update(unsealed_until=request.until)
            change = {
                "unsealed_until": request.until.isoformat() if request.until else None,
                "asked_by": request.asked_by,
                "reason": request.reason,
                "request": request.unseal_id,
            }
            models.AuditRow.objects.create(
                by=request.decided_by,
                register="personal" if request.register is Register.RECORD else "people",
                key=request.ref,
                change=json.dumps(change, ensure_ascii=False),
            )

    def read(self, request: Unsealing, *, by: str, person: str, now: datetime) -> dict[str, Any]:
        with told_plainly(), transaction.atomic():
            found = _data(request)
            models.PersonalRead.objects.create(
                at=now,
                by=by,
                person=person,
                ref=request.ref,
                about=request.about,
                why=request.reason[:200],
                found=bool(found),
            )
            return found


def _data(request: Unsealing) -> dict[str, Any]:
    if request.register is Register.PERSON:
        detail = models.PersonDetail.objects.filter(pk=request.ref).first()
        return {"name": detail.name, "phone": detail.phone} if detail is not None and detail.name else {}
    row = models.PersonalRecord.objects.filter(pk=request.ref).first()
    data: dict[str, Any] = json.loads(row.data) if row is not None and row.data else {}
    return data


def _person(person_id: str) -> Sealed | None:
    detail = models.PersonDetail.objects.filter(pk=person_id).exclude(name="", phone="").first()
    if detail is None:
        return None
    last = (
        models.Holding.objects.filter(person_id=person_id).select_related("post").order_by("-starts").first()
    )
    return Sealed(
        register=Register.PERSON,
        ref=person_id,
        about=f"post/{last.post_id}" if last else "",
        place_code=last.post.jurisdiction_id if last else "",
        sealed=detail.sealed_at is not None,
    )


def places_of(abouts: list[str]) -> dict[str, str]:
    """The place code of the incident or call each record belongs to."""
    found: dict[str, str] = {}
    for prefix, table in (("incident/", models.IncidentRow), ("call/", models.CallRow)):
        ids = [about.removeprefix(prefix) for about in abouts if about.startswith(prefix)]
        rows = table.objects.filter(pk__in=ids).values_list("pk", "place_code") if ids else ()
        found |= {f"{prefix}{key}": code for key, code in rows}
    return found


def unsealing_of(row: models.UnsealRow) -> Unsealing:
    """A row as a value."""
    given = {name: getattr(row, name) for name in _NAMES}
    given |= {"register": Register(row.register), "state": UnsealState(row.state)}
    return Unsealing(unseal_id=row.id, **given)
