"""What a run of the check found, as every output needs it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from fengsui.application.lint_words import message, see_also, suggestion
from fengsui.application.wording import word
from fengsui.core.lint.across.digest import PlanDigest
from fengsui.core.lint.finding import Finding
from fengsui.core.lint.fingerprint import fingerprints
from fengsui.core.lint.place import place_in
from fengsui.core.reading.blocks import TextLine


@dataclass(frozen=True, slots=True)
class Checked:
    """One file with its findings; ``lines`` is empty for a file that could not be read.

    ``names`` are the fingerprints of ``findings`` in order; leave them out where nothing was taken away
    from the findings. ``dismissed`` were put aside, each with the reason, and ``dismissed_names`` theirs.
    ``digests`` are what the rules between plans need of each plan of the file.
    """

    file: str
    lines: tuple[TextLine, ...]
    findings: tuple[Finding, ...]
    names: tuple[str, ...] = ()
    dismissed: tuple[tuple[Finding, str], ...] = ()
    dismissed_names: tuple[str, ...] = ()
    digests: tuple[PlanDigest, ...] = ()
    texts: Mapping[int, str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "texts", {line.number: line.text for line in self.lines})
        if len(self.names) != len(self.findings):
            object.__setattr__(self, "names", fingerprints(self.findings))
        if len(self.dismissed_names) != len(self.dismissed):
            given = fingerprints(found for found, _ in self.dismissed)
            object.__setattr__(self, "dismissed_names", given)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One finding in words. ``before``, ``marked`` and ``after`` are its line, empty where it has none;
    ``column`` is where ``marked`` begins (1-based). ``aside`` is the reason it was put aside for,
    ``elsewhere`` are places in other plans that belong to it.
    """

    finding: Finding
    fingerprint: str
    said: str
    meaning: str
    why: str
    basis: str | None
    mend: str | None
    before: str = ""
    marked: str = ""
    after: str = ""
    aside: str | None = None
    elsewhere: tuple[str, ...] = ()

    @property
    def column(self) -> int:
        return len(self.before) + 1


def told(checked: Checked, language: str = "zh") -> tuple[Told, ...]:
    """The findings that stand, in words, in the order found."""
    return tuple(
        _told(found, name, checked.texts, language)
        for found, name in zip(checked.findings, checked.names, strict=True)
    )


def told_aside(checked: Checked, language: str = "zh") -> tuple[Told, ...]:
    """The findings that were put aside, in words."""
    return tuple(
        _told(found, name, checked.texts, language, reason)
        for (found, reason), name in zip(checked.dismissed, checked.dismissed_names, strict=True)
    )


def _told(
    finding: Finding, name: str, texts: Mapping[int, str], language: str, aside: str | None = None
) -> Told:
    rule = finding.rule
    before, marked, after = parts_of(texts.get(finding.line, ""), finding.evidence)
    return Told(
        finding=finding,
        fingerprint=name,
        said=message(finding, language),
        meaning=word("lint_rule", rule.name, language),
        why=word("lint_why", rule.name, language),
        basis=word("lint_basis", rule.basis, language) if rule.basis else None,
        mend=suggestion(finding, language),
        before=before,
        marked=marked,
        after=after,
        aside=aside,
        elsewhere=tuple(see_also(finding, language)),
    )


def parts_of(text: str, evidence: str) -> tuple[str, str, str]:
    """The line cut in three: before the words relied on, they themselves, after them."""
    if not text.strip():
        return "", "", ""
    start, length = place_in(text, evidence)
    return text[:start], text[start : start + length], text[start + length :]


def by_plan(findings: Sequence[Told]) -> dict[str, list[Told]]:
    """The findings of each plan of a document, by title, in the order of the document."""
    plans: dict[str, list[Told]] = {}
    for each in findings:
        plans.setdefault(each.finding.plan, []).append(each)
    return plans
