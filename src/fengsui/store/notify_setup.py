"""Gateways, ladders, options and groups as data, and who is reached how (``ChannelStore``, ``DutyBook``)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Q

from fengsui.application import notify_ports as ports
from fengsui.core.directory import Role
from fengsui.core.errors import FengsuiError
from fengsui.core.notify.ladder import Means, QuietHours, Rule, Step
from fengsui.core.response.waits import SHIPPED, Waits, read_waits
from fengsui.store.failures import told_plainly
from fengsui.store.models import (
    Holding,
    NotifyChannel,
    NotifyGroup,
    NotifyOptions,
    NotifyRule,
    NotifyWish,
    PersonDetail,
    Post,
    Roster,
)
from fengsui.store.notice_rows import trouble_text
from fengsui.store.secrets import unseal

FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=5), timedelta(seconds=60)
_ANSWERING = (Role.LIAISON.value, Role.DUTY_OFFICER.value)


class DjangoChannels:
    """``ChannelStore`` on the tables of ``store.models.notify``."""

    def channels(self) -> tuple[ports.ChannelSetting, ...]:
        with told_plainly():
            return tuple(_setting(row) for row in NotifyChannel.objects.filter(enabled=True))

    def rules(self) -> Mapping[str, Rule]:
        with told_plainly():
            return {row.kind: rule_of(row) for row in NotifyRule.objects.all()}

    def options(self) -> ports.Options:
        with told_plainly():
            row = NotifyOptions.objects.filter(pk=1).first()
        return options_of({} if row is None else row.data)

    def group_posts(self, group_id: str) -> tuple[str, ...]:
        with told_plainly():
            row = NotifyGroup.objects.filter(pk=group_id).first()
        return () if row is None else tuple(row.posts)

    def skipped(self, post_id: str) -> frozenset[Means]:
        with told_plainly():
            row = NotifyWish.objects.filter(pk=post_id).first()
        return frozenset() if row is None else frozenset(Means(name) for name in row.skip)

    def claim_test(self, day: date) -> bool:
        """Take the test of that day on oneself; False when somebody has."""
        with told_plainly():
            NotifyOptions.objects.get_or_create(pk=1)
            rows = NotifyOptions.objects.filter(Q(tested_on__isnull=True) | ~Q(tested_on=day), pk=1)
            return rows.update(tested_on=day) == 1

    def answered(self, channel: str, now: datetime, why: FengsuiError | None, *, test: bool = False) -> None:
        """A gateway that answers is written down at most once a minute; one that does not, at once."""
        rows = NotifyChannel.objects.filter(pk=channel)
        with told_plainly():
            if test:
                rows.update(tested_at=now)
            if why is None:
                rows.filter(
                    Q(failing_since__isnull=False)
                    | Q(ok_at__isnull=True)
                    | Q(ok_at__lt=now - timedelta(minutes=1))
                ).update(ok_at=now, failing_since=None, trouble="", failures=0, paused_until=None)
                return
            row = rows.first()
            if row is None:
                return
            pause = min(FIRST_PAUSE * 2 ** min(row.failures, 8), LONGEST_PAUSE)
            rows.update(
                failing_since=row.failing_since or now,
                trouble=trouble_text(why),
                failures=row.failures + 1,
                paused_until=now + pause,
            )


def _setting(row: NotifyChannel) -> ports.ChannelSetting:
    return ports.ChannelSetting(
        channel=row.id,
        means=Means(row.means),
        name=row.name,
        enabled=row.enabled,
        settings=dict(row.settings),
        secrets=unseal(row.secrets) or {},
        parallel=row.parallel,
        failing_since=row.failing_since,
        paused_until=row.paused_until,
        version=row.version,
    )


def rule_of(row: NotifyRule) -> Rule:
    """A row as a rule."""
    steps = tuple(Step(means=Means(means), after=timedelta(seconds=after)) for means, after in row.steps)
    return Rule(kind=row.kind, steps=steps, low=row.low, groups=tuple(row.groups))


OPTION_ROWS = {"options": 1, "waits": 2}
"""Which row of ``NotifyOptions`` holds what."""


class DjangoWaits:
    """``WaitStore`` on the options of the office."""

    def current(self) -> Waits:
        with told_plainly():
            row = NotifyOptions.objects.filter(pk=OPTION_ROWS["waits"]).values_list("data", flat=True).first()
        return SHIPPED if row is None else read_waits(row)


def options_of(data: Mapping[str, Any]) -> ports.Options:
    """Options as kept; what is missing is as in a new installation."""
    plain = ports.Options()
    return ports.Options(
        base_url=data.get("base_url", plain.base_url),
        quiet=QuietHours(
            starts=time.fromisoformat(data.get("quiet_from", "22:00")),
            ends=time.fromisoformat(data.get("quiet_to", "07:00")),
        ),
        link_hours=int(data.get("link_hours", plain.link_hours)),
        test_at=time.fromisoformat(data.get("test_at", "09:30")),
        test_all_weekday=data.get("test_all_weekday", plain.test_all_weekday),
        signature=data.get("signature", plain.signature),
    )


class DjangoDutyBook:
    """``DutyBook`` on roster and holdings."""

    def reach(self, to_kind: str, to: str, now: datetime) -> tuple[ports.Recipient, ...]:
        """The holders on duty of the posts meant, else their holders."""
        return self.reach_all([(to_kind, to)], now)[(to_kind, to)]

    def reach_all(
        self, targets: Collection[tuple[str, str]], now: datetime
    ) -> dict[tuple[str, str], tuple[ports.Recipient, ...]]:
        """``reach`` for many at once, in three reads whatever their number."""
        with told_plainly():
            posts_of = _posts_of_units([to for kind, to in targets if kind == "unit"])
            meant: dict[str, list[tuple[str, str]]] = {}
            for kind, to in targets:
                for post in {to} if kind == "post" else posts_of.get(to, ()) if kind == "unit" else ():
                    meant.setdefault(post, []).append((kind, to))
            found: dict[tuple[str, str], list[ports.Recipient]] = {target: [] for target in targets}
            for person in _holders(sorted(meant), now):
                for target in meant[person.post_id]:
                    found[target].append(person)
        return {target: tuple(people) for target, people in found.items()}

    def contact(self, person_id: str) -> ports.Contact:
        with told_plainly():
            row = PersonDetail.objects.filter(person_id=person_id, sealed_at__isnull=True).first()
        if row is None:
            return ports.Contact()
        return ports.Contact(name=row.name, phone=(row.mobile or row.phone).strip(), email=row.email.strip())

    def with_email(self, people: Collection[str]) -> frozenset[str]:
        with told_plainly():
            known = PersonDetail.objects.filter(person_id__in=people, sealed_at__isnull=True)
            found = known.exclude(email="").values_list("person_id", "email")
            return frozenset(person for person, email in found if email.strip())

    def on_duty(self, post_id: str, person_id: str, now: datetime) -> bool:
        with told_plainly():
            return bool(_running(now).filter(post_id=post_id, person_id=person_id).exists())

    def testable(self, now: datetime, *, everybody: bool) -> tuple[ports.Recipient, ...]:
        """Those on duty, or everybody in a post that answers calls."""
        with told_plainly():
            if everybody:
                answering = (Role.LIAISON, Role.DUTY_OFFICER, Role.OFFICE_DIRECTOR, Role.COMMANDER)
                wanted = {role.value for role in answering}
                posts = [pk for pk, roles in Post.objects.values_list("id", "roles") if wanted & set(roles)]
            else:
                posts = list(_running(now).values_list("post_id", flat=True).distinct())
            return _holders(sorted(set(posts)), now)


def _running(now: datetime) -> Any:
    return Roster.objects.filter(starts__lte=now, ends__gt=now, person__isnull=False)


def _posts_of_units(units: Collection[str]) -> dict[str, set[str]]:
    """By unit the posts that answer for it, else all it has."""
    every, answering = dict[str, set[str]](), dict[str, set[str]]()
    if units:
        found = Post.objects.filter(unit_id__in=units).values_list("id", "unit_id", "roles")
        for post, unit, roles in found:
            every.setdefault(unit, set()).add(post)
            if set(roles) & set(_ANSWERING):
                answering.setdefault(unit, set()).add(post)
    return every | answering


def _holders(posts: list[str], now: datetime) -> tuple[ports.Recipient, ...]:
    """By the roster the main officers first; a post that the roster does not know: whoever holds it."""
    shifts = _running(now).filter(post_id__in=posts).order_by("post_id", "-main", "starts", "person_id")
    found = [
        ports.Recipient(post_id=post, person_id=person, on_duty=True)
        for post, person in dict.fromkeys(shifts.values_list("post_id", "person_id"))
    ]
    rostered = {item.post_id for item in found}
    held = Holding.objects.filter(
        Q(ends__isnull=True) | Q(ends__gt=now),
        starts__lte=now,
        post_id__in=[p for p in posts if p not in rostered],
    ).order_by("post_id", "starts", "person_id")
    found += [
        ports.Recipient(post_id=post, person_id=person, on_duty=False)
        for post, person in dict.fromkeys(held.values_list("post_id", "person_id"))
    ]
    return tuple(found)
