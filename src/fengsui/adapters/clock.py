"""The clock of the machine. One that is set by hand is ``memory.FixedClock``."""

from __future__ import annotations

from datetime import UTC, datetime


class SystemClock:
    """The time of the machine, in UTC; screens show it in the configured zone."""

    def now(self) -> datetime:
        return datetime.now(UTC)
