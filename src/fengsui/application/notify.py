"""Notices: who is told of what, and the ladder that is climbed until somebody acknowledges.

The incident writes a message into its outbox in its own transaction and is done. Everything here is the
runner's work afterwards: ``announce`` turns messages into notices for people, ``climb_ladders`` queues what
goes out by which gateway, ``notify_work`` calls the gateways.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta, tzinfo
from functools import cache

from fengsui.application.messages import BEIJING
from fengsui.application.notify_ports import (
    ChannelSetting,
    ChannelStore,
    Climbed,
    DutyBook,
    How,
    NewNotice,
    Notice,
    NoticeStore,
    Recipient,
)
from fengsui.application.ports import Clock, ManyChannel, OutboxRow
from fengsui.core.notify import ladder
from fengsui.core.notify.ladder import Gate, Means, Rule

CLIMB_LEASE = timedelta(seconds=30)
LOOK_BACK = timedelta(days=2)
TEST = "test"
"""The kind of message by which channels are tried out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NotifyDesk:
    """The ports of notification. ``outside`` False: nothing leaves the house (exercises)."""

    notices: NoticeStore
    channels: ChannelStore
    book: DutyBook
    clock: Clock
    key: bytes = field(repr=False)
    outside: bool = True
    zone: tzinfo = BEIJING

    def gateways(self) -> tuple[ChannelSetting, ...]:
        """The gateways there are: none in an installation for exercises, whatever its tables say."""
        return self.channels.channels() if self.outside else ()


class Announcer:
    """The in-page inbox and what follows from a message in it (``ManyChannel``)."""

    def __init__(self, desk: NotifyDesk, inbox: ManyChannel) -> None:
        self._desk = desk
        self._inbox = inbox

    def send_many(self, messages: tuple[OutboxRow, ...]) -> None:
        """Show the messages in the inbox and write their notices."""
        self._inbox.send_many(messages)
        self._desk.notices.announce(notices_of(self._desk, messages))


def notices_of(desk: NotifyDesk, messages: Sequence[OutboxRow]) -> tuple[NewNotice, ...]:
    """One notice for each person a message is for; one for nobody where nobody is known."""
    now, rules = desk.clock.now(), desk.channels.rules()
    rule_of = {kind: ladder.rule_for(kind, rules) for kind in {message.kind for message in messages}}
    groups = {kind: _group_targets(desk, rule) for kind, rule in rule_of.items()}
    targets_of = [[(message.to_kind, message.to), *groups[message.kind]] for message in messages]
    reached = desk.book.reach_all({target for targets in targets_of for target in targets}, now)
    made: list[NewNotice] = []
    for message, targets in zip(messages, targets_of, strict=True):
        people: dict[tuple[str, str], Recipient] = {}
        for target in targets:
            people.update({(item.post_id, item.person_id): item for item in reached[target]})
        nobody = Recipient(
            post_id=message.to if message.to_kind == "post" else "", person_id="", on_duty=False
        )
        for person in people.values() or (nobody,):
            made.append(_notice(message, person, rule_of[message.kind], now))
    return tuple(made)


def _group_targets(desk: NotifyDesk, rule: Rule) -> list[tuple[str, str]]:
    return [("post", post) for group in rule.groups for post in desk.channels.group_posts(group)]


def _notice(message: OutboxRow, person: Recipient, rule: Rule, now: datetime) -> NewNotice:
    return NewNotice(
        message_id=message.message_id,
        event=message.message_id.rsplit("/", 1)[0],
        incident_id=message.incident_id,
        kind=message.kind,
        to_kind=message.to_kind,
        to=message.to,
        post_id=person.post_id,
        person_id=person.person_id,
        subject=message.subject,
        body=message.body,
        ref=message.ref,
        exercise=message.exercise,
        created_at=now,
        next_at=now + rule.steps[0].after if rule.steps else None,
    )


def climb_ladders(desk: NotifyDesk, now: datetime, *, limit: int = 1000) -> int:
    """Take every notice that is due one rung up; return how many were dealt with."""
    due = desk.notices.take_climbing(now, limit, CLIMB_LEASE)
    if not due:
        return 0
    answered = desk.notices.answered_in_house(due)
    for notice in due:
        if notice.notice_id in answered:
            desk.notices.acknowledge(notice.notice_id, How.TASK, notice.post_id, now)
    silent = tuple(item for item in due if item.notice_id not in answered)
    round_ = _Round(desk, silent, now)
    desk.notices.climbed(tuple(round_.climb(item) for item in silent), now)
    return len(due)


def settle_taken_up(desk: NotifyDesk, now: datetime, *, limit: int = 5000) -> int:
    """Whoever takes the matter up inside Fengsui after the ladder has ended need not be telephoned either."""
    waiting = desk.notices.waiting_at_the_end(now - LOOK_BACK, limit)
    answered = desk.notices.answered_in_house(waiting) if waiting else frozenset()
    for notice in waiting:
        if notice.notice_id in answered:
            desk.notices.acknowledge(notice.notice_id, How.TASK, notice.post_id, now)
    return len(answered)


class _Round:
    """What counts for all notices that climb together, read once for all of them."""

    def __init__(self, desk: NotifyDesk, notices: Sequence[Notice], now: datetime) -> None:
        self._desk, self._now = desk, now
        self._rules = desk.channels.rules()
        self._quiet = desk.channels.options().quiet.until(now.astimezone(desk.zone))
        self._on_duty = cache(lambda post, person: desk.book.on_duty(post, person, now))
        self._skipped = cache(desk.channels.skipped)
        self._all = gates_of(desk.gateways())
        self._groups = {means: found for means, found in self._all.items() if means in ladder.GROUPS}
        self._no_email = {**self._all}
        self._no_email.pop(Means.EMAIL, None)
        people = {item.person_id for item in notices if item.person_id}
        self._email = desk.book.with_email(people) if Means.EMAIL in self._all else frozenset(people)

    def climb(self, notice: Notice) -> Climbed:
        """The next rung of one notice."""
        rule = ladder.rule_for(notice.kind, self._rules)
        quiet = self._quiet if rule.may_wait else None
        off_duty = quiet and not self._on_duty(notice.post_id, notice.person_id)
        made = ladder.climb(
            rule,
            notice.step,
            self._now,
            # A message of an exercise never leaves the house, not even from an installation that is none.
            gates={} if notice.exercise else self._personal(notice),
            quiet_until=quiet if off_duty else None,
            skip=self._skipped(notice.post_id) if rule.may_wait else frozenset(),
        )
        return Climbed(
            notice=notice,
            use=made.use,
            step=made.step,
            next_at=made.next_at,
            held=made.held,
            urgent=not rule.may_wait,
        )

    def _personal(self, notice: Notice) -> Mapping[Means, tuple[Gate, ...]]:
        """Without a person only groups can be told; not everybody has an e-mail address."""
        if not notice.person_id:
            return self._groups
        return self._all if notice.person_id in self._email else self._no_email


def gates_of(settings: Sequence[ChannelSetting]) -> dict[Means, tuple[Gate, ...]]:
    """The gateways by means, in the order the office gave them."""
    found: dict[Means, tuple[Gate, ...]] = {}
    for item in settings:
        gate = Gate(channel=item.channel, down=item.failing_since is not None)
        found[item.means] = (*found.get(item.means, ()), gate)
    return found
