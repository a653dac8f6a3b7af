"""The first wording of a statement (拟稿), made of what is known: its author edits every word of it.

Only what stands in the log is said. A figure is said as it was reported (至少, 约), an unknown one as being
verified; what was not reported is not mentioned.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from fengsui.application.grading_words import fact_words
from fengsui.application.messages import BEIJING
from fengsui.application.wording import word
from fengsui.core.fact import Figure, Manner, register
from fengsui.core.facts_input import spec_of
from fengsui.core.response.events_release import StatementKind
from fengsui.core.response.incident import DirectiveStatus, Incident

NEXT_AFTER = timedelta(hours=2)
MOST_MEASURES = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """A title, a text and when the next statement is promised."""

    title: str
    text: str
    next_update: datetime


def first_wording(incident: Incident, kind: StatementKind, now: datetime, language: str = "zh") -> Wording:
    """Sentences on what, where, when, what is known, what is done, what to do, and when more is said."""
    promised = _on_the_hour(now + NEXT_AFTER)
    opened = incident.opened

    def say(code: str, **data: str) -> str:
        return word("statement", code, language, **data)

    when = opened.occurred_at or opened.learned_at
    lines = [
        say(
            "what" if opened.occurred_at else "what_learned",
            when=_time(when, language),
            place=opened.place,
            title=_after_place(opened.title, opened.place),
        )
    ]
    known, unknown = _facts(incident, language)
    comma = say("comma")
    if known:
        lines.append(say("known", at=_time(now, language), facts=comma.join(known)))
    if unknown:
        lines.append(say("unknown", facts=comma.join(unknown)))
    lines.append(_measures(incident, language))
    if kind is StatementKind.CLOSING:
        lines.append(say("closing"))
    else:
        lines.append(say("public"))
        lines.append(say("next", at=_time(promised, language)))
    titled = say(f"title_{kind.value}", title=opened.title)
    return Wording(title=titled, text="\n".join(line for line in lines if line), next_update=promised)


def _on_the_hour(at: datetime) -> datetime:
    """The next full or half hour."""
    rest = timedelta(minutes=at.minute % 30, seconds=at.second, microseconds=at.microsecond)
    return at if not rest else at - rest + timedelta(minutes=30)


def _time(at: datetime, language: str) -> str:
    here = at.astimezone(BEIJING)
    if language == "zh":
        return f"{here.month}月{here.day}日{here.hour}时{here.minute:02}分"
    return f"{here:%Y-%m-%d %H:%M}"


def _facts(incident: Incident, language: str) -> tuple[list[str], list[str]]:
    known: list[str] = []
    unknown: list[str] = []
    order = {name: place for place, name in enumerate(register())}
    for name in sorted(incident.facts, key=lambda item: order.get(item, len(order))):
        value, words = incident.facts[name][-1].value, fact_words(name, language)
        if value is None:
            unknown.append(words)
        elif isinstance(value, Figure):
            known.append(figure_words(value, name, language))
    return known, unknown


def figure_words(value: Figure, fact: str, language: str = "zh") -> str:
    """死亡4人 · 至少死亡4人 · 死亡约4人 · 死亡4至6人."""
    spec = spec_of(fact, register())
    unit = (spec.unit if spec else "") if language == "zh" else ""
    name = fact_words(fact, language)
    if unit == "人":
        name = name.removesuffix("人数")
    low, high = value.low, value.high
    if value.manner is Manner.ABOUT and low is not None and high is not None:
        return word("statement", "about", language, fact=name, n=_plain((low + high) / 2), unit=unit)
    if low is not None and low == high:
        return word("statement", "exact", language, fact=name, n=_plain(low), unit=unit)
    if high is None:
        return word("statement", "at_least", language, fact=name, n=_plain(low), unit=unit)
    if low is None:
        return word("statement", "at_most", language, fact=name, n=_plain(high), unit=unit)
    return word("statement", "range", language, fact=name, low=_plain(low), high=_plain(high), unit=unit)


def _plain(value: object) -> str:
    text = f"{value:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _without_actor(text: str, name: str) -> str:
    """The sentence of a plan without the body it begins with, in full or in short (云州… as 州…)."""
    for start in range(max(1, len(name) - 3)):
        if text.startswith(name[start:]):
            return text[len(name) - start :]
    return text


def _after_place(title: str, place: str) -> str:
    """The title without the place it begins with, which the sentence has named already."""
    same = 0
    while same < min(len(title), len(place)) and title[same] == place[same]:
        same += 1
    return title[same:] if same >= 2 and len(title) - same >= 2 else title


def _measures(incident: Incident, language: str) -> str:
    """The level that runs, and orders of the plan that units have taken or done; none given by hand."""
    said: list[str] = []
    if incident.responses:
        gravest = min(incident.responses.values(), key=lambda item: item.level.rank)
        level = word("response_level", gravest.level.value, language)
        said.append(word("statement", "started", language, level=level))
    taken = [
        item.issued
        for item in incident.directives.values()
        if item.issued.source is not None and item.status in (DirectiveStatus.ACCEPTED, DirectiveStatus.DONE)
    ]
    for issued in taken[:MOST_MEASURES]:
        text = _without_actor(issued.text.rstrip("。；"), issued.to_name)
        said.append(word("statement", "measure", language, who=issued.to_name, what=text))
    if not said:
        return word("statement", "no_measures", language)
    comma = word("statement", "semicolon", language)
    return word("statement", "measures", language, what=comma.join(said))
