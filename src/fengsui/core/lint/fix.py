"""What of a finding can be mended without asking: exact places of the text as read, with what was meant."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from fengsui.core.lint.context import PlanContext
from fengsui.core.lint.finding import Finding, Rule
from fengsui.core.lint.signs import Slip, doubled_marks, look_alikes, mixed_brackets, wide_figures
from fengsui.core.reading.labels import Label, Style, parse_label
from fengsui.core.reading.numerals import chinese_text
from fengsui.core.reading.outline import Section

_SURE = frozenset(
    (
        "Ш",
        "结止",
        "辩识",
        "各司其责",
        "快速反映",
        "响映",
        "启动预按",
        "突发亊件",
        "即时上报告",
        "原纪录",
        "原始纪录",
    )
)
"""Mistyped words that mean nothing anywhere; the others are for the author to judge."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fix:
    """In line ``line`` of the document, ``old`` at offset ``start`` becomes ``new``."""

    rule: Rule
    line: int
    start: int
    old: str
    new: str

    @property
    def end(self) -> int:
        return self.start + len(self.old)


Maker = Callable[[Finding, PlanContext], Iterable[tuple[int, Slip]]]
"""The slips behind a finding, with their lines."""


def fixes_of(context: PlanContext, findings: Iterable[Finding]) -> tuple[Fix, ...]:
    """What can be mended of the findings in a plan, by place; no two touch the same signs."""
    made: dict[tuple[int, int], Fix] = {}
    for finding in findings:
        maker = _MAKERS.get(finding.rule.name)
        for line, slip in maker(finding, context) if maker else ():
            key = (line, slip.start)
            made.setdefault(
                key, Fix(rule=finding.rule, line=line, start=slip.start, old=slip.old, new=slip.new)
            )
    kept: list[Fix] = []
    for _, fix in sorted(made.items()):
        if not kept or kept[-1].line != fix.line or kept[-1].end <= fix.start:
            kept.append(fix)
    return tuple(kept)


def _everywhere(slips: Callable[[str], Iterator[Slip]]) -> Maker:
    """Of every line the finding names."""

    def make(finding: Finding, context: PlanContext) -> Iterator[tuple[int, Slip]]:
        for number in finding.lines:
            for slip in slips(_text(context, number)):
                yield number, slip

    return make


def _mistyped(finding: Finding, context: PlanContext) -> Iterator[tuple[int, Slip]]:
    wrong, right = finding.data["wrong"], finding.data["right"]
    if wrong in _SURE:
        for number in finding.lines:
            for found in re.finditer(re.escape(wrong), _text(context, number)):
                yield number, Slip(found.start(), wrong, right)


def _text(context: PlanContext, number: int) -> str:
    place = number - context.lines[0].number if context.lines else -1
    return context.lines[place].text if 0 <= place < len(context.lines) else ""


def _numbering(finding: Finding, context: PlanContext) -> Iterator[tuple[int, Slip]]:
    """The number of a heading, where the headings before and after it leave one possibility.

    Nothing is done to a number that an automatic list makes, nor to one that others below are built on.
    """
    for parent in context.outline.root.walk():
        ordinals: list[int] = []
        labels = [_label(child) for child in parent.children]
        for index, (child, label) in enumerate(zip(parent.children, labels, strict=True)):
            before = labels[index - 1] if index else None
            after = labels[index + 1] if index + 1 < len(labels) else None
            own = label.ordinal if label else 0
            meant = _meant(ordinals[-1], before, label, after) if index and before and label else None
            ordinals.append(meant or own)
            if meant is None or label is None or child.line != finding.line or child.children:
                continue
            slip = _renumber(_text(context, child.line), label, meant)
            if slip is not None and not _automatic(context, child.line):
                yield child.line, slip


def _meant(was: int, before: Label, own: Label, after: Label | None) -> int | None:
    """The number that belongs between ``was`` and that after; None where the own is right or it is unsure."""
    if before.style is not own.style or before.parts[:-1] != own.parts[:-1] or own.ordinal == was + 1:
        return None
    follows = after.ordinal if after is not None and after.style is own.style else None
    repeats = own.ordinal == was and follows in (None, was + 2)
    jumps = own.ordinal == was + 2 and follows == was + 2
    return was + 1 if repeats or jumps else None


def _label(section: Section) -> Label | None:
    label = parse_label(f"{section.number} 、") if section.number else None
    return label if label is not None and label.parts and label.style is not Style.ANNEX else None


def _automatic(context: PlanContext, number: int) -> bool:
    place = number - context.lines[0].number
    return context.lines[place].label is not None


def _renumber(text: str, label: Label, meant: int) -> Slip | None:
    printed = parse_label(text)
    if printed is None or printed.style is not label.style or printed.parts != label.parts:
        return None
    head = text[: printed.end]
    figures = list(re.finditer(r"[0-9]+|[零一二三四五六七八九十百]+", head))
    if not figures:
        return None
    found = figures[-1]  # of 1.2.3 the 3
    new = str(meant) if found[0].isdigit() and found[0].isascii() else chinese_text(meant)
    return Slip(found.start(), found[0], new)


_MAKERS: dict[str, Maker] = {
    "figures-full-width": _everywhere(wide_figures),
    "sign-look-alike": _everywhere(look_alikes),
    "brackets-mixed": _everywhere(mixed_brackets),
    "words-doubled": _everywhere(doubled_marks),
    "word-mistyped": _mistyped,
    "numbering-broken": _numbering,
}
MENDABLE = frozenset(_MAKERS)
"""Names of the rules some of whose findings can be mended."""
