"""Directives as those who command see them: give, link, give to another, answer, withdraw; and reports."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from fengsui.core.errors import Conflict, InputError
from fengsui.core.plan.reporting import ClockStart
from fengsui.core.response.decisions.scene import Scene, check_text
from fengsui.core.response.decisions.waiting import pass_on
from fengsui.core.response.dependencies import circle, unsettled
from fengsui.core.response.due import obligations
from fengsui.core.response.events import (
    DeadlineKind,
    DeadlinePassed,
    DirectiveIssued,
    DirectiveWithdrawn,
    Event,
    ReportSent,
)
from fengsui.core.response.events_dispatch import (
    DirectiveAnswered,
    DirectiveLinked,
    EscalationAnswered,
    HelpAnswered,
)
from fengsui.core.response.incident import DirectiveStatus

GIVEN_TO_ANOTHER = "given_to_another"
"""Reason of a withdrawal: the order came back and another has it now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderTerms:
    """What an order given by hand says besides its text: until when, after what, whom to ask, where.

    ``within`` counts from now, or from the release where the order waits; ``due`` is an instant. Not both.
    """

    due: datetime | None = None
    within: timedelta | None = None
    after: tuple[str, ...] = ()
    contact: str | None = None
    place: str | None = None


def issue(
    to: Sequence[str],
    text: str,
    terms: OrderTerms,
    scene: Scene,
    *,
    replaces: str | None = None,
    helps: str | None = None,
) -> tuple[DirectiveIssued, ...]:
    """Orders given by hand, one a unit. Raises InputError for an unknown unit or a due time gone by."""
    scene.must_be_open()
    words = check_text(text, "text")
    if not to:
        raise InputError("text_missing", field="to")
    _check_terms(terms, scene)
    waits = bool(unsettled(scene.incident.directives, terms.after))
    counted = None if terms.within is None or waits else scene.now + terms.within
    issued: list[DirectiveIssued] = []
    for number, target in enumerate(dict.fromkeys(to), start=len(scene.incident.directives) + 1):
        issued.append(
            DirectiveIssued(
                directive_id=f"d{number}",
                to=(target,),
                to_name=_name(target, scene),
                text=words,
                due=terms.due or counted,
                after=terms.after,
                within=terms.within if waits else None,
                contact=terms.contact,
                place=terms.place,
                replaces=replaces,
                helps=helps,
            )
        )
    return tuple(issued)


def _name(target: str, scene: Scene) -> str:
    unit, post = scene.directory.unit(target), scene.directory.post(target)
    if unit is None and post is None:
        raise InputError("unit_unknown", unit=target)
    return unit.name if unit is not None else post.title if post is not None else target


def _check_terms(terms: OrderTerms, scene: Scene) -> None:
    if terms.due is not None and terms.within is not None:
        raise InputError("two_deadlines")
    if terms.due is not None and terms.due.tzinfo is None:
        raise InputError("time_without_zone", field="due", at=terms.due.isoformat())
    if terms.due is not None and terms.due <= scene.now:
        raise InputError("due_in_past", at=terms.due.isoformat())
    if terms.within is not None and terms.within <= timedelta():
        raise InputError("due_in_past", at="")
    for item in terms.after:
        if item not in scene.incident.directives:
            raise InputError("directive_unknown", directive=item)
    if terms.contact is not None and scene.directory.post(terms.contact) is None:
        raise InputError("post_unknown", post=terms.contact)


def link(directive_id: str, after: Sequence[str], scene: Scene) -> tuple[Event, ...]:
    """Let an order nobody has taken yet wait for others (none: for nothing). A circle is refused by name."""
    scene.must_be_open()
    state = scene.directive(directive_id)
    if state.status is not DirectiveStatus.ISSUED:
        raise Conflict("directive_taken", text=state.issued.text)
    wanted = tuple(dict.fromkeys(after))
    for item in wanted:
        if item not in scene.incident.directives:
            raise InputError("directive_unknown", directive=item)
    way = circle(scene.incident.directives, directive_id, wanted)
    if way:
        texts = " → ".join(scene.incident.directives[item].issued.text[:20] for item in way)
        raise InputError("orders_in_circle", way=texts)
    if wanted == state.handling.after:
        return ()
    return (DirectiveLinked(directive_id=directive_id, after=wanted),)


