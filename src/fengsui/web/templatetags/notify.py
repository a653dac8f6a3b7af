"""What the templates of notification use."""

from __future__ import annotations

from typing import Any

from django import template

from fengsui.application.wording import word
from fengsui.core.notify.ladder import Step
from fengsui.store.selectors.notify import AnswerRate, DeliveryLine, NoticeLine, Trouble, channel_setup
from fengsui.web.notify.where import where

register = template.Library()

_TONES = {"sent": "ok", "delivered": "ok", "failed": "bad", "retrying": "warn", "sending": "warn"}
POOR, FAIR = 0.6, 0.9


@register.simple_tag
def delivery_tone(item: DeliveryLine) -> str:
    """The colour of a delivery; its words stand beside it."""
    return _TONES.get(item.shown, "")


@register.simple_tag(takes_context=True)
def trouble(context: Any, item: Trouble) -> str:
    """A failure in words."""
    return word("error", item.code, context.get("language", "zh"), **item.data)


@register.simple_tag(takes_context=True)
def ladder_wait(context: Any, step: Step, first: bool) -> str:
    """How long a step waits: → at once, or after so many minutes without a receipt."""
    minutes = step.after.total_seconds() / 60
    language = context.get("language", "zh")
    if not minutes:
        return word("web.notify", "at_once", language) if first else word("web.notify", "together", language)
    return word("web.notify", "wait", language, n=f"{minutes:g}")


@register.simple_tag
def rate(item: AnswerRate) -> str:
    """A rate in per cent."""
    return f"{item.answered / item.asked:.0%}"


@register.simple_tag
def rate_tone(item: AnswerRate) -> str:
    """Poor rates in red, middling ones in orange."""
    share = item.answered / item.asked
    return "bad-text" if share < POOR else "warn-text" if share < FAIR else ""


@register.filter
def test_day(day: str) -> str:
    """20260301 → 03-01."""
    return f"{day[4:6]}-{day[6:8]}"


@register.filter
def body(names: Any, body_id: str) -> str:
    """A post or unit by id, inside another tag."""
    return str(names.body(body_id, "zh")) if names else body_id


@register.simple_tag
def notice_href(item: NoticeLine) -> str:
    """Where the matter of a notice is dealt with."""
    return where(item.kind, item.incident_id, item.ref)


@register.simple_tag(takes_context=True)
def change_rows(context: Any, change: Any) -> list[tuple[str, str, str]]:
    """What a change would change: label, before, after. Secrets are told of, never shown."""
    language, after = context.get("language", "zh"), change.after
    if after.get("what") == "waits":
        return [
            (word("wait", name, language), str(after["before"].get(name, "")), str(value))
            for name, value in after["data"].items()
            if value != after["before"].get(name)
        ]
    if after.get("what") == "options":
        return [
            (word("notify_field", name, language), "", str(value))
            for name, value in after["data"].items()
            if value not in ("", None)
        ]
    kept = channel_setup(change.key) if change.key else None
    before = kept.settings if kept else {}
    rows = [
        (word("notify_field", name, language), before.get(name, ""), value)
        for name, value in after["settings"].items()
        if value and value != before.get(name)
    ]
    hidden = word("web.notify", "secret_new", language)
    return rows + [(word("notify_field", name, language), "", hidden) for name in after.get("secrets", ())]
