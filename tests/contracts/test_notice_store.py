"""What every store of notices promises: nobody told twice, nothing lost, the first answer counts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from contract_stores import START
from fengsui.adapters.memory_notify import MemoryNotices
from fengsui.application.notify_ports import Climbed, How, NewNotice, Notice, NoticeStore
from fengsui.core.errors import AnswerLost, Permanent, Retryable
from fengsui.core.notify.ladder import Means

LEASE = timedelta(minutes=1)
SMS = ((Means.SMS, "sms"),)


@pytest.fixture(params=["memory", "sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def notices(request: pytest.FixtureRequest) -> Iterator[NoticeStore]:
    if request.param == "memory":
        yield MemoryNotices()
        return
    request.getfixturevalue("database_" + request.param)
    from fengsui.store.notices import DjangoNotices

    yield DjangoNotices()


def new(message: str = "i/1/fire", person: str = "p1", **more: object) -> NewNotice:
    given: dict[str, object] = {
        "message_id": message,
        "event": message.rsplit("/", 1)[0],
        "incident_id": "i",
        "kind": "directive",
        "to_kind": "unit",
        "to": "fire",
        "post_id": f"post-{person}",
        "person_id": person,
        "subject": "指令",
        "body": "到场",
        "ref": "d1",
        "exercise": False,
        "created_at": START,
        "next_at": START,
        **more,
    }
    return NewNotice(**given)  # type: ignore[arg-type]


def due(store: NoticeStore, minutes: float = 0) -> tuple[Notice, ...]:
    return store.take_climbing(START + timedelta(minutes=minutes), 10, LEASE)


def queued(store: NoticeStore, *people: str, urgent: bool = True) -> list[Notice]:
    """Notices that climbed their first rung: an SMS each."""
    store.announce(tuple(new(f"i/1/{person}", person) for person in people))
    found = list(due(store))
    later = START + timedelta(minutes=3)
    store.climbed(
        tuple(Climbed(notice=n, use=SMS, step=1, next_at=later, urgent=urgent) for n in found), START
    )
    return found


def test_a_notice_announced_twice_is_one(notices: NoticeStore) -> None:
    assert notices.announce((new(), new(person="p2"))) == 2
    assert notices.announce((new(), new(person="p3"))) == 1
    assert [item.person_id for item in due(notices)] == ["p1", "p2", "p3"]


def test_a_notice_is_climbed_by_one_runner_and_again_after_its_lease(notices: NoticeStore) -> None:
    notices.announce((new(),))
    assert len(due(notices)) == 1
    assert due(notices) == ()
    assert len(due(notices, 1)) == 1


def test_a_delivery_is_handed_out_once_and_settled(notices: NoticeStore) -> None:
    queued(notices, "p1")
    taken = notices.take_delivery("sms", START, LEASE)
    assert taken is not None
    assert (taken.attempts, taken.maybe_repeated) == (1, False)
    assert notices.take_delivery("sms", START, LEASE) is None
    assert notices.take_delivery("voice", START, LEASE) is None
    notices.sent(taken.delivery_id, "ref-1", delivered=False, now=START)
    assert notices.take_delivery("sms", START + timedelta(days=1), LEASE) is None


def test_urgent_deliveries_go_first(notices: NoticeStore) -> None:
    queued(notices, "low", urgent=False)
    notices.announce((new("i/2/high", "high"),))
    (high,) = due(notices)
    notices.climbed((Climbed(notice=high, use=SMS, step=1, next_at=None),), START)
    taken = notices.take_delivery("sms", START, LEASE)
    assert taken is not None
    assert taken.notice_id == high.notice_id


def test_a_delivery_whose_runner_died_comes_again_marked_as_maybe_repeated(notices: NoticeStore) -> None:
    queued(notices, "p1")
    assert notices.take_delivery("sms", START, LEASE) is not None
    again = notices.take_delivery("sms", START + LEASE, LEASE)
    assert again is not None
    assert (again.attempts, again.maybe_repeated) == (2, True)


def test_a_delivery_that_was_not_taken_comes_again_when_said_and_unmarked(notices: NoticeStore) -> None:
    queued(notices, "p1")
    taken = notices.take_delivery("sms", START, LEASE)
    assert taken is not None
    later = START + timedelta(minutes=5)
    notices.failed(taken.delivery_id, Retryable("gateway_unreachable"), later, lost=False, now=START)
    assert notices.take_delivery("sms", later - timedelta(seconds=1), LEASE) is None
    again = notices.take_delivery("sms", later, LEASE)
    assert again is not None
    assert not again.maybe_repeated


def test_a_lost_answer_marks_the_next_attempt(notices: NoticeStore) -> None:
    queued(notices, "p1")
    taken = notices.take_delivery("sms", START, LEASE)
    assert taken is not None
    notices.failed(taken.delivery_id, AnswerLost("gateway_answer_lost"), START, lost=True, now=START)
    again = notices.take_delivery("sms", START, LEASE)
    assert again is not None
    assert again.maybe_repeated


def test_a_delivery_given_up_sends_the_ladder_on_at_once(notices: NoticeStore) -> None:
    queued(notices, "p1")
    taken = notices.take_delivery("sms", START, LEASE)
    assert taken is not None
    assert due(notices, 2) == ()
    notices.failed(taken.delivery_id, Permanent("no_phone"), None, lost=False, now=START)
    assert [item.step for item in due(notices)] == [1]
    assert notices.take_delivery("sms", START + timedelta(days=1), LEASE) is None


def test_a_failure_beside_a_letter_on_its_way_does_not_hurry_the_ladder(notices: NoticeStore) -> None:
    notices.announce((new(),))
    both = ((Means.SMS, "sms"), (Means.EMAIL, "mail"))
    later = START + timedelta(minutes=3)
    notices.climbed(tuple(Climbed(notice=n, use=both, step=1, next_at=later) for n in due(notices)), START)
    for name in ("mail", "sms"):
        taken = notices.take_delivery(name, START, LEASE)
        assert taken is not None
        assert due(notices) == ()
        notices.failed(taken.delivery_id, Permanent("no_email"), None, lost=False, now=START)
    assert len(due(notices)) == 1


def test_the_first_acknowledgement_settles_the_message_and_cancels_what_waits(notices: NoticeStore) -> None:
    notices.announce((new(), new(person="p2"), new("i/1/other", "p3")))
    found = list(due(notices))
    notices.climbed(tuple(Climbed(notice=n, use=SMS, step=1, next_at=START) for n in found), START)
    assert notices.acknowledge(found[0].notice_id, How.LINK, "p1", START)
    assert not notices.acknowledge(found[0].notice_id, How.LINK, "p1", START)
    assert [item.person_id for item in due(notices, 5)] == ["p3"]
    taken = notices.take_delivery("sms", START, LEASE)
    assert taken is not None
    assert taken.notice_id == found[2].notice_id
    assert notices.take_delivery("sms", START, LEASE) is None
    other = notices.notice(found[1].notice_id)
    assert other is not None
    assert other.how == How.OTHER
    assert notices.acknowledge(found[1].notice_id, How.PAGE, "p2", START)
    assert not notices.acknowledge(found[1].notice_id, How.PAGE, "p2", START)
    assert not notices.acknowledge(999_999, How.PAGE, "p2", START)


def test_a_group_is_told_once_of_one_event(notices: NoticeStore) -> None:
    notices.announce((new("i/1/a", "p1"), new("i/1/b", "p2"), new("i/2/a", "p1")))
    group = ((Means.WECOM, "wecom"),)
    notices.climbed(tuple(Climbed(notice=n, use=group, step=1, next_at=None) for n in due(notices)), START)
    told = 0
    while notices.take_delivery("wecom", START, LEASE) is not None:
        told += 1
    assert told == 2


def test_arrival_is_asked_for_where_the_gateway_gave_a_number(notices: NoticeStore) -> None:
    queued(notices, "p1", "p2")
    for ref in ("ref-1", ""):
        taken = notices.take_delivery("sms", START, LEASE)
        assert taken is not None
        notices.sent(taken.delivery_id, ref, delivered=False, now=START)
    asked = notices.take_unproven("sms", START, LEASE)
    assert asked is not None
    assert asked.gateway_ref == "ref-1"
    assert notices.take_unproven("sms", START, LEASE) is None
    notices.proven(asked.delivery_id, False, START)
    assert notices.take_unproven("sms", START + timedelta(minutes=30), LEASE) is None
    assert [item.person_id for item in due(notices)] == [
        item.person_id for item in [notices.notice(asked.notice_id)] if item is not None
    ]


def test_a_notice_is_sent_again_when_a_person_asks_even_after_its_receipt(notices: NoticeStore) -> None:
    (notice,) = queued(notices, "p1")
    taken = notices.take_delivery("sms", START, LEASE)
    assert taken is not None
    notices.sent(taken.delivery_id, "", delivered=False, now=START)
    notices.again(notice.notice_id, Means.SMS, "sms", START)
    again = notices.take_delivery("sms", START, LEASE)
    assert again is not None
    assert again.delivery_id != taken.delivery_id
    assert not again.maybe_repeated


def test_a_test_is_queued_at_once_by_its_gateway(notices: NoticeStore) -> None:
    notices.announce((new("test/1/sms/a", "p1", kind="test", next_at=None),), SMS)
    assert due(notices, 60) == ()
    assert notices.take_delivery("sms", START, LEASE) is not None


def test_wrong_codes_are_counted_within_ten_minutes(notices: NoticeStore) -> None:
    (notice,) = queued(notices, "p1")
    assert notices.wrong_code(notice.notice_id, START) == 1
    assert notices.wrong_code(notice.notice_id, START + timedelta(minutes=1)) == 2
    assert notices.wrong_codes(notice.notice_id, START + timedelta(minutes=2)) == 2
    assert notices.wrong_codes(notice.notice_id, START + timedelta(minutes=30)) == 0
    assert notices.wrong_code(notice.notice_id, START + timedelta(minutes=30)) == 1


def test_what_waits_for_one_person_in_one_incident_goes_along(notices: NoticeStore) -> None:
    several = (
        new("i/1/a", "p1"),
        new("i/2/a", "p1"),
        new("i/3/a", "p2"),
        new("j/1/a", "p1", incident_id="j"),
    )
    notices.announce(several)
    found = list(due(notices))
    notices.climbed(tuple(Climbed(notice=n, use=SMS, step=1, next_at=None) for n in found), START)
    lead = notices.take_delivery("sms", START, LEASE)
    assert lead is not None
    along = notices.take_along(lead, START, LEASE, 10)
    assert [item.message_id for _, item in along] == ["i/2/a"]
    assert notices.take_along(lead, START, LEASE, 10) == ()
    assert [item.message_id for item in notices.along(lead.notice_id)] == ["i/2/a"]
    for delivery in (lead, along[0][0]):
        notices.sent(delivery.delivery_id, "", delivered=False, now=START)
    assert notices.acknowledge(lead.notice_id, How.LINK, "p1", START)
    mate = notices.notice(along[0][1].notice_id)
    assert mate is not None
    assert mate.how == How.LINK
    other = notices.take_delivery("sms", START, LEASE)
    assert other is not None
    assert notices.take_along(other, START, LEASE, 10) == ()


def test_doubtful_ones_go_along_with_doubtful_ones_alone(notices: NoticeStore) -> None:
    notices.announce((new("i/1/a", "p1"), new("i/2/a", "p1")))
    found = list(due(notices))
    notices.climbed(tuple(Climbed(notice=n, use=SMS, step=1, next_at=None) for n in found), START)
    first = notices.take_delivery("sms", START, LEASE)
    assert first is not None
    again = notices.take_delivery("sms", START + LEASE, LEASE)
    assert again is not None
    lead = again if again.maybe_repeated else notices.take_delivery("sms", START + LEASE, LEASE)
    assert lead is not None
    assert lead.maybe_repeated
    assert notices.take_along(lead, START + LEASE, LEASE, 10) == ()
