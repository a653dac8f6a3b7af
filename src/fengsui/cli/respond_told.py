"""What ``fengsui respond run`` prints: one stable JSON document, or pages for a tired officer."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from fengsui.application.grading_words import question_words
from fengsui.application.wording import word
from fengsui.cli.respond_run import DryRun
from fengsui.core.citation import Citation
from fengsui.core.fact import Figure, register
from fengsui.core.facts_input import spec_of
from fengsui.core.plan.level import AnyLevel, LadderKind
from fengsui.core.response import chain
from fengsui.core.response.incident import ClockState, DirectiveState
from fengsui.core.response.standing import Standing

_LEVEL_GROUP = {
    LadderKind.EVENT_GRADE: "event_grade",
    LadderKind.WARNING: "warning_level",
    LadderKind.RESPONSE: "response_level",
}


def table(done: DryRun) -> dict[str, Any]:
    """The run as data; keys are stable."""
    seen, content = done.situation, done.plan.content
    view = seen.plan(done.plan.id)
    suggestion = view.suggestion
    exported = chain.export(seen.log)
    return {
        "plan": content.title,
        "lines": [content.first_line, content.last_line],
        "at": seen.now.isoformat(),
        "grades": [_standing(item) for item in view.standings],
        "suggestion": {
            "level": suggestion.level.value if suggestion.level else None,
            "possible": [level.value for level in suggestion.possible],
            "via": suggestion.via.value,
            "because": [_place(item) for item in suggestion.because],
            "tie": _place(suggestion.tie),
        },
        "proposal": {
            "level": done.level.value,
            "authority": done.power.printed,
            "proposers": list(done.power.proposers),
            **_place(done.power.source),
        },
        "approval": {"by": done.approved_by, "outside": done.outside},
        "groups": [
            {"name": item.name, "lead": item.lead, "members": list(item.members), **_place(item.source)}
            for item in seen.incident.groups
        ],
        "directives": [_directive(item) for item in seen.incident.directives.values()],
        "unassigned": [
            {"who": item.who or None, "text": item.text, **_place(item.source)} for item in view.unassigned
        ],
        "clocks": [_clock(item) for item in seen.incident.clocks.values()],
        "not_executed": [{"text": text, **_place(source)} for text, source in out_of_scope(done)],
        "log": exported,
        "verified": not chain.verify(exported),
    }


def _place(source: Citation | None) -> dict[str, Any]:
    return {"clause": source.clause if source else None, "line": source.line if source else None}


def _standing(item: Standing) -> dict[str, Any]:
    return {
        "kind": item.kind.value,
        "hazard": item.hazard,
        "subtype": item.subtype,
        "grade": item.level.value if item.level else None,
        "possible": [level.value for level in item.possible],
        "because": [{"text": source.quote, **_place(source)} for source in item.because],
        "ask": [
            {
                "fact": ask.fact,
                "question": ask.question,
                "could_raise_to": ask.could_raise_to.value if ask.could_raise_to else None,
            }
            for ask in item.asks
        ],
    }


def _directive(state: DirectiveState) -> dict[str, Any]:
    issued = state.issued
    return {
        "id": issued.directive_id,
        "to": issued.to_name,
        "text": issued.text,
        "due": issued.due.isoformat() if issued.due else None,
        **_place(issued.source),
    }


def _clock(state: ClockState) -> dict[str, Any]:
    started = state.started
    return {
        "who": started.who or None,
        "to": list(started.to),
        "what": started.what,
        "start": started.start.value,
        "started_at": started.started_at.isoformat(),
        "due": state.due.isoformat() if state.due else None,
        "every": started.every.total_seconds() if started.every else None,
        "means": started.means.value if started.means else None,
        "words": started.words,
        "condition": started.condition,
        **_place(started.source),
    }


def out_of_scope(done: DryRun) -> Iterator[tuple[str, Citation]]:
    """What stands in the plan and is never carried out by software."""
    content = done.plan.content
    for group in content.groups:
        if group.out_of_scope:
            yield group.name, group.source
    for measure in content.measures:
        if measure.out_of_scope:
            yield measure.text, measure.source
    for duty in content.duties:
        if duty.out_of_scope:
            yield duty.text, duty.source


def told(done: DryRun, language: str) -> str:
    """The run as a person reads it."""
    return "\n".join(_lines(done, language))


def _lines(done: DryRun, language: str) -> Iterator[str]:
    def say(code: str, **data: Any) -> str:
        return word("dry_run", code, language, **data)

    seen = done.situation
    view = seen.plan(done.plan.id)
    content = done.plan.content
    yield say("title", title=content.title, first=content.first_line, last=content.last_line)
    yield say("at", at=_time(seen.now))
    yield from _facts(done, language)
    yield say("head_grades")
    for item in view.standings:
        yield from _told_standing(item, language)
    suggestion = view.suggestion
    if suggestion.level is not None:
        via = word("via", suggestion.via.value, language)
        yield say("suggested", level=_level(suggestion.level, language), via=via, **_cited(suggestion.tie))
    yield say("head_decision")
    yield say(
        "authority", level=_level(done.level, language), who=done.power.printed, **_cited(done.power.source)
    )
    yield say("approved_outside" if done.outside else "approved", who=done.approved_by)
    yield say("head_groups", count=len(seen.incident.groups))
    for group in seen.incident.groups:
        yield say("group", name=group.name, lead=group.lead or say("unnamed"), **_cited(group.source))
    yield from _told_directives(done, language)
    yield from _told_clocks(done, language)
    yield from _told_rest(done, language)
    yield say("log", count=len(seen.log), head=seen.log[-1].hash)
    unbroken = not chain.verify(chain.export(seen.log))
    yield say("log_unbroken" if unbroken else "log_broken")


def _facts(done: DryRun, language: str) -> Iterator[str]:
    specs = register()
    for name, entries in done.situation.incident.facts.items():
        spec = spec_of(name, specs)
        label = (spec.en if language == "en" else spec.zh) if spec else name
        unit = spec.unit if spec else ""
        yield word(
            "dry_run", "fact", language, fact=label, value=figure(entries[-1].value, language), unit=unit
        )


def figure(value: Figure | bool | None, language: str) -> str:
    """A figure as it was said: 8, ≥8, 100–400, yes, no, unknown."""
    if value is None:
        return word("dry_run", "unknown", language)
    if isinstance(value, bool):
        return word("dry_run", "yes" if value else "no", language)
    if value.low is not None and value.low == value.high:
        return f"{value.low}"
    if value.high is None:
        return f"≥{value.low}"
    return f"≤{value.high}" if value.low is None else f"{value.low}–{value.high}"


def _told_standing(item: Standing, language: str) -> Iterator[str]:
    name = word("ladder", item.kind.value, language)
    parts = "、".join(part for part in (item.hazard, item.subtype) if part)
    label = f"{name}（{parts}）" if parts else name
    if item.level is None:
        yield word("dry_run", "no_grade", language, ladder=label)
    else:
        yield word("dry_run", "grade", language, ladder=label, level=_level(item.level, language))
    for source in item.because:
        yield word("dry_run", "because", language, text=_short(source.quote), **_cited(source))
    if item.possible and item.kind is not LadderKind.WARNING:
        levels = (", " if language == "en" else "、").join(_level(level, language) for level in item.possible)
        yield word("dry_run", "possible", language, levels=levels)
        for ask in item.asks[:6]:
            raised = _level(ask.could_raise_to, language) if ask.could_raise_to else ""
            question = question_words(ask.asked, language) if ask.asked else ask.question
            yield word("dry_run", "ask", language, question=question, level=raised)
        if len(item.asks) > 6:
            yield word("dry_run", "more_asks", language, count=len(item.asks) - 6)


def _told_directives(done: DryRun, language: str) -> Iterator[str]:
    listed = list(done.situation.incident.directives.values())
    yield word("dry_run", "head_directives", language, count=len(listed))
    by_unit: dict[str, list[DirectiveState]] = {}
    for item in listed:
        by_unit.setdefault(item.issued.to_name, []).append(item)
    for unit, items in by_unit.items():
        yield word("dry_run", "unit", language, unit=unit)
        for item in items:
            due = word("dry_run", "due", language, due=_time(item.issued.due)) if item.issued.due else ""
            cited = _cited(item.issued.source)
            number = item.issued.directive_id
            text = item.issued.text.rstrip("。；;，,") if due else item.issued.text
            yield word("dry_run", "directive", language, id=number, text=text, due=due, **cited)


def _told_clocks(done: DryRun, language: str) -> Iterator[str]:
    listed = list(done.situation.incident.clocks.values())
    # What is due at once comes first, then by the time left.
    listed.sort(key=lambda item: item.due or item.started.started_at)
    yield word("dry_run", "head_clocks", language, count=len(listed))
    for item in listed:
        started = item.started
        due = word("dry_run", "due", language, due=_time(item.due)) if item.due else ""
        yield word(
            "dry_run",
            "clock",
            language,
            who=started.who or word("dry_run", "unnamed", language),
            to="、".join(started.to) or word("dry_run", "unnamed", language),
            what=started.what,
            since=word("clock_start", started.start.value, language),
            words=_words(started.words, started.every, language),
            due=due,
            means=f"（{started.means.value}）" if started.means else "",
            **_cited(started.source),
        )
        if started.condition:
            yield word("dry_run", "condition", language, condition=started.condition)


def _words(words: str, every: timedelta | None, language: str) -> str:
    return word("dry_run", "every", language, words=words) if every else words


def _told_rest(done: DryRun, language: str) -> Iterator[str]:
    unassigned = done.situation.plan(done.plan.id).unassigned
    if unassigned:
        yield word("dry_run", "head_unassigned", language, count=len(unassigned))
    for order in unassigned:
        who = order.who or word("dry_run", "unnamed", language)
        yield word("dry_run", "unassigned", language, who=who, text=order.text, **_cited(order.source))
    left_out = list(out_of_scope(done))
    if left_out:
        yield word("dry_run", "head_not_executed", language, count=len(left_out))
    for text, source in left_out:
        yield word("dry_run", "not_executed", language, text=_short(text), **_cited(source))


def _cited(source: Citation | None) -> dict[str, Any]:
    return {"clause": source.clause or "—", "line": source.line} if source else {"clause": "—", "line": "—"}


def _level(level: AnyLevel, language: str) -> str:
    kind = next(kind for kind in LadderKind if _LEVEL_GROUP[kind] == _group_of(level))
    return word(_LEVEL_GROUP[kind], level.value, language)


def _group_of(level: AnyLevel) -> str:
    return {"Grade": "event_grade", "WarningLevel": "warning_level", "ResponseLevel": "response_level"}[
        type(level).__name__
    ]


def _short(text: str, most: int = 60) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"


def _time(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M}"
