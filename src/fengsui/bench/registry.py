"""What a benchmark is, and the list of them.

A benchmark is a function of a ``Scale`` that returns samples in its unit; ``@bench`` puts it on the list::

    @bench("read-100-pages", "s")
    def read_100_pages(scale: Scale) -> Samples:
        return timed(lambda: read_plans(lines, "bench"), times=scale.times, unit="s")

A module with benchmarks is named in ``MODULES``; it is loaded only when benchmarks run.
"""

from __future__ import annotations

import gc
import importlib
import statistics
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

MODULES = (
    *(
        "grading",
        "peers",
        "reading",
        "many_plans",
        "storing",
        "notices",
        "pages",
        "finding",
        "fault_pages",
        "linting",
        "desk_load",
    ),
)
"""Modules of this package that declare benchmarks, in the order of the report."""

_PER_SECOND = {"s": 1.0, "ms": 1000.0, "us": 1_000_000.0}


@dataclass(frozen=True, slots=True)
class Scale:
    """How big the world is: plans in force, incidents stored, rescue teams and their people, repetitions of
    a slow measurement."""

    name: str
    plans: int
    incidents: int
    times: int
    teams: int = 0
    people: int = 0


SCALES = {
    "small": Scale("small", plans=200, incidents=200, times=3, teams=80, people=4000),
    "prefecture": Scale("prefecture", plans=2090, incidents=5000, times=7, teams=832, people=43_578),
}


class Skipped(Exception):
    """The benchmark cannot run here; the message says plainly why."""


@dataclass(frozen=True, slots=True)
class Samples:
    """What was measured. ``n`` is the number of things measured when it is not that of the samples.

    ``also`` are further values of the same run: (name, value, unit).
    """

    values: Sequence[float]
    n: int | None = None
    also: Sequence[tuple[str, float, str]] = ()


@dataclass(frozen=True, slots=True)
class Result:
    """One line of the report; ``value`` None when it was skipped, and why."""

    name: str
    value: float | None
    unit: str
    n: int
    skipped: str | None = None


@dataclass(frozen=True, slots=True)
class Bench:
    """A benchmark on the list; ``at`` is the quantile reported (0.5 the median)."""

    name: str
    unit: str
    run: Callable[[Scale], Samples] = field(repr=False)
    at: float = 0.5


_LIST: dict[str, Bench] = {}


def bench(
    name: str, unit: str, at: float = 0.5
) -> Callable[[Callable[[Scale], Samples]], Callable[[Scale], Samples]]:
    """Put a function on the list of benchmarks; ``at`` 0.95 reports the 95th percentile."""

    def put(function: Callable[[Scale], Samples]) -> Callable[[Scale], Samples]:
        _LIST[name] = Bench(name, unit, function, at)
        return function

    return put


def benches(modules: Iterable[str] = MODULES) -> tuple[Bench, ...]:
    """All benchmarks declared by ``modules``."""
    for module in modules:
        importlib.import_module(f"{__package__}.{module}")
    return tuple(_LIST.values())


def run_benches(scale: Scale, only: str | None = None) -> Iterator[Result]:
    """Run the benchmarks (those whose name has ``only`` in it), one result after the other."""
    for each in benches():
        if only is None or only in each.name:
            yield from _results(each, scale)


def _results(each: Bench, scale: Scale) -> Iterator[Result]:
    try:
        samples = each.run(scale)
    except Skipped as why:
        yield Result(each.name, None, each.unit, 0, skipped=str(why))
        return
    count = len(samples.values) if samples.n is None else samples.n
    yield Result(each.name, _rounded(quantile(samples.values, each.at)), each.unit, count)
    for name, value, unit in samples.also:
        yield Result(name, _rounded(value), unit, count)


def quantile(values: Sequence[float], at: float) -> float:
    """The value that a share ``at`` of ``values`` does not exceed (nearest rank; 0.5 the median)."""
    if at == 0.5:
        return statistics.median(values)
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, max(0, round(at * len(ordered)) - 1))]


def timed(function: Callable[[], object], *, times: int, unit: str) -> list[float]:
    """Run ``function`` once to warm up, then ``times`` times; how long each took in ``unit``."""
    function()
    return [once(function, unit) for _ in range(times)]


def once(function: Callable[[], object], unit: str) -> float:
    """How long one run took in ``unit`` (s, ms, us); the collector of garbage waits meanwhile."""
    gc.disable()
    try:
        start = time.perf_counter()
        function()
        return (time.perf_counter() - start) * _PER_SECOND[unit]
    finally:
        gc.enable()


def tell(name: str, done: float, of: float) -> None:
    """Show on the side how far a long measurement is: one line that moves, or one now and then in a file."""
    share = min(100, int(100 * done / of)) if of else 100
    if sys.stderr.isatty():
        print(f"\r{name} {share:3d} %", end="\n" if share == 100 else "", file=sys.stderr, flush=True)
    elif share // 20 != _told.get(name):
        _told[name] = share // 20
        print(f"{name} {share} %", file=sys.stderr, flush=True)


_told: dict[str, int] = {}


def _rounded(value: float) -> float:
    return float(f"{value:.4g}")
