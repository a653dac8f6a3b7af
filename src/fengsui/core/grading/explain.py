"""Why this grade, for a person: the clauses that decide, what is open, and what would settle it.

Values only; the words are in ``application/wording`` (groups ``grading`` and ``grading_remark``).
"""

from __future__ import annotations

from dataclasses import dataclass

from fengsui.core.citation import Citation
from fengsui.core.grading.ask import Question
from fengsui.core.grading.evaluate import asked_name, walk
from fengsui.core.grading.grade import LevelJudgement, SchemeGrade
from fengsui.core.grading.remarks import Remark
from fengsui.core.plan.level import AnyLevel, Level
from fengsui.core.truth import Truth


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One clause: the level it speaks of, its words and its place."""

    level: Level
    text: str
    source: Citation


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenLevel:
    """A higher level that is not excluded: the clauses that keep it open, the questions that settle it."""

    level: AnyLevel
    because: tuple[Reason, ...]
    ask: tuple[Question, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """The grade with its reasons.

    ``deciding`` are the clauses met at ``grade``. ``together``: no single clause is met for certain, but
    one of those in ``deciding`` holds whatever the unknown facts are (至少3人死亡 lies in one of the bands).
    """

    grade: AnyLevel | None
    deciding: tuple[Reason, ...]
    together: bool
    open: tuple[OpenLevel, ...]
    remarks: tuple[Remark, ...]


def explain(found: SchemeGrade) -> Explanation:
    """Say why ``found`` is what it is."""
    single = tuple(
        reason
        for judged in found.levels
        if judged.level.level is found.grade and judged.truth is Truth.TRUE
        for reason in _reasons(judged, Truth.TRUE)
    )
    return Explanation(
        grade=found.grade,
        deciding=single or _carrying(found),
        together=found.grade is not None and not single,
        open=tuple(_open(level, found) for level in found.possible),
        remarks=found.remarks,
    )


def _carrying(found: SchemeGrade) -> tuple[Reason, ...]:
    """The clauses of which one must hold when no single one is certain."""
    if found.grade is None:
        return ()
    return tuple(
        reason
        for judged in found.levels
        if judged.level.level.is_at_least(found.grade) and judged.truth is not Truth.FALSE
        for reason in _reasons(judged, Truth.UNKNOWN, found.carried_by)
    )


def _reasons(judged: LevelJudgement, truth: Truth, about: frozenset[str] | None = None) -> tuple[Reason, ...]:
    """The criteria of a level with the answer ``truth``; only those that ask for ``about`` if given."""
    return tuple(
        Reason(level=judged.level, text=item.text, source=item.source)
        for item in judged.criteria
        if item.in_scope
        and item.truth is truth
        and (about is None or any(asked_name(one) in about for one in walk(item.criterion)))
    )


def _open(level: AnyLevel, found: SchemeGrade) -> OpenLevel:
    because = tuple(
        reason
        for judged in found.levels
        if judged.level.level is level and judged.truth is not Truth.FALSE
        for reason in _reasons(judged, Truth.UNKNOWN)
    )
    asked = tuple(item for item in found.ask if item.could_raise_to is level)
    return OpenLevel(level=level, because=because, ask=asked)
