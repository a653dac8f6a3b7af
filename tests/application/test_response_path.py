"""The way of one incident through all use cases, on the desk in memory."""

from __future__ import annotations

from datetime import timedelta

import pytest

from fengsui.application.directives import accept_directive, ask_help, finish_directive
from fengsui.application.incidents import (
    add_note,
    close_incident,
    open_incident,
    report_facts,
)
from fengsui.application.proposals import (
    Answer,
    answer_proposal,
    answer_question,
    propose,
    propose_termination,
)
from fengsui.application.reports import send_report
from fengsui.application.sweep import deliver_outbox, sweep_timers
from fengsui.application.views import export_log, situation
from fengsui.core.errors import Conflict, Refusal
from fengsui.core.fact import Figure
from fengsui.core.plan.level import Grade
from fengsui.core.response import chain
from fengsui.core.response.decisions.propose import Outside
from fengsui.core.response.decisions.record import Reported
from fengsui.core.response.incident import DirectiveStatus
from response_builders import (
    CALL,
    II,
    III,
    IV,
    NOW,
    PLAN,
    actor,
    bench,
    opened,
    running,
    with_content,
)


def test_a_call_starts_the_clock_that_runs_from_learning_of_it() -> None:
    at = bench()
    incident = opened(at)
    seen = situation(at.desk, incident)
    assert [(clock.state.started.what, clock.state.due) for clock in seen.clocks] == [
        ("报告事故", NOW + timedelta(hours=1))
    ]
    assert [row.due_at for row in at.store.timers.values()] == [NOW + timedelta(hours=1)]


def test_four_dead_are_graded_and_the_level_is_suggested_with_its_clauses() -> None:
    at = bench()
    seen = situation(at.desk, opened(at, deaths=4))
    view = seen.plan(PLAN.id)
    assert view.standings[0].level is Grade.III
    assert view.suggestion.level is III
    assert view.suggestion.tie is not None
    assert view.suggestion.tie.line == 41
    assert view.power is not None
    assert view.power.posts == ("mayor", "vice-mayor")
    assert [item.line for item in view.suggestion.because] == [12]
    assert seen.steps[0].kind == "propose"


def test_the_edge_for_graver_grades_begins_only_once_the_grade_is_certain() -> None:
    at = bench()
    incident = opened(at)
    assert len(situation(at.desk, incident).clocks) == 1
    report_facts(at.desk, actor("duty"), incident, [Reported(fact="deaths", value=Figure.at_least(3))])
    words = [clock.state.started.words for clock in situation(at.desk, incident).clocks]
    assert words == ["1小时", "立即"]


def test_approval_by_the_named_post_sets_everything_in_motion_in_one_append() -> None:
    at = bench()
    incident = opened(at, 4)
    propose(at.desk, actor("duty"), incident, plan_id=PLAN.id, level=III, reason="按预案")
    before = len(at.store.streams[incident])
    done = answer_proposal(at.desk, actor("vice-mayor"), incident, "p1", Answer.APPROVE)
    assert len(at.store.streams[incident]) == before + len(done.recorded)
    state = done.incident
    assert state.responses[PLAN.id].level is III
    assert [group.name for group in state.groups] == ["医疗救护组"]
    orders = {(item.issued.to, item.issued.text) for item in state.directives.values()}
    assert orders == {
        (("wjw",), "组织医疗救护"),
        (("yjj",), "请求云州支援"),
        (("yjj",), "派员到场"),
        (("gaj",), "维护现场秩序"),
    }
    assert "续报进展" in {clock.started.what for clock in state.clocks.values()}


def test_what_goes_to_a_body_outside_the_directory_is_shown_and_not_lost() -> None:
    at = bench()
    view = situation(at.desk, running(at)).plan(PLAN.id)
    assert [order.who for order in view.unassigned] == ["驻军"]


def test_a_post_without_the_power_is_refused_with_the_clause_and_who_has_it() -> None:
    at = bench()
    incident = opened(at, 4)
    propose(at.desk, actor("duty"), incident, plan_id=PLAN.id, level=III, reason="按预案")
    for who in ("duty", "chief"):
        with pytest.raises(Refusal) as refused:
            answer_proposal(at.desk, actor(who), incident, "p1", Answer.APPROVE)
        assert refused.value.code == "not_empowered"
        assert refused.value.source is not None
        assert refused.value.source.clause == "4.2"
        assert refused.value.allowed == ("县长", "常务副县长")
    assert situation(at.desk, incident).incident.proposals["p1"].is_open


