"""The threads that call gateways: some for each, so that a slow one holds up nobody but itself.

They hold nothing: what they send they take under a lease. Told to stop, each finishes the call it is in.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Mapping

from fengsui import bootstrap_notify
from fengsui.application.notify import NotifyDesk
from fengsui.application.notify_ports import ChannelSetting, Gateway, OpenGateway
from fengsui.application.notify_work import deliver_next, prove_next
from fengsui.core.errors import FengsuiError

IDLE_SECONDS = 0.5
PAUSE_AFTER_FAILURE_SECONDS = 2.0
MOST = 8
"""Threads a gateway may have at most."""

_log = logging.getLogger("fengsui.runner")


class ChannelWorkers:
    """Keeps threads for the gateways that are set up; ``keep`` is called every round of the runner."""

    def __init__(
        self,
        desk: NotifyDesk,
        stop: threading.Event,
        open_gateway: OpenGateway = bootstrap_notify.open_gateway,
    ) -> None:
        self._desk = desk
        self._stop = stop
        self._open = open_gateway
        self._settings: Mapping[str, ChannelSetting] = {}
        self._threads: dict[tuple[str, int], threading.Thread] = {}

    def keep(self) -> None:
        """Look at what is set up now and start the threads that are missing; those not needed end."""
        self._settings = {item.channel: item for item in self._desk.gateways()}
        for item in self._settings.values():
            for number in range(min(max(item.parallel, 1), MOST)):
                key = (item.channel, number)
                if key not in self._threads or not self._threads[key].is_alive():
                    thread = threading.Thread(target=self._work, args=key, name=f"notify-{item.channel}")
                    self._threads[key] = thread
                    thread.start()

    def join(self, seconds: float) -> None:
        """Wait for the threads to end."""
        for thread in self._threads.values():
            thread.join(seconds)

    def _work(self, channel: str, number: int) -> None:
        from django.db import close_old_connections, connections

        gateway: tuple[int, Gateway] | None = None
        try:
            while not self._stop.is_set():
                setting = self._settings.get(channel)
                if setting is None or number >= setting.parallel:
                    return
                pause = PAUSE_AFTER_FAILURE_SECONDS
                try:
                    if gateway is None or gateway[0] != setting.version:
                        gateway = (setting.version, self._open(setting))
                    pause = 0.0 if self._once(setting, gateway[1]) else IDLE_SECONDS
                except FengsuiError as problem:
                    _log.warning("channel %s will try again: %s", channel, problem.code)
                except Exception:
                    _log.exception("channel %s will try again", channel)
                if pause:
                    close_old_connections()
                    self._stop.wait(pause)
        finally:
            connections.close_all()

    def _once(self, setting: ChannelSetting, gateway: Gateway) -> bool:
        return deliver_next(self._desk, setting, gateway) or prove_next(self._desk, setting, gateway)
