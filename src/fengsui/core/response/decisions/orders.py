"""Directives after they were issued, and reports on running edges."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from fengsui.core.errors import Conflict, InputError, Refusal
from fengsui.core.response.decisions.scene import Scene, check_text
from fengsui.core.response.decisions.waiting import pass_on
from fengsui.core.response.due import obligations
from fengsui.core.response.events import (
    DeadlineKind,
    DeadlinePassed,
    DirectiveAccepted,
    DirectiveDone,
    DirectiveIssued,
    DirectiveWithdrawn,
    Event,
    HelpAsked,
    ReportSent,
)
from fengsui.core.response.incident import DirectiveState, DirectiveStatus


def issue(to: Sequence[str], text: str, due: datetime | None, scene: Scene) -> tuple[Event, ...]:
    """Orders given by hand, one a unit. Raises InputError for an unknown unit or a due time gone by."""
    scene.must_be_open()
    words = check_text(text, "text")
    if not to:
        raise InputError("text_missing", field="to")
    if due is not None and due.tzinfo is None:
        raise InputError("time_without_zone", field="due", at=due.isoformat())
    if due is not None and due <= scene.now:
        raise InputError("due_in_past", at=due.isoformat())
    issued: list[Event] = []
    for number, target in enumerate(dict.fromkeys(to), start=len(scene.incident.directives) + 1):
        unit, post = scene.directory.unit(target), scene.directory.post(target)
        if unit is None and post is None:
            raise InputError("unit_unknown", unit=target)
        name = unit.name if unit is not None else post.title if post is not None else target
        issued.append(
            DirectiveIssued(directive_id=f"d{number}", to=(target,), to_name=name, text=words, due=due)
        )
    return tuple(issued)


def _addressed(state: DirectiveState, scene: Scene) -> None:
    """Raises Refusal unless the acting post is one the directive is addressed to, or of such a unit."""
    post = scene.directory.post(scene.by)
    if scene.by in state.issued.to or (post is not None and post.unit in state.issued.to):
        return
    if not state.issued.to and post is not None:
        # The body is outside the directory: whoever may record for the desk speaks for it.
        return
    raise Refusal("not_addressed", allowed=(state.issued.to_name,), post=post.title if post else scene.by)


def accept(directive_id: str, scene: Scene) -> tuple[Event, ...]:
    """The unit has the order (签收)."""
    state = scene.directive(directive_id)
    _addressed(state, scene)
    if state.status is DirectiveStatus.ACCEPTED:
        raise Conflict("directive_settled", directive=directive_id, status=state.status.value)
    return (DirectiveAccepted(directive_id=directive_id),)


def finish(directive_id: str, result: str, scene: Scene) -> tuple[Event, ...]:
    """Done; taking it and reporting it done may be one step."""
    state = scene.directive(directive_id)
    _addressed(state, scene)
    done = DirectiveDone(directive_id=directive_id, result=check_text(result, "result"))
    if state.status is DirectiveStatus.ISSUED:
        return (DirectiveAccepted(directive_id=directive_id), done)
    return (done,)


def ask_help(directive_id: str, text: str, scene: Scene) -> tuple[Event, ...]:
    """The unit needs support for it."""
    state = scene.directive(directive_id)
    _addressed(state, scene)
    return (HelpAsked(directive_id=directive_id, text=check_text(text, "text")),)


def withdraw(directive_id: str, reason: str, scene: Scene) -> tuple[Event, ...]:
    """The order no longer holds."""
    scene.must_be_open()
    scene.directive(directive_id)
    return (DirectiveWithdrawn(directive_id=directive_id, reason=check_text(reason, "reason")),)


def send_report(clock_id: str, means: str, text: str, scene: Scene) -> tuple[Event, ...]:
    """A report went out on a running edge."""
    scene.must_be_open()
    clock = scene.incident.clocks.get(clock_id)
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
