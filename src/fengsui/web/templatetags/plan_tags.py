"""Tags for the way of a plan through the library."""

from __future__ import annotations

from typing import Any

from django import template

from fengsui.application.access import Action, may
from fengsui.application.plan_filing import Filing, filing, filing_words
from fengsui.application.plan_library_ports import DraftRecord, DraftState
from fengsui.store import selectors
from fengsui.web import wiring
from fengsui.web.seat import seat_of

register = template.Library()


@register.inclusion_tag("plans/plan_state.html", takes_context=True)
def plan_state(context: Any, record: DraftRecord) -> dict[str, Any]:
    """The state of a plan and what the post at the desk may do with it next (after confirmation)."""
    seat = seat_of(context["request"])

    def allowed(action: Action) -> bool:
        return may(seat.actor, action, record.jurisdiction) is None

    state = record.state
    return {
        **{name: context.get(name) for name in ("request", "language", "csrf_token")},
        "record": record,
        "filing": filing_of(record),
        "may_approve": state is DraftState.CONFIRMED
        and allowed(Action.APPROVE_PLAN)
        and record.confirmed_by != seat.actor.post_id,
        "waits_for_approval": state is DraftState.CONFIRMED,
        "may_put": state is DraftState.APPROVED and allowed(Action.PUT_IN_FORCE),
        "may_withdraw": state is DraftState.IN_FORCE and allowed(Action.WITHDRAW_PLAN),
    }


@register.simple_tag(takes_context=True)
def filing_text(context: Any, standing: Filing | None) -> str:
    """How a plan stands with its filing, in the language of the page."""
    return filing_words(standing, str(context.get("language", "zh"))) if standing else ""


def filing_of(record: DraftRecord) -> Filing:
    """How the plan stands with its filing today."""
    library = wiring.library()
    return filing(
        record.filing_due,
        record.filed_on,
        library.today(),
        library.workdays,
        in_force=record.state is DraftState.IN_FORCE,
    )


@register.simple_tag
def findings_of(record: DraftRecord) -> selectors.Tally | None:
    """How many findings of the check stand in the plan; None while it was not checked."""
    return selectors.lint_tallies((record.draft_id,)).get(record.draft_id)
