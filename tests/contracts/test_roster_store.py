"""What every roster promises."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from contract_stores import START
from fengsui.adapters.memory import MemoryStore
from fengsui.adapters.memory_roster import MemoryRoster
from fengsui.application.roster_ports import (
    ChangeKind,
    ChangeState,
    Leave,
    Member,
    Part,
    RosterChange,
    RosterStore,
    Shift,
)
from fengsui.core.directory import Directory, Jurisdiction, Post, Role, Unit
from fengsui.core.errors import Conflict

AREA = "990100"
DIRECTORY = Directory(
    jurisdictions=(Jurisdiction(code=AREA, name="云州"), Jurisdiction(code="990121", name="东河县")),
    units=(Unit(id="u", name="局", jurisdiction=AREA), Unit(id="v", name="县局", jurisdiction="990121")),
    posts=(
        Post(id="a", title="甲岗", unit="u", jurisdiction=AREA, roles=frozenset({Role.DUTY_OFFICER})),
        Post(id="b", title="乙岗", unit="u", jurisdiction=AREA, roles=frozenset({Role.DUTY_OFFICER})),
        Post(id="c", title="县岗", unit="v", jurisdiction="990121", roles=frozenset()),
    ),
)
PEOPLE = (("p1", "a", "甲某"), ("p2", "b", "乙某"), ("p3", "c", "丙某"))
DAY = timedelta(days=1)


@pytest.fixture(params=["memory", "sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def roster(request: pytest.FixtureRequest) -> Iterator[RosterStore]:
    if request.param == "memory":
        units = {post.id: post.unit for post in DIRECTORY.posts}
        members = [
            Member(person_id=person, name=name, post_id=post, unit_id=units[post])
            for person, post, name in PEOPLE
        ]
        yield MemoryRoster(MemoryStore(), DIRECTORY, members)
        return
    request.getfixturevalue("database_" + request.param)
    from fengsui.store import people
    from fengsui.store.roster import DjangoRoster

    people.save_directory(DIRECTORY, "test")
    holders = [people.Holder(person_id=i, post_id=post, name=name, phone="") for i, post, name in PEOPLE]
    people.save_holders(holders, START - DAY, "test")
    yield DjangoRoster()


def shift(post: str, person: str, hours: int = 0, **more: object) -> Shift:
    starts = START + timedelta(hours=hours)
    return Shift(post_id=post, person_id=person, starts=starts, ends=starts + timedelta(hours=12), **more)


def all_of(roster: RosterStore) -> tuple[Shift, ...]:
    return roster.shifts(AREA, START - DAY, START + 9 * DAY)


def test_members_are_those_who_hold_posts_of_the_area(roster: RosterStore) -> None:
    assert {(item.person_id, item.name, item.unit_id) for item in roster.members(AREA, START)} == {
        ("p1", "甲某", "u"),
        ("p2", "乙某", "u"),
    }


def test_shifts_come_back_by_time_and_area(roster: RosterStore) -> None:
    roster.put(
        [
            shift("a", "p1", 12),
            shift("b", "p2", part=Part.DEPUTY, note="记"),
            shift("a", "p1"),
            shift("c", "p3"),
        ],
        "x",
        {},
    )
    found = all_of(roster)
    assert [(item.post_id, item.part) for item in found] == [
        ("a", Part.MAIN),
        ("b", Part.DEPUTY),
        ("a", Part.MAIN),
    ]
    assert found[1].note == "记"
    assert roster.shift(found[0].shift_id) == (found[0], AREA)
    assert roster.shift("none") is None
    assert len(roster.shifts(AREA, START + timedelta(hours=12), START + DAY)) == 1


def test_two_people_of_one_post_exchange_their_parts_at_once(roster: RosterStore) -> None:
    roster.put([shift("a", "p1"), shift("a", "p2", part=Part.DEPUTY)], "x", {})
    one, other = all_of(roster)
    roster.put([replace(one, person_id="p2"), replace(other, person_id="p1", instead_of="p2")], "x", {})
    assert [item.person_id for item in all_of(roster)] == ["p2", "p1"]
    assert all_of(roster)[1].instead_of == "p2"
    roster.remove(one.shift_id, "x", {"reason": "r"})
    assert len(all_of(roster)) == 1


def test_leave_and_changes_are_kept(roster: RosterStore) -> None:
    leave = Leave(person_id="p1", starts=START, ends=START + DAY, reason="病")
    roster.add_leave(leave, "x")
    roster.add_leave(replace(leave, person_id="p3"), "x")
    assert roster.leaves(AREA, START, START + DAY) == (leave,)
    assert roster.leaves(AREA, START + DAY, START + 2 * DAY) == ()
    roster.put([shift("a", "p1")], "x", {})
    change = RosterChange(
        change_id="c1",
        kind=ChangeKind.SUBSTITUTE,
        area=AREA,
        person_id="p2",
        shift_id=all_of(roster)[0].shift_id,
        asked_by="a",
        asked_by_person="p1",
        asked_at=START,
    )
    roster.save_change(change)
    assert roster.changes(AREA, [ChangeState.ASKED]) == (change,)
    decided = replace(change, state=ChangeState.APPROVED, decided_by="b", decided_at=START)
    roster.save_change(decided)
    assert roster.change("c1") == decided
    assert roster.change("none") is None
    with pytest.raises(Conflict):
        roster.save_change(decided)
