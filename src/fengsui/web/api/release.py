"""Public information: statements, approvals, corrections, enquiries."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from ninja import Router

from fengsui.application import release as use
from fengsui.application.access import Action, require
from fengsui.application.release_draft import first_wording
from fengsui.application.views import situation
from fengsui.core.plan.codec import to_data
from fengsui.core.response.decisions.release import Draft
from fengsui.core.response.events_release import StatementKind
from fengsui.core.response.incident import Incident
from fengsui.web import wiring
from fengsui.web.api.door import caller, once
from fengsui.web.api.factor import checked
from fengsui.web.api.forms import Body, Done, done
from fengsui.web.api.incidents import Words
from fengsui.web.seat import seat_of

router = Router(tags=["release"])


class Statement(Body):
    """A statement as written. A correction names the statement it ``corrects``, and ``wrong`` words of it."""

    title: str
    text: str
    kind: StatementKind = StatementKind.FIRST
    next_update: datetime | None = None
    corrects: str | None = None
    wrong: str = ""
    right: str = ""
    evidence: str = ""


class Version(Body):
    """The version that was read before agreeing; ``code``, ``password``: see Decision."""

    version: int
    code: str = ""
    password: str = ""


class Enquiry(Body):
    """A question in general terms; ``contact`` only where somebody is to be rung back, kept apart."""

    question: str
    channel: str = "phone"
    contact: str | None = None


class EnquiryAnswer(Body):
    """What was answered; ``statement`` the published statement that answers it."""

    answer: str = ""
    statement: str | None = None


def _seen(request: HttpRequest, incident_id: str) -> Incident:
    require(caller(request), Action.SEE_INCIDENT)
    incident = situation(wiring.desk(), incident_id).incident
    require(caller(request), Action.SEE_INCIDENT, incident.opened.place_code)
    return incident


@router.get("/incidents/{incident_id}/statements")
def statements(request: HttpRequest, incident_id: str) -> dict[str, Any]:
    """Statements with approvals, enquiries, and a first wording made of what is known."""
    incident = _seen(request, incident_id)
    wording = first_wording(
        incident, StatementKind.FIRST, wiring.desk().clock.now(), seat_of(request).language
    )
    return {
        "statements": {
            key: {
                **to_data(item.draft),
                "status": item.status.value,
                "number": item.number,
                "published_at": item.published_at,
                "approved_by": [sign.by for sign in item.approvals],
            }
            for key, item in incident.release.statements.items()
        },
        "enquiries": {
            key: {
                "question": item.noted.question,
                "channel": item.noted.channel,
                "answer": item.answered.answer if item.answered else None,
                "statement": item.answered.statement_id if item.answered else None,
            }
            for key, item in incident.release.enquiries.items()
        },
        "wording": {"title": wording.title, "text": wording.text, "next_update": wording.next_update},
    }


def _draft(given: Statement, statement_id: str | None) -> Draft:
    return Draft(**given.model_dump(), statement_id=statement_id)


@router.post("/incidents/{incident_id}/statements", response=Done)
def write(request: HttpRequest, incident_id: str, given: Statement) -> Done:
    """Write a statement."""
    return _written(request, incident_id, _draft(given, None))


@router.post("/incidents/{incident_id}/statements/{statement_id}", response=Done)
def rewrite(request: HttpRequest, incident_id: str, statement_id: str, given: Statement) -> Done:
    """Write it anew; approvals begin again."""
    return _written(request, incident_id, _draft(given, statement_id))


def _written(request: HttpRequest, incident_id: str, command: Draft) -> Done:
    outcome = use.draft_statement(
        wiring.release_desk(),
        caller(request),
        incident_id,
        command,
        person=seat_of(request).account,
        command_id=once(request),
    )
    return done(outcome)


@router.post("/incidents/{incident_id}/statements/{statement_id}/approve", response=Done)
def approve(request: HttpRequest, incident_id: str, statement_id: str, given: Version) -> Done:
    """Agree to it; the second who agrees publishes it."""
    factor, asked_word = checked(request, given.code, given.password)
    outcome = use.approve_statement(
        wiring.release_desk(),
        caller(request),
        incident_id,
        statement_id,
        given.version,
        person=seat_of(request).account,
        factor=factor,
        factor_word=asked_word,
        command_id=once(request),
    )
    return done(outcome)


@router.post("/incidents/{incident_id}/statements/{statement_id}/return", response=Done)
def give_back(request: HttpRequest, incident_id: str, statement_id: str, given: Words) -> Done:
    """Give it back to be written anew, with the reason."""
    to, actor, mark = wiring.release_desk(), caller(request), once(request)
    return done(use.return_statement(to, actor, incident_id, statement_id, given.text, command_id=mark))


@router.post("/incidents/{incident_id}/statements/{statement_id}/drop", response=Done)
def drop(request: HttpRequest, incident_id: str, statement_id: str, given: Words) -> Done:
    """A draft will not be published."""
    to, actor, mark = wiring.release_desk(), caller(request), once(request)
    return done(use.drop_statement(to, actor, incident_id, statement_id, given.text, command_id=mark))


@router.post("/incidents/{incident_id}/enquiries", response=Done)
def note_enquiry(request: HttpRequest, incident_id: str, given: Enquiry) -> Done:
    """Log a question."""
    outcome = use.note_enquiry(
        wiring.release_desk(),
        caller(request),
        incident_id,
        question=given.question,
        channel=given.channel,
        caller={"contact": given.contact} if given.contact else None,
        command_id=once(request),
    )
    return done(outcome)


@router.post("/incidents/{incident_id}/enquiries/{enquiry_id}/answer", response=Done)
def answer_enquiry(request: HttpRequest, incident_id: str, enquiry_id: str, given: EnquiryAnswer) -> Done:
    """Log the answer."""
    outcome = use.answer_enquiry(
        wiring.release_desk(),
        caller(request),
        incident_id,
        enquiry_id,
        answer=given.answer,
        statement_id=given.statement,
        command_id=once(request),
    )
    return done(outcome)
