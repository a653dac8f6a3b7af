"""Findings from rows of a query: the same rule, place and words as checking the plan itself gives. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from functools import cache
from typing import Any

from fengsui.core.fact import spec_of
from fengsui.core.lint.finding import Finding, Rule, Severity
from fengsui.core.lint.registry import all_rules
from fengsui.core.lint.rules.thresholds import figure, span

Found = Mapping[str, Any]
"""A row by column name (adapters tell the columns); lists of structures as lists of dicts."""


@cache
def rule_named(name: str) -> Rule:
    """The rule of that name. Raises KeyError."""
    return {item.rule.name: item.rule for item in all_rules()}[name]


def finding_of_row(row: Found, title: str) -> Finding:
    """The finding of a row in the plan of that title; ``lines`` is the place alone, nothing is quoted."""
    rule = rule_named(row["rule"])
    return Finding(
        rule=rule,
        severity=Severity(row["severity"]) if row["severity"] else rule.severity,
        plan=title,
        clause=row["clause"] or "",
        line=row["line"],
        lines=(row["line"],),
        say=row["say"] or rule.name,
        data=_DATA.get(rule.name, _levels)(row),
        evidence="",
        suggestion=row["say"] if row["say"] == "level-nobody-named" else rule.name,
    )


def _words(each: Found) -> str:
    window = f"{each['hours']}小时" if each["hours"] else ""
    return window + spec_of(each["fact"], each["unit"]).zh


def _pair(row: Found) -> dict[str, str]:
    said = [_words(each) + span(each["low"], each["high"], each["unit"]) for each in row["figures"]]
    return {"figures": "、".join(dict.fromkeys(said)), **_steps(row)}


def _steps(row: Found) -> dict[str, str]:
    return {"lower": row["lower"] or "", "upper": row["upper"] or ""}


def _open_top(row: Found) -> dict[str, str]:
    return {"what": _words(row["figures"][0]), **_steps(row)}


def _no_lower(row: Found) -> dict[str, str]:
    first = row["figures"][0]
    return {"what": spec_of(first["fact"], first["unit"]).zh, "level": row["levels"] or ""}


def _inverted(row: Found) -> dict[str, str]:
    each = row["figures"][0]
    unit, low, high = each["unit"], each["low"], each["high"]
    ends = {"high": figure(high or Decimal(0), unit), "low": figure(low or Decimal(0), unit)}
    return {"what": _words(each), **_steps(row), **ends}


def _levels(row: Found) -> dict[str, str]:
    return {} if row["levels"] is None else {"levels": row["levels"]}


def _who(row: Found) -> dict[str, str]:
    others: Sequence[Found] | None = row["named"]
    if others is None:
        return {"who": row["who"]}
    return {"who": row["who"], "others": "、".join(dict.fromkeys(each["who"] for each in others))}


_DATA: dict[str, Callable[[Found], dict[str, str]]] = {
    "threshold-gap": _pair,
    "threshold-overlap": _pair,
    "threshold-open-top": _open_top,
    "threshold-no-lower-bound": _no_lower,
    "threshold-inverted": _inverted,
    "any-all-mixed": lambda row: {"every": row["levels"], "some": row["others"]},
    "own-headquarters-starts-nothing": lambda row: {"hq": row["others"], "who": row["who"]},
    "two-who-may-start": lambda row: {"who": row["who"], "level": row["levels"] or ""},
    "started-by-different-bodies": _who,
    "started-and-ended-by-others": _who,
    "proposal-without-approval": _who,
    "warning-response-undivided": _who,
}
"""What fills the sentence, where it is not the names of levels."""
