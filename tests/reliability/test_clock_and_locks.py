"""A clock set back an hour, a database that another holds: nothing lost, nothing doubled, said plainly."""

from __future__ import annotations

import sqlite3
from datetime import timedelta

import pytest
from situation import NOW, approve, desk, furnish, load_checked, proposed, written

from fengsui.application.directives import issue_directive
from fengsui.application.incidents import add_note
from fengsui.application.sweep import deliver_outbox, sweep_timers
from fengsui.core.errors import Retryable
from fengsui.core.response.events import DeadlinePassed, NoteAdded
from fengsui.store.models import OutboxRow
from response_builders import actor

HOUR = timedelta(hours=1)


def passed(incident_id: str) -> int:
    return sum(isinstance(item.event, DeadlinePassed) for item in load_checked(incident_id))


def with_a_deadline() -> str:
    furnish()
    incident_id = proposed()
    approve(incident_id, None)
    late = NOW + timedelta(minutes=30)
    issue_directive(desk(), actor("mayor"), incident_id, to=["gaj"], text="设卡", due=late)
    return incident_id


def test_the_log_never_runs_backwards_when_the_clock_does(engine: str) -> None:
    incident_id = with_a_deadline()
    before = load_checked(incident_id)[-1].at
    add_note(desk(NOW - HOUR), actor("duty"), incident_id, "表拨慢之后")
    last = load_checked(incident_id)[-1]
    assert isinstance(last.event, NoteAdded)
    assert last.at >= before


def test_a_deadline_is_recorded_once_though_the_clock_went_back_over_it(engine: str) -> None:
    incident_id = with_a_deadline()
    after = NOW + timedelta(minutes=31)
    sweep_timers(desk(after), after)
    first = passed(incident_id)
    assert first >= 1
    for at in (after - HOUR, after, after + HOUR):
        sweep_timers(desk(at), at)
    again = passed(incident_id)
    add_note(desk(after), actor("duty"), incident_id, "再看")
    sweep_timers(desk(after), after)
    assert passed(incident_id) == again


def test_a_lease_from_before_the_clock_went_back_holds_nothing_up(engine: str) -> None:
    with_a_deadline()
    ahead = NOW + HOUR + timedelta(minutes=31)
    taken = desk(ahead).timers.take_due(ahead, 100, timedelta(seconds=30))
    assert taken  # and the runner dies here
    OutboxRow.objects.update(leased_until=ahead, again_at=ahead)
    back = ahead - HOUR
    assert {row.timer_id for row in desk(back).timers.take_due(back, 100, timedelta(seconds=30))} == {
        row.timer_id for row in taken if row.due_at <= back
    }
    assert deliver_outbox(desk(back), back) > 0


def test_a_database_held_by_another_is_told_in_one_sentence_and_nothing_is_half_written(
    database_sqlite: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from django.db import connection

    from fengsui.application.wording import sentence

    furnish()
    incident_id = proposed()
    connection.close()
    monkeypatch.setitem(connection.settings_dict["OPTIONS"], "timeout", 0.2)
    before = written(incident_id)
    other = sqlite3.connect(database_sqlite, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        with pytest.raises(Retryable, match="store_busy") as told:
            add_note(desk(), actor("duty"), incident_id, "能写吗")
    finally:
        other.execute("ROLLBACK")
        other.close()
    assert sentence(told.value).count("。") >= 1
    assert written(incident_id) == before
    add_note(desk(), actor("duty"), incident_id, "能写了")
    assert written(incident_id) != before
