"""What screens read: the right rows, in the right order, with a number of queries that does not grow."""

from __future__ import annotations

from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext
from test_guards import STREAM, written

from contract_stores import START
from fengsui.core.directory import Directory, Jurisdiction, Post, Role, Unit
from fengsui.core.response import chain
from fengsui.core.response.events import IncidentOpened
from fengsui.store import models, people, selectors
from fengsui.store.incidents import DjangoIncidents


def opened(number: int, place_code: str = "990121101") -> None:
    event = IncidentOpened(
        title=f"第{number}起火灾",
        what="火",
        place="北沙镇" if number % 2 else "柳湾镇",
        place_code=place_code,
        learned_at=START - timedelta(minutes=number),
    )
    recorded = chain.record(f"n{number}", [event], by="duty", at=START, last=None)
    DjangoIncidents().append(f"n{number}", 0, recorded)


def test_incidents_are_paged_searched_and_kept_to_the_area(engine: str) -> None:
    for number in range(5):
        opened(number)
    opened(9, place_code="990200")
    page, total = selectors.incidents(jurisdiction="990100", limit=2, offset=1)
    assert [line.title for line in page] == ["第1起火灾", "第2起火灾"]
    assert total == 5
    found, total = selectors.incidents(search="北沙 火灾")
    assert total == 3
    assert {line.place for line in found} == {"北沙镇"}
    assert selectors.incidents(jurisdiction="990122")[1] == 0


def test_the_desk_sees_proposals_tasks_and_deadlines_of_a_running_incident(engine: str) -> None:
    written(*STREAM[:8], *STREAM[10:13])
    line = selectors.running_incidents(jurisdiction="990100")[0]
    assert (line.waiting_proposals, line.open_tasks, line.next_due) == (1, 4, START)
    assert [item.proposal_id for item in selectors.waiting_proposals(post_id="deputy")] == ["p1"]
    assert selectors.waiting_proposals(post_id="duty") == []
    assert selectors.waiting_proposals()[0].approvers == ("director", "deputy")
    assert [item.directive_id for item in selectors.tasks_of("fire", "fire-liaison")] == ["d1", "d3"]
    deadline = selectors.next_deadlines(jurisdiction="990121")[0]
    assert (deadline.what, deadline.incident_title) == ("消防、公安：到场", "北沙镇仓库起火")
    proposal = selectors.proposal("i1", "p1")
    assert proposal is not None
    assert proposal.state == "open"


def test_the_log_channels_and_inbox_tell_what_happened(engine: str) -> None:
    from fengsui.adapters.memory import FixedClock
    from fengsui.store.queues import DjangoOutbox
    from fengsui.store.records import DjangoInbox

    written()
    assert selectors.latest_log(limit=1)[0].type == "LevelChanged"
    outbox = DjangoOutbox(FixedClock(START))
    (message,) = outbox.take_due(START, 10, timedelta(seconds=30))
    outbox.fail("m", "no line", START + timedelta(minutes=1))
    state = selectors.channel_states(START)[0]
    assert (state.channel, state.waiting, state.failing_since) == ("internal", 1, START)
    for _ in range(2):
        DjangoInbox(FixedClock(START)).send(message)
    outbox.finish("m")
    assert [line.message_id for line in selectors.inbox("director")] == ["m"]
    state = selectors.channel_states(START)[0]
    assert (state.waiting, state.failing_since, state.last_sent) == (0, None, START)


def test_a_longer_list_takes_no_more_queries(database_sqlite: str) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            selectors.running_incidents()
            selectors.incidents()
            selectors.waiting_proposals()
            selectors.unaccepted_tasks()
            selectors.next_deadlines()
            selectors.latest_log()
            selectors.plans()
        return len(captured)

    written()
    few = queries()
    for number in range(30):
        opened(number)
    assert queries() == few


def test_holders_posts_and_shifts_are_those_of_the_moment(engine: str) -> None:
    people.save_directory(
        Directory(
            jurisdictions=(Jurisdiction(code="990100", name="云州"),),
            units=(Unit(id="emb", name="州应急局", jurisdiction="990100"),),
            posts=(
                Post(
                    id="duty",
                    title="值班员",
                    unit="emb",
                    jurisdiction="990100",
                    roles=frozenset({Role.DUTY_OFFICER}),
                ),
            ),
        ),
        by="test",
    )
    people.save_holders(
        [people.Holder(person_id="zhang", post_id="duty", name="张某", phone="0000-1")], START, by="test"
    )
    people.save_accounts(["zhang"], "!", by="test")
    shift = people.Shift(post_id="duty", starts=START, ends=START + timedelta(hours=12))
    for _ in range(2):
        people.save_shifts([shift], by="test")
    account = models.Account.objects.get()
    assert selectors.posts_of_account(account.pk, START) == ["duty"]
    assert selectors.posts_of_account(account.pk, START - timedelta(days=1)) == []
    assert selectors.holders(("duty",), START)["duty"].name == "张某"
    assert [line.name for line in selectors.on_duty(START, jurisdiction="990100")] == ["张某"]
    assert selectors.on_duty(START + timedelta(hours=12)) == []
    directory = people.DjangoDirectory()
    assert directory.on_duty("duty", START)
    assert not directory.on_duty("duty", START + timedelta(hours=12))
    models.PersonDetail.objects.update(sealed_at=START)
    assert selectors.holders(("duty",), START)["duty"].name == ""
