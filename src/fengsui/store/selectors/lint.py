"""The board of faults (查错总览): how many of what, where, and the findings behind each number.

Plans out of force do not count. Numbers come from columns; no finding is decoded but those shown.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.db.models import Count, F, Max, Q, QuerySet, Sum

from fengsui.application.lint_kept import findings_from
from fengsui.core.lint.finding import Finding, Severity
from fengsui.store.failures import told_plainly
from fengsui.store.lint import GRADES, OUT
from fengsui.store.models import LintDay, LintDismissal, LintFinding, LintRun, PlanDraft

MOST_DAYS = 60
_SUMS = {name: Sum(name) for name in ("grave", "middling", "slight", "fresh", "aside")}


@dataclass(frozen=True, slots=True)
class Tally:
    """How many findings stand, by severity; ``fresh`` of them are new, ``aside`` more were put aside."""

    grave: int = 0
    middling: int = 0
    slight: int = 0
    fresh: int = 0
    aside: int = 0

    @property
    def total(self) -> int:
        """All that stand."""
        return self.grave + self.middling + self.slight


@dataclass(frozen=True, slots=True)
class RuleLine:
    """One rule: how often it is broken, in how many plans."""

    code: str
    rule: str
    severity: str
    number: int
    plans: int


@dataclass(frozen=True, slots=True)
class PlaceLine:
    """One area or issuer with its plans."""

    value: str
    plans: int
    tally: Tally


@dataclass(frozen=True, slots=True)
class WorstPlan:
    """One plan by how much is wrong with it."""

    draft_id: str
    title: str
    issuer: str
    jurisdiction: str
    tally: Tally


@dataclass(frozen=True, slots=True)
class DayLine:
    """How many findings stood on a day."""

    day: date
    plans: int
    tally: Tally


@dataclass(frozen=True, slots=True)
class LintBoard:
    """The whole library at a glance."""

    plans: int
    clean: int
    waiting: int
    failed: int
    tally: Tally
    rules: tuple[RuleLine, ...]
    areas: tuple[PlaceLine, ...]
    issuers: tuple[PlaceLine, ...]
    worst: tuple[WorstPlan, ...]
    days: tuple[DayLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LintFilter:
    """Which findings: everything given must hold. ``area`` keeps that area alone, "" all."""

    severity: str = ""
    family: str = ""
    rule: str = ""
    area: str = ""
    issuer: str = ""
    draft: str = ""
    new: bool = False
    aside: bool = False


@dataclass(frozen=True, slots=True)
class FoundLine:
    """One finding with its plan; ``reason`` is why it was put aside, "" where it stands."""

    draft_id: str
    title: str
    filename: str
    fingerprint: str
    new: bool
    since: datetime
    finding: Finding
    reason: str = ""


def lint_board(*, most: int = 15) -> LintBoard:
    """All numbers of the board; ``most`` issuers, areas and plans are named."""
    with told_plainly():
        standing = PlanDraft.objects.exclude(state__in=OUT)
        runs = LintRun.objects.exclude(draft__state__in=OUT)
        plans = runs.count()
        sums = runs.aggregate(**_SUMS, latest=Max("checked_at"))
        return LintBoard(
            plans=plans,
            clean=runs.filter(failed=False, grave=0, middling=0, slight=0).count(),
            waiting=standing.count() - plans,
            failed=runs.filter(failed=True).count(),
            tally=_tally(sums),
            rules=_rules((connection.settings_dict["NAME"], plans, sums)),
            areas=_places(runs, "draft__jurisdiction", most),
            issuers=_places(runs.exclude(draft__issuer=""), "draft__issuer", most),
            worst=_worst(runs, most),
            days=tuple(
                DayLine(row.day, row.plans, Tally(row.grave, row.middling, row.slight, 0, row.aside))
                for row in reversed(LintDay.objects.order_by("-day")[:MOST_DAYS])
            ),
        )


def _tally(sums: Mapping[str, Any]) -> Tally:
    return Tally(**{name: sums[name] or 0 for name in _SUMS})


def _out() -> list[str]:
    """Checked plans that no longer count: few beside those that do, so they are named instead of joined."""
    return list(PlanDraft.objects.filter(state__in=OUT, lint__isnull=False).values_list("id", flat=True))


_last_rules: tuple[object, tuple[RuleLine, ...]] = (None, ())
"""What was counted last, and the state of the library it was counted in."""


def _rules(state: object) -> tuple[RuleLine, ...]:
    """Counts by rule; 80,000 findings are counted anew only when ``state`` is not what it was."""
    global _last_rules
    out = _out()
    if _last_rules[0] == (state, out):
        return _last_rules[1]
    # "IN (false)" finds the index where "NOT aside" does not.
    rows = LintFinding.objects.filter(aside__in=[False])
    if out:
        rows = rows.exclude(draft_id__in=out)
    counted = rows.values_list("code", "rule", "grade").annotate(
        number=Count("pk"), plans=Count("draft_id", distinct=True)
    )
    lines = [
        RuleLine(code, rule, GRADES[grade].value, number, plans)
        for code, rule, grade, number, plans in counted.order_by("grade", "-number", "code", "rule")
    ]
    _last_rules = ((state, out), tuple(lines))
    return _last_rules[1]


def _places(runs: QuerySet[LintRun], column: str, most: int) -> tuple[PlaceLine, ...]:
    rows = runs.values(value=F(column)).annotate(plans=Count("pk"), **_SUMS)
    found = [PlaceLine(row["value"], row["plans"], _tally(row)) for row in rows]
    found.sort(key=lambda one: (-one.tally.grave, -one.tally.middling, -one.tally.slight, one.value))
    return tuple(found[:most])


def _worst(runs: QuerySet[LintRun], most: int) -> tuple[WorstPlan, ...]:
    rows = runs.filter(Q(grave__gt=0) | Q(middling__gt=0) | Q(slight__gt=0)).order_by(
        "-grave", "-middling", "-slight", "draft"
    )
    columns = ("draft_id", "draft__title", "draft__filename", "draft__issuer", "draft__jurisdiction")
    return tuple(
        WorstPlan(draft_id, title or filename, issuer, area, Tally(*numbers))
        for draft_id, title, filename, issuer, area, *numbers in rows.values_list(*columns, *_SUMS)[:most]
    )


def _chosen(wanted: LintFilter) -> QuerySet[LintFinding]:
    rows = LintFinding.objects.filter(aside__in=[wanted.aside])
    if wanted.draft:
        rows = rows.filter(draft_id=wanted.draft)
    else:
        out = _out()
        rows = rows.exclude(draft_id__in=out) if out else rows
    if wanted.severity in {each.value for each in GRADES}:
        rows = rows.filter(grade=GRADES.index(Severity(wanted.severity)))
    exact = {
        "rule": wanted.rule,
        "draft__jurisdiction": wanted.area,
        "draft__issuer": wanted.issuer,
        "code__startswith": wanted.family,
    }
    rows = rows.filter(**{name: value for name, value in exact.items() if value})
    return rows.filter(fresh=True) if wanted.new else rows


def findings(wanted: LintFilter, *, limit: int = 50, offset: int = 0) -> tuple[list[FoundLine], int]:
    """One page of findings, the gravest first, and how many there are."""
    rows = _chosen(wanted)
    with told_plainly():
        total = rows.count()
        ids = rows.order_by("grade", "draft_id", "position").values_list("pk", flat=True)
        page = list(ids[offset : offset + limit])
        found = LintFinding.objects.in_bulk(page)
        plans = _plans({found[key].draft_id for key in page if key in found})
        lines = [line for key in page if key in found for line in _lines(found[key], plans)]
    return lines, total


def all_findings(wanted: LintFilter) -> Iterator[FoundLine]:
    """Every finding chosen, plan by plan, those put aside with their reasons; for writing them out."""
    rows = _chosen(wanted)
    with told_plainly():
        found = list(rows.order_by("draft_id", "position"))
        if not wanted.aside:
            put_aside = _chosen(replace(wanted, aside=True)).order_by("draft_id", "position")
            found = sorted([*found, *put_aside], key=lambda row: (row.draft_id, row.position))
        plans = _plans({row.draft_id for row in found})
        reasons = {
            (draft, name): reason
            for draft, name, reason in LintDismissal.objects.filter(ended_at__isnull=True).values_list(
                "draft_id", "fingerprint", "reason"
            )
        }
    for row in found:
        reason = reasons.get((row.draft_id, row.fingerprint), "") if row.aside else ""
        yield from _lines(row, plans, reason)


def _plans(ids: set[str]) -> dict[str, tuple[str, str]]:
    rows = PlanDraft.objects.filter(pk__in=ids) if len(ids) < 500 else PlanDraft.objects.all()
    return {draft: (title, name) for draft, title, name in rows.values_list("id", "title", "filename")}


def _lines(row: LintFinding, plans: dict[str, tuple[str, str]], reason: str = "") -> Iterator[FoundLine]:
    title, filename = plans.get(row.draft_id, ("", ""))
    for finding in findings_from(row.data):
        yield FoundLine(
            draft_id=row.draft_id,
            title=title or filename,
            filename=filename,
            fingerprint=row.fingerprint,
            new=row.fresh,
            since=row.since,
            finding=finding,
            reason=reason,
        )


def lint_tallies(draft_ids: tuple[str, ...]) -> dict[str, Tally]:
    """How drafts stand with the check, by id; those never checked are left out."""
    with told_plainly():
        rows = LintRun.objects.filter(pk__in=draft_ids, failed=False)
        return {draft_id: Tally(*numbers) for draft_id, *numbers in rows.values_list("draft_id", *_SUMS)}
