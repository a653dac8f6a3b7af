"""Personal data is sealed and erased after its time, and no log is broken by it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from fengsui.adapters.memory import FixedClock
from fengsui.application import calls as use
from fengsui.application.calls import Received
from fengsui.application.desk import Actor, Desk
from fengsui.application.incidents import close_incident, open_incident
from fengsui.application.privacy import ERASE, SEAL, Periods, sweep
from fengsui.application.watch_ports import CallDesk, Dismissal, Means
from fengsui.core.directory import Jurisdiction, Role
from fengsui.core.response import chain
from fengsui.core.response.decisions.record import Call
from fengsui.store import models, people
from fengsui.store.calls import DjangoCalls
from fengsui.store.privacy import GONE, DjangoKeeping

DAY = timedelta(days=1)
PERIODS = Periods(seal_after=30 * DAY, erase_after=365 * DAY)
OFFICER = Actor(
    post_id="duty",
    roles=frozenset({Role.DUTY_OFFICER, Role.OFFICE_DIRECTOR}),
    jurisdiction=Jurisdiction(code="990100", name="云州"),
    person_id="p1",
)
CALL = Call(what="仓库起火", place="北沙镇", place_code="990121101")
CALLER = {"caller": "甲某", "phone": "0000-12345"}


@pytest.fixture
def desk(engine: str) -> CallDesk:
    from fengsui import bootstrap

    made = bootstrap.desk(FixedClock(datetime.now(UTC)))
    return CallDesk(desk=made, calls=DjangoCalls())


def log_of(desk: Desk, incident_id: str) -> str:
    return chain.render(chain.export(desk.incidents.load(incident_id)))


def read(desk: Desk, ref: str) -> dict[str, object]:
    return desk.personal.read(ref, by="duty", why="复核")


def closed(desk: CallDesk) -> tuple[str, str]:
    done = open_incident(desk.desk, OFFICER, CALL, caller=CALLER)
    close_incident(desk.desk, OFFICER, done.incident_id, "扑灭")
    ref = done.incident.opened.caller_ref
    assert ref is not None
    return done.incident_id, ref


def test_a_caller_is_sealed_then_erased_and_the_log_verifies_byte_for_byte(desk: CallDesk) -> None:
    incident_id, ref = closed(desk)
    running = open_incident(desk.desk, OFFICER, CALL, caller=CALLER)
    before = log_of(desk.desk, incident_id)
    now = datetime.now(UTC)
    assert sweep(DjangoKeeping(), PERIODS, now + 10 * DAY).total == 0
    assert read(desk.desk, ref) == CALLER
    assert sweep(DjangoKeeping(), PERIODS, now + 40 * DAY).records == 1
    assert read(desk.desk, ref) == {}
    assert models.PersonalRecord.objects.get(pk=ref).data
    assert sweep(DjangoKeeping(), PERIODS, now + 400 * DAY).records == 1
    row = models.PersonalRecord.objects.get(pk=ref)
    assert row.data == ""
    assert row.erased_at is not None
    assert log_of(desk.desk, incident_id) == before
    assert chain.verify_text(before) == ()
    assert "甲某" not in before
    # The matter that runs keeps its caller, however long it runs.
    kept = running.incident.opened.caller_ref
    assert kept is not None
    assert read(desk.desk, kept) == CALLER
    assert models.AuditRow.objects.filter(register="personal", key=ref).count() == 2
    assert sweep(DjangoKeeping(), PERIODS, now + 500 * DAY).total == 0


def test_each_reading_is_kept_also_of_what_is_gone(desk: CallDesk) -> None:
    _, ref = closed(desk)
    read(desk.desk, ref)
    assert DjangoKeeping().end_one(SEAL, ref, datetime.now(UTC), "x")
    read(desk.desk, ref)
    read(desk.desk, "none")
    assert list(models.PersonalRead.objects.order_by("id").values_list("found", flat=True)) == [
        True,
        False,
        False,
    ]
    assert DjangoKeeping().end_one(ERASE, ref, datetime.now(UTC), "x")
    assert not DjangoKeeping().end_one(ERASE, ref, datetime.now(UTC), "x")


def test_a_call_closed_without_incident_ends_with_it_and_numbers_leave_its_words(desk: CallDesk) -> None:
    now = datetime.now(UTC)
    given = Received(means=Means.SMS, text="我是某某 0000-1234567 仓库起火", place_code="990121101")
    call = use.take_call(desk, OFFICER, given, caller=CALLER)
    waiting = use.take_call(desk, OFFICER, given, caller=CALLER)
    use.dismiss_call(desk, OFFICER, call.call_id, Dismissal.FALSE_ALARM, "误报")
    assert DjangoKeeping().end(ERASE, now + 9 * DAY, now, "x", dry=True).records == 1
    assert DjangoKeeping().end(ERASE, now + 9 * DAY, now, "x").records == 1
    assert GONE in models.CallRow.objects.get(pk=call.call_id).text
    assert "1234567" not in models.CallRow.objects.get(pk=call.call_id).text
    assert "1234567" in models.CallRow.objects.get(pk=waiting.call_id).text


def test_who_left_all_posts_is_sealed_and_who_stays_is_not(engine: str) -> None:
    from fengsui.core import directory as core

    area = core.Jurisdiction(code="990100", name="云州")
    unit = core.Unit(id="u", name="局", jurisdiction="990100")
    post = core.Post(id="a", title="岗", unit="u", jurisdiction="990100", roles=frozenset())
    people.save_directory(core.Directory(jurisdictions=(area,), units=(unit,), posts=(post,)), "x")
    now = datetime.now(UTC)
    for person in ("stays", "left"):
        holder = people.Holder(person_id=person, post_id="a", name=person, phone="0")
        people.save_holders([holder], now - 900 * DAY, "x")
    people.save_accounts(["left"], "!", "x")
    models.Holding.objects.filter(person_id="left").update(ends=now - 60 * DAY)
    assert sweep(DjangoKeeping(), PERIODS, now).people == 1
    assert models.PersonDetail.objects.get(pk="left").sealed_at is not None
    assert models.PersonDetail.objects.get(pk="stays").sealed_at is None
    assert not models.Account.objects.get(username="left").is_active
    assert sweep(DjangoKeeping(), PERIODS, now + 400 * DAY).people == 1
    assert models.PersonDetail.objects.get(pk="left").name == ""
