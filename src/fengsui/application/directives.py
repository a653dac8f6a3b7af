"""Use cases on directives: give, link, reassign, take, decline, ask, finish, ask for help, undo."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from fengsui.application.access import Action, require
from fengsui.application.commit import Outcome, change
from fengsui.application.desk import Actor, Desk
from fengsui.core.errors import Refusal
from fengsui.core.response.decisions import orders, replies
from fengsui.core.response.decisions.orders import OrderTerms
from fengsui.core.response.decisions.replies import DoneReport
from fengsui.core.response.decisions.scene import Scene
from fengsui.core.response.events import Event


def _as_unit(
    desk: Desk,
    actor: Actor,
    incident_id: str,
    decide: Callable[[Scene], Sequence[Event]],
    command_id: str | None,
) -> Outcome:
    return change(desk, actor, incident_id, Action.ANSWER_DIRECTIVE, decide, command_id=command_id)


def _as_command(
    desk: Desk,
    actor: Actor,
    incident_id: str,
    decide: Callable[[Scene], Sequence[Event]],
    command_id: str | None,
) -> Outcome:
    return change(desk, actor, incident_id, Action.ISSUE_DIRECTIVE, decide, command_id=command_id)


def issue_directive(
    desk: Desk,
    actor: Actor,
    incident_id: str,
    *,
    to: Sequence[str],
    text: str,
    due: datetime | None = None,
    terms: OrderTerms | None = None,
    command_id: str | None = None,
) -> Outcome:
    """Order ``text`` to units or posts (ids), one directive each; ``terms`` say more than ``due``."""
    given = terms or OrderTerms(due=due)
    return _as_command(
        desk, actor, incident_id, lambda scene: orders.issue(to, text, given, scene), command_id
    )


def link_directive(
    desk: Desk,
    actor: Actor,
    incident_id: str,
    directive_id: str,
    after: Sequence[str],
    *,
    command_id: str | None = None,
) -> Outcome:
    """Let an order wait for others. Raises InputError("orders_in_circle")."""
    return _as_command(
        desk, actor, incident_id, lambda scene: orders.link(directive_id, after, scene), command_id
    )


def reassign_directive(
    desk: Desk,
    actor: Actor,
    incident_id: str,
    directive_id: str,
    *,
    to: Sequence[str],
    terms: OrderTerms | None = None,
    command_id: str | None = None,
) -> Outcome:
    """Give an order to other units; the old one is withdrawn."""
    given = terms or OrderTerms()
    return _as_command(
        desk, actor, incident_id, lambda scene: orders.reassign(directive_id, to, given, scene), command_id
    )


def answer_question(
    desk: Desk,
    actor: Actor,
    incident_id: str,
    directive_id: str,
    answer: str,
    *,
    command_id: str | None = None,
) -> Outcome:
    """Answer what a unit asked."""
    return _as_command(
        desk,
        actor,
        incident_id,
        lambda scene: orders.answer_question(directive_id, answer, scene),
        command_id,
    )


def answer_help(
    desk: Desk,
    actor: Actor,
    incident_id: str,
    directive_id: str,
    *,
    answer: str = "",
    to: Sequence[str] = (),
    text: str = "",
    terms: OrderTerms | None = None,
    command_id: str | None = None,
) -> Outcome:
    """Answer a request for support: orders to ``to``, linked to it, or why there is none."""
    given = terms or OrderTerms()
    return _as_command(
        desk,
        actor,
        incident_id,
        lambda scene: orders.answer_help(directive_id, answer, to, given, scene, text),
        command_id,
    )


def withdraw_directive(
    desk: Desk,
    actor: Actor,
    incident_id: str,
    directive_id: str,
    reason: str,
    *,
    command_id: str | None = None,
) -> Outcome:
    """The order no longer holds."""
    return _as_command(
        desk, actor, incident_id, lambda scene: orders.withdraw(directive_id, reason, scene), command_id
    )


def take_care(
    desk: Desk,
    actor: Actor,
    incident_id: str,
    directive_id: str,
    answer: str,
    *,
    command_id: str | None = None,
) -> Outcome:
    """Somebody it was brought to sees to it. Refused to whoever neither was told nor may give orders."""

    def decide(scene: Scene) -> Sequence[Event]:
        state = scene.directive(directive_id)
        told = {step.event.post for step in state.handling.climbs}
        if actor.post_id not in told:
            require(actor, Action.ISSUE_DIRECTIVE, scene.incident.opened.place_code)
        return orders.take_care(directive_id, answer, scene)

    return _as_unit(desk, actor, incident_id, decide, command_id)


def accept_directive(
    desk: Desk, actor: Actor, incident_id: str, directive_id: str, *, command_id: str | None = None
) -> Outcome:
    """The unit has it (签收). Refused to posts it is not addressed to."""
    return _as_unit(desk, actor, incident_id, lambda scene: replies.accept(directive_id, scene), command_id)


def decline_directive(
    desk: Desk,
    actor: Actor,
    incident_id: str,
    directive_id: str,
    reason: str,
    *,
    command_id: str | None = None,
) -> Outcome:
    """The unit cannot take it; it goes back to who gave it."""
    return _as_unit(
        desk, actor, incident_id, lambda scene: replies.decline(directive_id, reason, scene), command_id
    )


def ask_question(
    desk: Desk, actor: Actor, incident_id: str, directive_id: str, text: str, *, command_id: str | None = None
) -> Outcome:
    """The unit asks before it goes on."""
    return _as_unit(
        desk, actor, incident_id, lambda scene: replies.question(directive_id, text, scene), command_id
    )


def finish_directive(
    desk: Desk,
    actor: Actor,
    incident_id: str,
    directive_id: str,
    result: str | DoneReport,
    *,
    command_id: str | None = None,
) -> Outcome:
    """The unit reports it done, in words or with number, photos and place."""
    report = DoneReport(result=result) if isinstance(result, str) else result
    return _as_unit(
        desk, actor, incident_id, lambda scene: replies.finish(directive_id, report, scene), command_id
    )


def ask_help(
    desk: Desk, actor: Actor, incident_id: str, directive_id: str, text: str, *, command_id: str | None = None
) -> Outcome:
    """The unit asks for support."""
    return _as_unit(
        desk, actor, incident_id, lambda scene: replies.ask_help(directive_id, text, scene), command_id
    )


def undo_tap(
    desk: Desk, actor: Actor, incident_id: str, directive_id: str, *, command_id: str | None = None
) -> Outcome:
    """Take back what this post did last on the order. Raises Refusal("undo_too_late") after a minute."""
    return _as_unit(desk, actor, incident_id, lambda scene: replies.undo(directive_id, scene), command_id)


__all__ = [
    "DoneReport",
    "OrderTerms",
    "Refusal",
    "accept_directive",
    "answer_help",
    "answer_question",
    "ask_help",
    "ask_question",
    "decline_directive",
    "finish_directive",
    "issue_directive",
    "link_directive",
    "reassign_directive",
    "take_care",
    "undo_tap",
    "withdraw_directive",
]
