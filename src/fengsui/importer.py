"""The importer: one process that reads files waiting to be imported, then checks the plans.

A process of its own, because one scanned or broken file may take a minute, and deadlines do not wait for
it. It holds nothing in memory that is not in a row; killed at any moment, another goes on. Started by
``fengsui serve``; ``python -m fengsui.importer`` starts one alone.
"""

from __future__ import annotations

import logging
import threading

from fengsui import background, bootstrap

POLL_SECONDS = 1.0


def begin() -> background.Round:
    """The rounds of the importer: the files that wait, then the plans nobody has checked yet."""
    from fengsui.application.lint_library import check_waiting, keep_between
    from fengsui.application.plan_import import read_waiting

    importer, lint = bootstrap.importer(), bootstrap.lint_desk()

    def one(stop: threading.Event) -> float:
        def busy() -> bool:
            return stop.is_set() or importer.imports.waiting()

        if importer.imports.waiting():
            # A reader begins with the first file and ends after the last: idle, it holds no memory.
            pool = bootstrap.reading_pool(1)
            try:
                read_waiting(importer, pool, stop=stop.is_set)
            finally:
                pool.close()
        # After reading, never with it: a check that breaks costs no import.
        if check_waiting(lint, busy) and not busy():
            keep_between(lint, bootstrap.check_library(2).findings)
        return POLL_SECONDS

    return one


if __name__ == "__main__":
    raise SystemExit(background.work(begin, logging.getLogger("fengsui.importer")))
