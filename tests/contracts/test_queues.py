"""What every timer and message queue promises: handed to one runner at a time, lost by nobody."""

from __future__ import annotations

from datetime import datetime, timedelta

from test_incident_store import message, opened, record, timer

from contract_stores import START, Stores
from fengsui.core.response.events import NoteAdded

LEASE = timedelta(minutes=10)


def with_timers(stores: Stores, *minutes: int) -> None:
    rows = tuple(timer(f"t{number}", START + timedelta(minutes=number)) for number in minutes)
    stores.incidents.append("i1", 0, record(stores, "i1", opened()), set_timers=rows)


def taken(stores: Stores, now: datetime, limit: int = 10) -> list[str]:
    return [row.timer_id for row in stores.timers.take_due(now, limit, LEASE)]


def sent(stores: Stores, now: datetime, limit: int = 10) -> list[str]:
    return [row.message_id for row in stores.outbox.take_due(now, limit, LEASE)]


def test_timers_come_when_due_the_earliest_first(stores: Stores) -> None:
    with_timers(stores, 3, 1, 2)
    assert taken(stores, START) == []
    assert taken(stores, START + timedelta(minutes=2)) == ["t1", "t2"]
    assert taken(stores, START + timedelta(minutes=3)) == ["t3"]


def test_no_more_timers_are_taken_than_asked_for(stores: Stores) -> None:
    with_timers(stores, 1, 2, 3)
    now = START + timedelta(minutes=5)
    assert taken(stores, now, limit=2) == ["t1", "t2"]
    assert taken(stores, now, limit=2) == ["t3"]


def test_a_timer_taken_by_a_runner_that_died_comes_again_after_its_lease(stores: Stores) -> None:
    with_timers(stores, 1)
    now = START + timedelta(minutes=1)
    assert taken(stores, now) == ["t1"]
    assert taken(stores, now + LEASE - timedelta(seconds=1)) == []
    assert taken(stores, now + LEASE) == ["t1"]


def test_a_timer_dealt_with_never_comes_again(stores: Stores) -> None:
    with_timers(stores, 1)
    now = START + timedelta(minutes=1)
    taken(stores, now)
    stores.timers.finish("t1")
    stores.timers.finish("unknown")
    assert taken(stores, now + timedelta(days=1)) == []


def test_a_timer_set_again_loses_its_lease(stores: Stores) -> None:
    with_timers(stores, 1)
    now = START + timedelta(minutes=1)
    taken(stores, now)
    note = record(stores, "i1", NoteAdded(text="改时限"))
    stores.incidents.append("i1", 1, note, set_timers=(timer("t1", now),))
    assert taken(stores, now) == ["t1"]


def with_messages(stores: Stores, *names: str) -> None:
    rows = tuple(message(name) for name in names)
    stores.incidents.append("i1", 0, record(stores, "i1", opened()), outbox=rows)


def test_messages_come_in_the_order_written_and_once(stores: Stores) -> None:
    with_messages(stores, "b", "a", "c")
    assert sent(stores, START, limit=2) == ["b", "a"]
    assert sent(stores, START) == ["c"]
    stores.outbox.finish("a")
    stores.outbox.finish("b", "c", "unknown")
    assert sent(stores, START + timedelta(days=1)) == []


def test_a_message_whose_runner_died_comes_again_after_its_lease(stores: Stores) -> None:
    with_messages(stores, "m")
    assert sent(stores, START) == ["m"]
    assert sent(stores, START + LEASE - timedelta(seconds=1)) == []
    assert sent(stores, START + LEASE) == ["m"]


def test_a_message_that_failed_comes_again_when_it_was_said_to(stores: Stores) -> None:
    with_messages(stores, "m")
    sent(stores, START)
    stores.outbox.fail("m", "no line", START + timedelta(minutes=5))
    assert sent(stores, START + timedelta(minutes=4)) == []
    assert sent(stores, START + timedelta(minutes=5)) == ["m"]


def test_a_message_given_up_never_comes_again(stores: Stores) -> None:
    with_messages(stores, "m")
    sent(stores, START)
    stores.outbox.fail("m", "no such number", None)
    stores.outbox.fail("unknown", "whatever", None)
    assert sent(stores, START + timedelta(days=1)) == []
