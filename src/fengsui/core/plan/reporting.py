"""Clocks a plan sets: report edges and other deadlines (时限), drills and revision."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from fengsui.core.citation import Citation
from fengsui.core.plan.level import AnyLevel


class ClockStart(StrEnum):
    """The event that starts a report clock."""

    OCCURRED = "occurred"  # 事发后
    LEARNED = "learned"  # 获悉、知情、发现后
    RECEIVED = "received"  # 接到报告后
    GRADED = "graded"  # 初判、认定后
    ACTIVATED = "activated"  # 启动响应后
    PREVIOUS = "previous"  # 上一次报告（电话先报）后
    CHANGED = "changed"  # 情况变化时
    STABLE = "stable"  # 灾情稳定后、处置结束后
    OTHER = "other"  # 见 after 原文


class Means(StrEnum):
    """How a report is made."""

    PHONE = "电话"
    WRITTEN = "书面"


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """One edge or duty with a time limit: who → whom, from which event, by when.

    Exactly one of these says when: ``within`` (the words as printed, "2小时", "立即") with ``span`` its
    length where it is a length, ``every`` (a repeated report, "24小时", with ``span`` too), ``by`` (a date
    or clock time, "10月15日前"). ``is_report``: information goes to ``to``; otherwise work is to be done.
    ``at``: the hours or days of a repeated report, as printed (每日9时、16时 → 9时, 16时). ``contents``: what
    the report must contain (报告内容), where the plan lists it. ``levels``: only then; ``level_names`` the
    words of the plan for them.
    """

    what: str
    who: str | None = None
    to: tuple[str, ...] = ()
    within: str | None = None
    every: str | None = None
    by: str | None = None
    span: timedelta | None = None
    after: str | None = None
    start: ClockStart = ClockStart.OTHER
    form: Means | None = None
    levels: tuple[AnyLevel, ...] = ()
    level_names: tuple[str, ...] = ()
    condition: str | None = None
    modal: str | None = None
    until: str | None = None
    at: tuple[str, ...] = ()
    contents: tuple[str, ...] = ()
    is_report: bool = True
    source: Citation


@dataclass(frozen=True, slots=True, kw_only=True)
class Drill:
    """A drill interval (演练), ``every`` as words ("1年") or None where the plan gives none."""

    every: str | None
    scope: str | None
    kind: str | None = None
    source: Citation


@dataclass(frozen=True, slots=True, kw_only=True)
class RevisionRule:
    """When the plan is to be revised or evaluated (修订、评估).

    ``triggers`` the events that call for it, as printed, where the plan lists them.
    """

    text: str
    every: str | None = None
    who: str | None = None
    triggers: tuple[str, ...] = ()
    source: Citation
