"""What a leader must know of the faults of plans: one page, the gravest first, what to do and by whom."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from fengsui.application.lint_report import Checked, Told, told
from fengsui.application.wording import word
from fengsui.core.lint.finding import Severity
from fengsui.core.lint.leader import Grave, LeaderPage

MOST = 5
"""Findings told in words; more does not fit a page and is not read."""
LONGEST = 72
"""Signs of one sentence; a longer one is cut, because the page must stay one."""
_ORDER = "AGROCXLTSPV"
"""Families by what they cost on the night: nobody may act, the wrong level, nobody is told, …"""
_NOT_CHECKED = "F"


def leader_page(checked: Sequence[Checked], day: date, language: str = "zh") -> LeaderPage:
    """The page for the plans of ``checked``, dated ``day``."""
    items = [item for each in checked for item in told(each, language)]
    sound = [item for item in items if item.finding.rule.family != _NOT_CHECKED]
    counts = Counter(item.finding.severity for item in sound)
    grave = _gravest(sound)
    many = len({item.finding.plan for item in sound}) > 1
    shown = tuple(_grave(item, sound, many, language) for item in grave)
    rest = len(sound) - sum(_alike(item, sound) for item in grave)

    def say(code: str, **data: object) -> str:
        return word("lint_leader", code, language, **data)

    unread = len(items) - len(sound)
    lead = say(
        "lead" if counts[Severity.H] else "lead_mild" if sound else "lead_clean", count=counts[Severity.H]
    )
    return LeaderPage(
        title=say("title"),
        subject=_subject(checked, language),
        day=say("day", year=day.year, month=day.month, day=day.day),
        lead=lead + (say("unread", count=unread) if unread else ""),
        counts=tuple(
            (
                grade.value,
                counts[grade],
                word("lint", f"severity_{grade.value}", language),
                word("lint_report", f"means_{grade.value}", language),
            )
            for grade in Severity
        ),
        heading=say("heading", count=len(shown)) if shown else "",
        grave=shown,
        labels={code: say(code) for code in ("why", "todo", "who")},
        rest=say("rest", count=rest) if rest > 0 else "",
        foot=say("foot"),
    )


def _gravest(items: Sequence[Told]) -> list[Told]:
    """The first finding of each of the gravest rules."""
    ranks = {grade: place for place, grade in enumerate(Severity)}

    def rank(item: Told) -> tuple[int, int]:
        family = item.finding.rule.family
        return ranks[item.finding.severity], _ORDER.find(family) if family in _ORDER else len(_ORDER)

    chosen: dict[str, Told] = {}
    for item in sorted(items, key=rank):
        chosen.setdefault(item.finding.rule.name, item)
    return list(chosen.values())[:MOST]


def _alike(item: Told, items: Sequence[Told]) -> int:
    return sum(other.finding.rule.name == item.finding.rule.name for other in items)


def _grave(item: Told, items: Sequence[Told], many: bool, language: str) -> Grave:
    found = item.finding
    clause = word("lint_report", "clause", language, clause=found.clause) if found.clause else ""
    plan = _cut(found.plan.lstrip("%# ")) if many else ""
    more = _alike(item, items) - 1
    return Grave(
        grade=found.severity.value,
        said=_cut(item.said),
        where=" · ".join(part for part in (plan, clause) if part),
        why=_cut(item.why),
        todo=_cut(item.mend or word("lint_leader", "no_mend", language)),
        who=word("lint_who", found.rule.family, language),
        more=word("lint_leader", "more", language, count=more) if more else "",
    )


def _subject(checked: Sequence[Checked], language: str) -> str:
    titles = dict.fromkeys(
        found.plan.lstrip("%# ") for each in checked for found in each.findings if found.plan
    )
    first = next(iter(titles), "")
    if len(checked) <= 1 and len(titles) <= 1:
        return _cut(first)
    plans = max(len(checked), len(titles))
    return word("lint_leader", "subject", language, title=_cut(first, 30), count=plans)


def _cut(text: str, longest: int = LONGEST) -> str:
    return text if len(text) <= longest else text[: longest - 1] + "…"
