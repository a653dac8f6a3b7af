"""Kept results of the check (port ``KeptResults``): one file beside the data, safe to delete."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from pathlib import Path

_AT_ONCE = 500


class LintCache:
    """Results in a SQLite file. A file that is broken or in use is as good as none: all is checked again."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def _open(self) -> sqlite3.Connection:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(self._path, timeout=5)
        connection.execute(
            "create table if not exists kept (name text primary key, findings text, digest text)"
        )
        return connection

    def find(self, names: Sequence[str]) -> Mapping[str, tuple[str, str]]:
        """Findings and digest (JSON) of those names that are kept."""
        found: dict[str, tuple[str, str]] = {}
        try:
            with closing(self._open()) as connection:
                for start in range(0, len(names), _AT_ONCE):
                    part = names[start : start + _AT_ONCE]
                    marks = ",".join("?" * len(part))
                    query = f"select name, findings, digest from kept where name in ({marks})"
                    for name, findings, digest in connection.execute(query, part):
                        found[name] = (findings, digest)
        except sqlite3.Error:
            self._drop()
            return {}
        return found

    def keep(self, rows: Iterable[tuple[str, str, str]]) -> None:
        """Keep name, findings and digest."""
        try:
            with closing(self._open()) as connection, connection:
                connection.executemany("insert or replace into kept values (?, ?, ?)", rows)
        except sqlite3.Error:
            self._drop()

    def forget_others(self, names: Sequence[str]) -> None:
        """Forget all but these."""
        try:
            with closing(self._open()) as connection, connection:
                connection.execute("create temp table wanted (name text primary key)")
                connection.executemany("insert or ignore into wanted values (?)", ((name,) for name in names))
                connection.execute("delete from kept where name not in (select name from wanted)")
        except sqlite3.Error:
            self._drop()

    def _drop(self) -> None:
        self._path.unlink(missing_ok=True)
