"""What ``fengsui lint`` keeps beside the plans: the findings put aside, and the baseline."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from fengsui.application.lint_baseline import (
    Compared,
    Known,
    compare,
    entries_of,
    read_baseline,
    written_baseline,
)
from fengsui.application.lint_dismissals import (
    DISMISSED_NAME,
    dismissal_of,
    pointed_at,
    read_dismissals,
    written_dismissals,
)
from fengsui.application.lint_settle import Settled
from fengsui.application.wording import word
from fengsui.cli.lint_files import found_upward, read_kept, write_kept
from fengsui.cli.lint_scope import Scope
from fengsui.core.errors import InputError
from fengsui.core.lint.dismissal import Dismissal
from fengsui.core.lint.registry import Registered


@dataclass(frozen=True, slots=True)
class Aside:
    """The file of dismissals and what it says."""

    path: Path
    dismissals: tuple[Dismissal, ...]


def dismissals_in(scope: Scope) -> Aside:
    """The dismissals that hold for the files. Raises InputError as ``read_dismissals`` does."""
    if scope.config.dismissed:
        path = scope.folder / scope.config.dismissed
    else:
        path = found_upward(scope.start, DISMISSED_NAME) or scope.folder / DISMISSED_NAME
    return Aside(path, () if scope.isolated else _read(path))


def _read(path: Path) -> tuple[Dismissal, ...]:
    text = read_kept(path)
    return () if text is None else read_dismissals(text, str(path))


def dismiss(
    wanted: str, settled: Settled, aside: Aside, options: argparse.Namespace, today: date, until: date | None
) -> Dismissal:
    """Write down that a finding stands. Raises InputError where it is not named, or nobody answers for it."""
    finding, name = pointed_at(settled.checked, wanted)
    said = dismissal_of(finding, name, reason=options.reason, owner=options.owner, on=today, until=until)
    others = [each for each in _read(aside.path) if each.fingerprint != name]
    write_kept(aside.path, written_dismissals([*others, said]))
    return said


@dataclass(frozen=True, slots=True)
class Baseline:
    """The baseline to compare with (``path`` None: none) and the file to write one to."""

    path: Path | None
    entries: tuple[Known, ...]
    write_to: Path | None
    scope: Scope

    @classmethod
    def of(cls, options: argparse.Namespace, scope: Scope) -> Baseline:
        """As asked for, or as the configuration says. Raises InputError ``baseline_missing``, …"""
        path = options.baseline or options.write_baseline
        if path is None and scope.config.baseline:
            path = scope.folder / scope.config.baseline
        text = read_kept(path) if path is not None else None
        if path is not None and text is None and options.write_baseline is None:
            raise InputError("baseline_missing", path=path)
        if options.write_baseline not in (None, path):
            # What is there and is no baseline must not be lost to a slip of the hand.
            there = read_kept(options.write_baseline)
            if there is not None:
                read_baseline(there, str(options.write_baseline))
        entries = read_baseline(text, str(path)) if text is not None else ()
        return cls(path, entries, options.write_baseline, scope)

    def against(self, settled: Settled, rules: Sequence[Registered]) -> Settled:
        """``settled`` less what the baseline knows."""
        if self.path is None:
            return settled
        compared = self._compared(settled, rules)
        return replace(settled, checked=compared.new, known=compared.known, gone=compared.gone)

    def write(self, settled: Settled, rules: Sequence[Registered], language: str) -> str:
        """Write the baseline as things stand; what was not looked at stays. Tells what changed."""
        assert self.write_to is not None
        compared = self._compared(settled, rules)
        new = entries_of(settled.checked, self._places(settled, self.write_to))
        kept = [_moved(each, self.path, self.write_to, self.scope) for each in compared.left]
        write_kept(self.write_to, written_baseline([*new, *kept]))
        return word(
            "lint",
            "baseline_written",
            language,
            path=self.write_to,
            count=len(new) + len(kept),
            new=sum(len(each.findings) for each in compared.new),
            gone=len(compared.gone),
        )

    def _compared(self, settled: Settled, rules: Sequence[Registered]) -> Compared:
        path = self.path or self.write_to
        assert path is not None
        lost = {each.file for each in self.entries if not (path.parent / each.file).exists()}
        return compare(settled.checked, self.entries, self._places(settled, path), rules, lost)

    def _places(self, settled: Settled, path: Path) -> dict[str, str]:
        files = [each.file for each in settled.checked]
        return self.scope.places(files, path.resolve().parent)


def _moved(entry: Known, start: Path | None, end: Path, scope: Scope) -> Known:
    """``entry`` of the baseline ``start`` as the baseline ``end`` names its file."""
    if start is None or start.resolve().parent == end.resolve().parent:
        return entry
    file = str(start.resolve().parent / entry.file)
    return replace(entry, file=scope.places([file], end.resolve().parent)[file])
