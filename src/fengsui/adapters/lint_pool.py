"""Checking stored plans in other processes: two cores at work, nothing shared but texts."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from itertools import islice

from fengsui.adapters import collector
from fengsui.application.library_linting import PlanHead, StoredPlan, check_stored
from fengsui.core.lint.registry import all_rules

_Result = tuple[PlanHead, tuple[str, str]]
CHUNK = 16
"""Plans handed over at a time: fewer cost more messages, more leave a core idle at the end."""


def check_chunk(plans: list[StoredPlan]) -> list[_Result]:
    """Findings and digests of some plans."""
    return [(each.head, check_stored(each)) for each in plans]


def _start_checker() -> None:
    all_rules()
    collector.begin_with_what_is_here()


def check_here(plans: Iterable[StoredPlan]) -> Iterator[_Result]:
    """Check one after another in this process."""
    for each in plans:
        yield each.head, check_stored(each)


def check_in(jobs: int, plans: Iterable[StoredPlan]) -> Iterator[_Result]:
    """Check in ``jobs`` processes; few plans are checked here, because a process takes longer to start."""
    waiting = iter(plans)
    first = list(islice(waiting, 2 * CHUNK))
    if jobs < 2 or len(first) < 2 * CHUNK:
        yield from check_here(first)
        yield from check_here(waiting)
        return
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(jobs, mp_context=spawn, initializer=_start_checker) as pool:
        running: set[Future[list[_Result]]] = {
            pool.submit(check_chunk, first[:CHUNK]),
            pool.submit(check_chunk, first[CHUNK:]),
        }
        while running:
            while len(running) < 2 * jobs and (chunk := list(islice(waiting, CHUNK))):
                running.add(pool.submit(check_chunk, chunk))
            done, running = wait(running, return_when=FIRST_COMPLETED)
            for future in done:
                yield from future.result()
