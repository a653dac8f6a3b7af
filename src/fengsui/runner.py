"""The runner: one process that lets deadlines pass and sends messages.

Messages become notices here and climb their ladders; gateways are called by threads of their own
(``notify_workers``), so that none holds up a deadline or another gateway.

It holds nothing in memory: what it takes it takes under a lease, so killing it at any moment loses
nothing, and whatever it did not finish another runner takes when the lease ends. Started by
``fengsui serve``; ``python -m fengsui.runner`` starts one alone.
"""

from __future__ import annotations

import logging
import threading
from datetime import timedelta

from fengsui import background, bootstrap, bootstrap_notify, bootstrap_watch, receipt_worker
from fengsui.application.desk import Desk

POLL_SECONDS = 0.5
SETTLE_EVERY = timedelta(seconds=10)


def tick(desk: Desk) -> int:
    """Do what is due now; return how many timers and messages were dealt with."""
    from fengsui.application.sweep import deliver_outbox, sweep_timers

    return sweep_timers(desk, desk.clock.now()) + deliver_outbox(desk, desk.clock.now())


def begin() -> background.Round:
    """The rounds of the runner: what is due now, again at once while there is any."""
    from fengsui.application.notify import climb_ladders, settle_taken_up
    from fengsui.application.notify_test import daily_test
    from fengsui.notify_workers import ChannelWorkers

    desk, notify = bootstrap.desk(), bootstrap_notify.notify_desk()
    workers: list[ChannelWorkers] = []
    settled_at = [notify.clock.now()]
    end_personal_data = bootstrap_watch.PrivacySweep()

    def one(stop: threading.Event) -> float:
        if not workers:
            workers.append(ChannelWorkers(notify, stop))
            receipt_worker.start(stop)
        done = tick(desk)
        now = notify.clock.now()
        workers[0].keep()
        daily_test(notify, now)
        if not settled_at[0] <= now < settled_at[0] + SETTLE_EVERY:
            settled_at[0] = now
            settle_taken_up(notify, now)
        end_personal_data(now)
        return 0.0 if done + climb_ladders(notify, now) else POLL_SECONDS

    return one


if __name__ == "__main__":
    raise SystemExit(background.work(begin, logging.getLogger("fengsui.runner")))
