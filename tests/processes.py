"""Worker processes for tests: forked (starting one costs milliseconds), killed as a power cut would."""

from __future__ import annotations

import os
import signal
import time
import traceback
from collections.abc import Callable
from contextlib import suppress


def spawn(work: Callable[[], None]) -> int:
    """Run ``work`` in a forked process with database connections of its own; return the process id.

    The process ends with status 0, or 1 when ``work`` raised; it never returns into the test.
    """
    from django.db import connections

    # A connection shared over a fork would be closed under the parent: each side opens its own.
    connections.close_all()
    pid = os.fork()
    if pid:
        return pid
    status = 1
    try:
        work()
        status = 0
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(status)


def kill(pid: int, after: float) -> None:
    """Kill the process ``after`` so many seconds, whether it has ended or not, and wait for it."""
    time.sleep(after)
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)


def wait(*pids: int) -> list[int]:
    """Wait for processes to end; their exit statuses (minus the signal if one ended it)."""
    return [os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) for pid in pids]


def kill_self() -> None:
    """End this process at once, as a power cut would."""
    os.kill(os.getpid(), signal.SIGKILL)
