"""The chain and the fold: deterministic, equal on replay, and any changed byte is found."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fengsui.core.citation import Citation
from fengsui.core.errors import InputError
from fengsui.core.fact import Figure
from fengsui.core.plan.level import Grade, LadderKind, ResponseLevel
from fengsui.core.plan.reporting import ClockStart, Means
from fengsui.core.response import chain
from fengsui.core.response import events as ev
from fengsui.core.response.due import obligations
from fengsui.core.response.evolve import evolve
from fengsui.core.response.incident import fold

START = datetime(2026, 3, 1, 3, 0, tzinfo=UTC)
SOURCE = Citation(document="东河", clause="4.2", line=41, quote="较大事故由县长启动")
words = st.text(min_size=1, max_size=12)
figures = st.builds(
    lambda low, more: Figure.between(low, low + more), st.integers(0, 10**6), st.integers(0, 10**6)
)
moments = st.integers(0, 10**7).map(lambda seconds: START + timedelta(seconds=seconds))


def opening(learned: datetime = START) -> ev.IncidentOpened:
    return ev.IncidentOpened(
        title="透水", what="透水", place="北沙镇", place_code="990103", learned_at=learned
    )


free_events = st.one_of(
    st.builds(
        ev.FactReported,
        fact=st.sampled_from(["deaths", "missing", "toxic_leak"]),
        value=st.one_of(st.none(), st.booleans(), figures),
        said_by=words,
        as_of=moments,
    ),
    st.builds(ev.JudgementMade, text=words, answer=st.one_of(st.none(), st.booleans()), said_by=words),
    st.builds(ev.NoteAdded, text=words),
    st.builds(
        ev.Graded,
        plan_id=st.just("p"),
        kind=st.just(LadderKind.EVENT_GRADE),
        level=st.one_of(st.none(), st.sampled_from(list(Grade))),
        possible=st.lists(st.sampled_from(list(Grade)), max_size=2).map(tuple),
        because=st.just((SOURCE,)),
    ),
    st.builds(
        ev.DirectiveIssued,
        directive_id=words,
        to=st.just(("u",)),
        to_name=words,
        text=words,
        due=st.one_of(st.none(), moments),
        source=st.just(SOURCE),
    ),
    st.builds(
        ev.ReportClockStarted,
        clock_id=words,
        plan_id=st.just("p"),
        who=words,
        to=st.just(("县政府",)),
        what=words,
        started_at=moments,
        start=st.sampled_from(list(ClockStart)),
        due=st.one_of(st.none(), moments),
        every=st.one_of(st.none(), st.just(timedelta(hours=2))),
        means=st.one_of(st.none(), st.sampled_from(list(Means))),
        words=words,
        source=st.just(SOURCE),
    ),
    st.builds(
        ev.Proposed,
        proposal_id=words,
        kind=st.sampled_from(list(ev.ProposalKind)),
        plan_id=st.just("p"),
        level=st.one_of(st.none(), st.sampled_from(list(ResponseLevel))),
        reason=words,
        authority=words,
        approvers=st.just(("mayor",)),
    ),
)
streams = st.lists(free_events, max_size=8).map(lambda rest: [opening(), *rest])


def recorded(events: list[ev.Event]) -> tuple[ev.Recorded, ...]:
    return chain.record("i-1", events, by="duty", at=START, last=None)


@settings(max_examples=60, deadline=None)
@given(streams)
def test_events_come_back_equal_from_their_data_and_the_state_is_equal_on_replay(
    events: list[ev.Event],
) -> None:
    stream = recorded(events)
    text = chain.render(chain.export(stream))
    back = [chain.event_from_data(item["event"]) for item in json.loads(text)["records"]]
    assert back == events
    again = chain.record("i-1", back, by="duty", at=START, last=None)
    assert fold(again) == fold(stream)
    assert [item.hash for item in again] == [item.hash for item in stream]


@settings(max_examples=40, deadline=None)
@given(streams)
def test_folding_at_once_and_step_by_step_give_the_same_state(events: list[ev.Event]) -> None:
    stream = recorded(events)
    state = None
    for item in stream:
        state = evolve(state, item)
    assert state == fold(stream)


@settings(max_examples=150, deadline=None)
@given(streams, st.data())
def test_any_changed_byte_of_an_exported_log_is_found(events: list[ev.Event], data: st.DataObject) -> None:
    text = chain.render(chain.export(recorded(events)))
    assert chain.verify_text(text) == ()
    raw = bytearray(text.encode())
    place = data.draw(st.integers(0, len(raw) - 1))
    raw[place] ^= data.draw(st.integers(1, 255))
    try:
        changed = raw.decode()
    except UnicodeDecodeError:
        return
    assert chain.verify_text(changed)


def test_a_changed_record_is_named_even_when_its_own_hash_is_made_to_fit() -> None:
    log = chain.export(recorded([opening(), ev.NoteAdded(text="一"), ev.NoteAdded(text="二")]))
    log["records"][1]["event"]["text"] = "改"
    assert next((item.seq, item.code) for item in chain.verify(log)) == (2, "record_changed")
    body = {name: value for name, value in log["records"][1].items() if name != "hash"}
    log["records"][1]["hash"] = chain.digest(body)
    assert (3, "chain_broken") in [(item.seq, item.code) for item in chain.verify(log)]


def test_a_record_left_out_added_or_cut_off_is_found() -> None:
    stream = recorded([opening(), ev.NoteAdded(text="一"), ev.NoteAdded(text="二")])
    for records in ([0, 2], [0, 1], [1, 2], [0, 1, 1, 2]):
        log = chain.export(stream)
        log["records"] = [log["records"][index] for index in records]
        assert chain.verify(log), records


def test_the_same_instant_in_another_zone_gives_the_same_hash() -> None:
    here = START.astimezone(timezone(timedelta(hours=8)))
    first = chain.record("i", [ev.NoteAdded(text="一")], by="a", at=START, last=None)
    second = chain.record("i", [ev.NoteAdded(text="一")], by="a", at=here, last=None)
    assert first[0].hash == second[0].hash


def test_a_naive_instant_cannot_be_recorded() -> None:
    with pytest.raises(InputError):
        chain.record("i", [opening()], by="a", at=datetime(2026, 3, 1), last=None)


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"records": 3}', '{"records": [1]}', "烽燧"])
def test_a_file_that_is_no_log_is_said_to_be_none(text: str) -> None:
    assert chain.verify_text(text)


def test_a_stream_must_begin_with_its_opening() -> None:
    with pytest.raises(ValueError, match="begins"):
        fold(recorded([ev.NoteAdded(text="一")]))


def test_every_event_type_changes_the_state() -> None:
    from fengsui.core.response.evolve import _CHANGES

    assert set(_CHANGES) == set(ev.EVENT_TYPES)


def test_a_clock_without_length_is_no_deadline() -> None:
    at_once = ev.ReportClockStarted(
        clock_id="c",
        plan_id="p",
        who="甲",
        what="报告",
        started_at=START,
        start=ClockStart.LEARNED,
        words="立即",
    )
    state = fold(recorded([opening(), at_once]))
    assert state is not None
    assert state.clocks["c"].running
    assert obligations(state) == ()


def test_money_keeps_its_exact_digits() -> None:
    fact = ev.FactReported(
        fact="direct_loss_cny", value=Figure.exact(Decimal("1000000.10")), said_by="甲", as_of=START
    )
    assert chain.event_from_data(json.loads(chain.canonical(chain.event_data(fact)))) == fact
