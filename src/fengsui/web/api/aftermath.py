"""The end of a response and what comes after: conditions, matters, requisitions, review, archive."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Router

from fengsui.application import aftermath as use
from fengsui.application import casefiles, matters
from fengsui.application.access import Action, require
from fengsui.application.aftermath_ports import CaseQuery
from fengsui.application.review_paper import gap_words, line_text
from fengsui.application.views import situation
from fengsui.core.casefile.asked import AskedLine
from fengsui.core.casefile.case import CaseFile
from fengsui.core.citation import Citation
from fengsui.core.errors import InputError
from fengsui.core.plan.codec import to_data
from fengsui.core.response.decisions.ledger import Taken
from fengsui.core.response.decisions.matters import Wanted
from fengsui.core.response.events_aftermath import MatterKind
from fengsui.core.response.incident import Incident
from fengsui.web import wiring
from fengsui.web.api.aftermath_forms import (
    Condition,
    Dissolving,
    Entrusted,
    Evidence,
    Money,
    Moved,
    NewAction,
    NewMatter,
    Requisition,
    Returned,
)
from fengsui.web.api.door import caller, once
from fengsui.web.api.forms import Done, done
from fengsui.web.api.incidents import Words
from fengsui.web.api.standing import clause
from fengsui.web.seat import seat_of

router = Router(tags=["aftermath"])
PAGE = 50


def _seen(request: HttpRequest, incident_id: str) -> Incident:
    require(caller(request), Action.SEE_INCIDENT)
    incident = situation(wiring.desk(), incident_id).incident
    require(caller(request), Action.SEE_INCIDENT, incident.opened.place_code)
    return incident


@router.get("/incidents/{incident_id}/aftermath")
def standing(request: HttpRequest, incident_id: str) -> dict[str, Any]:
    """The checklist, what the plans ask for afterwards, matters and requisitions."""
    incident = _seen(request, incident_id)
    found = use.aftermath(wiring.desk(), incident_id)
    state = incident.aftermath
    return {
        "conditions": [
            {
                "plan": end.plan.id,
                "condition": line.condition.text,
                "answer": line.state.checked.answer.value if line.state else None,
                "evidence": line.state.checked.evidence if line.state else None,
                "clause": clause(line.condition.source),
            }
            for end in found.endings
            for line in end.lines
        ],
        "asked": [
            {"kind": item.kind.value, "text": item.text, "who": item.who, "clause": clause(item.source)}
            for item in found.asked
        ],
        "matters": {
            key: {
                "kind": item.opened.kind.value,
                "text": item.opened.text,
                "owner": item.opened.owner_name,
                "due": item.due,
                "status": item.status.value,
                "result": item.text,
            }
            for key, item in state.matters.items()
        },
        "goods": {
            key: {
                "receipt": item.taken.receipt,
                "what": item.taken.what,
                "quantity": item.taken.quantity,
                "returned": item.returned.state.value if item.returned else None,
                "due_cny": item.due.amount_cny if item.due else None,
                "paid_cny": item.paid_cny,
                "open": item.is_open,
            }
            for key, item in state.goods.items()
        },
        "archived": state.archived is not None,
    }


@router.post("/incidents/{incident_id}/conditions", response=Done)
def check(request: HttpRequest, incident_id: str, given: Condition) -> Done:
    """Look at one condition for ending the response."""
    outcome = use.check_condition(
        wiring.desk(),
        caller(request),
        incident_id,
        plan_id=given.plan,
        condition=given.condition,
        answer=given.answer,
        evidence=given.evidence,
        evidence_sha=given.evidence_sha,
        command_id=once(request),
    )
    return done(outcome)


@router.post("/incidents/{incident_id}/directives/{directive_id}/continue", response=Done)
def go_on(request: HttpRequest, incident_id: str, directive_id: str, given: Words) -> Done:
    """The order goes on when the response ends."""
    desk, actor, mark = wiring.desk(), caller(request), once(request)
    return done(use.continue_directive(desk, actor, incident_id, directive_id, given.text, command_id=mark))


@router.post("/incidents/{incident_id}/dissolve", response=Done)
def dissolve(request: HttpRequest, incident_id: str, given: Dissolving) -> Done:
    """Dissolve a group or the headquarters on the scene."""
    outcome = use.dissolve(
        wiring.desk(),
        caller(request),
        incident_id,
        given.name,
        on_scene=given.on_scene,
        text=given.text,
        command_id=once(request),
    )
    return done(outcome)


@router.post("/incidents/{incident_id}/matters", response=Done)
def new_matter(request: HttpRequest, incident_id: str, given: NewMatter) -> Done:
    """Take up something to see to; what a review agrees has its own address."""
    if given.kind is MatterKind.CORRECTIVE:
        raise InputError("action_on_review")
    wanted = Wanted(kind=given.kind, text=given.text, owner=given.owner, due=given.due)
    desk, actor = wiring.desk(), caller(request)
    return done(matters.open_matters(desk, actor, incident_id, [wanted], command_id=once(request)))


@router.post("/incidents/{incident_id}/matters/{matter_id}/done", response=Done)
def matter_done(request: HttpRequest, incident_id: str, matter_id: str, given: Evidence) -> Done:
    """It was done."""
    outcome = matters.finish_matter(
        wiring.desk(),
        caller(request),
        incident_id,
        matter_id,
        given.text,
        evidence_sha=given.evidence_sha,
        command_id=once(request),
    )
    return done(outcome)


@router.post("/incidents/{incident_id}/matters/{matter_id}/excuse", response=Done)
def matter_excused(request: HttpRequest, incident_id: str, matter_id: str, given: Words) -> Done:
    """It will not be done, with the reason."""
    desk, actor, mark = wiring.desk(), caller(request), once(request)
    return done(matters.excuse_matter(desk, actor, incident_id, matter_id, given.text, command_id=mark))


@router.post("/incidents/{incident_id}/matters/{matter_id}/move", response=Done)
def matter_moved(request: HttpRequest, incident_id: str, matter_id: str, given: Moved) -> Done:
    """Another day, with the reason."""
    desk, actor, mark = wiring.desk(), caller(request), once(request)
    return done(
        matters.move_matter(desk, actor, incident_id, matter_id, given.due, given.text, command_id=mark)
    )


@router.post("/incidents/{incident_id}/goods", response=Done)
def take(request: HttpRequest, incident_id: str, given: Requisition) -> Done:
    """Requisition goods."""
    if not given.owner.get("name", "").strip():
        raise InputError("text_missing", field="owner")
    taken = Taken(
        what=given.what,
        quantity=given.quantity,
        owner_kind=given.owner_kind,
        owner_ref="",
        value_cny=given.value_cny,
        use=given.use,
        keeper=given.keeper,
        due=given.due,
    )
    desk, actor = wiring.desk(), caller(request)
    return done(use.take_goods(desk, actor, incident_id, taken, given.owner, command_id=once(request)))


@router.post("/incidents/{incident_id}/goods/{goods_id}/entrust", response=Done)
def entrust(request: HttpRequest, incident_id: str, goods_id: str, given: Entrusted) -> Done:
    """Say who is to return them and pay for them."""
    desk, actor, mark = wiring.desk(), caller(request), once(request)
    keeper, due = given.keeper, given.due
    return done(use.entrust_goods(desk, actor, incident_id, goods_id, keeper, due, command_id=mark))


@router.post("/incidents/{incident_id}/goods/{goods_id}/return", response=Done)
def give_back(request: HttpRequest, incident_id: str, goods_id: str, given: Returned) -> Done:
    """The goods go back."""
    desk, actor, mark = wiring.desk(), caller(request), once(request)
    return done(
        use.return_goods(desk, actor, incident_id, goods_id, given.state, given.text, command_id=mark)
    )


@router.post("/incidents/{incident_id}/goods/{goods_id}/compensation", response=Done)
def set_compensation(request: HttpRequest, incident_id: str, goods_id: str, given: Money) -> Done:
    """What the owner is due."""
    desk, actor, mark = wiring.desk(), caller(request), once(request)
    return done(
        use.set_compensation(
            desk, actor, incident_id, goods_id, given.amount_cny, given.text, command_id=mark
        )
    )


@router.post("/incidents/{incident_id}/goods/{goods_id}/payment", response=Done)
def pay(request: HttpRequest, incident_id: str, goods_id: str, given: Money) -> Done:
    """A payment."""
    desk, actor, mark = wiring.desk(), caller(request), once(request)
    return done(
        use.pay_compensation(
            desk, actor, incident_id, goods_id, given.amount_cny, given.text, command_id=mark
        )
    )


@router.get("/incidents/{incident_id}/review")
def review(request: HttpRequest, incident_id: str) -> dict[str, Any]:
    """What was asked, what happened, when, and the gap, clause by clause; spans in seconds."""
    _seen(request, incident_id)
    seen, language = casefiles.review_of(wiring.desk(), incident_id), seat_of(request).language
    return {
        "figures": to_data(seen.figures),
        "gaps": seen.gaps,
        "clauses": [
            {
                "plan": group.plan_id,
                "clause": clause(group.source),
                "lines": [_line(line, language) for line in group.lines],
            }
            for group in seen.groups
        ],
        "actions": [_line(line, language) for line in seen.actions],
    }


def _line(line: AskedLine, language: str) -> dict[str, Any]:
    return {
        "kind": line.kind.value,
        "ref": line.ref,
        "text": line_text(line, language),
        "who": line.who,
        "due": line.due,
        "happened": line.happened,
        "result": line.result,
        "gap": line.gap.value,
        "late_seconds": line.late.total_seconds() if line.late is not None else None,
        "words": gap_words(line, language),
    }


@router.post("/incidents/{incident_id}/actions", response=Done)
def agree(request: HttpRequest, incident_id: str, given: NewAction) -> Done:
    """Agree what is to be mended."""
    outcome = casefiles.agree_action(
        wiring.case_desk(),
        caller(request),
        incident_id,
        text=given.text,
        owner=given.owner,
        due=given.due,
        plan_id=given.plan if given.clause else None,
        source=_clause(incident_id, given),
        command_id=once(request),
    )
    return done(outcome)


def _clause(incident_id: str, given: NewAction) -> Citation | None:
    if not given.plan or not given.clause:
        return None
    for group in casefiles.review_of(wiring.desk(), incident_id).groups:
        if (group.plan_id, group.clause) == (given.plan, given.clause):
            return group.source
    raise InputError("condition_unknown", condition=given.clause)


@router.post("/incidents/{incident_id}/actions/{matter_id}/done", response=Done)
def action_done(request: HttpRequest, incident_id: str, matter_id: str, given: Evidence) -> Done:
    """It is mended, with evidence: the finding on the clause is closed."""
    outcome = casefiles.settle_action(
        wiring.case_desk(),
        caller(request),
        incident_id,
        matter_id,
        given.text,
        evidence_sha=given.evidence_sha,
        command_id=once(request),
    )
    return done(outcome)


@router.post("/incidents/{incident_id}/archive", response=Done)
def archive(request: HttpRequest, incident_id: str, given: Words) -> Done:
    """Close the case; ``text`` are the lessons."""
    desk, actor, mark = wiring.case_desk(), caller(request), once(request)
    return done(casefiles.archive_case(desk, actor, incident_id, given.text, command_id=mark))


@router.get("/cases")
def cases(
    request: HttpRequest,
    text: str = "",
    hazard: str = "",
    level: str = "",
    year: int | None = None,
    page: int = 1,
) -> dict[str, Any]:
    """Archived cases of the area, the latest first."""
    query = CaseQuery(
        text=text[:100], hazard=hazard[:40], level=level[:4], year=year, area=seat_of(request).area
    )
    number = min(max(1, page), 10_000)
    found, total = casefiles.find_cases(
        wiring.case_desk(), caller(request), query, limit=PAGE, offset=(number - 1) * PAGE
    )
    return {"total": total, "cases": [_case(case) for case in found]}


def _case(case: CaseFile) -> dict[str, Any]:
    data: dict[str, Any] = to_data(case)
    return data
