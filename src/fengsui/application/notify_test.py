"""Trying out every channel (测试): each gateway sends to those it must reach, and their answers count."""

from __future__ import annotations

from datetime import datetime, timedelta

from fengsui.application.notify import TEST, NotifyDesk
from fengsui.application.notify_ports import ChannelSetting, NewNotice, Recipient
from fengsui.application.wording import word
from fengsui.core.notify.ladder import GROUPS

LATEST = timedelta(hours=3)
"""How late the test of a day may be."""


def daily_test(desk: NotifyDesk, now: datetime) -> int:
    """The test of the day, once a day from the hour the office set; how many notices were queued."""
    local = now.astimezone(desk.zone)
    at = datetime.combine(local.date(), desk.channels.options().test_at, tzinfo=desk.zone)
    # A machine that was switched on late does not ring everybody at night.
    if not at <= local < at + LATEST or not desk.gateways():
        return 0
    if not desk.channels.claim_test(local.date()):
        return 0
    return try_channels(desk, now, everybody=local.weekday() == desk.channels.options().test_all_weekday)


def try_channels(desk: NotifyDesk, now: datetime, *, everybody: bool = False, only: str | None = None) -> int:
    """Queue a test by every gateway, or by ``only`` one; how many notices were queued."""
    queued = 0
    for setting in desk.gateways():
        if only is None or setting.channel == only:
            notices = _notices(desk, setting, now, everybody)
            queued += desk.notices.announce(notices, ((setting.means, setting.channel),))
    return queued


def _notices(
    desk: NotifyDesk, setting: ChannelSetting, now: datetime, everybody: bool
) -> tuple[NewNotice, ...]:
    people: tuple[Recipient, ...] = (Recipient(post_id="", person_id="", on_duty=False),)
    if setting.means not in GROUPS:
        people = desk.book.testable(now, everybody=everybody)
    stamp = now.astimezone(desk.zone)
    event = f"test/{stamp:%Y%m%dT%H%M%S}/{setting.channel}"
    return tuple(
        NewNotice(
            message_id=f"{event}/{person.post_id}/{person.person_id}",
            event=event,
            incident_id="",
            kind=TEST,
            to_kind="post",
            to=person.post_id,
            post_id=person.post_id,
            person_id=person.person_id,
            subject=word("notify", "test_subject"),
            body=word("notify", "test_body", at=f"{stamp:%m-%d %H:%M}"),
            ref="",
            exercise=False,
            created_at=now,
            next_at=None,
        )
        for person in people
    )
