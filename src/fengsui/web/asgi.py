"""One port: Django as WSGI, live updates and static files natively beside it."""

from __future__ import annotations

import gc
import os
from collections.abc import Awaitable, Callable
from typing import Any, cast

from a2wsgi import WSGIMiddleware

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fengsui.web.settings")

from fengsui.web.wsgi import application as _django  # isort: skip  # sets Django up: first

from fengsui.web import live, static_files  # isort: skip

# What is loaded by now stays as long as the process; looked through again and again, it makes some page wait.
gc.collect()
gc.freeze()
gc.set_threshold(25_000, 20, 20)

# One thread: Django under the GIL gains nothing from more, and the processes are counted by the server.
_pages = WSGIMiddleware(cast(Any, _django), workers=int(os.environ.get("FENGSUI_THREADS", "1")))


async def application(
    scope: dict[str, Any],
    receive: Callable[[], Awaitable[dict[str, Any]]],
    send: Callable[[dict[str, Any]], Awaitable[None]],
) -> None:
    """Send each request to the part that answers it."""
    if scope["type"] == "lifespan":
        await _lifespan(receive, send)
    elif scope["type"] != "http":
        return
    elif scope["path"].startswith("/live/"):
        await live.application(scope, receive, send)
    elif scope["path"].startswith(static_files.PREFIX):
        await static_files.serve(scope, send)
    else:
        await _page(scope, receive, send)


async def _page(
    scope: dict[str, Any],
    receive: Callable[[], Awaitable[dict[str, Any]]],
    send: Callable[[dict[str, Any]], Awaitable[None]],
) -> None:
    # granian hands out awaitables; the bridge to WSGI insists on coroutines.
    async def next_message() -> dict[str, Any]:
        return await receive()

    async def answer(message: dict[str, Any]) -> None:
        await send(message)

    await _pages(cast(Any, scope), cast(Any, next_message), cast(Any, answer))


async def _lifespan(
    receive: Callable[[], Awaitable[dict[str, Any]]], send: Callable[[dict[str, Any]], Awaitable[None]]
) -> None:
    while True:
        kind = (await receive())["type"]
        await send({"type": f"{kind}.complete"})
        if kind == "lifespan.shutdown":
            return
