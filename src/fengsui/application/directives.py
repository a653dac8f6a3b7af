"""Use cases on directives: issue by hand, accept, report done, ask for help, withdraw."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from fengsui.application.access import Action
from fengsui.application.commit import Outcome, change
from fengsui.application.desk import Actor, Desk
from fengsui.core.response.decisions import orders


def issue_directive(
    desk: Desk,
    actor: Actor,
    incident_id: str,
    *,
    to: Sequence[str],
    text: str,
    due: datetime | None = None,
    command_id: str | None = None,
) -> Outcome:
    """Order ``text`` to units or posts (ids), one directive each."""
    return change(
        desk,
        actor,
        incident_id,
        Action.ISSUE_DIRECTIVE,
        lambda scene: orders.issue(to, text, due, scene),
        command_id=command_id,
    )


def accept_directive(
    desk: Desk, actor: Actor, incident_id: str, directive_id: str, *, command_id: str | None = None
) -> Outcome:
    """The unit has it (签收). Refused to posts it is not addressed to."""
    return change(
        desk,
        actor,
        incident_id,
        Action.ANSWER_DIRECTIVE,
        lambda scene: orders.accept(directive_id, scene),
        command_id=command_id,
    )


def finish_directive(
    desk: Desk,
    actor: Actor,
    incident_id: str,
    directive_id: str,
    result: str,
    *,
    command_id: str | None = None,
) -> Outcome:
    """The unit reports it done."""
    return change(
        desk,
        actor,
        incident_id,
        Action.ANSWER_DIRECTIVE,
        lambda scene: orders.finish(directive_id, result, scene),
        command_id=command_id,
    )


def ask_help(
    desk: Desk, actor: Actor, incident_id: str, directive_id: str, text: str, *, command_id: str | None = None
) -> Outcome:
    """The unit asks for support."""
    return change(
        desk,
        actor,
        incident_id,
        Action.ANSWER_DIRECTIVE,
        lambda scene: orders.ask_help(directive_id, text, scene),
        command_id=command_id,
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
    return change(
        desk,
        actor,
        incident_id,
        Action.ISSUE_DIRECTIVE,
        lambda scene: orders.withdraw(directive_id, reason, scene),
        command_id=command_id,
    )
