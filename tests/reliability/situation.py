"""One activation in an invented county, on whatever database Django points at."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from fengsui import bootstrap
from fengsui.adapters.memory import FixedClock
from fengsui.application.desk import Desk
from fengsui.application.incidents import open_incident
from fengsui.application.plan_library_ports import DraftRecord, DraftState
from fengsui.application.proposals import Answer, answer_proposal, propose
from fengsui.core.fact import Figure
from fengsui.core.plan.authority import Measure
from fengsui.core.plan.level import ResponseLevel
from fengsui.core.plan.model import DraftPlan, Plan
from fengsui.core.response import chain
from fengsui.core.response.decisions.record import Call, Reported
from fengsui.core.response.events import DeadlinePassed, Recorded
from response_builders import COUNTY, DIRECTORY, NOW, actor, cite, with_content

UNITS = ("县应急管理局", "县公安局", "县卫生健康委")


def wide_plan(measures: int = 10) -> Plan:
    """The plan of the county with ``measures`` orders at level III, so that an activation writes much."""
    orders = tuple(
        Measure(
            text=f"第{number}项工作",
            who=UNITS[number % len(UNITS)],
            levels=(ResponseLevel.III,),
            source=cite("4.4", 100 + number),
        )
        for number in range(measures)
    )
    return with_content(measures=orders)


def desk(at: datetime = NOW) -> Desk:
    """The real desk on a clock that stands at ``at``."""
    return bootstrap.desk(using=FixedClock(at))


def furnish(plan: Plan | None = None) -> Plan:
    """Write the county's directory and its plan in force into an empty database."""
    from fengsui.store.library import DjangoLibrary
    from fengsui.store.people import save_directory

    plan = plan or wide_plan()
    units = {unit.id for unit in DIRECTORY.units}
    save_directory(replace(DIRECTORY, posts=tuple(p for p in DIRECTORY.posts if p.unit in units)), by="test")
    record = DraftRecord(
        draft_id="draft",
        document_id="doc",
        filename="plan.docx",
        jurisdiction=COUNTY,
        kind=plan.kind,
        state=DraftState.IN_FORCE,
        revision=1,
        draft=DraftPlan(content=plan.content),
        plan_id=plan.id,
        imported_at=NOW,
        imported_by="test",
    )
    library = DjangoLibrary()
    library.save_document("doc", "plan.docx", b"", (), (record,))
    library.put_in_force(replace(record, revision=2), plan, 1, NOW)
    return plan


def proposed(at: datetime = NOW, plan_id: str = "plan-a") -> str:
    """Open an incident with four dead and propose level III; the incident's id."""
    here = desk(at)
    facts = [Reported(fact="deaths", value=Figure.exact(4), said_by="矿长")]
    call = Call(what="矿井透水，有人被困", place="北沙镇", place_code=COUNTY)
    incident_id = open_incident(here, actor("duty"), call, plans=[(plan_id, "电话")], facts=facts).incident_id
    propose(here, actor("duty"), incident_id, plan_id=plan_id, level=ResponseLevel.III, reason="按预案")
    return incident_id


def approve(incident_id: str, command_id: str | None, at: datetime = NOW, by: str = "mayor") -> None:
    """The mayor approves: the response starts with everything the plan sets in motion."""
    answer_proposal(desk(at), actor(by), incident_id, "p1", Answer.APPROVE, "情况属实", command_id=command_id)


@dataclass(frozen=True, kw_only=True)
class Written:
    """What stands in the database for one incident, without the ids that differ from incident to incident."""

    events: tuple[tuple[str, int], ...]
    timers: frozenset[str]
    messages: frozenset[str]
    tasks: int
    responses: int
    commands: frozenset[str]


def written(incident_id: str) -> Written:
    """Everything written for an incident, deadlines gone by left out (the runner's work)."""
    from fengsui.store import models

    row = models.IncidentRow.objects.get(pk=incident_id)
    stream = load_checked(incident_id)
    counted = Counter(
        type(item.event).__name__ for item in stream if not isinstance(item.event, DeadlinePassed)
    )
    passed = {item.event.deadline_id for item in stream if isinstance(item.event, DeadlinePassed)}
    timers = set(row.timers.values_list("timer_id", flat=True))
    late = {f"{incident_id}/{deadline}" for deadline in passed}
    messages = {
        name
        for name in row.messages.values_list("message_id", flat=True)
        if not isinstance(stream[int(name.split("/")[1]) - 1].event, DeadlinePassed)
    }
    return Written(
        events=tuple(sorted(counted.items())),
        timers=frozenset(name.removeprefix(incident_id) for name in timers | late),
        messages=frozenset(name.removeprefix(incident_id) for name in messages),
        tasks=row.tasks.count(),
        responses=len(row.responses),
        commands=frozenset(row.commands.values_list("command_id", flat=True)),
    )


def load_checked(incident_id: str) -> tuple[Recorded, ...]:
    """The stream of an incident, its chain proven unbroken."""
    stream = desk().incidents.load(incident_id)
    assert chain.verify(chain.export(stream)) == ()
    return stream


def later(hours: float) -> datetime:
    return NOW + timedelta(hours=hours)
