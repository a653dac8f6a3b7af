"""Who may be disturbed now, for the decisions: the roster as the core asks for it."""

from __future__ import annotations

from datetime import datetime
from functools import cache

from fengsui.application.desk import Desk
from fengsui.core.response.escalation import DutyState, Roster


def roster_at(desk: Desk, now: datetime) -> Roster:
    """The state of duty of each post at ``now``; the roster is looked at when first asked, and once."""
    shifts = cache(lambda: desk.directory.shifts(now))

    def state(post_id: str) -> DutyState:
        if post_id in shifts().on:
            return DutyState.ON
        return DutyState.OFF if post_id in shifts().around else DutyState.FREE

    return state
