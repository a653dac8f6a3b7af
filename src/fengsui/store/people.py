"""Units, posts, people and the roster (port ``DirectoryStore``), and the writing of those registers."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from fengsui.application.ports import Shifts
from fengsui.core import directory as core
from fengsui.store import models
from fengsui.store.failures import told_plainly
from fengsui.store.marks import Kept


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """A person in a post; ``name`` and ``phone`` are personal data."""

    person_id: str
    post_id: str
    name: str
    phone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """A turn of duty of a post."""

    post_id: str
    starts: datetime
    ends: datetime
    main: bool = True


_DIRECTORY: Kept[core.Directory] = Kept("directory")


class DjangoDirectory:
    """``DirectoryStore`` on the tables of ``store.models.people``."""

    def directory(self) -> core.Directory:
        """Read again only when a unit, post or area was changed since."""
        with told_plainly():
            return _DIRECTORY.get("", _directory)

    def on_duty(self, post_id: str, now: datetime) -> bool:
        """Whether somebody holds the post at ``now`` by the roster."""
        with told_plainly():
            return models.Roster.objects.filter(post_id=post_id, starts__lte=now, ends__gt=now).exists()

    def shifts(self, now: datetime) -> Shifts:
        """Who is on duty at ``now``, and who works in shifts a week either way.

        Whoever is on leave is not on duty, and a post all of whose holders are on leave is off.
        """
        week = timedelta(days=7)
        with told_plainly():
            away = set(
                models.LeaveRow.objects.filter(starts__lte=now, ends__gt=now).values_list("person", flat=True)
            )
            rows = models.Roster.objects.filter(starts__lte=now + week, ends__gt=now - week)
            found = list(rows.values_list("post_id", "person_id", "starts", "ends").distinct())
            left = _left_by(away, now) if away else frozenset()
        on = frozenset(
            post for post, person, starts, ends in found if starts <= now < ends and person not in away
        )
        return Shifts(on=on, around=frozenset(post for post, _, _, _ in found) | (left - on))


def _left_by(away: set[str], now: datetime) -> frozenset[str]:
    """Posts all of whose holders are among ``away``."""
    holders: dict[str, set[str]] = {}
    still = Q(ends__isnull=True) | Q(ends__gt=now)
    of_away = models.Holding.objects.filter(still, starts__lte=now, person__in=away).values("post")
    rows = models.Holding.objects.filter(still, starts__lte=now, post__in=of_away)
    for post, person in rows.values_list("post_id", "person_id"):
        holders.setdefault(post, set()).add(person)
    return frozenset(post for post, people in holders.items() if people <= away)


def _directory() -> core.Directory:
    return core.Directory(
        jurisdictions=tuple(
            core.Jurisdiction(code=code, name=name)
            for code, name in models.Jurisdiction.objects.values_list("code", "name")
        ),
        units=tuple(
            core.Unit(id=pk, name=name, jurisdiction=code, aliases=tuple(aliases))
            for pk, name, code, aliases in models.Unit.objects.values_list(
                "id", "name", "jurisdiction_id", "aliases"
            )
        ),
        posts=tuple(_post(row) for row in models.Post.objects.all()),
    )


def _post(row: models.Post) -> core.Post:
    return core.Post(
        id=row.id,
        title=row.title,
        unit=row.unit_id,
        jurisdiction=row.jurisdiction_id,
        roles=frozenset(core.Role(role) for role in row.roles),
        titles=tuple(row.titles),
    )


def save_directory(directory: core.Directory, by: str) -> None:
    """Write areas, units and posts, replacing those of the same id; what is not named stays."""
    with told_plainly(), transaction.atomic():
        models.Jurisdiction.objects.bulk_create(
            [models.Jurisdiction(code=area.code, name=area.name) for area in directory.jurisdictions],
            update_conflicts=True,
            unique_fields=["code"],
            update_fields=["name"],
        )
        models.Unit.objects.bulk_create(
            [
                models.Unit(
                    id=unit.id, name=unit.name, jurisdiction_id=unit.jurisdiction, aliases=list(unit.aliases)
                )
                for unit in directory.units
            ],
            update_conflicts=True,
            unique_fields=["id"],
            update_fields=["name", "jurisdiction", "aliases"],
        )
        models.Post.objects.bulk_create(
            [
                models.Post(
                    id=post.id,
                    title=post.title,
                    unit_id=post.unit,
                    jurisdiction_id=post.jurisdiction,
                    roles=sorted(role.value for role in post.roles),
                    titles=list(post.titles),
                )
                for post in directory.posts
            ],
            update_conflicts=True,
            unique_fields=["id"],
            update_fields=["title", "unit", "jurisdiction", "roles", "titles"],
        )
        _audit(by, "directory", "all", {"units": len(directory.units), "posts": len(directory.posts)})


def save_holders(holders: Iterable[Holder], since: datetime, by: str) -> None:
    """Write people and what posts they hold from ``since`` on; a holding that runs already stays."""
    given = list(holders)
    with told_plainly(), transaction.atomic():
        models.Person.objects.bulk_create(
            [models.Person(id=holder.person_id) for holder in given], ignore_conflicts=True
        )
        models.PersonDetail.objects.bulk_create(
            [
                models.PersonDetail(person_id=holder.person_id, name=holder.name, phone=holder.phone)
                for holder in given
            ],
            ignore_conflicts=True,
        )
        running = set(models.Holding.objects.filter(ends__isnull=True).values_list("person_id", "post_id"))
        models.Holding.objects.bulk_create(
            [
                models.Holding(person_id=holder.person_id, post_id=holder.post_id, starts=since)
                for holder in given
                if (holder.person_id, holder.post_id) not in running
            ]
        )
        _audit(by, "people", "all", {"people": len(given)})


def save_accounts(person_ids: Iterable[str], hashed_password: str, by: str) -> None:
    """Give each person an account named like the person, with a password already hashed."""
    given = list(person_ids)
    with told_plainly(), transaction.atomic():
        models.Account.objects.bulk_create(
            [
                models.Account(username=person_id, person_id=person_id, password=hashed_password)
                for person_id in given
            ],
            ignore_conflicts=True,
        )
        _audit(by, "accounts", "all", {"accounts": len(given)})


def save_shifts(shifts: Iterable[Shift], by: str) -> None:
    """Write turns of duty; the holder of the post stands in it, and the same turn stands once."""
    given = list(shifts)
    with told_plainly(), transaction.atomic():
        holders = dict(models.Holding.objects.filter(ends__isnull=True).values_list("post_id", "person_id"))
        models.Roster.objects.bulk_create(
            [
                models.Roster(
                    post_id=shift.post_id,
                    person_id=holders.get(shift.post_id),
                    starts=shift.starts,
                    ends=shift.ends,
                    main=shift.main,
                )
                for shift in given
            ],
            ignore_conflicts=True,
        )
        _audit(by, "roster", "all", {"shifts": len(given)})


def _audit(by: str, register: str, key: str, change: dict[str, object]) -> None:
    models.AuditRow.objects.create(
        by=by, register=register, key=key, change=json.dumps(change, ensure_ascii=False)
    )


def note(by: str, register: str, key: str) -> None:
    """Write one line of audit without a change of rows, such as "this was loaded"."""
    with told_plainly():
        _audit(by, register, key, {})


def was_noted(register: str, key: str) -> bool:
    """Whether the audit has a line on ``key`` of ``register``."""
    with told_plainly():
        return models.AuditRow.objects.filter(register=register, key=key).exists()
