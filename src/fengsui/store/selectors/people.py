"""Who holds which post, who is on duty."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Q

from fengsui.application.roster import acts_by_roster
from fengsui.core.directory import Role
from fengsui.store import models
from fengsui.store.failures import told_plainly
from fengsui.store.selectors.lines import Holder, ShiftLine


def posts_of_account(account_id: int, now: datetime) -> list[str]:
    """Ids of the posts that the person of this account holds at ``now``, then those it stands in for."""
    with told_plainly():
        held = list(
            models.Holding.objects.filter(_running(now), person__account__pk=account_id, starts__lte=now)
            .order_by("starts", "post_id")
            .values_list("post_id", flat=True)
        )
        return [*held, *(post for post in _posts_by_roster(account_id, now) if post not in held)]


AROUND = timedelta(minutes=30)
"""So long before and after a shift a substitute acts for the post: time to hand over."""


def _posts_by_roster(account_id: int, now: datetime) -> list[str]:
    """Posts of duty officers for which the person of this account stands in the roster now."""
    rows = models.Roster.objects.filter(
        person__account__pk=account_id, starts__lte=now + AROUND, ends__gt=now - AROUND
    )
    return [
        post_id
        for post_id, roles in rows.values_list("post_id", "post__roles")
        if acts_by_roster(frozenset(Role(role) for role in roles))
    ]


def person_of_account(account_id: int) -> tuple[str, str]:
    """Id and name of the person of an account; no name when it was sealed."""
    with told_plainly():
        account = models.Account.objects.select_related("person__detail").filter(pk=account_id).first()
    if account is None:
        return "", ""
    return account.person_id, _holder("", account.person).name


def holders(post_ids: tuple[str, ...], now: datetime) -> dict[str, Holder]:
    """Who holds these posts at ``now``."""
    rows = models.Holding.objects.filter(_running(now), post_id__in=post_ids, starts__lte=now)
    with told_plainly():
        found = rows.select_related("person__detail").order_by("starts")
        return {row.post_id: _holder(row.post_id, row.person) for row in found}


def _running(now: datetime) -> Q:
    return Q(ends__isnull=True) | Q(ends__gt=now)


def _holder(post_id: str, person: models.Person) -> Holder:
    detail = getattr(person, "detail", None)
    if detail is None or detail.sealed_at is not None:
        return Holder(post_id=post_id, name="", phone="")
    return Holder(post_id=post_id, name=detail.name, phone=detail.phone)


def on_duty(now: datetime, *, jurisdiction: str | None = None) -> list[ShiftLine]:
    """The shift that runs: main officers first."""
    rows = models.Roster.objects.filter(starts__lte=now, ends__gt=now)
    if jurisdiction is not None:
        rows = rows.filter(post__jurisdiction_id=jurisdiction)
    with told_plainly():
        return [
            ShiftLine(
                post_id=row.post_id,
                name=_holder(row.post_id, row.person).name if row.person is not None else "",
                main=row.main,
                starts=row.starts,
                ends=row.ends,
                leader=row.leader,
                substitute=row.instead_of_id is not None,
            )
            for row in rows.select_related("person__detail").order_by("leader", "-main", "post_id")
        ]
