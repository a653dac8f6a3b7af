"""Who holds which post, who is on duty."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q

from fengsui.store import models
from fengsui.store.failures import told_plainly
from fengsui.store.selectors.lines import Holder, ShiftLine


def posts_of_account(account_id: int, now: datetime) -> list[str]:
    """Ids of the posts that the person of this account holds at ``now``."""
    with told_plainly():
        return list(
            models.Holding.objects.filter(_running(now), person__account__pk=account_id, starts__lte=now)
            .order_by("starts", "post_id")
            .values_list("post_id", flat=True)
        )


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
            )
            for row in rows.select_related("person__detail").order_by("-main", "post_id")
        ]
