"""Hand-overs and the day book in memory: same promises as the database, nothing kept."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from fengsui.application.hand_over import DayBookLine, HandOver, Matter
from fengsui.core.errors import Conflict


class MemoryWatch:
    """``WatchStore``; ``open_now`` says what is open."""

    def __init__(self, open_now: Callable[[], tuple[Matter, ...]] = tuple) -> None:
        self.open_now = open_now
        self.rows: dict[str, HandOver] = {}
        self.book: list[tuple[str, DayBookLine]] = []

    def gather(self, area: str, now: datetime) -> tuple[Matter, ...]:
        return self.open_now()

    def add(self, hand_over: HandOver) -> None:
        self.rows[hand_over.hand_over_id] = hand_over

    def get(self, hand_over_id: str) -> HandOver | None:
        return self.rows.get(hand_over_id)

    def settle(self, hand_over: HandOver) -> None:
        if not self.rows[hand_over.hand_over_id].is_open:
            raise Conflict("hand_over_settled")
        self.rows[hand_over.hand_over_id] = hand_over

    def latest(self, area: str, limit: int = 30) -> tuple[HandOver, ...]:
        rows = [row for row in self.rows.values() if row.area == area]
        return tuple(sorted(rows, key=lambda row: row.made_at, reverse=True)[:limit])

    def waiting(self, area: str) -> tuple[HandOver, ...]:
        return tuple(row for row in reversed(self.latest(area, 1000)) if row.is_open)

    def write_line(self, area: str, line: DayBookLine) -> None:
        self.book.append((area, line))

    def lines(self, area: str, first: datetime, last: datetime) -> tuple[DayBookLine, ...]:
        found = [line for where, line in self.book if where == area and first <= line.at < last]
        return tuple(sorted(found, key=lambda line: line.at))
