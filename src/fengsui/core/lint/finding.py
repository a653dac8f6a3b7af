"""What a rule is, and what it found.

Words are not here: ``name`` is the key under which ``application/wording`` holds what the rule means
(``[lint_rule]``), why it matters (``[lint_why]``), a faulty and a mended example (``[lint_bad]``,
``[lint_good]``), the sentence of a finding (``[lint_say]``) and how to mend it (``[lint_mend]``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from fengsui.core.citation import Citation


class Severity(StrEnum):
    """How much a fault costs on the night."""

    H = "H"  # a wrong result, or nobody acts
    M = "M"  # hesitation, or a person must know better than the plan
    L = "L"  # form and wording


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule: ``code`` is its class (G1 … V1; several rules may share one), ``name`` is unique.

    ``basis``: key in ``[lint_basis]`` of the law or standard that demands it, None where only sense does.
    """

    code: str
    name: str
    severity: Severity
    basis: str | None = None

    @property
    def family(self) -> str:
        """The letter of the class: G thresholds, A authority, R deadlines, O organisation, …"""
        return self.code[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Elsewhere:
    """A place in another plan that belongs to a finding; ``key`` of that plan as its digest has it."""

    plan: str
    key: str
    at: Citation


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One fault a rule found: the place relied on, and what fills the sentence.

    ``others`` are further places that belong to it. ``say`` and ``mend`` are keys of ``[lint_say]`` and
    ``[lint_mend]``; None: the name of the rule (``mend`` "" : nothing to suggest). ``severity`` None: that
    of the rule. ``evidence`` None: the quote of ``at``. ``elsewhere``: places in other plans.
    """

    at: Citation
    others: tuple[Citation, ...] = ()
    say: str | None = None
    mend: str | None = None
    severity: Severity | None = None
    evidence: str | None = None
    data: Mapping[str, str] = field(default_factory=dict)
    elsewhere: tuple[Elsewhere, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One fault of one plan. ``line`` is the place itself, ``lines`` all that belong to it, ascending.

    ``elsewhere`` are the places in other plans that it disagrees with: only rules between plans have any.
    """

    rule: Rule
    severity: Severity
    plan: str
    clause: str
    line: int
    lines: tuple[int, ...]
    say: str
    data: Mapping[str, str]
    evidence: str
    suggestion: str | None
    elsewhere: tuple[Elsewhere, ...] = ()


def finding_of(rule: Rule, hit: Hit, plan: str) -> Finding:
    """The finding that reports ``hit`` of ``rule`` in the plan of that title."""
    lines = {hit.at.line, *(place.line for place in hit.others)}
    return Finding(
        rule=rule,
        severity=hit.severity or rule.severity,
        plan=plan,
        clause=hit.at.clause,
        line=hit.at.line,
        lines=tuple(sorted(lines)),
        say=hit.say or rule.name,
        data=hit.data,
        evidence=hit.at.quote if hit.evidence is None else hit.evidence,
        suggestion=rule.name if hit.mend is None else hit.mend or None,
        elsewhere=hit.elsewhere,
    )
