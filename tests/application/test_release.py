"""Public information on the desk in memory: two others agree, corrections carry evidence, clocks run."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from fengsui.adapters.memory_release import MemoryPages
from fengsui.application import release as use
from fengsui.application.matters import excuse_matter, finish_matter
from fengsui.application.release import ReleaseDesk, public_id
from fengsui.application.release_draft import first_wording
from fengsui.application.release_ports import PublicStatement
from fengsui.application.sweep import deliver_outbox, sweep_timers
from fengsui.application.views import export_log, situation
from fengsui.core.errors import Conflict, InputError, Refusal
from fengsui.core.fact import Figure
from fengsui.core.plan.authority import Measure
from fengsui.core.response import chain
from fengsui.core.response.decisions.record import Reported
from fengsui.core.response.decisions.release import Draft
from fengsui.core.response.events_aftermath import MatterKind
from fengsui.core.response.events_decisions import Factor
from fengsui.core.response.events_release import StatementKind
from fengsui.core.response.incident import Incident
from response_builders import CONTENT, NOW, PLAN, Bench, actor, bench, cite, opened, running, with_content

FIRST = Draft(kind=StatementKind.FIRST, title="情况通报", text="北沙镇矿井透水，已死亡4人。")


def public(at: Bench) -> ReleaseDesk:
    return ReleaseDesk(desk=at.desk, pages=MemoryPages())


def published(to: ReleaseDesk, incident: str, command: Draft = FIRST) -> str:
    done = use.draft_statement(to, actor("duty"), incident, command)
    statement = list(done.incident.release.statements)[-1]
    for who in ("chief", "mayor"):
        use.approve_statement(to, actor(who), incident, statement, 1)
    return statement


def state(at: Bench, incident: str) -> Incident:
    return situation(at.desk, incident).incident


def test_two_others_must_agree_before_anything_is_public() -> None:
    at = bench()
    to, incident = public(at), opened(at, 4)
    use.draft_statement(to, actor("chief"), incident, FIRST)
    with pytest.raises(Refusal, match="statement_own"):
        use.approve_statement(to, actor("chief"), incident, "s1", 1)
    with pytest.raises(Refusal, match="role_may_not"):
        use.approve_statement(to, actor("duty"), incident, "s1", 1)
    use.approve_statement(to, actor("mayor"), incident, "s1", 1)
    assert to.pages.latest(9) == ()
    with pytest.raises(Refusal, match="statement_agreed_already"):
        use.approve_statement(to, actor("mayor"), incident, "s1", 1)
    use.approve_statement(to, actor("vice-mayor"), incident, "s1", 1)
    [row] = to.pages.of(public_id(incident))
    assert (row.number, row.text, row.issuer) == (1, FIRST.text, "县人民政府")


def test_who_may_agree_nearby_is_asked_and_told_and_the_author_is_not() -> None:
    at = bench()
    to, incident = public(at), running(at)
    done = use.draft_statement(to, actor("duty"), incident, FIRST)
    asked = done.incident.release.statements["s1"].draft.approvers
    assert set(asked) >= {"chief", "mayor"}
    assert not set(asked) & {"duty", "police"}
    told = [row for row in at.store.outbox.values() if row.kind == "statement_waiting"]
    assert {row.to for row in told} == set(asked)
    assert FIRST.title in told[0].subject
    own = use.draft_statement(to, actor("chief"), incident, replace(FIRST, statement_id="s1"))
    assert "chief" not in own.incident.release.statements["s1"].draft.approvers
    use.return_statement(to, actor("mayor"), incident, "s1", "少写了地点")
    [back] = [row for row in at.store.outbox.values() if row.kind == "statement_returned"]
    assert back.to == "chief"


def test_agreeing_asks_for_the_factor_that_the_door_asks_for_and_keeps_which() -> None:
    at = bench()
    to, incident = public(at), opened(at)
    use.draft_statement(to, actor("vice-mayor"), incident, FIRST)
    with pytest.raises(Refusal, match="check_missing"):
        use.approve_statement(to, actor("mayor"), incident, "s1", 1, factor_word="批准")
    # Who may not agree hears that, and not that a code is missing.
    with pytest.raises(Refusal, match="statement_own"):
        use.approve_statement(to, actor("vice-mayor"), incident, "s1", 1, factor_word="批准")
    done = use.approve_statement(
        to, actor("mayor"), incident, "s1", 1, factor=Factor.TOTP, factor_word="批准"
    )
    [signed] = done.incident.release.statements["s1"].approvals
    assert signed.factor is Factor.TOTP
    strict = replace(to, desk=replace(at.desk, rules=replace(at.desk.rules, device_compulsory=True)))
    with pytest.raises(Refusal, match="device_needed"):
        use.approve_statement(strict, actor("chief"), incident, "s1", 1, factor=Factor.PASSWORD)


def test_one_person_on_two_posts_is_one_person() -> None:
    at = bench()
    to, incident = public(at), opened(at)
    use.draft_statement(to, actor("duty"), incident, FIRST, person="7")
    with pytest.raises(Refusal, match="statement_own"):
        use.approve_statement(to, actor("mayor"), incident, "s1", 1, person="7")
    use.approve_statement(to, actor("mayor"), incident, "s1", 1, person="8")
    with pytest.raises(Refusal, match="statement_agreed_already"):
        use.approve_statement(to, actor("chief"), incident, "s1", 1, person="8")


def test_who_approved_an_older_version_has_not_approved_the_new_one() -> None:
    at = bench()
    to, incident = public(at), opened(at)
    use.draft_statement(to, actor("duty"), incident, FIRST)
    use.approve_statement(to, actor("mayor"), incident, "s1", 1)
    again = replace(FIRST, statement_id="s1", text="改过")
    use.draft_statement(to, actor("duty"), incident, again)
    assert state(at, incident).release.statements["s1"].approvals == ()
    with pytest.raises(Conflict, match="statement_changed"):
        use.approve_statement(to, actor("chief"), incident, "s1", 1)
    use.return_statement(to, actor("chief"), incident, "s1", "少写了地点")
    with pytest.raises(Conflict, match="statement_changed"):
        use.approve_statement(to, actor("chief"), incident, "s1", 2)
    assert [item.text for item in state(at, incident).release.statements["s1"].versions] == [
        FIRST.text,
        "改过",
    ]


def test_where_the_plan_names_who_releases_one_of_the_two_must_be_of_them() -> None:
    sentence = "由县长统一发布事故信息。"
    said = Measure(text=sentence, who="县长", source=cite("4.5", 55, sentence))
    at = bench(with_content(measures=(*CONTENT.measures, said)))
    to, incident = public(at), opened(at)
    use.draft_statement(to, actor("duty"), incident, FIRST)
    use.approve_statement(to, actor("chief"), incident, "s1", 1)
    with pytest.raises(Refusal) as refused:
        use.approve_statement(to, actor("vice-mayor"), incident, "s1", 1)
    assert refused.value.code == "release_not_empowered"
    assert refused.value.source is not None
    assert refused.value.source.clause == "4.5"
    assert refused.value.allowed == ("县长",)
    use.approve_statement(to, actor("mayor"), incident, "s1", 1)
    assert len(to.pages.latest(9)) == 1


def test_a_correction_names_what_was_wrong_what_is_right_and_the_evidence() -> None:
    at = bench()
    to, incident = public(at), opened(at)
    first = published(to, incident)
    wrong = Draft(kind=StatementKind.CORRECTION, title="更正", text="x", corrects=first, wrong="已死亡4人")
    with pytest.raises(InputError, match="text_missing"):
        use.draft_statement(to, actor("duty"), incident, wrong)
    full = replace(wrong, right="死亡3人", evidence="县卫生健康委核实")
    with pytest.raises(InputError, match="wrong_not_in_statement"):
        use.draft_statement(to, actor("duty"), incident, replace(full, wrong="死亡9人"))
    with pytest.raises(InputError, match="correction_of_nothing"):
        use.draft_statement(to, actor("duty"), incident, replace(full, corrects=None))
    second = published(to, incident, full)
    release = state(at, incident).release
    assert [item.draft.statement_id for item in release.corrections_of(first)] == [second]
    assert [row.text for row in to.pages.of(public_id(incident))] == [FIRST.text, "x"]
    with pytest.raises(Conflict, match="statement_settled"):
        use.drop_statement(to, actor("duty"), incident, first, "不要了")


def test_a_rumour_is_met_with_evidence_and_no_person() -> None:
    at = bench()
    to, incident = public(at), opened(at)
    said = Draft(kind=StatementKind.RUMOUR, title="澄清", text="未停水", wrong="全县停水", right="供水正常")
    with pytest.raises(InputError, match="text_missing"):
        use.draft_statement(to, actor("duty"), incident, said)
    published(to, incident, replace(said, evidence="水厂记录"))
    assert to.pages.latest(1)[0].corrects is None


@pytest.mark.parametrize("whole", [True, False])
def test_nothing_of_an_exercise_reaches_the_public_page(whole: bool) -> None:
    at = bench(exercise=whole)
    to = public(at)
    if whole:
        incident = opened(at)
    else:
        from fengsui.application.incidents import open_incident
        from response_builders import CALL

        incident = open_incident(at.desk, actor("duty"), replace(CALL, exercise=True)).incident_id
    published(to, incident)
    assert state(at, incident).release.published
    assert to.pages.latest(9) == ()
    row = PublicStatement(
        public_id="a",
        incident_id="i",
        statement_id="s1",
        number=1,
        kind="first",
        title="t",
        text="t",
        place="",
        issuer="",
        published_at=NOW,
        exercise=True,
    )
    with pytest.raises(Refusal, match="exercise_never_public"):
        to.pages.publish(row)


def clocks(at: Bench, incident: str) -> dict[MatterKind, str]:
    return {item.opened.kind: key for key, item in state(at, incident).aftermath.matters.items()}


def test_a_major_event_starts_the_clocks_of_first_statement_and_press_conference() -> None:
    at = bench()
    assert clocks(at, opened(at, 4)) == {}
    incident = opened(at, 12)
    found = state(at, incident).aftermath.matters
    due = {item.opened.kind: (item.due, item.opened.assumed) for item in found.values()}
    assert due[MatterKind.CONFERENCE] == (NOW + timedelta(hours=24), True)
    assert due[MatterKind.FIRST_STATEMENT] == (NOW + timedelta(hours=5), True)
    published(public(at), incident)
    assert not state(at, incident).aftermath.open_matters(MatterKind.FIRST_STATEMENT)
    finish_matter(at.desk, actor("duty"), incident, clocks(at, incident)[MatterKind.CONFERENCE], "县政府举行")
    assert not state(at, incident).aftermath.open_matters()


def test_the_limit_that_the_plan_sets_stands_before_the_usual_one() -> None:
    sentence = "重大以上事故在12小时内举行首场新闻发布会。"
    said = Measure(text=sentence, source=cite("4.5", 55, sentence))
    at = bench(with_content(measures=(*CONTENT.measures, said)))
    incident = opened(at, 12)
    [held] = state(at, incident).aftermath.open_matters(MatterKind.CONFERENCE).values()
    assert (held.due, held.opened.assumed) == (NOW + timedelta(hours=12), False)
    assert held.opened.source is not None
    assert held.opened.source.clause == "4.5"


def test_a_press_conference_that_is_late_is_told_and_may_be_explained() -> None:
    at = bench()
    incident = opened(at, 12)
    at.clock.at = NOW + timedelta(hours=25)
    sweep_timers(at.desk, at.clock.at)
    deliver_outbox(at.desk, at.clock.at)
    assert any("举行首场新闻发布会" in row.body for row in at.channel.sent)
    matter = clocks(at, incident)[MatterKind.CONFERENCE]
    excuse_matter(at.desk, actor("chief"), incident, matter, "由上级统一举行")
    assert state(at, incident).aftermath.matters[matter].text == "由上级统一举行"


def test_a_promised_time_is_a_deadline_until_the_next_statement() -> None:
    at = bench()
    to, incident = public(at), opened(at)
    published(to, incident, replace(FIRST, next_update=NOW + timedelta(hours=2)))
    [row] = [item for item in situation(at.desk, incident).deadlines if item.kind.value == "matter"]
    assert row.due_at == NOW + timedelta(hours=2)
    rumour = Draft(
        kind=StatementKind.RUMOUR, title="澄清", text="供水正常", wrong="停水", right="不停", evidence="记录"
    )
    published(to, incident, rumour)
    assert state(at, incident).aftermath.open_matters(MatterKind.NEXT_UPDATE)
    published(to, incident)
    assert not state(at, incident).aftermath.open_matters(MatterKind.NEXT_UPDATE)


def test_the_first_wording_says_what_is_known_and_what_is_being_verified() -> None:
    at = bench()
    incident = running(at)
    from fengsui.application.incidents import report_facts

    facts = [
        Reported(fact="missing", value=Figure.at_least(2)),
        Reported(fact="injured_serious", value=None),
    ]
    report_facts(at.desk, actor("duty"), incident, facts)
    wording = first_wording(state(at, incident), StatementKind.FIRST, NOW)
    assert "死亡4人" in wording.text.replace("人数", "")
    assert "至少" in wording.text
    assert "正在核实" in wording.text
    assert "Ⅲ级响应" in wording.text
    assert "下次发布时间不晚于3月1日13时00分" in wording.text
    assert wording.next_update == NOW + timedelta(hours=2)


def test_an_enquiry_keeps_the_question_and_not_the_caller() -> None:
    at = bench()
    to, incident = public(at), opened(at)
    use.note_enquiry(
        to, actor("police"), incident, question="学校停课吗", channel="phone", caller={"contact": "123456"}
    )
    text = chain.render(export_log(at.desk, incident))
    assert "学校停课吗" in text
    assert "123456" not in text
    with pytest.raises(InputError, match="statement_unknown"):
        use.answer_enquiry(to, actor("duty"), incident, "q1", statement_id="s9")
    first = published(to, incident)
    use.answer_enquiry(to, actor("duty"), incident, "q1", statement_id=first)
    with pytest.raises(Conflict, match="enquiry_answered"):
        use.answer_enquiry(to, actor("duty"), incident, "q1", answer="不停")
    assert chain.verify_text(chain.render(export_log(at.desk, incident))) == ()
    assert PLAN.id in state(at, incident).plans


def test_a_statement_that_waits_is_among_the_next_steps() -> None:
    at = bench()
    to, incident = public(at), opened(at)
    use.draft_statement(to, actor("duty"), incident, FIRST)
    told = [step.sentence() for step in situation(at.desk, incident).steps if step.kind == "statement"]
    assert told == ["发布稿“情况通报”待批准，还须 2 人"]
    use.return_statement(to, actor("chief"), incident, "s1", "少写了地点")
    kinds = {step.kind for step in situation(at.desk, incident).steps}
    assert "statement_returned" in kinds
    assert "statement" not in kinds
