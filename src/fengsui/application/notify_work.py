"""Calling a gateway: one delivery at a time, what it answered written down at once."""

from __future__ import annotations

from datetime import datetime, timedelta

from fengsui.application.notify import TEST, NotifyDesk
from fengsui.application.notify_ports import (
    ChannelSetting,
    Contact,
    Delivery,
    Gateway,
    Letter,
    Notice,
    Options,
)
from fengsui.application.wording import word
from fengsui.core.errors import AnswerLost, FengsuiError, Permanent
from fengsui.core.notify.ladder import GROUPS, Means
from fengsui.core.notify.proof import link_token, spoken_code

LEASE = timedelta(seconds=60)
"""Longer than any call may take: what is still marked as being sent then has lost its runner."""
FIRST_AGAIN, LONGEST_AGAIN = timedelta(seconds=20), timedelta(minutes=5)
GIVE_UP_AFTER = timedelta(hours=24)
LONGEST_TEXT = 400
MOST_IN_ONE = 20
"""Notices that go out in one letter; an order to ten units of one person rings once."""


def deliver_next(desk: NotifyDesk, setting: ChannelSetting, gateway: Gateway) -> bool:
    """Send what waits first for this gateway; False when nothing waits or the gateway is left alone now."""
    now = desk.clock.now()
    if setting.paused_until is not None and setting.paused_until > now:
        return False
    delivery = desk.notices.take_delivery(setting.channel, now, LEASE)
    if delivery is None:
        return False
    notice = desk.notices.notice(delivery.notice_id)
    if notice is None or notice.exercise:
        # Nothing of an exercise leaves the house; queued by a fault of ours, it ends here.
        desk.notices.failed(
            delivery.delivery_id, Permanent("exercise_stays_inside"), None, lost=False, now=now
        )
        return True
    along: tuple[tuple[Delivery, Notice], ...] = ()
    if setting.means not in GROUPS:
        along = desk.notices.take_along(delivery, now, LEASE, MOST_IN_ONE - 1)
    together = ((delivery, notice), *along)
    try:
        receipt = gateway.send(_letter(desk, setting, delivery, [item for _, item in together], now))
    except FengsuiError as why:
        for each, of in together:
            _note_failure(desk, each, of, why)
        _note_health(desk, setting, notice, why)
        return True
    done = desk.clock.now()
    for each, _ in together:
        desk.notices.sent(each.delivery_id, receipt.ref, delivered=receipt.delivered is True, now=done)
        if receipt.delivered is False:
            desk.notices.proven(each.delivery_id, False, done)
    desk.channels.answered(setting.channel, done, None, test=notice.kind == TEST)
    return True


def _note_failure(desk: NotifyDesk, delivery: Delivery, notice: Notice, why: FengsuiError) -> None:
    now = desk.clock.now()
    again = None
    if not isinstance(why, Permanent) and now - notice.created_at <= GIVE_UP_AFTER:
        again = now + min(FIRST_AGAIN * 2 ** min(delivery.attempts - 1, 6), LONGEST_AGAIN)
    desk.notices.failed(delivery.delivery_id, why, again, lost=isinstance(why, AnswerLost), now=now)


def _note_health(desk: NotifyDesk, setting: ChannelSetting, notice: Notice, why: FengsuiError) -> None:
    """What a failure says of the gateway: a letter it refused shows it at work."""
    now = desk.clock.now()
    if not isinstance(why, Permanent):
        desk.channels.answered(setting.channel, now, why, test=notice.kind == TEST)
    elif why.code in ANSWERED:
        desk.channels.answered(setting.channel, now, None)


ANSWERED = frozenset({"number_refused", "address_refused"})
"""Failures of one letter that show a gateway at work."""


def prove_next(desk: NotifyDesk, setting: ChannelSetting, gateway: Gateway) -> bool:
    """Ask for the arrival of one letter, where the gateway can tell; False when there is none to ask for."""
    if not setting.settings.get("status_url"):
        return False
    now = desk.clock.now()
    delivery = desk.notices.take_unproven(setting.channel, now, LEASE)
    if delivery is None:
        return False
    try:
        arrived = gateway.ask(delivery.gateway_ref)
    except FengsuiError:
        return True  # asked again later; whether it sends is told by sending
    if arrived is not None:
        desk.notices.proven(delivery.delivery_id, arrived, desk.clock.now())
    return True


def _letter(
    desk: NotifyDesk, setting: ChannelSetting, delivery: Delivery, notices: list[Notice], now: datetime
) -> Letter:
    """What goes out. Raises Permanent where the person has no number or address."""
    options, notice = desk.channels.options(), notices[0]
    to = "" if setting.means in GROUPS else _address(setting.means, desk.book.contact(notice.person_id))
    code = spoken_code(desk.key, notice.notice_id)
    return Letter(
        letter_id=f"n{delivery.delivery_id}",
        to=to,
        subject=_repeat(delivery) + notice.subject,
        text=_text(desk, setting, delivery, notices, options, code),
        code=code,
        now=now,
    )


def _address(means: Means, contact: Contact) -> str:
    if means is Means.EMAIL:
        if not contact.email:
            raise Permanent("no_email")
        return contact.email
    if not contact.phone:
        raise Permanent("no_phone")
    return contact.phone


def _repeat(delivery: Delivery) -> str:
    return word("notify", "maybe_repeated") if delivery.maybe_repeated else ""


def _said(notices: list[Notice], limit: int) -> str:
    """The message, or several numbered ones with an equal share of the room each."""
    first = notices[0]
    if len(notices) == 1:
        return _cut(f"{first.subject}。{first.body}" if first.body else first.subject, limit)
    head = first.subject + word("notify", "several", n=len(notices))
    room = max((limit - len(head)) // len(notices) - 3, 12)
    parts = (
        f"{number}.{_cut(item.body or item.subject, room)}" for number, item in enumerate(notices, start=1)
    )
    return _cut(head + "；".join(parts), limit)


def _cut(text: str, limit: int) -> str:
    return text if len(text) <= limit else text[: limit - 1] + "…"


def _text(
    desk: NotifyDesk,
    setting: ChannelSetting,
    delivery: Delivery,
    notices: list[Notice],
    options: Options,
    code: str,
) -> str:
    said = _said(notices, int(setting.settings.get("limit") or LONGEST_TEXT))
    said = f"{options.signature}{_repeat(delivery)}{said}"
    if setting.means in GROUPS:
        return said
    if setting.means is Means.VOICE:
        return said + word("notify", "voice_end", code="，".join(code))
    if not options.base_url:
        return said + word("notify", "text_end_code", code=code)
    return said + word("notify", "text_end", code=code, link=link_of(desk, notices[0], options))


def link_of(desk: NotifyDesk, notice: Notice, options: Options) -> str:
    """The address that acknowledges this notice."""
    expires = notice.created_at + timedelta(hours=options.link_hours)
    return f"{options.base_url.rstrip('/')}/a/{link_token(desk.key, notice.notice_id, expires)}"
