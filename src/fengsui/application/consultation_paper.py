"""The minutes of a consultation (会商纪要) as an official document: who was asked, what each said, the end.

Made of the log alone. Names of experts are not in it: they stand apart from the log, and a paper goes round.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from fengsui.application.figure_words import figure
from fengsui.application.grading_words import fact_words
from fengsui.application.messages import BEIJING
from fengsui.application.wording import word
from fengsui.core.plan.sheet import Block, HeadingBlock, OfficialDocument, TableBlock, TextBlock
from fengsui.core.response.incident import Incident
from fengsui.core.response.state_decisions import ConsultationState

Name = Callable[[str], str]
"""The words for a post by its id."""


def minutes_paper(
    incident: Incident,
    state: ConsultationState,
    name: Name,
    *,
    issuer: str,
    exercise: bool = False,
    language: str = "zh",
) -> OfficialDocument:
    """The minutes; one that goes on, and one of an exercise, are marked on every page."""

    def say(code: str, **data: object) -> str:
        return word("minutes_paper", code, language, **data)

    ended = state.concluded_at or max((item.at for item in state.opinions), default=state.at)
    marks = [word("document", "exercise", language)] if exercise else []
    if state.is_open:
        marks.append(say("goes_on"))
    asked = say("comma").join(item.who for item in state.asked)
    body: list[Block] = [
        TextBlock(text=say("incident", title=incident.opened.title, place=incident.opened.place)),
        TextBlock(text=say("time", begin=_time(state.at), end=_time(state.concluded_at) or say("goes_on"))),
        TextBlock(text=say("called", who=name(state.by))),
        TextBlock(text=say("asked", who=asked)),
        HeadingBlock(text=say("facts"), depth=1),
        *(TextBlock(text=line) for line in _facts(incident, ended, language)),
        HeadingBlock(text=say("opinions"), depth=1),
        _opinions(state, language),
        HeadingBlock(text=say("conclusion"), depth=1),
        TextBlock(text=state.conclusion or say("goes_on")),
    ]
    if state.concluded_by is not None:
        body.append(
            TextBlock(text=say("concluded", who=name(state.concluded_by), at=_time(state.concluded_at)))
        )
    grounds = _grounds(incident, state, language)
    if grounds:
        body += [HeadingBlock(text=say("grounds"), depth=1), *(TextBlock(text=line) for line in grounds)]
    return OfficialDocument(
        title=say("title", topic=state.opened.topic),
        body=tuple(body),
        issuer=issuer or None,
        date=_day(ended),
        marks=tuple(marks),
    )


def _facts(incident: Incident, ended: datetime, language: str) -> list[str]:
    """What was known when it ended, fact by fact."""
    lines = []
    for fact, entries in incident.facts.items():
        known = [entry for entry in entries if entry.at <= ended]
        if known:
            last = known[-1]
            value = figure(last.value, fact, language)
            said = word("minutes_paper", "said", language, who=last.said_by, at=_time(last.as_of))
            colon = word("minutes_paper", "colon", language)
            lines.append(f"{fact_words(fact, language)}{colon}{value}{said}")
    return lines or [word("minutes_paper", "no_facts", language)]


def _opinions(state: ConsultationState, language: str) -> TableBlock:
    def say(code: str) -> str:
        return word("minutes_paper", code, language)

    rows = [(say("who"), say("when"), say("stance"), say("opinion"))]
    for asked in state.asked:
        said = state.said_by(asked.asked_id)
        for item in said:
            stance = word("web.stance", item.given.stance.value, language)
            rows.append((asked.who, _time(item.given.said_at), stance, item.given.text))
        if not said:
            rows.append((asked.who, "—", "—", say("silent")))
    return TableBlock(rows=tuple(rows), widths=(3, 2, 2, 6))


def _grounds(incident: Incident, state: ConsultationState, language: str) -> list[str]:
    """The proposals that it was held for, each with the clause that says who decides."""
    lines = []
    for proposal_id in state.proposals:
        proposed = incident.proposals[proposal_id].proposed
        kind = word("proposal_kind", proposed.kind.value, language)
        level = word("response_level", proposed.level.value, language) if proposed.level else ""
        attached = incident.plans.get(proposed.plan_id)
        plan = attached.title if attached else proposed.plan_id
        line = word("minutes_paper", "ground", language, asked=f"{kind}{level}", plan=plan)
        if proposed.source is not None:
            clause, quote = proposed.source.clause, proposed.source.quote
            line += word("minutes_paper", "clause", language, clause=clause, quote=quote)
        lines.append(line)
    return lines


def _time(at: datetime | None) -> str:
    return f"{at.astimezone(BEIJING):%Y-%m-%d %H:%M}" if at else ""


def _day(at: datetime) -> str:
    here = at.astimezone(BEIJING)
    return f"{here.year}年{here.month}月{here.day}日"
