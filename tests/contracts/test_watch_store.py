"""What every store of hand-overs and day books promises."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from contract_stores import START
from fengsui.adapters.memory_hand_over import MemoryWatch
from fengsui.application.hand_over import DayBookLine, HandOver, Matter, WatchStore, digest_of
from fengsui.core.errors import Conflict

AREA, MINUTE = "990100", timedelta(minutes=1)


@pytest.fixture(params=["memory", "sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def watch(request: pytest.FixtureRequest) -> Iterator[WatchStore]:
    if request.param == "memory":
        yield MemoryWatch()
        return
    request.getfixturevalue("database_" + request.param)
    from fengsui.store.hand_over import DjangoWatch

    yield DjangoWatch()


def sheet(number: int, area: str = AREA) -> HandOver:
    made = HandOver(
        hand_over_id=f"h{number}",
        area=area,
        from_post="duty",
        from_person="p1",
        shift_starts=START,
        shift_ends=START + timedelta(hours=12),
        made_at=START + number * MINUTE,
        matters=(Matter(kind="call", ref="c", about="北沙镇", since=START.isoformat()),),
        remarks="说明",
    )
    return replace(made, digest=digest_of(made))


def test_a_sheet_comes_back_whole(watch: WatchStore) -> None:
    watch.add(sheet(1))
    found = watch.get("h1")
    assert found == sheet(1)
    assert found.is_whole
    assert watch.get("none") is None
    assert watch.gather(AREA, START) == ()


def test_a_sheet_is_settled_once(watch: WatchStore) -> None:
    for number in (2, 1):
        watch.add(sheet(number))
    watch.add(sheet(3, area="990200"))
    assert [item.hand_over_id for item in watch.latest(AREA)] == ["h2", "h1"]
    assert [item.hand_over_id for item in watch.waiting(AREA)] == ["h1", "h2"]
    signed = replace(sheet(1), signed_at=START, signed_by="duty", signed_person="p2", signed_remark="好")
    watch.settle(signed)
    assert watch.get("h1") == signed
    assert [item.hand_over_id for item in watch.waiting(AREA)] == ["h2"]
    with pytest.raises(Conflict):
        watch.settle(replace(signed, withdrawn_at=START))


def test_the_day_book_is_kept_by_area_and_time(watch: WatchStore) -> None:
    for number in range(3):
        watch.write_line(AREA, DayBookLine(at=START + number * MINUTE, by="duty", text=f"第{number}条"))
    watch.write_line("990200", DayBookLine(at=START, by="x", text="别处"))
    found = watch.lines(AREA, START, START + 2 * MINUTE)
    assert [line.text for line in found] == ["第0条", "第1条"]
