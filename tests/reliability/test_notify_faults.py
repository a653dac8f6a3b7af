"""Gateways in trouble, with the runner's own threads and a real database: nothing waits for a slow one,
nothing is sent twice by a restart, and an exercise has no way out."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import pytest

import processes
from fengsui import bootstrap_notify
from fengsui.application.notify import NotifyDesk, climb_ladders
from fengsui.application.notify_fields import FIELDS
from fengsui.application.notify_ports import NewNotice
from fengsui.core.errors import Permanent
from fengsui.core.notify.ladder import Means
from fengsui.notify_workers import ChannelWorkers
from sinks import Sink, closed_port, http_sink

PATIENCE = 90.0


def furnish(people: int) -> None:
    """People with telephones, each in a post of one unit."""
    from fengsui.store import models

    models.Jurisdiction.objects.create(code="990100", name="云州")
    models.Unit.objects.create(id="fire", name="消防", jurisdiction_id="990100")
    ids = [f"p{number}" for number in range(people)]
    models.Person.objects.bulk_create([models.Person(id=pk) for pk in ids])
    models.PersonDetail.objects.bulk_create(
        [models.PersonDetail(person_id=pk, name="某", phone=f"0000-{pk[1:]}") for pk in ids]
    )


def channel(name: str, means: Means, url: str, **more: object) -> None:
    from fengsui.store import models

    settings = {field.name: field.default for field in FIELDS[means] if not field.secret}
    models.NotifyChannel.objects.create(
        id=name, means=means.value, name=name, settings={**settings, "url": url, "seconds": "2"}, **more
    )


def queue(desk: NotifyDesk, people: int, *channels: tuple[Means, str]) -> None:
    """One notice for each person, queued for these gateways at once."""
    now = desk.clock.now()
    desk.notices.announce(
        tuple(
            NewNotice(
                message_id=f"i/1/p{number}",
                event="i/1",
                incident_id="",
                kind="directive",
                to_kind="post",
                to=f"post{number}",
                post_id=f"post{number}",
                person_id=f"p{number}",
                subject="指令",
                body="到场",
                ref="",
                exercise=False,
                created_at=now,
                next_at=None,
            )
            for number in range(people)
        ),
        channels,
    )


@contextmanager
def working(desk: NotifyDesk) -> Iterator[ChannelWorkers]:
    stop = threading.Event()
    workers = ChannelWorkers(desk, stop)
    workers.keep()
    try:
        yield workers
    finally:
        stop.set()
        workers.join(PATIENCE)


def until(said: Callable[[], bool], what: str) -> float:
    started = time.monotonic()
    while not said():
        assert time.monotonic() - started < PATIENCE, what
        time.sleep(0.05)
    return time.monotonic() - started


def states(name: str) -> Counter[str]:
    from fengsui.store import models

    return Counter(models.DeliveryRow.objects.filter(channel=name).values_list("state", flat=True))


def phones(sink: Sink) -> Counter[str]:
    return Counter(got.data["mobile"] for got in sink.taken)


def hurried(workers: ChannelWorkers) -> None:
    """What a real night would wait for is brought forward: the pause of the gateway, the next try."""
    from fengsui.store import models

    models.NotifyChannel.objects.update(paused_until=None)
    models.DeliveryRow.objects.filter(state="queued").update(again_at=None)
    workers.keep()


def test_a_slow_gateway_does_not_hold_the_others(engine: str) -> None:
    furnish(20)
    with http_sink("slow1.5") as slow, http_sink() as quick:
        channel("slow", Means.SMS, slow.url)
        channel("quick", Means.VOICE, quick.url)
        desk = bootstrap_notify.notify_desk()
        queue(desk, 20, (Means.SMS, "slow"), (Means.VOICE, "quick"))
        with working(desk):
            took = until(lambda: states("quick")["sent"] == 20, "the quick one waits")
            left = states("slow")["queued"]
    print(f"20 by the quick gateway in {took:.2f} s while the slow one had {left} of 20 before it")
    assert took < 10
    assert left > 5


def test_each_arrives_whatever_the_gateway_does_and_every_possible_double_is_marked(engine: str) -> None:
    furnish(30)
    with http_sink("ok", "500", "ok", "half", "401", "ok", "lose", "drop", "ok") as sink:
        channel("sms", Means.SMS, sink.url, parallel=1)
        desk = bootstrap_notify.notify_desk()
        queue(desk, 30, (Means.SMS, "sms"))
        with working(desk) as workers:

            def done() -> bool:
                hurried(workers)
                time.sleep(0.25)
                return states("sms")["sent"] == 30

            until(done, "not all were sent")
    counted = phones(sink)
    assert len(counted) == 30
    doubled = {phone for phone, times in counted.items() if times > 1}
    assert len(doubled) == 2, "the answers of two that were taken were lost"
    repeats = {got.data["mobile"] for got in sink.taken if "可能重复" in got.data["content"]}
    assert doubled <= repeats
    assert len(repeats) == 3, "and one was lost on its way, which nobody can know"


def test_a_runner_killed_in_the_middle_sends_nothing_twice_unmarked(engine: str) -> None:
    from fengsui.store import models

    furnish(60)
    with http_sink("slow0.02") as sink:
        channel("sms", Means.SMS, sink.url, parallel=4)
        queue(bootstrap_notify.notify_desk(), 60, (Means.SMS, "sms"))

        def run() -> None:
            with working(bootstrap_notify.notify_desk()):
                time.sleep(30)

        kills = 0
        while states("sms")["sent"] + states("sms")["sending"] < 60 and kills < 12:
            processes.kill(processes.spawn(run), 0.35)
            kills += 1
            models.DeliveryRow.objects.filter(state="sending").update(leased_until=datetime.now(UTC))
        with working(bootstrap_notify.notify_desk()):
            until(lambda: states("sms")["sent"] == 60, "not all were sent")
    assert kills > 1
    by_phone: dict[str, list[bool]] = {}
    for got in sink.taken:
        by_phone.setdefault(got.data["mobile"], []).append("可能重复" in got.data["content"])
    assert len(by_phone) == 60
    assert all(marks.count(False) <= 1 for marks in by_phone.values())
    twice = sum(len(marks) > 1 for marks in by_phone.values())
    print(f"killed {kills} times: {twice} of 60 went out twice, each repeat marked")


def test_a_dead_gateway_shows_at_once_holds_nothing_up_and_catches_up_when_it_is_back(engine: str) -> None:
    from fengsui.store import models

    furnish(5)
    port = closed_port()
    channel("sms", Means.SMS, f"http://127.0.0.1:{port}/send")
    desk = bootstrap_notify.notify_desk()
    queue(desk, 5, (Means.SMS, "sms"))
    with working(desk) as workers:
        shown = until(
            lambda: models.NotifyChannel.objects.get(pk="sms").failing_since is not None, "it is not shown"
        )
        assert shown < 5
        assert states("sms")["sent"] == 0
        with http_sink() as sink:
            models.NotifyChannel.objects.filter(pk="sms").update(
                settings={**models.NotifyChannel.objects.get(pk="sms").settings, "url": sink.url}, version=2
            )

            def done() -> bool:
                hurried(workers)
                time.sleep(0.25)
                return states("sms")["sent"] == 5

            until(done, "it did not catch up")
            assert all("可能重复" not in got.data["content"] for got in sink.taken)
    assert models.NotifyChannel.objects.get(pk="sms").failing_since is None


def test_an_exercise_has_no_way_out_whatever_its_tables_say(
    engine: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FENGSUI_EXERCISE", "1")
    furnish(3)
    with http_sink() as sink:
        channel("sms", Means.SMS, sink.url)
        desk = bootstrap_notify.notify_desk()
        assert desk.gateways() == ()
        assert len(desk.channels.channels()) == 1
        with pytest.raises(Permanent, match="exercise_stays_inside"):
            bootstrap_notify.open_gateway(desk.channels.channels()[0])
        queue(desk, 3, (Means.SMS, "sms"))
        with working(desk) as workers:
            climb_ladders(desk, desk.clock.now())
            time.sleep(0.5)
            assert workers._threads == {}
    assert sink.got == []
