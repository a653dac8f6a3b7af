"""The runner: one process that lets deadlines pass and sends messages.

It holds nothing in memory: what it takes it takes under a lease, so killing it at any moment loses
nothing, and whatever it did not finish another runner takes when the lease ends. Started by
``fengsui serve``; ``python -m fengsui.runner`` starts one alone.
"""

from __future__ import annotations

import logging
import os
import signal
import threading
from types import FrameType

from fengsui import bootstrap
from fengsui.application.desk import Desk
from fengsui.core.errors import FengsuiError

POLL_SECONDS = 0.5
PAUSE_AFTER_FAILURE_SECONDS = 2.0

_log = logging.getLogger("fengsui.runner")


def tick(desk: Desk) -> int:
    """Do what is due now; return how many timers and messages were dealt with."""
    from fengsui.application.sweep import deliver_outbox, sweep_timers

    return sweep_timers(desk, desk.clock.now()) + deliver_outbox(desk, desk.clock.now())


def run(stop: threading.Event) -> None:
    """Work until ``stop`` is set; a failure is logged and followed by a pause, never by an end."""
    from django.db import close_old_connections

    desk = bootstrap.desk()
    while not stop.is_set():
        try:
            pause = 0.0 if tick(desk) else POLL_SECONDS
        except FengsuiError as problem:
            _log.warning("will try again: %s", problem)
            pause = PAUSE_AFTER_FAILURE_SECONDS
        except Exception:
            _log.exception("will try again")
            pause = PAUSE_AFTER_FAILURE_SECONDS
        if pause:
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
    _log.info("runner %s", os.getpid())
    run(stop)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
