"""What notification needs from outside: rows of notices and deliveries, gateways, who is reached how.

A notice is one message for one person in a post; a delivery is that notice by one gateway. Names, numbers and
addresses are looked up at the moment of sending and stand in no row of either.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Protocol

from fengsui.core.errors import FengsuiError
from fengsui.core.notify.ladder import Means, QuietHours, Rule


class How(StrEnum):
    """How somebody acknowledged."""

    PAGE = "page"  # 站内点收
    LINK = "link"  # 短信或邮件中的链接
    CODE = "code"  # 电话报确认码
    SPOKEN = "spoken"  # 电话口头确认，未核码
    TASK = "task"  # 已在系统内办理
    OTHER = "other"  # 同一单位的另一岗位已确认


class DeliveryState(StrEnum):
    """Where one delivery stands."""

    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    DELIVERED = "delivered"
    FAILED = "failed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewNotice:
    """A notice to be written. ``person_id`` "": nobody is known, so only the telephone list can help.

    ``event`` names what happened: several notices of one event make one post to a group.
    """

    message_id: str
    event: str
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice(NewNotice):
    """A notice as it stands; ``step`` is the rung that comes next."""

    notice_id: int
    step: int = 0
    acknowledged_at: datetime | None = None
    how: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Climbed:
    """What a climb changes: gateways to use, then the next rung. ``held``: waiting for the morning."""

    notice: Notice
    use: tuple[tuple[Means, str], ...]
    step: int
    next_at: datetime | None
    held: bool = False
    urgent: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One notice by one gateway, taken for sending.

    ``maybe_repeated``: an earlier attempt may have arrived, its answer was lost.
    """

    delivery_id: int
    notice_id: int
    channel: str
    attempts: int
    maybe_repeated: bool
    gateway_ref: str = ""


class NoticeStore(Protocol):
    """Notices and their deliveries."""

    def announce(self, notices: tuple[NewNotice, ...], use: tuple[tuple[Means, str], ...] = ()) -> int:
        """Write notices and queue each by the gateways of ``use``; how many are new.

        One that stands already (message, post, person) is the same one.
        """
        ...

    def take_climbing(self, now: datetime, limit: int, lease: timedelta) -> tuple[Notice, ...]:
        """Notices that nobody acknowledged and whose next rung is due, leased."""
        ...

    def answered_in_house(self, notices: tuple[Notice, ...]) -> frozenset[int]:
        """Those whose matter was taken up inside Fengsui: task accepted, proposal decided, message read."""
        ...

    def waiting_at_the_end(self, since: datetime, limit: int) -> tuple[Notice, ...]:
        """Notices of incidents since then, without a receipt, whose ladder has ended; the latest first."""
        ...

    def climbed(self, done: tuple[Climbed, ...], now: datetime) -> None:
        """Queue the deliveries and set the next rung, in one transaction."""
        ...

    def take_delivery(self, channel: str, now: datetime, lease: timedelta) -> Delivery | None:
        """The next delivery for a gateway, urgent ones first, marked as being sent.

        One that was being sent when its runner died comes again after its lease, ``maybe_repeated``.
        """
        ...

    def take_along(
        self, lead: Delivery, now: datetime, lease: timedelta, limit: int
    ) -> tuple[tuple[Delivery, Notice], ...]:
        """What else waits for the same person in the same incident at the same gateway: one letter for all.

        Marked as being sent with ``lead``; in doubt about an earlier attempt exactly if that is.
        """
        ...

    def along(self, notice_id: int) -> tuple[Notice, ...]:
        """The other notices that went out in the same letters."""
        ...

    def sent(self, delivery_id: int, ref: str, *, delivered: bool, now: datetime) -> None:
        """The gateway took it; ``ref`` is its own number for it."""
        ...

    def failed(
        self, delivery_id: int, why: FengsuiError, again_at: datetime | None, *, lost: bool, now: datetime
    ) -> None:
        """It was not taken. ``lost``: it may have been, the answer is missing. ``again_at`` None: given up,
        and the ladder goes on at once."""
        ...

    def take_unproven(self, channel: str, now: datetime, lease: timedelta) -> Delivery | None:
        """A delivery the gateway took within the last hour and whose arrival can be asked for again."""
        ...

    def proven(self, delivery_id: int, delivered: bool, now: datetime) -> None:
        """It arrived, or the gateway says that it never will."""
        ...

    def notice(self, notice_id: int) -> Notice | None: ...

    def area(self, notice: Notice) -> str | None:
        """The division code of its incident; None for a notice without one."""
        ...

    def acknowledge(self, notice_id: int, how: How, by: str, now: datetime) -> bool:
        """The first acknowledgement counts (by link: for all notices of the letter), settles all notices of
        the message and cancels what still waits to go out to them; False: it stood already."""
        ...

    def wrong_code(self, notice_id: int, now: datetime) -> int:
        """Count a wrong code; how many there were in the last ten minutes."""
        ...

    def wrong_codes(self, notice_id: int, now: datetime) -> int:
        """How many wrong codes there were in the last ten minutes."""
        ...

    def again(self, notice_id: int, means: Means, channel: str, now: datetime) -> None:
        """Queue the notice once more by one gateway, because a person asked for it."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelSetting:
    """A gateway as set up. ``secrets`` never leave the runner: no screen, export or log shows them."""

    channel: str
    means: Means
    name: str
    enabled: bool = True
    settings: Mapping[str, str] = field(default_factory=dict)
    secrets: Mapping[str, str] = field(default_factory=dict, repr=False)
    parallel: int = 2
    failing_since: datetime | None = None
    paused_until: datetime | None = None
    version: int = 0


NIGHT = QuietHours(starts=time(22), ends=time(7))


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What counts for all notices. ``base_url`` is how a telephone reaches Fengsui; "" for no link."""

    base_url: str = ""
    quiet: QuietHours = NIGHT
    link_hours: int = 48
    test_at: time = time(9, 30)
    test_all_weekday: int | None = 0
    """Weekday (0 Monday) on which the daily test goes to all posts instead of those on duty; None: never."""
    signature: str = ""
    """Words in front of what leaves the house, such as the name of the office."""


