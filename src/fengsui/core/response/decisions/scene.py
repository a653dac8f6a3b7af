"""What a decision looks at: the incident, the plans attached to it, who is who, and now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from fengsui.core.directory import Directory
from fengsui.core.errors import Conflict, InputError
from fengsui.core.plan.model import Plan
from fengsui.core.response.escalation import DutyState, Roster
from fengsui.core.response.incident import DirectiveState, Incident, ProposalState

CLOCK_SKEW = timedelta(minutes=2)
"""An instant this far ahead of the server still counts as now: clocks of desks differ."""


def without_shifts(_post_id: str) -> DutyState:
    """The roster of a desk that keeps none: every post is a standing one."""
    return DutyState.FREE


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """``plans`` holds the attached plans by id; ``now`` is aware, ``by`` the post that acts.

    ``roster``: who is on duty at ``now``, for what fills places.
    """

    incident: Incident
    plans: Mapping[str, Plan] = field(default_factory=dict)
    directory: Directory
    now: datetime
    by: str
    roster: Roster = without_shifts

    def plan(self, plan_id: str) -> Plan:
        """An attached plan. Raises InputError("plan_not_attached")."""
        if plan_id not in self.plans:
            raise InputError("plan_not_attached", plan=plan_id)
        return self.plans[plan_id]

    def proposal(self, proposal_id: str) -> ProposalState:
        """A proposal still open. Raises InputError for an unknown one, Conflict for a settled one."""
        state = self.incident.proposals.get(proposal_id)
        if state is None:
            raise InputError("proposal_unknown", proposal=proposal_id)
        if not state.is_open:
            raise Conflict("proposal_settled", proposal=proposal_id, status=state.status.value)
        return state

    def directive(self, directive_id: str) -> DirectiveState:
        """A directive still open. Raises InputError for an unknown one, Conflict for a settled one."""
        state = self.incident.directives.get(directive_id)
        if state is None:
            raise InputError("directive_unknown", directive=directive_id)
        if not state.is_open:
            raise Conflict("directive_settled", directive=directive_id, status=state.status.value)
        return state

    def must_be_open(self) -> None:
        """Raises Conflict when the incident was closed."""
        if not self.incident.is_open:
            raise Conflict("incident_closed", incident=self.incident.incident_id)


def check_instant(at: datetime | None, now: datetime, name: str) -> None:
    """Raises InputError for an instant without zone, or later than ``now``."""
    if at is None:
        return
    if at.tzinfo is None:
        raise InputError("time_without_zone", field=name, at=at.isoformat())
    if at > now + CLOCK_SKEW:
        raise InputError("time_in_future", field=name, at=at.isoformat(), now=now.isoformat())


def check_text(text: str, name: str) -> str:
    """``text`` trimmed. Raises InputError when nothing is left."""
    stripped = text.strip()
    if not stripped:
        raise InputError("text_missing", field=name)
    return stripped
