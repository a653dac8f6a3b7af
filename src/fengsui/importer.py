"""The importer: one process that reads files waiting to be imported.

A process of its own, because one scanned or broken file may take a minute, and deadlines do not wait for
it. It holds nothing in memory that is not in a row; killed at any moment, another goes on. Started by
``fengsui serve``; ``python -m fengsui.importer`` starts one alone.
"""

from __future__ import annotations

import logging
import signal
import threading
from types import FrameType
from typing import TYPE_CHECKING

from fengsui import bootstrap
from fengsui.core.errors import FengsuiError

if TYPE_CHECKING:
    from fengsui.adapters.reading_pool import ReadInProcesses

POLL_SECONDS = 1.0
PAUSE_AFTER_FAILURE_SECONDS = 2.0

_log = logging.getLogger("fengsui.importer")


def run(stop: threading.Event) -> None:
    """Read what waits until ``stop`` is set; a failure is logged and followed by a pause, never by an end."""
    from django.db import close_old_connections

    from fengsui.application.lint_library import check_waiting
    from fengsui.application.plan_import import read_waiting

    importer, lint = bootstrap.importer(), bootstrap.lint_desk()
    pool: ReadInProcesses | None = None
    while not stop.is_set():
        pause = POLL_SECONDS
        try:
            if importer.imports.waiting():
                # A reader begins with the first file and ends after the last: idle, it holds no memory.
                pool = bootstrap.reading_pool(1)
                read_waiting(importer, pool, stop=stop.is_set)
            # After reading, never with it: a check that breaks costs no import.
            check_waiting(lint, lambda: stop.is_set() or importer.imports.waiting())
        except FengsuiError as problem:
            _log.warning("will try again: %s", problem)
            pause = PAUSE_AFTER_FAILURE_SECONDS
        except Exception:
            _log.exception("will try again")
            pause = PAUSE_AFTER_FAILURE_SECONDS
        finally:
            if pool is not None:
                pool.close()
                pool = None
        close_old_connections()
        stop.wait(pause)


def main() -> int:
    """Run until SIGTERM or SIGINT."""
    stop = threading.Event()

    def end(_signal: int, _frame: FrameType | None) -> None:
        stop.set()

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, end)
    bootstrap.set_up_django()
    run(stop)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
