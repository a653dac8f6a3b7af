"""What plans ask for after a response (善后、调查评估、冬春救助), else the usual list.

Read off the clauses under the headings of aftermath and from the limits that run from the end; what a plan
does not say comes from the usual list and bears no clause.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from fengsui.core.citation import Citation
from fengsui.core.plan.model import Plan
from fengsui.core.plan.reporting import ClockStart
from fengsui.core.response.events_aftermath import MatterKind
from fengsui.core.response.incident import Incident
from fengsui.core.response.phases import heading_over

USUAL = (
    "relief",
    "compensation",
    "placement",
    "counselling",
    "epidemic",
    "pollution",
    "insurance",
    "requisition",
    "funds",
    "recovery",
)
"""Codes of the usual aftermath tasks; the words are in ``wording`` (group ``usual_task``)."""

_AFTERMATH = re.compile(r"善后|后期|恢复|重建|灾后|救助|理赔|保险|补偿|抚恤|安置")
_INVESTIGATION = re.compile(r"调查")
_ASSESSMENT = re.compile(r"评估|总结|复盘|核定|评价")
_WINTER = re.compile(r"冬春|冬令|春荒|冬季.{0,4}救助")
_DAY = re.compile(r"(\d{1,2})月(?:(\d{1,2})日|(上旬|中旬|下旬|底|末))")
_PARTS = {"上旬": 10, "中旬": 20}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One thing a plan asks for, or the usual list (``usual`` its code, then ``source`` is None)."""

    kind: MatterKind
    text: str
    who: str = ""
    span: timedelta | None = None
    since: datetime | None = None
    plan_id: str | None = None
    source: Citation | None = None
    usual: str = ""

    @property
    def due(self) -> datetime | None:
        return self.since + self.span if self.since is not None and self.span is not None else None


def aftermath_asked(plan: Plan, incident: Incident) -> tuple[Asked, ...]:
    """What ``plan`` asks for after the response, in the order of its clauses; report clocks left out."""
    ended = [item.at for item in incident.ended if item.response.plan_id == plan.id]
    since = ended[-1] if ended else None
    found: dict[tuple[int, str], Asked] = {}
    for asked in (*_limits(plan, since), *_tasks(plan)):
        assert asked.source is not None
        found.setdefault((asked.source.line, asked.text), asked)
    return tuple(sorted(found.values(), key=lambda item: item.source.line if item.source else 0))


def _limits(plan: Plan, since: datetime | None) -> Iterator[Asked]:
    for item in plan.content.deadlines:
        words = f"{item.what}{item.source.quote}"
        if item.start is not ClockStart.STABLE or item.is_report or _WINTER.search(words):
            continue
        yield Asked(
            kind=_kind(words),
            text=item.what,
            who=item.who or "",
            span=item.span,
            since=since,
            plan_id=plan.id,
            source=item.source,
        )


def _tasks(plan: Plan) -> Iterator[Asked]:
    content = plan.content
    spoken = [
        *((item.text, item.who or "", item.source) for item in content.measures if not item.out_of_scope),
        *((item.text, item.unit, item.source) for item in content.duties if not item.out_of_scope),
    ]
    for text, who, source in spoken:
        heading = heading_over(content, source.clause)
        under = heading is not None and _AFTERMATH.search(heading.title) is not None
        if under and not _WINTER.search(text):
            yield Asked(kind=_kind(text), text=text, who=who, plan_id=plan.id, source=source)


def _kind(words: str) -> MatterKind:
    if _INVESTIGATION.search(words):
        return MatterKind.INVESTIGATION
    return MatterKind.ASSESSMENT if _ASSESSMENT.search(words) else MatterKind.AFTERMATH


def usual_asked() -> tuple[Asked, ...]:
    """The usual list, for what the plans leave unsaid."""
    tasks = tuple(Asked(kind=MatterKind.AFTERMATH, text=code, usual=code) for code in USUAL)
    more = (
        Asked(kind=MatterKind.INVESTIGATION, text="investigation", usual="investigation"),
        Asked(kind=MatterKind.ASSESSMENT, text="assessment", usual="assessment"),
    )
    return (*tasks, *more)


@dataclass(frozen=True, slots=True, kw_only=True)
class YearlyTask:
    """One task of the yearly winter and spring relief; ``usual`` a code where the plan does not say it."""

    text: str
    who: str
    due: date
    plan_id: str | None = None
    source: Citation | None = None
    usual: str = ""


USUAL_WINTER = (
    ("winter_survey", 9, 30),
    ("winter_account", 10, 15),
    ("winter_funds", 11, 30),
    ("winter_goods", 12, 31),
    ("winter_review", 5, 31),
)
"""Usual steps with the month and day by which each is done; the last is of the next year."""


SHORTEST_TASK = 4
"""Characters of the name of a task that can be understood alone."""


def winter_tasks(plans: tuple[Plan, ...], year: int) -> tuple[YearlyTask, ...]:
    """Winter and spring relief that begins in ``year``: what plans say with a day, else the usual steps."""
    found: dict[tuple[date, str], YearlyTask] = {}
    for plan in plans:
        for item in plan.content.deadlines:
            due = _day_in(item.by or "", year)
            if due is None or not _WINTER.search(f"{item.what}{item.source.quote}"):
                continue
            # A bare verb (完成) says nothing by itself: then the whole sentence stands.
            text = item.what if len(item.what) >= SHORTEST_TASK else item.source.quote.rstrip("。；")
            task = YearlyTask(text=text, who=item.who or "", due=due, plan_id=plan.id, source=item.source)
            found.setdefault((due, item.what), task)
    said = {task.due for task in found.values()}
    for code, month, day in USUAL_WINTER:
        due = date(year + 1 if month < 7 else year, month, day)
        if due not in said:
            found[due, code] = YearlyTask(text=code, who="", due=due, usual=code)
    return tuple(sorted(found.values(), key=lambda task: (task.due, task.text)))


def _day_in(words: str, year: int) -> date | None:
    """The last day that printed words of a date leave: 9月下旬 → 30 September."""
    found = _DAY.search(words)
    if found is None:
        return None
    month = int(found.group(1))
    if not 1 <= month <= 12:
        return None
    last = (date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)).day
    day = int(found.group(2)) if found.group(2) else _PARTS.get(found.group(3), last)
    return date(year, month, min(day, last))
