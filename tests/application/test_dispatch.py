"""Command and dispatch on a desk in memory: orders, waiting, going back, help, undo, the chain, the scene."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from fengsui.adapters.memory import MemoryDirectory
from fengsui.application import directives as use
from fengsui.application import dispatch
from fengsui.application.commit import load
from fengsui.application.directives import DoneReport, OrderTerms
from fengsui.application.dispatch import Arrival, Team
from fengsui.application.proposals import Answer, answer_proposal, propose
from fengsui.application.sweep import deliver_outbox, sweep_timers
from fengsui.application.views import export_log, situation
from fengsui.core.citation import Citation
from fengsui.core.directory import Role
from fengsui.core.errors import Conflict, FengsuiError, InputError, Refusal
from fengsui.core.plan.authority import Headquarters, WorkGroup
from fengsui.core.response import chain
from fengsui.core.response import events_dispatch as dv
from fengsui.core.response.alarms import remind_at
from fengsui.core.response.decisions.safety import inside, pending
from fengsui.core.response.dependencies import stuck
from fengsui.core.response.events import DirectiveIssued
from fengsui.core.response.incident import DirectiveState, DirectiveStatus
from fengsui.core.response.waits import SHIPPED, Waits
from response_builders import (
    DIRECTORY,
    III,
    NOW,
    PLAN,
    Bench,
    actor,
    bench,
    cite,
    opened,
    post,
    running,
    with_content,
)

MINUTE = timedelta(minutes=1)
HEAD = post("police-head", "公安局局长", "gaj", Role.COMMANDER)
NIGHT = post("police-duty", "公安局值班员", "gaj", Role.DUTY_OFFICER)
PEOPLE = replace(DIRECTORY, posts=(*DIRECTORY.posts, HEAD, NIGHT))


def staffed(*away: str) -> Bench:
    at = bench()
    return replace(at, desk=replace(at.desk, directory=MemoryDirectory(PEOPLE, frozenset(away))))


def order(at: Bench, incident: str, to: str = "gaj", text: str = "封控路口", **terms: object) -> str:
    given = OrderTerms(**terms)  # type: ignore[arg-type]
    done = use.issue_directive(at.desk, actor("chief"), incident, to=[to], text=text, terms=given)
    issued = done.first(DirectiveIssued)
    assert isinstance(issued, DirectiveIssued)
    return issued.directive_id


def state(at: Bench, incident: str, directive_id: str) -> DirectiveState:
    return load(at.desk, incident).directives[directive_id]


def later(at: Bench, minutes: float) -> None:
    at.clock.advance(minutes * MINUTE)
    sweep_timers(at.desk, at.clock.now())


def told(at: Bench) -> dict[str, list[str]]:
    deliver_outbox(at.desk, at.clock.now())
    found: dict[str, list[str]] = {}
    for row in at.channel.sent:
        found.setdefault(row.to, []).append(row.subject)
    return found


# --- waiting


def test_an_order_that_waits_has_no_clock_until_what_it_waits_for_is_done() -> None:
    at = staffed()
    incident = opened(at)
    first = order(at, incident, "gaj", "封控路口", within=30 * MINUTE)
    second = order(at, incident, "wjw", "设救护点", within=20 * MINUTE, after=(first,))
    assert state(at, incident, second).handling.waiting
    assert state(at, incident, second).due is None
    at.clock.advance(10 * MINUTE)
    use.finish_directive(at.desk, actor("police"), incident, first, "已封控")
    released = state(at, incident, second)
    assert not released.handling.waiting
    assert released.due == NOW + 30 * MINUTE
    assert released.since == NOW + 10 * MINUTE
    assert any("可以开始" in subject for subject in told(at)["wjw"])


def test_an_order_may_be_taken_while_it_waits_but_not_reported_done() -> None:
    at = staffed()
    incident = opened(at)
    first = order(at, incident)
    second = order(at, incident, "wjw", "设救护点", after=(first,))
    use.accept_directive(at.desk, actor("health"), incident, second)
    with pytest.raises(Refusal) as refused:
        use.finish_directive(at.desk, actor("health"), incident, second, "好了")
    assert refused.value.code == "predecessor_open"
    use.finish_directive(at.desk, actor("police"), incident, first, "已封控")
    use.finish_directive(at.desk, actor("health"), incident, second, "好了")


def test_withdrawing_what_is_waited_for_sets_the_waiting_order_free() -> None:
    at = staffed()
    incident = opened(at)
    first = order(at, incident)
    second = order(at, incident, "wjw", "设救护点", after=(first,))
    use.withdraw_directive(at.desk, actor("chief"), incident, first, "不需要了")
    assert not state(at, incident, second).handling.waiting


def test_a_circle_of_waiting_is_refused_and_named() -> None:
    at = staffed()
    incident = opened(at)
    first, second = order(at, incident, text="甲事"), order(at, incident, "wjw", "乙事")
    third = order(at, incident, "zf", "丙事", after=(second,))
    use.link_directive(at.desk, actor("chief"), incident, second, [first])
    with pytest.raises(InputError) as refused:
        use.link_directive(at.desk, actor("chief"), incident, first, [third])
    assert refused.value.code == "orders_in_circle"
    assert "丙事" in str(refused.value.data["way"])
    with pytest.raises(InputError):
        use.link_directive(at.desk, actor("chief"), incident, first, [first])
    use.link_directive(at.desk, actor("chief"), incident, second, [])
    assert not state(at, incident, second).handling.waiting


def test_an_order_waiting_for_one_that_came_back_is_stuck_until_another_unit_has_it() -> None:
    at = staffed()
    incident = opened(at)
    first = order(at, incident, within=30 * MINUTE)
    second = order(at, incident, "wjw", "设救护点", after=(first,))
    use.decline_directive(at.desk, actor("police"), incident, first, "警力都在另一处")
    assert stuck(load(at.desk, incident).directives) == (second,)
    given = use.reassign_directive(at.desk, actor("chief"), incident, first, to=["zf"])
    new = given.first(DirectiveIssued)
    assert isinstance(new, DirectiveIssued)
    assert new.replaces == first
    assert new.text == "封控路口"
    assert stuck(load(at.desk, incident).directives) == ()
    assert state(at, incident, second).handling.waiting
    use.finish_directive(at.desk, actor("mayor"), incident, new.directive_id, "已封控")
    assert not state(at, incident, second).handling.waiting


# --- what a unit says


def test_a_declined_order_goes_back_to_who_gave_it_with_the_reason() -> None:
    at = staffed()
    incident = opened(at)
    first = order(at, incident)
    use.decline_directive(at.desk, actor("police"), incident, first, "警力都在另一处")
    assert state(at, incident, first).status is DirectiveStatus.DECLINED
    assert any("退回" in subject for subject in told(at)["chief"])
    with pytest.raises(InputError):
        use.reassign_directive(at.desk, actor("chief"), incident, first, to=["gaj"])
    with pytest.raises(InputError):
        use.decline_directive(at.desk, actor("police"), incident, order(at, incident, text="乙事"), " ")


def test_a_question_goes_to_the_giver_and_its_answer_to_the_unit() -> None:
    at = staffed()
    incident = opened(at)
    first = order(at, incident)
    use.ask_question(at.desk, actor("police"), incident, first, "封哪两个路口")
    assert state(at, incident, first).handling.question is not None
    use.answer_question(at.desk, actor("chief"), incident, first, "东头和西头")
    assert state(at, incident, first).handling.question is None
    with pytest.raises(Conflict):
        use.answer_question(at.desk, actor("chief"), incident, first, "再答")
    assert any("疑问已答复" in subject for subject in told(at)["gaj"])


def test_done_may_be_said_by_a_number_or_a_photo_alone_and_never_by_nothing() -> None:
    at = staffed()
    incident = opened(at)
    report = DoneReport(number=Decimal(120), number_of="人", photos=("a" * 64,), lon=81.2, lat=43.9)
    first = order(at, incident)
    use.finish_directive(at.desk, actor("police"), incident, first, report)
    done = state(at, incident, first).handling.done
    assert done is not None
    assert done.number == 120
    assert done.photos == ("a" * 64,)
    second = order(at, incident)
    for wrong in (
        DoneReport(),
        DoneReport(number=Decimal(-1)),
        DoneReport(result="好", lon=81.0),
        DoneReport(result="好", lon=381.0, lat=3.0),
        DoneReport(photos=("a",) * 7),
    ):
        with pytest.raises(InputError):
            use.finish_directive(at.desk, actor("police"), incident, second, wrong)


def test_a_request_for_support_is_answered_by_an_order_to_another_unit_linked_to_it() -> None:
    at = staffed()
    incident = opened(at)
    first = order(at, incident)
    use.ask_help(at.desk, actor("police"), incident, first, "缺照明车")
    assert len(state(at, incident, first).unanswered_help) == 1
    with pytest.raises(InputError):
        use.answer_help(at.desk, actor("chief"), incident, first, to=["gaj"])
    done = use.answer_help(
        at.desk, actor("chief"), incident, first, to=["zf"], terms=OrderTerms(within=30 * MINUTE)
    )
    new = done.first(DirectiveIssued)
    assert isinstance(new, DirectiveIssued)
    assert new.helps == first
    assert new.text == "缺照明车"
    assert state(at, incident, first).unanswered_help == ()
    assert any("支援请求已答复" in subject for subject in told(at)["gaj"])
    with pytest.raises(Conflict):
        use.answer_help(at.desk, actor("chief"), incident, first, answer="不派")


def test_a_request_for_support_may_be_refused_with_a_reason() -> None:
    at = staffed()
    incident = opened(at)
    first = order(at, incident)
    use.ask_help(at.desk, actor("police"), incident, first, "缺照明车")
    with pytest.raises(InputError):
        use.answer_help(at.desk, actor("chief"), incident, first)
    use.answer_help(at.desk, actor("chief"), incident, first, answer="照明车一小时后到")
    assert state(at, incident, first).handling.replies[0].orders == ()


# --- undo


def test_a_wrong_tap_is_taken_back_within_a_minute_and_the_log_keeps_both() -> None:
    at = staffed()
    incident = opened(at)
    first = order(at, incident)
    before = state(at, incident, first)
    at.clock.advance(MINUTE)
    use.finish_directive(at.desk, actor("police"), incident, first, "已封控")
    at.clock.advance(timedelta(seconds=59))
    use.undo_tap(at.desk, actor("police"), incident, first)
    assert state(at, incident, first) == before
    types = [type(item.event).__name__ for item in at.store.load(incident)]
    assert "DirectiveDone" in types
    assert types[-1] == "TapUndone"
    assert chain.verify(export_log(at.desk, incident)) == ()
    with pytest.raises(Conflict):
        use.undo_tap(at.desk, actor("police"), incident, first)


def test_taking_back_is_refused_to_others_and_after_a_minute() -> None:
    at = staffed()
    incident = opened(at)
    first = order(at, incident)
    use.accept_directive(at.desk, actor("police"), incident, first)
    with pytest.raises(Conflict):
        use.undo_tap(at.desk, actor("health"), incident, first)
    at.clock.advance(timedelta(seconds=61))
    with pytest.raises(Refusal) as late:
        use.undo_tap(at.desk, actor("police"), incident, first)
    assert late.value.code == "undo_too_late"


def test_taking_back_done_makes_the_next_order_wait_again_unless_it_was_begun() -> None:
    at = staffed()
    incident = opened(at)
    first = order(at, incident)
    second = order(at, incident, "wjw", "设救护点", after=(first,), within=20 * MINUTE)
    use.finish_directive(at.desk, actor("police"), incident, first, "已封控")
    use.undo_tap(at.desk, actor("police"), incident, first)
    assert state(at, incident, second).handling.waiting
    assert state(at, incident, second).due is None
    use.finish_directive(at.desk, actor("police"), incident, first, "已封控")
    use.accept_directive(at.desk, actor("health"), incident, second)
    with pytest.raises(Conflict) as built:
        use.undo_tap(at.desk, actor("police"), incident, first)
    assert built.value.code == "undo_built_upon"


def test_the_same_tap_sent_twice_counts_once() -> None:
    at = staffed()
    incident = opened(at)
    first = order(at, incident)
    once = use.finish_directive(at.desk, actor("police"), incident, first, "好", command_id="k1")
    again = use.finish_directive(at.desk, actor("police"), incident, first, "好", command_id="k1")
    assert again.repeated
    assert again.recorded == once.recorded


# --- the chain


def climbs(at: Bench, incident: str, directive_id: str) -> list[tuple[str | None, str | None]]:
    return [(item.event.rung, item.event.post) for item in state(at, incident, directive_id).handling.climbs]


def test_an_order_nobody_takes_climbs_rung_by_rung_until_somebody_takes_it() -> None:
    at = staffed()
    incident = opened(at)
    first = order(at, incident, within=120 * MINUTE)
    later(at, 4)
    assert climbs(at, incident, first) == []
    later(at, 1)
    assert climbs(at, incident, first) == [("liaison", "police")]
    later(at, 5)
    assert climbs(at, incident, first)[-1] == ("unit_head", "police-head")
    use.accept_directive(at.desk, actor("police"), incident, first)
    later(at, 60)
    assert len(climbs(at, incident, first)) == 2


def test_the_whole_chain_ends_with_the_commander_and_then_stops() -> None:
    at = staffed()
    incident = running(at)
    first = order(at, incident, within=240 * MINUTE)
    for _ in range(30):
        later(at, 3)
    rungs = [rung for rung, _ in climbs(at, incident, first)]
    assert rungs == ["liaison", "unit_head", "office_director", "commander"]
    assert climbs(at, incident, first)[-1][1] == "mayor"


def test_nobody_off_duty_is_told_the_one_on_duty_stands_in() -> None:
    at = staffed("police", "police-head")
    incident = opened(at)
    first = order(at, incident, within=120 * MINUTE)
    later(at, 5)
    step = state(at, incident, first).handling.climbs[0].event
    assert (step.post, step.stand_in_for) == ("police-duty", "police")
    later(at, 5)
    step = state(at, incident, first).handling.climbs[1].event
    assert step.rung == "office_director"
    assert step.gaps == ("unit_head",)


def test_when_nobody_at_all_is_on_duty_the_gap_is_recorded_and_nobody_is_told() -> None:
    at = staffed(*(item.id for item in PEOPLE.posts))
    incident = opened(at)
    first = order(at, incident, within=120 * MINUTE)
    later(at, 30)
    step = state(at, incident, first).handling.climbs[0].event
    assert step.post is None
    assert step.rung is None
    assert step.gaps == ("liaison", "unit_head", "office_director", "commander")
    later(at, 60)
    assert len(state(at, incident, first).handling.climbs) == 1


def test_an_accepted_order_that_is_overdue_climbs_until_somebody_says_he_sees_to_it() -> None:
    at = staffed()
    incident = opened(at)
    first = order(at, incident, within=30 * MINUTE)
    use.accept_directive(at.desk, actor("police"), incident, first)
    later(at, 25)
    assert state(at, incident, first).handling.reminded_at is not None
    assert climbs(at, incident, first) == []
    later(at, 10)
    assert climbs(at, incident, first) == [("unit_head", "police-head")]
    with pytest.raises(Refusal):
        use.take_care(at.desk, actor("health"), incident, first, "我来")
    use.take_care(at.desk, actor("chief"), incident, first, "已另派人")
    later(at, 60)
    assert len(climbs(at, incident, first)) == 1


def test_an_order_whose_unit_asked_back_does_not_climb_meanwhile() -> None:
    at = staffed()
    incident = opened(at)
    first = order(at, incident, within=120 * MINUTE)
    use.ask_question(at.desk, actor("police"), incident, first, "哪个路口")
    later(at, 40)
    assert climbs(at, incident, first) == []


def test_an_order_that_waits_is_neither_reminded_of_nor_brought_up() -> None:
    at = staffed()
    incident = opened(at)
    first = order(at, incident)
    second = order(at, incident, "wjw", "设救护点", after=(first,), within=20 * MINUTE)
    later(at, 200)
    handling = state(at, incident, second).handling
    assert handling.climbs == ()
    assert handling.reminded_at is None


def test_alarms_of_one_moment_come_to_a_post_as_one_message() -> None:
    at = staffed()
    incident = opened(at)
    for number in range(7):
        order(at, incident, text=f"事项{number}", within=120 * MINUTE)
    later(at, 5)
    mine = [subject for subject in told(at)["police"] if "无人应" in subject]
    assert len(mine) == 1
    assert mine[0].startswith("7 件指令无人应")
    assert "等共 7 件" in next(row.body for row in at.channel.sent if "无人应" in row.subject)


def test_a_timer_rung_twice_climbs_once() -> None:
    at = staffed()
    incident = opened(at)
    first = order(at, incident, within=120 * MINUTE)
    at.clock.advance(6 * MINUTE)
    sweep_timers(at.desk, at.clock.now())
    sweep_timers(at.desk, at.clock.now())
    assert len(climbs(at, incident, first)) == 1


# --- headquarters and groups

COMMAND = Headquarters(
    name="县指挥部",
    commander="县长",
    deputies=("常务副县长",),
    office="县应急管理局",
    office_director="县应急管理局局长",
    source=cite("2.1", 18),
)
GROUPS = (
    WorkGroup(name="医疗救护组", lead="县卫生健康委", members=("县公安局", "驻军"), source=cite("2.3", 25)),
)


def commanded(*away: str) -> Bench:
    plan = with_content(command=COMMAND, groups=GROUPS)
    at = bench(plan)
    return replace(at, desk=replace(at.desk, directory=MemoryDirectory(PEOPLE, frozenset(away))))


def test_headquarters_and_groups_are_filled_from_posts_and_gaps_are_seen() -> None:
    at = commanded("health")
    incident = opened(at)
    dispatch.staff_command(at.desk, actor("chief"), incident, PLAN.id)
    staffing = load(at.desk, incident).staffing
    head = {(item.role.value, item.post) for item in staffing[PLAN.id, ""]}
    assert head == {("commander", "mayor"), ("deputy", "vice-mayor"), ("office", "chief")}
    group = {(item.role.value, item.name): item.post for item in staffing[PLAN.id, "医疗救护组"]}
    assert group["lead", "县卫生健康委"] is None  # its only post is off duty
    assert group["member", "县公安局"] == "police-head"
    assert group["member", "驻军"] is None
    dispatch.assign_post(
        at.desk,
        actor("chief"),
        incident,
        role=dv.StaffRole.LEAD,
        post_id="vice-mayor",
        name="县卫生健康委",
        plan_id=PLAN.id,
        group="医疗救护组",
    )
    again = dispatch.staff_command(at.desk, actor("chief"), incident, PLAN.id)
    assert again.recorded == ()
    lead = load(at.desk, incident).staffing[PLAN.id, "医疗救护组"][0]
    assert lead.post == "vice-mayor"
    assert any("请您到位" in subject for subject in told(at)["vice-mayor"])


def places(at: Bench, incident: str, group: str = "") -> dict[str, dv.Appointment]:
    return {item.name: item for item in load(at.desk, incident).staffing[PLAN.id, group]}


def shift_changes(at: Bench, *away: str) -> None:
    directory = at.desk.directory
    assert isinstance(directory, MemoryDirectory)
    directory.away = frozenset(away)


def test_the_places_are_filled_by_the_decision_that_starts_the_response() -> None:
    at = commanded("health")
    incident = opened(at)
    propose(at.desk, actor("duty"), incident, plan_id=PLAN.id, level=III, reason="按预案")
    started = answer_proposal(at.desk, actor("mayor"), incident, "p1", Answer.APPROVE)
    kinds = [type(item.event).__name__ for item in started.recorded]
    assert kinds.index("ResponseActivated") < kinds.index("GroupStaffed") < kinds.index("DirectiveIssued")
    assert places(at, incident)["常务副县长"].post == "vice-mayor"
    assert any("编入" in subject for subject in told(at)["police-head"])
    step = next(item for item in situation(at.desk, incident).steps if item.kind == "places_empty")
    assert "2 处岗位空缺" in step.sentence()
    assert "医疗救护组牵头（县卫生健康委）" in step.sentence()
    assert chain.verify_text(chain.render(export_log(at.desk, incident))) == ()


def test_the_substitute_of_the_plan_stands_in_for_a_commander_on_leave_until_he_is_back() -> None:
    at = commanded("mayor")
    incident = opened(at)
    dispatch.staff_command(at.desk, actor("chief"), incident, PLAN.id)
    held = places(at, incident)["县长"]
    assert (held.post, held.stand_in_for) == ("vice-mayor", "mayor")
    shift_changes(at)
    dispatch.staff_command(at.desk, actor("chief"), incident, PLAN.id)
    held = places(at, incident)["县长"]
    assert (held.post, held.stand_in_for) == ("mayor", None)


def test_filling_anew_replaces_who_went_off_duty_and_leaves_a_place_without_another_as_it_is() -> None:
    at = commanded()
    incident = opened(at)
    dispatch.staff_command(at.desk, actor("chief"), incident, PLAN.id)
    shift_changes(at, "police-head", "health")
    dispatch.staff_command(at.desk, actor("chief"), incident, PLAN.id)
    group = places(at, incident, "医疗救护组")
    assert group["县公安局"].post == "police"
    assert group["县卫生健康委"].post == "health"


@pytest.mark.parametrize("name", ["县卫生健康委", "县卫生健康委主任"])
def test_whom_a_person_named_stays_off_duty_or_not_and_holds_the_place_alone(name: str) -> None:
    at = commanded()
    incident = opened(at)
    dispatch.staff_command(at.desk, actor("chief"), incident, PLAN.id)
    role, group = dv.StaffRole.LEAD, "医疗救护组"
    dispatch.assign_post(
        at.desk, actor("chief"), incident, role=role, post_id="chief", name=name, plan_id=PLAN.id, group=group
    )
    shift_changes(at, "chief")
    dispatch.staff_command(at.desk, actor("chief"), incident, PLAN.id)
    leads = [item for item in load(at.desk, incident).staffing[PLAN.id, group] if item.role is role]
    assert [(item.post, item.by_hand) for item in leads] == [("chief", True)]


def test_the_lead_of_the_group_is_on_the_chain() -> None:
    at = commanded()
    incident = opened(at)
    dispatch.staff_command(at.desk, actor("chief"), incident, PLAN.id)
    first = order(at, incident, "gaj", within=240 * MINUTE)
    for _ in range(20):
        later(at, 3)
    assert ("group_lead", "health") in climbs(at, incident, first)


# --- the scene


def test_forces_check_in_and_out_and_names_stay_out_of_the_log() -> None:
    at = staffed()
    incident = opened(at)
    arrival = Arrival(unit="gaj", people=24, equipment="警车 6 辆", contact="police", place="井口东侧")
    dispatch.check_in(
        at.desk, actor("police"), incident, arrival, contact={"name": "王五", "phone": "13800000000"}
    )
    here = load(at.desk, incident).checkins["c1"]
    assert here.event.people == 24
    assert here.event.contact_ref is not None
    assert "王五" not in str(export_log(at.desk, incident))
    assert at.desk.personal.read(here.event.contact_ref, by="duty", why="联络")["name"] == "王五"
    dispatch.enter_zone(at.desk, actor("police"), incident, Team(name="一队", unit="gaj", people=6))
    with pytest.raises(Refusal) as inside_still:
        dispatch.check_out(at.desk, actor("police"), incident, "c1")
    assert inside_still.value.code == "still_inside"
    dispatch.leave_zone(at.desk, actor("police"), incident, "e1")
    dispatch.check_out(at.desk, actor("police"), incident, "c1", "换班")
    with pytest.raises(Conflict):
        dispatch.check_out(at.desk, actor("police"), incident, "c1")


@pytest.mark.parametrize(
    "arrival",
    [
        Arrival(unit="gaj", people=0),
        Arrival(unit="nobody", people=3),
        Arrival(unit_name=" ", people=3),
        Arrival(unit="gaj", people=3, contact="nobody"),
        Arrival(unit="gaj", people=3, lon=200.0, lat=1.0),
        Arrival(unit="gaj", people=3, arrived_at=NOW + timedelta(hours=3)),
    ],
)
def test_a_wrong_check_in_is_refused_and_nothing_is_kept(arrival: Arrival) -> None:
    at = staffed()
    incident = opened(at)
    before = at.store.load(incident)
    with pytest.raises(InputError):
        dispatch.check_in(at.desk, actor("police"), incident, arrival, contact={"name": "王五"})
    assert at.store.load(incident) == before
    assert not any("王五" in str(row) for row in at.desk.personal.rows.values())  # type: ignore[attr-defined]


def test_who_is_inside_is_counted_and_nobody_comes_out_who_is_not_in() -> None:
    at = staffed()
    incident = opened(at)
    dispatch.enter_zone(at.desk, actor("police"), incident, Team(name="一队", people=6))
    dispatch.enter_zone(at.desk, actor("police"), incident, Team(name="二队", people=4))
    assert inside(load(at.desk, incident)) == 10
    dispatch.leave_zone(at.desk, actor("police"), incident, "e1", people=2)
    assert inside(load(at.desk, incident)) == 8
    with pytest.raises(InputError):
        dispatch.leave_zone(at.desk, actor("police"), incident, "e1", people=5)
    dispatch.leave_zone(at.desk, actor("police"), incident, "e1")
    with pytest.raises(Conflict):
        dispatch.leave_zone(at.desk, actor("police"), incident, "e1")
    assert inside(load(at.desk, incident)) == 4


def test_a_team_whose_air_is_spent_raises_an_alarm_once() -> None:
    at = staffed()
    incident = opened(at)
    team = Team(name="一队", people=6, air_minutes=20, expected_out=NOW + 40 * MINUTE)
    dispatch.enter_zone(at.desk, actor("police"), incident, team)
    later(at, 19)
    assert not load(at.desk, incident).entries["e1"].overdue
    later(at, 1)
    assert load(at.desk, incident).entries["e1"].overdue
    later(at, 60)
    events = [item.event for item in at.store.load(incident)]
    late = [event for event in events if isinstance(event, dv.RescuersOverdue)]
    assert late == [dv.RescuersOverdue(entry_id="e1", air=True)]
    assert any("到时未出" in subject for subject in told(at)["duty"])


def test_a_withdrawal_counts_who_is_not_out_and_lets_nobody_in() -> None:
    at = staffed()
    incident = opened(at)
    for name in ("一队", "二队"):
        dispatch.enter_zone(at.desk, actor("police"), incident, Team(name=name, unit="gaj", people=5))
    with pytest.raises(Refusal) as refused:
        dispatch.order_withdrawal(at.desk, actor("health"), incident, "瓦斯上升")
    assert refused.value.code == "withdrawal_not_yours"
    dispatch.order_withdrawal(at.desk, actor("chief"), incident, "瓦斯上升", "三短一长")
    assert pending(load(at.desk, incident)) == ("e1", "e2")
    assert any("立即撤离" in subject for subject in told(at)["gaj"])
    with pytest.raises(Refusal):
        dispatch.enter_zone(at.desk, actor("police"), incident, Team(name="三队", people=5))
    dispatch.leave_zone(at.desk, actor("police"), incident, "e1")
    assert pending(load(at.desk, incident)) == ("e2",)
    dispatch.leave_zone(at.desk, actor("police"), incident, "e2")
    assert pending(load(at.desk, incident)) == ()
    dispatch.enter_zone(at.desk, actor("police"), incident, Team(name="三队", people=5))


def test_the_safety_officer_may_order_everybody_out() -> None:
    at = staffed()
    incident = opened(at)
    dispatch.assign_post(at.desk, actor("chief"), incident, role=dv.StaffRole.SAFETY, post_id="health")
    dispatch.enter_zone(at.desk, actor("police"), incident, Team(name="一队", people=5))
    dispatch.order_withdrawal(at.desk, actor("health"), incident, "二次爆炸危险")


def test_a_rescue_is_resumed_by_the_commander_or_on_scene_commander_alone() -> None:
    at = staffed()
    incident = running(at)
    dispatch.assign_post(at.desk, actor("chief"), incident, role=dv.StaffRole.ON_SCENE, post_id="police-head")
    dispatch.suspend_rescue(at.desk, actor("chief"), incident, "山体有裂缝")
    with pytest.raises(Refusal):
        dispatch.enter_zone(at.desk, actor("police"), incident, Team(name="一队", people=5))
    for not_he in ("chief", "police", "vice-mayor"):
        with pytest.raises(Refusal) as refused:
            dispatch.resume_rescue(at.desk, actor(not_he), incident, "已加固")
        assert refused.value.code == "resumption_not_yours"
        assert "县长" in refused.value.allowed
    dispatch.resume_rescue(at.desk, actor("mayor"), incident, "已加固")
    assert load(at.desk, incident).halt is None
    with pytest.raises(Conflict):
        dispatch.resume_rescue(at.desk, actor("mayor"), incident, "再次")


def test_every_known_failure_here_has_words_without_blanks() -> None:
    from fengsui.application.wording import sentence

    at = staffed()
    incident = opened(at)
    failures: list[FengsuiError] = []
    for call in (
        lambda: dispatch.leave_zone(at.desk, actor("police"), incident, "e9"),
        lambda: dispatch.check_out(at.desk, actor("police"), incident, "c9"),
        lambda: dispatch.resume_rescue(at.desk, actor("mayor"), incident, "x"),
        lambda: dispatch.staff_command(at.desk, actor("chief"), incident, "none"),
    ):
        with pytest.raises(FengsuiError) as failed:
            call()
        failures.append(failed.value)
    for failure in failures:
        for language in ("zh", "en"):
            assert sentence(failure, language) != failure.code


def test_the_situation_shows_deadlines_and_not_alarms() -> None:
    at = staffed()
    incident = opened(at)
    order(at, incident, within=30 * MINUTE)
    kinds = {item.kind.value for item in situation(at.desk, incident).deadlines}
    assert kinds <= {"report", "directive"}


def test_citations_of_the_plan_stay_with_an_order_given_to_another() -> None:
    at = staffed()
    incident = running(at)
    first = next(
        key for key, item in load(at.desk, incident).directives.items() if item.issued.to == ("wjw",)
    )
    use.decline_directive(at.desk, actor("health"), incident, first, "无人可派")
    use.reassign_directive(at.desk, actor("chief"), incident, first, to=["zf"])
    new = list(load(at.desk, incident).directives.values())[-1].issued
    assert isinstance(new.source, Citation)
    assert new.plan_id == PLAN.id


def test_a_post_without_shifts_is_told_where_nobody_is_on_duty() -> None:
    at = staffed()
    directory = MemoryDirectory(PEOPLE, frozenset({"police-duty"}), frozenset({"police"}))
    at = replace(at, desk=replace(at.desk, directory=directory))
    incident = opened(at)
    first = order(at, incident, within=120 * MINUTE)
    later(at, 5)
    step = state(at, incident, first).handling.climbs[0].event
    assert (step.post, step.stand_in_for) == ("police", None)


def test_after_an_answer_the_chain_waits_anew() -> None:
    at = staffed()
    incident = opened(at)
    first = order(at, incident, within=120 * MINUTE)
    use.ask_question(at.desk, actor("police"), incident, first, "哪个路口")
    later(at, 40)
    use.answer_question(at.desk, actor("chief"), incident, first, "东头")
    later(at, 4)
    assert climbs(at, incident, first) == []
    later(at, 1)
    assert climbs(at, incident, first) == [("liaison", "police")]


def test_the_next_steps_put_rescuers_first_and_name_units_that_wait_for_an_answer() -> None:
    at = staffed()
    incident = running(at)
    first = order(at, incident, within=30 * MINUTE)
    use.ask_help(at.desk, actor("police"), incident, first, "缺照明车")
    dispatch.enter_zone(at.desk, actor("police"), incident, Team(name="一队", people=6, air_minutes=20))
    at.clock.advance(25 * MINUTE)
    steps = situation(at.desk, incident).steps
    assert steps[0].kind == "rescuers_late"
    assert "一队 6 人" in steps[0].sentence()
    kinds = {step.kind for step in steps}
    assert "help_open" in kinds
    assert "staff" not in kinds  # filled when the response started
    for step in steps:
        for language in ("zh", "en"):
            assert step.sentence(language) != step.kind


# --- waits of the office


class Office:
    """Waits as an office sets and changes them."""

    def __init__(self) -> None:
        self.waits = SHIPPED

    def current(self) -> Waits:
        return self.waits


def test_orders_keep_the_waits_they_were_given_with_and_those_after_a_change_take_the_new() -> None:
    at, office = staffed(), Office()
    at = replace(at, desk=replace(at.desk, waits=office))
    incident = opened(at)
    first = order(at, incident, within=120 * MINUTE)
    office.waits = replace(SHIPPED, accept_liaison=1, accept_unit_head=2)
    second = order(at, incident, text="疏散群众", within=120 * MINUTE)
    third = order(at, incident, text="设置警戒", within=120 * MINUTE)
    kinds = [type(item.event) for item in at.desk.incidents.load(incident)]
    assert kinds.count(dv.WaitsSet) == 1  # with the first order after the change
    later(at, 3)
    assert climbs(at, incident, first) == []
    assert [rung for rung, _ in climbs(at, incident, second)] == ["liaison"]
    assert [rung for rung, _ in climbs(at, incident, third)] == ["liaison"]
    later(at, 2)
    assert [rung for rung, _ in climbs(at, incident, first)] == ["liaison"]
    exported = chain.export(at.desk.incidents.load(incident))
    assert chain.verify_text(chain.render(exported)) == ()


def test_a_reminder_comes_within_the_bounds_of_the_office() -> None:
    at, office = staffed(), Office()
    office.waits = replace(SHIPPED, remind_least=10, remind_most=15)
    at = replace(at, desk=replace(at.desk, waits=office))
    incident = opened(at)
    long, short = (order(at, incident, text=f"{span}", within=span * MINUTE) for span in (300, 20))
    due = {key: state(at, incident, key).due for key in (long, short)}
    assert remind_at(state(at, incident, long)) == due[long] - 15 * MINUTE  # type: ignore[operator]
    assert remind_at(state(at, incident, short)) == due[short] - 10 * MINUTE  # type: ignore[operator]
