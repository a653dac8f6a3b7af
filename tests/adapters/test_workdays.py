"""The calendar of working days: holidays, moved weekends, and twenty days counted over them."""

from __future__ import annotations

from datetime import date

import pytest

from fengsui.adapters.workdays import ChinaWorkdays
from fengsui.application.plan_filing import add_workdays, workdays_until

CHINA = ChinaWorkdays()


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2025, 1, 27), True),  # the Monday before the eve of the Spring Festival
        (date(2025, 1, 28), False),
        (date(2025, 1, 26), True),  # a Sunday worked for the holiday
        (date(2025, 2, 8), True),  # a Saturday worked for the holiday
        (date(2025, 10, 11), True),
        (date(2025, 10, 8), False),
        (date(2025, 6, 7), False),  # a Saturday like any other
    ],
)
def test_holidays_are_off_and_moved_weekends_are_worked(day: date, works: bool) -> None:
    assert CHINA.is_workday(day) is works


def test_twenty_working_days_run_over_the_long_holiday() -> None:
    # From 20 September 2025: 22 to 30 with the worked Sunday 28, then 9 October on with the worked 11.
    assert add_workdays(date(2025, 9, 20), 20, CHINA) == date(2025, 10, 23)
    assert workdays_until(date(2025, 9, 20), date(2025, 10, 23), CHINA) == 20
    assert workdays_until(date(2025, 10, 23), date(2025, 9, 20), CHINA) == -20


def test_it_says_for_which_years_moved_weekends_are_known() -> None:
    assert CHINA.is_arranged(2025)
    assert not CHINA.is_arranged(2090)
