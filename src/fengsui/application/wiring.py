"""How the use cases judge: the one grader of the house, its questions in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from fengsui.application.grading_words import question_words
from fengsui.core.fact import Figure
from fengsui.core.plan.model import Plan
from fengsui.core.response.standing import Ask, Standing, grade_by_plan


def grade_plan(
    plan: Plan, facts: Mapping[str, Figure | bool], judgements: Mapping[str, bool]
) -> tuple[Standing, ...]:
    """Where ``facts`` and ``judgements`` stand on every ladder of ``plan``."""
    return tuple(
        replace(standing, asks=tuple(_asked(ask) for ask in standing.asks))
        for standing in grade_by_plan(plan, facts, judgements)
    )


def _asked(ask: Ask) -> Ask:
    return ask if ask.asked is None else replace(ask, question=question_words(ask.asked))
