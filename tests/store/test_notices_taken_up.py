"""What counts as taken up inside Fengsui, on rows of a real incident."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from test_guards import STREAM, written

from fengsui.application.notify_ports import NewNotice
from fengsui.store import models
from fengsui.store.notices import DjangoNotices


def noticed(kind: str, to: str, ref: str) -> int:
    store, now = DjangoNotices(), timezone.now()
    new = NewNotice(
        message_id=f"i1/{kind}/{ref}/{to}",
        event=f"i1/{kind}",
        incident_id="i1",
        kind=kind,
        to_kind="unit",
        to=to,
        post_id="p",
        person_id="x",
        subject="s",
        body="",
        ref=ref,
        exercise=False,
        created_at=now,
        next_at=None,
    )
    store.announce((new,))
    return models.NoticeRow.objects.get(message_id=new.message_id).pk


def taken_up() -> set[int]:
    store = DjangoNotices()
    return set(store.answered_in_house(store.waiting_at_the_end(timezone.now() - timedelta(hours=1), 100)))


def test_accepting_an_order_answers_it_and_the_news_that_the_response_began(engine: str) -> None:
    written(*STREAM)
    task = models.TaskRow.objects.filter(incident_id="i1").first()
    assert task is not None
    models.TaskRow.objects.update(state="issued")
    models.ProposalRow.objects.update(state="open")
    models.IncidentRow.objects.update(is_open=True)
    order = noticed("directive", task.addressee, task.directive_id)
    began = noticed("activated", task.addressee, "p1")
    other = noticed("directive", "another-unit", task.directive_id)
    asked = noticed("proposed", "director", "p1")
    ended = noticed("terminated", "director", "p1")
    assert taken_up() == set()
    models.TaskRow.objects.filter(pk=task.pk).update(state="accepted")
    assert taken_up() == {order, began}
    models.ProposalRow.objects.update(state="approved")
    assert taken_up() == {order, began, asked}
    models.IncidentRow.objects.update(is_open=False)
    assert taken_up() == {order, began, asked, other}
    assert ended not in taken_up()


def test_who_has_not_answered_is_listed_first_on_both_databases(engine: str) -> None:
    from fengsui.application.notify_ports import How
    from fengsui.store.selectors import notify as read

    written(*STREAM)
    numbers = [noticed("directive", f"unit-{number}", "d1") for number in range(4)]
    DjangoNotices().acknowledge(numbers[3], How.LINK, "p", timezone.now())
    DjangoNotices().acknowledge(numbers[0], How.LINK, "p", timezone.now())
    listed = read.notices(incident_id="i1", limit=2)
    assert {line.notice_id for line in listed} == {numbers[1], numbers[2]}
    assert len(read.notices(incident_id="i1")) == 4
