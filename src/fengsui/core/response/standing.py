"""Where an incident stands on the ladders of a plan, in the form decisions need.

A thin neighbour of ``core.grading``: one ``Standing`` a ladder, with the clauses that carry the answer
and the questions that would settle what is open.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from fengsui.core.citation import Citation
from fengsui.core.fact import Figure
from fengsui.core.facts_input import Knowledge, plain_text
from fengsui.core.grading.grade import SchemeGrade, grade_plan
from fengsui.core.plan.level import AnyLevel, LadderKind
from fengsui.core.plan.model import Plan
from fengsui.core.truth import Truth


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """A question that could raise the level: ``fact`` in the register, or None for a judgement."""

    fact: str | None
    question: str
    could_raise_to: AnyLevel | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """One ladder: ``level`` certain now (None: none), ``possible`` higher ones left open, highest first."""

    kind: LadderKind
    hazard: str | None = None
    subtype: str | None = None
    level: AnyLevel | None = None
    possible: tuple[AnyLevel, ...] = ()
    because: tuple[Citation, ...] = ()
    asks: tuple[Ask, ...] = ()


class Grader(Protocol):
    """How ladders are judged; ``core.grading`` in use, a table in tests."""

    def __call__(
        self, plan: Plan, facts: Mapping[str, Figure | bool], judgements: Mapping[str, bool]
    ) -> tuple[Standing, ...]: ...


def grade_by_plan(
    plan: Plan, facts: Mapping[str, Figure | bool], judgements: Mapping[str, bool]
) -> tuple[Standing, ...]:
    """Judge every ladder of ``plan`` with ``core.grading``."""
    knowledge = Knowledge(
        facts=facts, judgements={plain_text(text): answer for text, answer in judgements.items()}
    )
    return tuple(_standing(scheme) for scheme in grade_plan(plan.content.levels, knowledge))


def _standing(graded: SchemeGrade) -> Standing:
    kind, hazard, subtype = graded.scheme
    return Standing(
        kind=kind,
        hazard=hazard,
        subtype=subtype,
        level=graded.grade,
        possible=graded.possible,
        because=_because(graded),
        asks=tuple(
            Ask(fact=question.fact or None, question=question.text, could_raise_to=question.could_raise_to)
            for question in graded.ask
        ),
    )


def _because(graded: SchemeGrade) -> tuple[Citation, ...]:
    """Clauses that carry the certain level: criteria met there, else those not excluded there or above."""
    if graded.grade is None:
        return ()
    there = [item for item in graded.levels if item.level.level is graded.grade]
    met = [one.source for item in there for one in item.criteria if one.truth is Truth.TRUE]
    if not met:
        # Certain only as a whole: at least 3 dead is in one of several bands, no single one is certain.
        close = [item for item in graded.levels if item.level.level.rank <= graded.grade.rank]
        met = [
            one.source
            for item in close
            for one in item.criteria
            if one.in_scope and one.truth is Truth.UNKNOWN
        ]
    return tuple(dict.fromkeys(met))
