"""Changes that need two administrators, and the registers that one may keep; on both databases."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from contract_stores import START
from fengsui.adapters.memory import CountingIds, FixedClock
from fengsui.application import people as use
from fengsui.application.desk import Actor
from fengsui.application.people_ports import ChangeKind, PeopleDesk, RequestState
from fengsui.core.directory import Directory, Jurisdiction, Post, Role, Unit
from fengsui.core.errors import Conflict, InputError, Refusal
from fengsui.store import models, people
from fengsui.store.people_admin import DjangoPeople
from fengsui.store.records import DjangoTransactions
from fengsui.store.selectors import people_admin as read

AREA = "990100"
DIRECTORY = Directory(
    jurisdictions=(Jurisdiction(code=AREA, name="云州"), Jurisdiction(code="990121", name="东河县")),
    units=(Unit(id="u", name="局", jurisdiction=AREA),),
    posts=(
        Post(id="admin", title="管理员", unit="u", jurisdiction=AREA, roles=frozenset({Role.ADMINISTRATOR})),
        Post(id="review", title="复核员", unit="u", jurisdiction=AREA, roles=frozenset({Role.ADMINISTRATOR})),
        Post(id="duty", title="值班员", unit="u", jurisdiction=AREA, roles=frozenset({Role.DUTY_OFFICER})),
    ),
)
PEOPLE = (("p1", "admin"), ("p2", "review"), ("p3", "duty"))


def by(post_id: str, person_id: str) -> Actor:
    found = DIRECTORY.post(post_id)
    assert found is not None
    return replace(Actor.of(found), person_id=person_id)


ONE, OTHER, OFFICER = by("admin", "p1"), by("review", "p2"), by("duty", "p3")


@pytest.fixture
def desk(engine: str) -> PeopleDesk:
    people.save_directory(DIRECTORY, "test")
    holders = [people.Holder(person_id=p, post_id=post, name=f"名{p}", phone="0000") for p, post in PEOPLE]
    people.save_holders(holders, START - timedelta(days=9), "test")
    return PeopleDesk(
        people=DjangoPeople(),
        directory=people.DjangoDirectory(),
        clock=FixedClock(START),
        ids=CountingIds("r"),
        transactions=DjangoTransactions(),
    )


def ask_roles(desk: PeopleDesk, actor: Actor = ONE, post: str = "duty", *roles: str):
    after = {"roles": list(roles) or ["duty_officer", "liaison"]}
    return use.ask(desk, actor, ChangeKind.ROLES, post, after, "工作需要")


def roles_of(post: str) -> list[str]:
    return sorted(models.Post.objects.get(pk=post).roles)


def test_roles_change_only_when_another_administrator_approves(desk: PeopleDesk) -> None:
    request = ask_roles(desk)
    assert roles_of("duty") == ["duty_officer"]
    with pytest.raises(Refusal) as own:
        use.approve(desk, ONE, request.request_id)
    assert own.value.code == "change_own"
    with pytest.raises(Refusal):
        use.approve(desk, OFFICER, request.request_id)
    done = use.approve(desk, OTHER, request.request_id)
    assert done.state is RequestState.APPROVED
    assert roles_of("duty") == ["duty_officer", "liaison"]
    row = models.AuditRow.objects.filter(register="roles").latest("id")
    change = json.loads(row.change)
    assert (row.by, change["asked_by"], change["asked_by_person"]) == ("review", "admin", "p1")
    assert change["before"] == {"roles": ["duty_officer"]}
    assert change["after"] == {"roles": ["duty_officer", "liaison"]}
    with pytest.raises(Conflict):
        use.approve(desk, OTHER, request.request_id)


def test_the_same_person_in_another_post_is_still_the_same_person(desk: PeopleDesk) -> None:
    request = ask_roles(desk)
    with pytest.raises(Refusal):
        use.approve(desk, by("review", "p1"), request.request_id)


def test_nobody_approves_what_gives_power_to_themselves(desk: PeopleDesk) -> None:
    roles = ask_roles(desk, ONE, "review", "administrator", "commander")
    with pytest.raises(Refusal) as caught:
        use.approve(desk, OTHER, roles.request_id)
    assert caught.value.code == "change_to_oneself"
    holding = use.ask(desk, ONE, ChangeKind.HOLDING, "duty", {"people": ["p2", "p3"]}, "兼任")
    with pytest.raises(Refusal):
        use.approve(desk, OTHER, holding.request_id)


def test_who_holds_a_post_changes_with_the_old_holding_kept(desk: PeopleDesk) -> None:
    use.save_person(desk, ONE, "p4", "新人", "0000")
    request = use.ask(desk, ONE, ChangeKind.HOLDING, "duty", {"people": ["p4"]}, "轮岗")
    use.approve(desk, OTHER, request.request_id)
    rows = models.Holding.objects.filter(post_id="duty").order_by("starts")
    assert [(row.person_id, row.ends) for row in rows] == [("p3", START), ("p4", None)]
    assert "新人" not in "".join(models.AuditRow.objects.values_list("change", flat=True))


def test_a_channel_is_changed_by_two_and_counts_a_new_version(desk: PeopleDesk) -> None:
    models.NotifyChannel.objects.create(id="sms", means="sms", name="短信", settings={"url": "a"})
    after = {"name": "短信网关", "enabled": False, "settings": {"url": "b"}}
    request = use.ask(desk, ONE, ChangeKind.CHANNEL, "sms", after, "换网关")
    with pytest.raises(Refusal):
        use.approve(desk, ONE, request.request_id)
    use.approve(desk, OTHER, request.request_id)
    row = models.NotifyChannel.objects.get(pk="sms")
    assert (row.name, row.enabled, row.settings, row.version) == ("短信网关", False, {"url": "b"}, 2)


def test_what_was_overtaken_is_asked_anew_and_what_is_the_same_is_no_change(desk: PeopleDesk) -> None:
    with pytest.raises(InputError):
        ask_roles(desk, ONE, "duty", "duty_officer")
    with pytest.raises(InputError):
        ask_roles(desk, ONE, "none")
    with pytest.raises(InputError):
        ask_roles(desk, ONE, "duty", "king")
    request = ask_roles(desk)
    with pytest.raises(Conflict):
        ask_roles(desk, OTHER)
    models.Post.objects.filter(pk="duty").update(roles=["auditor"])
    with pytest.raises(Conflict):
        use.approve(desk, OTHER, request.request_id)
    assert roles_of("duty") == ["auditor"]


def test_a_request_is_refused_with_a_reason_or_taken_back(desk: PeopleDesk) -> None:
    request = ask_roles(desk)
    with pytest.raises(InputError):
        use.refuse(desk, OTHER, request.request_id, "")
    assert use.refuse(desk, OTHER, request.request_id, "不需要").state is RequestState.REFUSED
    request = ask_roles(desk)
    assert use.refuse(desk, ONE, request.request_id, "").state is RequestState.WITHDRAWN
    assert roles_of("duty") == ["duty_officer"]


def test_on_the_server_itself_a_lone_administrator_finds_a_second_person(desk: PeopleDesk) -> None:
    request = ask_roles(desk)
    done = use.approve_on_the_machine(desk, request.request_id, "root")
    assert done.decided_by == "machine:root"
    assert roles_of("duty") == ["duty_officer", "liaison"]


def test_a_new_post_can_do_nothing_and_a_post_with_roles_stays_in_its_area(desk: PeopleDesk) -> None:
    use.save_unit(desk, ONE, "new-unit", "新单位", AREA)
    use.save_post(desk, ONE, "new-post", "新岗位", "new-unit", AREA, ["主任"])
    assert roles_of("new-post") == []
    with pytest.raises(InputError):
        use.save_post(desk, ONE, "duty", "值班员", "u", "990121")
    with pytest.raises(InputError):
        use.save_post(desk, ONE, "No Good", "x", "u", AREA)
    with pytest.raises(InputError):
        use.save_post(desk, ONE, "x-post", "x", "none", AREA)
    with pytest.raises(Refusal):
        use.save_unit(desk, OFFICER, "x-unit", "x", AREA)


def test_accounts_are_made_closed_and_given_passwords_but_not_those_of_administrators(
    desk: PeopleDesk,
) -> None:
    use.make_account(desk, ONE, "officer", "p3", "long enough 1")
    use.make_account(desk, ONE, "boss", "p2", "long enough 2")
    with pytest.raises(Conflict):
        use.make_account(desk, ONE, "officer", "p1", "long enough 3")
    with pytest.raises(InputError):
        use.set_password(desk, ONE, "officer", "short")
    use.set_password(desk, ONE, "officer", "another long one")
    assert models.Account.objects.get(username="officer").check_password("another long one")
    with pytest.raises(Refusal):
        use.set_password(desk, ONE, "boss", "another long one")
    use.set_active(desk, ONE, "officer", False)
    assert not models.Account.objects.get(username="officer").is_active
    with pytest.raises(Refusal):
        use.set_active(desk, OTHER, "boss", False)
    audit = "".join(models.AuditRow.objects.values_list("change", flat=True))
    assert "another long one" not in audit


def test_the_lists_of_administration_find_posts_and_people(desk: PeopleDesk) -> None:
    found, total = read.posts_listed("值班")
    assert total == 1
    assert found[0].holders == (("p3", "名p3"),)
    assert read.posts_listed("名p1")[0][0].post_id == "admin"
    people_found, total = read.people_listed("名p2")
    assert (people_found[0].person_id, total) == ("p2", 1)
    assert read.person_line("none") is None


def test_a_gateway_asked_for_with_a_secret_may_be_approved_here_too_and_shows_none(desk: PeopleDesk) -> None:
    from fengsui.application.desk import Actor
    from fengsui.application.notify_change import ChannelDraft, Person, ask_channel
    from fengsui.core.directory import Jurisdiction, Role
    from fengsui.core.notify.ladder import Means
    from fengsui.store.notify_admin import DjangoSetup
    from fengsui.store.notify_setup import DjangoChannels

    area = Jurisdiction(code="990100", name="云州")
    admin = Actor(post_id="other-admin", roles=frozenset({Role.ADMINISTRATOR}), jurisdiction=area)
    given = {"url": "https://x.invalid", "key": "hidden-word", "seconds": "8"}
    draft = ChannelDraft(channel="", means=Means.WECOM, name="群", enabled=True, parallel=1, given=given)
    key = ask_channel(
        DjangoSetup(), Person(actor=admin, person_id="somebody"), draft, "新群", desk.clock.now()
    )
    (listed,) = desk.people.listed(list(RequestState))
    assert "sealed" not in listed.after
    use.approve(desk, OTHER, key)
    (channel,) = DjangoChannels().channels()
    assert (channel.name, channel.secrets) == ("群", {"key": "hidden-word"})
    row = models.ChangeRequest.objects.get(pk=key)
    assert (row.state, "sealed" in row.after) == ("approved", False)
    assert "hidden-word" not in row.after + "".join(models.AuditRow.objects.values_list("change", flat=True))