def test_the_approver_may_ask_and_refuse_with_a_reason() -> None:
    at = bench()
    incident = opened(at, 4)
    propose(at.desk, actor("duty"), incident, plan_id=PLAN.id, level=III, reason="按预案")
    answer_proposal(at.desk, actor("mayor"), incident, "p1", Answer.ASK, "还有几人被困？")
    answer_question(at.desk, actor("duty"), incident, "p1", "两人")
    done = answer_proposal(at.desk, actor("mayor"), incident, "p1", Answer.REFUSE, "先核实")
    assert [said.text for said in done.incident.proposals["p1"].exchange] == ["还有几人被困？", "两人"]
    assert not done.incident.responses


def test_a_decision_of_the_level_above_is_recorded_with_its_document() -> None:
    at = bench()
    incident = opened(at, 12)
    propose(at.desk, actor("duty"), incident, plan_id=PLAN.id, level=II, reason="按预案")
    with pytest.raises(Refusal) as refused:
        answer_proposal(at.desk, actor("duty"), incident, "p1", Answer.APPROVE)
    assert refused.value.code == "decided_outside"
    assert refused.value.allowed == ("云州指挥部",)
    told = Outside(body="云州指挥部", document="云指〔2026〕3号", told_by="云州值班室")
    with pytest.raises(Refusal):
        answer_proposal(at.desk, actor("mayor"), incident, "p1", Answer.APPROVE, outside=told)
    done = answer_proposal(at.desk, actor("duty"), incident, "p1", Answer.APPROVE, outside=told)
    assert done.incident.responses[PLAN.id].level is II
    assert "云指〔2026〕3号" in done.incident.proposals["p1"].reason


def test_an_outside_decision_cannot_stand_in_for_a_post_that_is_here() -> None:
    at = bench()
    incident = opened(at, 4)
    propose(at.desk, actor("duty"), incident, plan_id=PLAN.id, level=III, reason="按预案")
    told = Outside(body="县长", document="无", told_by="电话")
    with pytest.raises(Refusal):
        answer_proposal(at.desk, actor("duty"), incident, "p1", Answer.APPROVE, outside=told)


def test_a_level_that_nobody_may_start_is_refused_with_the_nearest_clause() -> None:
    at = bench(with_content(activation=PLAN.content.activation[2:]))
    incident = opened(at, 12)
    with pytest.raises(Refusal) as refused:
        propose(at.desk, actor("duty"), incident, plan_id=PLAN.id, level=II, reason="按预案")
    assert refused.value.code == "nobody_may_start"
    assert refused.value.source is not None
    assert refused.value.source.line == 41


def test_of_two_who_decide_at_once_the_second_is_told_and_nothing_changes() -> None:
    at = bench()
    incident = opened(at, 4)
    propose(at.desk, actor("duty"), incident, plan_id=PLAN.id, level=III, reason="按预案")
    answer_proposal(at.desk, actor("mayor"), incident, "p1", Answer.REFUSE, "先核实")
    before = at.store.load(incident)
    with pytest.raises(Conflict):
        answer_proposal(at.desk, actor("vice-mayor"), incident, "p1", Answer.APPROVE)
    assert at.store.load(incident) == before


def test_a_person_who_decides_on_an_old_page_is_told() -> None:
    at = bench()
    incident = opened(at, 4)
    propose(at.desk, actor("duty"), incident, plan_id=PLAN.id, level=III, reason="按预案")
    seen = situation(at.desk, incident).incident.seq
    report_facts(at.desk, actor("duty"), incident, [Reported(fact="deaths", value=Figure.exact(2))])
    with pytest.raises(Conflict):
        answer_proposal(at.desk, actor("mayor"), incident, "p1", Answer.APPROVE, expected_seq=seen)


def test_a_command_sent_twice_is_done_once_and_answers_the_same() -> None:
    at = bench()
    incident = opened(at, 4)
    first, second = (
        propose(
            at.desk,
            actor("duty"),
            incident,
            plan_id=PLAN.id,
            level=III,
            reason="按预案",
            command_id="once",
        )
        for _ in range(2)
    )
    assert second.repeated
    assert second.recorded == first.recorded
    call = [open_incident(at.desk, actor("duty"), CALL, command_id="call") for _ in range(2)]
    assert call[0].incident_id == call[1].incident_id


def test_new_facts_raise_the_level_by_proposal_and_new_orders_go_out() -> None:
    at = bench()
    incident = running(at, IV, deaths=1)
    before = {item.issued.text for item in situation(at.desk, incident).incident.directives.values()}
    report_facts(at.desk, actor("duty"), incident, [Reported(fact="deaths", value=Figure.exact(5))])
    seen = situation(at.desk, incident)
    assert seen.steps[0].kind == "propose_change"
    assert seen.steps[0].level is III
    propose(at.desk, actor("duty"), incident, plan_id=PLAN.id, level=III, reason="人数增加")
    done = answer_proposal(at.desk, actor("mayor"), incident, "p2", Answer.APPROVE)
    assert done.incident.responses[PLAN.id].level is III
    after = {item.issued.text for item in done.incident.directives.values()}
    assert after - before == {"请求云州支援"}


