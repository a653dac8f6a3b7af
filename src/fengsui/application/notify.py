"""Notices: who is told of what, and the ladder that is climbed until somebody acknowledges.

The incident writes a message into its outbox in its own transaction and is done. Everything here is the
runner's work afterwards: ``announce`` turns messages into notices for people, ``climb_ladders`` queues what
goes out by which gateway, ``notify_work`` calls the gateways.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta, tzinfo

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
    reached: dict[tuple[str, str], tuple[Recipient, ...]] = {}
    made: list[NewNotice] = []
    for message in messages:
        rule = ladder.rule_for(message.kind, rules)
        targets = [(message.to_kind, message.to), *_group_targets(desk, rule)]
        people: dict[tuple[str, str], Recipient] = {}
        for target in targets:
            if target not in reached:
                reached[target] = desk.book.reach(*target, now)
            people.update({(item.post_id, item.person_id): item for item in reached[target]})
        nobody = Recipient(
            post_id=message.to if message.to_kind == "post" else "", person_id="", on_duty=False
        )
        for person in people.values() or (nobody,):
            made.append(_notice(message, person, rule, now))
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


def climb_ladders(desk: NotifyDesk, now: datetime, *, limit: int = 200) -> int:
    """Take every notice that is due one rung up; return how many were dealt with."""
    due = desk.notices.take_climbing(now, limit, CLIMB_LEASE)
    if not due:
        return 0
    answered = desk.notices.answered_in_house(due)
    for notice in due:
        if notice.notice_id in answered:
            desk.notices.acknowledge(notice.notice_id, How.TASK, notice.post_id, now)
    gates = gates_of(desk.gateways())
    rules = desk.channels.rules()
    desk.notices.climbed(
        tuple(_climb(desk, item, gates, rules, now) for item in due if item.notice_id not in answered), now
    )
    return len(due)


def settle_taken_up(desk: NotifyDesk, now: datetime, *, limit: int = 5000) -> int:
    """Whoever takes the matter up inside Fengsui after the ladder has ended need not be telephoned either."""
    waiting = desk.notices.waiting_at_the_end(now - LOOK_BACK, limit)
    answered = desk.notices.answered_in_house(waiting) if waiting else frozenset()
    for notice in waiting:
        if notice.notice_id in answered:
            desk.notices.acknowledge(notice.notice_id, How.TASK, notice.post_id, now)
    return len(answered)


def _climb(
    desk: NotifyDesk,
    notice: Notice,
    gates: Mapping[Means, tuple[Gate, ...]],
    rules: Mapping[str, Rule],
    now: datetime,
) -> Climbed:
    rule = ladder.rule_for(notice.kind, rules)
    quiet = desk.channels.options().quiet.until(now.astimezone(desk.zone)) if rule.may_wait else None
    off_duty = quiet and not desk.book.on_duty(notice.post_id, notice.person_id, now)
    made = ladder.climb(
        rule,
        notice.step,
        now,
        # A message of an exercise never leaves the house, not even from an installation that is no exercise.
        gates={} if notice.exercise else _personal(desk, gates, notice),
        quiet_until=quiet if off_duty else None,
        skip=desk.channels.skipped(notice.post_id) if rule.may_wait else frozenset(),
    )
    return Climbed(
        notice=notice,
        use=made.use,
        step=made.step,
        next_at=made.next_at,
        held=made.held,
        urgent=not rule.may_wait,
    )


def _personal(
    desk: NotifyDesk, gates: Mapping[Means, tuple[Gate, ...]], notice: Notice
) -> Mapping[Means, tuple[Gate, ...]]:
    """Without a person only groups can be told; not everybody has an e-mail address, and need not have."""
    if notice.person_id:
        if Means.EMAIL in gates and not desk.book.contact(notice.person_id).email:
            return {means: found for means, found in gates.items() if means is not Means.EMAIL}
        return gates
    return {means: found for means, found in gates.items() if means in ladder.GROUPS}


def gates_of(settings: Sequence[ChannelSetting]) -> dict[Means, tuple[Gate, ...]]:
    """The gateways by means, in the order the office gave them."""
    found: dict[Means, tuple[Gate, ...]] = {}
    for item in settings:
        gate = Gate(channel=item.channel, down=item.failing_since is not None)
        found[item.means] = (*found.get(item.means, ()), gate)
    return found
