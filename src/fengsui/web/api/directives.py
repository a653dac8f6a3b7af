"""Orders to units and what becomes of them; reports on the edges of the plans."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest
from ninja import Router

from fengsui.application import directives as use
from fengsui.application.reports import send_report
from fengsui.web import wiring
from fengsui.web.api.door import caller, once
from fengsui.web.api.forms import Body, Done, done
from fengsui.web.api.incidents import Words

router = Router(tags=["directives"])


class Order(Body):
    """An order to units or posts (ids)."""

    to: list[str]
    text: str
    due: datetime | None = None


class Sent(Body):
    """A report that went out; ``means`` as made (电话, 书面, …)."""

    means: str
    text: str


@router.post("/incidents/{incident_id}/directives", response=Done)
def issue(request: HttpRequest, incident_id: str, given: Order) -> Done:
    """Order something by hand, one directive an addressee."""
    outcome = use.issue_directive(
        wiring.desk(),
        caller(request),
        incident_id,
        to=given.to,
        text=given.text,
        due=given.due,
        command_id=once(request),
    )
    return done(outcome)


@router.post("/incidents/{incident_id}/directives/{directive_id}/accept", response=Done)
def accept(request: HttpRequest, incident_id: str, directive_id: str) -> Done:
    """The unit has it."""
    desk, actor = wiring.desk(), caller(request)
    return done(use.accept_directive(desk, actor, incident_id, directive_id, command_id=once(request)))


@router.post("/incidents/{incident_id}/directives/{directive_id}/done", response=Done)
def finish(request: HttpRequest, incident_id: str, directive_id: str, given: Words) -> Done:
    """The unit reports it done."""
    desk, actor, mark = wiring.desk(), caller(request), once(request)
    return done(use.finish_directive(desk, actor, incident_id, directive_id, given.text, command_id=mark))


@router.post("/incidents/{incident_id}/directives/{directive_id}/help", response=Done)
def ask_help(request: HttpRequest, incident_id: str, directive_id: str, given: Words) -> Done:
    """The unit asks for support."""
    desk, actor, mark = wiring.desk(), caller(request), once(request)
    return done(use.ask_help(desk, actor, incident_id, directive_id, given.text, command_id=mark))


@router.post("/incidents/{incident_id}/directives/{directive_id}/withdraw", response=Done)
def withdraw(request: HttpRequest, incident_id: str, directive_id: str, given: Words) -> Done:
    """The order no longer holds."""
    desk, actor, mark = wiring.desk(), caller(request), once(request)
    return done(use.withdraw_directive(desk, actor, incident_id, directive_id, given.text, command_id=mark))


@router.post("/incidents/{incident_id}/reports/{clock_id}", response=Done)
def report(request: HttpRequest, incident_id: str, clock_id: str, given: Sent) -> Done:
    """Record a report on a running edge."""
    outcome = send_report(
        wiring.desk(),
        caller(request),
        incident_id,
        clock_id,
        means=given.means,
        text=given.text,
        command_id=once(request),
    )
    return done(outcome)
