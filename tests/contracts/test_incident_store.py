"""What every incident store promises, in memory and in the database."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from contract_stores import START, Stores
from fengsui.application.ports import OutboxRow, TimerRow
from fengsui.core.errors import Conflict
from fengsui.core.response import chain
from fengsui.core.response.events import Event, IncidentClosed, IncidentOpened, NoteAdded, Recorded


def opened(title: str = "北沙镇仓库起火", learned_at: datetime = START) -> IncidentOpened:
    return IncidentOpened(
        title=title, what="仓库冒烟", place="北沙镇", place_code="990121101", learned_at=learned_at
    )


def record(stores: Stores, incident_id: str, *events: Event) -> tuple[Recorded, ...]:
    stream = stores.incidents.load(incident_id)
    last = stream[-1] if stream else None
    return chain.record(incident_id, events, by="duty", at=START, last=last)


def timer(name: str, due_at: datetime = START, incident_id: str = "i1") -> TimerRow:
    return TimerRow(timer_id=name, incident_id=incident_id, kind="directive", ref="d1", due_at=due_at)


def message(name: str) -> OutboxRow:
    return OutboxRow(
        message_id=name,
        incident_id="i1",
        to_kind="unit",
        to="fire",
        channel="internal",
        subject="指令",
        body="请到场",
        ref="d1",
    )


def due_timers(stores: Stores, now: datetime = START + timedelta(days=1)) -> list[str]:
    return [row.timer_id for row in stores.timers.take_due(now, 100, timedelta(seconds=1))]


def waiting_messages(stores: Stores) -> list[str]:
    now = START + timedelta(days=1)
    return [row.message_id for row in stores.outbox.take_due(now, 100, timedelta(seconds=1))]


def test_what_was_appended_is_loaded_in_order_with_an_unbroken_chain(stores: Stores) -> None:
    stores.incidents.append("i1", 0, record(stores, "i1", opened(), NoteAdded(text="一")))
    stores.incidents.append("i1", 2, record(stores, "i1", NoteAdded(text="二")))
    stream = stores.incidents.load("i1")
    assert [item.seq for item in stream] == [1, 2, 3]
    assert stream[0].event == opened()
    assert stream[0].at == START
    assert chain.verify(chain.export(stream)) == ()


def test_an_unknown_incident_has_an_empty_stream(stores: Stores) -> None:
    assert stores.incidents.load("nobody") == ()


def test_a_writer_who_saw_an_older_stream_gets_a_conflict_and_writes_nothing(stores: Stores) -> None:
    stores.incidents.append("i1", 0, record(stores, "i1", opened()))
    stale = record(stores, "i1", NoteAdded(text="乙"))
    stores.incidents.append("i1", 1, record(stores, "i1", NoteAdded(text="甲")))
    with pytest.raises(Conflict) as caught:
        stores.incidents.append("i1", 1, stale, set_timers=(timer("t"),), outbox=(message("m"),))
    assert caught.value.code == "changed_meanwhile"
    assert len(stores.incidents.load("i1")) == 2
    assert due_timers(stores) == []
    assert waiting_messages(stores) == []


def test_a_stream_is_opened_once(stores: Stores) -> None:
    stores.incidents.append("i1", 0, record(stores, "i1", opened()))
    again = chain.record("i1", [opened("另一件")], by="duty", at=START, last=None)
    with pytest.raises(Conflict):
        stores.incidents.append("i1", 0, again)
    assert len(stores.incidents.load("i1")) == 1


def test_nothing_can_follow_in_a_stream_that_does_not_exist(stores: Stores) -> None:
    recorded = chain.record("i9", [NoteAdded(text="空")], by="duty", at=START, last=None)
    with pytest.raises(Conflict):
        stores.incidents.append("i9", 3, recorded)
    assert stores.incidents.load("i9") == ()


def test_a_command_given_twice_is_done_once_and_its_answer_is_kept(stores: Stores) -> None:
    stores.incidents.append("i1", 0, record(stores, "i1", opened()))
    recorded = record(stores, "i1", NoteAdded(text="一"))
    assert stores.incidents.answered("c1") is None
    for _ in range(2):
        stores.incidents.append("i1", 1, recorded, outbox=(message("m"),), command_id="c1")
    assert stores.incidents.answered("c1") == recorded
    assert len(stores.incidents.load("i1")) == 2
    assert waiting_messages(stores) == ["m"]


def test_a_command_done_on_one_incident_is_not_done_on_another(stores: Stores) -> None:
    stores.incidents.append("i1", 0, record(stores, "i1", opened()), command_id="c1")
    stores.incidents.append("i2", 0, record(stores, "i2", opened()), command_id="c1")
    assert stores.incidents.load("i2") == ()
    answered = stores.incidents.answered("c1")
    assert answered is not None
    assert answered[0].incident_id == "i1"


def test_timers_are_cancelled_before_new_ones_are_set(stores: Stores) -> None:
    first = record(stores, "i1", opened())
    stores.incidents.append("i1", 0, first, set_timers=(timer("a"), timer("b")))
    note = record(stores, "i1", NoteAdded(text="一"))
    later = START + timedelta(days=2)
    stores.incidents.append("i1", 1, note, set_timers=(timer("a", later),), cancel_timers=("a", "b"))
    assert due_timers(stores) == []
    assert due_timers(stores, later) == ["a"]


def test_a_timer_set_again_is_one_timer(stores: Stores) -> None:
    first = record(stores, "i1", opened())
    stores.incidents.append("i1", 0, first, set_timers=(timer("a"), timer("a", START + timedelta(hours=1))))
    note = record(stores, "i1", NoteAdded(text="一"))
    stores.incidents.append("i1", 1, note, set_timers=(timer("a", START + timedelta(hours=2)),))
    assert due_timers(stores, START + timedelta(hours=1)) == []
    assert due_timers(stores, START + timedelta(hours=2)) == ["a"]


def test_the_same_message_id_is_the_same_message(stores: Stores) -> None:
    first = record(stores, "i1", opened())
    stores.incidents.append("i1", 0, first, outbox=(message("m1"), message("m2")))
    note = record(stores, "i1", NoteAdded(text="一"))
    stores.incidents.append("i1", 1, note, outbox=(message("m1"), message("m3")))
    assert sorted(waiting_messages(stores)) == ["m1", "m2", "m3"]


def test_open_incidents_are_listed_the_latest_first(stores: Stores) -> None:
    for number, hours in (("i1", 1), ("i2", 3), ("i3", 2)):
        event = opened(f"第{number}件", START - timedelta(hours=hours))
        stores.incidents.append(number, 0, record(stores, number, event))
    stores.incidents.append("i3", 1, record(stores, "i3", IncidentClosed(reason="已处置")))
    listed = stores.incidents.list_open()
    assert [item.incident_id for item in listed] == ["i1", "i2"]
    assert listed[0].learned_at == START - timedelta(hours=1)
    assert listed[0].seq == 1


def test_what_fails_inside_a_transaction_leaves_nothing(stores: Stores) -> None:
    def work() -> None:
        with stores.transactions.begin():
            recorded = record(stores, "i1", opened())
            stores.incidents.append("i1", 0, recorded, set_timers=(timer("a"),), outbox=(message("m"),))
            raise RuntimeError("the machine stumbles")

    with pytest.raises(RuntimeError):
        work()
    assert stores.incidents.load("i1") == ()
    assert due_timers(stores) == []
    assert waiting_messages(stores) == []


def test_personal_data_is_kept_under_a_reference(stores: Stores) -> None:
    ref = stores.personal.keep({"name": "来电人", "phone": "0000-1"})
    assert stores.personal.read(ref, by="duty", why="回拨") == {"name": "来电人", "phone": "0000-1"}
    assert stores.personal.read("no such reference", by="duty", why="回拨") == {}


def test_the_call_being_typed_is_kept_for_each_post(stores: Stores) -> None:
    assert stores.drafts.load("duty") is None
    stores.drafts.save("duty", {"what": "冒烟"})
    stores.drafts.save("duty", {"what": "起火", "place": "北沙镇"})
    stores.drafts.save("deputy", {"what": "别的"})
    assert stores.drafts.load("duty") == {"what": "起火", "place": "北沙镇"}
    stores.drafts.clear("duty")
    assert stores.drafts.load("duty") is None
    assert stores.drafts.load("deputy") == {"what": "别的"}
