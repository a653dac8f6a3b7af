"""Notices of an incident with their receipts, and the gateways."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router

from fengsui import bootstrap_notify
from fengsui.application import notify_ack as use
from fengsui.application.access import Action, require
from fengsui.core.errors import InputError
from fengsui.store import selectors
from fengsui.store.selectors import notify as read
from fengsui.web.api.door import caller
from fengsui.web.api.forms import Body

router = Router(tags=["notices"])


class Receipt(Body):
    """A receipt by telephone for notices to one person: ``code`` as read out, or "" for told by word."""

    notices: list[int]
    code: str = ""


class Again(Body):
    """Send these notices to one person once more by a channel."""

    notices: list[int]
    channel: str


class Test(Body):
    """Test one channel or all; ``everybody`` all posts and not only those on duty."""

    channel: str | None = None
    everybody: bool = False


@router.get("/incidents/{incident_id}/notices")
def notices(request: HttpRequest, incident_id: str) -> dict[str, Any]:
    """Who was told what, by which channel, and who has acknowledged; ids of posts, no names or numbers."""
    line = selectors.incident(incident_id)
    if line is None:
        raise InputError("incident_unknown", incident=incident_id)
    require(caller(request), Action.SEE_INCIDENT, line.place_code)
    tally = read.notice_tally(incident_id)
    return {
        "total": tally.total,
        "acknowledged": tally.acknowledged,
        "to_call": tally.to_call,
        "notices": [_notice(item) for item in read.notices(incident_id=incident_id)],
    }


def _notice(item: read.NoticeLine) -> dict[str, Any]:
    return {
        "notice": item.notice_id,
        "kind": item.kind,
        "post": item.post_id,
        "to": item.to,
        "subject": item.subject,
        "created_at": item.created_at,
        "acknowledged_at": item.acknowledged_at,
        "how": item.how,
        "to_call": item.to_call,
        "exercise": item.exercise,
        "deliveries": [
            {
                "channel": each.channel,
                "means": each.means,
                "state": each.shown,
                "at": each.at,
                "attempts": each.attempts,
                "maybe_repeated": each.maybe_repeated,
                "trouble": each.trouble.code if each.trouble else None,
            }
            for each in item.deliveries
        ],
    }


@router.post("/notices/receipts")
def receipt(request: HttpRequest, given: Receipt) -> dict[str, int]:
    """Note a receipt; how many notices it settled."""
    desk, actor = bootstrap_notify.notify_desk(), caller(request)
    if given.code:
        return {"acknowledged": use.acknowledge_by_code(desk, actor, given.notices, given.code)}
    return {"acknowledged": use.acknowledge_spoken(desk, actor, given.notices)}


@router.post("/notices/mine")
def mine(request: HttpRequest, given: Receipt) -> dict[str, int]:
    """The post of the caller has got these notices."""
    desk = bootstrap_notify.notify_desk()
    return {"acknowledged": use.acknowledge_own(desk, caller(request), given.notices)}


@router.post("/notices/again")
def again(request: HttpRequest, given: Again) -> dict[str, int]:
    """Send once more; how many were queued."""
    desk = bootstrap_notify.notify_desk()
    return {"queued": use.send_again(desk, caller(request), given.notices, given.channel)}


@router.get("/channels")
def channels(request: HttpRequest) -> dict[str, Any]:
    """Every gateway: works, fails since, never tested; never its settings."""
    require(caller(request), Action.SEE_CHANNELS)
    return {
        "channels": [
            {
                "channel": item.channel,
                "means": item.means,
                "name": item.name,
                "state": item.state,
                "since": item.since,
                "tested_at": item.tested_at,
                "waiting": item.waiting,
            }
            for item in read.channel_health()
        ]
    }


@router.post("/channels/test")
def test(request: HttpRequest, given: Test) -> dict[str, int]:
    """Queue a test; how many notices."""
    desk = bootstrap_notify.notify_desk()
    count = use.try_now(desk, caller(request), everybody=given.everybody, only=given.channel)
    return {"queued": count}


@router.get("/channels/answers")
def answers(request: HttpRequest) -> dict[str, Any]:
    """How each post answered the tests of the last weeks."""
    require(caller(request), Action.SEE_CHANNELS)
    days, rates = read.answer_rates(timezone.now())
    return {
        "days": days,
        "posts": [{"post": item.post_id, "asked": item.asked, "answered": item.answered} for item in rates],
    }
