"""What checking the plans of the library needs from a store (查错的存储端口)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from fengsui.application.aftermath_ports import ReviewFinding
from fengsui.core.lint.dismissal import Dismissal
from fengsui.core.lint.finding import Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """One finding as the library keeps it; ``new``: the version or reading before did not have it."""

    finding: Finding
    fingerprint: str
    since: datetime
    new: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class LintCheck:
    """What the check of one draft found: at which ``revision`` of it, by which state of the ``rules``.

    ``against`` is the draft of the version before that it was compared with. ``failed``: nothing is known
    of this plan but that the check of it broke.
    """

    draft_id: str
    revision: int
    rules: str
    checked_at: datetime
    found: tuple[Kept, ...] = ()
    against: str | None = None
    failed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptDismissal:
    """A dismissal with who gave it (a post) and when."""

    dismissal: Dismissal
    by: str
    at: datetime


class LintStore(Protocol):
    """Keeps what was found in the plans of the library, and what people said of it."""

    def check(self, draft_id: str) -> LintCheck | None:
        """The last check of a draft, findings in the order of the plan; None: never checked."""

    def keep(self, check: LintCheck, aside: Collection[str], until: date | None) -> None:
        """Put ``check`` in the place of the one before. ``aside`` are the fingerprints put aside, ``until``
        the first day on which one of these ends. A draft that is gone meanwhile is passed over."""

    def set_aside(self, draft_id: str, aside: Collection[str], until: date | None) -> None:
        """Say anew which findings of a draft are put aside."""

    def dismissals(self, draft_id: str) -> tuple[KeptDismissal, ...]:
        """The dismissals of a draft that were not undone, the oldest first."""

    def dismiss(self, draft_id: str, given: Iterable[KeptDismissal]) -> None:
        """Keep dismissals; one of the same finding is replaced, and stays on record."""

    def undo(self, draft_id: str, fingerprint: str, by: str, at: datetime) -> bool:
        """Take a dismissal back, on record; False if there is none."""

    def stale(self, rules: str, today: date, limit: int) -> tuple[str, ...]:
        """Drafts never checked, changed since, checked by other rules, or with a dismissal that has ended."""

    def count_day(self, day: date) -> None:
        """Keep how many findings stand in the library on ``day``; the last count of a day holds."""

    def drafts_in_force(self) -> Mapping[str, str]:
        """By id of a plan in force the draft it was made from."""

    def from_reviews(self, plan_id: str) -> tuple[ReviewFinding, ...]:
        """What reviews asked of a plan and is not mended yet."""
