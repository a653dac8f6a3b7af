"""SARIF 2.1.0: the findings for programs that show or follow up findings of any tool.

Regions name lines of the document as read: for a .docx the paragraph, for a PDF the line of its text.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from fengsui import __version__
from fengsui.application.lint_report import Checked, Told, told, told_aside
from fengsui.application.wording import word
from fengsui.core.lint.finding import Rule, Severity
from fengsui.core.lint.registry import all_rules

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
LEVELS = {Severity.H: "error", Severity.M: "warning", Severity.L: "note"}
FINGERPRINT = "fengsuiFinding/v1"
"""Name and version of our fingerprint: a change of how it is made must change the version."""
_NOT_CHECKED = "F"
"""The family of findings that say something was not checked."""


def sarif(checked: Sequence[Checked], language: str = "zh") -> str:
    """The log of one run, as JSON."""
    rules = _rules(checked)
    index = {rule.name: place for place, rule in enumerate(rules)}
    results: list[dict[str, Any]] = []
    for each in checked:
        for item in (*told(each, language), *told_aside(each, language)):
            results.append(_result(item, each, index[item.finding.rule.name]))
    run = {
        "tool": {"driver": _driver(rules, language)},
        "language": "zh-CN" if language == "zh" else "en",
        "columnKind": "unicodeCodePoints",
        "artifacts": [
            {"location": {"uri": address}} for address in dict.fromkeys(uri(e.file) for e in checked)
        ],
        "invocations": [_invocation(checked, language)],
        "results": results,
    }
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=False, indent=1) + "\n"


def uri(file: str) -> str:
    """The address of a file: relative as given, or file:// for an absolute path."""
    path = PurePath(file)
    named = quote(path.as_posix(), safe="/", errors="surrogateescape")
    return f"file://{named}" if path.is_absolute() else named


def _rules(checked: Sequence[Checked]) -> list[Rule]:
    """Every rule, and those that only the run itself reports, where it did."""
    rules = {item.rule.name: item.rule for item in all_rules()}
    for each in checked:
        for found in (*each.findings, *(found for found, _ in each.dismissed)):
            rules.setdefault(found.rule.name, found.rule)
    return list(rules.values())


def _driver(rules: Iterable[Rule], language: str) -> dict[str, Any]:
    return {
        "name": "Fengsui",
        "version": __version__,
        "semanticVersion": __version__,
        "rules": [_rule(rule, language) for rule in rules],
    }


def identifier(rule: Rule) -> str:
    """Code and name: several rules share a code, and either alone is what people search for."""
    return f"{rule.code}/{rule.name}"


def _rule(rule: Rule, language: str) -> dict[str, Any]:
    other = "en" if language == "zh" else "zh"
    shown: dict[str, Any] = {
        "id": identifier(rule),
        "name": "".join(part.capitalize() for part in rule.name.split("-")),
        "shortDescription": {"text": word("lint_rule", rule.name, language)},
        "fullDescription": {"text": word("lint_why", rule.name, language)},
        "help": {
            "text": "\n\n".join("\n".join(_help(rule, each)) for each in (language, other)),
            "markdown": "\n\n".join("  \n".join(_help(rule, each)) for each in (language, other)),
        },
        "defaultConfiguration": {"level": LEVELS[rule.severity]},
        "properties": {
            "tags": [rule.code, word("lint_family", rule.family, language)],
            "severity": rule.severity.value,
        },
    }
    return shown


def _help(rule: Rule, language: str) -> list[str]:
    lines = [word("lint_rule", rule.name, language), word("lint_why", rule.name, language)]
    for group, frame in (("lint_bad", "bad"), ("lint_good", "good")):
        text = word(group, rule.name, language)
        if text != rule.name:  # the findings of the run itself have no examples
            lines.append(word("lint", frame, language, text=text))
    if rule.basis:
        lines.append(word("lint", "basis", language, text=word("lint_basis", rule.basis, language)))
    return lines


def _result(item: Told, checked: Checked, index: int) -> dict[str, Any]:
    found = item.finding
    text = "\n".join(part for part in (item.said, item.mend, *item.elsewhere) if part)
    result: dict[str, Any] = {
        "ruleId": identifier(found.rule),
        "ruleIndex": index,
        "level": LEVELS[found.severity],
        "message": {"text": text},
        "locations": [_location(item, checked)],
        "partialFingerprints": {FINGERPRINT: item.fingerprint},
        "properties": {"severity": found.severity.value, "clause": found.clause, "plan": found.plan},
    }
    others = [line for line in found.lines if line != found.line and line in checked.texts]
    if others:
        result["relatedLocations"] = [
            {"id": number, "physicalLocation": _physical(checked, {"startLine": line})}
            for number, line in enumerate(others, start=1)
        ]
    if item.aside is not None:
        result["suppressions"] = [{"kind": "external", "status": "accepted", "justification": item.aside}]
    return result


def _location(item: Told, checked: Checked) -> dict[str, Any]:
    region: dict[str, Any] | None = None
    if item.finding.line in checked.texts:
        region = {"startLine": item.finding.line}
        if item.marked:
            region |= {"startColumn": item.column, "endColumn": item.column + len(item.marked)}
            region["snippet"] = {"text": item.marked}
    place: dict[str, Any] = {"physicalLocation": _physical(checked, region)}
    if item.finding.clause:
        name = {
            "name": item.finding.clause,
            "fullyQualifiedName": f"{item.finding.plan}/{item.finding.clause}",
        }
        place["logicalLocations"] = [name]
    return place


def _physical(checked: Checked, region: dict[str, Any] | None) -> dict[str, Any]:
    place: dict[str, Any] = {"artifactLocation": {"uri": uri(checked.file)}}
    if region is not None:
        place["region"] = region
    return place


def _invocation(checked: Sequence[Checked], language: str) -> dict[str, Any]:
    """Whether all went through: a file not read or a rule that broke is told here as well."""
    broken = [
        {"level": "error", "message": {"text": f"{each.file}: {item.said}"}}
        for each in checked
        for item in told(each, language)
        if item.finding.rule.family == _NOT_CHECKED
    ]
    made: dict[str, Any] = {"executionSuccessful": not broken}
    if broken:
        made["toolExecutionNotifications"] = broken
    return made
