"""A million made plans as tables, checked by queries; a sample of them checked one by one as well."""

from __future__ import annotations

import gc
import resource
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random

from fengsui.adapters.batch_duckdb import DuckTables
from fengsui.adapters.batch_sql import QUERIES
from fengsui.application.batch_linting import STRIDE, in_processes
from fengsui.bench.generated_contexts import context_of
from fengsui.bench.generated_plans import SEED, made, name_of
from fengsui.bench.generated_rows import rows_of
from fengsui.core.lint.finding import Finding
from fengsui.core.lint.flat import Rows
from fengsui.core.lint.flat_findings import finding_of_row
from fengsui.core.lint.registry import Registered, all_rules
from fengsui.core.lint.run import run

PART = 50_000
"""Plans of a part: what is in memory while the queries run."""
_CHUNK = 250
_SHARE = 500

Key = tuple[str, str, str, str, int, str, tuple[tuple[str, str], ...]]
"""A finding without its quotes: plan, rule, severity, clause, line, sentence, what fills it."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Plans ``first`` to ``last`` (excluded) as part ``part`` of the tables in ``folder``."""

    folder: Path
    part: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Took:
    """What a piece of work gave, and the most memory its process had so far (MiB)."""

    count: int
    rows: int
    mib: float


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchResult:
    """What the run took (seconds, MiB of a process) and found. ``missing`` and ``extra``: findings of the
    sample that only the rules, or only the queries, gave."""

    plans: int
    rows: int
    findings: int
    bytes: int
    export_s: float
    lint_s: float
    export_mib: float
    lint_mib: float
    jobs: int
    sample: int
    sample_findings: int
    missing: int
    extra: int
    sample_s: float
    by_rule: dict[str, int]


def run_batch(
    folder: Path, plans: int, sample: int, jobs: int, told: Callable[[str, int, int], None]
) -> BatchResult:
    """Make the tables, check them, and check a sample one by one; ``told(step, done, of)`` as it goes.

    Raises InputError ``batch_not_installed``.
    """
    tables = DuckTables(folder)
    pieces = [
        Piece(folder, part, first, min(first + PART, plans))
        for part, first in enumerate(range(0, plans, PART))
    ]
    written, export_s = _all(export_piece, pieces, jobs, lambda done: told("export", done, len(pieces)))
    checked, lint_s = _all(lint_piece, pieces, jobs, lambda done: told("lint", done, len(pieces)))
    wanted = sorted(Random(SEED).sample(range(plans), min(sample, plans)))
    start = time.perf_counter()
    wanted_keys = _one_by_one(wanted, jobs)
    found_keys = Counter(key for piece in pieces for key in _by_queries(tables, piece, wanted))
    return BatchResult(
        plans=plans,
        rows=sum(each.rows for each in written),
        findings=sum(each.count for each in checked),
        bytes=sum(path.stat().st_size for path in folder.glob("*/*.parquet")),
        export_s=export_s,
        lint_s=lint_s,
        export_mib=max(each.mib for each in written),
        lint_mib=max(each.mib for each in checked),
        jobs=jobs,
        sample=len(wanted),
        sample_findings=sum(wanted_keys.values()),
        missing=sum((wanted_keys - found_keys).values()),
        extra=sum((found_keys - wanted_keys).values()),
        sample_s=time.perf_counter() - start,
        by_rule=_counts(tables.counts()),
    )


def _counts(counts: Iterable[tuple[str, str | None, int]]) -> dict[str, int]:
    total: Counter[str] = Counter()
    for rule, _, count in counts:
        total[rule] += count
    return dict(total.most_common())


def _all(
    work: Callable[[Piece], Took], pieces: list[Piece], jobs: int, told: Callable[[int], None]
) -> tuple[list[Took], float]:
    start = time.perf_counter()
    done: list[Took] = []
    for _, took in in_processes(work, pieces, jobs):
        done.append(took)
        told(len(done))
    return done, time.perf_counter() - start


def export_piece(piece: Piece) -> Took:
    """Write one part; one that is there already is left as it is."""
    tables = DuckTables(piece.folder)
    noted = tables.exported(piece.part)
    if noted is not None and noted.get("key") == _key(piece):
        return Took(noted["plans"], noted["rows"], _mib())
    said: dict[str, str | int] = {"key": _key(piece), "rows": 0}
    gc.disable()  # only tuples without cycles are made, and looking for some would double the time
    try:
        plans = tables.write_part(piece.part, _rows(piece, said), said)
    finally:
        gc.enable()
    return Took(plans, int(said["rows"]), _mib())


def _key(piece: Piece) -> str:
    return f"made {SEED} {piece.first} {piece.last}"


def _rows(piece: Piece, said: dict[str, str | int]) -> Iterator[Rows]:
    rows = 0
    for first in range(piece.first, piece.last, _CHUNK):
        numbers = range(first, min(first + _CHUNK, piece.last))
        chunk = rows_of(map(made, numbers), piece.part * STRIDE + first - piece.first)
        rows += sum(map(len, chunk.values()))
        said["rows"] = rows
        yield chunk


def lint_piece(piece: Piece) -> Took:
    """Check one part."""
    return Took(DuckTables(piece.folder).lint_part(piece.part), 0, _mib())


def _mib() -> float:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1024 * 1024 if sys.platform == "darwin" else 1024)


def _one_by_one(numbers: list[int], jobs: int) -> Counter[Key]:
    """The findings of these plans by the rules of ``core/lint/rules``."""
    chunks = [tuple(numbers[first : first + _SHARE]) for first in range(0, len(numbers), _SHARE)]
    found: Counter[Key] = Counter()
    for _, keys in in_processes(by_rules, chunks, jobs):
        found.update(keys)
    return found


def by_rules(numbers: tuple[int, ...]) -> list[Key]:
    """What the rules find in the plans of these numbers."""
    return [
        key_of(name_of(number), each)
        for number in numbers
        for each in run(context_of(made(number)), _rules())
    ]


def _by_queries(tables: DuckTables, piece: Piece, wanted: list[int]) -> Iterator[Key]:
    base = piece.part * STRIDE - piece.first
    own = [base + number for number in wanted if piece.first <= number < piece.last]
    for name, title, row in tables.findings(piece.part, own) if own else ():
        yield key_of(name, finding_of_row(row, title))


@cache
def _rules() -> tuple[Registered, ...]:
    """The rules that exist as queries."""
    return tuple(item for item in all_rules() if item.rule.name in QUERIES)


def key_of(name: str, finding: Finding) -> Key:
    """What must be the same however it was found."""
    return (
        name,
        finding.rule.name,
        finding.severity.value,
        finding.clause,
        finding.line,
        finding.say,
        tuple(sorted(finding.data.items())),
    )
