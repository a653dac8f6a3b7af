"""The public page in memory: for tests and dry runs."""

from __future__ import annotations

from fengsui.application.release_ports import PublicStatement, never_of_an_exercise


class MemoryPages:
    """``PublicPages`` for tests and dry runs."""

    def __init__(self) -> None:
        self.rows: dict[tuple[str, str], PublicStatement] = {}

    def publish(self, statement: PublicStatement) -> None:
        never_of_an_exercise(statement)
        self.rows.setdefault((statement.incident_id, statement.statement_id), statement)

    def of(self, public_id: str) -> tuple[PublicStatement, ...]:
        found = [row for row in self.rows.values() if row.public_id == public_id]
        return tuple(sorted(found, key=lambda row: row.number))

    def latest(self, limit: int) -> tuple[PublicStatement, ...]:
        found = sorted(self.rows.values(), key=lambda row: (row.published_at, row.number), reverse=True)
        return tuple(found[:limit])
