"""What was read as large figures beside the phrase they were read from, so that an eye can compare. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from fengsui.application.grading_words import fact_words
from fengsui.application.wording import word
from fengsui.core.plan.criterion import AllOf, AnyOf, Criterion, Threshold
from fengsui.web import show


@dataclass(frozen=True, slots=True)
class Reading:
    """One figure: ``what`` it is of, ``figure`` large, ``phrase`` the words it was read from.

    ``join`` "all" or "any" where it counts only with the ones beside it.
    """

    what: str
    figure: str
    phrase: str = ""
    join: str = ""
    out_of_scope: bool = False


def readings(section: str, value: Any, language: str) -> list[Reading]:
    """The figures of an item; empty for items that are words alone."""
    if section == "levels":
        criteria = [*([value.condition] if value.condition else []), *value.criteria]
        return [reading for criterion in criteria for reading in _of(criterion, language, "")]
    if section == "deadlines":
        edge = show.join([value.who or "—"], language) + (
            f" → {show.join(value.to, language)}" if value.to else ""
        )
        every = word("review_page", "every_figure", language, every=value.every) if value.every else ""
        return [Reading(edge, value.within or every or value.by or "", value.after or "")]
    if section == "resources":
        return [
            Reading(
                value.name, f"{show.number(value.quantity, '', language)} {value.unit}", value.holder or ""
            )
        ]
    if section == "contacts":
        return [Reading(value.unit, value.phone, value.post or "")]
    if section in ("drills", "revision", "trainings") and value.every:
        return [Reading(getattr(value, "scope", None) or "", value.every)]
    return []


def _of(criterion: Criterion, language: str, join: str) -> Iterator[Reading]:
    if isinstance(criterion, AllOf | AnyOf):
        for part in criterion.parts:
            yield from _of(part, language, "all" if isinstance(criterion, AllOf) else "any")
    elif isinstance(criterion, Threshold):
        yield Reading(fact_words(criterion.fact, language), bounds(criterion, language), criterion.text, join)
    else:
        what = fact_words(criterion.fact, language) if criterion.fact else ""
        figure = word("figure_words", "yes", language) if criterion.fact else ""
        yield Reading(what, figure, criterion.text, join, criterion.out_of_scope)


def bounds(item: Threshold, language: str) -> str:
    """A threshold as signs: "≥ 3 人、＜ 10 人"; a bound of which the plan does not say whether it counts
    carries the mark that says so."""
    parts = [
        _bound(item.low, item.low_included, "≥", "＞", item.unit, language),
        _bound(item.high, item.high_included, "≤", "＜", item.unit, language),
    ]
    window = word("review_page", "in_hours", language, n=item.window_h) if item.window_h else ""
    window += word("review_page", "in_days", language, n=item.window_d) if item.window_d else ""
    return window + show.join([part for part in parts if part], language)


def _bound(
    value: Decimal | None, included: bool | None, with_it: str, without: str, unit: str, language: str
) -> str:
    if value is None:
        return ""
    sign = without if included is False else with_it
    unsaid = word("review_page", "bound_unsaid", language) if included is None else ""
    tail = word("web.unit", unit, language) if unit else ""
    return f"{sign} {show.number(value, unit, language)} {tail}{unsaid}".strip()


_NUMBER = re.compile(
    r"[\d０-９][\d０-９.,．，]*[万亿]?|[一二三四五六七八九十百千万两半]+(?=人|个|小时|日|天|年|名|级|分钟)"
)


def numbers_marked(text: str) -> SafeString:
    """``text`` with its figures set apart."""
    pieces: list[tuple[str, str]] = []
    at = 0
    for found in _NUMBER.finditer(text):
        pieces.append((text[at : found.start()], found.group()))
        at = found.end()
    marked = format_html_join("", '{}<b class="figure-in">{}</b>', pieces)
    return marked + format_html_join("", "{}", [(text[at:],)])
