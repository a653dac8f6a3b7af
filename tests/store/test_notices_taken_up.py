"""What counts as taken up inside Fengsui, on rows of a real incident."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from test_guards import STREAM, written

from fengsui.application.notify_ports import NewNotice
from fengsui.core.response import chain
from fengsui.core.response.events_release import (
    StatementApproved,
    StatementDrafted,
    StatementDropped,
    StatementKind,
)
from fengsui.store import models
from fengsui.store.incidents import DjangoIncidents
from fengsui.store.notices import DjangoNotices
from fengsui.store.projection import rebuild


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


def test_who_is_asked_to_agree_to_a_statement_is_left_alone_once_it_is_answered(engine: str) -> None:
    draft = StatementDrafted(
        statement_id="s1",
        version=1,
        kind=StatementKind.FIRST,
        title="通报",
        text="正在救援。",
        approvers=("director", "mayor"),
    )
    row = written(*STREAM, draft)
    first, second = (noticed("statement_waiting", post, "s1") for post in ("director", "mayor"))
    models.IncidentRow.objects.update(is_open=False)
    assert taken_up() == set()
    last = DjangoIncidents().load("i1")[-1]
    agreed = chain.record(
        "i1", (StatementApproved(statement_id="s1", version=1),), by="director", at=last.at, last=last
    )
    DjangoIncidents().append("i1", last.seq, agreed)
    assert taken_up() == {first}
    gone = chain.record(
        "i1", (StatementDropped(statement_id="s1", reason="x"),), by="duty", at=last.at, last=agreed[-1]
    )
    DjangoIncidents().append("i1", agreed[-1].seq, gone)
    assert taken_up() == {first, second}
    before = list(models.StatementRow.objects.values_list("statement_id", "state", "agreed"))
    rebuild(row, DjangoIncidents().load("i1"))
    assert list(models.StatementRow.objects.values_list("statement_id", "state", "agreed")) == before
    assert before == [("s1", "dropped", 1)]