class ChannelStore(Protocol):
    """Gateways, ladders and options, as data."""

    def channels(self) -> tuple[ChannelSetting, ...]: ...

    def rules(self) -> Mapping[str, Rule]: ...

    def options(self) -> Options: ...

    def group_posts(self, group_id: str) -> tuple[str, ...]: ...

    def skipped(self, post_id: str) -> frozenset[Means]:
        """Means the post does not want for what can wait."""
        ...

    def answered(self, channel: str, now: datetime, why: FengsuiError | None, *, test: bool = False) -> None:
        """The gateway answered (None), or did not: from then on it is shown as failing, and left alone
        for a growing pause. ``test``: it was a test."""
        ...

    def claim_test(self, day: date) -> bool:
        """Take the test of that day on oneself; False when somebody has."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """Somebody to be reached in a post; ``on_duty`` by the roster."""

    post_id: str
    person_id: str
    on_duty: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """How a person is reached; personal data."""

    name: str = ""
    phone: str = ""
    email: str = ""


class DutyBook(Protocol):
    """Who is meant by a post or unit now."""

    def reach(self, to_kind: str, to: str, now: datetime) -> tuple[Recipient, ...]:
        """A post: its holders on duty, else its holders. A unit: its liaison or duty posts, else all."""
        ...

    def reach_all(
        self, targets: Collection[tuple[str, str]], now: datetime
    ) -> Mapping[tuple[str, str], tuple[Recipient, ...]]:
        """``reach`` for many (kind, id) at once."""
        ...

    def contact(self, person_id: str) -> Contact:
        """Empty when unknown, sealed or erased."""
        ...

    def with_email(self, people: Collection[str]) -> frozenset[str]:
        """Those of them who have an e-mail address."""
        ...

    def on_duty(self, post_id: str, person_id: str, now: datetime) -> bool:
        """Whether this person is on duty in the post by the roster."""
        ...

    def testable(self, now: datetime, *, everybody: bool) -> tuple[Recipient, ...]:
        """Who takes part in a test: those on duty, or every post that answers calls."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """What a gateway is handed. ``to`` is a number or address, "" for a group; never written to a log."""

    letter_id: str
    to: str = field(repr=False)
    subject: str
    text: str
    code: str = ""
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What the gateway answered; ``delivered`` None: it does not say."""

    ref: str = ""
    delivered: bool | None = None


class Gateway(Protocol):
    """A way out of the house, called by the runner alone."""

    def send(self, letter: Letter) -> Receipt:
        """Hand over. Raises Permanent (this letter will never be taken), AnswerLost (it may have been taken),
        Retryable (the gateway is in trouble)."""
        ...

    def ask(self, ref: str) -> bool | None:
        """Whether the letter arrived; None: not known (yet). Raises as ``send``."""
        ...


OpenGateway = Callable[[ChannelSetting], Gateway]
