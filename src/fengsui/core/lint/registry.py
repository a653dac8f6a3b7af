"""The list of rules: each registers itself by ``@rule(...)`` when its module is imported."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from importlib import import_module

from fengsui.core.errors import InputError
from fengsui.core.lint.context import PlanContext
from fengsui.core.lint.finding import Hit, Rule, Severity

Check = Callable[[PlanContext], Iterator[Hit]]


@dataclass(frozen=True, slots=True)
class Registered:
    """A rule with the function that looks for it in one plan."""

    rule: Rule
    check: Check


_KNOWN: dict[str, Registered] = {}


def rule(*, code: str, name: str, severity: Severity, basis: str | None = None) -> Callable[[Check], Check]:
    """Register the decorated ``check(context) -> Iterator[Hit]`` under ``name`` (unique)."""

    def register(check: Check) -> Check:
        if name in _KNOWN:
            raise ValueError(f"two lint rules are called {name}")
        _KNOWN[name] = Registered(Rule(code=code, name=name, severity=severity, basis=basis), check)
        return check

    return register


def all_rules() -> tuple[Registered, ...]:
    """Every rule, by code and name."""
    import_module("fengsui.core.lint.rules")
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
