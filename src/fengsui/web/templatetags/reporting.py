"""Tags of the screens of reporting: their words, forecasts, spans."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django import template

from fengsui.application.figure_words import in_unit
from fengsui.application.report_prefill import is_verified
from fengsui.application.wording import word
from fengsui.core.fact import Figure
from fengsui.core.response.report_board import EdgeState, Foreseen
from fengsui.core.response.state_reporting import MACHINE
from fengsui.web import show

register = template.Library()


def _language(context: Any) -> str:
    return str(context.get("language", "zh"))


@register.simple_tag(takes_context=True)
def rp(context: Any, code: str, **data: Any) -> str:
    """The words for ``code`` of the screens of reporting."""
    return word("reporting", code, _language(context), **data)


@register.simple_tag(takes_context=True)
def foreseen_words(context: Any, one: Foreseen) -> str:
    """续报 20 分钟后逾期，尚未起草."""
    language = _language(context)
    kind = word("report_kind", one.owed.kind.value, language)
    draft = word("reporting", "drafted" if one.owed.drafted else "not_drafted", language)
    if one.left is None:
        return word("reporting", "at_once", language, kind=kind, draft=draft)
    code = "is_late" if one.state is EdgeState.LATE else "will_be_late"
    minutes = int(abs(one.left.total_seconds()) // 60)
    return word("reporting", code, language, kind=kind, draft=draft, minutes=minutes)


@register.simple_tag(takes_context=True)
def minutes_since(context: Any, at: datetime) -> int:
    """Whole minutes from ``at`` to now."""
    return max(0, int((context["now"] - at).total_seconds() // 60))


@register.simple_tag(takes_context=True)
def span_words(context: Any, length: timedelta) -> str:
    """A span as a clock."""
    return show.span(length, _language(context))


@register.simple_tag(takes_context=True)
def loss_figure(context: Any, value: Figure | None, unit: str) -> str:
    """A figure of a ledger with its unit; 未知 for none."""
    language = _language(context)
    return word("web.figure", "unknown", language) if value is None else in_unit(value, unit, language)


@register.simple_tag(takes_context=True)
def loss_name(context: Any, item: Any) -> str:
    """An item of the ledger in words."""
    return str(item.zh if _language(context) == "zh" else item.en) if item else ""


@register.filter
def figure_low(value: Figure | None) -> str:
    """The figure as one would type it."""
    return "" if value is None or value.low is None else f"{value.low:f}"


@register.filter
def of_body(given: Any, body: str) -> Any:
    """What a department gave."""
    return next((one for one in given if one.body == body), None)


@register.filter
def signed_first(receipts: Any) -> Any:
    """The receipt of a person, else that of a machine, else nothing."""
    listed = list(receipts)
    return next((one for one in listed if one.means != MACHINE), listed[0] if listed else None)


@register.filter
def has(collection: Any, item: Any) -> bool:
    """Whether ``item`` is among them."""
    return item in collection


@register.filter
def value_of(entry: Any) -> Any:
    """What an entry of a fact says."""
    return entry.value


@register.simple_tag(takes_context=True)
def fact_verified(context: Any, name: str) -> bool:
    """Whether what was said last of a fact was verified."""
    return is_verified(context["incident"], name)


@register.filter
def attr_of(row: object, name: str) -> str:
    """A field of a row by its name."""
    return str(getattr(row, name, ""))
