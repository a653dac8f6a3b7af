"""Findings put aside (搁置): with a reason and an owner, until the words they rest on change. Pure.

A dismissal holds for one fingerprint. When the clause changes, the fault of the same rule has another
fingerprint: it is shown again, and the dismissal it returns from can be told.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from difflib import SequenceMatcher
from enum import StrEnum

from fengsui.core.lint.finding import Finding
from fengsui.core.lint.fingerprint import fingerprints

LEAST_ALIKE = 0.6
"""Share of the words that must be the same for a fault to be taken for one put aside in another clause."""
MOST_COMPARED = 400
"""Signs of a wording that are compared."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dismissal:
    """Somebody's word that a finding stands as it is.

    ``rule`` is the name of the rule, ``plan`` the title, ``clause`` and ``quote`` where and on what words it
    stood. ``owner`` answers for it (a post or a person's office), ``on`` is the day it was said, ``until``
    the last day it holds, None: as long as the words stand.
    """

    fingerprint: str
    rule: str
    plan: str
    clause: str = ""
    quote: str = ""
    reason: str
    owner: str
    on: date
    until: date | None = None


class Back(StrEnum):
    """Why a finding that had been put aside is shown again."""

    CHANGED = "changed"  # the clause says something else now
    EXPIRED = "expired"  # the day it was put aside for has passed


@dataclass(frozen=True, slots=True, kw_only=True)
class Returned:
    """A finding that had been put aside and is shown again, with the dismissal it returns from."""

    finding: Finding
    dismissal: Dismissal
    why: Back


@dataclass(frozen=True, slots=True, kw_only=True)
class Split:
    """Findings by what people have said of them, each in the order given.

    ``shown`` and ``shown_names`` are all that stand (fingerprints beside them), those of ``returned`` (by
    fingerprint) among them; ``dismissed`` are those put aside.
    """

    shown: tuple[Finding, ...]
    shown_names: tuple[str, ...]
    dismissed: tuple[tuple[Finding, Dismissal], ...] = ()
    dismissed_names: tuple[str, ...] = ()
    returned: Mapping[str, Returned] = field(default_factory=dict)


def split(
    findings: Sequence[Finding],
    dismissals: Iterable[Dismissal],
    on: date,
    names: Sequence[str] | None = None,
) -> Split:
    """``findings`` of one plan or several as they stand on the day ``on``.

    ``names``: their fingerprints where they are known already. Of several dismissals of one finding the
    last given counts.
    """
    own = tuple(names) if names is not None else fingerprints(findings)
    said = {each.fingerprint: each for each in dismissals}
    gone = [each for each in said.values() if each.fingerprint not in set(own)]
    shown: list[tuple[Finding, str]] = []
    aside: list[tuple[Finding, str, Dismissal]] = []
    back: dict[str, Returned] = {}
    for finding, name in zip(findings, own, strict=True):
        known = said.get(name)
        if known is not None and holds(known, on):
            aside.append((finding, name, known))
            continue
        shown.append((finding, name))
        if known is not None:
            back[name] = Returned(finding=finding, dismissal=known, why=Back.EXPIRED)
            continue
        former = _former(finding, gone)
        if former is not None:
            gone.remove(former)
            back[name] = Returned(finding=finding, dismissal=former, why=Back.CHANGED)
    return Split(
        shown=tuple(finding for finding, _ in shown),
        shown_names=tuple(name for _, name in shown),
        dismissed=tuple((finding, known) for finding, _, known in aside),
        dismissed_names=tuple(name for _, name, _ in aside),
        returned=back,
    )


def holds(dismissal: Dismissal, on: date) -> bool:
    """Whether it still counts on the day ``on``; its last day is one of them."""
    return dismissal.until is None or on <= dismissal.until


def _former(finding: Finding, gone: Iterable[Dismissal]) -> Dismissal | None:
    """The dismissal whose words are no more and that spoke of the same fault: the same rule in the same
    clause, or, where clauses were numbered anew, over words much like these."""
    best: tuple[bool, float] = (False, LEAST_ALIKE)
    former = None
    for each in gone:
        if (each.rule, each.plan) != (finding.rule.name, finding.plan):
            continue
        rank = (each.clause == finding.clause, _alike(each.quote, finding.evidence))
        if rank > best:
            best, former = rank, each
    return former


def _alike(one: str, other: str) -> float:
    """How much of two wordings is the same, 0 to 1; blanks do not count."""
    left, right = ("".join(text.split())[:MOST_COMPARED] for text in (one, other))
    return SequenceMatcher(None, left, right, autojunk=False).ratio() if left and right else 0.0
