"""Checking plans by the million: written as tables part by part, checked by queries part by part.

The rules on thresholds and on who decides run here, those that compare figures and powers; what needs the
words of the plan is for ``fengsui lint``. A finding is the same as there.
"""

from __future__ import annotations

import hashlib
import multiprocessing
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol, TypeVar

from fengsui.application.library_linting import PlanHead, PlanSource, stored_context
from fengsui.application.linting import contexts
from fengsui.core.errors import FengsuiError, InputError
from fengsui.core.lint.context import PlanContext
from fengsui.core.lint.finding import Rule, Severity
from fengsui.core.lint.flat import Rows, TooFine, flat, merged
from fengsui.core.lint.flat_findings import rule_named
from fengsui.core.reading.blocks import TextLine

STRIDE = 1_000_000
"""The plans of part ``n`` are numbered from ``n * STRIDE`` on."""
PLANS_A_PART = 2_000
"""Plans of the library taken for one part."""
FILES_A_PART = 500
"""Files read for one part: what an interruption costs at most."""

Task = TypeVar("Task")
Done = TypeVar("Done")
Load = Callable[[Path], tuple[Sequence[TextLine], str]]
"""Reads a file: its lines and its identifier. Raises FengsuiError."""


class BatchTables(Protocol):
    """Tables of plans in a folder, part by part, and the rules as queries over them."""

    def rules(self) -> tuple[str, ...]:
        """The names of the rules that run here."""

    def parts(self) -> list[int]:
        """The numbers of the finished parts, ascending."""

    def exported(self, part: int) -> dict[str, Any] | None:
        """What was noted when the part was written, None: it is not."""

    def linted(self, part: int) -> int | None:
        """How many findings the part has; None: not checked, or by other rules."""

    def write_part(self, part: int, chunks: Iterable[Rows], noted: Mapping[str, Any]) -> int:
        """Write a part; how many plans. ``noted`` is read after the last chunk."""

    def drop(self, part: int) -> None:
        """Forget a part."""

    def lint_part(self, part: int) -> int:
        """Check a part; how many findings."""

    def counts(self) -> list[tuple[str, str | None, int]]:
        """How many findings by rule and severity (None: that of the rule)."""

    def findings(
        self, part: int, plans: Collection[int] | None = None
    ) -> Iterator[tuple[str, str, dict[str, Any]]]:
        """Name and title of the plan and the row, for every finding of a part (of these plans)."""


@dataclass(frozen=True, slots=True)
class FilePart:
    """A part to be made of files; ``key`` changes when one of them does."""

    part: int
    files: tuple[Path, ...]
    key: str


@dataclass(frozen=True, slots=True)
class LibraryPart:
    """A part to be made of plans of the library; ``key`` changes when one of them does."""

    part: int
    heads: tuple[PlanHead, ...]
    key: str


class _Keyed(Protocol):
    """A part of either kind."""

    @property
    def part(self) -> int: ...

    @property
    def key(self) -> str: ...


Wanted = TypeVar("Wanted", bound=_Keyed)


@dataclass(slots=True)
class LeftOut:
    """What of a part could not be made into rows: file and code of the error."""

    unread: list[tuple[str, str]] = field(default_factory=list)


def file_parts(files: Sequence[Path]) -> Iterator[FilePart]:
    """The parts that these files make, in order."""
    for part, start in enumerate(range(0, len(files), FILES_A_PART)):
        own = tuple(files[start : start + FILES_A_PART])
        said = hashlib.sha256()
        for path in own:
            said.update(f"{path}\x1f{_stamp(path)}\x1f".encode("utf-8", "surrogateescape"))
        yield FilePart(part, own, said.hexdigest()[:16])


def _stamp(path: Path) -> str:
    try:
        known = path.stat()
    except OSError:
        return ""
    return f"{known.st_size} {known.st_mtime_ns}"


def library_parts(heads: Sequence[PlanHead]) -> Iterator[LibraryPart]:
    """The parts that the plans of the library make, in order."""
    for part, start in enumerate(range(0, len(heads), PLANS_A_PART)):
        own = tuple(heads[start : start + PLANS_A_PART])
        said = "\x1f".join(f"{each.plan_id} {each.content}" for each in own)
        yield LibraryPart(part, own, hashlib.sha256(said.encode()).hexdigest()[:16])