def reassign(directive_id: str, to: Sequence[str], terms: OrderTerms, scene: Scene) -> tuple[Event, ...]:
    """Give an order to others: the old one is withdrawn, what waited for it waits for the (first) new one."""
    scene.must_be_open()
    state = scene.directive(directive_id)
    given = OrderTerms(
        due=terms.due or (state.due if terms.within is None and _ahead(state.due, scene) else None),
        within=terms.within,
        after=state.handling.after,
        contact=terms.contact or state.issued.contact,
        place=terms.place or state.issued.place,
    )
    new = issue(to, state.issued.text, given, scene, replaces=directive_id)
    if set(state.issued.to) & {target for item in new for target in item.to}:
        raise InputError("same_unit_again", unit=state.issued.to_name)
    old = DirectiveWithdrawn(directive_id=directive_id, reason=GIVEN_TO_ANOTHER)
    # The new ones keep the clause of the old; the last to be folded would stand for it: the first shall.
    kept = [_like(item, state.issued, first=place == 0) for place, item in enumerate(new)]
    return (old, *kept)


def _ahead(due: datetime | None, scene: Scene) -> bool:
    return due is not None and due > scene.now


def _like(new: DirectiveIssued, old: DirectiveIssued, *, first: bool) -> DirectiveIssued:
    from dataclasses import replace

    return replace(
        new,
        plan_id=old.plan_id,
        source=old.source,
        helps=old.helps,
        replaces=new.replaces if first else None,
    )


def answer_question(directive_id: str, answer: str, scene: Scene) -> tuple[Event, ...]:
    """Answer what a unit asked. Raises Conflict when nothing is asked."""
    state = scene.directive(directive_id)
    if state.handling.question is None:
        raise Conflict("nothing_asked", text=state.issued.text)
    return (DirectiveAnswered(directive_id=directive_id, answer=check_text(answer, "answer")),)


def answer_help(
    directive_id: str, answer: str, to: Sequence[str], terms: OrderTerms, scene: Scene, text: str = ""
) -> tuple[Event, ...]:
    """Answer a request for support: by orders to others, linked to it, or by saying why not."""
    scene.must_be_open()
    state = scene.directive(directive_id)
    if not state.unanswered_help:
        raise Conflict("no_help_asked", text=state.issued.text)
    if set(to) & set(state.issued.to):
        raise InputError("same_unit_again", unit=state.issued.to_name)
    orders = issue(to, text or state.unanswered_help[0].text, terms, scene, helps=directive_id) if to else ()
    said = check_text(answer, "answer") if not to else answer.strip()
    reply = HelpAnswered(
        directive_id=directive_id, answer=said, by_directive=tuple(item.directive_id for item in orders)
    )
    return (*orders, reply)


def take_care(directive_id: str, answer: str, scene: Scene) -> tuple[Event, ...]:
    """Somebody in the chain sees to it: it climbs no further."""
    state = scene.directive(directive_id)
    if not state.handling.climbs:
        raise Conflict("not_escalated", text=state.issued.text)
    if state.handling.taken_care is not None:
        raise Conflict("taken_care_already", text=state.issued.text)
    return (EscalationAnswered(directive_id=directive_id, answer=check_text(answer, "answer")),)


def withdraw(directive_id: str, reason: str, scene: Scene) -> tuple[Event, ...]:
    """The order no longer holds."""
    scene.must_be_open()
    scene.directive(directive_id)
    return (DirectiveWithdrawn(directive_id=directive_id, reason=check_text(reason, "reason")),)


def send_report(clock_id: str, means: str, text: str, scene: Scene) -> tuple[Event, ...]:
    """A report went out on a running edge; the final one may follow when the incident is closed."""
    clock = scene.incident.clocks.get(clock_id)
    if clock is None or clock.started.start is not ClockStart.STABLE:
        scene.must_be_open()
    if clock is None:
        raise InputError("clock_unknown", clock=clock_id)
    if not clock.running:
        raise Conflict("clock_stopped", clock=clock_id)
    return (ReportSent(clock_id=clock_id, means=check_text(means, "means"), text=check_text(text, "text")),)


def pass_deadlines(scene: Scene, refs: frozenset[str] | None = None) -> tuple[Event, ...]:
    """A ``DeadlinePassed`` for every deadline gone by unkept (of ``refs`` only, where given).

    A proposal nobody answered goes to who stands in instead, as long as there is one.
    """
    events: list[Event] = []
    for item in obligations(scene.incident):
        if item.due_at > scene.now or (refs is not None and item.deadline_id not in refs):
            continue
        passed = pass_on(item.ref, scene) if item.kind is DeadlineKind.PROPOSAL else ()
        events += passed or (DeadlinePassed(deadline_id=item.deadline_id, kind=item.kind, ref=item.ref),)
    return tuple(events)
