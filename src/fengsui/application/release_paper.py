"""A statement as an official document, to be handed to a newspaper or pinned to a board."""

from __future__ import annotations

from fengsui.application.messages import BEIJING
from fengsui.application.wording import word
from fengsui.core.plan.sheet import OfficialDocument, TableBlock, TextBlock
from fengsui.core.response.incident import Incident
from fengsui.core.response.state_release import StatementState


def statement_paper(
    incident: Incident, state: StatementState, *, issuer: str, language: str = "zh"
) -> OfficialDocument:
    """The statement; a draft and an exercise are marked on every page."""
    drafted = state.draft
    marks = []
    if state.published_at is None:
        marks.append(word("release_paper", "draft", language))
    if incident.opened.exercise:
        marks.append(word("document", "exercise", language))
    body: list[TextBlock | TableBlock] = [
        TextBlock(text=line) for line in drafted.text.splitlines() if line.strip()
    ]
    if drafted.wrong:
        rows = (
            (word("release_paper", "wrong", language), drafted.wrong),
            (word("release_paper", "right", language), drafted.right),
            (word("release_paper", "evidence", language), drafted.evidence),
        )
        body.append(TableBlock(rows=rows, widths=(1, 4), head=False))
    at = (state.published_at or state.written[-1].at).astimezone(BEIJING)
    number = word("release_paper", "number", language, n=state.number) if state.number else None
    return OfficialDocument(
        title=drafted.title,
        body=tuple(body),
        issuer=issuer or None,
        number=number,
        date=f"{at.year}年{at.month}月{at.day}日",
        marks=tuple(marks),
    )
