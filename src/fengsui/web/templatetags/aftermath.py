"""Tags of the review and the archive: gaps, spans and figures in words."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import template

from fengsui.application import review_paper
from fengsui.application.matter_words import matter_words
from fengsui.core.casefile.asked import BAD
from fengsui.core.response.events_aftermath import MatterKind

register = template.Library()


def _language(context: Any) -> str:
    return str(context.get("language", "zh"))


@register.simple_tag(takes_context=True)
def gap(context: Any, line: Any) -> str:
    """The gap of a line in words."""
    return review_paper.gap_words(line, _language(context))


@register.filter
def is_bad(line: Any) -> bool:
    """Whether a review looks at the gap of this line."""
    return line.gap in BAD


@register.simple_tag(takes_context=True)
def asked_text(context: Any, line: Any) -> str:
    """What was asked, in words."""
    return review_paper.line_text(line, _language(context))


@register.simple_tag(takes_context=True)
def matter_text(context: Any, matter: Any) -> str:
    """A matter in words."""
    return matter_words(matter.opened.kind, matter.opened.text, _language(context))


@register.simple_tag(takes_context=True)
def matter_line_text(context: Any, line: Any) -> str:
    """A matter of a list in words."""
    return matter_words(MatterKind(line.kind), line.text, _language(context))


@register.simple_tag(takes_context=True)
def figures_of(context: Any, figures: Any) -> list[tuple[str, str]]:
    """The figures of a case, in words."""
    return review_paper.figure_rows(figures, _language(context))


@register.filter
def yuan(value: Decimal | None) -> str:
    """Money with thousands and cents."""
    return "" if value is None else f"{value:,.2f}"
