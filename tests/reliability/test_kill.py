"""kill -9 of server and runner at random moments: nothing lost, nothing doubled, on both databases."""

from __future__ import annotations

import random
import time
from collections import Counter
from dataclasses import replace

import pytest
from situation import approve, desk, furnish, later, load_checked, proposed, written

import processes
from fengsui.core.response.events import DeadlinePassed
from fengsui.runner import tick

pytestmark = pytest.mark.long
ROUNDS = 200


def run_runner(hours: float) -> None:
    """A runner at a later hour: leases of killed ones have ended by then."""
    here = desk(later(hours))
    while tick(here):
        pass


def whole(engine: str) -> tuple[object, object, float]:
    """What stands before and after an activation nobody disturbs, and how long it takes in a new process."""
    incident_id = proposed()
    before = written(incident_id)
    started = time.perf_counter()
    assert processes.wait(processes.spawn(lambda: approve(incident_id, None))) == [0]
    return before, written(incident_id), time.perf_counter() - started


def test_an_activation_killed_at_random_moments_is_there_wholly_or_not_at_all(engine: str) -> None:
    furnish()
    chance = random.Random(20260301)
    before, after, reach = whole(engine)
    seen: Counter[str] = Counter()
    incidents = []
    for number in range(ROUNDS):
        hours, command = float(number), f"approve-{number}"
        incident_id = proposed(later(hours))
        incidents.append(incident_id)
        runner = processes.spawn(lambda at=hours: run_runner(at))
        server = processes.spawn(lambda key=incident_id, at=hours, c=command: approve(key, c, later(at)))
        first, second = sorted((chance.uniform(0, reach), chance.uniform(0, reach)))
        processes.kill(server, first)
        processes.kill(runner, second - first)
        found = written(incident_id)
        done = replace(after, commands=frozenset({command}))
        assert found in (before, done), f"round {number}: half an activation"
        seen["done" if found == done else "undone"] += 1
        # The busier the machine the later the commit: reach out until half of the kills come after it.
        reach *= 0.93 if found == done else 1.07
        for _ in range(2 if number % 5 == 0 else 1):
            approve(incident_id, command, later(hours))
        assert written(incident_id) == done, f"round {number}: not once after the retry"
    run_runner(ROUNDS + 24.0)
    check_all_delivered(incidents)
    print(f"killed before the commit {seen['undone']}, after it {seen['done']}")


def check_all_delivered(incidents: list[str]) -> None:
    """Every message arrived once, every deadline passed once, no timer or lease is left behind."""
    from fengsui.store import models

    assert not models.OutboxRow.objects.filter(sent_at__isnull=True).exists()
    sent = sorted(models.OutboxRow.objects.values_list("message_id", flat=True))
    assert sorted(models.InboxRow.objects.values_list("message_id", flat=True)) == sent
    assert not models.TimerRow.objects.filter(due_at__lte=later(ROUNDS)).exists()
    for incident_id in incidents:
        passed = [
            item.event.deadline_id
            for item in load_checked(incident_id)
            if isinstance(item.event, DeadlinePassed)
        ]
        assert len(passed) == len(set(passed))
        assert passed


def test_an_activation_killed_before_any_of_its_statements_leaves_nothing(engine: str) -> None:
    from django.db import connection

    furnish()
    before, after, _ = whole(engine)
    statement, died = 0, True
    while died:
        incident_id = proposed()

        def work(key: str = incident_id, last: int = statement) -> None:
            counted = 0

            def die(execute, sql, params, many, context):
                nonlocal counted
                if counted == last:
                    processes.kill_self()
                counted += 1
                return execute(sql, params, many, context)

            with connection.execute_wrapper(die):
                approve(key, "c" + key)

        died = processes.wait(processes.spawn(work)) != [0]
        found = written(incident_id)
        expected = before if died else replace(after, commands=frozenset({"c" + incident_id}))
        assert found == expected, f"killed before statement {statement}"
        statement += 1
    assert statement > 10
