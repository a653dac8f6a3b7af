"""Use case on report edges: a report went out."""

from __future__ import annotations

from fengsui.application.access import Action
from fengsui.application.commit import Outcome, change
from fengsui.application.desk import Actor, Desk
from fengsui.core.response.decisions import orders


def send_report(
    desk: Desk,
    actor: Actor,
    incident_id: str,
    clock_id: str,
    *,
    means: str,
    text: str,
    command_id: str | None = None,
) -> Outcome:
    """Record a report on a running edge; ``means`` as made (电话, 书面, …)."""
    return change(
        desk,
        actor,
        incident_id,
        Action.SEND_REPORT,
        lambda scene: orders.send_report(clock_id, means, text, scene),
        command_id=command_id,
    )
