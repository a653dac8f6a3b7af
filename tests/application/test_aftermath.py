"""Ending step by step and what comes after, on the desk in memory."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from fengsui.adapters.memory_aftermath import MemoryCases, MemoryYearList
from fengsui.application import aftermath as use
from fengsui.application import casefiles, winter_relief
from fengsui.application.aftermath_ports import CaseQuery
from fengsui.application.casefiles import CaseDesk
from fengsui.application.directives import finish_directive
from fengsui.application.incidents import close_incident
from fengsui.application.matters import excuse_matter, finish_matter, move_matter, open_matters
from fengsui.application.proposals import Answer, answer_proposal, propose_termination
from fengsui.application.reports import send_report
from fengsui.application.sweep import sweep_timers
from fengsui.application.views import export_log, situation
from fengsui.application.winter_relief import YearDesk
from fengsui.core.casefile.asked import Gap
from fengsui.core.errors import Conflict, InputError, Refusal
from fengsui.core.plan.authority import Measure, Termination
from fengsui.core.plan.reporting import Deadline
from fengsui.core.response import chain
from fengsui.core.response.decisions.ledger import Taken
from fengsui.core.response.decisions.matters import Wanted
from fengsui.core.response.events_aftermath import ConditionAnswer, GoodsState, MatterKind
from fengsui.core.response.incident import DirectiveStatus, Incident
from response_builders import CONTENT, NOW, PLAN, Bench, actor, bench, cite, opened, running, with_content

CONDITIONS = ("被困人员全部救出", "次生危险消除")
ENDS = with_content(
    termination=(
        Termination(
            authority="县长",
            proposer="县应急管理局",
            conditions=CONDITIONS,
            source=cite("4.6", 50, "由县长终止"),
        ),
    )
)
MET, NOT_MET = ConditionAnswer.MET, ConditionAnswer.NOT_MET


def state(at: Bench, incident: str) -> Incident:
    return situation(at.desk, incident).incident


def check(at: Bench, incident: str, text: str, answer: ConditionAnswer = MET) -> None:
    use.check_condition(
        at.desk, actor("duty"), incident, plan_id=PLAN.id, condition=text, answer=answer, evidence="现场报告"
    )


def asked_to_end(at: Bench) -> str:
    incident = running(at)
    propose_termination(at.desk, actor("duty"), incident, plan_id=PLAN.id, reason="救援结束")
    return incident


def ended(at: Bench) -> str:
    incident = asked_to_end(at)
    answer_proposal(at.desk, actor("mayor"), incident, "p2", Answer.APPROVE)
    return incident


def closed(at: Bench) -> str:
    incident = ended(at)
    close_incident(at.desk, actor("chief"), incident, "处置完毕")
    return incident


def test_ending_is_refused_with_the_conditions_that_are_not_shown_to_be_met() -> None:
    at = bench(ENDS)
    incident = asked_to_end(at)
    check(at, incident, CONDITIONS[0])
    check(at, incident, CONDITIONS[1], NOT_MET)
    with pytest.raises(Refusal) as refused:
        answer_proposal(at.desk, actor("mayor"), incident, "p2", Answer.APPROVE)
    assert refused.value.code == "conditions_unmet"
    assert refused.value.data["conditions"] == CONDITIONS[1]
    assert refused.value.source is not None
    assert refused.value.source.clause == "4.6"
    assert state(at, incident).responses
    check(at, incident, CONDITIONS[1])
    answer_proposal(at.desk, actor("mayor"), incident, "p2", Answer.APPROVE)
    assert not state(at, incident).responses
    assert state(at, incident).aftermath.overridden == ()


def test_the_post_that_decides_may_end_all_the_same_and_its_reason_stands_in_the_log() -> None:
    at = bench(ENDS)
    incident = asked_to_end(at)
    with pytest.raises(Refusal, match="not_empowered"):
        answer_proposal(at.desk, actor("chief"), incident, "p2", Answer.APPROVE, override="我看可以")
    answer_proposal(at.desk, actor("mayor"), incident, "p2", Answer.APPROVE, override="移交上级指挥")
    [over] = state(at, incident).aftermath.overridden
    assert (over.unmet, over.reason) == (CONDITIONS, "移交上级指挥")
    assert "移交上级指挥" in chain.render(export_log(at.desk, incident))


def test_a_condition_needs_evidence_and_must_be_one_of_the_plan() -> None:
    at = bench(ENDS)
    incident = running(at)
    give = {"plan_id": PLAN.id, "condition": CONDITIONS[0], "answer": MET}
    for wrong, code in (
        ({"evidence": " "}, "text_missing"),
        ({"evidence": "x", "condition": "天晴"}, "condition_unknown"),
        ({"evidence": "x", "evidence_sha": "12"}, "evidence_hash_wrong"),
    ):
        with pytest.raises(InputError, match=code):
            use.check_condition(at.desk, actor("duty"), incident, **(give | wrong))  # type: ignore[arg-type]
    with pytest.raises(Refusal, match="role_may_not"):
        use.check_condition(at.desk, actor("police"), incident, **give, evidence="x")  # type: ignore[arg-type]
    found = use.aftermath(at.desk, incident).endings[0]
    assert [line.condition.text for line in found.lines] == list(CONDITIONS)
    assert found.unmet == 2


def test_an_order_that_is_to_go_on_is_not_withdrawn_at_the_end_and_can_still_be_done() -> None:
    at = bench()
    incident = asked_to_end(at)
    order = next(
        key for key, item in state(at, incident).directives.items() if item.issued.text == "维护现场秩序"
    )
    use.continue_directive(at.desk, actor("chief"), incident, order, "防止复发")
    answer_proposal(at.desk, actor("mayor"), incident, "p2", Answer.APPROVE)
    open_ones = [key for key, item in state(at, incident).directives.items() if item.is_open]
    assert open_ones == [order]
    close_incident(at.desk, actor("chief"), incident, "处置完毕")
    finish_directive(at.desk, actor("police"), incident, order, "秩序正常")
    assert state(at, incident).directives[order].status is DirectiveStatus.DONE


def test_groups_are_dissolved_one_by_one_and_the_scene_is_watched_until_a_day() -> None:
    at = bench()
    incident = ended(at)
    use.dissolve(at.desk, actor("duty"), incident, "医疗救护组", text="伤员全部转院")
    use.dissolve(at.desk, actor("duty"), incident, "医疗救护组")
    use.dissolve(at.desk, actor("duty"), incident, "现场指挥部", on_scene=True)
    assert list(state(at, incident).aftermath.dissolved) == ["医疗救护组", "现场指挥部"]
    until = NOW + timedelta(days=3)
    use.watch_scene(at.desk, actor("duty"), incident, until=until, owner="县公安局")
    [watch] = state(at, incident).aftermath.open_matters(MatterKind.WATCH).values()
    assert (watch.opened.owner, watch.due) == ("gaj", until)


def test_matters_and_final_reports_go_on_after_closing_and_stop_with_the_case() -> None:
    at = bench()
    incident = ended(at)
    day = NOW + timedelta(days=2)
    wanted = Wanted(kind=MatterKind.AFTERMATH, text="抚恤遇难者家属", owner="zf", due=day)
    open_matters(at.desk, actor("duty"), incident, [wanted])
    close_incident(at.desk, actor("chief"), incident, "处置完毕")
    kinds = {item.kind.value for item in situation(at.desk, incident).deadlines}
    assert kinds == {"matter", "report"}
    final = next(key for key, item in state(at, incident).clocks.items() if item.running)
    send_report(at.desk, actor("duty"), incident, final, means="书面", text="总结")
    at.clock.at = day + timedelta(minutes=1)
    sweep_timers(at.desk, at.clock.at)
    assert "matter:m1:0" in state(at, incident).passed
    move_matter(at.desk, actor("duty"), incident, "m1", day + timedelta(days=2), "家属未到齐")
    assert [item.ref for item in situation(at.desk, incident).deadlines] == ["m1"]
    cases = CaseDesk(desk=at.desk, cases=MemoryCases())
    casefiles.archive_case(cases, actor("chief"), incident, "及时")
    assert situation(at.desk, incident).deadlines == ()
    with pytest.raises(Conflict, match="case_archived"):
        finish_matter(at.desk, actor("duty"), incident, "m1", "办完")


def test_a_matter_is_finished_by_its_owner_or_the_desk_and_by_nobody_else() -> None:
    at = bench()
    incident = ended(at)
    wanted = Wanted(kind=MatterKind.AFTERMATH, text="防疫", owner="wjw", due=NOW + timedelta(days=1))
    open_matters(at.desk, actor("duty"), incident, [wanted])
    with pytest.raises(Refusal, match="matter_of_others"):
        finish_matter(at.desk, actor("police"), incident, "m1", "办完")
    finish_matter(at.desk, actor("health"), incident, "m1", "完成消杀")
    with pytest.raises(Conflict, match="matter_settled"):
        excuse_matter(at.desk, actor("duty"), incident, "m1", "不用了")


def test_the_plan_says_what_is_asked_afterwards_and_the_rest_is_the_usual_list() -> None:
    said = Measure(text="组织理赔", who="县公安局", source=cite("6.1", 58, "组织理赔"))
    from fengsui.core.plan.model import Heading

    plan = with_content(
        headings=(Heading(number="6", title="后期处置", depth=1, line=57),),
        measures=(*CONTENT.measures, said),
    )
    at = bench(plan)
    found = use.aftermath(at.desk, ended(at))
    assert [(item.text, item.who) for item in found.asked] == [("组织理赔", "县公安局")]
    assert {item.kind for item in found.usual} >= {MatterKind.AFTERMATH, MatterKind.ASSESSMENT}


def take(at: Bench, incident: str) -> str:
    taken = Taken(what="挖掘机", quantity="2台", owner_kind="person", owner_ref="", value_cny=Decimal(400000))
    owner = {"name": "某某", "phone": "0000"}
    done = use.take_goods(at.desk, actor("duty"), incident, taken, owner)
    return list(done.incident.aftermath.goods)[-1]


def test_a_requisition_runs_from_receipt_to_payment_and_keeps_the_owner_apart() -> None:
    at = bench()
    incident = running(at)
    goods = take(at, incident)
    text = chain.render(export_log(at.desk, incident))
    assert "挖掘机" in text
    assert "某某" not in text
    entry = state(at, incident).aftermath.goods[goods]
    assert entry.taken.receipt.startswith("20260301-")
    with pytest.raises(InputError, match="compensation_not_set"):
        use.pay_compensation(at.desk, actor("duty"), incident, goods, Decimal(1), "1号")
    with pytest.raises(InputError, match="text_missing"):
        use.return_goods(at.desk, actor("duty"), incident, goods, GoodsState.DAMAGED)
    use.return_goods(at.desk, actor("duty"), incident, goods, GoodsState.DAMAGED, "铲斗裂")
    use.set_compensation(at.desk, actor("duty"), incident, goods, Decimal("5000"), "使用三天")
    with pytest.raises(InputError, match="paid_too_much"):
        use.pay_compensation(at.desk, actor("duty"), incident, goods, Decimal("5000.01"), "1号")
    use.pay_compensation(at.desk, actor("duty"), incident, goods, Decimal("2000"), "1号")
    assert state(at, incident).aftermath.open_goods == 1
    use.pay_compensation(at.desk, actor("duty"), incident, goods, Decimal("3000"), "2号")
    assert state(at, incident).aftermath.open_goods == 0
    found = use.owner_of(at.desk, actor("duty"), state(at, incident), goods, why="打印收据")
    assert found["name"] == "某某"


def test_who_is_to_return_and_pay_is_told_may_do_so_and_is_done_when_it_is_settled() -> None:
    at = bench()
    incident = running(at)
    taken = Taken(what="挖掘机", quantity="2台", owner_kind="body", owner_ref="", keeper="公安局联络员")
    due = at.clock.at + timedelta(days=3)
    use.take_goods(at.desk, actor("duty"), incident, replace(taken, due=due), {"name": "某公司"})
    [(key, matter)] = state(at, incident).aftermath.matters.items()
    assert (matter.opened.kind, matter.opened.owner, matter.due) == (MatterKind.REQUISITION, "police", due)
    [told] = [row for row in at.store.outbox.values() if row.kind == "matter_given"]
    assert (told.to, "挖掘机" in told.subject) == ("police", True)
    with pytest.raises(Conflict, match="goods_entrusted_already"):
        use.entrust_goods(at.desk, actor("duty"), incident, "g1", "chief", None)
    with pytest.raises(InputError, match="goods_still_open"):
        finish_matter(at.desk, actor("police"), incident, key, "已还")
    with pytest.raises(Refusal, match="matter_of_others"):
        use.return_goods(at.desk, actor("health"), incident, "g1", GoodsState.INTACT)
    use.return_goods(at.desk, actor("police"), incident, "g1", GoodsState.INTACT)
    with pytest.raises(Refusal, match="role_may_not"):
        use.set_compensation(at.desk, actor("police"), incident, "g1", Decimal(5), "协议")
    use.set_compensation(at.desk, actor("duty"), incident, "g1", Decimal(5), "协议")
    assert state(at, incident).aftermath.matters[key].is_open
    use.pay_compensation(at.desk, actor("police"), incident, "g1", Decimal(5), "1号")
    assert not state(at, incident).aftermath.matters[key].is_open
    with pytest.raises(Conflict, match="goods_settled"):
        use.entrust_goods(at.desk, actor("duty"), incident, "g1", "chief", None)
    chain.verify(export_log(at.desk, incident))


def test_goods_nobody_was_given_can_be_entrusted_later_and_only_the_desk_returns_them_before() -> None:
    at = bench()
    incident = running(at)
    goods = take(at, incident)
    with pytest.raises(Refusal, match="role_may_not"):
        use.return_goods(at.desk, actor("police"), incident, goods, GoodsState.INTACT)
    use.entrust_goods(at.desk, actor("duty"), incident, goods, "县公安局", None)
    [matter] = state(at, incident).aftermath.matters.values()
    assert matter.opened.owner == "gaj"
    use.return_goods(at.desk, actor("police"), incident, goods, GoodsState.INTACT)


def test_an_open_requisition_is_told_at_archiving_and_does_not_stand_in_the_way() -> None:
    at = bench()
    incident = ended(at)
    take(at, incident)
    cases = CaseDesk(desk=at.desk, cases=MemoryCases())
    with pytest.raises(Refusal, match="case_still_open"):
        casefiles.archive_case(cases, actor("chief"), incident, "及时")
    close_incident(at.desk, actor("chief"), incident, "处置完毕")
    done = casefiles.archive_case(cases, actor("chief"), incident, "及时")
    archived = done.incident.aftermath.archived
    assert archived is not None
    assert archived.open_goods == 1
    with pytest.raises(Conflict, match="case_archived"):
        casefiles.archive_case(cases, actor("chief"), incident, "再来")


def test_the_review_says_what_was_asked_what_happened_and_the_gap_by_clause() -> None:
    at = bench()
    incident = running(at)
    first = next(k for k, item in state(at, incident).clocks.items() if item.started.what == "报告事故")
    at.clock.at = NOW + timedelta(minutes=80)
    sweep_timers(at.desk, at.clock.at)
    send_report(at.desk, actor("duty"), incident, first, means="电话", text="四人死亡")
    seen = casefiles.review_of(at.desk, incident)
    [late] = [line for group in seen.groups for line in group.lines if line.ref == first]
    assert (late.gap, late.late) == (Gap.LATE, timedelta(minutes=20))
    assert seen.figures.first_report == timedelta(minutes=80)
    assert seen.figures.activation == timedelta()
    assert (seen.figures.reports.part, seen.figures.reports.whole) == (0, 1)
    assert seen.groups[0].clause == "2.2"
    by_clause = {group.clause: group.bad for group in seen.groups}
    assert by_clause["4.1"] == 1


def test_a_report_that_was_owed_when_its_clock_stopped_counts_as_never_made() -> None:
    at = bench()
    incident = asked_to_end(at)
    at.clock.at = NOW + timedelta(hours=3)
    sweep_timers(at.desk, at.clock.at)
    answer_proposal(at.desk, actor("mayor"), incident, "p2", Answer.APPROVE)
    gaps = {
        line.text: line.gap for group in casefiles.review_of(at.desk, incident).groups for line in group.lines
    }
    assert gaps["报告事故"] is Gap.NEVER
    assert gaps["组织医疗救护"] is Gap.DROPPED


def test_what_is_to_be_mended_is_a_finding_on_the_clause_until_there_is_evidence() -> None:
    at = bench()
    incident = closed(at)
    store = MemoryCases()
    to = CaseDesk(desk=at.desk, cases=store)
    give = {"text": "报告电话改为专线", "plan_id": PLAN.id, "source": cite("4.1", 30, "…")}
    with pytest.raises(InputError, match="text_missing"):
        casefiles.agree_action(to, actor("chief"), incident, owner="", due=NOW + timedelta(days=9), **give)
    with pytest.raises(InputError, match="text_missing"):
        casefiles.agree_action(to, actor("chief"), incident, owner="yjj", due=None, **give)
    casefiles.agree_action(to, actor("chief"), incident, owner="yjj", due=NOW + timedelta(days=9), **give)
    [found] = store.findings(PLAN.id)
    assert (found.text, found.owner, found.source.clause) == ("报告电话改为专线", "县应急管理局", "4.1")
    casefiles.archive_case(to, actor("chief"), incident, "及时")
    with pytest.raises(InputError, match="evidence_too_short"):
        casefiles.settle_action(to, actor("duty"), incident, found.matter_id, "已改")
    casefiles.settle_action(to, actor("duty"), incident, found.matter_id, "专线已开通，合同在案")
    assert store.findings(PLAN.id) == ()
    assert store.findings(PLAN.id, open_only=False)[0].evidence == "专线已开通，合同在案"


def test_cases_are_found_by_words_hazard_level_and_year_and_laid_beside_like_ones() -> None:
    at = bench()
    to = CaseDesk(desk=at.desk, cases=MemoryCases())
    one, two = closed(at), None
    casefiles.archive_case(to, actor("chief"), one, "报告及时，专线有用")
    two = opened(at, 4)
    assert to.cases.find(CaseQuery(text="专线"))[1] == 1
    assert to.cases.find(CaseQuery(hazard="生产安全", level="III", year=2026))[1] == 1
    assert to.cases.find(CaseQuery(level="I"))[1] == 0
    assert to.cases.find(CaseQuery(area="990200000"))[1] == 0
    beside = casefiles.like_cases(to, actor("duty"), two)
    assert [case.incident_id for case in beside.cases] == [two, one]
    assert [name for name, _ in beside.facts] == ["deaths"]
    with pytest.raises(InputError, match="case_unknown"):
        casefiles.compare_cases(to, actor("duty"), [two])


def test_the_yearly_list_takes_its_days_from_the_plan_and_the_rest_from_custom() -> None:
    said = Deadline(
        what="组织冬春困难评估", who="县应急管理局", by="每年9月下旬", is_report=False, source=cite("5.1", 80)
    )
    at = bench(with_content(deadlines=(*CONTENT.deadlines, said)))
    to = YearDesk(desk=at.desk, years=MemoryYearList())
    made = winter_relief.make_list(to, actor("duty"), 2026)
    assert [(task.due.isoformat(), bool(task.source)) for task in made][:2] == [
        ("2026-09-30", True),
        ("2026-10-15", False),
    ]
    assert winter_relief.make_list(to, actor("duty"), 2026) == made
    winter_relief.finish_task(to, actor("duty"), made[0].task_id, "核定 1200 人")
    with pytest.raises(Conflict):
        winter_relief.finish_task(to, actor("duty"), made[0].task_id, "再核定")
    with pytest.raises(InputError, match="year_wrong"):
        winter_relief.make_list(to, actor("duty"), 99)
    assert replace(made[1]).usual == "winter_account"
