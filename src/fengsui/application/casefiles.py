"""Use cases on the case itself: review, corrective actions, archive, finding and comparing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from fengsui.application.access import Action, require
from fengsui.application.aftermath_ports import CaseQuery, CaseStore, ReviewFinding
from fengsui.application.commit import Outcome, attached_plans, change, load
from fengsui.application.desk import Actor, Desk
from fengsui.application.matters import own_or_desk
from fengsui.core.casefile.case import CaseFile, Compared, compare, most_alike
from fengsui.core.casefile.review import AfterActionReview, review
from fengsui.core.citation import Citation
from fengsui.core.errors import Conflict, InputError, Refusal
from fengsui.core.plan.model import Plan
from fengsui.core.response.decisions import matters
from fengsui.core.response.decisions.matters import Wanted
from fengsui.core.response.decisions.scene import Scene, check_text
from fengsui.core.response.events import Event, Recorded
from fengsui.core.response.events_aftermath import CaseArchived, MatterDone, MatterKind, MatterOpened
from fengsui.core.response.incident import DirectiveStatus, Incident, fold

MOST_ALIKE = 3
LOOKED_AT = 500
"""Archived cases that are looked at for like ones, the latest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseDesk:
    """The desk with the archive of cases."""

    desk: Desk
    cases: CaseStore


def review_of(desk: Desk, incident_id: str) -> AfterActionReview:
    """What was asked and what happened, as of now. Raises InputError("incident_unknown")."""
    stream = desk.incidents.load(incident_id)
    incident = fold(stream)
    if incident is None:
        raise InputError("incident_unknown", incident=incident_id)
    return review(incident, stream, desk.clock.now())


def agree_action(
    to: CaseDesk,
    actor: Actor,
    incident_id: str,
    *,
    text: str,
    owner: str,
    due: datetime | None,
    plan_id: str | None = None,
    source: Citation | None = None,
    command_id: str | None = None,
) -> Outcome:
    """Agree what is to be mended; on a clause of a plan it becomes a finding of that plan.

    Raises InputError without owner or day: an action nobody answers for is none.
    """

    def decide(scene: Scene) -> Sequence[Event]:
        if due is None:
            raise InputError("text_missing", field="due")
        wanted = Wanted(
            kind=MatterKind.CORRECTIVE,
            text=text,
            owner=check_text(owner, "owner"),
            due=due,
            plan_id=plan_id,
            source=source,
        )
        if plan_id is not None:
            scene.plan(plan_id)
        return matters.open_matters((wanted,), scene)

    with to.desk.transactions.begin():
        outcome = change(to.desk, actor, incident_id, Action.AGREE_ACTION, decide, command_id=command_id)
        for item in outcome.recorded:
            # What an exercise finds in a plan is as wrong as what a real night finds.
            if isinstance(item.event, MatterOpened) and item.event.source is not None:
                to.cases.open_finding(_finding(item, item.event, outcome.incident))
        return outcome


def _finding(item: Recorded, opened: MatterOpened, incident: Incident) -> ReviewFinding:
    assert opened.source is not None
    assert opened.plan_id is not None
    return ReviewFinding(
        incident_id=incident.incident_id,
        matter_id=opened.matter_id,
        incident_title=incident.opened.title,
        plan_id=opened.plan_id,
        source=opened.source,
        text=opened.text,
        owner=opened.owner_name,
        due=opened.due,
        opened_at=item.at,
    )


def settle_action(
    to: CaseDesk,
    actor: Actor,
    incident_id: str,
    matter_id: str,
    text: str,
    *,
    done: bool = True,
    evidence_sha: str = "",
    command_id: str | None = None,
) -> Outcome:
    """What was to be mended is mended, with evidence, or dropped with a reason: its finding is closed."""

    def decide(scene: Scene) -> Sequence[Event]:
        own_or_desk(actor, matter_id, scene)
        if done:
            return matters.finish(matter_id, text, evidence_sha, scene)
        require(actor, Action.AGREE_ACTION, scene.incident.opened.place_code)
        return matters.excuse(matter_id, text, scene)

    with to.desk.transactions.begin():
        outcome = change(to.desk, actor, incident_id, Action.FINISH_MATTER, decide, command_id=command_id)
        for item in outcome.recorded:
            said = item.event.result if isinstance(item.event, MatterDone) else text
            to.cases.close_finding(incident_id, matter_id, item.at, said)
        return outcome


