"""Who has got it: by a tap on a signed link, by a code read out on the telephone, by word, on the page.

A receipt says that somebody has the message and nothing else: it decides nothing and approves nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fengsui.application import access
from fengsui.application.access import Action
from fengsui.application.desk import Actor
from fengsui.application.notify import NotifyDesk
from fengsui.application.notify_ports import ChannelSetting, How, Notice
from fengsui.application.notify_test import try_channels
from fengsui.core.errors import InputError, Refusal
from fengsui.core.notify.ladder import GROUPS
from fengsui.core.notify.proof import code_is, read_token

MOST_WRONG = 5
"""Wrong codes after which a notice is confirmed by word only, for ten minutes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Linked:
    """What a link leads to: the message, what went ``along`` with it; ``ended``: too late to use it."""

    notice: Notice
    along: tuple[Notice, ...]
    ended: bool


def linked(desk: NotifyDesk, token: str) -> Linked:
    """What the holder of a link may see: the message it came with. Raises InputError("link_unknown")."""
    read = read_token(desk.key, token)
    notice = desk.notices.notice(read[0]) if read else None
    if read is None or notice is None:
        raise InputError("link_unknown")
    along = desk.notices.along(notice.notice_id)
    return Linked(notice=notice, along=along, ended=read[1] <= desk.clock.now())


def acknowledge_by_link(desk: NotifyDesk, token: str) -> bool:
    """The tap; a second one changes nothing. Raises InputError("link_unknown"), InputError("link_ended")."""
    found = linked(desk, token)
    if found.ended and found.notice.acknowledged_at is None:
        raise InputError("link_ended")
    return desk.notices.acknowledge(found.notice.notice_id, How.LINK, found.notice.post_id, desk.clock.now())


def acknowledge_by_code(desk: NotifyDesk, actor: Actor, notice_ids: Sequence[int], said: str) -> int:
    """The code of any of these notices to one person, read out on the telephone, confirms them all.

    Returns how many were confirmed. Raises InputError("code_wrong"), Refusal("codes_too_many").
    """
    now = desk.clock.now()
    found = _handled(desk, actor, notice_ids)
    if any(desk.notices.wrong_codes(item.notice_id, now) >= MOST_WRONG for item in found):
        raise Refusal("codes_too_many", tries=MOST_WRONG)
    if any(code_is(desk.key, item.notice_id, said) for item in found):
        return sum(desk.notices.acknowledge(item.notice_id, How.CODE, actor.post_id, now) for item in found)
    wrong = max(desk.notices.wrong_code(item.notice_id, now) for item in found)
    if wrong >= MOST_WRONG:
        raise Refusal("codes_too_many", tries=MOST_WRONG)
    raise InputError("code_wrong", left=MOST_WRONG - wrong)


def acknowledge_spoken(desk: NotifyDesk, actor: Actor, notice_ids: Sequence[int]) -> int:
    """Told by telephone without a code; it is shown as such."""
    now = desk.clock.now()
    found = _handled(desk, actor, notice_ids)
    return sum(desk.notices.acknowledge(item.notice_id, How.SPOKEN, actor.post_id, now) for item in found)


def acknowledge_own(desk: NotifyDesk, actor: Actor, notice_ids: Sequence[int]) -> int:
    """The post itself has read it inside Fengsui. Raises Refusal("notice_not_yours")."""
    now = desk.clock.now()
    found = [_notice(desk, notice_id) for notice_id in notice_ids]
    if any(item.post_id != actor.post_id for item in found):
        raise Refusal("notice_not_yours")
    return sum(desk.notices.acknowledge(item.notice_id, How.PAGE, actor.post_id, now) for item in found)


def send_again(desk: NotifyDesk, actor: Actor, notice_ids: Sequence[int], channel: str) -> int:
    """Send once more by one gateway. Raises InputError("channel_unknown"), Refusal."""
    found = _handled(desk, actor, notice_ids)
    setting = _channel(desk, channel)
    if any(item.exercise for item in found):
        raise Refusal("exercise_stays_inside")
    open_ones = [item for item in found if item.acknowledged_at is None]
    for item in open_ones:
        if item.person_id or setting.means in GROUPS:
            desk.notices.again(item.notice_id, setting.means, channel, desk.clock.now())
    return len(open_ones)


def try_now(desk: NotifyDesk, actor: Actor, *, everybody: bool, only: str | None = None) -> int:
    """Test the channels now; how many notices were queued. Raises Refusal, InputError("no_channels")."""
    access.require(actor, Action.TEST_CHANNELS)
    if only is not None:
        _channel(desk, only)
    if not desk.gateways():
        raise InputError("no_channels" if desk.outside else "exercise_stays_inside")
    return try_channels(desk, desk.clock.now(), everybody=everybody, only=only)


def _channel(desk: NotifyDesk, channel: str) -> ChannelSetting:
    found = next((item for item in desk.gateways() if item.channel == channel), None)
    if found is None:
        raise InputError("channel_unknown")
    return found


def _notice(desk: NotifyDesk, notice_id: int) -> Notice:
    found = desk.notices.notice(notice_id)
    if found is None:
        raise InputError("notice_unknown")
    return found


def _handled(desk: NotifyDesk, actor: Actor, notice_ids: Sequence[int]) -> list[Notice]:
    """Notices to one person of one incident that the actor may handle."""
    found = [_notice(desk, notice_id) for notice_id in notice_ids]
    if not found or len({(item.incident_id, item.post_id, item.person_id) for item in found}) != 1:
        raise InputError("notice_unknown")
    access.require(actor, Action.HANDLE_NOTICES, desk.notices.area(found[0]))
    return found
