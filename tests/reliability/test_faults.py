"""Two people at once, a full disk, many writers: each gets a clear answer and the record stays whole."""

from __future__ import annotations

from collections import Counter

import pytest
from django.db import OperationalError, connection
from situation import approve, desk, furnish, load_checked, proposed, written

import processes
from fengsui.application.incidents import add_note
from fengsui.application.proposals import Answer, answer_proposal
from fengsui.core.errors import Conflict, FengsuiError, Refusal, Retryable
from fengsui.core.response.events import NoteAdded, ProposalApproved, ProposalRefused
from response_builders import actor

CONFLICT, REFUSED = 7, 8


def exits_with_its_error(work) -> None:
    """Run ``work``; end the process with a status that tells which error it met."""
    import os

    try:
        work()
    except Conflict:
        os._exit(CONFLICT)
    except Refusal:
        os._exit(REFUSED)


def test_of_two_who_decide_at_once_one_decides_and_the_other_is_told(engine: str) -> None:
    furnish()
    for _ in range(8):
        incident_id = proposed()

        def says(by: str, answer: Answer, key: str = incident_id) -> None:
            answer_proposal(desk(), actor(by), key, "p1", answer, "已核实")

        first = processes.spawn(lambda: exits_with_its_error(lambda: says("mayor", Answer.APPROVE)))
        second = processes.spawn(lambda: exits_with_its_error(lambda: says("vice-mayor", Answer.REFUSE)))
        assert sorted(processes.wait(first, second)) in ([0, CONFLICT], [0, REFUSED])
        decided = [
            item
            for item in load_checked(incident_id)
            if isinstance(item.event, ProposalApproved | ProposalRefused)
        ]
        assert len(decided) == 1


def test_the_same_command_sent_twice_at_once_is_done_once_and_both_are_told_so(engine: str) -> None:
    furnish()
    for number in range(8):
        incident_id = proposed()
        pids = [processes.spawn(lambda key=incident_id, c=f"c{number}": approve(key, c)) for _ in range(2)]
        statuses = processes.wait(*pids)
        assert 0 in statuses
        counted = Counter(type(item.event).__name__ for item in load_checked(incident_id))
        assert counted["ResponseActivated"] == 1


def full_disk(before_statement: int):
    """A wrapper that lets so many statements pass and then fails as a full disk does."""
    passed = 0

    def run(execute, sql, params, many, context):
        nonlocal passed
        if passed == before_statement:
            raise OperationalError("database or disk is full")
        passed += 1
        return execute(sql, params, many, context)

    return run


def test_a_disk_that_is_full_at_any_statement_leaves_nothing_written(engine: str) -> None:
    furnish()
    incident_id = proposed()
    before = written(incident_id)
    codes = []
    while written(incident_id) == before:
        try:
            with connection.execute_wrapper(full_disk(len(codes))):
                approve(incident_id, "c")
        except Retryable as error:
            codes.append(error.code)
            continue
        break
    assert len(codes) > 10
    assert set(codes) == {"store_failed"}
    assert written(incident_id) != before


def test_a_fault_of_ours_inside_the_transaction_leaves_nothing_written(
    engine: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from fengsui.store import incidents

    furnish()
    incident_id = proposed()
    before = written(incident_id)
    monkeypatch.setattr(incidents, "project", lambda row, recorded: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        approve(incident_id, "c")
    monkeypatch.undo()
    assert written(incident_id) == before


def test_many_writers_of_one_incident_lose_nothing(engine: str) -> None:
    furnish()
    incident_id = proposed()
    writers, notes = 4, 15

    def write(name: int) -> None:
        here = desk()
        for number in range(notes):
            while True:
                try:
                    add_note(here, actor("duty"), incident_id, f"{name}-{number}")
                    break
                except Conflict:
                    continue
                except FengsuiError as error:
                    raise AssertionError(error.code) from error

    pids = [processes.spawn(lambda name=name: write(name)) for name in range(writers)]
    assert processes.wait(*pids) == [0] * writers
    texts = [item.event.text for item in load_checked(incident_id) if isinstance(item.event, NoteAdded)]
    assert sorted(texts) == sorted(f"{name}-{number}" for name in range(writers) for number in range(notes))
