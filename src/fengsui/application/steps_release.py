"""What is next around informing the public: statements that wait."""

from __future__ import annotations

from fengsui.application.board import Step
from fengsui.core.response.decisions.release import NEEDED
from fengsui.core.response.incident import Incident
from fengsui.core.response.state_release import StatementStatus


def release_steps(incident: Incident) -> list[Step]:
    """Statements that somebody has still to agree to, or to write anew."""
    return [
        Step(
            kind="statement" if item.status is StatementStatus.DRAFT else "statement_returned",
            ref=key,
            data=(("title", item.draft.title), ("n", str(max(0, NEEDED - len(item.approvals))))),
        )
        for key, item in incident.release.statements.items()
        if item.is_open
    ]
