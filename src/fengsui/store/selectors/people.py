"""Who holds which post, who is on duty."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q
from django.utils import timezone

from fengsui.application.roster import acts_by_roster
from fengsui.core.directory import Role
from fengsui.store import models
from fengsui.store.failures import told_plainly
from fengsui.store.marks import Kept
from fengsui.store.selectors.lines import Holder, ShiftLine


@dataclass(frozen=True, slots=True)
class _Account:
    """The person of an account, the posts it holds (id, since, until) and its turns in the roster."""

    person_id: str
    name: str
    held: tuple[tuple[str, datetime, datetime | None], ...]
    turns: tuple[tuple[str, frozenset[Role], datetime, datetime], ...]


_ACCOUNTS: Kept[_Account] = Kept("seats", most=5000)
AROUND = timedelta(minutes=30)
"""So long before and after a shift a substitute acts for the post: time to hand over."""
LONG_OVER = timedelta(days=2)


def _account(account_id: int) -> _Account:
    """Read once for all pages of an account, until somebody changes a person, a holding or the roster."""
    return _ACCOUNTS.get(account_id, lambda: _read_account(account_id))


def _read_account(account_id: int) -> _Account:
    row = models.Account.objects.select_related("person__detail").filter(pk=account_id).first()
    if row is None:
        return _Account("", "", (), ())
    held = models.Holding.objects.filter(person_id=row.person_id).order_by("starts", "post_id")
    # Turns that are long over never count again; those to come begin to count by themselves.
    turns = models.Roster.objects.filter(person_id=row.person_id, ends__gt=timezone.now() - LONG_OVER)
    return _Account(
        person_id=row.person_id,
        name=_holder("", row.person).name,
        held=tuple(held.values_list("post_id", "starts", "ends")),
        turns=tuple(
            (post, frozenset(Role(role) for role in roles), starts, ends)
            for post, roles, starts, ends in turns.values_list("post_id", "post__roles", "starts", "ends")
        ),
    )


def posts_of_account(account_id: int, now: datetime) -> list[str]:
    """Ids of the posts that the person of this account holds at ``now``, then those it stands in for."""
    with told_plainly():
        found = _account(account_id)
    held = [post for post, starts, ends in found.held if starts <= now and (ends is None or ends > now)]
    acting = [
        post
        for post, roles, starts, ends in found.turns
        if starts <= now + AROUND and ends > now - AROUND and acts_by_roster(roles)
    ]
    return [*held, *(post for post in acting if post not in held)]


def person_of_account(account_id: int) -> tuple[str, str]:
    """Id and name of the person of an account; no name when it was sealed."""
    with told_plainly():
        found = _account(account_id)
    return found.person_id, found.name


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
    return Holder(post_id=post_id, name=detail.name, phone=detail.mobile or detail.phone)


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
