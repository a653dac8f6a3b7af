"""A report filled from what is known: each field in words, and whether it is still being verified.

Unknown is said as unknown, never left blank and never 0. Nothing is made up: what the incident does not hold
is asked of the person who writes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from fengsui.application.figure_words import figure
from fengsui.application.grading_words import fact_words
from fengsui.application.messages import BEIJING
from fengsui.application.wording import word
from fengsui.core.plan.level import LadderKind
from fengsui.core.response.events_reporting import ReportField, ReportKind
from fengsui.core.response.incident import DirectiveStatus, Incident
from fengsui.core.response.report_fields import Asked, field_specs
from fengsui.core.response.state_reporting import SentReport

MOST_RESULTS = 4
"""Of the things done the latest so many are told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """One field ready to be shown: ``known`` False where it says 未知."""

    field: ReportField
    known: bool
    kept: bool = False


def filled_fields(
    asked: tuple[Asked, ...], incident: Incident, *, language: str = "zh", unit: str = ""
) -> tuple[Filled, ...]:
    """Every field asked for, in words; a free field keeps what the last report said of it."""
    last = last_report(incident)
    found = []
    for item in asked:
        text, checking = _text(item, incident, language, unit)
        kept = False
        if text is None:
            before = _before(item, last, language)
            if before is not None and not _is_unknown(before.text, language):
                text, checking, kept = before.text, before.checking, True
        known = text is not None
        field = ReportField(
            code=item.code,
            label=label_of(item, language),
            text=text if text is not None else word("report", "unknown", language),
            checking=checking,
        )
        found.append(Filled(field=field, known=known, kept=kept))
    return tuple(found)


def label_of(item: Asked, language: str) -> str:
    """The words of the clause, else the usual ones."""
    if item.label:
        return item.label
    spec = field_specs()[item.code]
    return spec.zh if language == "zh" else spec.en


def last_report(incident: Incident) -> SentReport | None:
    """The last report by fields that holds."""
    holding = (item for item in incident.reports.values() if item.amended_by is None and item.fields)
    return max(holding, key=lambda item: item.seq, default=None)


def _before(item: Asked, last: SentReport | None, language: str) -> ReportField | None:
    if last is None:
        return None
    label = label_of(item, language)
    named = [one for one in last.fields if one.label == label]
    coded = [one for one in last.fields if one.code == item.code and item.code in field_specs()]
    return next(iter(named or coded), None)


def _is_unknown(text: str, language: str) -> bool:
    return text.strip() in {word("report", "unknown", language), ""}


Text = tuple[str | None, bool]
"""The words (None: not known) and whether they are being verified."""


def _text(item: Asked, incident: Incident, language: str, unit: str) -> Text:
    """Every part that the item asks for; what is not known of one is said beside what is known of another."""
    parts = [_part(code, incident, language, unit) for code in (item.code, *item.also)]
    if item.facts:
        parts.append(_facts(item, incident, language))
    told = [part for part in parts if part is not None and part[0] is not None]
    if not told:
        return None, True
    return _joined([text for text, _ in told], language), any(checking for _, checking in told)


def _part(code: str, incident: Incident, language: str, unit: str) -> Text | None:
    """What one code of the register says; None where only facts fill it."""
    spec = field_specs().get(code)
    if spec is None or (spec.facts and not spec.source):
        return None
    if spec.source == "reporter":
        return (unit, False) if unit else (None, True)
    make = _MAKERS.get(spec.source)
    return make(incident, language) if make else (None, True)


def day_time(at: datetime, language: str) -> str:
    """2026年3月1日11时05分, Beijing time."""
    here = at.astimezone(BEIJING)
    if language != "zh":
        return f"{here:%Y-%m-%d %H:%M}"
    return f"{here.year}年{here.month}月{here.day}日{here.hour}时{here.minute:02}分"


def _time(incident: Incident, language: str) -> Text:
    if incident.occurred_at is not None:
        return day_time(incident.occurred_at, language), False
    learned = day_time(incident.opened.learned_at, language)
    return word("report", "time_unknown", language, learned=learned), True


def _place(incident: Incident, language: str) -> Text:
    return incident.opened.place, False


def _source(incident: Incident, language: str) -> Text:
    told = [entries[-1] for entries in incident.facts.values() if entries[-1].said_by]
    names = list(dict.fromkeys(entry.said_by for entry in sorted(told, key=lambda entry: entry.seq)))
    return (("、" if language == "zh" else ", ").join(names), False) if names else (None, True)


