"""A whole prefecture of plans read in two processes, as an import does: time, memory, and a floor beside it.

The floor is the standard library's ``re`` over the same texts in one process: headings, figures with a unit,
clock words and names of bodies, found and thrown away. It understands nothing (whose duty, which level, which
bound); it shows how long it takes merely to look at the text.
"""

from __future__ import annotations

import os
import re
import sys
import time
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

from tqdm import tqdm

from fengsui.adapters.reading_pool import ReadInProcesses
from fengsui.application.plan_import_ports import ImportBatch, ReadText, TakenEntry
from fengsui.bench.plan_texts import plan_text
from fengsui.bench.registry import Samples, Scale, Skipped, bench

PROCESSES = 2
_FLOOR = (
    re.compile(
        r"^(?:\d+(?:\.\d+)*|[一二三四五六七八九十]+、|（[一二三四五六七八九十\d]+）).{0,30}$", re.MULTILINE
    ),
    re.compile(r"\d+(?:\.\d+)?(?:人|户|间|万元|亿元|公顷|毫米|级)(?:以上|以下)?"),
    re.compile(r"(?:\d+|[一二三四五六七八九十半]+)个?(?:分钟|小时|工作日|日)(?:以?内)?|立即|及时"),
    re.compile(r"[\u4e00-\u9fff]{2,12}(?:局|委员会|指挥部|公司|政府|中心|办公室)"),
    re.compile(r"[ⅠⅡⅢⅣ一二三四]级(?:响应|预警)"),
)


@bench("read-prefecture", "s")
def read_prefecture(scale: Scale) -> Samples:
    """Every plan of a prefecture, each of 25,000 characters, into drafts that the parent receives."""
    texts = [plan_text(seed) for seed in range(scale.plans)]
    pool = ReadInProcesses(PROCESSES)
    try:
        taken, work, early, late = _read(pool, [text.encode("utf-8") for text in texts])
    finally:
        pool.close()
    floor = _floor(texts)
    lines = Counter(line for text in texts for line in text.splitlines())
    repeated = sum(len(line) * (times - 1) for line, times in lines.items())
    size = sum(map(len, texts))
    return Samples(
        [taken],
        n=len(texts),
        also=[
            ("read-prefecture-a-plan", work * 1000 / len(texts), "ms of processor time, both readers"),
            ("read-prefecture-size", size / len(texts), "characters a plan"),
            (
                "read-prefecture-met-before",
                100 * repeated / size,
                "% of the characters stand in lines met before",
            ),
            ("read-prefecture-memory-at-10%", early, "MB, the largest process"),
            ("read-prefecture-memory-at-end", late, "MB, the largest process"),
            ("read-prefecture-memory-growth", late - early, "MB"),
            ("read-prefecture-floor", floor, "s, re alone in one process"),
            ("read-prefecture-ratio", work / floor, "times the floor"),
        ],
    )


def _read(pool: ReadInProcesses, files: list[bytes]) -> tuple[float, float, float, float]:
    """Seconds to read all, by the clock and of the processors; memory after a tenth and at the end (MB)."""
    waiting = [_entry(number, data) for number, data in enumerate(files)][::-1]
    running = done = 0
    early = 0.0
    with tqdm(total=len(files), file=sys.stderr, unit="plan", desc="read-prefecture", mininterval=1) as bar:
        # The readers start and load the grammar first: a long import does that once.
        for _ in range(PROCESSES):
            pool.submit(waiting[-1])
        for _ in range(PROCESSES):
            pool.collect(60)
        start, worked = time.perf_counter(), _worked(pool)
        while done < len(files):
            while waiting and running < pool.room:
                pool.submit(waiting.pop())
                running += 1
            for _, outcome in pool.collect(60):
                if not isinstance(outcome, ReadText):
                    raise outcome
                running, done = running - 1, done + 1
                bar.update(1)
                if done == max(1, len(files) // 10):
                    early = _memory(pool)
        taken = time.perf_counter() - start
    return taken, _worked(pool) - worked, early, _memory(pool)


_BATCH = ImportBatch(
    batch_id="bench",
    key="bench",
    source="bench",
    jurisdiction="",
    kind=None,
    hazards=(),
    created_at=datetime(2026, 1, 1, tzinfo=UTC),
    created_by="bench",
)


def _entry(number: int, data: bytes) -> TakenEntry:
    return TakenEntry(entry_id=number, batch=_BATCH, name=f"{number}.txt", data=data, attempt=1)


def _worked(pool: ReadInProcesses) -> float:
    """Seconds of processor time that the readers took so far."""
    ticks = 0
    for process in pool.processes():
        told = _told(process, "stat").rpartition(")")[2].split()
        ticks += int(told[11]) + int(told[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def _told(process: int, what: str) -> str:
    try:
        return Path(f"/proc/{process}/{what}").read_text("utf-8")
    except OSError:
        raise Skipped("the system does not tell what a process takes") from None


def _memory(pool: ReadInProcesses) -> float:
    """The most memory that a reader ever took, in MB."""
    peaks = []
    for process in pool.processes():
        found = re.search(r"VmHWM:\s+(\d+) kB", _told(process, "status"))
        peaks.append(int(found[1]) / 1024 if found else 0.0)
    return max(peaks, default=0.0)


def _floor(texts: list[str]) -> float:
    start = time.process_time()
    for text in texts:
        for pattern in _FLOOR:
            pattern.findall(text)
    return time.process_time() - start
