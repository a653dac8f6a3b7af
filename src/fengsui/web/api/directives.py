"""Orders to units and what becomes of them; reports on the edges of the plans."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

from django.http import HttpRequest
from ninja import Router
from pydantic import Field

from fengsui.application import directives as use
from fengsui.application.directives import DoneReport, OrderTerms
from fengsui.application.photos import finish_with_photos
from fengsui.application.reports import send_report
from fengsui.web import wiring
from fengsui.web.api.door import caller, once
from fengsui.web.api.forms import Body, Done, done
from fengsui.web.api.incidents import Words

router = Router(tags=["directives"])
ONE = "/incidents/{incident_id}/directives/{directive_id}"


class Terms(Body):
    """Until when (``due``, or ``within_minutes`` from now or its release), after what, whom to ask, where."""

    due: datetime | None = None
    within_minutes: float | None = Field(None, gt=0)
    after: list[str] = Field(default_factory=list)
    contact: str | None = None
    place: str | None = None

    def terms(self) -> OrderTerms:
        """The same as a value of the core."""
        within = timedelta(minutes=self.within_minutes) if self.within_minutes else None
        return OrderTerms(
            due=self.due, within=within, after=tuple(self.after), contact=self.contact, place=self.place
        )


class Order(Terms):
    """An order to units or posts (ids)."""

    to: list[str]
    text: str


class Given(Terms):
    """An order given to others."""

    to: list[str]


class HelpAnswer(Terms):
    """The answer to a request for support: orders to ``to``, or ``answer`` says why there is none."""

    to: list[str] = Field(default_factory=list)
    text: str = ""
    answer: str = ""


class Link(Body):
    """What the order waits for."""

    after: list[str]


class Report(Body):
    """What was done: words, a number of something, photos by hash (sent before), a place."""

    text: str = ""
    number: Decimal | None = None
    number_of: str | None = None
    photos: list[str] = Field(default_factory=list)
    lon: float | None = None
    lat: float | None = None


class Sent(Body):
    """A report that went out; ``means`` as made (电话, 书面, …)."""

    means: str
    text: str


@router.post("/incidents/{incident_id}/directives", response=Done)
def issue(request: HttpRequest, incident_id: str, given: Order) -> Done:
    """Order something by hand, with deadline, predecessors, contact and place."""
    desk, actor, mark = wiring.desk(), caller(request), once(request)
    return done(
        use.issue_directive(
            desk, actor, incident_id, to=given.to, text=given.text, terms=given.terms(), command_id=mark
        )
    )


@router.post(f"{ONE}/accept", response=Done)
def accept(request: HttpRequest, incident_id: str, directive_id: str) -> Done:
    """The unit has it."""
    desk, actor = wiring.desk(), caller(request)
    return done(use.accept_directive(desk, actor, incident_id, directive_id, command_id=once(request)))


@router.post(f"{ONE}/done", response=Done)
def finish(request: HttpRequest, incident_id: str, directive_id: str, given: Report) -> Done:
    """Report an order done, with number, photos and place."""
    told = DoneReport(
        result=given.text,
        number=given.number,
        number_of=given.number_of,
        photos=tuple(given.photos),
        lon=given.lon,
        lat=given.lat,
    )
    photos, actor, mark = wiring.photos(), caller(request), once(request)
    return done(finish_with_photos(photos, actor, incident_id, directive_id, told, (), command_id=mark))


@router.post(f"{ONE}/help", response=Done)
def ask_help(request: HttpRequest, incident_id: str, directive_id: str, given: Words) -> Done:
    """The unit asks for support."""
    desk, actor, mark = wiring.desk(), caller(request), once(request)
    return done(use.ask_help(desk, actor, incident_id, directive_id, given.text, command_id=mark))


@router.post(f"{ONE}/withdraw", response=Done)
def withdraw(request: HttpRequest, incident_id: str, directive_id: str, given: Words) -> Done:
    """The order no longer holds."""
    desk, actor, mark = wiring.desk(), caller(request), once(request)
    return done(use.withdraw_directive(desk, actor, incident_id, directive_id, given.text, command_id=mark))


@router.post(f"{ONE}/link", response=Done)
def link(request: HttpRequest, incident_id: str, directive_id: str, given: Link) -> Done:
    """Let an order wait for others; a circle is refused."""
    desk, actor, mark = wiring.desk(), caller(request), once(request)
    return done(use.link_directive(desk, actor, incident_id, directive_id, given.after, command_id=mark))


@router.post(f"{ONE}/reassign", response=Done)
def reassign(request: HttpRequest, incident_id: str, directive_id: str, given: Given) -> Done:
    """Give an order to others."""
    desk, actor, mark = wiring.desk(), caller(request), once(request)
    return done(
        use.reassign_directive(
            desk, actor, incident_id, directive_id, to=given.to, terms=given.terms(), command_id=mark
        )
    )


@router.post(f"{ONE}/decline", response=Done)
def decline(request: HttpRequest, incident_id: str, directive_id: str, given: Words) -> Done:
    """The unit cannot take it."""
    desk, actor, mark = wiring.desk(), caller(request), once(request)
    return done(use.decline_directive(desk, actor, incident_id, directive_id, given.text, command_id=mark))


@router.post(f"{ONE}/question", response=Done)
def question(request: HttpRequest, incident_id: str, directive_id: str, given: Words) -> Done:
    """The unit asks."""
    desk, actor, mark = wiring.desk(), caller(request), once(request)
    return done(use.ask_question(desk, actor, incident_id, directive_id, given.text, command_id=mark))


@router.post(f"{ONE}/answer", response=Done)
def answer(request: HttpRequest, incident_id: str, directive_id: str, given: Words) -> Done:
    """Answer what a unit asked."""
    desk, actor, mark = wiring.desk(), caller(request), once(request)
    return done(use.answer_question(desk, actor, incident_id, directive_id, given.text, command_id=mark))


@router.post(f"{ONE}/help-answer", response=Done)
def help_answer(request: HttpRequest, incident_id: str, directive_id: str, given: HelpAnswer) -> Done:
    """Answer a request for support."""
    outcome = use.answer_help(
        wiring.desk(),
        caller(request),
        incident_id,
        directive_id,
        answer=given.answer,
        to=given.to,
        text=given.text,
        terms=given.terms(),
        command_id=once(request),
    )
    return done(outcome)


@router.post(f"{ONE}/undo", response=Done)
def undo(request: HttpRequest, incident_id: str, directive_id: str) -> Done:
    """Take back the last thing this post did on the order, within a minute."""
    desk, actor = wiring.desk(), caller(request)
    return done(use.undo_tap(desk, actor, incident_id, directive_id, command_id=once(request)))


@router.post(f"{ONE}/care", response=Done)
def care(request: HttpRequest, incident_id: str, directive_id: str, given: Words) -> Done:
    """Take care of an order that was brought up the chain."""
    desk, actor, mark = wiring.desk(), caller(request), once(request)
    return done(use.take_care(desk, actor, incident_id, directive_id, given.text, command_id=mark))


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
