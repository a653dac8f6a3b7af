"""Around a decision: starting directly, consultations, sensitive cases, command, the level above."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest
from ninja import Router

from fengsui.application import commanding as command
from fengsui.application import consultations as use
from fengsui.application import proposals
from fengsui.application.consultations import Invited
from fengsui.core.plan.level import ResponseLevel
from fengsui.core.response.decisions.command import Upper
from fengsui.core.response.events_decisions import AskedKind, Handover, Sensitivity, Stance
from fengsui.web import wiring
from fengsui.web.api.door import caller, once
from fengsui.web.api.factor import checked
from fengsui.web.api.forms import Body, Done, done
from fengsui.web.api.incidents import Words

router = Router(tags=["deciding"])


class DirectStart(Body):
    """Start, or change to ``level``, by the post with the power; ``code``, ``password``: see Decision."""

    plan: str
    level: ResponseLevel
    reason: str
    code: str = ""
    password: str = ""


class ToAsk(Body):
    """One to be asked: ``who`` a post id, a body's name, an expert's field; a name stays out of the log."""

    kind: AskedKind
    who: str
    name: str = ""
    phone: str = ""


class Consultation(Body):
    """A consultation; with ``proposal`` the approver sees it."""

    topic: str
    asked: list[ToAsk]
    proposal: str | None = None


class OpinionGiven(Body):
    """What ``asked`` (a1, a2, …) said."""

    asked: str
    stance: Stance
    text: str
    said_at: datetime | None = None


class Mark(Body):
    """What makes the incident sensitive."""

    kind: Sensitivity
    reason: str


class HandOver(Body):
    """Command to posts (``to``) or to a body outside (``to_name``)."""

    direction: Handover
    to: tuple[str, ...] = ()
    to_name: str = ""
    reason: str


class Paper(Body):
    """By which document, and who told."""

    document: str = ""
    told_by: str = ""


class UpperStarted(Body):
    """A government above started; ``level`` in its own words."""

    plan: str
    body: str
    level: str
    document: str
    told_by: str
    upper_plan: str = ""
    started_at: datetime | None = None


def _invited(asked: list[ToAsk]) -> list[Invited]:
    return [Invited(kind=item.kind, who=item.who, name=item.name, phone=item.phone) for item in asked]


@router.post("/incidents/{incident_id}/start", response=Done)
def start(request: HttpRequest, incident_id: str, given: DirectStart) -> Done:
    """Start directly; refused with the clause where the plan asks for a proposal or names another post."""
    factor, word = checked(request, given.code, given.password)
    outcome = proposals.start_directly(
        wiring.desk(),
        caller(request),
        incident_id,
        plan_id=given.plan,
        level=given.level,
        reason=given.reason,
        factor=factor,
        factor_word=word,
        command_id=once(request),
    )
    return done(outcome)


@router.post("/incidents/{incident_id}/consultations", response=Done)
def consult(request: HttpRequest, incident_id: str, given: Consultation) -> Done:
    """Open a consultation."""
    outcome = use.open_consultation(
        wiring.desk(),
        caller(request),
        incident_id,
        topic=given.topic,
        invited=_invited(given.asked),
        proposal_id=given.proposal,
        command_id=once(request),
    )
    return done(outcome)


@router.post("/incidents/{incident_id}/consultations/{consultation_id}/opinions", response=Done)
def opinion(request: HttpRequest, incident_id: str, consultation_id: str, given: OpinionGiven) -> Done:
    """Say what one thinks when asked, or write down what one of those asked said."""
    outcome = use.give_opinion(
        wiring.desk(),
        caller(request),
        incident_id,
        consultation_id,
        given.asked,
        stance=given.stance,
        text=given.text,
        said_at=given.said_at,
        command_id=once(request),
    )
    return done(outcome)


@router.post("/incidents/{incident_id}/consultations/{consultation_id}/asked", response=Done)
def widen(request: HttpRequest, incident_id: str, consultation_id: str, given: list[ToAsk]) -> Done:
    """Ask more."""
    desk, actor = wiring.desk(), caller(request)
    return done(
        use.widen_consultation(
            desk, actor, incident_id, consultation_id, _invited(given), command_id=once(request)
        )
    )


@router.post(
    "/incidents/{incident_id}/consultations/{consultation_id}/proposals/{proposal_id}", response=Done
)
def link(request: HttpRequest, incident_id: str, consultation_id: str, proposal_id: str) -> Done:
    """Show the consultation to the approver of a proposal."""
    desk, actor = wiring.desk(), caller(request)
    return done(
        use.link_consultation(
            desk, actor, incident_id, consultation_id, proposal_id, command_id=once(request)
        )
    )


@router.post("/incidents/{incident_id}/consultations/{consultation_id}/conclusion", response=Done)
def conclude(request: HttpRequest, incident_id: str, consultation_id: str, given: Words) -> Done:
    """End it with a conclusion."""
    desk, actor = wiring.desk(), caller(request)
    return done(
        use.conclude_consultation(
            desk, actor, incident_id, consultation_id, given.text, command_id=once(request)
        )
    )


@router.post("/incidents/{incident_id}/sensitive", response=Done)
def mark(request: HttpRequest, incident_id: str, given: Mark) -> Done:
    """Note a sensitive place, time or group of people; no level changes by it."""
    desk, actor = wiring.desk(), caller(request)
    return done(
        command.mark_sensitive(
            desk, actor, incident_id, kind=given.kind, reason=given.reason, command_id=once(request)
        )
    )


@router.post("/incidents/{incident_id}/sensitive/{mark_id}/lift", response=Done)
def lift(request: HttpRequest, incident_id: str, mark_id: str, given: Words) -> Done:
    """It no longer holds."""
    desk, actor = wiring.desk(), caller(request)
    return done(command.lift_mark(desk, actor, incident_id, mark_id, given.text, command_id=once(request)))


@router.post("/incidents/{incident_id}/in-command", response=Done)
def hand_over(request: HttpRequest, incident_id: str, given: HandOver) -> Done:
    """Offer command; it passes when the receiver accepts."""
    outcome = command.hand_over_command(
        wiring.desk(),
        caller(request),
        incident_id,
        direction=given.direction,
        to=given.to,
        to_name=given.to_name,
        reason=given.reason,
        command_id=once(request),
    )
    return done(outcome)


@router.post("/incidents/{incident_id}/in-command/{transfer_id}/accept", response=Done)
def take(request: HttpRequest, incident_id: str, transfer_id: str, given: Paper) -> Done:
    """Take command."""
    outcome = command.accept_command(
        wiring.desk(),
        caller(request),
        incident_id,
        transfer_id,
        document=given.document,
        told_by=given.told_by,
        command_id=once(request),
    )
    return done(outcome)


@router.post("/incidents/{incident_id}/in-command/{transfer_id}/decline", response=Done)
def decline(request: HttpRequest, incident_id: str, transfer_id: str, given: Words) -> Done:
    """Not take it, or take the offer back."""
    desk, actor = wiring.desk(), caller(request)
    return done(
        command.decline_command(desk, actor, incident_id, transfer_id, given.text, command_id=once(request))
    )


@router.post("/incidents/{incident_id}/upper", response=Done)
def follow(request: HttpRequest, incident_id: str, given: UpperStarted) -> Done:
    """A government above started: follow its command."""
    upper = Upper(
        body=given.body,
        upper_plan=given.upper_plan,
        upper_level=given.level,
        document=given.document,
        told_by=given.told_by,
        started_at=given.started_at,
    )
    desk, actor = wiring.desk(), caller(request)
    return done(
        command.follow_upper(
            desk, actor, incident_id, plan_id=given.plan, upper=upper, command_id=once(request)
        )
    )


@router.post("/incidents/{incident_id}/upper/{follow_id}/end", response=Done)
def end_follow(request: HttpRequest, incident_id: str, follow_id: str, given: Paper) -> Done:
    """The government above ended it, or gave command back."""
    outcome = command.end_follow(
        wiring.desk(),
        caller(request),
        incident_id,
        follow_id,
        document=given.document,
        told_by=given.told_by,
        command_id=once(request),
    )
    return done(outcome)
