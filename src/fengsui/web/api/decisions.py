"""Proposals and what the approvers say."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Router

from fengsui.application import proposals as use
from fengsui.application.proposals import Answer
from fengsui.core.plan.level import ResponseLevel
from fengsui.core.response.decisions.propose import Outside
from fengsui.web import wiring
from fengsui.web.api.door import caller, once
from fengsui.web.api.factor import checked
from fengsui.web.api.forms import Body, Done, done
from fengsui.web.api.incidents import Words

router = Router(tags=["decisions"])


class Proposal(Body):
    """Start the response of a plan at ``level``, or change to it where one runs."""

    plan: str
    level: ResponseLevel
    reason: str


class EndProposal(Body):
    """End the response of a plan."""

    plan: str
    reason: str


class Decision(Body):
    """``answer`` approve, refuse or ask.

    ``outside``: what a body outside the directory decided, with its document and who told us. To approve, a
    browser gives ``code`` (of a device, or a recovery code) or ``password``, a key ``code`` where asked.
    ``override``: why a response ends although conditions for it are not shown to be met.
    """

    answer: Answer
    text: str = ""
    outside: dict[str, str] | None = None
    code: str = ""
    password: str = ""
    override: str = ""
    expected_seq: int | None = None


@router.post("/incidents/{incident_id}/proposals", response=Done)
def propose(request: HttpRequest, incident_id: str, given: Proposal) -> Done:
    """Propose to start a response or to change its level."""
    outcome = use.propose(
        wiring.desk(),
        caller(request),
        incident_id,
        plan_id=given.plan,
        level=given.level,
        reason=given.reason,
        command_id=once(request),
    )
    return done(outcome)


@router.post("/incidents/{incident_id}/proposals/end", response=Done)
def propose_end(request: HttpRequest, incident_id: str, given: EndProposal) -> Done:
    """Propose to end a response."""
    outcome = use.propose_termination(
        wiring.desk(),
        caller(request),
        incident_id,
        plan_id=given.plan,
        reason=given.reason,
        command_id=once(request),
    )
    return done(outcome)


@router.post("/incidents/{incident_id}/proposals/{proposal_id}/decision", response=Done)
def decide(request: HttpRequest, incident_id: str, proposal_id: str, given: Decision) -> Done:
    """Approve, refuse or ask; refused with the clause to whom the plan does not give this power."""
    told = given.outside
    outside = (
        Outside(body=told.get("body", ""), document=told.get("document", ""), told_by=told.get("told_by", ""))
        if told is not None
        else None
    )
    signs = given.answer is Answer.APPROVE and outside is None
    factor, word = checked(request, given.code, given.password) if signs else (None, "")
    outcome = use.answer_proposal(
        wiring.desk(),
        caller(request),
        incident_id,
        proposal_id,
        given.answer,
        given.text,
        outside=outside,
        factor=factor,
        factor_word=word,
        override=given.override,
        expected_seq=given.expected_seq,
        command_id=once(request),
    )
    return done(outcome)


@router.post("/incidents/{incident_id}/proposals/{proposal_id}/answer", response=Done)
def answer(request: HttpRequest, incident_id: str, proposal_id: str, given: Words) -> Done:
    """Answer what the approver asked."""
    desk, actor = wiring.desk(), caller(request)
    return done(
        use.answer_question(desk, actor, incident_id, proposal_id, given.text, command_id=once(request))
    )


@router.post("/incidents/{incident_id}/proposals/{proposal_id}/withdraw", response=Done)
def withdraw(request: HttpRequest, incident_id: str, proposal_id: str, given: Words) -> Done:
    """Take a proposal back."""
    desk, actor = wiring.desk(), caller(request)
    return done(
        use.withdraw_proposal(desk, actor, incident_id, proposal_id, given.text, command_id=once(request))
    )
