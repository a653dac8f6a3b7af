"""How long is waited before a unit is reminded and before an order goes up the chain (催办和升级的等待).

An office sets these for itself; an order keeps those that held when it was given, as recorded in the stream,
so that the clock of somebody at work does not jump.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from itertools import pairwise

from fengsui.core.errors import InputError

LEAST, MOST = 1, 24 * 60
"""Minutes that a wait may have."""
MOST_TIMES = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Waits:
    """Minutes, from the order (``accept_*``) or from its deadline (``late_*``), until a rung is told.

    ``short_order``: an order with less time than this shortens its waits in proportion. ``undated_times``:
    one without a deadline waits this many times as long. A reminder comes when a fifth of the time is left,
    ``remind_least`` minutes before the deadline at the latest and ``remind_most`` at the earliest.
    """

    accept_liaison: int = 5
    accept_unit_head: int = 10
    accept_group_lead: int = 20
    accept_office_director: int = 30
    accept_commander: int = 45
    late_unit_head: int = 5
    late_group_lead: int = 15
    late_office_director: int = 25
    late_commander: int = 40
    short_order: int = 60
    undated_times: int = 2
    remind_least: int = 2
    remind_most: int = 30


SHIPPED = Waits()
"""A liaison answers within five minutes or was not reached; then every rung gets ten minutes or so, and
whoever commands hears of it within three quarters of an hour. Late work is nearer to the commander."""

NAMES = tuple(spec.name for spec in fields(Waits))
ACCEPT = tuple(name for name in NAMES if name.startswith("accept_"))
LATE = tuple(name for name in NAMES if name.startswith("late_"))


def read_waits(given: Mapping[str, object]) -> Waits:
    """Waits as typed or kept, by name; what is not there is as shipped.

    Raises InputError("wait_wrong") for what is no whole number within bounds, "waits_not_rising" where a rung
    would be told before the one below it, "reminders_crossed" where the earliest reminder is the later one.
    """
    found = Waits(**{name: _whole(name, given[name]) for name in NAMES if name in given})
    for group in (ACCEPT, LATE):
        numbers = [getattr(found, name) for name in group]
        for place, (before, after) in enumerate(pairwise(numbers)):
            if after <= before:
                raise InputError("waits_not_rising", wait=group[place + 1], before=group[place])
    if found.remind_least > found.remind_most:
        raise InputError("reminders_crossed")
    return found


def _whole(name: str, value: object) -> int:
    most = MOST_TIMES if name == "undated_times" else MOST
    text = str(value).strip()
    if not (text.isascii() and text.isdigit() and len(text) <= 6 and LEAST <= int(text) <= most):
        raise InputError("wait_wrong", wait=name, low=LEAST, high=most)
    return int(text)
