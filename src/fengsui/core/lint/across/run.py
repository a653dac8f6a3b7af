"""All chosen rules between plans over all plans at hand."""

from __future__ import annotations

from collections.abc import Iterable

from fengsui.core.lint.across.context import AcrossContext, PlanHit
from fengsui.core.lint.across.digest import PlanDigest
from fengsui.core.lint.finding import Finding, Hit, finding_of
from fengsui.core.lint.registry import Registered
from fengsui.core.lint.run import FAILED


def run_across(
    plans: Iterable[PlanDigest],
    rules: Iterable[Registered],
    *,
    complete: bool = False,
    units: Iterable[str] = (),
) -> dict[str, tuple[Finding, ...]]:
    """Findings by key of the plan they are told at; a rule that raises gives one finding, stops no other.

    ``complete``: the plans are all there are (a library), so that what is cited and not there is missing.
    ``units``: names and aliases of the directory, known wherever a plan names them.
    """
    across = AcrossContext(plans, complete=complete, units=units)
    found: dict[str, list[Finding]] = {}
    if len(across.plans) < 2:
        return {}
    for item in rules:
        if item.across is None:
            continue
        try:
            hits = list(item.across(across))
        except Exception as problem:  # as in ``run``: a rule is a plug-in
            first = across.plans[0]
            data = {"rule": item.rule.name, "problem": type(problem).__name__}
            broken = PlanHit(first, Hit(at=first.whole(), mend="", data=data))
            found.setdefault(first.key, []).append(finding_of(FAILED, broken.hit, first.title))
            continue
        for told in hits:
            finding = finding_of(item.rule, told.hit, told.digest.title)
            found.setdefault(told.digest.key, []).append(finding)
    return {
        key: tuple(sorted(each, key=lambda one: (one.line, one.rule.code, one.rule.name)))
        for key, each in found.items()
    }
