"""Figures of the plan against those the law sets: grades, first reports, drills, evaluation.

Which law binds which plan, with what figure, is data (``core/lint/law``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from fengsui.core.fact import spec_of
from fengsui.core.lint.bodies import plain
from fengsui.core.lint.context import PlanContext
from fengsui.core.lint.finding import Hit, Severity
from fengsui.core.lint.ladders import Ladder, ladders
from fengsui.core.lint.law import Law, Statement, laws, statements
from fengsui.core.lint.registry import rule
from fengsui.core.lint.rules.deadlines import first_reports
from fengsui.core.lint.rules.thresholds import figure
from fengsui.core.plan.criterion import Threshold
from fengsui.core.plan.level import LadderKind
from fengsui.core.plan.reporting import Deadline
from fengsui.core.plan.surroundings import PlanKind
from fengsui.core.reading.phrases.folded import fold


def source(law: Law, statement: Statement) -> dict[str, str]:
    """How a finding names the law it rests on."""
    unsure = not statement.verified
    return {
        "source": law.cited(statement),
        "source_en": law.cited(statement, "en"),
        "sure": "（待核对）" if unsure else "",
        "sure_en": " (to be checked)" if unsure else "",
    }


@rule(code="G6", name="accident-grade-against-law", severity=Severity.H, basis="order493")
def check_grades(context: PlanContext) -> Iterator[Hit]:
    """A grade that begins at another figure than the law sets."""
    for law in laws().values():
        if not law.binds(context.content.title):
            continue
        for ladder in ladders(context.content):
            named = any(re.search(law.applies, level.name) for level in ladder.levels)
            if ladder.kind is not LadderKind.EVENT_GRADE or not named:
                continue
            wrong = [pair for each in law.sets if each.grade for pair in _against(ladder, each)]
            for threshold, statement in {pair[0].source.line: pair for pair in wrong}.values():
                yield Hit(
                    at=threshold.source,
                    data={
                        "what": spec_of(threshold.fact, threshold.unit).zh,
                        "low": figure(threshold.low or Decimal(0), threshold.unit),
                        "law": figure(Decimal(statement.value), threshold.unit),
                        **source(law, statement),
                    },
                )


def _against(ladder: Ladder, statement: Statement) -> Iterator[tuple[Threshold, Statement]]:
    for key, bands in ladder.bands().items():
        if key[0] not in statement.facts or key[3] is not None:
            continue
        for band in bands:
            low = band.threshold.low
            here = band.level.level.value == statement.grade and not band.together
            if here and low is not None and low != Decimal(statement.value):
                yield band.threshold, statement


@rule(code="R2", name="report-slower-than-law", severity=Severity.M, basis="order493_report")
def check_slow(context: PlanContext) -> Iterator[Hit]:
    """A first report that may take longer than the law that binds the plan allows, or than any law does."""
    timed = [
        each
        for each in first_reports(context)
        if each.span is not None and "报" in each.what and "演练" not in each.source.quote
    ]
    set_ = list(statements("first-report"))
    if not timed or not set_:
        return
    longest = max(set_, key=lambda pair: pair[1].span)
    found = [(each, *limit) for each in timed if (limit := _limit(context, each, set_, longest)) is not None]
    if not found:
        return
    first, law, statement = found[0]
    data = {"within": first.within or "", "what": first.what, "limit": f"{statement.value}{statement.unit}"}
    others = tuple(each.source for each, _, _ in found[1:])
    # The longest limit of all may be that of a law on something else: then no law is named.
    say = None if law.binds(context.content.title) else "report-slower-than-any-law"
    yield Hit(at=first.source, others=others, say=say, data={**data, **source(law, statement)})


def _limit(
    context: PlanContext,
    report: Deadline,
    limits: list[tuple[Law, Statement]],
    longest: tuple[Law, Statement],
) -> tuple[Law, Statement] | None:
    """The limit that ``report`` breaks: that of the law for this reporter, else the longest of all."""
    assert report.span is not None
    who = plain(report.who or "")
    for law, statement in limits:
        binds = law.binds(context.content.title) and statement.who and re.search(statement.who, who)
        if binds and report.span > statement.span:
            return law, statement
    return longest if report.span > longest[1].span else None


_YEARS = re.compile(r"每?([一二两三四五六七八九十]|\d+)(?:年|周年)")


def _months(every: str | None) -> int | None:
    """An interval in words (三年, 每5年) as months; None for one of less than a year or without figure."""
    found = _YEARS.search(fold(every or "").text)
    if found is None:
        return None
    digits = "一二三四五六七八九十"
    sign = found[1].replace("两", "二")
    return 12 * (int(sign) if sign.isdigit() else digits.index(sign) + 1)


def _too_long(context: PlanContext, kind: str, every: str | None) -> dict[str, str] | None:
    months = _months(every)
    identity = context.content.identity
    enterprise = identity is not None and identity.kind is PlanKind.ENTERPRISE
    who = "enterprise" if enterprise else "government"
    for law, statement in statements(kind):
        if statement.who == who and months is not None and months > statement.months:
            return {
                "every": every or "",
                "limit": f"{statement.value}{statement.unit}",
                **source(law, statement),
            }
    return None


@rule(code="S2", name="drill-interval-too-long", severity=Severity.M, basis="plan_drill")
def check_drills(context: PlanContext) -> Iterator[Hit]:
    """The plan is practised less often than the law asks."""
    drills = [(each, _too_long(context, "drill", each.every)) for each in context.content.drills]
    if any(data is None and each.every for each, data in drills):
        return  # another drill of the plan is held in time
    for each, data in drills:
        if data is not None:
            yield Hit(at=each.source, data=data)
            return


@rule(code="S2", name="evaluation-interval-too-long", severity=Severity.M, basis="plan_evaluation")
def check_evaluation(context: PlanContext) -> Iterator[Hit]:
    """The plan is evaluated less often than the law asks."""
    for each in context.content.revision:
        data = _too_long(context, "evaluation", each.every)
        if data is not None:
            yield Hit(at=each.source, data=data)
            return
