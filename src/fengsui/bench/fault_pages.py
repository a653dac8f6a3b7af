"""The board of faults and the findings behind it, over a full library: 2,090 plans of 40 findings each."""

from __future__ import annotations

from functools import cache
from random import Random

from fengsui.bench.pages import visits
from fengsui.bench.registry import Samples, Scale, bench, once
from fengsui.bench.varied import SEED
from fengsui.bench.world import loaded

FINDINGS = 40
"""Findings of a plan."""


@cache
def _filled(scale: Scale) -> float:
    """Give every plan its findings; how long writing took, in seconds."""
    at = loaded(scale)
    from fengsui.application.library_linting import rule_set
    from fengsui.application.lint_library_ports import Kept, LintCheck
    from fengsui.core.lint.finding import Finding, Severity
    from fengsui.core.lint.registry import all_rules
    from fengsui.store.lint import DjangoLint
    from fengsui.store.models import PlanDraft

    chance, store = Random(SEED), DjangoLint()
    rules = [item.rule for item in all_rules()]

    def found(plan: str, number: int) -> Kept:
        rule = chance.choice(rules)
        finding = Finding(
            rule=rule,
            severity=chance.choices(list(Severity), (2, 5, 4))[0],
            plan=plan,
            clause=f"{chance.randint(1, 8)}.{chance.randint(1, 9)}",
            line=number * 10 + 1,
            lines=(number * 10 + 1,),
            say=rule.name,
            data={},
            evidence=f"第{number}处的原文，共有二十来个字，够看清楚说的是什么",
            suggestion=rule.name,
        )
        return Kept(finding=finding, fingerprint=f"{number:016x}", since=at, new=chance.random() < 0.1)

    def fill() -> None:
        for draft_id, title, revision in PlanDraft.objects.values_list("id", "title", "revision"):
            findings = tuple(found(title, number) for number in range(FINDINGS))
            check = LintCheck(
                draft_id=draft_id, revision=revision, rules=rule_set(), checked_at=at, found=findings
            )
            store.keep(check, [findings[0].fingerprint], None)
        store.count_day(at.date())

    return once(fill, "s")


@bench("page-lint-board-p95", "ms", at=0.95)
def lint_board(scale: Scale) -> Samples:
    """The board of the whole library."""
    filled = _filled(scale)
    made = visits(scale, lambda _: "/plans/lint")
    return Samples(made.values, also=[("lint-fill-store", filled, "s")])


@bench("page-lint-list-p95", "ms", at=0.95)
def lint_list(scale: Scale) -> Samples:
    """Findings of the library by severity, page after page."""
    _filled(scale)
    return visits(
        scale, lambda number: f"/plans/lint/findings?severity={'HML'[number % 3]}&page={number + 1}"
    )


@bench("page-plan-findings-p95", "ms", at=0.95)
def plan_findings(scale: Scale) -> Samples:
    """The findings beside the text of one plan after the other."""
    _filled(scale)
    from fengsui.store.models import PlanDraft

    ids = list(PlanDraft.objects.filter(id__startswith="bench-").values_list("id", flat=True)[:5])
    return visits(scale, lambda number: f"/plans/{ids[number % len(ids)]}/findings")
