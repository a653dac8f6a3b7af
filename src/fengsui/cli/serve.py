"""``fengsui serve``: tables brought up to date, then web server, runner and importer side by side.

All are child processes: when one ends by itself it is started again, when this process is told to end
(Ctrl-C, SIGTERM) all end, and when it is killed the system ends them (Linux).
"""

from __future__ import annotations

import argparse
import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from types import FrameType
from typing import TextIO

from fengsui.application.wording import word
from fengsui.core.errors import InputError, Permanent

WORKERS = 2
GRACE_SECONDS = 10.0
LOOK_SECONDS = 0.2
FIRST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS = 0.5, 15.0
PR_SET_PDEATHSIG = 1


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the command."""
    parser = commands.add_parser("serve", help="start the desk in the browser / 启动网页与计时器")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default 127.0.0.1)")
    parser.add_argument("--port", type=int, default=8000, help="port to listen on (default 8000)")
    parser.add_argument("--workers", type=int, default=WORKERS, help="web processes (default 2)")


def run(options: argparse.Namespace) -> int:
    """Serve until told to end; 0 when it ended cleanly. Raises InputError("port_in_use"), Permanent."""
    check_port(options.host, options.port)
    allow_host(options.host)
    from fengsui import bootstrap

    bootstrap.migrate()
    _close_database()
    children = [
        Child("web", server_command(options.host, options.port, options.workers)),
        Child("runner", [sys.executable, "-m", "fengsui.runner"]),
        Child("importer", [sys.executable, "-m", "fengsui.importer"]),
    ]

    def say_ready() -> None:
        shown = "127.0.0.1" if options.host in ("0.0.0.0", "::") else options.host
        _say("ready", sys.stdout, address=f"http://{shown}:{options.port}/")

    return supervise(children, (options.host, options.port), say_ready)


def check_port(host: str, port: int) -> None:
    """Raise InputError when nobody can listen there, before anything is started."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except (OSError, OverflowError) as problem:
            raise InputError("port_in_use", host=host, port=port, detail=str(problem)) from problem


def allow_host(host: str) -> None:
    """Let browsers use the address we listen on; an address for everybody leaves the name open."""
    if "FENGSUI_HOSTS" in os.environ or host in ("127.0.0.1", "localhost", "::1"):
        return
    everybody = host in ("0.0.0.0", "::")
    os.environ["FENGSUI_HOSTS"] = "*" if everybody else f"{host},localhost,127.0.0.1"


def server_command(host: str, port: int, workers: int) -> list[str]:
    """The command line of the web server."""
    return [
        *(sys.executable, "-m", "granian", "--interface", "asgi", "--no-ws"),
        *("--host", host, "--port", str(port), "--workers", str(workers)),
        *("--respawn-failed-workers", "--workers-kill-timeout", "2", "--log-level", "warning"),
        "fengsui.web.asgi:application",
    ]


def _say(code: str, where: TextIO, **data: object) -> None:
    print(word("serve", code, os.environ.get("FENGSUI_LANG", "zh"), **data), file=where, flush=True)


def _close_database() -> None:
    from django.db import connections

    connections.close_all()


@dataclass
class Child:
    """A child process that is kept running."""

    name: str
    command: list[str]
    process: subprocess.Popen[bytes] | None = None
    pause: float = FIRST_PAUSE_SECONDS
    again_at: float = 0.0
    started_at: float = 0.0
    failed: bool = False

    def keep_running(self, now: float) -> None:
        """Start it, or start it again after a pause that grows while it keeps failing."""
        if self.process is not None and self.process.poll() is not None:
            _say("restarted", sys.stderr, name=self.name, status=self.process.returncode)
            self.failed = True
            self._end_orphans()
            lived = now - self.started_at
            self.pause = FIRST_PAUSE_SECONDS if lived > 60 else min(self.pause * 2, LONGEST_PAUSE_SECONDS)
            self.again_at = now + self.pause
            self.process = None
        if self.process is None and now >= self.again_at:
            # A session of its own: Ctrl-C reaches this process alone, which then ends the children in order.
            self.process = subprocess.Popen(
                self.command, start_new_session=True, preexec_fn=_end_with_parent if _linux() else None
            )
            self.started_at = now

    def _end_orphans(self) -> None:
        # Killed outright, the web server leaves its workers behind; they would go on answering unsupervised.
        if self.process is not None:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, signal.SIGKILL)

    def send(self, number: int) -> None:
        """Signal the process and its own children, if it runs."""
        if self.process is not None and self.process.poll() is None:
            if number == signal.SIGKILL:
                os.killpg(self.process.pid, number)
            else:
                self.process.send_signal(number)


def _linux() -> bool:
    return sys.platform.startswith("linux")


def _end_with_parent() -> None:
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def supervise(children: list[Child], address: tuple[str, int], say_ready: Callable[[], None]) -> int:
    """Keep ``children`` running until SIGINT or SIGTERM, then end them; 1 if one had to be killed.

    Raises Permanent("server_failed") when one ends before the address ever answered.
    """
    told: list[int] = []

    def end(number: int, _frame: FrameType | None) -> None:
        told.append(number)

    before = {number: signal.signal(number, end) for number in (signal.SIGINT, signal.SIGTERM)}
    ready = False
    try:
        while not told:
            now = time.monotonic()
            for child in children:
                child.keep_running(now)
            if not ready and any(child.failed for child in children):
                # It never worked: trying again would only repeat the trace above.
                end_all(children)
                raise Permanent("server_failed")
            if not ready and answers(*address):
                ready = True
                say_ready()
            time.sleep(LOOK_SECONDS)
        return end_all(children)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def answers(host: str, port: int) -> bool:
    """Whether somebody listens at the address."""
    reachable = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)
    try:
        with socket.create_connection((reachable, port), timeout=0.5):
            return True
    except OSError:
        return False


def end_all(children: list[Child]) -> int:
    """Ask every child to end, wait, and kill what does not; 1 if one had to be killed."""
    for child in children:
        child.send(signal.SIGTERM)
    deadline = time.monotonic() + GRACE_SECONDS
    killed = 0
    for child in children:
        if child.process is None:
            continue
        try:
            child.process.wait(timeout=max(0.0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            child.send(signal.SIGKILL)
            child.process.wait()
            killed = 1
    return killed
