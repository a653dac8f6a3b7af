"""Words of the matrix and of action cards for templates."""

from __future__ import annotations

from functools import lru_cache
from typing import Any
from urllib.parse import quote

from django import template
from django.utils.html import escape
from django.utils.safestring import mark_safe

from fengsui.application.charts import words_for
from fengsui.core.plan.action_card import LevelSteps, part_words
from fengsui.core.plan.matrix import Entry

register = template.Library()


@register.simple_tag(takes_context=True)
def step_name(context: Any, scale: str, roman: str) -> str:
    """A step of a scale in words (Ⅲ级响应); without a step, every level."""
    say = words_for(str(context.get("language", "zh")), "chart")
    return say(f"of_{scale}", level=say(f"level_{roman}")) if roman else say("any_level")


@lru_cache(maxsize=128)
def _step(language: str, scale: str, roman: str) -> str:
    return escape(step_name({"language": language}, scale, roman))


@register.simple_tag(takes_context=True)
def matrix_cells(context: Any, line: Any) -> str:
    """The cells of one body, a plan each. Made here: a page has a thousand of them, and as template nodes
    they took most of its time.
    """
    language = str(context.get("language", "zh"))
    before = f"{escape(context['base'])}?unit={quote(line.row.body)}&amp;{escape(context['kept'])}"
    found = []
    for cell in line.cells:
        title, plan = escape(cell.plan.content.title), escape(cell.plan.id)
        if not cell.total:
            found.append(f'<td class="nothing" data-plan="{title}"></td>')
            continue
        marks = "".join(
            f'<span class="at {"lv-" if roman else ""}{roman}">{_step(language, scale, roman)} {count}</span>'
            for scale, roman, count in cell.counts
        )
        found.append(
            f'<td data-plan="{title}"><a class="cell" href="{before}#p-{plan}">'
            f'<b class="num">{cell.total}</b> <span class="marks">{marks}</span></a></td>'
        )
    return mark_safe("".join(found))


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
