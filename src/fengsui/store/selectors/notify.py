"""Notification as screens show it: who got what, which gateway works, who answers tests."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, F, Q

from fengsui.application.notify_change import Change
from fengsui.store import models
from fengsui.store.failures import told_plainly
from fengsui.store.notify_admin import change_of
from fengsui.store.secrets import unseal
from fengsui.store.selectors.lines import Holder
from fengsui.store.selectors.memo import kept

UNANSWERED_WITHIN = timedelta(hours=24)


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """A failure in its code and data, for words."""

    code: str
    data: dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelHealth:
    """One gateway now. ``state`` is ``ok``, ``failing`` (since), ``untested`` or ``off``."""

    channel: str
    means: str
    name: str
    state: str
    since: datetime | None
    trouble: Trouble | None
    ok_at: datetime | None
    tested_at: datetime | None
    waiting: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryLine:
    """One notice by one gateway. ``shown`` is its state in one word: ``retrying`` where it failed before."""

    channel: str
    means: str
    shown: str
    at: datetime | None
    attempts: int
    again_at: datetime | None
    maybe_repeated: bool
    trouble: Trouble | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeLine:
    """One notice with its deliveries. ``person_id`` is an id; names come from ``people`` on request."""

    notice_id: int
    message_id: str
    incident_id: str
    kind: str
    to_kind: str
    to: str
    post_id: str
    person_id: str
    subject: str
    body: str
    ref: str
    exercise: bool
    created_at: datetime
    next_at: datetime | None
    held: bool
    acknowledged_at: datetime | None
    how: str
    by: str
    to_call: bool
    deliveries: tuple[DeliveryLine, ...] = field(default=())


def channel_health(now: datetime | None = None) -> list[ChannelHealth]:
    """Every gateway, in the order the office gave them: works, fails since, or was never tried."""
    return _gateways()


@kept
def _gateways() -> list[ChannelHealth]:
    waiting = Q(state__in=("queued", "sending"))
    with told_plainly():
        queued = dict(
            models.DeliveryRow.objects.filter(waiting)
            .values_list("channel")
            .annotate(n=Count("pk"))
            .values_list("channel", "n")
        )
        rows = list(models.NotifyChannel.objects.all())
    return [
        ChannelHealth(
            channel=row.id,
            means=row.means,
            name=row.name,
            state=_health(row),
            since=row.failing_since,
            trouble=_trouble(row.trouble),
            ok_at=row.ok_at,
            tested_at=row.tested_at,
            waiting=queued.get(row.id, 0),
        )
        for row in rows
    ]


def _health(row: models.NotifyChannel) -> str:
    if not row.enabled:
        return "off"
    if row.failing_since is not None:
        return "failing"
    return "untested" if row.ok_at is None else "ok"


def _trouble(text: str) -> Trouble | None:
    if not text:
        return None
    said = json.loads(text)
    return Trouble(code=said["code"], data=said["data"])


def notices(
    *,
    incident_id: str | None = None,
    post_ids: Iterable[str] | None = None,
    limit: int = 400,
) -> list[NoticeLine]:
    """Notices of an incident, or to these posts: those nobody acknowledged first, then the latest."""
    rows = models.NoticeRow.objects.all()
    if incident_id is not None:
        rows = rows.filter(incident_id=incident_id)
    if post_ids is not None:
        rows = rows.filter(post_id__in=list(post_ids))
    with told_plainly():
        open_first = F("acknowledged_at").asc(nulls_first=True)
        page = list(rows.order_by(open_first, "-created_at", "id")[:limit])
        return _lines(page)


def notice(notice_id: int) -> NoticeLine | None:
    """One notice."""
    with told_plainly():
        found = _lines(list(models.NoticeRow.objects.filter(pk=notice_id)))
    return found[0] if found else None


def _lines(rows: list[models.NoticeRow]) -> list[NoticeLine]:
    by_notice: dict[int, list[models.DeliveryRow]] = {}
    for delivery in models.DeliveryRow.objects.filter(notice__in=rows).order_by("queued_at", "id"):
        by_notice.setdefault(delivery.notice_id, []).append(delivery)
    return [_line(row, by_notice.get(row.pk, [])) for row in rows]


def _line(row: models.NoticeRow, deliveries: list[models.DeliveryRow]) -> NoticeLine:
    return NoticeLine(
        notice_id=row.pk,
        message_id=row.message_id,
        incident_id=row.incident_id,
        kind=row.kind,
        to_kind=row.to_kind,
        to=row.to,
        post_id=row.post_id,
        person_id=row.person_id,
        subject=row.subject,
        body=row.body,
        ref=row.ref,
        exercise=row.exercise,
        created_at=row.created_at,
        next_at=row.next_at,
        held=row.held,
        acknowledged_at=row.acknowledged_at,
        how=row.how,
        by=row.by,
        to_call=row.acknowledged_at is None and any(item.means == "call_list" for item in deliveries),
        deliveries=tuple(_delivery(item) for item in deliveries if item.means != "call_list"),
    )


def _delivery(row: models.DeliveryRow) -> DeliveryLine:
    shown = row.state
    if row.state == "queued" and row.attempts:
        shown = "retrying"
    return DeliveryLine(
        channel=row.channel,
        means=row.means,
        shown=shown,
        at=row.delivered_at or row.sent_at or row.queued_at,
        attempts=row.attempts,
        again_at=row.again_at,
        maybe_repeated=row.maybe_repeated,
        trouble=_trouble(row.trouble),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How many notices of an incident were acknowledged, how many wait, how many are to be telephoned."""

    total: int
    acknowledged: int
    to_call: int

    @property
    def open(self) -> int:
        return self.total - self.acknowledged


