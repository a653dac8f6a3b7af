"""Static files and live updates, asked as the server asks them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from django.test import Client

from fengsui.store import selectors
from fengsui.web import live, static_files


def test_a_file_of_this_set_is_kept_for_ever_and_an_old_address_is_asked_again() -> None:
    name = static_files.assets().url("app.css")
    status, headers, body = static_files.answer(name, "gzip")
    kept = dict(headers)
    assert status == 200
    assert b"immutable" in kept[b"cache-control"]
    assert kept[b"content-encoding"] == b"gzip"
    assert len(body) < 15_000
    old = dict(static_files.answer("/static/0000000000/app.css", "")[1])
    assert old[b"cache-control"] == b"no-cache"


def test_nothing_outside_the_set_is_served() -> None:
    for path in ("/static/x/../settings.py", "/static/x/../../secret_key", "/static/", "/static/x/none.css"):
        assert static_files.answer(path, "")[0] == 404


def scope(path: str, session: str, after: str = "", **headers: str) -> dict[str, Any]:
    pairs = [(b"cookie", f"sessionid={session}".encode())]
    pairs += [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    return {"type": "http", "path": path, "headers": pairs, "query_string": f"after={after}".encode()}


async def listen(
    request: dict[str, Any], until: Callable[[str], bool], act: Callable[[], None] | None = None
) -> list[Any]:
    sent: list[Any] = []
    done = asyncio.Event()

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)
        text = b"".join(item.get("body", b"") for item in sent).decode()
        if until(text) or not message.get("more_body", message["type"] == "http.response.start"):
            done.set()

    async def receive() -> dict[str, Any]:
        await done.wait()
        return {"type": "http.disconnect"}

    live.WATCHER = live.Watcher()
    task = asyncio.create_task(live.application(request, receive, send))
    if act is not None:
        while not sent:
            await asyncio.sleep(0.02)
        await live.WATCHER.ask(act)
    await asyncio.wait_for(task, 15)
    return sent


def test_a_stranger_gets_no_stream(prefecture: str, incident_id: str) -> None:
    sent = asyncio.run(listen(scope(f"/live/{incident_id}", "nobody"), lambda text: False))
    assert sent[0]["status"] == 204


def test_a_post_of_another_area_gets_no_stream(sign_in: Callable[[str], Client], incident_id: str) -> None:
    session = sign_in("xiling-duty").cookies["sessionid"].value
    sent = asyncio.run(listen(scope(f"/live/{incident_id}", session), lambda text: False))
    assert sent[0]["status"] == 204


def test_a_change_is_told_to_who_listens(sign_in: Callable[[str], Client], incident_id: str) -> None:
    browser = sign_in("duty-main")
    session = browser.cookies["sessionid"].value

    def note() -> None:
        browser.post(f"/incidents/{incident_id}/notes", {"text": "水位回落"})

    sent = asyncio.run(
        listen(
            scope(f"/live/{incident_id}", session, after=selectors.stream_position(incident_id)),
            lambda text: "event: changed" in text,
            note,
        )
    )
    assert sent[0]["status"] == 200
    assert b"text/event-stream" in dict(sent[0]["headers"])[b"content-type"]


def test_what_was_missed_is_told_at_once(sign_in: Callable[[str], Client], incident_id: str) -> None:
    session = sign_in("duty-main").cookies["sessionid"].value
    request = scope(f"/live/{incident_id}", session, last_event_id="1")
    sent = asyncio.run(listen(request, lambda text: "event: changed" in text))
    assert b"id: " in b"".join(item.get("body", b"") for item in sent)


def heard(session: str, stream: str, act: Callable[[], object]) -> bool:
    """Whether a page that follows ``stream`` is told of ``act`` before an incident it follows moves on."""

    async def both() -> bool:
        told: list[str] = []
        done = asyncio.Event()

        async def send(message: dict[str, Any]) -> None:
            told.append(message.get("body", b"").decode())
            if "event: changed" in told[-1]:
                done.set()

        async def receive() -> dict[str, Any]:
            await done.wait()
            return {"type": "http.disconnect"}

        live.WATCHER = live.Watcher()
        task = asyncio.create_task(live.application(scope(f"/live/{stream}", session), receive, send))
        while not live.WATCHER.positions:
            await asyncio.sleep(0.02)
        await live.WATCHER.ask(act)
        try:
            await asyncio.wait_for(done.wait(), 1)
        except TimeoutError:
            return False
        finally:
            done.set()
            await asyncio.wait_for(task, 15)
        return True

    return asyncio.run(both())


def test_a_new_call_is_told_to_an_open_desk_at_once(sign_in: Callable[[str], Client]) -> None:
    browser = sign_in("duty-main")
    form = {"then": "keep", "what": "闻到煤气味", "place": "北沙镇", "means": "phone"}
    session = browser.cookies["sessionid"].value
    assert heard(session, "desk", lambda: browser.post("/calls/new", form).status_code)


def test_what_happens_in_one_incident_wakes_no_page_of_another(
    sign_in: Callable[[str], Client], incident_id: str
) -> None:
    browser = sign_in("duty-main")
    browser.post("/calls/new", {"then": "open", "what": "仓库冒烟", "place": "北沙镇", "means": "phone"})
    other = next(
        line.incident_id for line in selectors.running_incidents() if line.incident_id != incident_id
    )
    session = browser.cookies["sessionid"].value

    def note() -> object:
        return browser.post(f"/incidents/{other}/notes", {"text": "水位回落"})

    assert not heard(session, incident_id, note)
    assert heard(session, other, note)
    assert heard(session, "desk", note)
