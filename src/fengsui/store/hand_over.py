"""Hand-overs, the day book and open matters in the database (port ``WatchStore``)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime

from django.db.models import Q

from fengsui.application.hand_over import DayBookLine, HandOver, Matter
from fengsui.core.errors import Conflict
from fengsui.store import models
from fengsui.store.failures import told_plainly
from fengsui.store.selectors.incidents import within
from fengsui.store.selectors.notify import channel_health
from fengsui.store.selectors.work import channel_states, unaccepted_tasks, waiting_proposals

MOST = 300
"""Matters of one kind; a desk with more has other worries than the list."""


class DjangoWatch:
    """``WatchStore`` on the tables of duty watch."""

    def gather(self, area: str, now: datetime) -> tuple[Matter, ...]:
        with told_plainly():
            return tuple(_gather(area, now))

    def add(self, hand_over: HandOver) -> None:
        with told_plainly():
            models.HandOverRow.objects.create(
                id=hand_over.hand_over_id,
                area=hand_over.area,
                from_post=hand_over.from_post,
                from_person=hand_over.from_person,
                shift_starts=hand_over.shift_starts,
                shift_ends=hand_over.shift_ends,
                made_at=hand_over.made_at,
                digest=hand_over.digest,
                remarks=hand_over.remarks,
                matters=json.dumps([asdict(item) for item in hand_over.matters], ensure_ascii=False),
            )

    def get(self, hand_over_id: str) -> HandOver | None:
        with told_plainly():
            row = models.HandOverRow.objects.filter(pk=hand_over_id).first()
            return None if row is None else _hand_over(row)

    def settle(self, hand_over: HandOver) -> None:
        rows = models.HandOverRow.objects.filter(
            pk=hand_over.hand_over_id, signed_at__isnull=True, withdrawn_at__isnull=True
        )
        with told_plainly():
            if not rows.update(
                signed_at=hand_over.signed_at,
                signed_by=hand_over.signed_by,
                signed_person=hand_over.signed_person,
                signed_remark=hand_over.signed_remark,
                withdrawn_at=hand_over.withdrawn_at,
            ):
                raise Conflict("hand_over_settled")

    def latest(self, area: str, limit: int = 30) -> tuple[HandOver, ...]:
        with told_plainly():
            rows = models.HandOverRow.objects.filter(area=area).order_by("-made_at", "-id")[:limit]
            return tuple(_hand_over(row) for row in rows)

    def waiting(self, area: str) -> tuple[HandOver, ...]:
        rows = models.HandOverRow.objects.filter(area=area, signed_at__isnull=True, withdrawn_at__isnull=True)
        with told_plainly():
            return tuple(_hand_over(row) for row in rows.order_by("made_at", "id"))

    def write_line(self, area: str, line: DayBookLine) -> None:
        with told_plainly():
            models.DayBookRow.objects.create(area=area, at=line.at, by=line.by, text=line.text)

    def lines(self, area: str, first: datetime, last: datetime) -> tuple[DayBookLine, ...]:
        rows = models.DayBookRow.objects.filter(area=area, at__gte=first, at__lt=last)
        with told_plainly():
            return tuple(
                DayBookLine(at=row.at, by=row.by, text=row.text) for row in rows.order_by("at", "id")
            )


def _hand_over(row: models.HandOverRow) -> HandOver:
    return HandOver(
        hand_over_id=row.id,
        area=row.area,
        from_post=row.from_post,
        from_person=row.from_person,
        shift_starts=row.shift_starts,
        shift_ends=row.shift_ends,
        made_at=row.made_at,
        matters=tuple(Matter(**item) for item in json.loads(row.matters)),
        remarks=row.remarks,
        digest=row.digest,
        signed_at=row.signed_at,
        signed_by=row.signed_by,
        signed_person=row.signed_person,
        signed_remark=row.signed_remark,
        withdrawn_at=row.withdrawn_at,
    )


def _iso(at: datetime | None) -> str:
    return at.isoformat() if at is not None else ""


def _gather(area: str, now: datetime) -> Iterator[Matter]:
    yield from _calls(area)
    yield from _incidents(area)
    yield from _clocks(area)
    for task in unaccepted_tasks(jurisdiction=area, limit=MOST):
        yield Matter(
            kind="directive",
            ref=task.directive_id,
            about=f"{task.to_name}：{task.text}",
            incident_id=task.incident_id,
            title=task.incident_title,
            due=_iso(task.due),
            since=_iso(task.issued_at),
        )
    for item in waiting_proposals(jurisdiction=area, limit=MOST):
        yield Matter(
            kind="proposal",
            ref=item.proposal_id,
            about=item.authority,
            incident_id=item.incident_id,
            title=item.incident_title,
            since=_iso(item.proposed_at),
            state=item.kind,
        )
    yield from _channels(now)
    for change in models.RosterChange.objects.filter(area=area, state="asked").order_by("asked_at")[:MOST]:
        yield Matter(kind="roster", ref=change.id, about="", since=_iso(change.asked_at), state=change.kind)


def _calls(area: str) -> Iterator[Matter]:
    """Waiting calls; what was said may name people and stays where it is."""
    rows = models.CallRow.objects.filter(within(area), state="waiting").order_by("received_at")
    for row in rows[:MOST]:
        yield Matter(kind="call", ref=row.id, about=row.place, since=_iso(row.received_at), state=row.means)


def _incidents(area: str) -> Iterator[Matter]:
    rows = models.IncidentRow.objects.filter(within(area), is_open=True, seq__gt=0)
    for row in rows.order_by("-level", "-learned_at")[:MOST]:
        yield Matter(
            kind="incident",
            ref=row.id,
            about=row.place,
            incident_id=row.id,
            title=row.title,
            since=_iso(row.learned_at),
            state=row.level,
        )


def _clocks(area: str) -> Iterator[Matter]:
    rows = models.ClockRow.objects.filter(
        within(area, "incident__"), Q(incident__is_open=True), is_running=True
    )
    for row in rows.select_related("incident").order_by("due", "id")[:MOST]:
        edge = f"{row.who} → {row.to}：" if row.to else f"{row.who}："
        yield Matter(
            kind="clock",
            ref=row.clock_id,
            about=edge + row.what,
            incident_id=row.incident_id,
            title=row.incident.title,
            due=_iso(row.due),
        )


def _channels(now: datetime) -> Iterator[Matter]:
    for channel in channel_health(now):
        if channel.state == "failing":
            yield Matter(kind="channel", ref=channel.channel, about=channel.name, since=_iso(channel.since))
    for state in channel_states(now):
        if state.channel != "log" and state.failing_since is not None:
            yield Matter(
                kind="channel",
                ref=state.channel,
                about="",
                since=_iso(state.failing_since),
                state=state.channel,
            )
