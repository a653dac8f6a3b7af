"""Notices and deliveries in the database (port ``NoticeStore``).

A delivery is marked as being sent before its gateway is called, and settled after: a runner killed in between
leaves the mark behind, and when its lease ends the next one knows that the letter may have gone out already.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q

from fengsui.application import notify_ports as ports
from fengsui.application.notify_ports import DeliveryState, How
from fengsui.core.errors import FengsuiError
from fengsui.core.notify.ladder import GROUPS, INSIDE, Means
from fengsui.store import bulk
from fengsui.store.failures import told_plainly
from fengsui.store.leases import free, rested
from fengsui.store.models import (
    DeliveryRow,
    InboxRow,
    IncidentRow,
    NoticeRow,
    ProposalRow,
    TaskRow,
)
from fengsui.store.notice_rows import KEPT, TOLD, delivery, kept, notice_of, queue, taken, told, trouble_text
from fengsui.store.notices_words import WORDS, asked_for_words

PROVE_WITHIN, PROVE_EVERY = timedelta(hours=1), timedelta(seconds=20)
CODES_WITHIN = timedelta(minutes=10)
_BEGAN, _TO_DECIDE = ("activated", "level_changed"), ("proposed", "passed_on")


class DjangoNotices:
    """``NoticeStore`` on ``NoticeRow`` and ``DeliveryRow``."""

    def announce(self, notices: tuple[ports.NewNotice, ...], use: tuple[tuple[Means, str], ...] = ()) -> int:
        """Write notices and queue each by the gateways of ``use``; how many are new."""
        with told_plainly(), transaction.atomic():
            known = _keys(notices)
            fresh = [item for item in notices if _key(item) not in known]
            bulk.insert(NoticeRow, KEPT, map(kept, fresh), unless=bulk.IGNORE)
            if use and fresh:
                rows = NoticeRow.objects.filter(message_id__in=[item.message_id for item in fresh])
                now = fresh[0].created_at
                queue(
                    delivery(notice_of(row), means, name, False, now)
                    for row in rows.iterator()
                    for means, name in use
                )
        return len(fresh)

    def take_climbing(self, now: datetime, limit: int, lease: timedelta) -> tuple[ports.Notice, ...]:
        """Notices whose next rung is due, the oldest first, leased."""
        due = NoticeRow.objects.filter(free(now), acknowledged_at__isnull=True, next_at__lte=now)
        with told_plainly():
            if not due.exists():
                return ()
            with transaction.atomic():
                first = due.order_by("next_at", "id").select_for_update(skip_locked=True)
                rows = [told(values) for values in first.values_list(*TOLD)[:limit]]
                NoticeRow.objects.filter(pk__in=[row.notice_id for row in rows]).update(
                    leased_until=now + lease
                )
        return tuple(rows)

    def answered_in_house(self, notices: tuple[ports.Notice, ...]) -> frozenset[int]:
        """Those whose order was accepted, whose proposal was decided, that were read on the page, or whose
        incident is closed; whoever accepted an order knows that the response began."""
        ids = {item.incident_id for item in notices if item.incident_id}
        with told_plainly():
            tasks = set(
                TaskRow.objects.filter(incident_id__in=ids)
                .exclude(state="issued")
                .values_list("incident_id", "addressee", "directive_id")
            )
            decided = set(
                ProposalRow.objects.filter(incident_id__in=ids)
                .exclude(state__in=("open", "questioned"))
                .values_list("incident_id", "proposal_id")
            )
            closed = set(IncidentRow.objects.filter(pk__in=ids, is_open=False).values_list("pk", flat=True))
            asked = asked_for_words(notices)
            messages = [item.message_id for item in notices]
            read = set(
                InboxRow.objects.filter(message_id__in=messages, read_at__isnull=False).values_list(
                    "message_id", flat=True
                )
            )
        at_work = {(incident, addressee) for incident, addressee, _ in tasks}
        return frozenset(
            item.notice_id
            for item in notices
            if item.message_id in read
            or (item.kind == "directive" and (item.incident_id, item.to, item.ref) in tasks)
            or (item.kind in _BEGAN and (item.incident_id, item.to) in at_work)
            or (item.kind in _TO_DECIDE and (item.incident_id, item.ref) in decided)
            or (item.kind == WORDS and (item.incident_id, item.ref, item.to) not in asked)
            # Words for the public may have to be put right long after.
            or (item.kind not in ("terminated", WORDS) and item.incident_id in closed)
        )

    def waiting_at_the_end(self, since: datetime, limit: int) -> tuple[ports.Notice, ...]:
        """Notices without a receipt whose ladder has ended."""
        rows = NoticeRow.objects.filter(
            acknowledged_at__isnull=True, next_at__isnull=True, created_at__gte=since
        ).exclude(incident_id="")
        with told_plainly():
            return tuple(notice_of(row) for row in rows.order_by("-created_at")[:limit])

    def climbed(self, done: tuple[ports.Climbed, ...], now: datetime) -> None:
        """Queue the deliveries and set the next rung, in one transaction."""
        with told_plainly(), transaction.atomic():
            queue(
                delivery(item.notice, means, channel, item.urgent, now)
                for item in done
                for means, channel in item.use
            )
            # Notices of one moment climb together: a few updates instead of one a notice.
            alike: dict[tuple[int, datetime | None, bool], list[int]] = {}
            for item in done:
                alike.setdefault((item.step, item.next_at, item.held), []).append(item.notice.notice_id)
            for (step, next_at, held), ids in alike.items():
                NoticeRow.objects.filter(pk__in=ids).update(
                    step=step, next_at=next_at, held=held, leased_until=None
                )

    def take_delivery(self, channel: str, now: datetime, lease: timedelta) -> ports.Delivery | None:
        """The next delivery for a gateway, urgent ones first, marked as being sent."""
        waiting = DeliveryRow.objects.filter(
            free(now),
            rested(now),
            channel=channel,
            state__in=(DeliveryState.QUEUED, DeliveryState.SENDING),
        ).order_by("-urgent", "queued_at", "id")
        with told_plainly():
            if not waiting.exists():
                return None
            with transaction.atomic():
                row = waiting.select_for_update(skip_locked=True).first()
                if row is None:
                    return None
                row.maybe_repeated = row.maybe_repeated or row.state == DeliveryState.SENDING
                row.state, row.leased_until = DeliveryState.SENDING, now + lease
                row.attempts += 1
                row.save(update_fields=["state", "leased_until", "attempts", "maybe_repeated"])
        return taken(row)

    def take_along(
        self, lead: ports.Delivery, now: datetime, lease: timedelta, limit: int
    ) -> tuple[tuple[ports.Delivery, ports.Notice], ...]:
        """What else waits for the same person in the same incident at the same gateway."""
        with told_plainly(), transaction.atomic():
            of = NoticeRow.objects.get(pk=lead.notice_id)
            if not of.person_id or not of.incident_id:
                return ()
            waiting = DeliveryRow.objects.filter(
                free(now),
                channel=lead.channel,
                state__in=(DeliveryState.QUEUED, DeliveryState.SENDING),
                notice__person_id=of.person_id,
                notice__incident_id=of.incident_id,
            ).exclude(pk=lead.delivery_id)
            rows = [
                row
                for row in waiting.select_for_update(skip_locked=True, of=("self",))
                .select_related("notice")
                .order_by("-urgent", "queued_at", "id")[:limit]
                if (row.maybe_repeated or row.state == DeliveryState.SENDING) == lead.maybe_repeated
            ]
            if rows:
                ids = [row.pk for row in rows]
                DeliveryRow.objects.filter(pk__in=[*ids, lead.delivery_id]).update(bundle=lead.delivery_id)
                DeliveryRow.objects.filter(pk__in=ids).update(
                    state=DeliveryState.SENDING,
                    leased_until=now + lease,
                    attempts=F("attempts") + 1,
                    maybe_repeated=lead.maybe_repeated,
                )
        return tuple((taken(row), notice_of(row.notice)) for row in rows)

    def along(self, notice_id: int) -> tuple[ports.Notice, ...]:
        """The other notices that went out in the same letters."""
        with told_plainly():
            return tuple(notice_of(row) for row in _letter_mates(notice_id))

    def sent(self, delivery_id: int, ref: str, *, delivered: bool, now: datetime) -> None:
        """The gateway took it."""
        state = DeliveryState.DELIVERED if delivered else DeliveryState.SENT
        with told_plainly():
            DeliveryRow.objects.filter(pk=delivery_id, state=DeliveryState.SENDING).update(
                state=state,
                sent_at=now,
                delivered_at=now if delivered else None,
                gateway_ref=ref[:100],
                leased_until=None,
                trouble="",
            )

    def failed(
        self, delivery_id: int, why: FengsuiError, again_at: datetime | None, *, lost: bool, now: datetime
    ) -> None:
        """It was not taken, or nobody knows; given up, the ladder goes on at once."""
        state = DeliveryState.QUEUED if again_at else DeliveryState.FAILED
        changes: dict[str, object] = {
            "state": state,
            "again_at": again_at,
            "leased_until": None,
            "trouble": trouble_text(why),
        }
        if lost:
            changes["maybe_repeated"] = True
        with told_plainly(), transaction.atomic():
            DeliveryRow.objects.filter(pk=delivery_id, state=DeliveryState.SENDING).update(**changes)
            if again_at is None:
                _hurry(DeliveryRow.objects.filter(pk=delivery_id), now)

    def take_unproven(self, channel: str, now: datetime, lease: timedelta) -> ports.Delivery | None:
        """A delivery whose arrival can be asked for again."""
        open_rows = DeliveryRow.objects.filter(
            free(now),
            Q(asked_at__isnull=True) | Q(asked_at__lte=now - PROVE_EVERY),
            channel=channel,
            state=DeliveryState.SENT,
            sent_at__gt=now - PROVE_WITHIN,
        ).exclude(gateway_ref="")
        with told_plainly():
            if not open_rows.exists():
                return None
            with transaction.atomic():
                row = open_rows.order_by(F("asked_at").asc(nulls_first=True), "sent_at")
                first = row.select_for_update(skip_locked=True).first()
                if first is None:
                    return None
                first.asked_at, first.leased_until = now, now + lease
                first.save(update_fields=["asked_at", "leased_until"])
        return taken(first)

    def proven(self, delivery_id: int, delivered: bool, now: datetime) -> None:
        """It arrived, or never will: then the ladder goes on at once."""
        rows = DeliveryRow.objects.filter(pk=delivery_id, state=DeliveryState.SENT)
        with told_plainly(), transaction.atomic():
            if delivered:
                rows.update(state=DeliveryState.DELIVERED, delivered_at=now, leased_until=None)
                return
            told = json.dumps({"code": "not_delivered", "data": {}})
            rows.update(state=DeliveryState.FAILED, leased_until=None, trouble=told)
            _hurry(DeliveryRow.objects.filter(pk=delivery_id), now)

    def notice(self, notice_id: int) -> ports.Notice | None:
        with told_plainly():
            row = NoticeRow.objects.filter(pk=notice_id).first()
        return None if row is None else notice_of(row)

    def area(self, notice: ports.Notice) -> str | None:
        """The division code of its incident."""
        if not notice.incident_id:
            return None
        with told_plainly():
            return (
                IncidentRow.objects.filter(pk=notice.incident_id).values_list("place_code", flat=True).first()
            )

    def acknowledge(self, notice_id: int, how: How, by: str, now: datetime) -> bool:
        """The first acknowledgement counts and settles every notice of the same message."""
        with told_plainly(), transaction.atomic():
            mates = [row.pk for row in _letter_mates(notice_id)] if how is How.LINK else []
            first = self._acknowledge(notice_id, how, by, now)
            for mate in mates:
                self._acknowledge(mate, how, by, now)
        return first

    def _acknowledge(self, notice_id: int, how: How, by: str, now: datetime) -> bool:
        with transaction.atomic():
            row = NoticeRow.objects.select_for_update().filter(pk=notice_id).first()
            if row is None or row.acknowledged_at is not None:
                # Somebody else of the unit was first: this one may still say so, once.
                if row is not None and row.how == How.OTHER:
                    row.how, row.by = how.value, by
                    row.save(update_fields=["how", "by"])
                    return True
                return False
            others = NoticeRow.objects.filter(message_id=row.message_id, acknowledged_at__isnull=True)
            others.exclude(pk=row.pk).update(acknowledged_at=now, how=How.OTHER, next_at=None)
            row.acknowledged_at, row.how, row.by, row.next_at = now, how.value, by, None
            row.save(update_fields=["acknowledged_at", "how", "by", "next_at"])
            # What still waits to go out to these people need not; a post to a group is for others too.
            waiting = DeliveryRow.objects.filter(
                notice__message_id=row.message_id, state=DeliveryState.QUEUED
            ).exclude(means__in=[means.value for means in GROUPS])
            waiting.update(state=DeliveryState.CANCELLED)
        return True

    def wrong_code(self, notice_id: int, now: datetime) -> int:
        """Count a wrong code; how many there were in the last ten minutes."""
        with told_plainly(), transaction.atomic():
            row = NoticeRow.objects.select_for_update().get(pk=notice_id)
            if row.wrong_since is None or row.wrong_since < now - CODES_WITHIN:
                row.wrong_since, row.wrong_codes = now, 0
            row.wrong_codes += 1
            row.save(update_fields=["wrong_since", "wrong_codes"])
            return int(row.wrong_codes)

    def wrong_codes(self, notice_id: int, now: datetime) -> int:
        """How many wrong codes there were in the last ten minutes."""
        rows = NoticeRow.objects.filter(pk=notice_id, wrong_since__gte=now - CODES_WITHIN)
        with told_plainly():
            return rows.values_list("wrong_codes", flat=True).first() or 0

    def again(self, notice_id: int, means: Means, channel: str, now: datetime) -> None:
        """Queue the notice once more, because a person asked for it."""
        with told_plainly(), transaction.atomic():
            row = NoticeRow.objects.get(pk=notice_id)
            made = delivery(notice_of(row), means, channel, True, now)
            count = DeliveryRow.objects.filter(notice=row, channel=channel).count()
            queue([{**made, "once": f"{row.pk}/{channel}/again/{count}"}])


def _letter_mates(notice_id: int) -> list[NoticeRow]:
    bundles = DeliveryRow.objects.filter(notice_id=notice_id, bundle__isnull=False).values("bundle")
    rows = NoticeRow.objects.filter(deliveries__bundle__in=bundles).exclude(pk=notice_id)
    return list(rows.distinct().order_by("created_at", "id"))


def _key(item: ports.NewNotice) -> tuple[str, str, str]:
    return item.message_id, item.post_id, item.person_id


def _keys(notices: tuple[ports.NewNotice, ...]) -> set[tuple[str, str, str]]:
    """Those of them that stand already."""
    rows = NoticeRow.objects.filter(message_id__in={item.message_id for item in notices})
    return set(rows.values_list("message_id", "post_id", "person_id"))


def _hurry(rows: Iterable[DeliveryRow], now: datetime) -> None:
    """Nobody waits for a letter that will never arrive, unless another one is on its way or there."""
    for row in rows:
        others = DeliveryRow.objects.filter(notice_id=row.notice_id).exclude(means__in=_NO_LETTER)
        if others.exclude(state__in=(DeliveryState.FAILED, DeliveryState.CANCELLED)).exists():
            continue
        NoticeRow.objects.filter(pk=row.notice_id, acknowledged_at__isnull=True, next_at__gt=now).update(
            next_at=now
        )


_NO_LETTER = [means.value for means in (*GROUPS, *INSIDE)]
