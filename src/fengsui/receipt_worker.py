"""The thread that brings receipts back to other installations, so that a dead line holds up no deadline."""

from __future__ import annotations

import logging
import threading

from fengsui import bootstrap_reporting
from fengsui.core.errors import FengsuiError

EVERY_SECONDS = 15.0

_log = logging.getLogger("fengsui.runner")


def start(stop: threading.Event) -> threading.Thread:
    """Begin to bring receipts back until ``stop`` is set."""
    thread = threading.Thread(target=_work, args=(stop,), name="receipts")
    thread.start()
    return thread


def _work(stop: threading.Event) -> None:
    from django.db import close_old_connections, connections

    try:
        while not stop.is_set():
            try:
                bootstrap_reporting.receipts_round()
            except FengsuiError as problem:
                _log.warning("receipts will be tried again: %s", problem.code)
            except Exception:
                _log.exception("receipts will be tried again")
            close_old_connections()
            stop.wait(EVERY_SECONDS)
    finally:
        connections.close_all()
