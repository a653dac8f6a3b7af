"""Values as people read them: times, figures, levels, log lines. Pure, in both languages."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import fields
from datetime import datetime, timedelta
from typing import Any

from fengsui.application.figure_words import figure, number
from fengsui.application.grading_words import fact_words
from fengsui.application.matter_words import matter_words
from fengsui.application.wording import word
from fengsui.core.citation import Citation
from fengsui.core.response.events import TIMER, Recorded
from fengsui.core.response.events_aftermath import ConditionAnswer, GoodsState, MatterOpened
from fengsui.web import show_dispatch

__all__ = ["Names", "countdown", "event_line", "figure", "join", "level_word", "number", "own_name", "span"]

SOON = timedelta(minutes=30)


def span(length: timedelta, language: str) -> str:
    """A span as a clock: 00:12:40, with days in words."""
    seconds = int(abs(length.total_seconds()))
    days, rest = divmod(seconds, 86400)
    text = f"{rest // 3600:02}:{rest % 3600 // 60:02}:{rest % 60:02}"
    return word("web.time", "days", language, days=days, clock=text) if days else text


def countdown(due: datetime, start: datetime | None, now: datetime, language: str) -> tuple[str, str]:
    """State and words of a countdown: calm, half (from 50 %), late (from 80 %), over."""
    left = due - now
    if left <= timedelta():
        return "over", word("web.time", "overdue", language, span=span(left, language))
    if start is None or start >= due:
        # Where it began is not known here: the last half hour and the last ten minutes count.
        state = "late" if left <= SOON / 3 else "half" if left <= SOON else "calm"
        return state, span(left, language)
    used = (now - start) / (due - start)
    state = "late" if used >= 0.8 else "half" if used >= 0.5 else "calm"
    return state, span(left, language)


def level_word(roman: str, kind: str, name: str, color: str, language: str) -> str:
    """Name and colour of a level: 重大（橙）; the plan's own name goes before the usual one."""
    usual = word("web.level", f"name_{kind}_{roman}", language)
    own = own_name(name)
    plain = own if own and language == "zh" else usual
    hue = color if color and language == "zh" else word("web.level", f"color_{roman}", language)
    if language == "zh" and hue.removesuffix("色") in plain:
        return plain  # 红色预警 names its colour already
    return word("web.level", "with_color", language, name=plain, color=hue)


def own_name(name: str) -> str:
    """The name of a level without what its mark says already: "Ⅲ级响应" says nothing more."""
    return re.sub(r"^[ⅠⅡⅢⅣⅤIV一二三四五]+级(响应|预警)?$", "", name)


class Names:
    """Ids in words: posts and units from the directory, plans and proposals from the incident."""

    def __init__(
        self,
        bodies: Mapping[str, str],
        plans: Mapping[str, str] | None = None,
        directives: Mapping[str, str] | None = None,
    ) -> None:
        self.bodies = bodies
        self.plans = plans or {}
        self.directives = directives or {}

    def body(self, body_id: str | None, language: str) -> str:
        """A post or unit in words; the timer under its own name."""
        if not body_id:
            return ""
        if body_id == TIMER:
            return word("web.common", "timer", language)
        return self.bodies.get(body_id, body_id)

    def plan(self, plan_id: str) -> str:
        """Title of a plan."""
        return self.plans.get(plan_id, plan_id)


def event_line(recorded: Recorded, names: Names | None, language: str) -> str:
    """One record in words, from ``[web.event]``; every field of the event may be used there."""
    event = recorded.event
    known = names or Names({})
    data: dict[str, Any] = {}
    for spec in fields(event):
        value = getattr(event, spec.name)
        own = show_dispatch.word_for(spec.name, value, event, known, language)
        data[spec.name] = _word_for(spec.name, value, event, known, language) if own is None else own
    return word("web.event", type(event).__name__, language, **data)


def _word_for(name: str, value: Any, event: Any, names: Names, language: str) -> str:
    if name in ("plan_id", "directive_id", "fact"):
        return _named(name, value, names, language)
    said = _aftermath_word(name, value, event, language)
    if said is not None:
        return said
    if name in ("value", "answer") and not isinstance(value, str):
        return figure(value, getattr(event, "fact", ""), language)
    if name in ("level", "before", "after"):
        roman = getattr(value, "value", None)
        return word("web.level", f"short_{roman}" if roman else "short_none", language)
    if name == "possible":
        return join((word("web.level", f"short_{step.value}", language) for step in value), language)
    if name in ("kind", "means", "start", "stance", "factor", "basis", "direction"):
        return word(f"web.{name}", str(getattr(value, "value", value)), language) if value else ""
    if isinstance(value, datetime):
        from django.utils import timezone

        return timezone.localtime(value).strftime("%m-%d %H:%M")
    if isinstance(value, tuple):
        return join(
            (names.body(item, language) if isinstance(item, str) else str(item) for item in value), language
        )
    return "" if value is None or isinstance(value, Citation) else str(value)


def _named(name: str, value: Any, names: Names, language: str) -> str:
    """An id in words."""
    if name == "plan_id":
        return names.plan(str(value)) if value else ""
    if name == "fact":
        return fact_words(str(value), language)
    return names.directives.get(str(value), "")


def _aftermath_word(name: str, value: Any, event: Any, language: str) -> str | None:
    if name == "text" and isinstance(event, MatterOpened):
        return matter_words(event.kind, event.text, language)
    if isinstance(value, ConditionAnswer):
        return word("web.condition_answer", value.value, language)
    if isinstance(value, GoodsState):
        return word("web.goods_state", value.value, language)
    return None


def join(items: Any, language: str) -> str:
    """A list in words."""
    return ("、" if language == "zh" else ", ").join(items)
