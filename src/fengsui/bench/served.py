"""The desk as it is used: a real server with its runner on the multiplied prefecture, asked over loopback.

Each request is a connection of its own, as after a proxy without keep-alive: the dearer case. Every loop is
bounded in count and in time, and the server ends with the measurement.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from fengsui.bench.registry import Scale, Skipped
from fengsui.bench.world import loaded

USERS = 200
ACCOUNTS = ("duty-main", "vice-safety", "fire-liaison", "duty-main", "auditor")
"""Who the users are: most look at the desk and the rooms, some approve, some do tasks."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, after how many milliseconds."""

    status: int
    body: bytes
    took: float


@dataclass
class Site:
    """Where the server listens, and how to come in."""

    port: int
    cookies: list[str]
    key: str
    incidents: list[str]
    refused: list[str] = field(default_factory=list)

    async def get(self, path: str, user: int = 0) -> Answer:
        """A page as a signed-in user gets it."""
        cookie = self.cookies[user % len(self.cookies)]
        return await self._ask(f"GET {path} HTTP/1.1\r\nCookie: sessionid={cookie}\r\n", b"")

    async def post(self, path: str, body: object) -> Answer:
        """A command through the JSON API."""
        data = json.dumps(body).encode()
        head = (
            f"POST /api/v1{path} HTTP/1.1\r\nAuthorization: Bearer {self.key}\r\n"
            f"Content-Type: application/json\r\nContent-Length: {len(data)}\r\n"
        )
        return await self._ask(head, data)

    async def _ask(self, head: str, data: bytes) -> Answer:
        start = time.perf_counter()
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        try:
            writer.write(f"{head}Host: localhost\r\nConnection: close\r\n\r\n".encode() + data)
            await writer.drain()
            got = await asyncio.wait_for(reader.read(), 60)
        finally:
            writer.close()
        took = (time.perf_counter() - start) * 1000
        line, _, rest = got.partition(b"\r\n")
        answer = Answer(status=int(line.split()[1]), body=rest.partition(b"\r\n\r\n")[2], took=took)
        if answer.status >= 400:
            self.refused.append(f"{answer.status} {head.split()[1]}")
        return answer


@contextmanager
def served(scale: Scale, workers: int = 2) -> Iterator[Site]:
    """A server on the database of the bench, ended afterwards. Raises Skipped when it does not come up."""
    now = loaded(scale)
    from fengsui.store.api_keys import make_key

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    key = make_key("duty-main", "bench", now)
    incidents, cookies = _incidents(), [_session(account) for account in ACCOUNTS]
    process = subprocess.Popen(
        [sys.executable, "-m", "fengsui", "serve", "--port", str(port), "--workers", str(workers)],
        env={**os.environ},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        _until_up(port, process)
        yield Site(port=port, cookies=cookies, key=key, incidents=incidents)
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()


def _until_up(port: int, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=2):
                return
        except OSError:
            time.sleep(0.3)
    raise Skipped("the server did not come up")


def _session(account: str) -> str:
    from importlib import import_module

    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, get_user_model

    user = get_user_model().objects.get(username=account)
    store = import_module(settings.SESSION_ENGINE).SessionStore()
    store[SESSION_KEY] = str(user.pk)
    store[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    store[HASH_SESSION_KEY] = user.get_session_auth_hash()
    store.create()
    return str(store.session_key)


def _incidents() -> list[str]:
    """Twenty incidents that run, opened through the use cases, so that their streams are whole."""
    from fengsui import bootstrap
    from fengsui.application import incidents
    from fengsui.application.desk import Actor
    from fengsui.core.response.decisions.record import Call

    desk = bootstrap.desk()
    post = desk.directory.directory().post("duty-main")
    if post is None:
        raise Skipped("the demo has no post duty-main")
    actor = Actor.of(post)
    call = Call(what="厂房起火", place="东河县北沙镇", place_code=post.jurisdiction)
    return [incidents.open_incident(desk, actor, call).incident_id for _ in range(20)]
