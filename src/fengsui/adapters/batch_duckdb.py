"""Tables of plans as Parquet, and the rules over them in DuckDB (the optional extra ``batch``).

A part is a few ten thousand plans: one file for each table, written and checked by itself, so that memory
is that of a part and what was done stays done. A part counts when its mark is there, which comes last.
"""

from __future__ import annotations

import csv
import hashlib
import json
import os
import shutil
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fengsui.adapters.batch_sql import FOUND, QUERIES, VIEWS
from fengsui.core.errors import InputError
from fengsui.core.lint.flat import COLUMNS, Rows

if TYPE_CHECKING:
    import duckdb

ROW_GROUP = 100_000
"""Rows of a row group of Parquet: what is in memory while a table is written."""
MEMORY = "1GB"
"""What one process of DuckDB may take before it writes to the disk."""
_FINDINGS = "findings"
_RULES_USE = ("plans", "levels", "thresholds", "authorities", "endings", "measures", "doubts")
_QUERY_STATE = hashlib.sha256(repr((VIEWS, QUERIES, FOUND)).encode()).hexdigest()[:16]


class DuckTables:
    """The tables in a folder (``application.batch_linting.BatchTables``)."""

    def __init__(self, folder: Path) -> None:
        """Raises InputError ``batch_not_installed`` where DuckDB is missing."""
        if find_spec("duckdb") is None:
            raise InputError("batch_not_installed")
        self._folder = folder

    def rules(self) -> tuple[str, ...]:
        """The names of the rules that run here."""
        return tuple(QUERIES)

    def parts(self) -> list[int]:
        """The numbers of the finished parts, ascending."""
        found = (self._folder / ".done").glob("export-*.json")
        return sorted(int(path.stem[7:]) for path in found if path.stem[7:].isdigit())

    def exported(self, part: int) -> dict[str, Any] | None:
        """What was noted when the part was written, None: it is not (or its note is damaged)."""
        return self._noted(part, "export")

    def linted(self, part: int) -> int | None:
        """How many findings the part has; None: not checked, or by other rules."""
        noted = self._noted(part, "lint")
        if noted is None or noted.get("rules") != _QUERY_STATE:
            return None
        return int(noted.get("findings", 0))

    def write_part(self, part: int, chunks: Iterable[Rows], noted: Mapping[str, Any]) -> int:
        """Write the rows of a part; note ``noted`` and the number of plans, which is returned.

        ``noted`` is read after the last chunk. Raises OSError where the disk refuses.
        """
        self.drop(part)
        work = self._folder / f".work-{part:05d}"
        shutil.rmtree(work, ignore_errors=True)
        work.mkdir(parents=True)
        try:
            plans = _to_text(work, chunks)
            with self._connect() as database:
                for table in COLUMNS:
                    _to_parquet(database, work / f"{table}.csv", self._file(table, part), table)
        finally:
            shutil.rmtree(work, ignore_errors=True)
        self._note(part, "export", {**noted, "plans": plans})
        return plans

    def drop(self, part: int) -> None:
        """Forget a part: its files no longer count."""
        for done in ("export", "lint"):
            self._mark(part, done).unlink(missing_ok=True)

    def lint_part(self, part: int) -> int:
        """Run the rules over one part and write its findings; how many."""
        with self._connect() as database:
            for table in _RULES_USE:
                source = _text(self._file(table, part))
                database.execute(f"CREATE TEMP TABLE {table} AS FROM read_parquet({source})")
            for name, query in VIEWS.items():
                database.execute(f"CREATE TEMP TABLE {name} AS {query}")
            columns = ", ".join(f"{name} {kind}" for name, kind in FOUND)
            database.execute(f"CREATE TEMP TABLE found ({columns})")
            for rule, query in QUERIES.items():
                database.execute(f"INSERT INTO found BY NAME (SELECT '{rule}' AS rule, * FROM ({query}))")
            _copy(database, "(FROM found ORDER BY plan, line, rule)", self._file(_FINDINGS, part))
            (count,) = database.execute("SELECT count(*) FROM found").fetchone() or (0,)
        self._note(part, "lint", {"rules": _QUERY_STATE, "findings": count})
        return int(count)

    def counts(self) -> list[tuple[str, str | None, int]]:
        """How many findings by rule and severity (None: that of the rule), over all parts."""
        files = [_text(self._file(_FINDINGS, part)) for part in self.parts() if self.linted(part) is not None]
        if not files:
            return []
        with self._connect() as database:
            return database.execute(
                f"SELECT rule, severity, count(*) FROM read_parquet([{', '.join(files)}])"
                " GROUP BY ALL ORDER BY ALL"
            ).fetchall()

    def findings(
        self, part: int, plans: Collection[int] | None = None
    ) -> Iterator[tuple[str, str, dict[str, Any]]]:
        """Name and title of the plan and the row, for every finding of a part, by plan and line.

        ``plans``: of those numbers only.
        """
        only = "" if plans is None else "JOIN (SELECT unnest($plans) AS plan) USING (plan)"
        told, found = (_text(self._file(table, part)) for table in ("plans", _FINDINGS))
        with self._connect() as database:
            asked = database.execute(
                f"SELECT p.id, p.title, f.* FROM read_parquet({found}) f"
                f" JOIN read_parquet({told}) p USING (plan) {only} ORDER BY f.plan, f.line, f.rule",
                None if plans is None else {"plans": list(plans)},
            )
            names = [each[0] for each in asked.description or ()][2:]
            while rows := asked.fetchmany(10_000):
                for name, title, *values in rows:
                    yield name, title or "", dict(zip(names, values, strict=True))

    @contextmanager
    def _connect(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """A connection of its own. Raises InputError ``batch_tables_broken`` for what DuckDB refuses."""
        import duckdb

        # One thread: two processes with a part each use two cores and know nothing of each other.
        spill = str(self._folder / ".spill")
        settings: dict[str, str | bool | int | float | list[str]] = {
            "threads": 1,
            "memory_limit": MEMORY,
            "temp_directory": spill,
        }
        with duckdb.connect(":memory:", config=settings) as database:
            # Its own bar goes to standard output, where the result of --json stands alone.
            database.execute("SET enable_progress_bar = false")
            try:
                yield database
            except duckdb.Error as problem:
                why = str(problem).splitlines()[0] if str(problem) else type(problem).__name__
                raise InputError("batch_tables_broken", path=str(self._folder), why=why) from problem

    def _file(self, table: str, part: int) -> Path:
        return self._folder / table / f"part-{part:05d}.parquet"

    def _mark(self, part: int, done: str) -> Path:
        return self._folder / ".done" / f"{done}-{part:05d}.json"

    def _noted(self, part: int, done: str) -> dict[str, Any] | None:
        try:
            noted = json.loads(self._mark(part, done).read_text("utf-8"))
        except (OSError, ValueError):
            return None
        return noted if isinstance(noted, dict) else None

    def _note(self, part: int, done: str, said: Mapping[str, Any]) -> None:
        path = self._mark(part, done)
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_suffix(f".{os.getpid()}")
        fresh.write_text(json.dumps(dict(said), ensure_ascii=False), "utf-8")
        fresh.replace(path)


def _to_text(work: Path, chunks: Iterable[Rows]) -> int:
    """The rows as text files, which DuckDB reads faster than it takes rows one by one."""
    plans = 0
    with ExitStack() as opened:
        writers = {
            table: csv.writer(
                opened.enter_context((work / f"{table}.csv").open("w", encoding="utf-8", newline=""))
            )
            for table in COLUMNS
        }
        for rows in chunks:
            for table, found in rows.items():
                writers[table].writerows(found)
            plans += len(rows["plans"])
    return plans


def _to_parquet(database: duckdb.DuckDBPyConnection, source: Path, target: Path, table: str) -> None:
    kinds = ", ".join(f"'{name}': '{kind}'" for name, kind in COLUMNS[table])
    read = (
        f"(FROM read_csv({_text(source)}, header=false, delim=',', quote='\"', escape='\"', nullstr='',"
        f" auto_detect=false, new_line='\\r\\n', columns={{{kinds}}}))"
    )
    _copy(database, read, target)


def _copy(database: duckdb.DuckDBPyConnection, source: str, target: Path) -> None:
    """Write Parquet under another name first: a file that is there is whole."""
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh = target.with_suffix(".new")
    database.execute(
        f"COPY {source} TO {_text(fresh)} (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {ROW_GROUP})"
    )
    fresh.replace(target)


def _text(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"
