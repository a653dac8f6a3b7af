"""Personal data ends: sealed some time after its matter has ended, erased some time later.

Only tables apart from the streams are touched, so every log stays unbroken.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

SEAL, ERASE = "seal", "erase"


@dataclass(frozen=True, slots=True, kw_only=True)
class Periods:
    """How long after its matter ended data is shown, and how long it is kept at all."""

    seal_after: timedelta
    erase_after: timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """How many records were sealed or erased: of callers and casualties, and of people who left."""

    records: int
    people: int

    @property
    def total(self) -> int:
        return self.records + self.people


class Keeping(Protocol):
    """Personal data with the end of what it belongs to."""

    def end(self, verb: str, before: datetime, now: datetime, by: str, *, dry: bool = False) -> Ended:
        """Seal or erase what belongs to matters that ended before ``before``; ``dry`` counts alone."""
        ...

    def end_one(self, verb: str, ref: str, now: datetime, by: str) -> bool:
        """Seal or erase one record; False when there is nothing to do."""
        ...


def sweep(keeping: Keeping, periods: Periods, now: datetime, by: str = "timer") -> Ended:
    """What the runner does every hour: seal and erase what is due."""
    sealed = keeping.end(SEAL, now - periods.seal_after, now, by)
    erased = keeping.end(ERASE, now - periods.erase_after, now, by)
    return Ended(records=sealed.records + erased.records, people=sealed.people + erased.people)
