"""What the screens of dispatch use: who was told, what was done, who holds a place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django import template
from django.utils import timezone

from fengsui.application.dispatch_board import code_of as board_code
from fengsui.application.wording import word
from fengsui.core.response.incident import DirectiveState, Incident
from fengsui.core.response.state_dispatch import Climb

register = template.Library()


def _language(context: Any) -> str:
    return str(context.get("language", "zh"))


@register.filter
def body(body_id: str | None, names: Any) -> str:
    """A post or unit in words."""
    return str(names.body(body_id, "zh")) if names and body_id else ""


@register.simple_tag(takes_context=True)
def climb_words(context: Any, climb: Climb) -> str:
    """Where an order was brought to, for whom that post stands in, and the gaps on the way."""
    language, event, names = _language(context), climb.event, context.get("names")
    from fengsui.web.show_dispatch import word_for

    parts = {
        name: word_for(name, getattr(event, name), event, names, language)
        for name in ("phase", "rung", "post", "stand_in_for", "gaps")
    }
    at = climb.at
    from fengsui.web.templatetags.fengsui import local

    return word("web.dispatch", "climb_line", language, time=local(at), **parts)


@register.simple_tag(takes_context=True)
def done_words(context: Any, state: DirectiveState) -> str:
    """What was reported done, with its number and photos."""
    from fengsui.web.show_dispatch import word_for

    done = state.handling.done
    text = word_for("result", state.result, done, context.get("names"), _language(context)) if done else ""
    return word("web.tasks", "result", _language(context), text=text or state.result)


@register.simple_tag(takes_context=True)
def code_of(context: Any, state: DirectiveState) -> str:
    """What is the matter with one order."""
    return board_code(state, context.get("now") or timezone.now())


@register.simple_tag
def directive_name(incident: Incident, directive_id: str) -> str:
    """An order by its addressee and its words."""
    state = incident.directives.get(directive_id)
    return f"{state.issued.to_name}：{state.issued.text[:40]}" if state is not None else ""


@register.simple_tag
def undo_button(undo: Mapping[tuple[str, str], datetime], task: Any) -> datetime | None:
    """Until when the last tap on a card may be taken back; None: not any more."""
    return undo.get((task.incident_id, task.directive_id))


@register.filter
def of_role(places: Iterable[Any], role: str) -> list[Any]:
    """The places of one role."""
    return [place for place in places if place.role.value == role]
