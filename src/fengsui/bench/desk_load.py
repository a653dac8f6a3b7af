"""The desk under load: two hundred users, writers without a pause, a thousand open pages."""

from __future__ import annotations

import asyncio
import os
import random
import statistics
import time
from collections.abc import Awaitable, Callable

from fengsui.bench.registry import Samples, Scale, Skipped, bench, tell
from fengsui.bench.served import USERS, Answer, Site, served

THINK = 10.0
"""Seconds between two pages of one user: read, then click."""
WARM = 15.0
"""Seconds until every process has loaded its templates; what is asked before is not counted."""
SECONDS = {"small": 10, "prefecture": 60}
WRITE_SECONDS = {"small": 10, "prefecture": int(os.environ.get("FENGSUI_BENCH_WRITE_SECONDS", "600"))}
WRITES_A_SECOND = 20
PAGES = {"small": 200, "prefecture": 1000}


async def _telling(name: str, seconds: float) -> None:
    """Show how far a measurement by the clock is."""
    begun = time.monotonic()
    while (passed := time.monotonic() - begun) < seconds:
        tell(name, passed, seconds)
        await asyncio.sleep(1)
    tell(name, 1, 1)


def _run(work: Callable[[], Awaitable[list[Answer]]]) -> list[Answer]:
    return asyncio.run(_awaited(work))


async def _awaited(work: Callable[[], Awaitable[list[Answer]]]) -> list[Answer]:
    return await work()


def _also(name: str, answers: list[Answer], site: Site) -> list[tuple[str, float, str]]:
    took = sorted(answer.took for answer in answers)
    return [
        (f"{name}-median", statistics.median(took), "ms"),
        (f"{name}-worst", took[-1], "ms"),
        (f"{name}-refused", float(len(site.refused)), "answers of 400 and above"),
    ]


@bench("serve-page-200-users-p95", "ms", at=0.95)
def pages_of_two_hundred_users(scale: Scale) -> Samples:
    """Two hundred signed-in users, each opening desk, room, lists and tasks with time to read between.

    Meanwhile a note comes into one of the incidents every second: nothing that is kept between two writes
    helps for longer than that.
    """
    with served(scale) as site:
        warm = time.monotonic() + WARM

        async def user(number: int, ends: float) -> list[Answer]:
            chance = random.Random(number)
            answers: list[Answer] = []
            await asyncio.sleep(chance.random() * THINK)
            while time.monotonic() < ends:
                answer = await site.get(_page_of(number, site, chance), number)
                if time.monotonic() > warm:
                    answers.append(answer)
                await asyncio.sleep(chance.uniform(0.5, 1.5) * THINK)
            return answers

        async def all_users() -> list[Answer]:
            seconds = WARM + SECONDS[scale.name]
            ends = time.monotonic() + seconds
            beside = [
                asyncio.create_task(_noting(site, ends)),
                asyncio.create_task(_telling("serve-page-200-users", seconds)),
            ]
            told = await asyncio.gather(*(user(number, ends) for number in range(USERS)))
            await asyncio.gather(*beside)
            return [answer for one in told for answer in one]

        answers = _run(all_users)
        return Samples([answer.took for answer in answers], also=_also("serve-page-200-users", answers, site))


async def _noting(site: Site, ends: float) -> None:
    number = 0
    while time.monotonic() < ends:
        number += 1
        await site.post(f"/incidents/{site.incidents[number % 20]}/notes", {"text": f"巡查{number}"})
        await asyncio.sleep(1)


def _page_of(user: int, site: Site, chance: random.Random) -> str:
    """What this kind of user looks at."""
    incident = site.incidents[chance.randrange(len(site.incidents))]
    kinds = {
        0: ("/desk", f"/incidents/{incident}", "/incidents"),
        1: ("/approvals", f"/incidents/{incident}"),
        2: ("/tasks", "/tasks", f"/incidents/{incident}"),
        3: ("/desk", f"/incidents/{incident}", "/plans"),
        4: ("/incidents", f"/incidents/{incident}/log"),
    }
    return chance.choice(kinds[user % 5])


