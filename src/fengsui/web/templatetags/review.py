"""What the plan page and the review use: their words, figures as read, forms."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.safestring import SafeString

from fengsui.application.wording import word
from fengsui.web import show
from fengsui.web.plans import readings as figures

register = template.Library()


def _language(context: Any) -> str:
    return str(context.get("language", "zh"))


@register.simple_tag(takes_context=True)
def r(context: Any, code: str, **data: Any) -> str:
    """The words for ``code`` of the review and the plan page."""
    return word("review_page", code, _language(context), **data)


@register.simple_tag(takes_context=True)
def readings(context: Any, section: str, value: Any) -> list[figures.Reading]:
    """The figures of an item, to be shown large."""
    return figures.readings(section, value, _language(context))


@register.filter
def figures_marked(text: str) -> SafeString:
    """A phrase with its figures set apart."""
    return figures.numbers_marked(text)


@register.simple_tag(takes_context=True)
def choice_words(context: Any, choice: Any) -> str:
    """The words of one option of a field."""
    return word(choice.group, choice.value, _language(context)) if choice.group else str(choice.value)


@register.simple_tag(takes_context=True)
def field_words(context: Any, section: str, name: str) -> str:
    """The label of a field: that of its section where the same name means another thing there."""
    own = word("field_of", f"{section}_{name}", _language(context))
    return own if own != f"{section}_{name}" else word("web.field", name, _language(context))


@register.simple_tag(takes_context=True)
def fault_words(context: Any, code: str) -> str:
    """One sentence for what is wrong with a field."""
    told = word("form_fault", code, _language(context))
    return told if told != code else word("error", code, _language(context))


@register.filter
def own_name(name: str) -> str:
    """The name of a level where it says more than its number."""
    return show.own_name(name)


@register.filter
def body_of(names: dict[str, str], body_id: str) -> str:
    """A post or unit by id; the id itself where the directory lacks it."""
    return names.get(body_id, body_id)
