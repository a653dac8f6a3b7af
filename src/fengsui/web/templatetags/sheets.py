"""Words of the matrix and of action cards for templates."""

from __future__ import annotations

from typing import Any

from django import template

from fengsui.application.charts import words_for
from fengsui.core.plan.action_card import LevelSteps, part_words
from fengsui.core.plan.matrix import Entry

register = template.Library()


@register.simple_tag(takes_context=True)
def step_name(context: Any, scale: str, roman: str) -> str:
    """A step of a scale in words (Ⅲ级响应); without a step, every level."""
    say = words_for(str(context.get("language", "zh")), "chart")
    return say(f"of_{scale}", level=say(f"level_{roman}")) if roman else say("any_level")


@register.simple_tag(takes_context=True)
def left_out(context: Any, level: LevelSteps) -> str:
    """What found no room on a card, with its clauses."""
    say = words_for(str(context.get("language", "zh")), "card")
    code = "left_out" if level.clauses else "left_out_more"
    return say(code, count=level.left_out, clauses="、".join(level.clauses))


@register.simple_tag(takes_context=True)
def power_words(context: Any, entry: Entry) -> str:
    """A power in words: what the body decides, approves or proposes."""
    return part_words(entry, words_for(str(context.get("language", "zh")), "card", "chart"))
