"""What the comments in the user's own document say."""

from __future__ import annotations

from fengsui.application.lint_report import Checked, Told, told
from fengsui.application.wording import word
from fengsui.core.lint.note import Note


def notes(checked: Checked, language: str = "zh") -> tuple[Note, ...]:
    """One note for each finding that stands, in order."""
    return tuple(_note(item, checked, language) for item in told(checked, language))


def _note(item: Told, checked: Checked, language: str) -> Note:
    found = item.finding
    here = found.line in checked.texts
    grade = word("lint", f"severity_{found.severity.value}", language)
    said = f"[{grade}] {found.rule.code} {item.said}"
    facts = [("mend", item.mend), ("why", item.why), ("basis", item.basis)]
    facts += [("elsewhere", words) for words in item.elsewhere]
    labelled = [
        word("lint_report", "labelled", language, label=word("lint_report", code, language), text=text)
        for code, text in facts
        if text
    ]
    place = (
        []
        if here or not found.clause
        else [word("lint_report", "about_clause", language, clause=found.clause)]
    )
    return Note(
        line=found.line if here else 0,
        evidence=found.evidence,
        paragraphs=(said, *place, *labelled),
    )
