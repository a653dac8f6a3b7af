"""The grade of an incident by one plan: what is certain, what is open, what to ask.

``grade`` is the level reached whatever the unknown facts turn out to be: the lowest, over all completions
of what is known, of the highest level met. ``possible`` are the higher levels that some completion
reaches. Both are exact: at least 3 deaths are certainly Ⅲ under bands 3–10, 10–30, 30+, though no
single band is certain.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from fengsui.core.citation import Citation
from fengsui.core.fact import FactSpec, Figure, register
from fengsui.core.facts_input import Knowledge
from fengsui.core.grading.ask import Question, questions
from fengsui.core.grading.evaluate import Known, in_scope, judge, resolve
from fengsui.core.grading.ladder import Ladder, loose_totals, make_ladder
from fengsui.core.grading.remarks import Remark, remarks
from fengsui.core.plan.criterion import Criterion, FactName
from fengsui.core.plan.level import AnyLevel, LadderKind, Level, Logic, step
from fengsui.core.truth import Truth, all_of, any_of

Scheme = tuple[LadderKind, str | None, str | None]
Facts = Knowledge | Mapping[FactName, Figure | bool]

_ROMAN = {2: "V", 4: "IV", 8: "III", 16: "II", 32: "I"}


@dataclass(frozen=True, slots=True, kw_only=True)
class CriterionJudgement:
    """One criterion with its answer. ``in_scope`` False: on people's conduct, shown, never evaluated."""

    criterion: Criterion
    truth: Truth
    in_scope: bool = True

    @property
    def text(self) -> str:
        return self.criterion.text

    @property
    def source(self) -> Citation:
        return self.criterion.source


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelJudgement:
    """One level with its answer and that of each of its criteria (its condition first)."""

    level: Level
    truth: Truth
    criteria: tuple[CriterionJudgement, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """``grade`` certain (None: none is), ``possible`` the higher levels still open, highest first."""

    grade: AnyLevel | None
    possible: tuple[AnyLevel, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SchemeGrade:
    """What one ladder of a plan says about an incident on the facts known.

    ``carried_by``: the facts that make ``grade`` certain; empty when none is.
    """

    scheme: Scheme
    grade: AnyLevel | None
    possible: tuple[AnyLevel, ...]
    ask: tuple[Question, ...]
    carried_by: frozenset[FactName]
    levels: tuple[LevelJudgement, ...]
    remarks: tuple[Remark, ...]


def by_scheme(levels: Iterable[Level]) -> dict[Scheme, tuple[Level, ...]]:
    """The levels of a plan by ladder, in the order of the text."""
    found: dict[Scheme, list[Level]] = {}
    for level in levels:
        found.setdefault(level.scheme, []).append(level)
    return {scheme: tuple(items) for scheme, items in found.items()}


def outcome_of(bits: int, kind: LadderKind) -> Outcome:
    """Read the set of reachable levels (see ``component``) as grade and possible levels."""
    least = bits & -bits
    above = [1 << place for place in range(5, 0, -1) if bits & (1 << place) and (1 << place) > least]
    return Outcome(
        grade=step(kind, _ROMAN[least]) if least > 1 else None,
        possible=tuple(step(kind, _ROMAN[bit]) for bit in above),
    )


def grade_plan(
    levels: Iterable[Level], facts: Facts, specs: Mapping[str, FactSpec] | None = None
) -> tuple[SchemeGrade, ...]:
    """Grade ``facts`` by every ladder among the ``levels`` of a plan."""
    specs = register() if specs is None else specs
    return tuple(grade_scheme(each, facts, specs) for each in by_scheme(levels).values())


def grade_scheme(
    levels: Iterable[Level], facts: Facts, specs: Mapping[str, FactSpec] | None = None
) -> SchemeGrade:
    """Grade ``facts`` by the ``levels`` of one ladder (at least one)."""
    return grade_ladder(make_ladder(levels, register() if specs is None else specs), Knowledge.of(facts))


def tied(ladder: Ladder, known: Known) -> Ladder:
    """``ladder`` with its facts tied by sums that were given though no criterion names them."""
    totals = loose_totals(ladder.figures, known.knowledge.facts, ladder.specs)
    return make_ladder(ladder.levels, ladder.specs, totals) if totals else ladder


def ladder_outcome(ladder: Ladder, known: Known) -> Outcome:
    """Grade and possible levels alone."""
    return outcome_of(tied(ladder, known).outcomes(known), ladder.levels[0].kind)


def grade_ladder(ladder: Ladder, knowledge: Knowledge) -> SchemeGrade:
    """Grade by a ladder made ready before."""
    known = resolve(ladder.singles, knowledge, ladder.specs)
    ladder = tied(ladder, known)
    outcome = outcome_of(ladder.outcomes(known), ladder.levels[0].kind)
    return SchemeGrade(
        scheme=ladder.levels[0].scheme,
        grade=outcome.grade,
        possible=outcome.possible,
        ask=questions(ladder.levels, outcome.possible, known),
        carried_by=ladder.carried_by(known) if outcome.grade else frozenset(),
        levels=tuple(judge_level(level, known) for level in ladder.levels),
        remarks=remarks(ladder.levels, grade=outcome.grade, settled=not outcome.possible, known=known),
    )


def judge_level(level: Level, known: Known) -> LevelJudgement:
    """Judge one level by itself; without any criterion it stays unknown, out of scope it is never met."""
    own = tuple(_judgement(item, known) for item in level.criteria)
    usable = [item.truth for item in own if item.in_scope]
    if level.logic is Logic.ALL:
        truth = all_of(usable) if len(usable) == len(own) else Truth.FALSE
    else:
        truth = any_of(usable)
    if level.condition is None:
        return LevelJudgement(level=level, truth=truth if own else Truth.UNKNOWN, criteria=own)
    over = _judgement(level.condition, known)
    lead = over.truth if over.in_scope else Truth.FALSE
    return LevelJudgement(level=level, truth=all_of((lead, truth)) if own else lead, criteria=(over, *own))


def _judgement(criterion: Criterion, known: Known) -> CriterionJudgement:
    usable = in_scope(criterion)
    return CriterionJudgement(
        criterion=criterion, truth=judge(criterion, known) if usable else Truth.UNKNOWN, in_scope=usable
    )
