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
from fengsui.core.plan.level import AnyLevel, LadderKind
from fengsui.core.plan.model import Plan


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
