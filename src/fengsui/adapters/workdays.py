"""Working days in China (port ``Workdays``): public holidays off, weekends moved to working days on."""

from __future__ import annotations

from datetime import date
from functools import cache, lru_cache

import holidays


class ChinaWorkdays:
    """The yearly arrangement of the State Council, as the package ``holidays`` keeps it.

    The arrangement for a year is made known late in the year before; earlier only the legal holidays are
    known and no weekend is moved.
    """

    def is_workday(self, day: date) -> bool:
        """Whether people work on ``day``."""
        return _is_workday(day)

    def is_arranged(self, year: int) -> bool:
        """Whether moved weekends of ``year`` are known."""
        return any(day.year == year for day in _calendar(year).weekend_workdays)


@lru_cache(maxsize=10_000)
def _is_workday(day: date) -> bool:
    return bool(_calendar(day.year).is_working_day(day))


@cache
def _calendar(year: int) -> holidays.HolidayBase:
    return holidays.country_holidays("CN", years=year)
