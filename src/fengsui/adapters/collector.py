"""The collector of garbage of the interpreter, told how much to let lie."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

OBJECTS_OF_PLANS = 100_000
"""Objects after which it looks for some that only hold each other; a plan leaves none."""


def begin_with_what_is_here() -> None:
    """Leave what is loaded by now alone for good: grammar, rules and directory stay as long as the process.

    What a plan leaves goes by itself; a collector that looks through all that after every few lines takes
    time and finds nothing.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(OBJECTS_OF_PLANS)


@contextmanager
def seldom() -> Iterator[None]:
    """Let it look seldom while many plans pass through this process."""
    before = gc.get_threshold()
    gc.set_threshold(OBJECTS_OF_PLANS)
    try:
        yield
    finally:
        gc.set_threshold(*before)
