"""Handing over: what is open is kept as it stood, and somebody else signs what they read."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fengsui.adapters.memory import CountingIds, FixedClock, MemoryStore
from fengsui.adapters.memory_hand_over import MemoryWatch
from fengsui.application import hand_over as use
from fengsui.application.desk import Actor
from fengsui.application.hand_over import Matter, WatchDesk
from fengsui.core.errors import Conflict, InputError, Refusal
from response_builders import COUNTY, NOW, actor

OPEN = (
    Matter(kind="incident", ref="i1", about="北沙镇", incident_id="i1", title="矿井透水"),
    Matter(kind="call", ref="c1", about="柳湾镇"),
)


def by(post_id: str, person_id: str) -> Actor:
    return replace(actor(post_id), person_id=person_id)


FROM, TO = by("duty", "p1"), by("duty", "p2")


def desk() -> WatchDesk:
    return WatchDesk(
        watch=MemoryWatch(lambda: OPEN),
        clock=FixedClock(NOW),
        ids=CountingIds("h"),
        transactions=MemoryStore(),
    )


def test_what_is_open_goes_with_the_hand_over_and_stays_as_it_stood() -> None:
    at = desk()
    made = use.hand_over(at, FROM, "  夜里有雨 ", hand_over_id="k")
    at.watch.open_now = tuple
    assert at.watch.get("k").matters == OPEN
    assert made.remarks == "夜里有雨"
    assert use.hand_over(at, FROM, "又一份", hand_over_id="k") == made
    assert [kind for kind, _ in use.by_kind(made.matters)] == ["call", "incident"]


def test_somebody_else_signs_and_only_what_they_read() -> None:
    at = desk()
    made = use.hand_over(at, FROM, "")
    assert at.watch.waiting(COUNTY) == (made,)
    with pytest.raises(Refusal):
        use.sign(at, FROM, made.hand_over_id, made.digest)
    with pytest.raises(Conflict):
        use.sign(at, TO, made.hand_over_id, "something else")
    signed = use.sign(at, TO, made.hand_over_id, made.digest, "收到")
    assert (signed.signed_by, signed.signed_person, signed.signed_at) == ("duty", "p2", NOW)
    assert at.watch.waiting(COUNTY) == ()
    with pytest.raises(Conflict):
        use.sign(at, TO, made.hand_over_id, made.digest)


def test_a_sheet_changed_behind_our_back_is_not_signed() -> None:
    at = desk()
    made = use.hand_over(at, FROM, "")
    at.watch.rows[made.hand_over_id] = replace(made, remarks="别的")
    assert not at.watch.rows[made.hand_over_id].is_whole
    with pytest.raises(Conflict):
        use.sign(at, TO, made.hand_over_id, made.digest)


def test_an_unsigned_sheet_is_taken_back_by_the_post_that_wrote_it() -> None:
    at = desk()
    made = use.hand_over(at, FROM, "")
    with pytest.raises(Refusal):
        use.withdraw(at, by("chief", "p9"), made.hand_over_id)
    use.withdraw(at, FROM, made.hand_over_id)
    with pytest.raises(Conflict):
        use.sign(at, TO, made.hand_over_id, made.digest)


def test_who_keeps_no_watch_neither_hands_over_nor_writes() -> None:
    at = desk()
    for post in ("mayor", "police", "auditor"):
        with pytest.raises(Refusal):
            use.hand_over(at, by(post, "x"), "")
        with pytest.raises(Refusal):
            use.write_line(at, by(post, "x"), "记")
    with pytest.raises(InputError):
        use.write_line(at, FROM, "  ")
    with pytest.raises(Refusal):
        use.one(at, by("stranger", "x"), use.hand_over(at, FROM, "").hand_over_id)
