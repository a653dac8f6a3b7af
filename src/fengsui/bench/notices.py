"""Telling two thousand people: one activation of four hundred directives, each to a unit of seven.

The transaction of the incident writes the messages, so that nothing can be lost; making a notice for each
person and queueing them for a gateway is the runner's work afterwards. What counts is all of it together.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from fengsui.bench.registry import Samples, Scale, bench, once
from fengsui.bench.storing import _activation, _wide_plan
from fengsui.bench.world import loaded

if TYPE_CHECKING:
    from fengsui.application.desk import Desk
    from fengsui.application.notify import NotifyDesk

DIRECTIVES, MORE = 400, 6
_RUNS = 4


@bench("queue-2000-notices", "s")
def queue_two_thousand_notices(scale: Scale) -> Samples:
    """From the approver's yes to directives stored, notices made and queued for the gateway."""
    loaded(scale)
    from fengsui import bootstrap, bootstrap_notify
    from fengsui.store.models import DeliveryRow, NoticeRow, NotifyChannel

    plan_id, place = _wide_plan(DIRECTIVES, "bench-notices")
    NotifyChannel.objects.create(id="bench-sms", means="sms", name="短信", settings={})
    desk, notify = bootstrap.desk(), bootstrap_notify.notify_desk()
    took, made, queued, count = [], [], [], 0
    for number in range(_RUNS):
        before = DeliveryRow.objects.count()
        known = NoticeRow.objects.count()
        activation, directives = _activation(desk, plan_id, place, 1000 + number)
        if number == 0:
            _more_in_every_unit(desk)
        took.append(activation / 1000)
        made.append(once(lambda: _all(desk, notify), "s"))
        queued.append(once(lambda: _climb(notify), "s"))
        count = NoticeRow.objects.count() - known
        deliveries = DeliveryRow.objects.count() - before
    return Samples(
        [sum(all_of) for all_of in zip(took[1:], made[1:], queued[1:], strict=True)],
        n=directives,
        also=[
            ("queue-2000-notices-activation-s", max(took[1:]), "s"),
            ("queue-2000-notices-made-s", max(made[1:]), "s"),
            ("queue-2000-notices-to-gateway-s", max(queued[1:]), "s"),
            ("queue-2000-notices-people", float(count), "notices"),
            ("queue-2000-notices-deliveries", float(deliveries), "deliveries"),
        ],
    )


def _all(desk: Desk, notify: NotifyDesk) -> None:
    """Messages into notices for people."""
    from fengsui.application.sweep import deliver_outbox

    while deliver_outbox(desk, notify.clock.now(), limit=100):
        pass


def _climb(notify: NotifyDesk) -> None:
    """The first rung after the page: an SMS for everybody who has not answered in two minutes."""
    from fengsui.application.notify import climb_ladders

    while climb_ladders(notify, notify.clock.now() + timedelta(minutes=2, seconds=1)):
        pass


def _more_in_every_unit(desk: Desk) -> None:
    """Liaison posts, each with a person, beside the one that every unit has."""
    from datetime import UTC, datetime

    from fengsui.store import models

    posts, people, holdings = [], [], []
    for unit in desk.directory.directory().units:
        # The rescue teams of the bench get no orders here.
        for number in range(0 if unit.id.startswith("bench-team") else MORE):
            key = f"bench-{unit.id}-{number}"
            posts.append(
                models.Post(
                    id=key,
                    title="联络员",
                    unit_id=unit.id,
                    jurisdiction_id=unit.jurisdiction,
                    roles=["liaison"],
                )
            )
            people.append(models.Person(id=key))
            holdings.append(
                models.Holding(person_id=key, post_id=key, starts=datetime(2026, 1, 1, tzinfo=UTC))
            )
    models.Post.objects.bulk_create(posts)
    models.Person.objects.bulk_create(people)
    models.Holding.objects.bulk_create(holdings)
