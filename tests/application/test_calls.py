"""One inbox of calls: open, join, close with a reason, split; clocks run from what was learned first."""

from __future__ import annotations

from datetime import timedelta

import pytest

from fengsui.application import calls as use
from fengsui.application.calls import Received
from fengsui.application.commit import load
from fengsui.application.incidents import add_note
from fengsui.application.watch_ports import CallState, Dismissal, Means
from fengsui.core.errors import Conflict, InputError, Refusal
from fengsui.core.plan.reporting import ClockStart
from fengsui.core.response import chain
from fengsui.core.response.decisions.record import Call
from fengsui.core.response.likeness import Told
from response_builders import COUNTY, NOW, PLAN, actor, bench, opened
from watch_builders import call_desk, taken

OPENING = Call(what="矿井透水，有人被困", place="北沙镇", place_code=COUNTY)


def unbroken(store: object, incident_id: str) -> bool:
    return chain.verify(chain.export(store.load(incident_id))) == ()


def test_a_call_needs_nothing_but_that_it_came() -> None:
    at = bench()
    desk = call_desk(at)
    kept = use.take_call(desk, actor("duty"), Received(means=Means.PHONE))
    assert kept.state is CallState.WAITING
    assert kept.received_at == NOW


def test_the_same_call_saved_twice_is_one_call() -> None:
    desk = call_desk(bench())
    first = use.take_call(desk, actor("duty"), Received(means=Means.PHONE, text="火"), call_id="c1")
    again = use.take_call(desk, actor("duty"), Received(means=Means.PHONE, text="火"), call_id="c1")
    assert first == again
    gateway = Received(means=Means.SMS, text="火", source_key="sms/7")
    assert use.receive_call(desk, gateway).call_id == use.receive_call(desk, gateway).call_id


def test_an_incident_opened_from_a_call_was_learned_of_when_the_call_came() -> None:
    at = bench()
    desk = call_desk(at)
    call = taken(desk, "矿井透水", ago=25)
    done = use.open_from_call(desk, actor("duty"), call.call_id, OPENING, plans=[(PLAN.id, "电话")])
    incident = load(at.desk, done.incident_id)
    assert incident.opened.learned_at == NOW - timedelta(minutes=25)
    assert list(incident.calls) == [call.call_id]
    learned = [c for c in incident.clocks.values() if c.started.start is ClockStart.LEARNED]
    assert {clock.started.started_at for clock in learned} == {NOW - timedelta(minutes=25)}
    kept = desk.calls.get(call.call_id)
    assert kept is not None
    assert (kept.state, kept.incident_id) == (CallState.OPENED, done.incident_id)
    with pytest.raises(Conflict):
        use.open_from_call(desk, actor("duty"), call.call_id, OPENING)


def test_opening_twice_with_one_command_opens_once() -> None:
    at = bench()
    desk = call_desk(at)
    call = taken(desk, "矿井透水")
    first = use.open_from_call(desk, actor("duty"), call.call_id, OPENING, command_id="k")
    again = use.open_from_call(desk, actor("duty"), call.call_id, OPENING, command_id="k")
    assert again.incident_id == first.incident_id
    assert len(at.store.streams) == 1


def test_a_later_call_joins_and_moves_no_clock() -> None:
    at = bench()
    desk, incident_id = call_desk(at), opened(at)
    before = load(at.desk, incident_id).clocks
    call = taken(desk, "听说矿上进水了", means=Means.SMS)
    use.join_call(desk, actor("duty"), call.call_id, incident_id, "同一矿井")
    after = load(at.desk, incident_id)
    assert after.calls[call.call_id].why == "同一矿井"
    assert after.clocks == before
    assert unbroken(at.store, incident_id)


def test_an_earlier_call_found_later_moves_the_clocks_back_to_it() -> None:
    at = bench()
    desk, incident_id = call_desk(at), opened(at)
    at.clock.advance(timedelta(minutes=10))
    fax = taken(desk, "透水", ago=40, means=Means.FAX)
    use.join_call(desk, actor("duty"), fax.call_id, incident_id, "传真先到")
    after = load(at.desk, incident_id)
    assert after.opened.learned_at == fax.received_at
    running = [c for c in after.clocks.values() if c.running and c.started.start is ClockStart.LEARNED]
    assert running
    assert {clock.started.started_at for clock in running} == {fax.received_at}
    stopped = [c for c in after.clocks.values() if not c.running]
    assert {clock.stopped_reason for clock in stopped} == {"learned_earlier"}
    due = {row.due_at for row in at.store.timers.values()}
    assert fax.received_at + timedelta(hours=1) in due
    assert unbroken(at.store, incident_id)


