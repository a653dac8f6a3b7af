"""Situations around the way of an incident: bad input, two at once, plans taken off, clocks, the runner."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from fengsui.application import wording
from fengsui.application.directives import issue_directive
from fengsui.application.incidents import (
    add_note,
    attach_plan,
    detach_plan,
    open_incident,
    report_facts,
)
from fengsui.application.ports import OutboxRow
from fengsui.application.proposals import (
    Answer,
    answer_proposal,
    propose,
    propose_termination,
)
from fengsui.application.reports import send_report
from fengsui.application.sweep import deliver_outbox, sweep_timers
from fengsui.application.views import applicable_plans, export_log, situation
from fengsui.core.errors import Conflict, InputError, Permanent, Refusal, Retryable
from fengsui.core.fact import Figure
from fengsui.core.plan.authority import Measure, Termination
from fengsui.core.plan.model import Heading
from fengsui.core.plan.reporting import ClockStart, Deadline
from fengsui.core.response import chain
from fengsui.core.response.decisions.record import Call, Reported
from fengsui.core.response.events import EVENT_TYPES, DeadlinePassed, NoteAdded, Proposed, Recorded
from response_builders import (
    CALL,
    COUNTY,
    ELSEWHERE,
    III,
    IV,
    NOW,
    PLAN,
    actor,
    bench,
    cite,
    opened,
    running,
    with_content,
)


@pytest.mark.parametrize(
    ("fact", "value", "code"),
    [
        ("deaths", Figure.exact(-1), "fact_negative"),
        ("deaths", True, "fact_not_number"),
        ("deaths", Figure.between(5, 3), "fact_range_reversed"),
        ("没有这一项", Figure.exact(1), "fact_unknown_no_near"),
    ],
)
def test_facts_of_the_wrong_kind_are_refused_and_change_nothing(
    fact: str, value: Figure | bool, code: str
) -> None:
    at = bench()
    incident = opened(at)
    before = at.store.load(incident)
    with pytest.raises(InputError) as wrong:
        report_facts(at.desk, actor("duty"), incident, [Reported(fact=fact, value=value)])
    assert wrong.value.code == code
    assert at.store.load(incident) == before


def test_times_in_the_future_are_refused() -> None:
    at = bench()
    incident = opened(at)
    later = NOW + timedelta(hours=1)
    with pytest.raises(InputError):
        report_facts(
            at.desk, actor("duty"), incident, [Reported(fact="deaths", value=Figure.exact(1), as_of=later)]
        )
    with pytest.raises(InputError):
        open_incident(
            at.desk,
            actor("duty"),
            Call(what="火", place="北沙镇", place_code=COUNTY, occurred_at=later),
        )


def test_a_post_of_another_county_may_not_touch_the_incident() -> None:
    at = bench()
    incident = opened(at)
    with pytest.raises(Refusal) as refused:
        add_note(at.desk, actor("stranger"), incident, "看看")
    assert refused.value.code == "outside_jurisdiction"
    with pytest.raises(Refusal):
        open_incident(at.desk, actor("duty"), Call(what="火", place="西岭", place_code=ELSEWHERE))


def test_the_caller_is_kept_apart_from_the_stream() -> None:
    at = bench()
    done = open_incident(at.desk, actor("duty"), CALL, caller={"name": "赵某", "phone": "5550001"})
    text = chain.render(export_log(at.desk, done.incident_id))
    assert "赵某" not in text
    assert "5550001" not in text


def test_directives_by_hand_have_deadlines_and_timers() -> None:
    at = bench()
    incident = opened(at)
    due = NOW + timedelta(minutes=30)
    done = issue_directive(at.desk, actor("chief"), incident, to=["gaj", "wjw"], text="到场", due=due)
    assert len(done.incident.directives) == 2
    assert sum(row.due_at == due for row in at.store.timers.values()) == 2
    with pytest.raises(InputError):
        issue_directive(at.desk, actor("chief"), incident, to=["gaj"], text="到场", due=NOW)


def test_a_plan_under_which_a_response_runs_stays_attached() -> None:
    at = bench()
    with pytest.raises(Refusal):
        detach_plan(at.desk, actor("duty"), running(at), PLAN.id, "不适用")


def test_an_exercise_marks_the_incident_and_every_message() -> None:
    at = bench(exercise=True)
    incident = running(at)
    assert situation(at.desk, incident).incident.opened.exercise
    deliver_outbox(at.desk, at.clock.now())
    assert at.channel.sent
    assert all(row.subject.startswith("【演练】") for row in at.channel.sent)


def test_plans_are_offered_for_the_words_of_the_caller() -> None:
    at = bench()
    [found] = applicable_plans(at.desk, CALL.what, COUNTY)
    assert found.plan is PLAN
    assert "透水" in found.why
    assert applicable_plans(at.desk, "有人走失", COUNTY) == []


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_event_has_a_name(language: str) -> None:
    table = wording._table(language)["event_name"]
    assert set(table) == {kind.__name__ for kind in EVENT_TYPES}


def test_a_running_level_that_is_still_possible_is_not_suggested_to_be_lowered() -> None:
    at = bench()
    incident = running(at)
    report_facts(at.desk, actor("duty"), incident, [Reported(fact="deaths", value=Figure.at_least(1))])
    assert "propose_change" not in [step.kind for step in situation(at.desk, incident).steps]
    report_facts(at.desk, actor("duty"), incident, [Reported(fact="deaths", value=Figure.exact(1))])
    lower = situation(at.desk, incident).steps[0]
    assert (lower.kind, lower.level) == ("propose_change", IV)


def test_a_command_that_ran_on_two_lines_at_once_answers_with_what_was_stored(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    at = bench()
    incident = opened(at)
    append = at.store.append

    def beaten(incident_id: str, expected: int, recorded: tuple[Recorded, ...], **more: object) -> None:
        monkeypatch.setattr(at.store, "append", append)
        add_note(at.desk, actor("chief"), incident, "先到", command_id="same")
        append(incident_id, expected, recorded, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(at.store, "append", beaten)
    done = add_note(at.desk, actor("duty"), incident, "后到", command_id="same")
    assert done.repeated
    assert [item.event for item in done.recorded] == [NoteAdded(text="先到")]


def test_ending_by_whoever_approved_points_to_those_who_may_start() -> None:
    ends = Termination(authority="原批准人", source=cite("5.6", 55, "经原批准人批准后终止"))
    at = bench(with_content(termination=(ends,)))
    incident = running(at, IV, deaths=1)
    done = propose_termination(at.desk, actor("duty"), incident, plan_id=PLAN.id, reason="结束")
    [proposed] = [item.event for item in done.recorded if isinstance(item.event, Proposed)]
    assert proposed.approvers == ("chief",)
    assert proposed.source == ends.source


def test_what_is_forbidden_to_software_is_never_ordered() -> None:
    at = bench()
    state = situation(at.desk, running(at)).incident
    ordered = {item.issued.text for item in state.directives.values()}
    assert not ordered & {"封锁消息", "管控言论"}
    assert "舆情组" not in {group.name for group in state.groups}


def test_a_plan_taken_off_stops_its_clocks_and_taken_on_again_starts_them() -> None:
    at = bench()
    incident = opened(at)
    done = detach_plan(at.desk, actor("duty"), incident, PLAN.id, "看错了")
    assert not [clock for clock in done.incident.clocks.values() if clock.running]
    assert not at.store.timers
    again = attach_plan(at.desk, actor("duty"), incident, PLAN.id, "没看错")
    assert [key[-2:] for key, clock in again.incident.clocks.items() if clock.running] == [":2"]


def test_a_report_for_one_level_stops_when_the_level_changes_and_starts_again_with_it() -> None:
    daily = Deadline(
        what="日报",
        who="县应急管理局",
        every="24小时",
        span=timedelta(days=1),
        start=ClockStart.ACTIVATED,
        levels=(III,),
        source=cite("4.1", 34),
    )
    at = bench(with_content(deadlines=(daily,)))
    incident = running(at)
    for number, (level, by, clocks) in enumerate(((IV, "chief", 0), (III, "mayor", 1)), start=2):
        at.clock.advance(timedelta(hours=3))
        propose(at.desk, actor("duty"), incident, plan_id=PLAN.id, level=level, reason="变化")
        answer_proposal(at.desk, actor(by), incident, f"p{number}", Answer.APPROVE)
        running_now = [clock for clock in situation(at.desk, incident).clocks if clock.state.running]
        assert len(running_now) == clocks
    assert running_now[0].state.due == NOW + timedelta(hours=6 + 24)


def test_a_second_response_starts_its_own_clocks() -> None:
    at = bench()
    incident = running(at)
    propose_termination(at.desk, actor("duty"), incident, plan_id=PLAN.id, reason="结束")
    answer_proposal(at.desk, actor("mayor"), incident, "p2", Answer.APPROVE)
    at.clock.advance(timedelta(hours=5))
    propose(at.desk, actor("duty"), incident, plan_id=PLAN.id, level=III, reason="复燃")
    done = answer_proposal(at.desk, actor("mayor"), incident, "p3", Answer.APPROVE)
    due = [clock.due for clock in done.incident.clocks.values() if clock.started.every and clock.running]
    assert due == [NOW + timedelta(hours=7)]


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("2小时内到场", timedelta(hours=2)),
        ("半小时内到场", timedelta(minutes=30)),
        ("30分钟内到场，2小时内报告", None),
        ("尽快到场", None),
    ],
)
def test_the_one_time_limit_in_a_measure_is_the_limit_of_its_order(text: str, due: timedelta | None) -> None:
    at = bench(with_content(measures=(Measure(text=text, who="县公安局", source=cite("4.4", 45)),)))
    state = situation(at.desk, running(at)).incident
    [order] = [item.issued for item in state.directives.values() if item.issued.text == text]
    assert order.due == (None if due is None else NOW + due)


def test_a_timer_that_meets_a_person_acting_is_looked_at_again(monkeypatch: pytest.MonkeyPatch) -> None:
    at = bench()
    incident = opened(at)
    append = at.store.append

    def beaten(*_: object, **__: object) -> None:
        raise Conflict("changed_meanwhile", incident=incident)

    at.clock.advance(timedelta(hours=2))
    monkeypatch.setattr(at.store, "append", beaten)
    assert sweep_timers(at.desk, at.clock.now()) == 0
    monkeypatch.setattr(at.store, "append", append)
    assert sweep_timers(at.desk, at.clock.now()) == 0  # leased still
    at.clock.advance(timedelta(minutes=1))
    assert sweep_timers(at.desk, at.clock.now()) == 1


def test_a_timer_whose_duty_was_done_in_time_records_nothing() -> None:
    at = bench()
    incident = opened(at)
    [row] = at.store.timers.values()
    clock = situation(at.desk, incident).clocks[0].clock_id
    send_report(at.desk, actor("duty"), incident, clock, means="书面", text="已报")
    at.store.timers[row.timer_id] = row
    at.clock.advance(timedelta(hours=2))
    sweep_timers(at.desk, at.clock.now())
    passed = [item for item in at.store.load(incident) if isinstance(item.event, DeadlinePassed)]
    assert [item.event.ref for item in passed if item.event.ref == clock] == []  # type: ignore[union-attr]


def test_a_message_that_cannot_go_now_is_tried_again_and_one_that_never_can_is_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    at = bench()
    running(at)
    waiting = len(at.store.outbox)
    errors = iter([Retryable("busy"), Permanent("no_such_number")])

    def send(message: OutboxRow) -> None:
        error = next(errors, None)
        if error is not None:
            raise error

    monkeypatch.setattr(at.channel, "send", send)
    assert deliver_outbox(at.desk, at.clock.now()) == waiting - 2
    assert len(at.store.outbox) == 1
    at.clock.advance(timedelta(minutes=1))
    assert deliver_outbox(at.desk, at.clock.now()) == 1


def test_a_failure_in_the_middle_of_a_command_leaves_nothing_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    at = bench()

    def broken(*_: object) -> None:
        raise Retryable("database_busy")

    monkeypatch.setattr(at.desk.drafts, "clear", broken)
    with pytest.raises(Retryable):
        open_incident(at.desk, actor("duty"), CALL, command_id="x")
    assert not at.store.streams
    assert not at.store.timers
    assert not at.store.commands


def test_the_next_steps_are_said_in_both_languages() -> None:
    at = bench()
    seen = situation(at.desk, opened(at, deaths=4))
    for step in seen.steps:
        assert step.sentence("zh") != step.kind
        assert step.sentence("en") != step.kind
    assert "县长" in seen.steps[0].sentence()


def test_a_limit_in_the_part_on_reporting_that_names_no_event_runs_from_learning() -> None:
    edge = Deadline(
        what="报告灾情",
        who="县应急管理局",
        within="2小时",
        span=timedelta(hours=2),
        source=cite("3.2", 28),
    )
    elsewhere = replace(edge, what="报告进展", source=cite("5.1", 58))
    headings = (
        Heading(number="3.2", title="信息报告", depth=2, line=27),
        Heading(number="5.1", title="处置措施", depth=2, line=57),
    )
    at = bench(with_content(deadlines=(edge, elsewhere), headings=headings))
    [clock] = situation(at.desk, opened(at)).clocks
    assert clock.state.started.what == "报告灾情"
    assert clock.state.started.start is ClockStart.LEARNED
    assert clock.state.due == NOW + timedelta(hours=2)
