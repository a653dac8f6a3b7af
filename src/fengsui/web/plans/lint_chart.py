"""The trend of the library as a drawing: one band a severity, one step a day. Pure geometry."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

WIDTH, HEIGHT = 640, 160
_LEFT, _TOP, _BOTTOM = 44, 10, 24


@dataclass(frozen=True, slots=True)
class Band:
    """One severity as points of a polygon."""

    severity: str
    points: str


@dataclass(frozen=True, slots=True)
class Trend:
    """Bands from the bottom up, days with the place of their label, steps of the scale."""

    bands: tuple[Band, ...]
    days: tuple[tuple[date, float, str], ...]
    scale: tuple[tuple[int, float], ...]
    first: date
    last: date
    before: int
    after: int
    table: tuple[tuple[date, tuple[int, int, int]], ...]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = _LEFT


def trend(days: Sequence[tuple[date, tuple[int, int, int]]]) -> Trend:
    """The drawing of at least two days, in order; numbers are grave, middling, slight."""
    first, last = days[0][0], days[-1][0]
    most = _round_up(max(1, *(sum(numbers) for _, numbers in days)))
    whole = max(1, (last - first).days)

    def x_of(day: date) -> float:
        return round(_LEFT + (WIDTH - _LEFT - 8) * (day - first).days / whole, 1)

    def y_of(number: int) -> float:
        return round(HEIGHT - _BOTTOM - (HEIGHT - _TOP - _BOTTOM) * number / most, 1)

    bands = []
    # The gravest lie at the bottom, where their height is read off the line of nothing.
    for place, severity in enumerate("HML"):
        upper = [(x_of(day), y_of(sum(numbers[: place + 1]))) for day, numbers in days]
        lower = [(x_of(day), y_of(sum(numbers[:place]))) for day, numbers in reversed(days)]
        bands.append(Band(severity, " ".join(f"{x},{y}" for x, y in (*upper, *lower))))
    return Trend(
        bands=tuple(bands),
        days=((first, x_of(first), "start"), (last, x_of(last), "end")),
        scale=tuple((number, y_of(number)) for number in (0, most // 2, most)),
        first=first,
        last=last,
        before=sum(days[0][1]),
        after=sum(days[-1][1]),
        table=tuple(days),
    )


def _round_up(number: int) -> int:
    """The next number that reads well on a scale, even so that its half does too."""
    step: int = 10 ** max(0, len(str(number)) - 1)
    rounded = -(-number // step) * step
    return rounded + rounded % 2
