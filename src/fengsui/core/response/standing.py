"""Where an incident stands on the ladders of a plan, in the form decisions need.

A thin neighbour of ``core.grading``: one ``Standing`` a ladder, with the clauses that carry the answer
and the questions that would settle what is open.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from fengsui.core.citation import Citation
from fengsui.core.fact import Figure, register
from fengsui.core.facts_input import Knowledge, plain_text, spec_of
from fengsui.core.grading.ask import Question
from fengsui.core.grading.evaluate import walk
from fengsui.core.grading.explain import explain
from fengsui.core.grading.grade import CriterionJudgement, SchemeGrade, grade_plan
from fengsui.core.plan.criterion import Threshold
from fengsui.core.plan.level import AnyLevel, LadderKind
from fengsui.core.plan.model import Plan
from fengsui.core.response.ties import answers, tied_levels
from fengsui.core.truth import Truth


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
    """Judge every ladder of ``plan`` with ``core.grading``.

    A criterion that only names a grade of the event (较大事故) is answered by the event ladder of the plan;
    an answer given by a person stands before that.
    """
    levels, tied = tied_levels(plan.content.levels)
    given = {plain_text(text): answer for text, answer in judgements.items()}
    events = [level for level in levels if level.kind is LadderKind.EVENT_GRADE]
    others = [level for level in levels if level.kind is not LadderKind.EVENT_GRADE]
    graded = grade_plan(events, Knowledge(facts=facts, judgements=given))
    known = Knowledge(facts=facts, judgements={**answers(tied, graded), **given})
    return tuple(_standing(scheme, facts, tied) for scheme in (*graded, *grade_plan(others, known)))


def _standing(graded: SchemeGrade, facts: Mapping[str, Figure | bool], tied: Collection[str]) -> Standing:
    kind, hazard, subtype = graded.scheme
    return Standing(
        kind=kind,
        hazard=hazard,
        subtype=subtype,
        level=graded.grade,
        possible=graded.possible,
        because=_because(graded, facts),
        asks=tuple(
            Ask(
                fact=question.fact or None,
                question=_words(question),
                could_raise_to=question.could_raise_to,
                asked=question,
            )
            for question in graded.ask
            if question.fact or plain_text(question.text) not in tied
        ),
    )


def _because(graded: SchemeGrade, facts: Mapping[str, Figure | bool]) -> tuple[Citation, ...]:
    """The clauses that carry the certain level.

    Where no single one is certain (至少4人 lies in one of several bands), those of that level whose lower
    bound is reached say it best; only without such a one, all that together leave no way out.
    """
    why = explain(graded)
    if not why.together:
        return tuple(dict.fromkeys(reason.source for reason in why.deciding))
    here = [item for level in graded.levels if level.level.level is graded.grade for item in level.criteria]
    reached = [item.source for item in here if _reached(item, facts)]
    return tuple(dict.fromkeys(reached or [reason.source for reason in why.deciding]))


def _reached(judged: CriterionJudgement, facts: Mapping[str, Figure | bool]) -> bool:
    if not judged.in_scope or judged.truth is Truth.FALSE:
        return False
    bands = [item for item in walk(judged.criterion) if isinstance(item, Threshold)]
    return bool(bands) and all(_least(band.fact, facts) >= (band.low or Decimal(1)) for band in bands)


def _least(fact: str, facts: Mapping[str, Figure | bool]) -> Decimal:
    """The figure that ``fact`` reaches for certain, from itself or from its parts."""
    own = facts.get(fact)
    if isinstance(own, Figure) and own.low is not None:
        return own.low
    spec = spec_of(fact, register())
    return sum((_least(part, facts) for part in (spec.sum_of if spec else ())), Decimal(0))


def _words(question: Question) -> str:
    spec = question.spec
    return (spec.question or spec.zh) if spec is not None else question.text or question.fact
