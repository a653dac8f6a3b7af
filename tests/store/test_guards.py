"""What the database itself guards, and that lists are only ever a shadow of the streams."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from contract_stores import START
from fengsui.application.ports import OutboxRow, TimerRow
from fengsui.core.plan.level import Grade, LadderKind, ResponseLevel
from fengsui.core.plan.reporting import ClockStart
from fengsui.core.response import chain
from fengsui.core.response import events as ev
from fengsui.store import models
from fengsui.store.incidents import DjangoIncidents
from fengsui.store.projection import rebuild
from fengsui.store.queues import DjangoTimers

STREAM: tuple[ev.Event, ...] = (
    ev.IncidentOpened(
        title="北沙镇仓库起火", what="冒烟", place="北沙镇", place_code="990121101", learned_at=START
    ),
    ev.PlanAttached(plan_id="p", version=1, title="火灾预案", why="起火"),
    ev.Graded(plan_id="p", kind=LadderKind.EVENT_GRADE, level=Grade.IV),
    ev.Graded(plan_id="p", kind=LadderKind.EVENT_GRADE, hazard="爆炸", level=Grade.III),
    ev.Graded(plan_id="p", kind=LadderKind.RESPONSE, level=ResponseLevel.I),
    ev.Proposed(
        proposal_id="p1",
        kind=ev.ProposalKind.ACTIVATE,
        plan_id="p",
        level=ResponseLevel.IV,
        reason="起火",
        authority="局长",
        approvers=("director", "deputy"),
    ),
    ev.ProposalQuestioned(proposal_id="p1", question="有人被困吗"),
    ev.ProposalAnswered(proposal_id="p1", answer="没有"),
    ev.ProposalApproved(proposal_id="p1"),
    ev.ResponseActivated(plan_id="p", level=ResponseLevel.IV, proposal_id="p1"),
    ev.DirectiveIssued(
        directive_id="d1", to=("fire", "police"), to_name="消防、公安", text="到场", due=START
    ),
    ev.DirectiveIssued(directive_id="d2", to_name="驻军", text="支援"),
    ev.DirectiveIssued(directive_id="d3", to=("fire",), to_name="消防", text="值守"),
    ev.DirectiveAccepted(directive_id="d1"),
    ev.HelpAsked(directive_id="d1", text="缺水"),
    ev.DirectiveDone(directive_id="d1", result="已扑灭"),
    ev.DirectiveWithdrawn(directive_id="d3", reason="terminated"),
    ev.ReportClockStarted(
        clock_id="c1",
        plan_id="p",
        who="州应急局",
        to=("州政府",),
        what="续报",
        started_at=START,
        start=ClockStart.ACTIVATED,
        due=START,
        every=timedelta(hours=2),
        words="2小时",
    ),
    ev.ReportSent(clock_id="c1", means="电话", text="火已灭"),
    ev.LevelChanged(plan_id="p", before=ResponseLevel.IV, after=ResponseLevel.III, proposal_id="p2"),
)
ENDING: tuple[ev.Event, ...] = (
    ev.ReportClockStopped(clock_id="c1", reason="terminated"),
    ev.ResponseTerminated(plan_id="p", proposal_id="p3"),
    ev.PlanDetached(plan_id="p"),
    ev.IncidentClosed(reason="处置完毕"),
)


def written(*events: ev.Event) -> models.IncidentRow:
    recorded = chain.record("i1", events or STREAM, by="duty", at=START, last=None)
    timer = TimerRow(timer_id="t", incident_id="i1", kind="directive", ref="d1", due_at=START)
    message = OutboxRow(
        message_id="m",
        incident_id="i1",
        to_kind="post",
        to="director",
        channel="internal",
        subject="提请",
        body="启动",
        ref="p1",
    )
    DjangoIncidents().append("i1", 0, recorded, set_timers=(timer,), outbox=(message,))
    return models.IncidentRow.objects.get(pk="i1")


def rows() -> list[object]:
    """Everything projected, without the numbers the database gave."""
    found: list[object] = list(models.IncidentRow.objects.values())
    for table in (models.ProposalRow, models.ApproverRow, models.TaskRow, models.ClockRow):
        hidden = {"id", "proposal_id"} if table is models.ApproverRow else {"id"}
        listed = [{k: v for k, v in row.items() if k not in hidden} for row in table.objects.values()]
        found.append(sorted(listed, key=str))
    return found


def test_the_database_refuses_to_change_or_delete_an_event(engine: str) -> None:
    written()
    for statement in ("UPDATE store_eventrow SET data = '{}'", "DELETE FROM store_eventrow"):
        with pytest.raises(DatabaseError, match="never"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    assert models.EventRow.objects.count() == len(STREAM)


def test_lists_made_step_by_step_equal_lists_made_anew_from_the_stream(engine: str) -> None:
    row = written(*STREAM[:7])
    for place in range(7, len(STREAM)):
        stream = DjangoIncidents().load("i1")
        recorded = chain.record("i1", STREAM[place : place + 1], by="duty", at=START, last=stream[-1])
        DjangoIncidents().append("i1", place, recorded)
    before = rows()
    row.refresh_from_db()
    rebuild(row, DjangoIncidents().load("i1"))
    assert rows() == before
    assert (row.level, row.grade, row.is_open) == ("III", "III", True)


def test_an_incident_that_ended_shows_no_level_and_nothing_open(engine: str) -> None:
    from fengsui.store import selectors

    row = written(*STREAM, *ENDING)
    assert (row.level, row.grade, row.is_open) == ("", "", False)
    assert selectors.running_incidents() == []
    assert selectors.next_deadlines() == []
    assert models.ClockRow.objects.get().is_running is False


def test_a_runner_that_comes_late_does_not_end_a_timer_set_again_meanwhile(engine: str) -> None:
    written()
    timers = DjangoTimers()
    taken = timers.take_due(START, 1, timedelta(seconds=30))
    stream = DjangoIncidents().load("i1")
    note = chain.record("i1", [ev.NoteAdded(text="延长")], by="duty", at=START, last=stream[-1])
    later = TimerRow(timer_id="t", incident_id="i1", kind="directive", ref="d1", due_at=START)
    DjangoIncidents().append("i1", len(stream), note, set_timers=(later,))
    timers.finish(taken[0].timer_id)
    assert models.TimerRow.objects.count() == 1


def test_records_that_do_not_follow_the_stream_are_a_fault_of_the_caller(engine: str) -> None:
    recorded = chain.record("i1", STREAM[:2], by="duty", at=START, last=None)
    with pytest.raises(ValueError, match="does not follow"):
        DjangoIncidents().append("i1", 0, recorded[1:])
    assert DjangoIncidents().load("i1") == ()


def test_personal_data_can_be_sealed_and_erased_without_touching_the_stream(engine: str) -> None:
    from fengsui.store.records import DjangoPersonal

    store = DjangoPersonal()
    ref = store.keep({"name": "来电人"})
    models.PersonalRecord.objects.filter(pk=ref).update(sealed_at=START)
    assert store.read(ref, by="auditor", why="核对") == {}
    models.PersonalRecord.objects.filter(pk=ref).update(sealed_at=None)
    store.erase(ref, by="auditor")
    assert store.read(ref, by="auditor", why="核对") == {}
    assert models.AuditRow.objects.get(register="personal").by == "auditor"


@pytest.mark.usefixtures("engine")
def test_a_mark_changes_with_every_change_of_its_tables() -> None:
    from fengsui.store import marks

    def marked() -> str | None:
        return marks.mark("directory")

    seen = {marked()}
    area = models.Jurisdiction.objects.create(code="990100", name="某市")
    unit = models.Unit.objects.create(id="u", name="某局", jurisdiction=area)
    seen.add(marked())
    models.Unit.objects.filter(pk="u").update(name="某局新名")
    seen.add(marked())
    unit.delete()
    seen.add(marked())
    assert len(seen) == 4
    assert None not in seen


@pytest.mark.usefixtures("engine")
def test_the_directory_is_read_again_after_a_change_and_after_one_undone() -> None:
    from fengsui.store.people import DjangoDirectory

    def names() -> list[str]:
        return [unit.name for unit in DjangoDirectory().directory().units]

    area = models.Jurisdiction.objects.create(code="990100", name="某市")
    models.Unit.objects.create(id="u", name="甲", jurisdiction=area)
    assert names() == ["甲"]
    with transaction.atomic():
        models.Unit.objects.filter(pk="u").update(name="乙")
        assert names() == ["乙"]
        transaction.set_rollback(True)
    assert names() == ["甲"]
    models.Unit.objects.filter(pk="u").update(name="丙")
    assert names() == ["丙"]


@pytest.mark.parametrize("database", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def test_every_mark_is_set_by_the_database_itself(database: str, request: pytest.FixtureRequest) -> None:
    request.getfixturevalue("database_" + database)
    from importlib import import_module

    tables = import_module("fengsui.store.migrations.0019_serve_marks").TABLES
    wanted = {f"mark_{name}_{table}" for name, some in tables.items() for table in some}
    question = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    if connection.vendor == "postgresql":
        question = "SELECT tgname FROM pg_trigger"
    with connection.cursor() as cursor:
        cursor.execute(question)
        found = [row[0] for row in cursor.fetchall()]
    for event in ("insert", "update", "delete"):
        assert wanted <= {name.removesuffix(f"_{event}") for name in found}
