"""Who may be disturbed now, for the decisions: the roster as the core asks for it."""

from __future__ import annotations

from datetime import datetime

from fengsui.application.desk import Desk
from fengsui.core.response.escalation import DutyState, Roster


def roster_at(desk: Desk, now: datetime) -> Roster:
    """The state of duty of each post at ``now``; each is looked up once."""
    known: dict[str, DutyState] = {}

    def state(post_id: str) -> DutyState:
        if post_id not in known:
            known[post_id] = _state(desk, post_id, now)
        return known[post_id]

    return state


def _state(desk: Desk, post_id: str, now: datetime) -> DutyState:
    if desk.directory.on_duty(post_id, now):
        return DutyState.ON
    return DutyState.OFF if desk.directory.has_shifts(post_id, now) else DutyState.FREE
