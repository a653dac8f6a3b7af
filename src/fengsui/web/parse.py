"""What people type, as values; one clear sentence when it cannot be one."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from decimal import Decimal, InvalidOperation

from django.utils import timezone

from fengsui.core.directory import Directory, Jurisdiction
from fengsui.core.errors import InputError
from fengsui.core.fact import Figure, Manner, register
from fengsui.core.facts_input import spec_of

_WIDE = str.maketrans("０１２３４５６７８９．：－／，", "0123456789.:-/,")
_MONEY = {"万": Decimal(10) ** 4, "亿": Decimal(10) ** 8}
LARGEST = Decimal(10) ** 15


def number(text: str) -> Decimal:
    """A figure as typed: wide digits, thousands commas, 万 and 亿 allowed. Raises InputError."""
    plain = text.translate(_WIDE).replace(",", "").replace(" ", "")
    factor = _MONEY.get(plain[-1:], Decimal(1))
    if factor != 1:
        plain = plain[:-1]
    if not re.fullmatch(r"[+-]?\d+(\.\d+)?", plain):
        raise InputError("typed_not_a_number", value=text[:40])
    try:
        value = Decimal(plain) * factor
    except InvalidOperation as problem:
        raise InputError("typed_not_a_number", value=text[:40]) from problem
    if abs(value) > LARGEST:
        raise InputError("typed_too_large", value=text[:40])
    return value


def figure(manner: str, text: str, upper: str = "") -> Figure | None:
    """A figure by the manner in which it was said; None for unknown. Raises InputError."""
    if manner == Manner.UNKNOWN:
        return None
    if not text.strip():
        raise InputError("typed_no_value")
    low = number(text)
    if manner == Manner.AT_LEAST:
        return Figure.at_least(low)
    if manner == Manner.ABOUT:
        return Figure.about(low)
    if manner == Manner.RANGE:
        if not upper.strip():
            raise InputError("typed_no_upper")
        return Figure.between(low, number(upper))
    return Figure.exact(low)


def fact_value(fact: str, manner: str, text: str, upper: str = "", answer: str = "") -> Figure | bool | None:
    """The value of a fact from its form: a figure, or yes, no, unknown."""
    spec = spec_of(fact, register())
    if spec is None:
        raise InputError("typed_no_fact")
    if spec.is_figure:
        return figure(manner, text, upper)
    return {"yes": True, "no": False}.get(answer)


def instant(text: str, now: datetime) -> datetime | None:
    """A time as typed: 14:03 (the latest one not in the future), or with its date. None for nothing.

    Raises InputError when it cannot be read.
    """
    plain = (
        text.translate(_WIDE)
        .strip()
        .replace("T", " ")
        .replace("年", "-")
        .replace("月", "-")
        .replace("日", " ")
    )
    if not plain:
        return None
    here = timezone.localtime(now)
    for form in ("%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M", "%Y/%m/%d %H:%M"):
        try:
            return datetime.strptime(" ".join(plain.split()), form).replace(tzinfo=here.tzinfo)
        except ValueError:
            continue
    for form in ("%H:%M:%S", "%H:%M"):
        try:
            clock = datetime.strptime(plain, form)
        except ValueError:
            continue
        today = here.replace(hour=clock.hour, minute=clock.minute, second=clock.second, microsecond=0)
        # Just after midnight "23:50" is yesterday's.
        return today - timedelta(days=1) if today - here > timedelta(hours=1) else today
    raise InputError("typed_time", value=text[:40])


def place_code(chosen: str, place: str, directory: Directory, area: str) -> str:
    """The division code of a place: as chosen, else the smallest area named in ``place``, else ``area``."""
    if chosen and any(item.code == chosen for item in directory.jurisdictions):
        return chosen
    named = [item for item in _below(directory, area) if item.name and _called(item, place)]
    return max(named, key=lambda item: len(item.code)).code if named else area


def _below(directory: Directory, area: str) -> list[Jurisdiction]:
    above = Jurisdiction(code=area, name="")
    return [item for item in directory.jurisdictions if above.covers(item.code)]


def _called(area: Jurisdiction, place: str) -> bool:
    # People leave out the last character of a name that is long enough: 东河 for 东河县.
    return area.name in place or (len(area.name) > 2 and area.name[:-1] in place)


def areas(directory: Directory, area: str) -> list[Jurisdiction]:
    """The areas that a post of ``area`` may name, the larger before the smaller."""
    return sorted(_below(directory, area), key=lambda item: item.code)


def moment(text: str, now: datetime) -> datetime | None:
    """A time to come as typed: with its date, or 16:30 for the next time it is so late. None for nothing.

    Raises InputError when it cannot be read.
    """
    found = instant(text, now)
    if found is None or found > now or re.search(r"\d[-/年]\d", text):
        return found
    return found + timedelta(days=1)
