"""The list of rules: each registers itself by ``@rule(...)`` when its module is imported.

A rule between plans registers itself by ``@across_rule(...)``: on one plan alone it finds nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

from fengsui.core.errors import InputError
from fengsui.core.lint.context import PlanContext
from fengsui.core.lint.finding import Hit, Rule, Severity

if TYPE_CHECKING:
    from fengsui.core.lint.across.context import AcrossContext, PlanHit

Check = Callable[[PlanContext], Iterator[Hit]]
AcrossCheck = Callable[["AcrossContext"], "Iterator[PlanHit]"]


@dataclass(frozen=True, slots=True)
class Registered:
    """A rule with the function that looks for it in one plan, or ``across`` many plans at once."""

    rule: Rule
    check: Check
    across: AcrossCheck | None = None


_KNOWN: dict[str, Registered] = {}


def rule(*, code: str, name: str, severity: Severity, basis: str | None = None) -> Callable[[Check], Check]:
    """Register the decorated ``check(context) -> Iterator[Hit]`` under ``name`` (unique)."""

    def register(check: Check) -> Check:
        _put(Registered(Rule(code=code, name=name, severity=severity, basis=basis), check))
        return check

    return register


def across_rule(
    *, code: str, name: str, severity: Severity, basis: str | None = None
) -> Callable[[AcrossCheck], AcrossCheck]:
    """Register the decorated ``check(across) -> Iterator[PlanHit]``, a rule between plans."""

    def register(check: AcrossCheck) -> AcrossCheck:
        wanted = Rule(code=code, name=name, severity=severity, basis=basis)
        _put(Registered(wanted, lambda context: iter(()), check))
        return check

    return register


def _put(item: Registered) -> None:
    if item.rule.name in _KNOWN:
        raise ValueError(f"two lint rules are called {item.rule.name}")
    _KNOWN[item.rule.name] = item


def all_rules() -> tuple[Registered, ...]:
    """Every rule, by code and name."""
    import_module("fengsui.core.lint.rules")
    import_module("fengsui.core.lint.across.rules")
    return tuple(sorted(_KNOWN.values(), key=lambda item: (item.rule.code, item.rule.name)))


def choose(select: Collection[str] = (), ignore: Collection[str] = ()) -> tuple[Registered, ...]:
    """The rules named by ``select`` (all when empty) less those named by ``ignore``.

    A rule is named by its code (G2), its family (G) or its name. Raises InputError ``no_such_rule``.
    """
    rules = all_rules()
    known = {label for item in rules for label in labels(item.rule)}
    for wanted in (*select, *ignore):
        if wanted not in known:
            raise InputError("no_such_rule", rule=wanted)
    return tuple(
        item
        for item in rules
        if (not select or labels(item.rule) & set(select)) and not labels(item.rule) & set(ignore)
    )


def labels(wanted: Rule) -> set[str]:
    """All by which the rule may be named."""
    return {wanted.code, wanted.family, wanted.name}
