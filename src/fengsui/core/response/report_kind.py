"""Which report of the chain an edge asks for: first, follow-up, zero or final (初报、续报、零报告、终报)."""

from __future__ import annotations

import re

from fengsui.core.plan.reporting import ClockStart, Deadline, Means
from fengsui.core.response.events import ReportClockStarted
from fengsui.core.response.events_reporting import ReportKind

_FINAL = re.compile(r"终报|核报|总结|结果报告|结案|最终|核定")
_AGAIN = re.compile(r"续报|进展|阶段|每[日天]|动态|变化")
_FIRST = re.compile(r"初报|首报|首次|初次|速报|快报")


def kind_of_edge(edge: Deadline) -> ReportKind:
    """The kind of report that ``edge`` asks for."""
    return _kind(edge.what, edge.source.quote, edge.every is not None, edge.start, edge.form)


def kind_of_clock(started: ReportClockStarted) -> ReportKind:
    """The kind of report that a clock runs for."""
    quote = started.source.quote if started.source else ""
    return _kind(started.what, quote, started.every is not None, started.start, started.means)


def kind_by_words(what: str, *, repeated: bool, start: ClockStart = ClockStart.LEARNED) -> ReportKind:
    """The kind as far as the words alone say it."""
    return _kind(what, "", repeated, start, None)


def _kind(what: str, quote: str, repeated: bool, start: ClockStart, means: Means | None) -> ReportKind:
    if "零报告" in what or (repeated and "零报告" in quote):
        return ReportKind.ZERO
    if _FIRST.search(what):
        return ReportKind.FIRST
    if start is ClockStart.STABLE or _FINAL.search(what):
        return ReportKind.FINAL
    # Once a response runs the first report is long made.
    if repeated or start in (ClockStart.CHANGED, ClockStart.ACTIVATED) or _AGAIN.search(what):
        return ReportKind.FOLLOW_UP
    if start is ClockStart.PREVIOUS and means is not Means.WRITTEN:
        return ReportKind.FOLLOW_UP
    # 电话先报、书面补报 are two forms of one first report.
    return ReportKind.FIRST
