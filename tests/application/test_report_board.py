"""The board: every edge its own line in words that hold, and what will be missed, before it is."""

from __future__ import annotations

from datetime import timedelta

import pytest

from fengsui.application.commit import load
from fengsui.application.reports import send_report
from fengsui.core.citation import Citation
from fengsui.core.plan.reporting import ClockStart, Deadline, Means
from fengsui.core.response.events_reporting import ReportKind
from fengsui.core.response.report_board import EdgeState, board, foresee, owed_reports, unsigned
from fengsui.core.response.report_fields import OTHER, asked_fields
from fengsui.core.response.report_kind import kind_of_edge
from response_builders import CONTENT, NOW, PLAN, actor, bench, opened, running, with_content

MINUTE = timedelta(minutes=1)


def test_every_report_edge_has_a_line_before_its_clock_runs() -> None:
    at = bench()
    lines = board(PLAN, load(at.desk, opened(at, deaths=4)), NOW)
    assert [line.edge.what for line in lines] == [item.what for item in CONTENT.deadlines if item.is_report]
    assert [(line.state, line.kind) for line in lines][:3] == [
        (EdgeState.RUNNING, ReportKind.FIRST),
        (EdgeState.WAITING, ReportKind.FIRST),
        (EdgeState.WAITING, ReportKind.FOLLOW_UP),
    ]
    assert lines[4].kind is ReportKind.FINAL


def test_a_condition_on_the_grade_that_is_not_met_is_said_so() -> None:
    at = bench()
    lines = board(PLAN, load(at.desk, opened(at, deaths=1)), NOW)
    assert lines[3].state is EdgeState.NOT_HERE
    at = bench()
    assert board(PLAN, load(at.desk, opened(at, deaths=4)), NOW)[3].state is EdgeState.AT_ONCE


def test_late_sent_and_missed_are_told_apart() -> None:
    at = bench()
    incident_id = opened(at, deaths=1)
    assert board(PLAN, load(at.desk, incident_id), NOW + 61 * MINUTE)[0].state is EdgeState.LATE
    at.clock.advance(70 * MINUTE)
    clock = next(iter(load(at.desk, incident_id).clocks))
    done = send_report(at.desk, actor("duty"), incident_id, clock, means="电话", text="已报")
    line = board(PLAN, done.incident, at.clock.now())[0]
    assert line.state is EdgeState.SENT
    assert line.reports[0].late_by == 10 * MINUTE


def test_what_will_be_late_is_told_thirty_and_sixty_minutes_before() -> None:
    at = bench()
    incident = load(at.desk, running(at))
    owed = owed_reports(incident)
    assert {item.what for item in owed} >= {"报告事故", "续报进展"}
    seen = {one.owed.what: one for one in foresee(owed, NOW + 40 * MINUTE)}
    assert seen["报告事故"].left == 20 * MINUTE
    assert seen["报告事故"].is_soon
    assert "续报进展" not in seen
    later = {one.owed.what: one for one in foresee(owed, NOW + 70 * MINUTE)}
    assert later["报告事故"].state is EdgeState.LATE
    assert later["续报进展"].left == 50 * MINUTE
    assert not later["续报进展"].is_soon


def test_a_draft_is_known_to_the_forecast_and_late_comes_first() -> None:
    at = bench()
    incident = load(at.desk, running(at))
    key = next(key for key, item in incident.clocks.items() if item.started.every)
    found = foresee(owed_reports(incident, {key}), NOW + 100 * MINUTE)
    assert [one.owed.drafted for one in found if one.owed.clock_id == key] == [True]
    assert found[0].state is EdgeState.LATE


