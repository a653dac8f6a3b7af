"""The roster: a file is taken in whole or not at all; substitutes, swaps and leave."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta, timezone

import pytest

from fengsui.adapters.memory import CountingIds, FixedClock, MemoryDirectory, MemoryStore
from fengsui.adapters.memory_roster import MemoryRoster
from fengsui.application import roster as use
from fengsui.application.desk import Actor
from fengsui.application.roster_check import RosterRow
from fengsui.application.roster_ports import ChangeState, Member, RosterDesk, Shift
from fengsui.application.wording import word
from fengsui.core.directory import Role
from fengsui.core.errors import Conflict, InputError, Refusal
from response_builders import COUNTY, DIRECTORY, NOW, actor

ZONE = timezone(timedelta(hours=8))
MEMBERS = (
    Member(person_id="p1", name="甲某", post_id="duty", unit_id="yjj"),
    Member(person_id="p2", name="乙某", post_id="chief", unit_id="yjj"),
    Member(person_id="p3", name="丙某", post_id="police", unit_id="gaj"),
    Member(person_id="p4", name="丙某", post_id="health", unit_id="wjw"),
)
TOMORROW = f"{(NOW + timedelta(days=1)).astimezone(ZONE):%Y-%m-%d}"
AFTER = f"{(NOW + timedelta(days=2)).astimezone(ZONE):%Y-%m-%d}"


def desk() -> RosterDesk:
    store = MemoryStore()
    return RosterDesk(
        roster=MemoryRoster(store, DIRECTORY, MEMBERS),
        directory=MemoryDirectory(DIRECTORY),
        clock=FixedClock(NOW),
        ids=CountingIds("change"),
        transactions=store,
    )


def by(post_id: str, person_id: str) -> Actor:
    return replace(actor(post_id), person_id=person_id)


CHIEF, DUTY = by("chief", "p2"), by("duty", "p1")


def row(number: int = 2, **changes: str) -> RosterRow:
    given = {
        "date": TOMORROW,
        "starts": "08:00",
        "ends": "20:00",
        "post": "值班员",
        "name": "甲某",
        "part": "主班",
    }
    return RosterRow(number=number, **{**given, **changes})


def imported(at: RosterDesk, *rows: RosterRow) -> use.Imported:
    return use.import_roster(at, CHIEF, rows, ZONE)


def stored(at: RosterDesk) -> tuple[Shift, ...]:
    return at.roster.shifts(COUNTY, NOW - timedelta(days=9), NOW + timedelta(days=9))


def test_a_file_is_taken_in_and_taking_it_in_again_changes_nothing() -> None:
    at = desk()
    rows = (row(), row(3, starts="20:00", ends="08:00", name="乙某"), row(4, part="带班", name="p3"))
    first = imported(at, *rows)
    assert first.written
    assert first.count("new") == 3
    night = stored(at)[-1]
    assert night.ends - night.starts == timedelta(hours=12)
    again = imported(at, *rows)
    assert again.written
    assert again.count("same") == 3
    assert len(stored(at)) == 3


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"date": "六月初"}, "row_date"),
        ({"date": "2026-13-40"}, "row_date"),
        ({"date": "2020-01-01"}, "row_past"),
        ({"starts": "早八点"}, "row_time"),
        ({"starts": "25:00"}, "row_time"),
        ({"post": "厨师"}, "row_post"),
        ({"name": ""}, "row_no_name"),
        ({"name": "无此人"}, "row_name"),
        ({"name": "丙某"}, "row_name_many"),
        ({"part": "替补"}, "row_part"),
    ],
)
def test_one_wrong_row_keeps_all_rows_out_and_says_what_to_mend(
    changes: dict[str, str], problem: str
) -> None:
    at = desk()
    done = imported(at, row(), row(3, **{"starts": "20:00", "ends": "08:00", "name": "乙某"} | changes))
    assert done.rows[0].outcome == "new"
    assert not done.written
    assert done.rows[1].problem == problem
    for language in ("zh", "en"):
        assert word("roster_row", problem, language, **done.rows[1].data) != problem
    assert stored(at) == ()


def test_nobody_stands_in_two_shifts_at_once_and_no_place_is_filled_twice() -> None:
    at = desk()
    twice = imported(at, row(), row(3, name="乙某"))
    assert twice.rows[1].problem == "row_twice"
    assert twice.rows[1].data == {"other": 2}
    assert imported(at, row(), row(3, part="副班")).rows[1].problem == "row_person_twice"
    imported(at, row())
    assert imported(at, row(starts="10:00")).rows[0].problem == "row_overlap"
    assert imported(at, row(starts="10:00", part="副班")).rows[0].problem == "row_person_busy"


def test_a_file_may_exchange_two_people_of_one_shift() -> None:
    at = desk()
    imported(at, row(), row(3, part="副班", name="乙某"))
    done = imported(at, row(name="乙某"), row(3, part="副班"))
    assert done.written
    assert done.count("changed") == 2


def test_dates_and_times_are_read_as_people_write_them() -> None:
    at = desk()
    day = NOW.astimezone(ZONE) + timedelta(days=1)
    done = imported(at, row(date=f"{day.month}月{day.day}日", starts="8：00", ends="24:00"))
    assert done.written
    shift = stored(at)[0]
    assert shift.starts.astimezone(ZONE).hour == 8
    assert shift.ends - shift.starts == timedelta(hours=16)


def test_only_who_manages_the_roster_takes_in_a_file() -> None:
    with pytest.raises(Refusal):
        use.import_roster(desk(), DUTY, (row(),), ZONE)
    with pytest.raises(InputError):
        use.import_roster(desk(), CHIEF, (), ZONE)


def test_a_substitute_asked_for_waits_and_is_approved_by_somebody_else() -> None:
    at = desk()
    imported(at, row())
    shift = stored(at)[0]
    asked = use.ask_substitute(at, DUTY, shift.shift_id, "p2", "出差")
    assert asked.state is ChangeState.ASKED
    assert stored(at)[0].person_id == "p1"
    with pytest.raises(Refusal):
        use.decide_change(at, by("chief", "p1"), asked.change_id, approve=True)
    with pytest.raises(Refusal):
        use.decide_change(at, DUTY, asked.change_id, approve=True)
    use.decide_change(at, CHIEF, asked.change_id, approve=True)
    after = stored(at)[0]
    assert (after.person_id, after.instead_of) == ("p2", "p1")
    with pytest.raises(Conflict):
        use.decide_change(at, CHIEF, asked.change_id, approve=False)


def test_two_shifts_are_swapped_and_a_busy_person_is_refused() -> None:
    at = desk()
    imported(at, row(), row(3, date=AFTER, name="乙某"), row(4, date=AFTER, part="副班", name="p3"))
    one, other, _ = stored(at)
    use.ask_swap(at, CHIEF, one.shift_id, other.shift_id, "家中有事")
    assert [shift.person_id for shift in stored(at)][:2] == ["p2", "p1"]
    with pytest.raises(Refusal) as refused:
        use.ask_substitute(at, CHIEF, other.shift_id, "p3", "")
    assert refused.value.code == "person_elsewhere"


def test_leave_is_ones_own_and_keeps_the_person_out_of_new_shifts() -> None:
    at = desk()
    starts, ends = NOW + timedelta(hours=1), NOW + timedelta(days=2)
    with pytest.raises(Refusal):
        use.ask_leave(at, DUTY, "p2", starts, ends, "")
    with pytest.raises(InputError):
        use.ask_leave(at, DUTY, "p1", ends, starts, "")
    asked = use.ask_leave(at, DUTY, "p1", starts, ends, "看病")
    assert at.roster.leaves(COUNTY, starts, ends) == ()
    use.decide_change(at, CHIEF, asked.change_id, approve=True)
    assert at.roster.leaves(COUNTY, starts, ends)[0].person_id == "p1"
    assert imported(at, row()).rows[0].problem == "row_person_away"


def test_a_shift_that_has_begun_is_not_taken_out() -> None:
    at = desk()
    imported(at, row())
    shift = stored(at)[0]
    with pytest.raises(InputError):
        use.remove_shift(at, CHIEF, shift.shift_id, "")
    use.remove_shift(at, CHIEF, shift.shift_id, "排错了")
    assert stored(at) == ()
    imported(at, row())
    at.clock.at = stored(at)[0].starts + timedelta(minutes=1)
    with pytest.raises(Refusal):
        use.remove_shift(at, CHIEF, stored(at)[0].shift_id, "x")


def test_a_shift_lets_act_for_a_duty_officer_and_for_no_other_post() -> None:
    assert use.acts_by_roster(frozenset({Role.DUTY_OFFICER}))
    assert not use.acts_by_roster(frozenset({Role.DUTY_OFFICER, Role.COMMANDER}))
    assert not use.acts_by_roster(frozenset({Role.ADMINISTRATOR}))


def test_a_shift_that_stays_may_wait_for_its_substitute() -> None:
    at = desk()
    imported(at, row())
    use.ask_leave(at, CHIEF, "p1", NOW, NOW + timedelta(days=3), "病假")
    assert imported(at, row()).count("same") == 1
    assert imported(at, row(ends="19:00")).rows[0].problem == "row_person_away"
