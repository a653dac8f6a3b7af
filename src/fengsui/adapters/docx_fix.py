"""Mends in a .docx as tracked changes: the author sees each and accepts or rejects it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from lxml import etree

from fengsui.adapters.docx_comments import AUTHOR, STAMP
from fengsui.adapters.docx_edit import EditedDocx, keep_blanks, new_run
from fengsui.adapters.ooxml_package import attribute, local
from fengsui.core.lint.fix import Fix

_TRACKED = frozenset(("ins", "del", "moveFrom", "moveTo"))


def with_tracked_fixes(data: bytes, fixes: Sequence[Fix], at: datetime) -> tuple[bytes, tuple[Fix, ...]]:
    """The document with ``fixes`` as tracked changes of Fengsui, dated ``at`` (local time), and those made.

    Left alone: what stands in a text box, in an automatic number or in a change that is already tracked.
    Raises InputError as ``read_docx`` does.
    """
    document = EditedDocx(data)
    numbers = _Numbers(document.root)
    # From the end, so that a cut moves no place that is still to come.
    made = [
        fix
        for fix in sorted(fixes, key=lambda fix: (fix.line, fix.start), reverse=True)
        if _mend(document, fix, numbers, at.strftime(STAMP))
    ]
    return (document.save() if made else data), tuple(reversed(made))


class _Numbers:
    """Numbers of tracked changes that the document does not use yet."""

    def __init__(self, root: etree._Element) -> None:
        used = [attribute(item, "id") or "" for item in root.iter() if local(item) in _TRACKED]
        self._last = max((int(number) for number in used if number.isascii() and number.isdigit()), default=0)

    def next(self) -> str:
        self._last += 1
        return str(self._last)


def _mend(document: EditedDocx, fix: Fix, numbers: _Numbers, stamp: str) -> bool:
    """Make one change; False where it cannot be made as a tracked one."""
    if not 1 <= fix.line <= len(document.lines) or document.in_box(fix.line) is not None:
        return False
    if document.lines[fix.line - 1].text[fix.start : fix.end] != fix.old:
        return False
    if fix.start < document.places[fix.line - 1].label:
        return False
    span = document.span(fix.line, fix.start, len(fix.old))
    if span is None or any(_untouchable(document, element) for element, _ in span):
        return False
    first, last = document.run_after(span[0]), document.run_before(span[1])
    runs = _from_to(first, last)
    if runs is None:
        return False
    name = document.name
    given = {name("id"): numbers.next(), name("author"): AUTHOR, name("date"): stamp}
    gone = etree.Element(name("del"), given)
    first.addprevious(gone)
    for run in runs:
        gone.append(run)
        _as_deleted(run, name("delText"))
    if fix.new:
        come = etree.Element(name("ins"), given | {name("id"): numbers.next()})
        run = etree.SubElement(come, first.tag)
        run.extend(list(new_run(first)))
        text = etree.SubElement(run, name("t"))
        text.text = fix.new
        keep_blanks(text)
        gone.addnext(come)
    return True


def _untouchable(document: EditedDocx, element: etree._Element) -> bool:
    """Whether the sign is no plain text of a run, or stands in a change already tracked."""
    if local(element) != "t" or not document.is_plain(element):
        return True
    return any(local(above) in _TRACKED for above in element.iterancestors())


def _from_to(first: etree._Element, last: etree._Element) -> list[etree._Element] | None:
    """The runs from ``first`` to ``last``; None where they do not simply follow each other."""
    runs = [first]
    while runs[-1] is not last:
        after = runs[-1].getnext()
        if after is None or local(after) not in ("r", "proofErr", "bookmarkStart", "bookmarkEnd"):
            return None
        runs.append(after)
    runs = [run for run in runs if local(run) == "r"]
    plain = all(local(item) in ("rPr", "t", "lastRenderedPageBreak") for run in runs for item in run)
    return runs if plain else None


def _as_deleted(run: etree._Element, name: str) -> None:
    for item in run:
        if local(item) == "t":
            item.tag = name
            keep_blanks(item)
