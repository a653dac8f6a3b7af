"""The lint store port on dictionaries, for tests of use cases."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from fengsui.application.lint_library_ports import KeptDismissal, LintCheck


@dataclass
class LintShelf:
    """``revisions`` tells the drafts there are with their revisions, ``in_force`` plans and drafts."""

    revisions: Callable[[], dict[str, int]]
    in_force: Callable[[], dict[str, str]] = dict
    checks: dict[str, LintCheck] = field(default_factory=dict)
    aside: dict[str, set[str]] = field(default_factory=dict)
    until: dict[str, date | None] = field(default_factory=dict)
    given: dict[str, list[KeptDismissal]] = field(default_factory=dict)
    days: dict[date, int] = field(default_factory=dict)

    def check(self, draft_id: str) -> LintCheck | None:
        return self.checks.get(draft_id)

    def keep(self, check: LintCheck, aside: Collection[str], until: date | None) -> None:
        if check.draft_id in self.revisions():
            self.checks[check.draft_id] = check
            self.set_aside(check.draft_id, aside, until)

    def set_aside(self, draft_id: str, aside: Collection[str], until: date | None) -> None:
        self.aside[draft_id], self.until[draft_id] = set(aside), until

    def dismissals(self, draft_id: str) -> tuple[KeptDismissal, ...]:
        return tuple(self.given.get(draft_id, ()))

    def dismiss(self, draft_id: str, given: Iterable[KeptDismissal]) -> None:
        for each in given:
            self.undo(draft_id, each.dismissal.fingerprint, each.by, each.at)
            self.given.setdefault(draft_id, []).append(each)

    def undo(self, draft_id: str, fingerprint: str, by: str, at: datetime) -> bool:
        before = self.given.get(draft_id, [])
        self.given[draft_id] = [each for each in before if each.dismissal.fingerprint != fingerprint]
        return len(self.given[draft_id]) < len(before)

    def stale(self, rules: str, today: date, limit: int) -> tuple[str, ...]:
        def due(draft_id: str, revision: int) -> bool:
            known, until = self.checks.get(draft_id), self.until.get(draft_id)
            ended = until is not None and until < today
            return known is None or (known.revision, known.rules) != (revision, rules) or ended

        return tuple(key for key, revision in self.revisions().items() if due(key, revision))[:limit]

    def count_day(self, day: date) -> None:
        self.days[day] = sum(len(one.found) - len(self.aside[key]) for key, one in self.checks.items())

    def drafts_in_force(self) -> dict[str, str]:
        return self.in_force()
