"""Administration of people in the database (port ``PeopleStore``)."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction
from django.db.models import Prefetch, Q

from fengsui.application.people_ports import (
    ChangeKind,
    ChangeRequest,
    Contacts,
    KnownPerson,
    RequestState,
)
from fengsui.core.directory import Role
from fengsui.core.errors import Conflict, InputError
from fengsui.store import models
from fengsui.store.failures import told_plainly
from fengsui.store.notify_admin import NEW_CHANNEL_KEYS, carry_out_request


class DjangoPeople:
    """``PeopleStore`` on the tables of ``store.models.people``."""

    def current(self, kind: ChangeKind, key: str) -> dict[str, Any] | None:
        with told_plainly():
            if kind is ChangeKind.CHANNEL:
                channel = models.NotifyChannel.objects.filter(pk=key).first()
                if channel is None:
                    # A new gateway, and the options of all: nothing stood before.
                    return {} if key in NEW_CHANNEL_KEYS else None
                settings = {str(name): str(value) for name, value in channel.settings.items()}
                return {"name": channel.name, "enabled": channel.enabled, "settings": settings}
            post = models.Post.objects.filter(pk=key).first()
            if post is None:
                return None
            if kind is ChangeKind.ROLES:
                return {"roles": sorted(post.roles)}
            return {"people": _holders(key)}

    def apply(self, request: ChangeRequest, by: str, now: datetime) -> None:
        with told_plainly(), transaction.atomic():
            if request.kind is ChangeKind.ROLES:
                models.Post.objects.filter(pk=request.key).update(roles=list(request.after["roles"]))
            elif request.kind is ChangeKind.HOLDING:
                _hold(request.key, list(request.after["people"]), now)
            else:
                carry_out_request(request.request_id)
            _audit(
                by,
                request.kind.value,
                request.key,
                {
                    "before": dict(request.before),
                    "after": dict(request.after),
                    "asked_by": request.asked_by,
                    "asked_by_person": request.asked_by_person,
                    "request": request.request_id,
                },
            )

    def affected(self, kind: ChangeKind, key: str, after: Mapping[str, Any]) -> frozenset[str]:
        if kind is ChangeKind.CHANNEL:
            return frozenset()
        with told_plainly():
            holders = frozenset(_holders(key))
        return holders if kind is ChangeKind.ROLES else frozenset(after["people"]) - holders

    def add(self, request: ChangeRequest) -> None:
        with told_plainly():
            models.ChangeRequest.objects.create(id=request.request_id, **_columns(request))

    def get(self, request_id: str) -> ChangeRequest | None:
        with told_plainly():
            row = models.ChangeRequest.objects.filter(pk=request_id).first()
            return None if row is None else _request(row)

    def settle(self, request: ChangeRequest) -> None:
        rows = models.ChangeRequest.objects.filter(pk=request.request_id, state=RequestState.ASKED.value)
        with told_plainly():
            ended = {name: value for name, value in _columns(request).items() if name not in _ASKED}
            if not rows.update(**ended):
                raise Conflict("request_settled")

    def listed(self, states: Sequence[RequestState], limit: int = 50) -> tuple[ChangeRequest, ...]:
        rows = models.ChangeRequest.objects.filter(state__in=[state.value for state in states])
        with told_plainly():
            return tuple(_request(row) for row in rows.order_by("-asked_at", "-id")[:limit])

    def save_unit(self, unit_id: str, name: str, area: str, aliases: Sequence[str], by: str) -> None:
        with told_plainly(), transaction.atomic():
            old = models.Unit.objects.filter(pk=unit_id).values("name", "jurisdiction_id", "aliases").first()
            new = {"name": name, "jurisdiction_id": area, "aliases": list(aliases)}
            models.Unit.objects.update_or_create(pk=unit_id, defaults=new)
            _audit(by, "unit", unit_id, {"before": old, "after": new})

    def save_post(
        self, post_id: str, title: str, unit_id: str, area: str, titles: Sequence[str], by: str
    ) -> None:
        with told_plainly(), transaction.atomic():
            rows = models.Post.objects.filter(pk=post_id)
            old = rows.values("title", "unit_id", "jurisdiction_id", "titles").first()
            new = {"title": title, "unit_id": unit_id, "jurisdiction_id": area, "titles": list(titles)}
            if old is not None and old["jurisdiction_id"] != area and rows.exclude(roles=[]).exists():
                # The same roles over another area are other powers.
                raise InputError("post_area_fixed")
            models.Post.objects.update_or_create(pk=post_id, defaults=new)
            _audit(by, "post", post_id, {"before": old, "after": new})

    def save_person(self, person_id: str, name: str, contacts: Contacts, by: str) -> None:
        with told_plainly(), transaction.atomic():
            models.Person.objects.get_or_create(pk=person_id)
            old = models.PersonDetail.objects.filter(pk=person_id).first()
            new = {"name": name, **asdict(contacts)}
            changed = [name for name, value in new.items() if old is None or getattr(old, name) != value]
            models.PersonDetail.objects.update_or_create(person_id=person_id, defaults=new)
            _audit(by, "person", person_id, {"changed": changed, "new": old is None})

    def known_people(self) -> tuple[KnownPerson, ...]:
        running = models.Holding.objects.filter(ends__isnull=True).select_related("post")
        rows = models.PersonDetail.objects.filter(sealed_at__isnull=True).select_related("person")
        held = Prefetch("person__holdings", queryset=running, to_attr="running")
        with told_plainly():
            return tuple(
                KnownPerson(
                    person_id=row.person_id,
                    name=row.name,
                    posts=tuple(item.post.title for item in getattr(row.person, "running", ())),
                    contacts=_contacts(row),
                )
                for row in rows.order_by("person_id").prefetch_related(held)
            )

    def save_contacts(self, contacts: Mapping[str, Contacts], by: str) -> None:
        with told_plainly(), transaction.atomic():
            rows = models.PersonDetail.objects.filter(pk__in=list(contacts), sealed_at__isnull=True)
            for row in rows.select_for_update():
                new = asdict(contacts[row.person_id])
                changed = [name for name, value in new.items() if getattr(row, name) != value]
                models.PersonDetail.objects.filter(pk=row.pk).update(**new)
                _audit(by, "person", row.person_id, {"changed": changed, "new": False, "import": True})

    def make_account(self, username: str, person_id: str, password: str, by: str) -> None:
        with told_plainly():
            if not models.Person.objects.filter(pk=person_id).exists():
                raise InputError("person_not_known")
            try:
                with transaction.atomic():
                    models.Account.objects.create(
                        username=username, person_id=person_id, password=make_password(password)
                    )
                    _audit(by, "account", username, {"made": True, "person": person_id})
            except IntegrityError:
                raise Conflict("account_taken") from None

    def set_password(self, username: str, password: str, by: str) -> None:
        with told_plainly(), transaction.atomic():
            models.Account.objects.filter(username=username).update(password=make_password(password))
            _audit(by, "account", username, {"password": "changed"})

    def set_active(self, username: str, active: bool, by: str) -> None:
        with told_plainly(), transaction.atomic():
            rows = models.Account.objects.filter(username=username)
            old = rows.values_list("is_active", flat=True).first()
            rows.update(is_active=active)
            _audit(by, "account", username, {"before": {"active": old}, "after": {"active": active}})

    def account_person(self, username: str) -> str | None:
        with told_plainly():
            rows = models.Account.objects.filter(username=username)
            return rows.values_list("person_id", flat=True).first()

    def administers(self, person_id: str) -> bool:
        with told_plainly():
            running = models.Holding.objects.filter(person_id=person_id, ends__isnull=True)
            return any(
                Role.ADMINISTRATOR.value in roles for roles in running.values_list("post__roles", flat=True)
            )


def _contacts(row: models.PersonDetail) -> Contacts:
    return Contacts(phone=row.phone, mobile=row.mobile, email=row.email)


def _holders(post_id: str) -> list[str]:
    rows = models.Holding.objects.filter(post_id=post_id, ends__isnull=True)
    return sorted(set(rows.values_list("person_id", flat=True)))


def _hold(post_id: str, people: Sequence[str], now: datetime) -> None:
    known = set(models.Person.objects.filter(pk__in=people).values_list("pk", flat=True))
    if set(people) - known:
        raise InputError("person_not_known")
    running = models.Holding.objects.filter(post_id=post_id, ends__isnull=True)
    running.exclude(person_id__in=people).filter(starts__lt=now).update(ends=now)
    running.exclude(person_id__in=people).filter(Q(ends__isnull=True)).delete()
    held = set(running.values_list("person_id", flat=True))
    models.Holding.objects.bulk_create(
        [
            models.Holding(person_id=person, post_id=post_id, starts=now)
            for person in people
            if person not in held
        ]
    )


def _columns(request: ChangeRequest) -> dict[str, Any]:
    return {
        "kind": request.kind.value,
        "key": request.key,
        "before": json.dumps(dict(request.before), ensure_ascii=False),
        "after": json.dumps(dict(request.after), ensure_ascii=False),
        "reason": request.reason,
        "asked_by": request.asked_by,
        "asked_by_person": request.asked_by_person,
        "asked_at": request.asked_at,
        "state": request.state.value,
        "decided_by": request.decided_by,
        "decided_by_person": request.decided_by_person,
        "decided_at": request.decided_at,
        "answer": request.answer,
    }


_ASKED = ("kind", "key", "before", "after", "reason")
"""What was asked for stays as it was written."""


def _request(row: models.ChangeRequest) -> ChangeRequest:
    after = json.loads(row.after)
    after.pop("sealed", None)  # secrets of a gateway: for whoever carries it out alone
    return ChangeRequest(
        request_id=row.id,
        kind=ChangeKind(row.kind),
        key=row.key,
        before=json.loads(row.before),
        after=after,
        reason=row.reason,
        asked_by=row.asked_by,
        asked_by_person=row.asked_by_person,
        asked_at=row.asked_at,
        state=RequestState(row.state),
        decided_by=row.decided_by,
        decided_by_person=row.decided_by_person,
        decided_at=row.decided_at,
        answer=row.answer,
    )


def _audit(by: str, register: str, key: str, change: Mapping[str, Any]) -> None:
    models.AuditRow.objects.create(
        by=by, register=register, key=key[:64], change=json.dumps(dict(change), ensure_ascii=False)
    )