def test_a_call_is_closed_with_a_reason_only_and_may_wait_again() -> None:
    desk = call_desk(bench())
    call = taken(desk, "有人按错了")
    with pytest.raises(InputError):
        use.dismiss_call(desk, actor("duty"), call.call_id, Dismissal.FALSE_ALARM, " ")
    use.dismiss_call(desk, actor("duty"), call.call_id, Dismissal.FALSE_ALARM, "回拨确认误报")
    assert desk.calls.listed(COUNTY, [CallState.WAITING])[1] == 0
    assert use.restore_call(desk, actor("duty"), call.call_id).state is CallState.WAITING


def test_an_incident_with_two_calls_is_split_and_keeps_everything() -> None:
    at = bench()
    desk = call_desk(at)
    first, second = taken(desk, "矿井透水", ago=30), taken(desk, "路上翻车", ago=20)
    done = use.open_from_call(desk, actor("duty"), first.call_id, OPENING)
    use.join_call(desk, actor("duty"), second.call_id, done.incident_id)
    add_note(at.desk, actor("duty"), done.incident_id, "两车相撞")
    notes = load(at.desk, done.incident_id).notes
    new = use.split_incident(
        desk,
        actor("duty"),
        done.incident_id,
        Call(what="矿区路上翻车", place="北沙镇", place_code=COUNTY),
        [second.call_id],
        "回拨得知是另一起车祸",
    )
    old, fresh = load(at.desk, done.incident_id), load(at.desk, new.incident_id)
    assert old.notes == notes
    assert old.calls[second.call_id].moved_to == new.incident_id
    assert fresh.opened.learned_at == second.received_at
    assert list(fresh.calls) == [second.call_id]
    assert fresh.siblings[0].is_origin
    assert fresh.siblings[0].incident_id == done.incident_id
    assert old.siblings[0].incident_id == new.incident_id
    moved = desk.calls.get(second.call_id)
    assert moved is not None
    assert moved.incident_id == new.incident_id
    assert unbroken(at.store, done.incident_id)
    assert unbroken(at.store, new.incident_id)


def test_a_split_that_leaves_no_call_behind_is_refused_and_changes_nothing() -> None:
    at = bench()
    desk = call_desk(at)
    call = taken(desk, "矿井透水")
    done = use.open_from_call(desk, actor("duty"), call.call_id, OPENING)
    streams = {key: len(stream) for key, stream in at.store.streams.items()}
    with pytest.raises(Refusal):
        use.split_incident(desk, actor("duty"), done.incident_id, OPENING, [call.call_id], "x")
    assert {key: len(stream) for key, stream in at.store.streams.items()} == streams


def test_likely_duplicates_are_found_among_openings_and_joined_calls() -> None:
    at = bench()
    desk, incident_id = call_desk(at), opened(at)
    told = Told(text="矿上透水了", place="北沙镇三号井", place_code=COUNTY, at=NOW)
    found = use.alike(desk, COUNTY, told)
    assert [item.incident.incident_id for item in found] == [incident_id]
    elsewhere = Told(text="桥塌了", place="柳湾镇", place_code=COUNTY, at=NOW)
    assert use.alike(desk, COUNTY, elsewhere) == []


def test_the_public_form_stops_a_flood_from_one_place_and_from_all() -> None:
    at = bench()
    desk = call_desk(at)
    for number in range(use.PUBLIC_EACH):
        use.receive_public(desk, Received(means=Means.WEB, text=f"火{number}", source="a"))
    with pytest.raises(Refusal):
        use.receive_public(desk, Received(means=Means.WEB, text="火", source="a"))
    use.receive_public(desk, Received(means=Means.WEB, text="火", source="b"))
    at.clock.advance(use.PUBLIC_WINDOW + timedelta(seconds=1))
    use.receive_public(desk, Received(means=Means.WEB, text="火", source="a"))


def test_the_caller_stays_out_of_the_stream_and_each_reading_is_kept() -> None:
    at = bench()
    desk = call_desk(at)
    given = Received(means=Means.PHONE, text="透水", place="北沙镇", place_code=COUNTY)
    call = use.take_call(desk, actor("duty"), given, caller={"caller": "甲某", "phone": "0000-1"})
    done = use.open_from_call(desk, actor("duty"), call.call_id, OPENING)
    assert "甲某" not in chain.render(chain.export(at.store.load(done.incident_id)))
    assert use.caller_of(desk, actor("mayor"), call.call_id, "回拨")["phone"] == "0000-1"
    with pytest.raises(Refusal):
        use.caller_of(desk, actor("police"), call.call_id, "好奇")
    with pytest.raises(InputError):
        use.caller_of(desk, actor("duty"), call.call_id, "")
    assert [(by, why) for _, by, why in at.desk.personal.reads] == [("mayor", "回拨")]


def test_another_area_neither_sees_nor_settles_a_call() -> None:
    desk = call_desk(bench())
    call = taken(desk, "透水")
    with pytest.raises(Refusal):
        use.dismiss_call(desk, actor("stranger"), call.call_id, Dismissal.NOT_OURS, "x")
