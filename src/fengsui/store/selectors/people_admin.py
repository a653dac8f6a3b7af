"""People, posts, accounts, audit and readings of personal data, for the screens of administration."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch, Q

from fengsui.store import models
from fengsui.store.failures import told_plainly
from fengsui.store.selectors.memo import kept


@dataclass(frozen=True, slots=True, kw_only=True)
class PostLine:
    """A post with its roles and who holds it: (person id, name)."""

    post_id: str
    title: str
    unit_id: str
    unit: str
    area: str
    roles: tuple[str, ...]
    titles: tuple[str, ...]
    holders: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonLine:
    """Somebody with their account; ``sealed``: name and telephone are not shown any more."""

    person_id: str
    name: str
    phone: str
    mobile: str
    email: str
    sealed: bool
    username: str
    active: bool
    last_login: datetime | None
    posts: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadLine:
    """One reading of personal data: when, which post and person, what about, why."""

    at: datetime
    post_id: str
    person_id: str
    ref: str
    about: str
    why: str
    found: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditLine:
    """One change of a register, as JSON."""

    at: datetime
    by: str
    register: str
    key: str
    change: str


def posts_listed(search: str = "", limit: int = 50, offset: int = 0) -> tuple[list[PostLine], int]:
    """Posts in the order of their units, searched by title, unit or holder."""
    rows = models.Post.objects.all()
    for term in search.split():
        rows = rows.filter(
            Q(title__icontains=term)
            | Q(unit__name__icontains=term)
            | Q(pk__icontains=term)
            | Q(holdings__ends__isnull=True, holdings__person__detail__name__icontains=term)
        )
    running = models.Holding.objects.filter(ends__isnull=True).select_related("person__detail")
    rows = rows.distinct().select_related("unit", "jurisdiction")
    page = rows.prefetch_related(Prefetch("holdings", queryset=running, to_attr="running"))
    with told_plainly():
        return [
            _post_line(row)
            for row in page.order_by("jurisdiction_id", "unit_id", "id")[offset : offset + limit]
        ], rows.count()


def post_line(post_id: str) -> PostLine | None:
    """One post."""
    running = models.Holding.objects.filter(ends__isnull=True).select_related("person__detail")
    rows = models.Post.objects.select_related("unit", "jurisdiction").filter(pk=post_id)
    with told_plainly():
        row = rows.prefetch_related(Prefetch("holdings", queryset=running, to_attr="running")).first()
    return None if row is None else _post_line(row)


def _post_line(row: models.Post) -> PostLine:
    running: list[models.Holding] = getattr(row, "running", [])
    return PostLine(
        post_id=row.id,
        title=row.title,
        unit_id=row.unit_id,
        unit=row.unit.name,
        area=row.jurisdiction.name,
        roles=tuple(row.roles),
        titles=tuple(row.titles),
        holders=tuple(dict.fromkeys((item.person_id, _name(item.person)) for item in running)),
    )


def _shown(person: models.Person) -> models.PersonDetail | None:
    """Name and contacts, where they may be shown."""
    detail: models.PersonDetail | None = getattr(person, "detail", None)
    return None if detail is None or detail.sealed_at is not None else detail


def _name(person: models.Person) -> str:
    shown = _shown(person)
    return shown.name if shown else ""


def people_listed(search: str = "", limit: int = 50, offset: int = 0) -> tuple[list[PersonLine], int]:
    """People with accounts and posts."""
    rows = models.Person.objects.all()
    for term in search.split():
        rows = rows.filter(
            Q(detail__sealed_at__isnull=True, detail__name__icontains=term)
            | Q(pk__icontains=term)
            | Q(holdings__ends__isnull=True, holdings__post__title__icontains=term)
        )
    running = models.Holding.objects.filter(ends__isnull=True).select_related("post")
    rows = rows.distinct()
    page = rows.select_related("detail", "account").prefetch_related(
        Prefetch("holdings", queryset=running, to_attr="running")
    )
    with told_plainly():
        return [_person_line(row) for row in page.order_by("id")[offset : offset + limit]], rows.count()


def person_line(person_id: str) -> PersonLine | None:
    """One person."""
    running = models.Holding.objects.filter(ends__isnull=True).select_related("post")
    rows = models.Person.objects.select_related("detail", "account").filter(pk=person_id)
    with told_plainly():
        row = rows.prefetch_related(Prefetch("holdings", queryset=running, to_attr="running")).first()
    return None if row is None else _person_line(row)


def _person_line(row: models.Person) -> PersonLine:
    shown = _shown(row)
    account = getattr(row, "account", None)
    running: list[models.Holding] = getattr(row, "running", [])
    return PersonLine(
        person_id=row.id,
        name=shown.name if shown else "",
        phone=shown.phone if shown else "",
        mobile=shown.mobile if shown else "",
        email=shown.email if shown else "",
        sealed=shown is None,
        username=account.username if account else "",
        active=bool(account and account.is_active),
        last_login=account.last_login if account else None,
        posts=tuple(item.post.title for item in running),
    )


def personal_reads(search: str = "", limit: int = 50, offset: int = 0) -> tuple[list[ReadLine], int]:
    """Readings of personal data, the latest first; searched by post, person, record or reason."""
    rows = models.PersonalRead.objects.all()
    for term in search.split():
        rows = rows.filter(
            Q(by__icontains=term)
            | Q(person__icontains=term)
            | Q(ref=term)
            | Q(about__icontains=term)
            | Q(why__icontains=term)
        )
    with told_plainly():
        return [
            ReadLine(
                at=row.at,
                post_id=row.by,
                person_id=row.person,
                ref=row.ref,
                about=row.about,
                why=row.why,
                found=row.found,
            )
            for row in rows.order_by("-at", "-id")[offset : offset + limit]
        ], rows.count()


def audit_listed(registers: tuple[str, ...], limit: int = 50) -> list[AuditLine]:
    """The latest changes of these registers."""
    rows = models.AuditRow.objects.filter(register__in=registers).order_by("-id")[:limit]
    with told_plainly():
        return [
            AuditLine(at=row.at, by=row.by, register=row.register, key=row.key, change=row.change)
            for row in rows
        ]


@kept
def waiting_changes(*kinds: str) -> int:
    """How many changes (of these kinds, or of any) wait for a second administrator."""
    rows = models.ChangeRequest.objects.filter(state="asked")
    with told_plainly():
        return (rows.filter(kind__in=kinds) if kinds else rows).count()
