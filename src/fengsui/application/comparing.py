"""Comparing two plans for a person: what to compare, and every difference in words (比对)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from fengsui.application.plan_library import Library, reviewed
from fengsui.application.plan_library_ports import DraftRecord
from fengsui.application.wording import word
from fengsui.core.citation import Citation
from fengsui.core.errors import FengsuiError, InputError
from fengsui.core.plan.compare import compare
from fengsui.core.plan.compare_linkage import link
from fengsui.core.plan.compare_types import Change, Difference, Side
from fengsui.core.plan.criterion import Threshold
from fengsui.core.plan.model import PlanContent
from fengsui.core.plan.text_diff import Clause, Fate, Row, diff_clauses
from fengsui.core.reading.blocks import TextLine
from fengsui.core.reading.clauses import clauses_of
from fengsui.core.reading.draft import plan_outlines, read_plan


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparable:
    """One plan to compare: what was read from it; its clauses are cut when they are asked for."""

    content: PlanContent
    cut: Callable[[], tuple[Clause, ...]]


def comparables(lines: Sequence[TextLine], document: str) -> tuple[Comparable, ...]:
    """The plans of a document. Raises InputError as ``read_plans`` does."""
    return tuple(
        Comparable(content=read_plan(outline).content, cut=lambda outline=outline: clauses_of(outline))  # type: ignore[misc]
        for outline in plan_outlines(lines, document)
    )


def comparable_of(library: Library, record: DraftRecord) -> Comparable:
    """A plan of the library as its reviewers left it."""
    content = reviewed(record)

    def cut() -> tuple[Clause, ...]:
        lines = library.store.document_lines(record.document_id)
        try:
            outlines = plan_outlines(lines, record.document_id)
        except FengsuiError:
            return ()
        return next((clauses_of(each) for each in outlines if each.first_line == content.first_line), ())

    return Comparable(content=content, cut=cut)


def chosen(plans: Sequence[Comparable], wanted: str, name: str, option: str) -> Comparable:
    """The plan of a document that ``wanted`` names, by its number (from 1) or words of its title.

    Raises InputError ``compare_which_plan``, ``compare_no_such_part``.
    """
    if not wanted:
        if len(plans) == 1:
            return plans[0]
        raise InputError("compare_which_plan", name=name, count=len(plans), option=option)
    if wanted.isdigit() and 1 <= int(wanted) <= len(plans):
        return plans[int(wanted) - 1]
    found = [plan for plan in plans if wanted in plan.content.title]
    if not found:
        raise InputError("compare_no_such_part", name=name, wanted=wanted)
    return found[0]


def by_meaning(before: Comparable, after: Comparable, *, linkage: bool) -> tuple[Difference, ...]:
    """The differences of meaning; ``linkage``: ``before`` is the upper plan, only what does not fit."""
    return (link if linkage else compare)(before.content, after.content)


def by_text(before: Comparable, after: Comparable) -> tuple[Row, ...]:
    """The clauses of both plans side by side."""
    return diff_clauses(before.cut(), after.cut())


def code_words(difference: Difference, language: str = "zh") -> str:
    """What kind of difference it is."""
    code = difference.code
    if not code.startswith("link") and difference.change in (Change.ADDED, Change.GONE):
        code = f"{code}_{difference.change.value}"
    return word("compare_code", code, language)


def about_words(difference: Difference, language: str = "zh") -> str:
    """What it is about: the level of a scale, then the thing as the plan names it."""
    parts = []
    if difference.kind:
        parts.append(word("compare_kind", difference.kind, language))
    if difference.level:
        parts.append(word("web.level", f"short_{difference.level}", language))
    parts.append(difference.about)
    return " ".join(part for part in parts if part)


def effect_words(difference: Difference, language: str = "zh") -> list[str]:
    """Which way the figures moved."""
    return [word("compare_effect", effect.value, language) for effect in difference.effects]


def counts(differences: Sequence[Difference]) -> dict[str, int]:
    """How many differences there are, in all and by weight."""
    by_weight = Counter(difference.weight.value for difference in differences)
    return {"count": len(differences), **{key: by_weight[key] for key in ("figure", "who", "wording")}}


def fates(rows: Sequence[Row]) -> dict[str, int]:
    """How many clauses had which fate."""
    found = Counter(row.fate.value for row in rows)
    return {fate.value: found[fate.value] for fate in Fate}


def difference_table(difference: Difference, language: str = "zh") -> dict[str, Any]:
    """A difference as a row of the machine-readable answer."""
    return {
        "section": difference.section,
        "code": difference.code,
        "change": difference.change.value,
        "weight": difference.weight.value,
        "kind": difference.kind,
        "level": difference.level,
        "about": difference.about,
        "effects": [effect.value for effect in difference.effects],
        "words": code_words(difference, language),
        "before": _side(difference.before),
        "after": _side(difference.after),
    }


def _side(side: Side | None) -> dict[str, Any] | None:
    if side is None:
        return None
    table: dict[str, Any] = {"text": side.text, **side.source.as_row()}
    if isinstance(side.value, Threshold):
        bounds = (side.value.low, side.value.high)
        low, high = (None if bound is None else format(bound, "f") for bound in bounds)
        table |= {"fact": side.value.fact, "low": low, "high": high, "unit": side.value.unit}
    return table


def row_table(row: Row) -> dict[str, Any]:
    """A clause of the comparison by text as a row of the machine-readable answer."""
    return {
        "fate": row.fate.value,
        "before": _clause(row.before),
        "after": _clause(row.after),
        "pieces": [{"kind": piece.kind.value, "text": piece.text} for piece in row.pieces],
    }


def _clause(clause: Clause | None) -> dict[str, Any] | None:
    if clause is None:
        return None
    return {"clause": clause.number, "title": clause.title, "line": clause.line, "text": clause.text}


def place_words(source: Citation | None, language: str = "zh") -> str:
    """Clause and line of a side."""
    return word("compare", "clause", language, clause=source.clause, line=source.line) if source else ""
