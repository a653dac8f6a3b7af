"""What the screens around a decision use."""

from __future__ import annotations

from django import template

from fengsui.core.response.events_decisions import Asked
from fengsui.core.response.state_decisions import ConsultationState, Opinion

register = template.Library()


@register.filter
def opinions(state: ConsultationState) -> list[tuple[Asked, tuple[Opinion, ...]]]:
    """Everybody who was asked with what they said; who said nothing comes too."""
    return [(asked, state.said_by(asked.asked_id)) for asked in state.asked]
