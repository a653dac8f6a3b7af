"""Filing of plans (备案): the last day, counted in working days from the day of issue.

How many days the law gives is data of ``core.lint.law``; an article is named only where it was checked.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from fengsui.application.plan_library_ports import Workdays
from fengsui.application.wording import word
from fengsui.core.lint.law import laws
from fengsui.core.plan.model import PlanKind
from fengsui.core.plan.surroundings import PlanIdentity

_LAW, _ABOUT = "plan-management", "备案"
_DEFAULT_DAYS = 20
NOT_FILED = frozenset({PlanKind.ON_SITE})
"""On-site plans (现场处置方案) belong to another plan and are not filed by themselves."""
SOON = 5
"""Working days before the last day from which a plan is shown as due soon."""


class PlainWeek:
    """Monday to Friday: the calendar where no holidays are known."""

    def is_workday(self, day: date) -> bool:
        """Whether ``day`` is a weekday."""
        return day.weekday() < 5


class FilingState(StrEnum):
    """How a plan stands with its filing."""

    NONE = "none"  # 不需备案，或尚未印发
    FILED = "filed"  # 已备案
    RUNNING = "running"  # 期限内
    SOON = "soon"  # 将到期
    OVERDUE = "overdue"  # 逾期


@dataclass(frozen=True, slots=True, kw_only=True)
class Filing:
    """A plan's filing on a given day; ``days`` working days left (negative: days over, 0: today the last)."""

    state: FilingState
    due: date | None = None
    days: int = 0

    @property
    def over(self) -> int:
        """Working days since the last day."""
        return -self.days


def filing_words(filing: Filing, language: str = "zh") -> str:
    """How a plan stands with its filing, in a few words; "" where there is nothing to say."""
    state = filing.state
    if state is FilingState.FILED:
        return word("web.filing", "filed", language)
    if state is FilingState.OVERDUE:
        # Passed on a Friday, it is late on Saturday though no working day has gone by.
        code = "overdue" if filing.over else "just_overdue"
        return word("web.filing", code, language, n=filing.over)
    if state in (FilingState.RUNNING, FilingState.SOON):
        return word("web.filing", "left", language, n=filing.days, day=filing.due)
    return ""


def filing_rule() -> tuple[int, str]:
    """Working days that the law gives, and its name with the article where that was verified."""
    law = laws().get(_LAW)
    if law is None:
        return _DEFAULT_DAYS, ""
    said = next((one for one in law.sets if one.about.startswith(_ABOUT)), None)
    days = int(said.value) if said and said.value.isdigit() else _DEFAULT_DAYS
    article = f"第{said.article}条" if said and said.article and law.verified else ""
    return days, f"《{law.title}》{article}"


def filing_due(kind: PlanKind, metadata: PlanIdentity, calendar: Workdays) -> date | None:
    """The last day for filing; None where the kind is not filed or no day of issue is known.

    The day of issue is not counted.
    """
    if kind in NOT_FILED or metadata.issued is None:
        return None
    return add_workdays(metadata.issued, filing_rule()[0], calendar)


def add_workdays(day: date, count: int, calendar: Workdays) -> date:
    """The ``count``-th working day after ``day``."""
    while count > 0:
        day += timedelta(days=1)
        count -= calendar.is_workday(day)
    return day


def workdays_until(start: date, end: date, calendar: Workdays) -> int:
    """Working days after ``start`` up to ``end`` with it; negative when ``end`` lies before ``start``."""
    if end < start:
        return -workdays_until(end, start, calendar)
    days = (start + timedelta(days=number) for number in range(1, (end - start).days + 1))
    return sum(1 for day in days if calendar.is_workday(day))


def filing(
    due: date | None, filed_on: date | None, today: date, calendar: Workdays, *, in_force: bool = True
) -> Filing:
    """How a plan stands with its filing on ``today``."""
    if filed_on is not None:
        return Filing(state=FilingState.FILED, due=due)
    if due is None or not in_force:
        return Filing(state=FilingState.NONE, due=due)
    left = workdays_until(today, due, calendar)
    if today > due:
        return Filing(state=FilingState.OVERDUE, due=due, days=left)
    return Filing(state=FilingState.SOON if left <= SOON else FilingState.RUNNING, due=due, days=left)
