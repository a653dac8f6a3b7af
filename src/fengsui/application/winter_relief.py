"""Winter and spring relief (冬春救助): a list of tasks each year, from the plans or the usual one."""

from __future__ import annotations

from dataclasses import dataclass

from fengsui.application.access import Action, require
from fengsui.application.aftermath_ports import YearList, YearTask
from fengsui.application.desk import Actor, Desk
from fengsui.core.errors import Conflict, InputError
from fengsui.core.response.aftermath_rules import winter_tasks

FIRST_YEAR, LAST_YEAR = 2000, 2100


@dataclass(frozen=True, slots=True, kw_only=True)
class YearDesk:
    """The desk with its yearly lists."""

    desk: Desk
    years: YearList


def tasks_of(to: YearDesk, actor: Actor, year: int) -> tuple[YearTask, ...]:
    """The list of a year for the area of the post; empty when it was not made."""
    require(actor, Action.SEE_INCIDENT)
    return to.years.tasks(actor.jurisdiction.code, year)


def make_list(to: YearDesk, actor: Actor, year: int) -> tuple[YearTask, ...]:
    """Make the list of a year. Raises InputError for a year that cannot be."""
    require(actor, Action.RUN_AFTERMATH)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise InputError("year_wrong", year=year)
    area = actor.jurisdiction.code
    plans = to.desk.plans.in_force(area)
    tasks = tuple(
        YearTask(
            task_id=0,
            year=year,
            text=item.text,
            who=item.who,
            due=item.due,
            usual=item.usual,
            source=item.source,
        )
        for item in winter_tasks(plans, year)
    )
    with to.desk.transactions.begin():
        to.years.make(area, year, tasks, actor.post_id)
    return to.years.tasks(area, year)


def finish_task(to: YearDesk, actor: Actor, task_id: int, result: str) -> None:
    """A task was done. Raises Conflict when it is unknown or done already."""
    require(actor, Action.RUN_AFTERMATH)
    if not result.strip():
        raise InputError("text_missing", field="result")
    with to.desk.transactions.begin():
        now = to.desk.clock.now()
        if not to.years.done(actor.jurisdiction.code, task_id, now, actor.post_id, result.strip()):
            raise Conflict("matter_settled")
