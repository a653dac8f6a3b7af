"""Around a decision: silence, substitutes, direct start, consultation, command, the level above."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from decision_builders import LIMIT, timed_bench
from fengsui.application import commanding, consultations
from fengsui.application.consultations import Invited
from fengsui.application.desk import DecisionRules
from fengsui.application.proposals import (
    Answer,
    answer_proposal,
    answer_question,
    propose,
    propose_termination,
    start_directly,
    withdraw_proposal,
)
from fengsui.application.sweep import deliver_outbox, sweep_timers
from fengsui.application.views import export_log, situation
from fengsui.core.errors import Conflict, InputError, Refusal
from fengsui.core.plan.authority import Measure
from fengsui.core.response import chain
from fengsui.core.response.commanding import commanding as who_commands
from fengsui.core.response.decisions.command import Upper
from fengsui.core.response.decisions.propose import Outside
from fengsui.core.response.events import DeadlinePassed, ResponseActivated
from fengsui.core.response.events_decisions import (
    AskedKind,
    Basis,
    Factor,
    FactorUsed,
    Handover,
    ProposalPassedOn,
    Sensitivity,
    Stance,
)
from fengsui.core.response.incident import Incident, fold
from response_builders import CONTENT, DIRECTORY, III, IV, PLAN, Bench, actor, cite, opened, running


def state(at: Bench, incident: str) -> Incident:
    return situation(at.desk, incident).incident


def wait(at: Bench, minutes: float = 15) -> int:
    at.clock.advance(timedelta(minutes=minutes))
    return sweep_timers(at.desk, at.clock.now())


def asked(at: Bench, level=IV) -> str:
    incident = opened(at, 2 if level is IV else 4)
    propose(at.desk, actor("duty"), incident, plan_id=PLAN.id, level=level, reason="按预案")
    return incident


# Silence and who stands in


def test_a_proposal_nobody_answers_goes_to_who_stands_in_by_the_timer_with_the_reason() -> None:
    at = timed_bench()
    incident = asked(at)
    assert wait(at, 14) == 0
    assert wait(at, 1) == 1
    passed = [item for item in at.store.streams[incident] if isinstance(item.event, ProposalPassedOn)]
    assert [(item.by, item.event.silent, item.event.to) for item in passed] == [
        ("timer", ("chief",), ("vice-mayor",))
    ]
    assert passed[0].event.basis is Basis.DEPUTY
    assert passed[0].event.source is not None
    deliver_outbox(at.desk, at.clock.now())
    told = [message for message in at.channel.sent if message.subject.startswith("请代行决定")]
    assert {message.to for message in told} == {"vice-mayor", "duty"}
    assert "15分钟" in told[0].body


def test_who_stands_in_decides_and_the_record_says_for_whom() -> None:
    at = timed_bench()
    incident = asked(at)
    with pytest.raises(Refusal):
        answer_proposal(at.desk, actor("vice-mayor"), incident, "p1", Answer.APPROVE)
    wait(at)
    done = answer_proposal(at.desk, actor("vice-mayor"), incident, "p1", Answer.APPROVE, "同意")
    assert "代行县应急管理局局长" in done.incident.proposals["p1"].reason
    assert done.incident.responses[PLAN.id].level is IV


def test_the_first_approver_may_still_decide_after_it_was_passed_on() -> None:
    at = timed_bench()
    incident = asked(at)
    wait(at)
    done = answer_proposal(at.desk, actor("chief"), incident, "p1", Answer.APPROVE)
    assert done.incident.responses[PLAN.id].level is IV
    assert "代行" not in done.incident.proposals["p1"].reason


def test_when_everybody_was_asked_the_silence_is_told_once() -> None:
    at = timed_bench()
    incident = asked(at)
    for _ in range(6):
        wait(at)
    events = [item.event for item in at.store.streams[incident]]
    assert [event.to for event in events if isinstance(event, ProposalPassedOn)] == [
        ("vice-mayor",),
        ("mayor",),
    ]
    silence = [event for event in events if isinstance(event, DeadlinePassed) and event.ref == "p1"]
    assert len(silence) == 1
    deliver_outbox(at.desk, at.clock.now())
    assert {message.to for message in at.channel.sent if message.subject.startswith("无人答复")} == {
        "duty",
        "chief",
        "vice-mayor",
        "mayor",
    }


def test_a_question_of_the_approver_stops_the_time_and_its_answer_starts_it_anew() -> None:
    at = timed_bench()
    incident = asked(at)
    at.clock.advance(timedelta(minutes=10))
    answer_proposal(at.desk, actor("chief"), incident, "p1", Answer.ASK, "伤几人")
    assert wait(at, 60) == 1  # the report of one hour, not the proposal
    assert not state(at, incident).waits["p1"].passed
    answer_question(at.desk, actor("duty"), incident, "p1", "三人")
    due = [item.due_at for item in situation(at.desk, incident).deadlines if item.ref == "p1"]
    assert due == [at.clock.now() + LIMIT]


def test_no_time_runs_where_the_installation_sets_none() -> None:
    at = timed_bench()
    at = replace(at, desk=replace(at.desk, rules=DecisionRules()))
    assert asked(at)
    assert not any("proposal" in key for key in at.store.timers)


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("wait"), st.integers(1, 40)),
        st.tuples(st.just("ask"), st.sampled_from(["chief", "vice-mayor", "mayor"])),
        st.tuples(st.just("answer"), st.just("duty")),
        st.tuples(st.sampled_from(["approve", "refuse"]), st.sampled_from([p.id for p in DIRECTORY.posts])),
        st.tuples(st.just("withdraw"), st.sampled_from(["duty", "police"])),
    ),
    max_size=12,
)


def take(at: Bench, incident: str, verb: str, value: object) -> None:
    if verb == "wait":
        wait(at, float(value))  # type: ignore[arg-type]
        return
    try:
        if verb == "answer":
            answer_question(at.desk, actor("duty"), incident, "p1", "答")
        elif verb == "withdraw":
            withdraw_proposal(at.desk, actor(str(value)), incident, "p1", "变化")
        else:
            answer_proposal(at.desk, actor(str(value)), incident, "p1", Answer(verb), "话")
    except (Refusal, Conflict):
        pass


@settings(max_examples=60, deadline=None)
@given(STEPS)
def test_passing_on_never_loses_or_doubles_and_replay_gives_the_same(steps: list[tuple[str, object]]) -> None:
    at = timed_bench()
    incident = asked(at)
    for verb, value in steps:
        take(at, incident, verb, value)
        sweep_timers(at.desk, at.clock.now())  # a second runner at the same moment
    stream = at.store.streams[incident]
    passed = [item.event for item in stream if isinstance(item.event, ProposalPassedOn)]
    assert [event.turn for event in passed] == list(range(1, len(passed) + 1))
    assert [event.to for event in passed] == [("vice-mayor",), ("mayor",)][: len(passed)]
    seen = fold(stream)
    assert seen == state(at, incident)
    assert seen is not None
    proposal = seen.proposals["p1"]
    ended = next((item.seq for item in stream if item.at == proposal.decided_at), len(stream) + 1)
    assert all(item.seq <= ended for item in stream if isinstance(item.event, ProposalPassedOn))
    started = [item for item in stream if isinstance(item.event, ResponseActivated)]
    assert len(started) == (proposal.status.value == "approved")
    if started:
        assert started[0].by in {"chief", *(post for event in passed for post in event.to)}
    timers = [key for key in at.store.timers if "/proposal:" in key]
    told = any(isinstance(item.event, DeadlinePassed) and item.event.ref == "p1" for item in stream)
    # One timer while an answer is owed; none only when it is settled, asked back, or everybody was told.
    assert len(timers) <= (1 if proposal.status.value == "open" else 0)
    assert timers or told or proposal.status.value != "open"
    assert chain.verify(export_log(at.desk, incident)) == ()


# Direct start, factor, withdrawal


def test_the_post_with_the_power_starts_directly_and_it_is_one_record() -> None:
    at = timed_bench()
    incident = opened(at, 4)
    done = start_directly(
        at.desk,
        actor("mayor"),
        incident,
        plan_id=PLAN.id,
        level=III,
        reason="险情明确",
        factor=Factor.TOTP,
    )
    assert done.incident.responses[PLAN.id].level is III
    assert done.incident.direct == {"p1"}
    assert done.incident.factors == {"p1": Factor.TOTP}
    assert not [key for key in at.store.timers if "/proposal:" in key]


def test_a_direct_start_by_another_post_is_refused_with_the_clause_and_changes_nothing() -> None:
    at = timed_bench()
    incident = opened(at, 4)
    before = len(at.store.streams[incident])
    with pytest.raises(Refusal) as no:
        start_directly(at.desk, actor("chief"), incident, plan_id=PLAN.id, level=III, reason="急")
    assert no.value.source is not None
    assert no.value.source.clause == "4.2"
    assert no.value.allowed == ("县长", "常务副县长")
    assert len(at.store.streams[incident]) == before


def test_the_record_says_how_the_approver_was_checked_and_holds_no_secret() -> None:
    at = timed_bench()
    incident = asked(at)
    done = answer_proposal(
        at.desk, actor("chief"), incident, "p1", Answer.APPROVE, factor=Factor.RECOVERY_CODE
    )
    used = done.first(FactorUsed)
    assert used == FactorUsed(proposal_id="p1", factor=Factor.RECOVERY_CODE)


@pytest.mark.parametrize("factor", [None, Factor.PASSWORD, Factor.CONSOLE])
def test_where_a_device_is_compulsory_nothing_else_lets_one_approve(factor: Factor | None) -> None:
    at = timed_bench()
    at = replace(at, desk=replace(at.desk, rules=DecisionRules(device_compulsory=True)))
    incident = asked(at)
    with pytest.raises(Refusal) as no:
        answer_proposal(at.desk, actor("chief"), incident, "p1", Answer.APPROVE, factor=factor)
    assert no.value.code == "device_needed"
    assert answer_proposal(at.desk, actor("chief"), incident, "p1", Answer.APPROVE, factor=Factor.TOTP)


def test_only_the_side_that_proposed_takes_a_proposal_back() -> None:
    at = timed_bench()
    incident = asked(at)
    with pytest.raises(Refusal) as no:
        withdraw_proposal(at.desk, actor("vice-mayor"), incident, "p1", "不用了")
    assert no.value.allowed == ("值班员",)
    done = withdraw_proposal(at.desk, actor("chief"), incident, "p1", "情况有变")
    assert not done.incident.proposals["p1"].is_open
    assert not [key for key in at.store.timers if "/proposal:" in key]


# Raising and lowering


def test_lowering_by_the_same_way_belongs_to_who_holds_the_level_in_force() -> None:
    at = timed_bench()
    incident = running(at, III)
    propose(at.desk, actor("duty"), incident, plan_id=PLAN.id, level=IV, reason="险情得到控制")
    with pytest.raises(Refusal) as no:
        answer_proposal(at.desk, actor("chief"), incident, "p2", Answer.APPROVE)
    assert no.value.source is not None
    assert no.value.source.clause == "4.5"
    assert answer_proposal(at.desk, actor("mayor"), incident, "p2", Answer.APPROVE)


def test_raising_belongs_to_who_may_start_the_level_reached() -> None:
    at = timed_bench()
    incident = running(at, IV, 2)
    propose(at.desk, actor("duty"), incident, plan_id=PLAN.id, level=III, reason="事态扩大")
    with pytest.raises(Refusal):
        answer_proposal(at.desk, actor("chief"), incident, "p2", Answer.APPROVE)
    assert answer_proposal(at.desk, actor("mayor"), incident, "p2", Answer.APPROVE)


# Sensitive cases


def test_a_sensitive_case_is_noted_with_its_clause_and_suggests_one_level_more_only() -> None:
    at = timed_bench()
    incident = running(at, IV, 2)
    done = commanding.mark_sensitive(
        at.desk, actor("police"), incident, kind=Sensitivity.PLACE, reason="学校旁边"
    )
    mark = done.incident.marks["s1"].marked
    assert mark.source is not None
    assert mark.source.clause == "4.5"
    assert done.incident.responses[PLAN.id].level is IV
    steps = [item for item in situation(at.desk, incident).steps if item.kind == "raise_sensitive"]
    assert [(item.level, item.source and item.source.clause) for item in steps] == [(III, "4.5")]


def test_the_suggestion_ends_when_the_level_is_raised_or_the_mark_lifted() -> None:
    at = timed_bench()
    incident = running(at, IV, 2)
    commanding.mark_sensitive(at.desk, actor("duty"), incident, kind=Sensitivity.TIME, reason="开学日")
    propose(at.desk, actor("duty"), incident, plan_id=PLAN.id, level=III, reason="敏感时段")
    answer_proposal(at.desk, actor("mayor"), incident, "p2", Answer.APPROVE)
    kinds = {item.kind for item in situation(at.desk, incident).steps}
    assert "raise_sensitive" not in kinds
    commanding.lift_mark(at.desk, actor("duty"), incident, "s1", "活动结束")
    with pytest.raises(Conflict):
        commanding.lift_mark(at.desk, actor("duty"), incident, "s1", "再来")


def test_a_plan_that_is_silent_on_sensitive_cases_gives_the_suggestion_without_a_clause() -> None:
    at = timed_bench(level_changes=())
    incident = running(at, IV, 2)
    commanding.mark_sensitive(at.desk, actor("duty"), incident, kind=Sensitivity.PEOPLE, reason="学生")
    assert state(at, incident).marks["s1"].marked.source is None
    step = next(item for item in situation(at.desk, incident).steps if item.kind == "raise_sensitive")
    assert step.source is None


def test_reports_that_hold_whatever_the_level_are_brought_up() -> None:
    edge = replace(
        CONTENT.deadlines[3],
        condition="敏感事件",
        source=cite("4.1", 34, "敏感事件立即上报，不受分级标准限制"),
    )
    at = timed_bench(deadlines=(*CONTENT.deadlines, edge))
    incident = opened(at)
    commanding.mark_sensitive(at.desk, actor("duty"), incident, kind=Sensitivity.NATURE, reason="涉外")
    steps = [item for item in situation(at.desk, incident).steps if item.kind == "report_sensitive"]
    assert [item.source and item.source.line for item in steps] == [34]


# Consultation

ASKED = (
    Invited(kind=AskedKind.POST, who="police"),
    Invited(kind=AskedKind.BODY, who="省矿山救援队"),
    Invited(kind=AskedKind.EXPERT, who="水文地质专家", name="甲某", phone="0000-1"),
)


def test_each_opinion_stands_with_its_time_and_the_conclusion_closes_it() -> None:
    at = timed_bench()
    incident = asked(at, III)
    done = consultations.open_consultation(
        at.desk, actor("chief"), incident, topic="是否启动Ⅲ级", invited=ASKED, proposal_id="p1"
    )
    meeting = done.incident.consultations["c1"]
    assert [item.who for item in meeting.asked] == ["公安局联络员", "省矿山救援队", "水文地质专家"]
    assert meeting.proposals == ("p1",)
    at.clock.advance(timedelta(minutes=2))
    give = consultations.give_opinion
    give(at.desk, actor("police"), incident, "c1", "a1", stance=Stance.AGREE, text="道路已封")
    give(
        at.desk,
        actor("duty"),
        incident,
        "c1",
        "a3",
        stance=Stance.OTHER,
        text="先测水位",
        said_at=at.clock.now() - timedelta(minutes=1),
    )
    seen = state(at, incident).consultations["c1"]
    assert [item.who for item in seen.silent] == ["省矿山救援队"]
    assert [item.by for item in seen.opinions] == ["police", "duty"]
    consultations.conclude_consultation(at.desk, actor("chief"), incident, "c1", "同意启动，先测水位")
    with pytest.raises(Conflict):
        give(at.desk, actor("police"), incident, "c1", "a1", stance=Stance.DISAGREE, text="晚了")


def test_nobody_speaks_for_another_who_was_asked_but_the_desk() -> None:
    at = timed_bench()
    incident = asked(at)
    consultations.open_consultation(at.desk, actor("duty"), incident, topic="会商", invited=ASKED)
    with pytest.raises(Refusal) as no:
        consultations.give_opinion(
            at.desk, actor("health"), incident, "c1", "a1", stance=Stance.AGREE, text="同意"
        )
    assert no.value.code == "not_asked"


def test_the_name_of_an_expert_stays_out_of_the_stream() -> None:
    at = timed_bench()
    incident = asked(at)
    consultations.open_consultation(at.desk, actor("duty"), incident, topic="会商", invited=ASKED)
    text = chain.render(export_log(at.desk, incident))
    assert "水文地质专家" in text
    assert "甲某" not in text
    assert "0000-1" not in text
    ref = state(at, incident).consultations["c1"].asked[2].person_ref
    assert ref is not None
    read = consultations.expert_of(at.desk, actor("chief"), state(at, incident), "c1", "a3", "联系专家")
    assert read["name"] == "甲某"
    with pytest.raises(Refusal):
        consultations.expert_of(at.desk, actor("police"), state(at, incident), "c1", "a3", "想知道")


def test_a_consultation_is_widened_without_asking_a_post_twice_and_linked_later() -> None:
    at = timed_bench()
    incident = asked(at)
    consultations.open_consultation(at.desk, actor("duty"), incident, topic="会商", invited=ASKED)
    with pytest.raises(InputError):
        consultations.widen_consultation(at.desk, actor("duty"), incident, "c1", ASKED[:1])
    more = (Invited(kind=AskedKind.POST, who="health"),)
    done = consultations.widen_consultation(at.desk, actor("duty"), incident, "c1", more)
    assert done.incident.consultations["c1"].asked[-1].asked_id == "a4"
    for _ in range(2):
        done = consultations.link_consultation(at.desk, actor("duty"), incident, "c1", "p1")
    assert done.incident.consultations["c1"].proposals == ("p1",)


# Command


def commander(at: Bench, incident: str) -> str:
    seen = situation(at.desk, incident)
    plans = {view.plan.id: view.plan for view in seen.plans}
    found = who_commands(seen.incident, plans, seen.directory)
    return found.name if found else ""


def test_command_passes_only_when_the_receiver_accepts_and_the_head_shows_who_has_it() -> None:
    at = timed_bench()
    incident = opened(at, 4)
    assert commander(at, incident) == ""
    incident = running(timed := timed_bench(), III)
    at = timed
    assert commander(at, incident) == "县生产安全事故应急指挥部（县长）"
    commanding.hand_over_command(
        at.desk, actor("mayor"), incident, direction=Handover.SCENE, to=("chief",), reason="到场指挥"
    )
    assert commander(at, incident).startswith("县生产安全")
    with pytest.raises(Refusal) as no:
        commanding.accept_command(at.desk, actor("vice-mayor"), incident, "t1")
    assert no.value.code == "not_receiver"
    at.clock.advance(timedelta(minutes=1))
    commanding.accept_command(at.desk, actor("chief"), incident, "t1")
    assert commander(at, incident) == "县应急管理局局长"
    with pytest.raises(Refusal):
        commanding.hand_over_command(
            at.desk, actor("mayor"), incident, direction=Handover.UP, to_name="云州指挥部", reason="升级"
        )


def test_who_does_not_command_hands_nothing_over() -> None:
    at = timed_bench()
    incident = running(at, III)
    with pytest.raises(Refusal) as no:
        commanding.hand_over_command(
            at.desk, actor("duty"), incident, direction=Handover.DOWN, to=("chief",), reason="转交"
        )
    assert no.value.code == "not_commanding"
    assert "县长" in no.value.allowed
    fresh = opened(at, 4)
    with pytest.raises(Refusal):
        commanding.hand_over_command(
            at.desk, actor("mayor"), fresh, direction=Handover.DOWN, to=("chief",), reason="转交"
        )


def test_a_body_outside_takes_command_by_a_document_and_a_declined_one_changes_nothing() -> None:
    at = timed_bench()
    incident = running(at, III)
    give = commanding.hand_over_command
    give(at.desk, actor("mayor"), incident, direction=Handover.UP, to_name="云州指挥部", reason="超出能力")
    with pytest.raises(Conflict):
        give(at.desk, actor("mayor"), incident, direction=Handover.SCENE, to=("chief",), reason="再交")
    commanding.decline_command(at.desk, actor("duty"), incident, "t1", "云州暂不接")
    give(at.desk, actor("mayor"), incident, direction=Handover.UP, to_name="云州指挥部", reason="超出能力")
    with pytest.raises(InputError):
        commanding.accept_command(at.desk, actor("duty"), incident, "t2")
    at.clock.advance(timedelta(minutes=1))
    commanding.accept_command(
        at.desk, actor("duty"), incident, "t2", document="云应急〔2026〕1号", told_by="云州值班室"
    )
    assert commander(at, incident) == "云州指挥部"


# The level above

UPPER = Upper(
    body="云州指挥部",
    upper_plan="云州生产安全事故应急预案",
    upper_level="Ⅱ级响应",
    document="云应急〔2026〕2号",
    told_by="云州值班室",
)
FOLLOWS = Measure(text="接受上级指挥部统一指挥", who="县应急管理局", source=cite("4.4", 44, "接受上级指挥"))


def test_the_level_above_started_so_this_plan_follows_and_lowers_only_by_its_decision() -> None:
    at = timed_bench(measures=(*CONTENT.measures, FOLLOWS))
    incident = running(at, III)
    at.clock.advance(timedelta(minutes=1))
    done = commanding.follow_upper(at.desk, actor("duty"), incident, plan_id=PLAN.id, upper=UPPER)
    followed = done.incident.follows["f1"].followed
    assert followed.source is not None
    assert followed.source.line == 44
    assert commander(at, incident) == "云州指挥部"
    for ask in (
        lambda: propose(at.desk, actor("duty"), incident, plan_id=PLAN.id, level=IV, reason="缓和"),
        lambda: propose_termination(at.desk, actor("duty"), incident, plan_id=PLAN.id, reason="结束"),
    ):
        number = f"p{len(state(at, incident).proposals) + 1}"
        ask()
        with pytest.raises(Refusal) as no:
            answer_proposal(at.desk, actor("mayor"), incident, number, Answer.APPROVE)
        assert no.value.allowed == ("云州指挥部",)
        withdraw_proposal(at.desk, actor("duty"), incident, number, "等上级")
    with pytest.raises(Conflict):
        commanding.follow_upper(at.desk, actor("duty"), incident, plan_id=PLAN.id, upper=UPPER)


def test_the_decision_of_the_level_above_is_recorded_with_its_document() -> None:
    at = timed_bench()
    incident = running(at, III)
    commanding.follow_upper(at.desk, actor("duty"), incident, plan_id=PLAN.id, upper=UPPER)
    propose(at.desk, actor("duty"), incident, plan_id=PLAN.id, level=IV, reason="缓和")
    told = Outside(body="云州指挥部", document="云应急〔2026〕3号", told_by="云州值班室")
    done = answer_proposal(at.desk, actor("duty"), incident, "p2", Answer.APPROVE, outside=told)
    assert done.incident.responses[PLAN.id].level is IV


def test_when_the_level_above_ends_the_plans_own_powers_hold_again() -> None:
    at = timed_bench()
    incident = running(at, III)
    commanding.follow_upper(at.desk, actor("duty"), incident, plan_id=PLAN.id, upper=UPPER)
    commanding.end_follow(
        at.desk, actor("duty"), incident, "f1", document="云应急〔2026〕4号", told_by="云州值班室"
    )
    assert commander(at, incident).startswith("县生产安全")
    propose_termination(at.desk, actor("duty"), incident, plan_id=PLAN.id, reason="险情排除")
    assert answer_proposal(at.desk, actor("mayor"), incident, "p2", Answer.APPROVE)


def test_a_start_above_while_nothing_runs_here_asks_whether_to_start_here() -> None:
    at = timed_bench()
    incident = opened(at)
    commanding.follow_upper(at.desk, actor("duty"), incident, plan_id=PLAN.id, upper=UPPER)
    steps = [item for item in situation(at.desk, incident).steps if item.kind == "follow_upper"]
    assert len(steps) == 1
    assert "Ⅱ级响应" in steps[0].sentence()
