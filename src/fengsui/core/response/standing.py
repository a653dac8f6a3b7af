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
from fengsui.core.grading.ask import Question
from fengsui.core.grading.explain import explain
from fengsui.core.grading.grade import SchemeGrade, grade_plan
from fengsui.core.plan.level import AnyLevel, LadderKind
from fengsui.core.plan.model import Plan


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """A question that could raise the level: ``fact`` in the register, or None for a judgement.

    ``question`` in words (for a judgement those of the plan), ``asked`` as grading put it.
    """

    fact: str | None
    question: str
    could_raise_to: AnyLevel | None = None
    asked: Question | None = None


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
        because=tuple(dict.fromkeys(reason.source for reason in explain(graded).deciding)),
        asks=tuple(
            Ask(
                fact=question.fact or None,
                question=_words(question),
                could_raise_to=question.could_raise_to,
                asked=question,
            )
            for question in graded.ask
        ),
    )


def _words(question: Question) -> str:
    spec = question.spec
    return (spec.question or spec.zh) if spec is not None else question.text or question.fact
