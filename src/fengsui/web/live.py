"""Live updates: server-sent events beside the WSGI part, on the same port (``/live/…``).

One watcher a process glances at the database many times a second; when anything was committed, whoever wrote
it, it reads where the streams now end that pages of this process follow, one question for all of them, and
wakes the pages of those that moved. An event carries the position of its stream as its id, so that a
browser that lost the line hears at once that it missed something (``Last-Event-ID``). It says only that
something changed: the page then asks for its parts by the ordinary way, with the ordinary permissions.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from functools import lru_cache
from http.cookies import CookieError, SimpleCookie
from typing import Any
from urllib.parse import parse_qs

from fengsui.web import live_source

POLL_SECONDS = 0.1
HEARTBEAT_SECONDS = 15.0
RECHECK_HEARTBEATS = 4
"""Every so many heartbeats the session is looked up again: a stream ends with its session."""

Send = Callable[[dict[str, Any]], Awaitable[None]]
Receive = Callable[[], Awaitable[dict[str, Any]]]

_log = logging.getLogger(__name__)


class Watcher:
    """Follows the streams that pages of this process have open ("" is the desk); pages wait on it."""

    def __init__(self) -> None:
        self.positions: dict[str, int] = {}
        self._pages: Counter[str] = Counter()
        self._next: dict[str, asyncio.Future[None]] = {}
        self._glance = live_source.glance()
        self._task: asyncio.Task[None] | None = None
        # One thread, so that the database connection it holds is always the same one.
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="live")

    async def ask(self, question: Callable[..., Any], *given: Any) -> Any:
        """Run a question to the database in the watcher's thread."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, question, *given)

    @asynccontextmanager
    async def following(self, stream: str) -> AsyncIterator[None]:
        """Keep the position of ``stream`` up to date inside the block."""
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._watch())
        self._pages[stream] += 1
        try:
            if stream not in self.positions:
                # The round that runs now may have begun without it.
                await self.look(stream)
            yield
        finally:
            self._pages[stream] -= 1
            if not self._pages[stream]:
                del self._pages[stream]
                self.positions.pop(stream, None)

    async def look(self, stream: str) -> int:
        """Where ``stream`` ends now, not at the last round."""
        self._tell(await self.ask(live_source.positions, (stream,)))
        return self.positions[stream]

    async def wait(self, stream: str, beyond: int, seconds: float) -> bool:
        """Wait until ``stream`` does not end at ``beyond``; False when ``seconds`` passed first."""
        if self.positions[stream] != beyond:
            return True
        moved = self._next.get(stream)
        if moved is None:
            moved = self._next[stream] = asyncio.get_running_loop().create_future()
        await asyncio.wait({moved}, timeout=seconds)
        return self.positions[stream] != beyond

    async def _watch(self) -> None:
        while True:
            await asyncio.sleep(POLL_SECONDS)
            try:
                self._tell(await self.ask(live_source.moved, self._glance, tuple(self._pages)))
            except Exception:
                # The database may be away for a moment; the next look opens it again.
                _log.warning("live updates: the database did not answer", exc_info=True)
                self._glance = live_source.glance()
                await asyncio.sleep(2)

    def _tell(self, found: dict[str, int]) -> None:
        for stream, position in found.items():
            if stream not in self._pages or self.positions.get(stream) == position:
                continue
            self.positions[stream] = position
            moved = self._next.pop(stream, None)
            if moved is not None and not moved.done():
                moved.set_result(None)


WATCHER = Watcher()


async def application(scope: dict[str, Any], receive: Receive, send: Send) -> None:
    """Answer one ASGI request below ``/live/``."""
    session = _cookie(scope)
    incident_id = scope["path"].removeprefix("/live/").strip("/")
    incident_id = "" if incident_id == "desk" else incident_id
    if not await WATCHER.ask(live_source.may_follow, session, incident_id):
        await _refuse(send)
        return
    headers = [
        (b"content-type", b"text/event-stream; charset=utf-8"),
        (b"cache-control", b"no-cache, no-transform"),
        (b"x-accel-buffering", b"no"),
    ]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    stream = asyncio.create_task(_stream(scope, send, session, incident_id))
    gone = asyncio.create_task(_until_gone(receive))
    _, left = await asyncio.wait({stream, gone}, return_when=asyncio.FIRST_COMPLETED)
    for task in left:
        task.cancel()
    await asyncio.gather(stream, gone, return_exceptions=True)


async def _stream(scope: dict[str, Any], send: Send, session: str, incident_id: str) -> None:
    told = _resume(scope)
    await _say(send, b"retry: 2000\n" + _time())
    async with WATCHER.following(incident_id):
        now = WATCHER.positions[incident_id]
        if told is not None and told != now:
            # A page made after the last round knows more than the watcher: it is told nothing it has.
            now = await WATCHER.look(incident_id)
        if told is not None and told != now:
            await _say(send, _changed(now))
        beats = 0
        while True:
            if await WATCHER.wait(incident_id, now, HEARTBEAT_SECONDS):
                now = WATCHER.positions[incident_id]
                await _say(send, _changed(now))
                continue
            beats += 1
            if beats % RECHECK_HEARTBEATS == 0 and not await WATCHER.ask(
                live_source.may_follow, session, incident_id
            ):
                await _say(send, b"event: signed-out\ndata: {}\n\n")
                await send({"type": "http.response.body", "body": b"", "more_body": False})
                return
            await _say(send, _time())


@lru_cache(maxsize=64)
def _changed(position: int) -> bytes:
    """The same bytes for the hundreds of pages that are told at once."""
    return f"id: {position}\nevent: changed\ndata: {position}\n\n".encode()


def _time() -> bytes:
    return f"event: time\ndata: {int(time.time() * 1000)}\n\n".encode()


async def _say(send: Send, body: bytes) -> None:
    await send({"type": "http.response.body", "body": body, "more_body": True})


async def _until_gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _refuse(send: Send) -> None:
    # 204 tells an EventSource to stop trying; 403 would be retried by the htmx extension for ever.
    await send({"type": "http.response.start", "status": 204, "headers": []})
    await send({"type": "http.response.body", "body": b""})


def _headers(scope: dict[str, Any]) -> dict[str, str]:
    return {
        bytes(name).decode("latin-1").lower(): bytes(value).decode("latin-1")
        for name, value in scope["headers"]
    }


def _cookie(scope: dict[str, Any]) -> str:
    from django.conf import settings

    try:
        jar = SimpleCookie(_headers(scope).get("cookie", ""))
    except CookieError:
        return ""
    morsel = jar.get(settings.SESSION_COOKIE_NAME)
    return morsel.value if morsel else ""


def _resume(scope: dict[str, Any]) -> int | None:
    """Where the browser stands: its last event, else ``?after=`` of the page."""
    asked = _headers(scope).get("last-event-id") or ""
    if not asked:
        asked = parse_qs(bytes(scope.get("query_string", b"")).decode("latin-1")).get("after", [""])[0]
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 19 else None
