"""The board of faults (查错总览): the whole library in numbers, each of them leading to its findings."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from itertools import groupby
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.http import urlencode

from fengsui.application.access import Action, require
from fengsui.application.lint_report import Checked
from fengsui.application.lint_words import message
from fengsui.application.wording import word
from fengsui.core.lint.finding import Severity
from fengsui.core.reading.blocks import TextLine
from fengsui.store import selectors
from fengsui.web import pages
from fengsui.web.plans.lint_chart import Trend, trend
from fengsui.web.plans.lint_files import made
from fengsui.web.plans.sheets import file_answer
from fengsui.web.seat import Seat, seat_of

PAGE = 50
RULES_SHOWN = 20
"""Rules named at once; the rest is folded."""


@dataclass(frozen=True, slots=True)
class RuleBar:
    """One rule with its words."""

    line: selectors.RuleLine
    label: str


@pages.screen
def board(request: HttpRequest) -> HttpResponse:
    """All numbers."""
    seat = seat_of(request)
    require(seat.actor, Action.SEE_PLAN)
    found = selectors.lint_board()
    bars = [RuleBar(line, word("lint_rule", line.rule, seat.language)) for line in found.rules]
    numbers = (found.tally.grave, found.tally.middling, found.tally.slight)
    context = {
        "here": "plans",
        "board": found,
        "grades": list(zip((each.value for each in Severity), numbers, strict=True)),
        "most": max(1, *(bar.line.number for bar in bars)) if bars else 1,
        "rules": bars[:RULES_SHOWN],
        "more_rules": bars[RULES_SHOWN:],
        "families": _families(found, seat),
        "area_names": {area.code: area.name for area in seat.directory.jurisdictions},
        "trend": _trend(found),
        "language": seat.language,
    }
    return pages.page(request, "plans/lint_board.html", context)


def _families(found: selectors.LintBoard, seat: Seat) -> list[tuple[str, str, dict[str, int]]]:
    """Letter, words, and number by severity of every family of rules that found something."""
    sums: dict[str, dict[str, int]] = {}
    for line in found.rules:
        row = sums.setdefault(line.code[0], dict.fromkeys((each.value for each in Severity), 0))
        row[line.severity] += line.number
    ordered = sorted(sums.items(), key=lambda item: [-number for number in item[1].values()])
    return [(letter, word("lint_family", letter, seat.language), row) for letter, row in ordered]


def _trend(found: selectors.LintBoard) -> Trend | None:
    days = [
        (day.day, (day.tally.grave, day.tally.middling, day.tally.slight)) for day in found.days if day.plans
    ]
    return trend(days) if len(days) > 1 else None


def filter_of(request: HttpRequest) -> selectors.LintFilter:
    """What the address asks for; what it does not know is passed over."""
    given: dict[str, Any] = {}
    for spec in fields(selectors.LintFilter):
        value = request.GET.get(spec.name, "").replace("\0", "").strip()[:200]
        given[spec.name] = value == "1" if spec.name in ("new", "aside") else value
    if given["severity"] not in {each.value for each in Severity}:
        given["severity"] = ""
    return selectors.LintFilter(**given)


def query_of(wanted: selectors.LintFilter) -> str:
    """A filter as part of an address."""
    values = {spec.name: getattr(wanted, spec.name) for spec in fields(wanted)}
    return urlencode({name: "1" if value is True else value for name, value in values.items() if value})


@pages.screen
def listed(request: HttpRequest) -> HttpResponse:
    """The findings behind a number."""
    seat = seat_of(request)
    require(seat.actor, Action.SEE_PLAN)
    wanted = filter_of(request)
    text = request.GET.get("page", "")
    number = max(1, int(text)) if text.isdecimal() and len(text) < 7 else 1
    lines, total = selectors.findings(wanted, limit=PAGE, offset=(number - 1) * PAGE)
    names = {area.code: area.name for area in seat.directory.jurisdictions}
    context = {
        "here": "plans",
        "heading": _heading(wanted, names, seat.language),
        "rows": [(line, message(line.finding, seat.language)) for line in lines],
        "total": total,
        "wanted": wanted,
        "kept": query_of(wanted),
        "without_severity": query_of(replace(wanted, severity="")),
        "grades": [each.value for each in Severity],
        "page_number": number,
        "pages": max(1, -(-total // PAGE)),
    }
    return pages.page(request, "plans/lint_list.html", context)


def _heading(wanted: selectors.LintFilter, names: dict[str, str], language: str) -> str:
    parts = []
    if wanted.draft:
        parts.append(selectors.draft_title(wanted.draft))
    if wanted.rule:
        parts.append(word("lint_rule", wanted.rule, language))
    if wanted.family:
        parts.append(word("lint_family", wanted.family, language))
    if wanted.severity:
        parts.append(word("lint", f"severity_{wanted.severity}", language))
    parts += [names.get(wanted.area, wanted.area), wanted.issuer]
    parts += [word("web.lint", code, language) for code in ("new", "aside") if getattr(wanted, code)]
    return " · ".join(part for part in parts if part) or word("web.lint", "listed", language)


@pages.screen
def report(request: HttpRequest, kind: str) -> HttpResponse:
    """The findings chosen, of the whole library, as a file: each with the words it rests on, not the text."""
    seat = seat_of(request)
    require(seat.actor, Action.SEE_PLAN)
    found = selectors.all_findings(filter_of(request))
    checked = [_checked(list(lines)) for _, lines in groupby(found, key=lambda line: line.draft_id)]
    return file_answer(made(kind, checked, seat.language), word("lint_report", "title", seat.language), kind)


def _checked(lines: list[selectors.FoundLine]) -> Checked:
    texts = {line.finding.line: line.finding.evidence for line in lines}
    shown = [line for line in lines if not line.reason]
    aside = [line for line in lines if line.reason]
    return Checked(
        lines[0].filename,
        tuple(TextLine(number=number, text=text) for number, text in sorted(texts.items())),
        tuple(line.finding for line in shown),
        tuple(line.fingerprint for line in shown),
        tuple((line.finding, line.reason) for line in aside),
        tuple(line.fingerprint for line in aside),
    )