def export_library(tables: BatchTables, wanted: LibraryPart, source: PlanSource) -> int:
    """Write a part of the library; how many plans. One without its text is left out and noted."""
    left = LeftOut()
    noted: dict[str, Any] = {"key": wanted.key, "unread": left.unread}
    return tables.write_part(wanted.part, _library_rows(wanted, source, left), noted)


def _library_rows(wanted: LibraryPart, source: PlanSource, left: LeftOut) -> Iterator[Rows]:
    number = wanted.part * STRIDE
    for stored in source.load(wanted.heads):
        name = stored.head.plan_id
        try:
            context, complete = stored_context(stored)
            rows = rows_of([context], number, name)
        except TooFine:
            left.unread.append((name, "batch_figure_too_fine"))
            continue
        if complete:
            number += 1
            yield rows
        else:
            left.unread.append((name, "batch_text_gone"))


def waiting(tables: BatchTables, wanted: Iterable[Wanted]) -> list[Wanted]:
    """The parts not yet written or whose plans have changed; parts of an earlier, longer list are dropped."""
    parts = {each.part: each for each in wanted}
    for part in tables.parts():
        if part not in parts:
            tables.drop(part)
    return [each for part, each in parts.items() if (tables.exported(part) or {}).get("key") != each.key]


def export_files(tables: BatchTables, wanted: FilePart, load: Load) -> tuple[int, LeftOut]:
    """Read the files of a part and write it: how many plans, and which files gave none.

    Raises OSError where the disk refuses.
    """
    left = LeftOut()
    noted: dict[str, Any] = {"key": wanted.key, "unread": left.unread}
    plans = tables.write_part(wanted.part, _rows(wanted, load, left), noted)
    return plans, left


def _rows(wanted: FilePart, load: Load, left: LeftOut) -> Iterator[Rows]:
    number = wanted.part * STRIDE
    for path in wanted.files:
        try:
            found = contexts(*load(path))
            rows = rows_of(found, number, str(path))
        except FengsuiError as problem:
            left.unread.append((str(path), problem.code))
        except TooFine:
            left.unread.append((str(path), "batch_figure_too_fine"))
        except Exception:  # whatever a reader meets, the other files still become rows
            left.unread.append((str(path), "unsafe_file"))
        else:
            number += len(found)
            yield rows


def rows_of(found: Sequence[PlanContext], number: int, name: str) -> Rows:
    """The rows of the plans of one document, numbered from ``number`` on. Raises TooFine."""
    several = len(found) > 1
    return merged(
        flat(context, number + nth, f"{name}#{nth + 1}" if several else name)
        for nth, context in enumerate(found)
    )


def in_processes(
    work: Callable[[Task], Done], tasks: Sequence[Task], jobs: int
) -> Iterator[tuple[Task, Done]]:
    """Each task with what ``work`` made of it, as they finish, in ``jobs`` processes (here where one is
    enough).

    Raises InputError ``batch_process_died`` when the system ended one."""
    if jobs < 2 or len(tasks) < 2:
        yield from ((task, work(task)) for task in tasks)
        return
    with ProcessPoolExecutor(min(jobs, len(tasks)), mp_context=multiprocessing.get_context("spawn")) as pool:
        running = {pool.submit(work, task): task for task in tasks}
        try:
            for future in as_completed(running):
                yield running[future], future.result()
        except BrokenProcessPool as problem:
            raise InputError("batch_process_died") from problem
        finally:
            pool.shutdown(cancel_futures=True)


def by_rule(counts: Iterable[tuple[str, str | None, int]]) -> list[tuple[Rule, int]]:
    """How many findings of each rule, most first."""
    total: Counter[str] = Counter()
    for name, _, count in counts:
        total[name] += count
    return [(rule_named(name), count) for name, count in total.most_common()]


def by_severity(counts: Iterable[tuple[str, str | None, int]]) -> dict[Severity, int]:
    """How many findings of each severity."""
    total = dict.fromkeys(Severity, 0)
    for name, severity, count in counts:
        total[Severity(severity) if severity else rule_named(name).severity] += count
    return total