def archive_case(
    to: CaseDesk, actor: Actor, incident_id: str, lessons: str, *, command_id: str | None = None
) -> Outcome:
    """Close the case and file it. Open requisitions and matters are told and do not stand in the way.

    Raises Refusal while the response is not closed, Conflict when it is archived already.
    """

    def decide(scene: Scene) -> Sequence[Event]:
        incident = scene.incident
        if incident.aftermath.archived is not None:
            raise Conflict("case_archived")
        if incident.is_open:
            raise Refusal("case_still_open")
        archived = CaseArchived(
            lessons=check_text(lessons, "lessons"),
            open_goods=incident.aftermath.open_goods,
            open_matters=len(incident.aftermath.open_matters()),
        )
        return (archived,)

    with to.desk.transactions.begin():
        outcome = change(to.desk, actor, incident_id, Action.ARCHIVE_CASE, decide, command_id=command_id)
        if outcome.recorded:
            to.cases.archive(case_file(to.desk, incident_id))
        return outcome


def case_file(desk: Desk, incident_id: str) -> CaseFile:
    """The case as it is filed: made of the log alone."""
    incident = load(desk, incident_id)
    plans = attached_plans(desk, incident)
    seen = review_of(desk, incident_id)
    archived = incident.aftermath.archived
    return CaseFile(
        incident_id=incident_id,
        title=incident.opened.title,
        what=incident.opened.what,
        place=incident.opened.place,
        place_code=incident.opened.place_code,
        learned_at=incident.opened.learned_at,
        archived_at=incident.aftermath.archived_at or desk.clock.now(),
        hazards=_hazards(incident, plans.values()),
        plans=tuple(plan.content.title for plan in plans.values()),
        figures=seen.figures,
        measures=tuple(
            dict.fromkeys(
                f"{item.issued.to_name}：{item.issued.text}"
                for item in incident.directives.values()
                if item.status is DirectiveStatus.DONE
            )
        )[:30],
        lessons=archived.lessons if archived else "",
        exercise=incident.opened.exercise,
    )


def _hazards(incident: Incident, plans: Iterable[Plan]) -> tuple[str, ...]:
    """The hazards named in the call first, else all of the plans."""
    listed = [hazard for plan in plans for hazard in plan.hazards]
    said = f"{incident.opened.title} {incident.opened.what}"
    named = [hazard for hazard in listed if hazard in said]
    return tuple(dict.fromkeys(named or listed))[:6]


def find_cases(
    to: CaseDesk, actor: Actor, query: CaseQuery, *, limit: int = 50, offset: int = 0
) -> tuple[tuple[CaseFile, ...], int]:
    """Search the archive. Raises Refusal."""
    require(actor, Action.SEE_INCIDENT)
    return to.cases.find(query, limit, offset)


def like_cases(to: CaseDesk, actor: Actor, incident_id: str, *, area: str = "") -> Compared:
    """The case (archived or not) beside the archived ones most like it."""
    require(actor, Action.SEE_INCIDENT)
    own = to.cases.case(incident_id) or case_file(to.desk, incident_id)
    others, _ = to.cases.find(CaseQuery(area=area), LOOKED_AT, 0)
    return compare([own, *most_alike(own, others, MOST_ALIKE)])


def compare_cases(to: CaseDesk, actor: Actor, incident_ids: Sequence[str]) -> Compared:
    """Cases chosen by hand, side by side. Raises InputError for one that is not archived."""
    require(actor, Action.SEE_INCIDENT)
    found: list[CaseFile] = []
    for incident_id in dict.fromkeys(incident_ids):
        case = to.cases.case(incident_id)
        if case is None:
            raise InputError("case_unknown")
        require(actor, Action.SEE_INCIDENT, case.place_code)
        found.append(case)
    return compare(found[:4])
