"""Waits before reminders and before orders go up: bounds, order, and that a running order keeps its own."""

from __future__ import annotations

from dataclasses import asdict

import pytest

from fengsui.core.errors import InputError
from fengsui.core.response.waits import NAMES, SHIPPED, read_waits


def test_what_is_shipped_reads_back_and_what_is_missing_is_as_shipped() -> None:
    assert read_waits(asdict(SHIPPED)) == SHIPPED
    assert read_waits({}) == SHIPPED
    assert read_waits({"accept_commander": " 60 "}).accept_commander == 60


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("value", ["", "0", "-1", "1.5", "1441", "９", "十", "99999999999", "1e3"])
def test_a_wait_is_a_whole_number_from_one_minute_to_a_day(name: str, value: str) -> None:
    with pytest.raises(InputError) as told:
        read_waits({name: value})
    assert told.value.code == "wait_wrong"
    assert told.value.data["wait"] == name


def test_a_rung_is_never_told_before_the_one_below_it() -> None:
    for given in ({"accept_unit_head": "5"}, {"late_commander": "20"}):
        with pytest.raises(InputError) as told:
            read_waits(given)
        assert told.value.code == "waits_not_rising"
    with pytest.raises(InputError) as told:
        read_waits({"remind_least": "31"})
    assert told.value.code == "reminders_crossed"