def test_what_strangers_must_report_at_once_is_on_the_board_and_not_owed_by_the_desk() -> None:
    stranger = Deadline(
        what="报警",
        who="现场人员",
        to=("县应急管理局",),
        within="立即",
        start=ClockStart.OCCURRED,
        source=Citation(document="d", clause="4.1", line=9, quote="现场人员立即报警"),
    )
    plan = with_content(deadlines=(stranger, *CONTENT.deadlines))
    at = bench(plan)
    incident = load(at.desk, opened(at, deaths=4))
    assert board(plan, incident, NOW)[0].state is EdgeState.AT_ONCE
    assert "报警" not in {item.what for item in owed_reports(incident)}
    assert "报告较大以上事故" in {item.what for item in owed_reports(incident)}


def test_nothing_is_owed_by_a_closed_incident() -> None:
    from fengsui.application.incidents import close_incident

    at = bench()
    done = close_incident(at.desk, actor("chief"), opened(at, deaths=1), "误报")
    assert owed_reports(done.incident) == ()


def test_a_report_nobody_signed_for_is_told_after_the_time_set() -> None:
    at = bench()
    incident_id = opened(at, deaths=1)
    clock = next(iter(load(at.desk, incident_id).clocks))
    done = send_report(at.desk, actor("duty"), incident_id, clock, means="书面", text="已报")
    assert unsigned(done.incident, NOW + 29 * MINUTE, 30 * MINUTE) == ()
    assert [item.report_id for item in unsigned(done.incident, NOW + 30 * MINUTE, 30 * MINUTE)] == ["r1"]


@pytest.mark.parametrize(
    ("what", "every", "start", "form", "kind"),
    [
        ("报告", None, ClockStart.LEARNED, Means.PHONE, ReportKind.FIRST),
        ("书面补报", None, ClockStart.PREVIOUS, Means.WRITTEN, ReportKind.FIRST),
        ("续报", None, ClockStart.CHANGED, None, ReportKind.FOLLOW_UP),
        ("24小时零报告", "24小时", ClockStart.OCCURRED, None, ReportKind.ZERO),
        ("报送灾情", "4小时", ClockStart.ACTIVATED, None, ReportKind.FOLLOW_UP),
        ("报告监测结果", None, ClockStart.ACTIVATED, None, ReportKind.FOLLOW_UP),
        ("报送总结", None, ClockStart.STABLE, None, ReportKind.FINAL),
        ("核报", None, ClockStart.OTHER, None, ReportKind.FINAL),
    ],
)
def test_the_kind_of_a_report_is_read_from_its_edge(
    what: str, every: str | None, start: ClockStart, form: Means | None, kind: ReportKind
) -> None:
    source = Citation(document="d", clause="1", line=1, quote=what)
    assert kind_of_edge(Deadline(what=what, every=every, start=start, form=form, source=source)) is kind


def test_items_of_the_clause_are_fields_under_their_own_words() -> None:
    found = asked_fields(("发生时间", "事故的简要经过", "死亡人数", "初步估计的直接经济损失", "吉祥物"))
    assert [item.code for item in found] == ["time", "course", "casualties", "loss", OTHER]
    assert found[2].facts == ("deaths",)
    assert found[3].label == "初步估计的直接经济损失"


def test_an_item_that_asks_for_two_things_is_filled_with_both() -> None:
    (both,) = asked_fields(("人员伤亡和直接经济损失",))
    assert (both.code, both.also) == ("casualties", ("loss",))
    assert {"deaths", "economic_loss_cny"} <= set(both.facts)
    (general,) = asked_fields(("伤亡和失踪人数",))
    assert {"deaths", "missing", "injured_serious"} <= set(general.always)
    (mixed,) = asked_fields(("需要的支援以及报告人和联系方式",))
    assert (mixed.code, mixed.also) == ("support", ("reporter",))


def test_a_clause_that_names_no_contents_gets_the_usual_list() -> None:
    found = asked_fields(())
    assert [item.code for item in found] == [
        "time",
        "place",
        "source",
        "nature",
        "course",
        "area",
        "casualties",
        "damage",
        "rescue",
        "measures",
        "support",
    ]
