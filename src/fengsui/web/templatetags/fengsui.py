"""What every template uses: words, times, figures, levels and the clause mark."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from django import template
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from fengsui.application.grading_words import fact_words
from fengsui.application.wording import word
from fengsui.core.citation import Citation
from fengsui.core.fact import Figure
from fengsui.web import show
from fengsui.web.static_files import assets

register = template.Library()


def _language(context: Any) -> str:
    return str(context.get("language", "zh"))


@register.simple_tag(takes_context=True)
def w(context: Any, code: str, **data: Any) -> str:
    """The words for ``"group.code"`` of the screens, in the language of the page."""
    group, _, name = code.partition(".")
    return word(f"web.{group}", name, _language(context), **data)


@register.simple_tag(takes_context=True)
def words_of(context: Any, group: str, code: object) -> str:
    """The words for a code held in a variable: a state, a role, a kind."""
    return word(f"web.{group}", str(getattr(code, "value", code)), _language(context))


@register.simple_tag
def asset(name: str) -> str:
    """Address of a static file."""
    return assets().url(name)


@register.filter
def local(value: datetime | None, form: str = "H:i") -> str:
    """An instant in the zone of the office; with its date unless it is today's."""
    if value is None:
        return ""
    here = timezone.localtime(value)
    if form == "H:i" and here.date() != timezone.localtime().date():
        return here.strftime("%m-%d %H:%M")
    return here.strftime({"H:i": "%H:%M", "H:i:s": "%H:%M:%S", "full": "%Y-%m-%d %H:%M:%S"}.get(form, form))


@register.filter
def millis(value: datetime | None) -> str:
    """An instant as milliseconds since 1970, for scripts."""
    return "" if value is None else str(int(value.timestamp() * 1000))


@register.simple_tag(takes_context=True)
def clock(context: Any, due: object, start: datetime | None = None) -> SafeString:
    """A countdown to ``due``; ``start`` is where it began, for its colour. Readable without a script."""
    if not isinstance(due, datetime):
        return SafeString("")
    now = context.get("now") or timezone.now()
    start = start if isinstance(start, datetime) else None
    state, text = show.countdown(due, start, now, _language(context))
    return format_html(
        '<time class="clock" data-due="{}" data-start="{}" data-state="{}" datetime="{}">{}</time>',
        millis(due),
        millis(start),
        state,
        due.isoformat(),
        text,
    )


@register.simple_tag(takes_context=True)
def since(context: Any, start: datetime | None) -> SafeString:
    """How long ago ``start`` was, counting up."""
    if start is None:
        return SafeString("")
    now = context.get("now") or timezone.now()
    text = show.span(now - start, _language(context))
    return format_html('<span class="since num" data-from="{}">{}</span>', millis(start), text)


@register.simple_tag(takes_context=True)
def cite(context: Any, source: object) -> SafeString:
    """The clause mark: opens the sentence in its context over the page; nothing without a clause."""
    if not isinstance(source, Citation):
        return SafeString("")
    return _cited(source.document, source.line, source.clause, source.quote, _language(context))


@lru_cache(maxsize=8192)
def _cited(document: str, line: int, clause: str, quote: str, language: str) -> SafeString:
    """The mark of one clause: a page of an incident shows the same ones again and again."""
    query = urlencode({"document": document, "line": line, "clause": clause, "quote": quote[:400]})
    return format_html(
        '<a class="cite" href="{0}?{1}" hx-get="{0}?{1}" hx-target="#sheet-content" hx-swap="innerHTML" '
        'hx-push-url="false" title="{2}">{3} {4}</a>',
        reverse("cite"),
        query,
        quote[:120],
        word("web.common", "basis", language),
        clause or "",
    )


@register.simple_tag(takes_context=True)
def figure(context: Any, value: Figure | bool | None, fact: str = "") -> str:
    """A figure as people write it: 8, ≥8, 约8, 未知; with its unit."""
    return show.figure(value, fact, _language(context))


@register.simple_tag(takes_context=True)
def fact_name(context: Any, name: str) -> str:
    """A fact in words."""
    return fact_words(name, _language(context))


@register.simple_tag(takes_context=True)
def level_mark(context: Any, kind: str, level: Any, name: str = "", color: str = "") -> SafeString:
    """One of the three marks: ``response`` a filled bar, ``grade`` an outlined badge, ``warning`` a flag."""
    language = _language(context)
    roman = getattr(level, "value", level)
    if not roman:
        return format_html('<span class="{} none">{}</span>', kind, word("web.level", f"no_{kind}", language))
    return format_html(
        '<span class="{} lv-{}">{} <span class="level-word">{}</span></span>',
        "warning-flag" if kind == "warning" else kind,
        roman,
        word("web.level", f"{kind}_{roman}", language),
        show.level_word(str(roman), kind, name, color, language),
    )


