"""The runner: one process that lets deadlines pass and sends messages.

It holds nothing in memory: what it takes it takes under a lease, so killing it at any moment loses
nothing, and whatever it did not finish another runner takes when the lease ends. Started by
``fengsui serve``; ``python -m fengsui.runner`` starts one alone.
"""

from __future__ import annotations

import logging
import threading

from fengsui import background, bootstrap
from fengsui.application.desk import Desk

POLL_SECONDS = 0.5


def tick(desk: Desk) -> int:
    """Do what is due now; return how many timers and messages were dealt with."""
    from fengsui.application.sweep import deliver_outbox, sweep_timers

    return sweep_timers(desk, desk.clock.now()) + deliver_outbox(desk, desk.clock.now())


def begin() -> background.Round:
    """The rounds of the runner: what is due now, again at once while there is any."""
    desk = bootstrap.desk()

    def one(_stop: threading.Event) -> float:
        return 0.0 if tick(desk) else POLL_SECONDS

    return one


if __name__ == "__main__":
    raise SystemExit(background.work(begin, logging.getLogger("fengsui.runner")))