def _grade(incident: Incident, language: str) -> Text:
    said = []
    for graded in incident.grades.values():
        if graded.kind is LadderKind.EVENT_GRADE and graded.level is not None:
            plan = incident.plans[graded.plan_id].title if graded.plan_id in incident.plans else ""
            level = word("event_grade", graded.level.value, language)
            said.append(word("report", "graded", language, plan=plan, level=level))
    return _joined(dict.fromkeys(said), language), bool(said)


def _what(incident: Incident, language: str) -> Text:
    return incident.opened.what, False


def _measures(incident: Incident, language: str) -> Text:
    said = [
        word(
            "report",
            "running",
            language,
            plan=incident.plans[plan_id].title if plan_id in incident.plans else "",
            level=word("response_level", response.level.value, language),
            time=day_time(response.since, language),
        )
        for plan_id, response in incident.responses.items()
    ]
    orders = [item for item in incident.directives.values() if item.status is not DirectiveStatus.WITHDRAWN]
    if orders:
        done = sum(1 for item in orders if item.status is DirectiveStatus.DONE)
        said.append(word("report", "directives", language, all=len(orders), done=done))
    return _joined(said, language), False


def _rescue(incident: Incident, language: str) -> Text:
    done = [item for item in incident.directives.values() if item.done_at is not None]
    done.sort(key=lambda item: item.done_at or item.at, reverse=True)
    said = [f"{item.issued.to_name}：{item.result}" for item in done[:MOST_RESULTS]]
    return _joined(said, language), False


def _support(incident: Incident, language: str) -> Text:
    asked = [
        f"{item.issued.to_name}：{item.help[-1].text}"
        for item in incident.directives.values()
        if item.help and item.is_open
    ]
    return _joined(asked, language) or word("report", "no_support", language), False


def _joined(said: object, language: str) -> str | None:
    listed = list(said)  # type: ignore[call-overload]
    return ("；" if language == "zh" else "; ").join(listed) or None


_MAKERS: Mapping[str, Callable[[Incident, str], Text]] = {
    "time": _time,
    "place": _place,
    "source": _source,
    "grade": _grade,
    "what": _what,
    "measures": _measures,
    "rescue": _rescue,
    "support": _support,
}


def _facts(item: Asked, incident: Incident, language: str) -> Text:
    """Facts with their figures; what was asked for and nobody said is unknown, and being verified."""
    shown = [name for name in item.facts if name in incident.facts or name in item.always]
    if not any(name in incident.facts and incident.facts[name][-1].value is not None for name in shown):
        names = [fact_words(name, language) for name in item.always]
        said = [f"{name}{word('report', 'unknown', language)}" for name in names]
        return (_joined(said, language), True) if said else (None, True)
    parts, checking = [], False
    for name in shown:
        value = incident.facts[name][-1].value if name in incident.facts else None
        parts.append(f"{fact_words(name, language)}{figure(value, name, language)}")
        checking = checking or not is_verified(incident, name)
    return _joined(parts, language), checking


def is_verified(incident: Incident, fact: str) -> bool:
    """Whether what was said last of a fact was verified."""
    entries, known = incident.facts.get(fact), incident.verified.get(fact)
    return bool(entries) and known is not None and known.seq == entries[-1].seq  # type: ignore[index]


def report_title(incident: Incident, kind: ReportKind, language: str = "zh") -> str:
    """关于…的报告（初报）; a further report carries its number."""
    number = 1 + sum(
        1 for item in incident.reports.values() if item.kind is kind and item.amends is None and item.title
    )
    name = word("report_kind", kind.value, language)
    code = "title" if number == 1 else "title_again"
    return word("report", code, language, incident=incident.opened.title, kind=name, number=number)


def report_text(title: str, fields: tuple[ReportField, ...], language: str = "zh") -> str:
    """A report as one text, a line a field."""
    mark = word("report", "checking", language)
    colon = "：" if language == "zh" else ": "
    lines = [f"{item.label}{colon}{item.text}{mark if item.checking else ''}" for item in fields]
    return "\n".join([title, *lines])


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldChange:
    """A field that another report said differently; None: it did not have it."""

    label: str
    before: ReportField | None
    after: ReportField | None


def changes_between(before: SentReport, after: tuple[ReportField, ...]) -> tuple[FieldChange, ...]:
    """What changed since ``before``, by field."""
    old = {(item.code, item.label): item for item in before.fields}
    new = {(item.code, item.label): item for item in after}
    found = [
        FieldChange(label=key[1], before=old.get(key), after=new.get(key))
        for key in dict.fromkeys((*new, *old))
        if old.get(key) != new.get(key)
    ]
    return tuple(found)