@register.simple_tag(takes_context=True)
def event_line(context: Any, recorded: Any) -> str:
    """One record of the log in words."""
    return show.event_line(recorded, context.get("names"), _language(context))


@register.filter
def get(mapping: Any, key: Any) -> Any:
    """``mapping[key]`` or nothing."""
    return mapping.get(key) if mapping else None


@register.filter
def span_minutes(value: timedelta | None) -> int:
    """A span in whole minutes."""
    return 0 if value is None else int(value.total_seconds() // 60)


@register.simple_tag(takes_context=True)
def level_short(context: Any, named: Any) -> str:
    """A level in a sentence: Ⅱ级（重大）."""
    roman = named.level.value if named.level else "none"
    short = word("web.level", f"short_{roman}", _language(context))
    name = show.own_name(named.name) if _language(context) == "zh" else ""
    return word("web.level", "in_sentence", _language(context), level=short, name=name) if name else short


@register.filter
def words(text: str) -> list[str]:
    """``"a b"`` as a list, to loop over codes in a template."""
    return text.split()


@register.simple_tag
def sum_of(*numbers: int) -> int:
    """Numbers together."""
    return sum(numbers)


@register.simple_tag(takes_context=True)
def words_from(context: Any, group: str, code: object) -> str:
    """Words of another room's table, e.g. ``event_grade``, for a code held in a variable."""
    return word(group, str(getattr(code, "value", code)), _language(context))


@register.simple_tag(takes_context=True)
def question_text(context: Any, ask: Any) -> str:
    """A question in the language of the page; words of the plan stay as printed."""
    if ask.spec is not None and _language(context) != "zh":
        return fact_words(ask.fact, _language(context))
    return str(ask.text)


@register.simple_tag(takes_context=True)
def unit_word(context: Any, unit: str) -> str:
    """A unit in the language of the page."""
    return word("web.unit", unit, _language(context)) if unit else ""


@register.simple_tag(takes_context=True)
def step_words(context: Any, step: Any) -> str:
    """A next step in words."""
    return str(step.sentence(_language(context)))


@register.simple_tag(takes_context=True)
def body_name(context: Any, body_id: str | None) -> str:
    """A post or unit by id."""
    names = context.get("names")
    return names.body(body_id, _language(context)) if names else (body_id or "")


@register.simple_tag(takes_context=True)
def level_of(context: Any, named: Any) -> SafeString:
    """The mark of a level with the name its plan gives it."""
    return level_mark(context, named.mark, named.level, named.name, named.color)


@register.filter
def start_word(start: Any, language: str) -> str:
    """The event from which a clock runs."""
    return word("clock_start", start.value, language)


@register.simple_tag
def choice_checked(item: Any, choice: Any, wanted: str) -> SafeString:
    """Mark the level asked for in the address, else the one the facts call for."""
    key = f"{item.view.plan.id}|{choice.level.level.value}"
    return SafeString("checked") if wanted == key and choice.power and not choice.running else SafeString("")


@register.simple_tag(takes_context=True)
def log_problem(context: Any, problem: Any) -> str:
    """What is broken in a log, in words."""
    return word("log_problem", problem.code, _language(context), seq=problem.seq, detail=problem.detail)


@register.simple_tag(takes_context=True)
def read_about(context: Any, about: str) -> SafeString:
    """What a record of personal data belongs to, as a link where there is a page."""
    kind, _, key = about.partition("/")
    code = kind if kind in ("call", "incident") else "other"
    text = word("web.read_about", code, _language(context))
    place = {"call": "call", "incident": "room"}.get(kind)
    if not place or not key:
        return format_html("{}", text)
    return format_html('<a href="{}">{}</a>', reverse(place, args=[key]), text)


@register.filter
def plain(value: Any, unit: str) -> str:
    """A bound on a number line."""
    return show.number(value, unit)


@register.filter
def unlocal(value: float) -> str:
    """A length in a drawing, with a point whatever the language."""
    return f"{value:.1f}"


@register.filter
def mark_kind(kind: Any) -> str:
    """The mark of a scale."""
    return {"event_grade": "grade", "response": "response"}.get(str(getattr(kind, "value", kind)), "warning")
