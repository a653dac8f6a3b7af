"""The after-action review as an official document: figures, gaps by clause, what is to be mended."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from fengsui.application.matter_words import matter_words
from fengsui.application.messages import BEIJING
from fengsui.application.wording import word
from fengsui.core.casefile.asked import AskedKind, AskedLine
from fengsui.core.casefile.figures import CaseFigures, Share
from fengsui.core.casefile.review import AfterActionReview, ClauseGroup
from fengsui.core.plan.sheet import Block, HeadingBlock, OfficialDocument, TableBlock, TextBlock
from fengsui.core.response.incident import Incident


def review_paper(
    incident: Incident,
    seen: AfterActionReview,
    plans: Mapping[str, str],
    *,
    issuer: str,
    language: str = "zh",
) -> OfficialDocument:
    """The review of one incident; ``plans`` their titles by id."""

    def say(code: str, **data: object) -> str:
        return word("review_paper", code, language, **data)

    opened = incident.opened
    head = say("lead", at=_time(opened.learned_at), place=opened.place, what=opened.what)
    rows = [(say("figure"), say("value")), *figure_rows(seen.figures, language)]
    body: list[Block] = [
        TextBlock(text=head),
        HeadingBlock(text=say("figures"), depth=1),
        TableBlock(rows=tuple(rows), widths=(3, 2)),
        HeadingBlock(text=say("gaps", n=seen.gaps), depth=1),
    ]
    for group in seen.groups:
        body += _group(group, plans, language)
    body.append(HeadingBlock(text=say("actions"), depth=1))
    if seen.actions:
        listed = [(say("action"), say("owner"), say("due"), say("came"))]
        listed += [(line.text, line.who or "—", _time(line.due), _came(line)) for line in seen.actions]
        body.append(TableBlock(rows=tuple(listed), widths=(5, 3, 2, 4)))
    else:
        body.append(TextBlock(text=say("no_actions")))
    at = seen.at.astimezone(BEIJING)
    marks = (word("document", "exercise", language),) if opened.exercise else ()
    return OfficialDocument(
        title=say("title", title=opened.title),
        body=tuple(body),
        issuer=issuer or None,
        date=f"{at.year}年{at.month}月{at.day}日",
        marks=marks,
    )


def _group(group: ClauseGroup, plans: Mapping[str, str], language: str) -> list[Block]:
    def say(code: str, **data: object) -> str:
        return word("review_paper", code, language, **data)

    title = say("clause", plan=plans.get(group.plan_id, ""), clause=group.clause)
    rows = [(say("asked"), say("who"), say("due"), say("came"), say("gap"))]
    for line in group.lines:
        rows.append(
            (
                line_text(line, language),
                line.who or "—",
                _time(line.due),
                _came(line),
                gap_words(line, language),
            )
        )
    heading = HeadingBlock(text=title if group.clause else say("no_clause"), depth=2)
    return [heading, TableBlock(rows=tuple(rows), widths=(5, 3, 2, 4, 2))]


def line_text(line: AskedLine, language: str) -> str:
    """What was asked, in words."""
    if line.kind is AskedKind.MATTER and line.kind_of is not None:
        return matter_words(line.kind_of, line.text, language)
    return line.text


def gap_words(line: AskedLine, language: str) -> str:
    """The gap in words: 迟 20 分钟."""
    late = span_words(line.late, language) if line.late is not None else ""
    return word("gap", line.gap.value, language, late=late)


def _came(line: AskedLine) -> str:
    return (
        " ".join(part for part in (_time(line.happened) if line.happened else "", line.result) if part) or "—"
    )


def _time(at: datetime | None) -> str:
    return f"{at.astimezone(BEIJING):%m-%d %H:%M}" if at is not None else "—"


def span_words(length: timedelta, language: str = "zh") -> str:
    """A span in words: 1天2小时, 20分钟; less than a minute is said so."""
    minutes = int(length.total_seconds() // 60)
    if minutes < 1:
        return word("span", "moment", language)
    days, rest = divmod(minutes, 1440)
    hours, left = divmod(rest, 60)
    parts = [("days", days), ("hours", hours), ("minutes", 0 if days else left)]
    return "".join(word("span", code, language, n=n) for code, n in parts if n)


def figure_rows(figures: CaseFigures, language: str = "zh") -> list[tuple[str, str]]:
    """The figures of a case in words, those that never happened too."""

    def span(value: timedelta | None) -> str:
        return span_words(value, language) if value is not None else word("figure", "never", language)

    def share(value: Share) -> str:
        if not value.whole:
            return word("figure", "nothing", language)
        data = {"part": value.part, "whole": value.whole, "percent": value.percent}
        return word("figure", "share", language, **data)

    values = {
        "first_report": span(figures.first_report),
        "first_grade": span(figures.first_grade),
        "activation": span(figures.activation),
        "first_statement": span(figures.first_statement),
        "answer": span(figures.answer),
        "length": span(figures.length),
        "reports": share(figures.reports),
        "directives": share(figures.directives),
        "matters": share(figures.matters),
        "done": share(figures.done),
    }
    return [(word("figure", code, language), value) for code, value in values.items()]
