"""Handing over and the duty log."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from ninja import Router

from fengsui.application import hand_over as use
from fengsui.application.access import Action, require
from fengsui.application.hand_over import HandOver
from fengsui.store import selectors
from fengsui.web import wiring
from fengsui.web.api.calls import call_data
from fengsui.web.api.door import caller, once
from fengsui.web.api.forms import Body
from fengsui.web.seat import seat_of

router = Router(tags=["watch"])
MOST_RECORDS = 3000


class Remarks(Body):
    """What must be said beside what the software gathers."""

    remarks: str = ""


class Signature(Body):
    """``seen``: the digest of what was read."""

    seen: str
    remark: str = ""


class Line(Body):
    """A line of the day book."""

    text: str


@router.get("/hand-overs")
def hand_overs(request: HttpRequest) -> dict[str, Any]:
    """Hand-overs of the area, the latest first; what is open now."""
    seat, desk = seat_of(request), wiring.watch_desk()
    require(seat.actor, Action.SEE_CALLS)
    return {"hand_overs": [hand_over_data(item) for item in desk.watch.latest(seat.area)]}


@router.post("/hand-overs")
def make(request: HttpRequest, given: Remarks) -> dict[str, Any]:
    """Hand over with what is open at this moment."""
    made = use.hand_over(
        wiring.watch_desk(), caller(request), given.remarks, hand_over_id=(once(request) or "")[:64] or None
    )
    return hand_over_data(made)


@router.post("/hand-overs/{hand_over_id}/sign")
def sign(request: HttpRequest, hand_over_id: str, given: Signature) -> dict[str, Any]:
    """Take over."""
    signed = use.sign(wiring.watch_desk(), caller(request), hand_over_id, given.seen, given.remark)
    return hand_over_data(signed)


@router.post("/hand-overs/{hand_over_id}/withdraw")
def withdraw(request: HttpRequest, hand_over_id: str) -> dict[str, Any]:
    """Take an unsigned hand-over back."""
    return hand_over_data(use.withdraw(wiring.watch_desk(), caller(request), hand_over_id))


@router.post("/duty-log")
def write(request: HttpRequest, given: Line) -> dict[str, Any]:
    """Write in the day book."""
    use.write_line(wiring.watch_desk(), caller(request), given.text)
    return {"written": True}


@router.get("/duty-log")
def log(request: HttpRequest, first: datetime, last: datetime) -> dict[str, Any]:
    """Day book, calls and everything recorded of the incidents between two instants."""
    seat = seat_of(request)
    require(seat.actor, Action.SEE_CALLS)
    records = selectors.log_between(seat.area, first, last, limit=MOST_RECORDS + 1)
    return {
        "book": [asdict(line) for line in wiring.watch_desk().watch.lines(seat.area, first, last)],
        "calls": [call_data(call) for call in wiring.call_desk().calls.between(seat.area, first, last)],
        "records": [
            {"incident": line.incident_id, "seq": line.seq, "at": line.at, "by": line.by, "type": line.type}
            for line in records[:MOST_RECORDS]
        ],
        "more": len(records) > MOST_RECORDS,
    }


def hand_over_data(item: HandOver) -> dict[str, Any]:
    """A hand-over with its matters."""
    data = asdict(item)
    data["whole"], data["open"] = item.is_whole, item.is_open
    return data