def test_lowering_withdraws_the_orders_of_the_old_level_alone() -> None:
    at = bench()
    incident = running(at)
    propose(at.desk, actor("duty"), incident, plan_id=PLAN.id, level=IV, reason="核减")
    done = answer_proposal(at.desk, actor("chief"), incident, "p2", Answer.APPROVE)
    withdrawn = [
        item.issued.text
        for item in done.incident.directives.values()
        if item.status is DirectiveStatus.WITHDRAWN
    ]
    assert withdrawn == ["请求云州支援"]


def test_the_unit_accepts_asks_for_help_and_reports_done_and_nobody_else_does() -> None:
    at = bench()
    incident = running(at)
    state = situation(at.desk, incident).incident
    order = next(key for key, item in state.directives.items() if item.issued.to == ("wjw",))
    with pytest.raises(Refusal) as refused:
        accept_directive(at.desk, actor("police"), incident, order)
    assert refused.value.code == "not_addressed"
    accept_directive(at.desk, actor("health"), incident, order)
    ask_help(at.desk, actor("health"), incident, order, "缺血浆")
    done = finish_directive(at.desk, actor("health"), incident, order, "收治12人")
    assert done.incident.directives[order].status is DirectiveStatus.DONE
    with pytest.raises(Conflict):
        finish_directive(at.desk, actor("health"), incident, order, "又一次")


def test_a_written_report_is_due_after_the_telephone_call() -> None:
    at = bench()
    incident = opened(at)
    clock = situation(at.desk, incident).clocks[0].clock_id
    at.clock.advance(timedelta(minutes=20))
    done = send_report(at.desk, actor("duty"), incident, clock, means="电话", text="已报县政府")
    written = [item for item in done.incident.clocks.values() if item.started.what == "书面补报"]
    assert [item.due for item in written] == [NOW + timedelta(minutes=35)]
    assert not done.incident.clocks[clock].running


def test_a_repeated_report_is_due_again_after_each() -> None:
    at = bench()
    incident = running(at)
    state = situation(at.desk, incident).incident
    key = next(key for key, item in state.clocks.items() if item.started.every)
    at.clock.advance(timedelta(hours=1))
    done = send_report(at.desk, actor("duty"), incident, key, means="书面", text="进展")
    assert done.incident.clocks[key].due == NOW + timedelta(hours=3)
    due = [row.due_at for row in at.store.timers.values() if row.ref == key]
    assert due == [NOW + timedelta(hours=3)]


def test_a_deadline_gone_by_is_recorded_once_by_the_timer() -> None:
    at = bench()
    incident = opened(at)
    at.clock.advance(timedelta(hours=2))
    assert sweep_timers(at.desk, at.clock.now()) == 1
    assert sweep_timers(at.desk, at.clock.now()) == 0
    last = at.store.load(incident)[-1]
    assert last.by == "timer"
    assert last.event.kind.value == "report"
    assert deliver_outbox(at.desk, at.clock.now()) == len(at.channel.sent) > 0


def test_the_end_withdraws_what_is_open_stops_the_clocks_and_starts_the_final_report() -> None:
    at = bench()
    incident = running(at)
    with pytest.raises(Refusal):
        close_incident(at.desk, actor("mayor"), incident, "完毕")
    propose_termination(at.desk, actor("duty"), incident, plan_id=PLAN.id, reason="救援结束")
    with pytest.raises(Refusal) as refused:
        answer_proposal(at.desk, actor("vice-mayor"), incident, "p2", Answer.APPROVE)
    assert refused.value.source is not None
    assert refused.value.source.clause == "4.6"
    done = answer_proposal(at.desk, actor("mayor"), incident, "p2", Answer.APPROVE)
    assert not done.incident.responses
    assert not [item for item in done.incident.directives.values() if item.is_open]
    clocks = [item.started.what for item in done.incident.clocks.values() if item.running]
    assert clocks == ["报送总结"]
    close_incident(at.desk, actor("mayor"), incident, "完毕")
    with pytest.raises(Conflict):
        report_facts(at.desk, actor("duty"), incident, [Reported(fact="deaths", value=Figure.exact(5))])
    add_note(at.desk, actor("duty"), incident, "归档")
    assert chain.verify(export_log(at.desk, incident)) == ()


def test_a_plan_that_does_not_say_who_ends_falls_back_to_who_starts_and_says_so() -> None:
    at = bench(with_content(termination=()))
    incident = running(at)
    propose_termination(at.desk, actor("duty"), incident, plan_id=PLAN.id, reason="救援结束")
    done = answer_proposal(at.desk, actor("vice-mayor"), incident, "p2", Answer.APPROVE)
    assert not done.incident.responses
