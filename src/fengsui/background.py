"""What the processes in the background share: work in rounds, outlive failures, end on a signal."""

from __future__ import annotations

import logging
import signal
import threading
from collections.abc import Callable
from types import FrameType

from fengsui import bootstrap
from fengsui.core.errors import FengsuiError

PAUSE_AFTER_FAILURE_SECONDS = 2.0

Round = Callable[[threading.Event], float]
"""One round of work; returns how many seconds to wait before the next (0: none)."""


def work(begin: Callable[[], Round], log: logging.Logger) -> int:
    """Do what ``begin`` gives, round after round, until SIGTERM or SIGINT."""
    stop = threading.Event()

    def end(_signal: int, _frame: FrameType | None) -> None:
        stop.set()

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, end)
    bootstrap.set_up_django()
    rounds(begin(), stop, log)
    return 0


def rounds(one: Round, stop: threading.Event, log: logging.Logger) -> None:
    """Work until ``stop`` is set; a failure is logged and followed by a pause, never by an end."""
    from django.db import close_old_connections

    while not stop.is_set():
        try:
            pause = one(stop)
        except FengsuiError as problem:
            log.warning("will try again: %s", problem)
            pause = PAUSE_AFTER_FAILURE_SECONDS
        except Exception:
            log.exception("will try again")
            pause = PAUSE_AFTER_FAILURE_SECONDS
        if pause:
            close_old_connections()
            stop.wait(pause)
