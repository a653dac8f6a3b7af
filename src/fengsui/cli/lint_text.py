"""The findings for a person at a terminal, and one a line for an editor."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Sequence

from fengsui.application.lint_report import Checked, parts_of, told_aside
from fengsui.application.lint_settle import Settled
from fengsui.application.lint_words import explained, message, see_also, suggestion
from fengsui.application.wording import word
from fengsui.core.lint.finding import Finding, Rule, Severity
from fengsui.core.lint.place import place_in
from fengsui.core.lint.registry import Registered, all_rules

EXCERPT = 60
"""Characters of a source line that are shown around the place."""
MOST_NAMED = 5
"""Files that were passed by and are named; more are only counted."""


def told(settled: Settled, language: str, *, quiet: bool = False) -> list[str]:
    """The findings: place, rule, sentence, the line with a caret, how to mend it; then a summary."""
    lines: list[str] = []
    for each in settled.checked:
        for found, name in zip(each.findings, each.names, strict=True):
            lines += [*_told_one(each, found, settled.notes.get((each.file, name)), language), ""]
    if not quiet:
        lines += summary(settled, language)
    return lines


def dismissed(checked: Sequence[Checked], language: str) -> list[str]:
    """The findings put aside: place, fingerprint, sentence, and who said why."""
    lines = []
    for each in checked:
        for item in told_aside(each, language):
            place = f"{each.file}:{item.finding.line}"
            lines.append(f"{place}: {item.finding.rule.code} {item.said} ({item.fingerprint})")
            lines.append(f"  = {item.aside}")
    return lines


def summary(settled: Settled, language: str) -> list[str]:
    """How many files, how many findings of each severity, and what is not listed and why."""
    counts = Counter(found.severity.value for each in settled.checked for found in each.findings)
    total = {"plans": len(settled.checked), "count": sum(counts.values())}
    grades = {grade.value: counts[grade.value] for grade in Severity}
    lines = [word("lint", "summary" if counts else "clean", language, **total, **grades)]
    if settled.aside:
        lines.append(word("lint", "aside_count", language, count=settled.aside))
    if settled.known:
        lines.append(word("lint", "known_count", language, count=settled.known))
    if settled.gone:
        lines.append(word("lint", "gone_count", language, count=len(settled.gone)))
        lines += [
            f"  - {each.file} [{each.clause}] {word('lint_rule', each.rule, language)}"
            for each in settled.gone
        ]
    if settled.passed_by:
        names = "、".join(settled.passed_by[:MOST_NAMED])
        more = "…" if len(settled.passed_by) > MOST_NAMED else ""
        lines.append(word("lint", "passed_by", language, count=len(settled.passed_by), names=names + more))
    return lines


def _told_one(checked: Checked, found: Finding, note: str | None, language: str) -> list[str]:
    severity = word("lint", f"severity_{found.severity.value}", language)
    clause = word("lint", "clause", language, clause=found.clause) + " " if found.clause else ""
    place = f"{checked.file}:{found.line}" if found.line else checked.file
    lines = [f"{place}: {found.rule.code} [{severity}] {clause}{message(found, language)}"]
    lines += excerpt(checked.texts.get(found.line, ""), found.evidence, found.line)
    lines += [f"  = {text}" for text in see_also(found, language)]
    mend = suggestion(found, language)
    if mend:
        lines.append("  = " + word("lint", "mend", language, text=mend))
    if note:
        lines.append("  ! " + note)
    return lines


def concise(checked: Sequence[Checked], language: str) -> str:
    """``file:line:column: CODE message``, one finding a line; line and column are 1 where there is none."""
    lines = []
    for each in checked:
        for found in each.findings:
            before, _, _ = parts_of(each.texts.get(found.line, ""), found.evidence)
            said = " ".join(message(found, language).split())
            lines.append(f"{each.file}:{max(1, found.line)}:{len(before) + 1}: {found.rule.code} {said}\n")
    return "".join(lines)


def statistics(checked: Sequence[Checked], language: str) -> list[str]:
    """How often each rule found something, the most frequent first."""
    counts = Counter(found.rule for each in checked for found in each.findings)
    order = sorted(counts.items(), key=lambda item: (-item[1], item[0].code, item[0].name))
    return [
        f"{count:>6}  {rule.code:<3} {rule.name}  {word('lint_rule', rule.name, language)}"
        for rule, count in order
    ]


def listed(rules: Sequence[Registered], language: str) -> list[str]:
    """One line a rule: code, severity, name, what it looks for."""
    widest = max((len(item.rule.name) for item in rules), default=0)
    return [
        f"{item.rule.code:<3} {item.rule.severity.value}  {item.rule.name:<{widest}}  "
        + word("lint_rule", item.rule.name, language)
        for item in rules
    ]


def page_of(rule: Rule, language: str, *, with_kin: bool = True) -> list[str]:
    """All there is to know of a rule, how to leave it out or put one finding aside; ``with_kin``: others of
    its code are named."""
    head, meaning, why, *rest = explained(rule, language)
    lines = [head, "=" * _width(head), meaning, "", why, "", *(f"  {line}" for line in rest), ""]
    kin = [item.rule.name for item in all_rules() if item.rule.code == rule.code and item.rule != rule]
    if kin and with_kin:
        lines.append(word("lint", "same_code", language, code=rule.code, names="、".join(kin)))
    lines.append(word("lint", "leave_out", language, name=rule.name))
    return lines


def excerpt(text: str, evidence: str, number: int) -> list[str]:
    """The source line with a caret under what is relied on; nothing where there is no line."""
    if not text.strip():
        return []
    start, length = place_in(text, evidence)
    begin = max(0, start - EXCERPT // 3)
    shown = text[begin : begin + EXCERPT].replace("\t", " ")
    margin = f"{number:>6} | "
    pad = " " * len(margin) + " " * _width(shown[: start - begin])
    marks = "^" * max(1, _width(shown[start - begin : start - begin + length]))
    return [margin + shown, pad + marks]


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)
