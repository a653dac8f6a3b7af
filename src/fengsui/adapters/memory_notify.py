"""The ports of notification in memory: for tests. Same promises as the database, nothing kept."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date, datetime, timedelta

from fengsui.application.notify_ports import (
    ChannelSetting,
    Climbed,
    Contact,
    Delivery,
    DeliveryState,
    How,
    Letter,
    NewNotice,
    Notice,
    Options,
    Receipt,
    Recipient,
)
from fengsui.core.errors import FengsuiError
from fengsui.core.notify.ladder import GROUPS, INSIDE, Means, Rule


@dataclass(kw_only=True)
class Row:
    """A delivery as it stands."""

    delivery: Delivery
    means: Means
    once: str
    urgent: bool
    state: DeliveryState = DeliveryState.QUEUED
    again_at: datetime | None = None
    leased_until: datetime | None = None
    asked_at: datetime | None = None
    sent_at: datetime | None = None
    trouble: str = ""
    bundle: int = 0


class MemoryNotices:
    """``NoticeStore`` in lists."""

    def __init__(self) -> None:
        self.notices: dict[int, Notice] = {}
        self.rows: list[Row] = []
        self.leases: dict[int, datetime] = {}
        self.in_house: set[int] = set()
        self.wrong: dict[int, list[datetime]] = {}

    def announce(self, notices: tuple[NewNotice, ...], use: tuple[tuple[Means, str], ...] = ()) -> int:
        known = {(item.message_id, item.post_id, item.person_id) for item in self.notices.values()}
        fresh = [item for item in notices if (item.message_id, item.post_id, item.person_id) not in known]
        for item in fresh:
            number = len(self.notices) + 1
            given = {each.name: getattr(item, each.name) for each in fields(NewNotice)}
            self.notices[number] = Notice(notice_id=number, **given)
            for means, channel in use:
                self._queue(self.notices[number], means, channel, urgent=False)
        return len(fresh)

    def take_climbing(self, now: datetime, limit: int, lease: timedelta) -> tuple[Notice, ...]:
        due = [
            item
            for key, item in self.notices.items()
            if item.acknowledged_at is None
            and item.next_at is not None
            and item.next_at <= now
            and (key not in self.leases or self.leases[key] <= now)
        ]
        due.sort(key=lambda item: (item.next_at, item.notice_id))
        self.leases |= {item.notice_id: now + lease for item in due[:limit]}
        return tuple(due[:limit])

    def answered_in_house(self, notices: tuple[Notice, ...]) -> frozenset[int]:
        return frozenset(item.notice_id for item in notices if item.notice_id in self.in_house)

    def waiting_at_the_end(self, since: datetime, limit: int) -> tuple[Notice, ...]:
        found = [
            item
            for item in self.notices.values()
            if item.acknowledged_at is None and item.next_at is None and item.created_at >= since
        ]
        return tuple(item for item in reversed(found) if item.incident_id)[:limit]

    def climbed(self, done: tuple[Climbed, ...], now: datetime) -> None:
        for item in done:
            for means, channel in item.use:
                self._queue(item.notice, means, channel, urgent=item.urgent)
            number = item.notice.notice_id
            self.notices[number] = replace(self.notices[number], step=item.step, next_at=item.next_at)
            self.leases.pop(number, None)

    def _queue(self, notice: Notice, means: Means, channel: str, *, urgent: bool, once: str = "") -> None:
        once = once or (
            f"event/{notice.event}/{channel}" if means in GROUPS else f"{notice.notice_id}/{channel}"
        )
        if any(row.once == once for row in self.rows):
            return
        made = Delivery(
            delivery_id=len(self.rows) + 1,
            notice_id=notice.notice_id,
            channel=channel,
            attempts=0,
            maybe_repeated=False,
        )
        state = DeliveryState.DELIVERED if means in INSIDE else DeliveryState.QUEUED
        self.rows.append(Row(delivery=made, means=means, once=once, urgent=urgent, state=state))

    def take_delivery(self, channel: str, now: datetime, lease: timedelta) -> Delivery | None:
        waiting = [
            row
            for row in self.rows
            if row.delivery.channel == channel
            and row.state in (DeliveryState.QUEUED, DeliveryState.SENDING)
            and (row.leased_until is None or row.leased_until <= now)
            and (row.again_at is None or row.again_at <= now)
        ]
        waiting.sort(key=lambda row: not row.urgent)
        if not waiting:
            return None
        row = waiting[0]
        lost = row.state is DeliveryState.SENDING
        row.delivery = replace(
            row.delivery,
            attempts=row.delivery.attempts + 1,
            maybe_repeated=row.delivery.maybe_repeated or lost,
        )
        row.state, row.leased_until = DeliveryState.SENDING, now + lease
        return row.delivery

    def take_along(
        self, lead: Delivery, now: datetime, lease: timedelta, limit: int
    ) -> tuple[tuple[Delivery, Notice], ...]:
        of = self.notices[lead.notice_id]
        found = []
        for row in sorted(self.rows, key=lambda row: not row.urgent):
            notice = self.notices[row.delivery.notice_id]
            same = (notice.person_id, notice.incident_id) == (of.person_id, of.incident_id)
            free = row.leased_until is None or row.leased_until <= now
            waits = row.state in (DeliveryState.QUEUED, DeliveryState.SENDING) and free
            doubt = row.delivery.maybe_repeated or row.state is DeliveryState.SENDING
            other = row.delivery.delivery_id != lead.delivery_id and row.delivery.channel == lead.channel
            if same and of.person_id and of.incident_id and waits and other and doubt == lead.maybe_repeated:
                row.state, row.leased_until = DeliveryState.SENDING, now + lease
                row.bundle = self._row(lead.delivery_id).bundle = lead.delivery_id
                found.append((row.delivery, notice))
        return tuple(found[:limit])

    def along(self, notice_id: int) -> tuple[Notice, ...]:
        bundles = {row.bundle for row in self.rows if row.delivery.notice_id == notice_id} - {0}
        mates = {row.delivery.notice_id for row in self.rows if row.bundle in bundles} - {notice_id}
        return tuple(self.notices[number] for number in sorted(mates))

    def _row(self, delivery_id: int) -> Row:
        return self.rows[delivery_id - 1]

    def sent(self, delivery_id: int, ref: str, *, delivered: bool, now: datetime) -> None:
        row = self._row(delivery_id)
        if row.state is DeliveryState.SENDING:
            row.state = DeliveryState.DELIVERED if delivered else DeliveryState.SENT
            row.delivery, row.sent_at, row.leased_until = replace(row.delivery, gateway_ref=ref), now, None
            row.trouble = ""

    def failed(
        self, delivery_id: int, why: FengsuiError, again_at: datetime | None, *, lost: bool, now: datetime
    ) -> None:
        row = self._row(delivery_id)
        if row.state is not DeliveryState.SENDING:
            return
        row.state = DeliveryState.QUEUED if again_at else DeliveryState.FAILED
        row.again_at, row.leased_until, row.trouble = again_at, None, why.code
        if lost:
            row.delivery = replace(row.delivery, maybe_repeated=True)
        if again_at is None:
            self._hurry(row, now)

    def _hurry(self, row: Row, now: datetime) -> None:
        notice = self.notices[row.delivery.notice_id]
        ended = (DeliveryState.FAILED, DeliveryState.CANCELLED)
        for other in self.rows:
            letter = other.means not in GROUPS and other.means not in INSIDE
            if other.delivery.notice_id == notice.notice_id and letter and other.state not in ended:
                return
        if notice.acknowledged_at is None and notice.next_at is not None and notice.next_at > now:
            self.notices[notice.notice_id] = replace(notice, next_at=now)

    def take_unproven(self, channel: str, now: datetime, lease: timedelta) -> Delivery | None:
        for row in self.rows:
            asked = row.asked_at is not None and row.asked_at > now - timedelta(seconds=20)
            recent = row.sent_at is not None and row.sent_at > now - timedelta(hours=1)
            open_row = row.state is DeliveryState.SENT and recent and not asked
            if open_row and row.delivery.channel == channel and row.delivery.gateway_ref:
                row.asked_at = now
                return row.delivery
        return None

    def proven(self, delivery_id: int, delivered: bool, now: datetime) -> None:
        row = self._row(delivery_id)
        if row.state is DeliveryState.SENT:
            row.state = DeliveryState.DELIVERED if delivered else DeliveryState.FAILED
            if not delivered:
                row.trouble = "not_delivered"
                self._hurry(row, now)

    def notice(self, notice_id: int) -> Notice | None:
        return self.notices.get(notice_id)

    def area(self, notice: Notice) -> str | None:
        return None

    def acknowledge(self, notice_id: int, how: How, by: str, now: datetime) -> bool:
        mates = self.along(notice_id) if how is How.LINK else ()
        first = self._acknowledge(notice_id, how, now)
        for mate in mates:
            self._acknowledge(mate.notice_id, how, now)
        return first

    def _acknowledge(self, notice_id: int, how: How, now: datetime) -> bool:
        notice = self.notices.get(notice_id)
        if notice is None or (notice.acknowledged_at is not None and notice.how != How.OTHER):
            return False
        late = notice.acknowledged_at is not None
        for key, item in list(self.notices.items()):
            if item.message_id == notice.message_id and item.acknowledged_at is None:
                self.notices[key] = replace(item, acknowledged_at=now, how=How.OTHER.value, next_at=None)
        self.notices[notice_id] = replace(self.notices[notice_id], how=how.value)
        if not late:
            for row in self.rows:
                same = self.notices[row.delivery.notice_id].message_id == notice.message_id
                if same and row.state is DeliveryState.QUEUED and row.means not in GROUPS:
                    row.state = DeliveryState.CANCELLED
        return True

    def wrong_code(self, notice_id: int, now: datetime) -> int:
        kept = [at for at in self.wrong.get(notice_id, []) if at > now - timedelta(minutes=10)]
        self.wrong[notice_id] = [*kept, now]
        return len(self.wrong[notice_id])

    def wrong_codes(self, notice_id: int, now: datetime) -> int:
        return sum(at >= now - timedelta(minutes=10) for at in self.wrong.get(notice_id, []))

    def again(self, notice_id: int, means: Means, channel: str, now: datetime) -> None:
        count = sum(1 for row in self.rows if row.delivery.notice_id == notice_id)
        once = f"{notice_id}/{channel}/again/{count}"
        self._queue(self.notices[notice_id], means, channel, urgent=True, once=once)


@dataclass(kw_only=True)
class MemoryChannels:
    """``ChannelStore``: what a test puts in."""

    settings: dict[str, ChannelSetting] = field(default_factory=dict)
    own_rules: dict[str, Rule] = field(default_factory=dict)
    chosen: Options = field(default_factory=Options)
    groups: dict[str, tuple[str, ...]] = field(default_factory=dict)
    wishes: dict[str, frozenset[Means]] = field(default_factory=dict)
    tested: date | None = None

    def channels(self) -> tuple[ChannelSetting, ...]:
        return tuple(item for item in self.settings.values() if item.enabled)

    def rules(self) -> Mapping[str, Rule]:
        return self.own_rules

    def options(self) -> Options:
        return self.chosen

    def group_posts(self, group_id: str) -> tuple[str, ...]:
        return self.groups.get(group_id, ())

    def skipped(self, post_id: str) -> frozenset[Means]:
        return self.wishes.get(post_id, frozenset())

    def answered(self, channel: str, now: datetime, why: FengsuiError | None, *, test: bool = False) -> None:
        item = self.settings[channel]
        since = None if why is None else item.failing_since or now
        pause = None if why is None else now + timedelta(seconds=5)
        self.settings[channel] = replace(item, failing_since=since, paused_until=pause)

    def claim_test(self, day: date) -> bool:
        new, self.tested = self.tested != day, day
        return new


@dataclass(kw_only=True)
class MemoryBook:
    """``DutyBook``: posts and units with their people, as a test puts them in."""

    people: dict[tuple[str, str], tuple[Recipient, ...]] = field(default_factory=dict)
    contacts: dict[str, Contact] = field(default_factory=dict)

    def reach(self, to_kind: str, to: str, now: datetime) -> tuple[Recipient, ...]:
        return self.people.get((to_kind, to), ())

    def reach_all(
        self, targets: Collection[tuple[str, str]], now: datetime
    ) -> dict[tuple[str, str], tuple[Recipient, ...]]:
        return {target: self.reach(*target, now) for target in targets}

    def with_email(self, people: Collection[str]) -> frozenset[str]:
        return frozenset(person for person in people if self.contact(person).email)

    def contact(self, person_id: str) -> Contact:
        return self.contacts.get(person_id, Contact())

    def on_duty(self, post_id: str, person_id: str, now: datetime) -> bool:
        found = [item for items in self.people.values() for item in items if item.person_id == person_id]
        return any(item.on_duty for item in found if item.post_id == post_id)

    def testable(self, now: datetime, *, everybody: bool) -> tuple[Recipient, ...]:
        found = dict.fromkeys(item for items in self.people.values() for item in items)
        return tuple(item for item in found if everybody or item.on_duty)


class MemoryGateway:
    """Keeps the letters; ``answers`` are given in turn: a receipt, or an error to raise."""

    def __init__(self, *answers: Receipt | FengsuiError) -> None:
        self.letters: list[Letter] = []
        self.answers = list(answers)

    def send(self, letter: Letter) -> Receipt:
        self.letters.append(letter)
        answer = self.answers.pop(0) if self.answers else Receipt()
        if isinstance(answer, FengsuiError):
            raise answer
        return answer

    def ask(self, ref: str) -> bool | None:
        return None