def notice_tally(incident_id: str) -> Tally:
    """The notices of one incident, counted."""
    rows = models.NoticeRow.objects.filter(incident_id=incident_id)
    with told_plainly():
        done = Count("pk", filter=Q(acknowledged_at__isnull=False))
        found = rows.aggregate(total=Count("pk"), acknowledged=done)
        calls = models.DeliveryRow.objects.filter(
            notice__incident_id=incident_id, notice__acknowledged_at__isnull=True, means="call_list"
        ).count()
    return Tally(total=found["total"], acknowledged=found["acknowledged"], to_call=calls)


def unanswered_calls(now: datetime, *, jurisdiction: str | None = None) -> list[tuple[str, str, int]]:
    """Incidents with people who must be telephoned now: (incident, title, how many)."""
    from fengsui.store.selectors.incidents import within

    rows = models.DeliveryRow.objects.filter(
        means="call_list",
        notice__acknowledged_at__isnull=True,
        queued_at__gte=now - UNANSWERED_WITHIN,
    )
    with told_plainly():
        counted = dict(rows.values_list("notice__incident_id").annotate(n=Count("pk")))
        incidents = models.IncidentRow.objects.filter(pk__in=counted, is_open=True)
        if jurisdiction is not None:
            incidents = incidents.filter(within(jurisdiction))
        return [(row.id, row.title, counted[row.id]) for row in incidents.order_by("-learned_at")]


@kept
def waiting_for(post_ids: Iterable[str]) -> int:
    """How many notices wait for a receipt of these posts."""
    rows = models.NoticeRow.objects.filter(post_id__in=list(post_ids), acknowledged_at__isnull=True)
    with told_plainly():
        return rows.exclude(kind="test").count()


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerRate:
    """How one post answered the tests: by day, the latest last, (day, asked, answered)."""

    post_id: str
    days: tuple[tuple[str, int, int], ...]

    @property
    def asked(self) -> int:
        return sum(asked for _, asked, _ in self.days)

    @property
    def answered(self) -> int:
        return sum(answered for _, _, answered in self.days)


def answer_rates(now: datetime, *, days: int = 56, shown: int = 8) -> tuple[list[str], list[AnswerRate]]:
    """The last ``shown`` days with tests, and how each post answered them; the worst posts first."""
    rows = models.NoticeRow.objects.filter(kind="test", created_at__gte=now - timedelta(days=days))
    with told_plainly():
        found = list(
            rows.exclude(post_id="").values_list(
                "post_id", "message_id", "acknowledged_at", "deliveries__state"
            )
        )
    table: dict[str, dict[str, list[int]]] = {}
    for post, message, answered, state in found:
        if state in ("queued", "sending", "failed"):
            continue  # it never reached the telephone: no fault of the post
        day = message.split("/")[1][:8]
        cell = table.setdefault(post, {}).setdefault(day, [0, 0])
        cell[0] += 1
        cell[1] += answered is not None
    all_days = sorted({day for cells in table.values() for day in cells})[-shown:]
    rates = [
        AnswerRate(
            post_id=post,
            days=tuple((day, *cells.get(day, (0, 0))) for day in all_days),
        )
        for post, cells in table.items()
    ]
    rates = [item for item in rates if item.asked]
    rates.sort(key=lambda item: (item.answered / item.asked, item.post_id))
    return all_days, rates


def person_of(person_ids: Iterable[str]) -> dict[str, Holder]:
    """Names and numbers of people by id; sealed ones are left out."""
    rows = models.PersonDetail.objects.filter(person_id__in=list(person_ids), sealed_at__isnull=True)
    with told_plainly():
        return {
            row.person_id: Holder(post_id="", name=row.name, phone=row.mobile or row.phone) for row in rows
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelSetup:
    """A gateway for its form: which secrets are kept, never their values."""

    channel: str
    means: str
    name: str
    enabled: bool
    parallel: int
    settings: dict[str, str]
    secrets: frozenset[str]


def channel_setup(channel: str) -> ChannelSetup | None:
    """One gateway as set up."""
    with told_plainly():
        row = models.NotifyChannel.objects.filter(pk=channel).first()
    if row is None:
        return None
    return ChannelSetup(
        channel=row.id,
        means=row.means,
        name=row.name,
        enabled=row.enabled,
        parallel=row.parallel,
        settings=dict(row.settings),
        secrets=frozenset(unseal(row.secrets) or {}),
    )


def channel_changes(limit: int = 30) -> list[Change]:
    """Changes that wait for a second person, the oldest first; without their secrets."""
    rows = models.ChangeRequest.objects.filter(kind="channel", state="asked").order_by("asked_at")
    with told_plainly():
        return [change_of(row) for row in rows[:limit]]


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupLine:
    """A group of posts."""

    id: str
    name: str
    posts: tuple[str, ...]


def groups() -> list[GroupLine]:
    """The groups of posts."""
    with told_plainly():
        rows = models.NotifyGroup.objects.order_by("name", "id")
        return [GroupLine(id=row.id, name=row.name, posts=tuple(row.posts)) for row in rows]


def wishes_of(post_id: str) -> frozenset[str]:
    """Means the post does not want for what can wait."""
    with told_plainly():
        row = models.NotifyWish.objects.filter(pk=post_id).first()
    return frozenset() if row is None else frozenset(row.skip)


def tried(limit: int = 60) -> list[NoticeLine]:
    """The notices of the latest tests, those that did not arrive or were not answered first."""
    with told_plainly():
        rows = list(models.NoticeRow.objects.filter(kind="test").order_by("-created_at", "id")[:limit])
        return _lines(rows)