@bench("serve-call-saved-p95", "ms", at=0.95)
def calls_while_others_work(scale: Scale) -> Samples:
    """A call saved while another person imports plans and a third exports logs without a pause."""
    with served(scale) as site:
        body = {"what": "仓库冒烟", "place": "北沙镇", "place_code": "", "plans": []}
        body["place_code"] = _place_code()

        async def exporting(ends: float) -> None:
            number = 0
            while time.monotonic() < ends:
                number += 1
                await site.get(f"/incidents/{site.incidents[number % 20]}/log.json", 0)

        async def calls() -> list[Answer]:
            ends = time.monotonic() + SECONDS[scale.name]
            beside = [
                asyncio.create_task(exporting(ends)),
                asyncio.create_task(_importing(ends)),
                asyncio.create_task(_telling("serve-call-saved", SECONDS[scale.name])),
            ]
            answers: list[Answer] = []
            while time.monotonic() < ends:
                answers.append(await site.post("/incidents", body))
                await asyncio.sleep(0.5)
            await asyncio.gather(*beside)
            return answers

        answers = _run(calls)
        return Samples([answer.took for answer in answers], also=_also("serve-call-saved", answers, site))


def _place_code() -> str:
    from fengsui import bootstrap

    post = bootstrap.desk().directory.directory().post("duty-main")
    assert post is not None
    return post.jurisdiction


async def _importing(ends: float) -> None:
    """``fengsui library import`` of plans not known yet, in a process of its own, until time is up."""
    import sys
    import tempfile
    from pathlib import Path

    from fengsui.bench.plan_texts import plan_text

    with tempfile.TemporaryDirectory() as folder:
        for number in range(400):
            Path(folder, f"{number}.txt").write_text(plan_text(90_000 + number), "utf-8")
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "fengsui", "library", "import", folder),
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.DEVNULL,
        )
        while process.returncode is None and time.monotonic() < ends:
            await asyncio.sleep(0.2)
        if process.returncode is None:
            process.terminate()
        await process.wait()


@bench("serve-20-writes-a-second-p95", "ms", at=0.95)
def twenty_writes_a_second(scale: Scale) -> Samples:
    """Notes into twenty running incidents, twenty a second, by the clock and not by the answers."""
    with served(scale) as site:

        async def writing() -> list[Answer]:
            begun = time.monotonic()
            tasks: list[asyncio.Task[Answer]] = []
            telling = asyncio.create_task(_telling("serve-20-writes", WRITE_SECONDS[scale.name]))
            for number in range(WRITES_A_SECOND * WRITE_SECONDS[scale.name]):
                wait = begun + number / WRITES_A_SECOND - time.monotonic()
                if wait > 0:
                    await asyncio.sleep(wait)
                path = f"/incidents/{site.incidents[number % 20]}/notes"
                tasks.append(asyncio.create_task(site.post(path, {"text": f"记录{number}"})))
            await telling
            return list(await asyncio.gather(*tasks))

        answers = _run(writing)
        return Samples([answer.took for answer in answers], also=_also("serve-20-writes", answers, site))


@bench("serve-live-1000-pages", "ms")
def live_update_to_many_pages(scale: Scale) -> Samples:
    """From a note sent to the moment each open page learns that something changed."""
    with served(scale) as site:

        async def all_pages() -> list[Answer]:
            incident = site.incidents[0]
            lines: list[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = []
            for first in range(0, PAGES[scale.name], 50):
                tell("serve-live", first, PAGES[scale.name])
                some = range(first, min(first + 50, PAGES[scale.name]))
                lines += await asyncio.gather(*(_follow(site, incident, number) for number in some))
            tell("serve-live", 1, 1)
            await asyncio.sleep(3)
            answers: list[Answer] = []
            for number in range(5):
                start = time.perf_counter()
                waits = [asyncio.create_task(_changed(reader, start)) for reader, _ in lines]
                sent = await site.post(f"/incidents/{incident}/notes", {"text": f"第{number}次"})
                if sent.status != 200:
                    raise Skipped(f"a note answers {sent.status}")
                answers += [Answer(200, b"", took) for took in await asyncio.gather(*waits)]
                await asyncio.sleep(1)
            for _, writer in lines:
                writer.close()
            return answers

        answers = _run(all_pages)
        return Samples([answer.took for answer in answers], also=_also("serve-live", answers, site))


async def _follow(
    site: Site, incident: str, number: int
) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    reader, writer = await asyncio.open_connection("127.0.0.1", site.port)
    cookie = site.cookies[number % 2]
    writer.write(
        f"GET /live/{incident} HTTP/1.1\r\nHost: localhost\r\nCookie: sessionid={cookie}\r\n\r\n".encode()
    )
    await writer.drain()
    first = await asyncio.wait_for(reader.readline(), 30)
    if b" 200 " not in first:
        raise Skipped(f"a live line answers {first!r}")
    return reader, writer


async def _changed(reader: asyncio.StreamReader, start: float) -> float:
    while True:
        line = await asyncio.wait_for(reader.readline(), 30)
        if line.startswith(b"event: changed"):
            return (time.perf_counter() - start) * 1000
