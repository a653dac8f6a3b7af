"""A seal is lifted by two people, for a reason, for a time; each reading is kept and no log is touched."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from fengsui.adapters.memory import FixedClock
from fengsui.application import unsealing as use
from fengsui.application.desk import Actor, Desk
from fengsui.application.incidents import close_incident, open_incident
from fengsui.application.privacy import ERASE, SEAL
from fengsui.application.unsealing import Register, UnsealDesk, UnsealState
from fengsui.core.directory import Jurisdiction, Role
from fengsui.core.errors import Conflict, InputError, Refusal
from fengsui.core.response import chain
from fengsui.core.response.decisions.record import Call
from fengsui.store import models
from fengsui.store.privacy import DjangoKeeping
from fengsui.store.selectors.sealed import sealed_listed, unsealings, unsealings_waiting
from fengsui.store.unsealing import DjangoUnsealing

HOUR = timedelta(hours=1)
AREA = Jurisdiction(code="990100", name="云州")
OFFICER = Actor(
    post_id="duty",
    roles=frozenset({Role.DUTY_OFFICER, Role.OFFICE_DIRECTOR}),
    jurisdiction=AREA,
    person_id="p1",
)
DIRECTOR = Actor(post_id="head", roles=frozenset({Role.OFFICE_DIRECTOR}), jurisdiction=AREA, person_id="p2")
CALL = Call(what="仓库起火", place="北沙镇", place_code="990121101")
CALLER = {"caller": "甲某", "phone": "0000-12345"}


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(datetime.now(UTC))


@pytest.fixture
def desk(engine: str, clock: FixedClock) -> Desk:
    from fengsui import bootstrap

    return bootstrap.desk(clock)


@pytest.fixture
def unseal(desk: Desk) -> UnsealDesk:
    return UnsealDesk(store=DjangoUnsealing(), clock=desk.clock, ids=desk.ids, transactions=desk.transactions)


@pytest.fixture
def ref(desk: Desk) -> str:
    """A caller under seal."""
    done = open_incident(desk, OFFICER, CALL, caller=CALLER)
    close_incident(desk, OFFICER, done.incident_id, "扑灭")
    kept = done.incident.opened.caller_ref
    assert kept is not None
    assert DjangoKeeping().end_one(SEAL, kept, datetime.now(UTC), "timer")
    return kept


def ask(unseal: UnsealDesk, ref: str, actor: Actor = OFFICER, hours: int = 4) -> str:
    return use.ask(unseal, actor, Register.RECORD, ref, "核对保险理赔", hours).unseal_id


def test_one_asks_another_allows_and_the_seal_holds_again_when_the_time_is_over(
    unseal: UnsealDesk, desk: Desk, ref: str
) -> None:
    about = models.PersonalRecord.objects.get(pk=ref).about
    incident = about.removeprefix("incident/")
    before = chain.render(chain.export(desk.incidents.load(incident)))
    assert [line.title for line in sealed_listed("990100")] == ["仓库起火"]
    request = ask(unseal, ref)
    assert unsealings_waiting("990100", "p2") == 1
    assert unsealings_waiting("990100", "p1") == 0
    with pytest.raises(Refusal, match="unseal_own"):
        use.allow(unseal, replace(OFFICER, post_id="other"), request)
    assert desk.personal.read(ref, by="duty", why="复核") == {}
    allowed = use.allow(unseal, DIRECTOR, request, "同意")
    assert allowed.until == unseal.clock.now() + 4 * HOUR
    assert use.read(unseal, OFFICER, request) == CALLER
    assert desk.personal.read(ref, by="duty", why="复核") == CALLER
    [audit] = models.AuditRow.objects.filter(register="personal", key=ref, by="head")
    assert "核对保险理赔" in audit.change
    assert models.PersonalRead.objects.filter(ref=ref, why="核对保险理赔", found=True).count() == 1
    late = replace(unseal, clock=FixedClock(unseal.clock.now() + 5 * HOUR))
    with pytest.raises(Conflict, match="unseal_over"):
        use.read(late, OFFICER, request)
    models.PersonalRecord.objects.filter(pk=ref).update(unsealed_until=datetime.now(UTC) - HOUR)
    assert desk.personal.read(ref, by="duty", why="复核") == {}
    assert chain.render(chain.export(desk.incidents.load(incident))) == before


def test_a_seal_can_be_put_back_before_its_time(unseal: UnsealDesk, desk: Desk, ref: str) -> None:
    request = ask(unseal, ref, hours=72)
    use.allow(unseal, DIRECTOR, request)
    use.seal_again(unseal, OFFICER, request)
    with pytest.raises(Conflict, match="unseal_over"):
        use.read(unseal, OFFICER, request)
    with pytest.raises(Conflict, match="unseal_over"):
        use.seal_again(unseal, OFFICER, request)
    assert desk.personal.read(ref, by="duty", why="复核") == {}


def test_what_is_refused_or_taken_back_stays_sealed_and_may_be_asked_again(
    unseal: UnsealDesk, ref: str
) -> None:
    first = ask(unseal, ref)
    with pytest.raises(Conflict, match="unseal_asked_already"):
        ask(unseal, ref, DIRECTOR)
    with pytest.raises(InputError, match="text_missing"):
        use.refuse(unseal, DIRECTOR, first, " ")
    use.refuse(unseal, DIRECTOR, first, "无依据")
    with pytest.raises(Conflict, match="unseal_settled"):
        use.allow(unseal, DIRECTOR, first)
    second = ask(unseal, ref)
    use.refuse(unseal, OFFICER, second, "")
    states = {item.state for item in unsealings("990100")}
    assert states == {UnsealState.REFUSED, UnsealState.WITHDRAWN}


def test_nobody_unseals_what_is_open_erased_elsewhere_or_for_longer_than_allowed(
    unseal: UnsealDesk, desk: Desk, ref: str
) -> None:
    with pytest.raises(InputError, match="sealed_unknown"):
        ask(unseal, "none")
    with pytest.raises(InputError, match="unseal_hours"):
        ask(unseal, ref, hours=9999)
    outside = replace(OFFICER, jurisdiction=Jurisdiction(code="990200", name="别州"))
    with pytest.raises(Refusal, match="outside_jurisdiction"):
        ask(unseal, ref, outside)
    with pytest.raises(Refusal, match="role_may_not"):
        ask(unseal, ref, replace(OFFICER, roles=frozenset({Role.LIAISON})))
    open_yet = desk.personal.keep(CALLER, about=models.PersonalRecord.objects.get(pk=ref).about)
    with pytest.raises(InputError, match="not_sealed"):
        ask(unseal, open_yet)
    of_nothing = desk.personal.keep(CALLER, about="")
    with pytest.raises(Refusal, match="outside_jurisdiction"):
        ask(unseal, of_nothing)
    request = ask(unseal, ref)
    DjangoKeeping().end_one(ERASE, ref, datetime.now(UTC), "timer")
    with pytest.raises(InputError, match="not_sealed"):
        use.allow(unseal, DIRECTOR, request)
    assert sealed_listed("990100") == []


def test_what_is_open_for_a_time_is_not_erased_under_the_reader(unseal: UnsealDesk, ref: str) -> None:
    now = datetime.now(UTC)
    use.allow(unseal, DIRECTOR, ask(unseal, ref))
    later = now + timedelta(days=999)
    assert DjangoKeeping().end(ERASE, later, now, "timer").records == 0
    assert DjangoKeeping().end(ERASE, later, now + 5 * HOUR, "timer").records == 1


def test_somebody_who_left_is_unsealed_the_same_way(unseal: UnsealDesk, engine: str) -> None:
    from fengsui.core import directory as core
    from fengsui.store import people

    unit = core.Unit(id="u", name="局", jurisdiction="990100")
    post = core.Post(id="a", title="老岗位", unit="u", jurisdiction="990100", roles=frozenset())
    people.save_directory(core.Directory(jurisdictions=(AREA,), units=(unit,), posts=(post,)), "x")
    holder = people.Holder(person_id="left", post_id="a", name="乙某", phone="0")
    people.save_holders([holder], datetime.now(UTC), "x")
    models.PersonDetail.objects.update(sealed_at=datetime.now(UTC))
    [line] = sealed_listed("990100")
    assert (line.register, line.ref, line.title) == (Register.PERSON, "left", "老岗位")
    request = use.ask(unseal, OFFICER, Register.PERSON, "left", "核对经过", 4)
    use.allow(unseal, DIRECTOR, request.unseal_id)
    assert use.read(unseal, OFFICER, request.unseal_id)["name"] == "乙某"
    assert models.PersonalRead.objects.filter(ref="left", person="p1").exists()
