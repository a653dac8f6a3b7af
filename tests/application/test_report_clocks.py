"""Report clocks start from the event the clause names: occurred, learned, received; and move only with it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from fengsui.application.commanding import mark_sensitive
from fengsui.application.commit import load
from fengsui.application.incidents import open_incident
from fengsui.application.reporting import time_occurrence, time_receipt
from fengsui.application.reports import send_report
from fengsui.core.errors import InputError
from fengsui.core.plan.level import Grade
from fengsui.core.plan.model import Plan
from fengsui.core.plan.reporting import ClockStart, Deadline, Means
from fengsui.core.response.decisions.record import Call
from fengsui.core.response.events_decisions import Sensitivity
from fengsui.core.response.events_reporting import ReportClockMoved
from fengsui.core.response.incident import Incident
from fengsui.core.response.report_board import EdgeState, board
from response_builders import COUNTY, HOUR, NOW, PLAN, Bench, actor, bench, cite, with_content

OCCURRED, LEARNED = NOW - timedelta(minutes=50), NOW - timedelta(minutes=10)


def edge(start: ClockStart, line: int) -> Deadline:
    return Deadline(
        what=f"{start.value}报告",
        who="县应急管理局",
        to=("县人民政府",),
        within="1小时",
        span=HOUR,
        start=start,
        source=cite("4.1", line),
    )


STARTS = (ClockStart.OCCURRED, ClockStart.LEARNED, ClockStart.RECEIVED)
PLAN_OF_THREE: Plan = with_content(
    deadlines=tuple(edge(start, 30 + place) for place, start in enumerate(STARTS))
)


def opened(at: Bench, *, occurred: bool) -> str:
    call = Call(
        what="厂房坍塌",
        place="北沙镇",
        place_code=COUNTY,
        learned_at=LEARNED,
        occurred_at=OCCURRED if occurred else None,
    )
    return open_incident(at.desk, actor("duty"), call, plans=[(PLAN.id, "电话")]).incident_id


def starts(incident: Incident) -> dict[ClockStart, timedelta]:
    return {item.started.start: item.started.started_at - LEARNED for item in incident.clocks.values()}


def test_each_clock_runs_from_the_event_its_clause_names() -> None:
    at = bench(PLAN_OF_THREE)
    assert starts(load(at.desk, opened(at, occurred=True))) == {
        ClockStart.OCCURRED: OCCURRED - LEARNED,
        ClockStart.LEARNED: timedelta(),
        ClockStart.RECEIVED: timedelta(),
    }


def test_while_nobody_knows_when_it_occurred_the_board_says_that_learning_stands_in() -> None:
    at = bench(PLAN_OF_THREE)
    incident = load(at.desk, opened(at, occurred=False))
    assert set(starts(incident).values()) == {timedelta()}
    lines = {line.start: line.assumed for line in board(PLAN_OF_THREE, incident, NOW)}
    assert lines == {ClockStart.OCCURRED: True, ClockStart.LEARNED: False, ClockStart.RECEIVED: False}


def test_the_time_of_occurrence_moves_the_clocks_counted_from_it_and_no_others() -> None:
    at = bench(PLAN_OF_THREE)
    incident_id = opened(at, occurred=False)
    done = time_occurrence(at.desk, actor("duty"), incident_id, OCCURRED, "矿长")
    assert starts(done.incident)[ClockStart.OCCURRED] == OCCURRED - LEARNED
    assert starts(done.incident)[ClockStart.LEARNED] == timedelta()
    due = {item.started.start: item.due for item in done.incident.clocks.values()}
    assert due[ClockStart.OCCURRED] == OCCURRED + HOUR
    assert due[ClockStart.RECEIVED] == LEARNED + HOUR
    timers = {row.ref: row.due_at for row in at.store.timers.values()}
    assert timers[next(iter(done.incident.clocks))] == OCCURRED + HOUR
    assert not any(line.assumed for line in board(PLAN_OF_THREE, done.incident, NOW))


def test_a_clock_on_which_a_report_went_out_is_not_moved() -> None:
    at = bench(PLAN_OF_THREE)
    incident_id = opened(at, occurred=False)
    first = next(iter(load(at.desk, incident_id).clocks))
    send_report(at.desk, actor("duty"), incident_id, first, means="电话", text="已报")
    done = time_occurrence(at.desk, actor("duty"), incident_id, OCCURRED, "")
    assert not [item for item in done.recorded if isinstance(item.event, ReportClockMoved)]
    assert done.incident.occurred_at == OCCURRED


def test_it_cannot_have_occurred_after_it_was_learned_or_in_the_future() -> None:
    at = bench(PLAN_OF_THREE)
    incident_id = opened(at, occurred=False)
    for wrong, code in ((LEARNED + HOUR / 60, "occurred_after_learned"), (NOW + HOUR, "time_in_future")):
        with pytest.raises(InputError) as told:
            time_occurrence(at.desk, actor("duty"), incident_id, wrong, "")
        assert told.value.code == code
    assert load(at.desk, incident_id).occurred_at is None


def test_another_body_may_have_received_it_later_and_only_its_own_clock_moves() -> None:
    at = bench(PLAN_OF_THREE)
    incident_id = opened(at, occurred=True)
    incident = load(at.desk, incident_id)
    key = {item.started.start: key for key, item in incident.clocks.items()}
    others = board(PLAN_OF_THREE, incident, NOW, {"someone-else"})
    assert [line.start for line in others if line.assumed] == [ClockStart.RECEIVED]
    assert not any(line.assumed for line in board(PLAN_OF_THREE, incident, NOW, {"yjj"}))
    heard = LEARNED + timedelta(minutes=6)
    done = time_receipt(at.desk, actor("duty"), incident_id, key[ClockStart.RECEIVED], heard, "县局值班员")
    assert starts(done.incident)[ClockStart.RECEIVED] == timedelta(minutes=6)
    assert done.incident.clocks[key[ClockStart.RECEIVED]].due == heard + HOUR
    assert starts(done.incident)[ClockStart.LEARNED] == timedelta()
    assert not any(line.assumed for line in board(PLAN_OF_THREE, done.incident, NOW, {"someone-else"}))
    wrong = {
        "clock_of_another_event": (key[ClockStart.OCCURRED], heard, "x"),
        "received_before_occurred": (key[ClockStart.RECEIVED], OCCURRED - timedelta(minutes=1), "x"),
        "time_in_future": (key[ClockStart.RECEIVED], NOW + HOUR, "x"),
        "text_missing": (key[ClockStart.RECEIVED], LEARNED, " "),
    }
    for code, (clock, instant, reason) in wrong.items():
        with pytest.raises(InputError) as told:
            time_receipt(at.desk, actor("duty"), incident_id, clock, instant, reason)
        assert told.value.code == code


def test_a_plan_attached_later_counts_from_the_same_events() -> None:
    from fengsui.application.incidents import attach_plan

    at = bench(PLAN_OF_THREE)
    call = Call(what="x", place="y", place_code=COUNTY, learned_at=LEARNED, occurred_at=OCCURRED)
    incident_id = open_incident(at.desk, actor("duty"), call).incident_id
    at.clock.advance(timedelta(hours=3))
    done = attach_plan(at.desk, actor("duty"), incident_id, PLAN.id, "后来认定")
    assert starts(done.incident)[ClockStart.LEARNED] == timedelta()
    assert {line.state for line in board(PLAN_OF_THREE, done.incident, at.clock.now())} == {EdgeState.LATE}


GRADED_EDGES = tuple(
    Deadline(
        what="报告",
        who="县应急管理局",
        to=("县人民政府",),
        within=words,
        span=span,
        start=ClockStart.LEARNED,
        form=form,
        levels=(level,),
        source=cite("3.3", 40 + place),
    )
    for place, (level, words, span, form) in enumerate(
        (
            (Grade.IV, "2小时", 2 * HOUR, None),
            (Grade.III, "1小时", HOUR, None),
            (Grade.II, "20分钟", HOUR / 3, Means.PHONE),
            (Grade.II, "40分钟", HOUR * 2 / 3, Means.WRITTEN),
        )
    )
)


def test_a_sensitive_case_is_reported_whatever_its_grade_by_the_tightest_limit() -> None:
    at = bench(with_content(deadlines=GRADED_EDGES))
    incident_id = opened(at, occurred=True)
    incident = load(at.desk, incident_id)
    assert incident.clocks == {}
    states = {line.state for line in board(with_content(deadlines=GRADED_EDGES), incident, NOW)}
    assert states == {EdgeState.UNGRADED}
    done = mark_sensitive(at.desk, actor("duty"), incident_id, kind=Sensitivity.PLACE, reason="学校")
    running = {item.started.words: item.started.means for item in done.incident.clocks.values()}
    assert running == {"1小时": None, "20分钟": Means.PHONE, "40分钟": Means.WRITTEN}


def test_phone_and_written_report_have_a_clock_each() -> None:
    from fengsui.application.incidents import report_facts
    from fengsui.core.fact import Figure
    from fengsui.core.response.decisions.record import Reported

    at = bench(with_content(deadlines=GRADED_EDGES))
    incident_id = opened(at, occurred=True)
    fact = Reported(fact="deaths", value=Figure.exact(12))
    done = report_facts(at.desk, actor("duty"), incident_id, [fact])
    due = {item.started.means: item.due for item in done.incident.clocks.values()}
    assert due == {Means.PHONE: LEARNED + HOUR / 3, Means.WRITTEN: LEARNED + HOUR * 2 / 3}
